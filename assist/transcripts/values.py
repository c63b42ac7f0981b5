"""The JSON values of a file, one at a time: one a line, the items of a list, or the whole.

Each is cut out of the file by itself, so that one which is wrong spoils no other, and memory stays flat.
"""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

import msgspec

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
    if isinstance(error, UnicodeDecodeError):
        return f"not UTF-8 text (byte {error.start + 1}); save it as UTF-8"
    if isinstance(error, RecursionError):
        return "nested too deep"
    if not isinstance(error, msgspec.ValidationError):
        return f"not JSON: {error}".replace(
            "Input data was truncated", "it is cut short, or has half a letter (a lone surrogate)"
        )
    told = str(error).replace("`", "'")
    what, _, place = told.partition(" - at '$")
    where = place.rstrip("'").removeprefix(".") or "it"
    return f"{where}: {what[:1].lower()}{what[1:]}"


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
    for match in _BRACKET.finditer(head):
        if match[1] in b"]}":
            depth -= 1
            continue
        depth += 1
        if match[1] == b"[" and depth == 1:
            return None if _is_turns(head, match.end(1)) else match.end(1)
        if match[1] == b"[" and depth == 2 and _is_envelope(head, match.start(1)):
            return match.end(1)
    return None


def _is_envelope(head: bytes, at: int) -> bool:
    key = _KEY.search(head[max(0, at - 60) : at])
    return bool(key and key[1].decode() in ENVELOPES and head[at + 1 : at + 200].lstrip()[:1] in b"{")


def _is_turns(head: bytes, start: int) -> bool:
    """Whether a list is one conversation: its turns, and nothing around them."""
    item, _ = next(_cut(iter([head]), start))
    try:
        value = msgspec.json.decode(item or b"null")
    except WRONG:
        return False
    return isinstance(value, dict) and value.keys() >= _BARE_TURN


def _closed(head: bytes) -> bytes:
    """As much of a cut document as makes a whole one: up to the last bracket opened, and all brackets closed."""
    closers: list[bytes] = []
    end, ending = 0, b""
    for match in _BRACKET.finditer(head):
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
    for item, ended in _cut(pieces, start):
        source = f"{name}: item {number + 1}"
        if item is None:
            problem = f"longer than {LIMIT >> 20} MB, nested more than {DEPTH} deep, or not JSON; the rest is left out"
            yield Unreadable(source, problem)
        elif item:
            number += 1
            yield Value(item, source)
        elif not ended:
            yield Unreadable(name, f"the list is cut short after item {number}")


def _cut(pieces: Iterator[bytes], start: int) -> Iterator[tuple[bytes | None, bool]]:
    """The objects and lists that a list is made of, each with whether the list ends there (with nothing, then).

    None where one is too large or too deep to be any: nothing after it can be told.
    """
    rest = next(pieces, b"")
    while len(rest) < start:
        rest += next(pieces, b"") or b" " * start
    begin, at, depth = -1, start, 0
    while True:
        match = _BRACKET.match(rest, at)
        if match is None:
            kept = at if begin < 0 else begin
            piece = next(pieces, b"")
            if not piece:
                yield b"", False
                return
            if len(rest) - kept > LIMIT:
                yield None, False
                return
            rest, begin, at = rest[kept:] + piece, begin if begin < 0 else 0, at - kept
            continue
        at = match.end()
        if match[1] in b"[{":
            begin, depth = (match.start(1), 1) if begin < 0 else (begin, depth + 1)
        elif begin < 0:
            yield b"", True
            return
        else:
            depth -= 1
        if depth > DEPTH:
            yield None, False
            return
        if begin >= 0 and not depth:
            yield rest[begin:at], False
            begin = -1
