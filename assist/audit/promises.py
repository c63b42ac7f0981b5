"""What agents promised, and what became of it; what they offered to put things right."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, tzinfo

from assist.audit.moments import Moment
from assist.audit.records import Promised, Remedy
from assist.audit.remedies import remedies
from assist.recovery import Promise, due
from assist.redaction import redact


def promises(moments: Sequence[Moment], end: datetime | None, zone: tzinfo) -> Iterator[Promised]:
    """Every promise in order.

    Hours of the clock are read as those of `zone`; overdue is what was still open when its time passed before `end`.
    """
    kept = moments[-1].after.kept if moments else 0
    for moment in moments:
        first = len(moment.before.promises)
        for place, promise in enumerate(moment.after.promises[first:], start=first):
            yield _promised(moment, promise, kept=place < kept, end=end, zone=zone)


def offered(moments: Sequence[Moment]) -> Iterator[Remedy]:
    """Every remedy that a reply offers or gives, each kind once a reply."""
    for moment in moments:
        if moment.reading:
            number = moment.exchange.parts[0].number
            yield from (Remedy(number, moment.agent, kind) for kind in sorted(remedies(moment.reading)))


def _promised(moment: Moment, promise: Promise, *, kept: bool, end: datetime | None, zone: tzinfo) -> Promised:
    by = promise.by or _time_given(moment)
    at = due(by, promise.at.astimezone(zone)) if promise.at and by else None
    overdue = not kept and at is not None and end is not None and at < end
    place = max(0, moment.exchange.turn.text.find(promise.words))
    return Promised(
        number=moment.exchange.part_at(place).number,
        agent=moment.agent,
        words=redact(promise.words).text,
        by=redact(by).text,
        due=at.astimezone(UTC) if at else None,
        kept=kept,
        overdue=overdue,
    )


def _time_given(moment: Moment) -> str:
    """The time that the reply gives in another sentence."""
    times = moment.reading.acted("gives-timeline") if moment.reading else iter(())
    return next((moment.exchange.turn.text[slice(*act.span)] for act in times), "")
