"""From examinations to figures: over the whole, or by agent, team, medium, week and topic."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from assist.audit.examine import Examination
from assist.audit.figures.catalogue import DEFINITIONS
from assist.audit.figures.definition import Case, Definition, Seen
from assist.audit.figures.tally import Tally
from assist.audit.figures.terms import Contacts, Terms
from assist.audit.records import Audited

Split = Literal["agent", "team", "medium", "week", "topic"]
Group = tuple[str, ...]


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
    """Adds conversations up, one after the other; the countings of several parts can be merged.

    `contacts` come from all conversations at once (`Contacts.of`), so that who came back is known in every part.
    """

    def __init__(
        self,
        terms: Terms,
        contacts: Contacts,
        by: Sequence[Split] = (),
        definitions: Sequence[Definition] = DEFINITIONS,
    ) -> None:
        self._terms = terms
        self._contacts = contacts
        self._by = tuple(by)
        self._definitions = tuple(definitions)
        self._groups: Counter[Group] = Counter()
        self._tallies: dict[tuple[str, Group, str], Tally] = {}

    def add(self, one: Examination) -> None:
        """One more conversation; each once."""
        self._groups.update(_groups(one.audited, self._by, None))
        seen = Seen(one.audited, one.noted, self._terms, self._contacts)
        for definition in self._definitions:
            for case in definition.measure(seen):
                for group in _groups(one.audited, self._by, case.agent):
                    self._tally(definition, group, case.label).add(one.audited.id, case)

    def merge(self, other: "Counting") -> None:
        """What another counting, by the same terms and splits, has added up of other conversations."""
        self._groups += other._groups
        of = {definition.id: definition for definition in self._definitions}
        for (name, group, label), tally in other._tallies.items():
            self._tally(of[name], group, label).merge(tally)

    def figures(self) -> Iterator[Figure]:
        """Every figure for every group, in the order of the definitions; its parts after it, the largest first."""
        groups = sorted(self._groups) or ([()] if not self._by else [])
        parts: defaultdict[tuple[str, Group], list[tuple[str, Tally]]] = defaultdict(list)
        for (name, group, label), tally in self._tallies.items():
            if label:
                parts[name, group].append((label, tally))
        for definition, group in product(self._definitions, groups):
            whole = self._tally(definition, group, "")
            yield self._figure(definition, group, "", whole)
            for label, tally in sorted(parts[definition.id, group], key=lambda part: (-part[1].numerator, part[0])):
                yield self._figure(definition, group, label, tally)

    def _tally(self, definition: Definition, group: Group, label: str) -> Tally:
        key = definition.id, group, label
        if key not in self._tallies:
            self._tallies[key] = Tally(definition, self._terms.evidence)
        return self._tallies[key]

    def _figure(self, definition: Definition, group: Group, label: str, tally: Tally) -> Figure:
        whole = self._tally(definition, group, "")
        return Figure(
            definition,
            group,
            label,
            value=_value(definition, tally, whole.denominator),
            numerator=tally.numerator,
            denominator=whole.denominator,
            conversations=tally.conversations,
            left_out=self._groups[group] - whole.conversations,
            inferred=tally.inferred,
            evidence=tally.evidence,
            unsupported="" if whole.denominator else definition.lacking,
            clock=self._terms.clock if definition.timed else "",
        )


def figures(
    examinations: Iterable[Examination],
    terms: Terms | None = None,
    by: Sequence[Split] = (),
    definitions: Sequence[Definition] = DEFINITIONS,
) -> list[Figure]:
    """The figures of these conversations, whole or for each group that `by` makes of them.

    By agent, a conversation belongs to each agent who replied in it, but a reply, a promise and a finding only to whose
    it is. All examinations are held in memory; for more than fit, feed a `Counting`.
    """
    terms = terms or Terms()
    held = list(examinations)
    counting = Counting(terms, Contacts.of((one.audited for one in held), terms.repeat_days), by, definitions)
    for one in held:
        counting.add(one)
    return list(counting.figures())


def behind(
    definition: Definition, examinations: Iterable[Examination], terms: Terms, contacts: Contacts
) -> Iterator[tuple[str, Case]]:
    """Every conversation that a figure counts, by its id, with what it adds."""
    for one in examinations:
        seen = Seen(one.audited, one.noted, terms, contacts)
        yield from ((one.audited.id, case) for case in definition.measure(seen))


def _value(definition: Definition, tally: Tally, denominator: float) -> float | None:
    if not denominator:
        return None
    if definition.unit == "count":
        return tally.numerator
    value = tally.value(denominator)
    return 100 * value if definition.unit == "per 100 replies" else value


def _groups(audited: Audited, by: Sequence[Split], agent: str | None) -> list[Group]:
    """The groups that something belongs to; by agent, to every agent of the conversation where it is nobody's own."""
    own = {"agent": (audited.agents or ("",)) if agent is None else (agent,)}
    return list(product(*(own.get(split) or (getattr(audited, split),) for split in by)))
