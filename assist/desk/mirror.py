"""An agent's own mirror: how their replies went, week by week, for their eyes alone."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assist.desk.journal import SentReply

WEEKS = 6


@dataclass(frozen=True, slots=True)
class Week:
    """The replies of one week, from Monday on. The counters are by category or by act.

    `clean` is how many went out with nothing to stop or mend; `against` how many against the advice, with a reason.
    """

    monday: date
    replies: int
    clean: int
    against: int
    left: Counter[str]
    mended: Counter[str]
    praised: Counter[str]

    @property
    def share_clean(self) -> float | None:
        """The share of replies that were clean, from 0 to 1; None where none was sent."""
        return self.clean / self.replies if self.replies else None


@dataclass(frozen=True, slots=True)
class Mirror:
    """The last weeks, this one last, and a reply of this week that did the most well."""

    weeks: Sequence[Week]
    best: SentReply | None

    @property
    def now(self) -> Week:
        """This week."""
        return self.weeks[-1]


def mirror(replies: Iterable[SentReply], today: date) -> Mirror:
    """The agent's own figures from what they have sent; weeks are those of their own clock."""
    monday = today - timedelta(days=today.weekday())
    by_week: dict[date, list[SentReply]] = {monday - timedelta(weeks=ago): [] for ago in reversed(range(WEEKS))}
    for sent in replies:
        day = sent.at.astimezone().date()
        week = by_week.get(day - timedelta(days=day.weekday()))
        if week is not None:
            week.append(sent)
    good = [sent for sent in by_week[monday] if sent.verdict == "send" and _notes(sent, "praised")]
    best = max(good, key=lambda sent: len(_notes(sent, "praised")), default=None)
    return Mirror([_week(start, sent) for start, sent in by_week.items()], best)


def _week(monday: date, replies: Sequence[SentReply]) -> Week:
    counted = {
        kind: Counter(name for sent in replies for name in _notes(sent, kind)) for kind in ("left", "mended", "praised")
    }
    clean = sum(sent.verdict == "send" for sent in replies)
    against = sum(bool(sent.reason) for sent in replies)
    return Week(monday, len(replies), clean, against, **counted)


def _notes(sent: SentReply, kind: str) -> list[str]:
    return [note.name for note in sent.notes if note.kind == kind]
