"""When a rudimentary question may be asked: after an apology, and once it was taken up."""

import re
from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from assist.checks.situation import Situation
from assist.findings import Timing
from assist.kinds import Sighting, meaning, question
from assist.lexicon import CheckEntry, FrameEntry, OperationEntry, PhraseEntry
from assist.meaning import Meaning
from assist.spans import Span

BARE = 0.9
"""How sure a question is that names nothing in particular: `have you tried everything?`"""

_COMMON = frozenset(
    "perhaps maybe could would shall mind favour check look tell this that your with from have been just when what "
    "there here them then they will does were other over please thank thanks sorry today still right make need".split()
)


class _Asked(NamedTuple):
    """A rudimentary question: its place, what it may be asking after, and its gentle wordings besides."""

    span: Span
    sentence: int
    operations: tuple[OperationEntry, ...]
    instead: tuple[str, ...]
    confidence: float
    evidence: str
    meant: bool = False


def find(situation: Situation, entries: Mapping[str, CheckEntry], layers: Meaning | None) -> Iterator[Sighting]:
    """Every rudimentary question of the draft, with its timing; `entries` are by timing."""
    for asked in (*_by_phrase(situation), *_by_meaning(situation, layers)):
        timing = _timing(situation, asked)
        if timing == "blunt" and _shared(situation, asked):
            continue
        entry = entries.get(f"dypii-{timing}")
        if entry is None:
            continue
        operation = _nearest(asked.operations, situation)
        gentle = operation.instead if operation else asked.instead
        yield Sighting(
            entry,
            asked.span,
            "sentence",
            instead=(*gentle, *entry.instead),
            timing=timing,
            confidence=asked.confidence,
            evidence=asked.evidence,
            meant=asked.meant,
        )


def _by_phrase(situation: Situation) -> Iterator[_Asked]:
    for asked in question.find(situation.reading):
        sure = 1.0 if asked.operations else BARE
        yield _Asked(asked.span, asked.sentence, asked.operations, asked.frame.instead, sure, asked.evidence)


def _by_meaning(situation: Situation, layers: Meaning | None) -> Iterator[_Asked]:
    """The sentences that ask so in words that no frame has; an offer of more help is none."""
    reading = situation.reading
    known = {asked.sentence for asked in question.find(reading)}
    known |= {act.sentence for act in reading.acted("asks-anything-else")}
    for number, meant in reading.meanings("dypii"):
        near = layers.nearest(reading.wordings[number], "dypii") if layers and number not in known else None
        if near is None:
            continue
        entry = near.example.entry
        operations = (entry,) if isinstance(entry, OperationEntry) else ()
        fits = situation.fits(entry)
        instead = entry.instead if isinstance(entry, FrameEntry | PhraseEntry) and fits else ()
        span = reading.passage.sentences[number].span
        yield _Asked(span, number, operations, instead, meant.confidence, meaning.evidence(near), meant=True)


def _nearest(operations: Sequence[OperationEntry], situation: Situation) -> OperationEntry | None:
    """The operation whose words are nearest to what the conversation is about; the first of equals.

    With every trade's pack loaded, a plug may be a kettle's or a router's. None where all are of trades that the
    conversation is not about: what would be said of a parcel does not fit a card.
    """
    fitting = (operation for operation in operations if situation.fits(operation))
    return max(fitting, key=lambda operation: _nearness(operation, situation.about), default=None)


def _nearness(operation: OperationEntry, heard: frozenset[str]) -> float:
    about = _about(operation)
    return len(about & heard) / sqrt(len(about) or 1)


def _about(operation: OperationEntry) -> set[str]:
    """The telling words of an operation."""
    text = " ".join((operation.id, *operation.phrases, *operation.states, *operation.instead))
    return {word for word in re.findall(r"[a-z]{4,}", text.lower()) if word not in _COMMON}


def _timing(situation: Situation, asked: _Asked) -> Timing:
    recovery = situation.recovery
    if not recovery.complaint:
        return "blunt"
    sorry = min((act.span.start for act in situation.reading.acted("sincere-apology")), default=None)
    if not recovery.apologised and (sorry is None or sorry > asked.span.start):
        return "before-apology"
    return "blunt" if recovery.taken_up else "before-acceptance"


def _shared(situation: Situation, asked: _Asked) -> bool:
    """Whether the question is worded as a shared check."""
    requests = situation.reading.acted("collaborative-request")
    return any(act.sentence == asked.sentence for act in requests)
