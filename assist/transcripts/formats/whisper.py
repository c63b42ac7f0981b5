"""Whisper and WhisperX: `{"segments": [{"start", "end", "text", "speaker"?}], "language"}`, a recording each."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec

from assist.transcripts.origin import Origin
from assist.transcripts.shapes import each, joined
from assist.transcripts.transcript import Message, Transcript


class Word(msgspec.Struct):
    """A word; who said it may be told here only."""

    speaker: str | None = None


class Segment(msgspec.Struct):
    """A piece of speech, in seconds from the start."""

    text: str = ""
    start: float | None = None
    speaker: str | None = None
    words: list[Word] | None = None


class Recording(msgspec.Struct):
    """A recording."""

    segments: list[Segment]


def looks_like(value: Any) -> bool:  # noqa: ANN401
    """Whether it has segments with a text."""
    segments = value.get("segments") if isinstance(value, dict) else None
    if not isinstance(segments, list):
        return False
    return not segments or (isinstance(segments[0], dict) and (not segments[0] or "text" in segments[0]))


def _transcripts(recording: Recording, source: str, origin: Origin) -> Iterator[Transcript]:
    messages = []
    for segment in recording.segments:
        who = _speaker(segment)
        if text := segment.text.strip():
            messages.append(Message(origin.roles.of("", who), text, by=who, offset=segment.start))
    yield Transcript(id=source, messages=joined(messages), medium="voice", source=source)


def _speaker(segment: Segment) -> str:
    """Who speaks, by the segment or by most of its words; empty where neither says."""
    if segment.speaker:
        return segment.speaker
    names = Counter(word.speaker for word in segment.words or () if word.speaker)
    return names.most_common(1)[0][0] if names else ""


read = each(Recording, _transcripts)
