"""Rudimentary questions (`dypii`): a frame over an operation, or a frame that needs none."""

from collections.abc import Iterator
from typing import NamedTuple

from assist.kinds.automaton import LEAD_INS
from assist.kinds.recognizer import Match, Reading
from assist.lexicon import FrameEntry, OperationEntry
from assist.spans import Span

REACH = 8
STATE_REACH = 3


class Question(NamedTuple):
    """One rudimentary question: its frame, what it asks after (if known), and its place."""

    frame: FrameEntry
    operation: OperationEntry | None
    span: Span
    sentence: int
    evidence: str


def find(reading: Reading) -> Iterator[Question]:
    """The rudimentary questions of a draft, at most one a sentence; an offer of more help is none."""
    frames = [match for match in reading.matches if _is_frame(reading, match)]
    if not frames:
        return
    operations = [match for match in reading.matches if isinstance(match.entry, OperationEntry)]
    offers = {act.sentence for act in reading.acted("asks-anything-else")}
    for number in sorted({frame.sentence for frame in frames} - offers):
        here = [frame for frame in frames if frame.sentence == number]
        beside = [operation for operation in operations if operation.sentence == number]
        if question := _question(reading, here, beside):
            yield question


def _question(
    reading: Reading, frames: list[Match], operations: list[Match]
) -> Question | None:
    frames = sorted(frames, key=_rank)
    for frame in frames:
        for operation in sorted(operations, key=_rank):
            if _joined(frame, operation):
                return _made(reading, frame, operation)
    bare = next((frame for frame in frames if _is_bare(frame)), None)
    return _made(reading, bare, None) if bare else None


def _is_frame(reading: Reading, match: Match) -> bool:
    """Whether a frame is asking here: a bare one anywhere, another where it opens a question."""
    if not isinstance(match.entry, FrameEntry):
        return False
    if match.entry.bare:
        return True
    sentence = reading.sentence(match)
    if not sentence.question:
        return False
    words, first = reading.passage.words, match.first
    while first > sentence.first and first not in reading.passage.breaks and words[first - 1] in LEAD_INS:
        first -= 1
    return first == sentence.first or first in reading.passage.breaks


def _rank(match: Match) -> tuple[int, int, int]:
    """The first to begin, then the longest, then the one of the later layer."""
    return match.first, -match.tight, -match.order


def _is_bare(match: Match) -> bool:
    return isinstance(match.entry, FrameEntry) and match.entry.bare


def _joined(frame: Match, operation: Match) -> bool:
    reach = STATE_REACH if operation.state else REACH
    return frame.first < operation.tight and frame.first <= operation.first <= frame.tight + reach


def _made(reading: Reading, frame: Match, operation: Match | None) -> Question:
    assert isinstance(frame.entry, FrameEntry)  # noqa: S101
    sentence = reading.sentence(frame)
    last = max(reading.passage.clause_end(frame.tight - 1), operation.last if operation else 0)
    span = reading.passage.span(frame.first, min(last, sentence.last))
    entry = operation.entry if operation else None
    return Question(
        frame.entry,
        entry if isinstance(entry, OperationEntry) else None,
        span,
        frame.sentence,
        frame.phrase + (f" + {operation.phrase}" if operation else ""),
    )
