"""WebVTT, and SubRip which is much the same: cues with their times, and who speaks in `<v Name>` or before a colon."""

import html
import re
from collections.abc import Iterator

from assist.transcripts.origin import Origin, Unreadable
from assist.transcripts.packing import Found
from assist.transcripts.shapes import joined
from assist.transcripts.textlines import TextLines
from assist.transcripts.transcript import Message, Transcript

CUES = 50_000
"""How many cues a recording may have."""
_CLOCK = r"(?:(\d{1,4}):)?(\d{2}):(\d{2})[.,](\d{3})"
_TIMING = re.compile(rf"\s*{_CLOCK}\s+-->\s+{_CLOCK}")
_VOICE = re.compile(r"<v(?:\.[^\s>]{1,80})?\s{1,10}([^>\s][^>]{0,200})>")
_TAG = re.compile(r"</?[^<>]{0,200}>")
_PREFIX = re.compile(r"([^\W\d][^:<>\n]{0,38}?)\s*:\s+(?=\S)")
_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")


def looks_like(text: str) -> bool:
    """Whether it says that it is WebVTT, or begins with a cue."""
    if re.match(r"WEBVTT(?:\s|$)", text):
        return True
    return any(map(_TIMING.match, text.split("\n", 2)[:2]))


def read(file: Found, origin: Origin) -> Iterator[Transcript | Unreadable]:
    """The one conversation of a file, with the cues of a speaker in a row as one message."""
    lines = TextLines(file.stream.buffered(), file.name)
    messages: list[Message] = []
    for start, words in _cues(lines):
        messages += _spoken(start, words, messages[-1].by if messages else "", origin)
        if len(messages) > CUES:
            yield Unreadable(file.name, f"more than {CUES} cues")
            return
    yield from lines.taken_aside()
    yield Transcript(file.name, joined(messages), "voice", source=file.name, doubts=lines.doubts)


def _cues(lines: TextLines) -> Iterator[tuple[float, str]]:
    """Each cue's start in seconds, and its words with their tags."""
    for block in _blocks(lines):
        timing = next((number for number, line in enumerate(block[:2]) if _TIMING.match(line)), None)
        if timing is not None and not _BLOCK.match(block[0]):
            clock = _TIMING.match(block[timing])
            hours, minutes, seconds, thousandths = clock.groups()[:4] if clock else ("0",) * 4
            start = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(thousandths) / 1000
            yield start, "\n".join(block[timing + 1 :])


def _blocks(lines: TextLines) -> Iterator[list[str]]:
    block: list[str] = []
    for line in lines:
        if line.strip():
            block.append(line.rstrip("\r\n"))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _spoken(start: float, words: str, before: str, origin: Origin) -> Iterator[Message]:
    """What is said in a cue, by whom; who is not named goes on speaking."""
    pieces = _VOICE.split(words)
    if pieces[0].strip():
        named = _PREFIX.match(pieces[0])
        who = named[1].strip() if named else before
        yield from _message(start, pieces[0][named.end() if named else 0 :], who, origin)
    for who, said in zip(pieces[1::2], pieces[2::2], strict=True):
        yield from _message(start, said, html.unescape(who).strip(), origin)


def _message(start: float, said: str, who: str, origin: Origin) -> Iterator[Message]:
    text = " ".join(html.unescape(_TAG.sub("", said)).split())
    if text:
        yield Message(origin.roles.of(who, who), text, by=who, offset=start)
