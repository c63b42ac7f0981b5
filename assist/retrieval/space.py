"""The vectors of a library's utterances, turned so that what its plays differ in counts more than what they share."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assist.meaning import Floats
from assist.retrieval.sentences import unit

SHRINKAGE = 0.3
"""How far the spread within plays is taken to be alike in every direction, since few utterances tell it."""
FEW_PLAYS = 10
"""Of so few plays, half of what they have in common counts as theirs; of many, hardly anything."""
POWER = 0.25
"""How much of that spread is evened out: 0.5 would be all of it."""


class Space(NamedTuple):
    """Where utterances and plays lie: `turned` [utterances, width] at half precision, `middles` [plays, width].

    `mean` and `turn` bring any other vector there.
    """

    mean: Floats
    turn: Floats
    turned: NDArray[np.float16]
    middles: Floats

    @classmethod
    def of(cls, vectors: Floats, owners: NDArray[np.int64]) -> "Space":
        """The space of utterances, [utterances, width], of which the owners are plays, in order from 0.

        The spread of the utterances of one play around their middle is noise: directions in which it is large are
        made to count less. It is within-class whitening (Hatch and Stolcke, 2006), shrunk as by Ledoit and Wolf (2004)
        and at half its power, which did best at 3 to 15 utterances a play.
        """
        plays = int(owners[-1]) + 1
        mean = vectors.mean(axis=0) * (plays / (plays + FEW_PLAYS))
        turn = _evened(vectors - _middles(vectors, owners)[owners], len(vectors) - plays)
        turned = unit(np.asarray((vectors - mean) @ turn, dtype=np.float32))
        return cls(mean, turn, turned.astype(np.float16), unit(_middles(turned, owners)))

    def bring(self, vector: Floats) -> Floats:
        """A vector, or rows of them, in this space, at length 1."""
        return unit(np.asarray((vector - self.mean) @ self.turn, dtype=np.float32))


def _evened(within: Floats, freedom: int) -> Floats:
    """What turns vectors so that their spread within plays is more even: [width, width]."""
    spread = within.T @ within / max(freedom, 1)
    even = np.trace(spread) / len(spread)
    if even < 1e-9:  # one utterance a play: nothing is known of the spread
        return np.eye(len(spread), dtype=np.float32)
    spread = (1 - SHRINKAGE) * spread + SHRINKAGE * even * np.eye(len(spread))
    sizes, axes = np.linalg.eigh(spread)
    return np.asarray(axes * (sizes / even) ** -POWER @ axes.T, dtype=np.float32)


def _middles(vectors: Floats, owners: NDArray[np.int64]) -> Floats:
    """The mean vector of each owner; the rows of one owner stand together."""
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    counts = np.diff([*starts, len(owners)])
    return np.asarray(np.add.reduceat(vectors, starts, axis=0) / counts[:, None], dtype=np.float32)
