"""Findings and praise as they are kept: by message, with masked words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assist.audit.masking import moved
from assist.audit.moments import Moment
from assist.audit.records import Noted
from assist.audit.replies import Part
from assist.findings import Finding, Praise, Review
from assist.redaction import Redacted
from assist.spans import Span


def noted(conversation: str, moments: Sequence[Moment], kept: Sequence[Redacted]) -> Iterator[Noted]:
    """Every finding and praise, in the order of the replies; `kept` are the messages as masked."""
    for moment in moments:
        if moment.review is None:
            continue
        for one in _marks(moment.review):
            part = moment.exchange.part_at(one.start)
            yield _noted(conversation, moment, one, part, kept[part.number - 1])


def _marks(review: Review) -> Iterator[Finding | Praise]:
    yield from review.findings
    yield from review.praise


def _noted(conversation: str, moment: Moment, one: Finding | Praise, part: Part, kept: Redacted) -> Noted:
    start = one.start - part.span.start
    within = Span(start, min(one.end, part.span.end) - part.span.start)
    place = moved(within, kept) if one.start < one.end else Span(0, 0)
    mark = one.rule if isinstance(one, Finding) else one.act
    common = Noted(
        id=f"{conversation}/{part.number}/{mark}/{start}",
        conversation=conversation,
        number=part.number,
        reply=moment.number,
        agent=moment.agent,
        at=moment.exchange.turn.at,
        kind="praise",
        category=mark,
        start=place.start,
        end=place.end,
        words=kept.text[slice(*place)],
    )
    return common if isinstance(one, Praise) else _found(common, one)


def _found(common: Noted, finding: Finding) -> Noted:
    return replace(
        common,
        kind="finding",
        category=finding.category,
        rule=finding.rule,
        severity=finding.severity.value,
        timing=finding.timing,
        confidence=finding.confidence,
        meant=finding.meant,
    )
