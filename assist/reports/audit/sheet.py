"""Everything that a report shows, counted in two readings of an audit."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import get_args

from assist.audit.figures import CHAPTERS, Contacts, Counting, Figure, Split, Terms
from assist.audit.kept import Kept, clocks
from assist.audit.reasons import Reason, Reasons
from assist.audit.records import Examination
from assist.audit.triggers import Worry, signs
from assist.reports.audit.examples import Examples

SPLITS: tuple[Split, ...] = get_args(Split)
READ_FIRST, READ_FIRST_EACH = 12, 3
"""How many conversations are named to be read first: of all, and of one person."""
_LONGEST = 60
"""How many weeks are drawn at most, the latest."""


@dataclass(frozen=True)
class Tables:
    """The figures of the whole, and of every group of each split."""

    whole: Sequence[Figure]
    by: Mapping[Split, Sequence[Figure]]
    _index: Mapping[tuple[str, str, str], Figure] = field(init=False, repr=False)
    _parts: Mapping[tuple[str, str, str], list[Figure]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        every = [("", one) for one in self.whole]
        every += [(split, one) for split, figures in self.by.items() for one in figures]
        index, parts = {}, defaultdict(list)
        for split, one in every:
            key = split, "".join(one.group), one.definition.id
            if one.label:
                parts[key].append(one)
            else:
                index[key] = one
        object.__setattr__(self, "_index", index)
        object.__setattr__(self, "_parts", dict(parts))

    def figure(self, name: str, split: Split | str = "", group: str = "") -> Figure:
        """One figure by its id, of the whole or of one group of a split."""
        return self._index[split, group, name]

    def groups(self, split: Split) -> list[str]:
        """The groups of a split in the order of the alphabet, leaving out what has no name."""
        return sorted({one.group[0] for one in self.by[split]} - {""}, key=str.casefold)

    def parts(self, name: str, split: Split | str = "", group: str = "") -> list[Figure]:
        """The parts of a figure, the largest first."""
        return self._parts.get((split, group, name), [])

    def chapters(self) -> Iterator[tuple[str, list[Figure]]]:
        """The figures of the whole as they are shown: chapter by chapter."""
        for name, definitions in CHAPTERS.items():
            yield name, [self.figure(one.id) for one in definitions]

    def unsupported(self) -> list[Figure]:
        """The figures that cannot be told."""
        return [one for one in self.whole if one.unsupported and not one.label]


@dataclass
class Sheet:
    """What a report shows; its times are told by the clocks of `zone`."""

    audit: Kept
    terms: Terms
    tables: Tables
    examples: Examples
    read_first: Sequence[Worry]
    read_first_of: Mapping[str, Sequence[Worry]]
    doubts: Sequence[Reason]
    conversations: int
    first: datetime | None
    last: datetime | None
    zone: tzinfo

    @property
    def reasons(self) -> list[Reason]:
        """Why something was set aside, the commonest first."""
        reasons = Reasons()
        for one in self.audit.set_aside:
            reasons.add(one.problem, one.source)
        return reasons.commonest()

    @property
    def weeks(self) -> list[str]:
        """The weeks from the first conversation to the last, those without any included."""
        named = self.tables.groups("week")
        if not named:
            return []
        day, last = (date.fromisocalendar(int(week[:4]), int(week[-2:]), 1) for week in (named[0], named[-1]))
        count = (last - day).days // 7 + 1
        return [f"{day + timedelta(weeks=number):%G-W%V}" for number in range(count)][-_LONGEST:]

    @property
    def inferred(self) -> list[Figure]:
        """The figures of which some were read from words."""
        return [one for one in self.tables.whole if one.inferred and not one.label]


class _Reading:
    """What one reading of the audit gathers beside the figures."""

    def __init__(self, terms: Terms, contacts: Contacts) -> None:
        self.terms, self.contacts = terms, contacts
        self.counting = Counting(terms, contacts, [(), *((split,) for split in SPLITS)])
        self.examples = Examples()
        self.first_of: dict[str, list[Worry]] = {}
        self.doubts = Reasons()
        self.opened: tuple[datetime, datetime] | None = None
        self.many = 0

    def add(self, one: Examination) -> None:
        self.counting.add(one)
        self.many += 1
        self.examples.add(one)
        for doubt in one.audited.doubts:
            self.doubts.add(doubt, one.audited.source)
        if at := one.audited.opened:
            first, last = self.opened or (at, at)
            self.opened = min(first, at), max(last, at)
        if found := tuple(signs(one.audited, self.terms, self.contacts)):
            self._worry(Worry(one.audited, found))

    def _worry(self, worry: Worry) -> None:
        for name, most in (("", READ_FIRST), *((agent, READ_FIRST_EACH) for agent in worry.audited.agents if agent)):
            kept = self.first_of.setdefault(name, [])
            kept.append(worry)
            kept.sort(key=lambda one: one.place)
            del kept[most:]


def sheet(audit: Kept, terms: Terms) -> Sheet:
    """Read an audit; of its conversations, only those that are shown stay in memory."""
    zone = clocks(audit.made)
    reading = _Reading(terms, audit.contacts(terms.repeat_days))
    for one in audit.examinations():
        reading.add(one)
    counting = reading.counting
    first, last = reading.opened or (None, None)
    return Sheet(
        audit,
        terms,
        Tables(list(counting.figures()), {split: list(counting.figures((split,))) for split in SPLITS}),
        reading.examples,
        reading.first_of.pop("", []),
        reading.first_of,
        reading.doubts.commonest(),
        reading.many,
        first.astimezone(zone) if first else None,
        last.astimezone(zone) if last else None,
        zone,
    )
