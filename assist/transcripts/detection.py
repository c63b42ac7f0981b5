"""Which format a file has, told by what is in it."""

import codecs
from types import ModuleType
from typing import Any

from assist.csvfile import SEPARATORS
from assist.errors import AssistError, did_you_mean
from assist.transcripts import values
from assist.transcripts.formats import FILES, FORMATS, JSON, TEXT
from assist.transcripts.roles import named
from assist.transcripts.streams import HEAD

BINARY = {
    b"%PDF": "a PDF; export the conversations as text, CSV or JSON",
    b"RIFF": "a recording; transcribe it first",
    b"ID3": "a recording; transcribe it first",
    b"OggS": "a recording; transcribe it first",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"SQLite format 3": "a database; export the conversations as CSV or JSON",
    b"\xd0\xcf\x11\xe0": "a document of an office program; save it as CSV or plain text",
    b"{\\rtf": "a document of an office program; save it as CSV or plain text",
    b"7z\xbc\xaf\x27\x1c": "packed as 7z; unpack it first",
    b"Rar!": "packed as RAR; unpack it first",
    b"BZh": "packed as bzip2; unpack it first",
    b"\xfd7zXZ\0": "packed as xz; unpack it first",
    b"\x28\xb5\x2f\xfd": "packed as zstd; unpack it first",
}
FIRST_CELLS = 1_000
"""How much of a line is looked at for a role, where it may be a row of a table."""
COMPANIONS = frozenset({"users", "participants", "speakers", "conversations", "tickets", "corpus", "index", "agents"})
"""Files that only say more about the conversations of others, by name."""


def refuse_unknown(form: str) -> None:
    """Raise AssistError for the name of a format that there is not."""
    if form != "auto" and form not in FORMATS:
        hint = did_you_mean(form, FORMATS) or f"; one of auto, {', '.join(sorted(FORMATS))}"
        raise AssistError(f"unknown format {form!r:.60}{hint}")


class ForeignError(AssistError):
    """What is in a file is none of the formats; the text says what it is instead."""


def detected(head: bytes) -> ModuleType:
    """The reader for a file that begins so. Raises ForeignError, with what it is instead, where there is none."""
    for reader in FILES.values():
        if reader.looks_like(head):
            return reader
    _refuse_binary(head)
    text = head.decode("utf-8", "replace").removeprefix("\ufeff").lstrip()
    if text.startswith(("{", "[")) and not text.startswith("[SPEAKER") and _is_json(text):
        return _of_json(head, text)
    for reader in TEXT.values():
        if reader.looks_like(text):
            return reader
    line = text.partition("\n")[0]
    if line.lower().startswith(("<!doctype", "<html")):
        raise ForeignError("a web page; export the conversations as text, CSV or JSON")
    if any(named(cell) for separator in SEPARATORS for cell in line[:FIRST_CELLS].split(separator)[:-1]):
        raise ForeignError("a table whose first line is no header; name its columns there, such as id,role,text")
    raise ForeignError(f"in none of the formats that are known; it begins {line[:60]!r}")


def _refuse_binary(head: bytes) -> None:
    for magic, what in BINARY.items():
        if head.startswith(magic):
            raise ForeignError(what)
    if b"\0" in head[: HEAD >> 4]:
        raise ForeignError(f"not text: a NUL at byte {head.index(0) + 1}")


def _refuse_encoding(head: bytes) -> None:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError as error:
        raise ForeignError(values.problem(error)) from None


def _is_json(text: str) -> bool:
    """Whether what begins with a bracket goes on as JSON does, rather than as `[12:03] Jane: …`."""
    return text[1:100].lstrip()[:1] in {'"', "{", "[", "}", "]"}


def _of_json(head: bytes, text: str) -> ModuleType:
    value: Any = values.first(head)
    for reader in JSON.values():
        if isinstance(value, dict | list) and reader.looks_like(value):
            return reader
    if value is None:
        _refuse_encoding(head)
        raise ForeignError(f"not JSON: it begins {text[:60]!r}" if "\n" not in text[:60] else "not JSON")
    known = ", ".join(map(str, list(value)[:6])) if isinstance(value, dict) else ""
    raise ForeignError(f"in none of the formats that are known{f': JSON with {known:.120}' if known else ''}")
