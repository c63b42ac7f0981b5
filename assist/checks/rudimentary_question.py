"""When a rudimentary question may be asked: after an apology, and once it was taken up."""

from collections.abc import Iterator, Mapping

from assist.checks.situation import Situation
from assist.findings import Timing
from assist.kinds import Sighting, question
from assist.lexicon import CheckEntry


def find(situation: Situation, entries: Mapping[str, CheckEntry]) -> Iterator[Sighting]:
    """Every rudimentary question of the draft, with its timing; `entries` are by timing."""
    for asked in question.find(situation.reading):
        timing = _timing(situation, asked)
        if timing == "blunt" and _shared(situation, asked):
            continue
        entry = entries.get(f"dypii-{timing}")
        if entry is None:
            continue
        gentle = asked.operation.instead if asked.operation else asked.frame.instead
        gentle = (*gentle, *entry.instead)
        yield Sighting(
            entry,
            asked.span,
            "sentence",
            instead=gentle,
            timing=timing,
            confidence=1.0 if asked.operation else 0.8,
            evidence=asked.evidence,
        )


def _timing(situation: Situation, asked: question.Question) -> Timing:
    recovery = situation.recovery
    if not recovery.complaint:
        return "blunt"
    sorry = min((act.span.start for act in situation.reading.acted("sincere-apology")), default=None)
    if not recovery.apologised and (sorry is None or sorry > asked.span.start):
        return "before-apology"
    return "blunt" if recovery.taken_up else "before-acceptance"


def _shared(situation: Situation, asked: question.Question) -> bool:
    """Whether the question is worded as a shared check."""
    requests = situation.reading.acted("collaborative-request")
    return any(act.sentence == asked.sentence for act in requests)
