"""Rudimentary questions (`dypii`): a frame over an operation, or a frame that needs none."""

from collections.abc import Iterator
from typing import NamedTuple

from assist.kinds.automaton import LEAD_INS
from assist.kinds.reading import Match, Reading
from assist.lexicon import FrameEntry, OperationEntry
from assist.spans import Span

REACH = 8
STATE_REACH = 3
JOINING = frozenset("and but so or then".split())


class Question(NamedTuple):
    """One rudimentary question: its frame, what it may be asking after, and its place.

    Several operations mean that their phrases meet the same words.
    """

    frame: FrameEntry
    operations: tuple[OperationEntry, ...]
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


def _question(reading: Reading, frames: list[Match], operations: list[Match]) -> Question | None:
    frames = sorted(frames, key=_rank)
    for frame in frames:
        if joined := [match for match in sorted(operations, key=_rank) if _joined(frame, match)]:
            return _made(reading, frame, joined)
    bare = next((frame for frame in frames if _is_bare(frame)), None)
    return _made(reading, bare, []) if bare else None


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
    if first > sentence.first and words[first - 1] in JOINING:
        return True
    while first > sentence.first and first not in reading.passage.breaks and words[first - 1] in LEAD_INS:
        first -= 1
    return first == sentence.first or first in reading.passage.breaks


def _rank(match: Match) -> tuple[int, int, int]:
    """The first to begin, then the longest, then the one of the later layer."""
    return match.first, -match.tight, -match.order


def _is_bare(match: Match) -> bool:
    return isinstance(match.entry, FrameEntry) and match.entry.bare


def _joined(frame: Match, operation: Match) -> bool:
    over = frame.entry.over if isinstance(frame.entry, FrameEntry) else None
    if over is not None and (over == "states") != operation.state:
        return False
    reach = STATE_REACH if operation.state else REACH
    return frame.first < operation.tight and frame.first <= operation.first <= frame.tight + reach


def _made(reading: Reading, frame: Match, operations: list[Match]) -> Question:
    assert isinstance(frame.entry, FrameEntry)
    sentence = reading.sentence(frame)
    last = max([reading.passage.clause_end(frame.tight - 1), *(match.last for match in operations)])
    best = [match for match in operations if _rank(match)[:2] == _rank(operations[0])[:2]]
    entries = [match.entry for match in best if isinstance(match.entry, OperationEntry)]
    return Question(
        frame.entry,
        tuple(entries),
        reading.passage.span(frame.first, min(last, sentence.last)),
        frame.sentence,
        " + ".join(match.phrase for match in (frame, *operations[:1])),
    )
