"""From examinations to figures: over the whole, or by agent, team, medium, week and topic."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from assist.audit.figures.catalogue import DEFINITIONS, definition
from assist.audit.figures.definition import Case, Definition, Seen
from assist.audit.figures.tally import Tally
from assist.audit.figures.terms import Contacts, Terms
from assist.audit.records import Audited, Examination

Split = Literal["agent", "team", "medium", "week", "topic"]
Group = tuple[str, ...]
Place = tuple[tuple[Split, ...], Group]
NAMES = tuple(one.id for one in DEFINITIONS)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, of one group: `group` has a value for each of the splits, in their order.

    `value` is None where the figure cannot be told, and `unsupported` says why. `numerator` over `denominator` gives
    it; of times and ratings they are their sum and number. `conversations` were counted, `left_out` were not, for they
    do not tell; `inferred` is how many cases were read from words. `evidence` are conversations to look at first.
    `label` names the part of the figure that this is. `clock` says which hours count, for a figure of time.
    """

    definition: Definition
    group: Group
    label: str
    value: float | None
    numerator: float
    denominator: float
    conversations: int
    left_out: int
    inferred: int
    evidence: tuple[str, ...]
    unsupported: str = ""
    clock: str = ""

    @property
    def on_target(self) -> bool | None:
        """Whether it holds its target line; None without one."""
        target = self.definition.target
        if target is None or self.value is None or self.label:
            return None
        return self.value >= target.value if target.at == "least" else self.value <= target.value


class Counting:
    """Adds conversations up, one after the other; the countings of several parts, or processes, can be merged.

    `contacts` come from all conversations at once (`Contacts.of`), so that who came back is known in every part.
    `names` are the figures wanted, by id. `by` are the tables wanted, each by its splits; one of no split is the whole.
    """

    def __init__(
        self,
        terms: Terms,
        contacts: Contacts,
        by: Iterable[Sequence[Split]] = ((),),
        names: Sequence[str] = NAMES,
    ) -> None:
        self._terms = terms
        self._contacts = contacts
        self._by = tuple(tuple(splits) for splits in by)
        self._names = tuple(names)
        self._groups: Counter[Place] = Counter()
        self._tallies: dict[tuple[str, Place, str], Tally] = {}

    def add(self, one: Examination) -> None:
        """One more conversation; each once."""
        seen = Seen(one.audited, one.noted, self._terms, self._contacts)
        places: dict[str | None, list[Place]] = {None: _places(one.audited, self._by, None)}
        self._groups.update(places[None])
        for wanted in map(definition, self._names):
            for case in wanted.measure(seen):
                if case.agent not in places:
                    places[case.agent] = _places(one.audited, self._by, case.agent)
                for place in places[case.agent]:
                    self._tally(wanted, place, case.label).add(one.audited.id, case, wanted.shortfall(case))

    def merge(self, other: "Counting") -> None:
        """What another counting, by the same terms and for the same tables, has added up of other conversations."""
        self._groups += other._groups
        for (name, place, label), tally in other._tallies.items():
            self._tally(definition(name), place, label).merge(tally)

    def figures(self, by: Sequence[Split] = ()) -> Iterator[Figure]:
        """Every figure for every group of a table, in the order of the definitions, each with its parts after it.

        The largest part comes first. Raises ValueError for a table that was not wanted.
        """
        splits = tuple(by)
        if splits not in self._by:
            raise ValueError(f"no table by {', '.join(splits) or 'nothing'} was counted")
        groups = sorted(group for of, group in self._groups if of == splits) or ([] if splits else [()])
        parts: dict[tuple[str, Group], list[tuple[str, Tally]]] = defaultdict(list)
        for (name, (of, group), label), tally in self._tallies.items():
            if label and of == splits:
                parts[name, group].append((label, tally))
        for wanted, group in product(map(definition, self._names), groups):
            place = splits, group
            yield self._figure(wanted, place, "", self._tally(wanted, place, ""))
            largest = sorted(parts[wanted.id, group], key=lambda part: (-part[1].numerator, part[0]))
            yield from (self._figure(wanted, place, label, tally) for label, tally in largest)

    def _tally(self, wanted: Definition, place: Place, label: str) -> Tally:
        key = wanted.id, place, label
        if key not in self._tallies:
            self._tallies[key] = Tally(wanted.middle, self._terms.evidence)
        return self._tallies[key]

    def _figure(self, wanted: Definition, place: Place, label: str, tally: Tally) -> Figure:
        whole = self._tally(wanted, place, "")
        return Figure(
            wanted,
            place[1],
            label,
            value=_value(wanted, tally, whole.denominator),
            numerator=tally.numerator,
            denominator=whole.denominator,
            conversations=tally.conversations,
            left_out=self._groups[place] - whole.conversations,
            inferred=tally.inferred,
            evidence=tally.evidence,
            unsupported="" if whole.denominator else wanted.lacking,
            clock=self._terms.clock if wanted.timed else "",
        )


def figures(
    examinations: Iterable[Examination],
    terms: Terms | None = None,
    by: Sequence[Split] = (),
    names: Sequence[str] = NAMES,
) -> list[Figure]:
    """The figures of these conversations, whole or for each group that `by` makes of them.

    By agent, a conversation belongs to each agent who replied in it, but a reply, a promise and a finding only to whose
    it is. All examinations are held in memory; for more than fit, feed a `Counting`.
    """
    terms = terms or Terms()
    held = list(examinations)
    counting = Counting(terms, Contacts.of((one.audited for one in held), terms.repeat_days), [by], names)
    for one in held:
        counting.add(one)
    return list(counting.figures(by))


def behind(
    name: str, examinations: Iterable[Examination], terms: Terms, contacts: Contacts
) -> Iterator[tuple[str, Case]]:
    """Every conversation that a figure counts, by its id, with what it adds."""
    for one in examinations:
        seen = Seen(one.audited, one.noted, terms, contacts)
        yield from ((one.audited.id, case) for case in definition(name).measure(seen))


def _value(wanted: Definition, tally: Tally, denominator: float) -> float | None:
    if not denominator:
        return None
    if wanted.unit == "count":
        return tally.numerator
    value = tally.value(denominator)
    return 100 * value if wanted.unit == "per 100 replies" else value


def _places(audited: Audited, by: Iterable[tuple[Split, ...]], agent: str | None) -> list[Place]:
    """Where something belongs in each table; by agent, to everybody who replied where it is nobody's own."""
    replied = dict.fromkeys(said.agent for said in audited.messages if said.reply)
    agents = [agent] if agent is not None else list(replied) or [""]
    return [
        (splits, tuple(who if split == "agent" else getattr(audited, split) for split in splits))
        for splits in by
        for who in (agents if "agent" in splits else [""])
    ]
