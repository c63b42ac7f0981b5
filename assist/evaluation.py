"""How well plays are found: labelled queries, and the figures of retrieval over them."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

DEPTHS = (1, 3, 5)
"""How many answers are looked at; more than the deepest need not be found."""
CUTS = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)
"""The scores at which it is shown what a threshold there would keep and refuse."""


class Query(NamedTuple):
    """A customer's message, and the id of the play that answers it; None where no play does."""

    text: str
    play: str | None


class Outcome(NamedTuple):
    """What was found for a query, best first: ids of plays, and the score of the first (0 where nothing was)."""

    query: Query
    found: tuple[str, ...]
    score: float

    @property
    def rank(self) -> int | None:
        """The place of the right play, from 1; None where it was not found."""
        return self.found.index(self.query.play) + 1 if self.query.play in self.found else None


class Cut(NamedTuple):
    """At a score: the share of answerable queries that are kept, and of the others that are refused."""

    score: float
    kept: float
    refused: float


class Figures(NamedTuple):
    """`recall` by how many answers are looked at; `mrr` is the mean of 1 over the rank, 0 for what was not found.

    `curve` and `auroc` are those of "nothing fits": `auroc` is the chance that an answerable query scores above one
    that nothing answers, None where all are of one kind.
    """

    answerable: int
    others: int
    recall: dict[int, float]
    mrr: float
    auroc: float | None
    curve: tuple[Cut, ...]


def outcomes(queries: Iterable[Query], find: Callable[[str], Sequence[tuple[str, float]]]) -> list[Outcome]:
    """Every query asked; `find` gives ids of plays with their scores, best first, whether they fit or not."""
    made = []
    for query in queries:
        found = find(query.text)
        made.append(Outcome(query, tuple(name for name, _ in found), found[0][1] if found else 0.0))
    return made


def figures(asked: Sequence[Outcome]) -> Figures:
    """The figures over all queries."""
    inside = [one for one in asked if one.query.play is not None]
    outside = [one for one in asked if one.query.play is None]
    ranks = [one.rank for one in inside]
    return Figures(
        answerable=len(inside),
        others=len(outside),
        recall={k: _share(rank is not None and rank <= k for rank in ranks) for k in DEPTHS},
        mrr=sum(1 / rank for rank in ranks if rank) / len(ranks) if ranks else 0.0,
        auroc=_auroc([one.score for one in inside], [one.score for one in outside]),
        curve=tuple(
            Cut(cut, _share(one.score >= cut for one in inside), _share(one.score < cut for one in outside))
            for cut in CUTS
        ),
    )


def _share(holds: Iterable[bool]) -> float:
    every = list(holds)
    return sum(every) / len(every) if every else 0.0


def _auroc(above: Sequence[float], below: Sequence[float]) -> float | None:
    """The share of pairs in which the first scores higher, ties counting half."""
    if not above or not below:
        return None
    wins = sum((one > other) + (one == other) / 2 for one in above for other in below)
    return wins / (len(above) * len(below))
