"""What a house measures by: limits, days, hours; and what only many conversations together tell."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from assist.audit.figures.hours import Hours
from assist.audit.records import Audited

CALENDAR = "calendar hours"


@dataclass(frozen=True)
class Terms:
    """`limits` are the seconds within which the first reply should come, by medium.

    Whoever comes back within `repeat_days` is a repeat contact. A rating of at least `positive`, from 0 to 1, is a good
    one, and one below `poor` a bad one. Without `hours`, time is counted by the calendar. A figure names `evidence`
    conversations at most.
    """

    limits: Mapping[str, float] = field(default_factory=lambda: {"chat": 30.0, "voice": 30.0})
    repeat_days: int = 7
    positive: float = 0.75
    poor: float = 0.5
    hours: Hours | None = None
    evidence: int = 20

    def seconds(self, start: datetime, end: datetime) -> float:
        """How long that was, in the hours that count."""
        return self.hours.seconds(start, end) if self.hours else (end - start).total_seconds()

    @property
    def clock(self) -> str:
        """The hours that count, in words."""
        return str(self.hours) if self.hours else CALENDAR


@dataclass(frozen=True)
class Contacts:
    """Who came back: the conversations that are `repeats` of an earlier one, and those that were `followed` by one."""

    repeats: frozenset[str] = frozenset()
    followed: frozenset[str] = frozenset()

    @classmethod
    def of(cls, audited: Iterable[Audited], days: int) -> "Contacts":
        """Found by the customer's key, and by the topic where there is one.

        One conversation repeats another that was opened at most `days` days before it. Those without a key, or
        without a time, are neither.
        """
        opened: dict[tuple[str, str], list[tuple[datetime, str]]] = defaultdict(list)
        for one in audited:
            if one.customer and one.opened:
                opened[one.customer, one.topic].append((one.opened, one.id))
        near = [
            (earlier, later)
            for conversations in opened.values()
            for (first, earlier), (second, later) in pairwise(sorted(conversations))
            if second - first <= timedelta(days=days)
        ]
        return cls(frozenset(later for _, later in near), frozenset(earlier for earlier, _ in near))
