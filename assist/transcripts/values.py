"""The JSON values of a file, one at a time: one a line, the items of a list, or the whole.

Each is cut out of the file by itself, so that one which is wrong spoils no other, and memory stays flat.
"""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

import msgspec

from assist.errors import AssistError
from assist.transcripts.origin import Unreadable
from assist.transcripts.streams import HEAD, Stream, lines

LIMIT = 32 << 20
"""How many bytes one value may have."""
DEPTH = 100
ENVELOPES = frozenset({"chats", "conversations", "tickets", "items", "results", "records", "data", "rows", "archives"})
"""The lists that stand for the conversations of a file, rather than for what is in one of them."""
WRONG = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What decoding raises for what is not JSON, or not of the shape asked for."""

# Strings are passed over as wholes; possessive, so that nothing is tried twice.
_BRACKET = re.compile(rb'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+")*+([\[\]{}])', re.DOTALL)
_KEY = re.compile(rb'"([a-z_]{1,40})"\s*:\s*$')
_TYPES = re.compile(r"`([a-z]+)`")
_PLAINLY = {
    "str": "text", "int": "a whole number", "float": "a number", "bool": "true or false", "null": "nothing",
    "array": "a list", "object": "an object",
}  # fmt: skip
_CUT = "it is cut short, or has half a letter in it (a lone surrogate)"
"""What the decoder has one word for."""
_BARE_TURN = frozenset({"role", "text"})


class Value(NamedTuple):
    """A JSON value as it stands in its file, and where that is."""

    data: bytes
    source: str


def values(stream: Stream, name: str) -> Iterator[Value | Unreadable]:
    """The values of a file in UTF-8."""
    head = stream.head.removeprefix(b"\xef\xbb\xbf")
    if _is_lines(head):
        yield from _lines(stream.buffered(), name)
        return
    start = _list_at(head)
    if start is not None:
        yield from _items(stream.buffered(), len(stream.head) - len(head) + start, name)
    elif len(stream.head) < HEAD or b"\n" in head:
        yield from _whole(stream.buffered(), name)
    else:
        yield from _lines(stream.buffered(), name)


def first(head: bytes) -> Any:  # noqa: ANN401
    """The first value that can be read in the beginning of a file; None where there is none."""
    for value in values(Stream(_Head(head)), ""):
        if isinstance(value, Value):
            try:
                return msgspec.json.decode(value.data)
            except WRONG:
                continue
    try:
        return msgspec.json.decode(_closed(head))
    except WRONG:
        return None


class _Head:
    """The beginning of a file, as a stream."""

    def __init__(self, head: bytes) -> None:
        self._head = head

    def read(self, size: int = -1) -> bytes:
        piece, self._head = self._head[:size], self._head[size:]
        return piece


def problem(error: Exception) -> str:
    """What is wrong with a value, in a line: not JSON, or another shape than it should be."""
    told = str(error)
    if isinstance(error, UnicodeDecodeError):
        return f"not UTF-8 text (byte {error.start + 1}); save it as UTF-8"
    if isinstance(error, RecursionError):
        return "nested too deep"
    if "surrogate" in told:
        return "half a letter in it (a lone surrogate)"
    if not isinstance(error, msgspec.ValidationError):
        told = told.removeprefix("JSON is malformed: ")
        return f"not JSON: {_CUT if 'truncated' in told else told}"
    what, _, place = told.partition(" - at `$")
    plainly = _TYPES.sub(lambda match: _PLAINLY.get(match[1], match[1]), what.replace(" | ", "` or `"))
    where = (place.rstrip("`").removeprefix(".") if "[...]" not in place else "") or "it"
    return f"{where}: {plainly[:1].lower()}{plainly[1:]}".replace("`", "'")


def _is_lines(head: bytes) -> bool:
    """Whether a file has a value a line: its first line is one, or any other of those that it begins with."""
    found = [line for line in head.split(b"\n", 30)[:30] if line.strip()]
    if not found or (len(head) >= HEAD and len(found) == 1):
        return False
    if _is_json(found[0]):
        return len(found) > 1 or _list_at(head) is None
    return not found[0].startswith(b"[") and any(line.startswith(b"{") and _is_json(line) for line in found[1:])


def _is_json(line: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(line), dict | list)
    except WRONG:
        return False


def _list_at(head: bytes) -> int | None:
    """Where the list of conversations begins in a document; None where it is not a list of them."""
    depth = 0
    for match in _brackets(head):
        if match[1] in b"]}":
            depth -= 1
            continue
        depth += 1
        if match[1] == b"[" and depth == 1:
            return None if _is_turns(head, match.end(1)) else match.end(1)
        if match[1] == b"[" and depth == 2 and _is_envelope(head, match.start(1)):
            return match.end(1)
    return None


def _brackets(head: bytes) -> Iterator[re.Match[bytes]]:
    """The brackets that stand outside of strings; each is looked for where the last ended, and nowhere else."""
    at = 0
    while match := _BRACKET.match(head, at):
        yield match
        at = match.end()


def _is_envelope(head: bytes, at: int) -> bool:
    key = _KEY.search(head[max(0, at - 60) : at])
    return bool(key and key[1].decode() in ENVELOPES and head[at + 1 : at + 200].lstrip()[:1] in b"{")


def _is_turns(head: bytes, start: int) -> bool:
    """Whether a list is one conversation: its turns, and nothing around them."""
    try:
        value = msgspec.json.decode(next(_cut(iter([head]), start), b"null"))
    except (*WRONG, _CutError):
        return False
    return isinstance(value, dict) and value.keys() >= _BARE_TURN


def _closed(head: bytes) -> bytes:
    """As much of a cut document as makes a whole one: up to the last bracket opened, and all brackets closed."""
    closers: list[bytes] = []
    end, ending = 0, b""
    for match in _brackets(head):
        if match[1] in b"]}":
            closers = closers[:-1]
        elif len(closers) >= DEPTH:
            break
        else:
            closers.append(b"}" if match[1] == b"{" else b"]")
            end, ending = match.end(1), b"".join(reversed(closers))
    return head[:end] + ending


def _lines(stream: BinaryIO, name: str) -> Iterator[Value | Unreadable]:
    for number, line in enumerate(lines(stream, LIMIT), start=1):
        source = f"{name}:{number}"
        if line is None:
            yield Unreadable(source, f"longer than {LIMIT >> 20} MB")
        elif number == 1 and line.startswith(b"\xef\xbb\xbf"):
            yield Value(line[3:], source)
        elif not line.isspace():
            yield Value(line, source)


def _whole(stream: BinaryIO, name: str) -> Iterator[Value | Unreadable]:
    data = stream.read(LIMIT + 1).removeprefix(b"\xef\xbb\xbf")
    yield Value(data, name) if len(data) <= LIMIT else Unreadable(name, f"one value of more than {LIMIT >> 20} MB")


def _items(stream: BinaryIO, start: int, name: str) -> Iterator[Value | Unreadable]:
    pieces = iter(lambda: stream.read(HEAD), b"")
    number = 0
    try:
        for item in _cut(pieces, start):
            number += 1
            yield Value(item, f"{name}: item {number}")
    except _CutError as error:
        yield Unreadable(name, f"{error} (item {number + 1})")


class _CutError(AssistError):
    """Why no more of a list can be told."""


def _cut(pieces: Iterator[bytes], start: int) -> Iterator[bytes]:
    """The objects and lists that a list is made of.

    Raises _CutError for one too large or too deep, and for a list cut short.
    """
    rest = next(pieces, b"")
    begin, at, depth = -1, start, 0
    while True:
        match = _BRACKET.match(rest, at)
        if match is None:
            kept = at if begin < 0 else begin
            more = _more(pieces, len(rest) - kept)
            if not more:
                raise _CutError("not JSON: the list is cut short")
            if len(rest) - kept > LIMIT:
                raise _CutError(f"longer than {LIMIT >> 20} MB; the rest is left out")
            rest, begin, at = rest[kept:] + more, min(begin, 0), at - kept
            continue
        at = match.end()
        depth += 1 if match[1] in b"[{" else -1
        if depth < 0:
            return
        if depth > DEPTH:
            raise _CutError(f"nested more than {DEPTH} deep; the rest is left out")
        if begin < 0:
            begin = match.start(1)
        if not depth:
            yield rest[begin:at]
            begin = -1


def _more(pieces: Iterator[bytes], size: int) -> bytes:
    """At least so many bytes more where there are, so that a long value is not looked through again and again."""
    found = []
    while size >= 0 and (piece := next(pieces, b"")):
        found.append(piece)
        size -= len(piece)
    return b"".join(found)
