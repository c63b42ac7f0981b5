"""What the commands read: drafts, conversations, and files of many cases."""

import gzip
import json
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from assist.conversation import Conversation, conversation_of, conversation_of_text, refuse_unreadable
from assist.errors import AssistError, DataError
from assist.yamlfile import decoded, read_text


class Case(NamedTuple):
    """A draft and the conversation before it, with the caller's name for it, as it was given."""

    id: Any
    conversation: Conversation
    draft: str


class Unreadable(NamedTuple):
    """A line of a file that cannot be used, and why."""

    problem: str


def draft(path: Path) -> str:
    """The draft in a file, or on standard input for `-`."""
    if str(path) == "-":
        return decoded(sys.stdin.buffer.read(), "standard input").rstrip("\r\n")
    return read_text(path).rstrip("\r\n")


def conversation(path: Path | None) -> Conversation:
    """The conversation in a file: JSON, or lines of `customer: words` and `agent: words`."""
    if path is None:
        return Conversation()
    try:
        return conversation_of_text(read_text(path).removeprefix("\ufeff"))
    except DataError:
        raise
    except AssistError as error:
        raise DataError(path, None, str(error)) from None


def cases(file: BinaryIO, name: str) -> Iterator[Case | Unreadable]:
    """The cases of a JSON Lines file, one at a time; a line that is wrong is named and passed over."""
    for number, line in enumerate(file, start=1):
        if line.strip():
            yield _case(line, f"{name}:{number}")


def rows(path: Path, field: str) -> Iterator[dict[str, Any] | Unreadable]:
    """The objects of a JSON Lines file with a text in `field`, each with an `id`; a wrong line is passed over."""
    with opened(path) as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield _row(line, f"{path}:{number}", field)


def transcripts(path: Path) -> Iterator[Conversation | Unreadable]:
    """The conversations of a JSON Lines file of transcripts; a line that is wrong is named and passed over."""
    with opened(path) as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield _transcript(line, f"{path}:{number}")


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file of lines, or standard input for `-`; unpacked on the way where it is gzipped."""
    if str(path) == "-":
        yield sys.stdin.buffer
        return
    with _open(path) as file:
        try:
            yield file
        except (gzip.BadGzipFile, EOFError, zlib.error):
            raise DataError(path, None, "not a gzip file, or one cut short") from None


def _open(path: Path) -> Any:  # noqa: ANN401
    try:
        return gzip.open(path) if path.suffix == ".gz" else path.open("rb")
    except OSError as error:
        raise DataError(path, None, error.strerror or "cannot be read") from None


def _row(line: bytes, place: str, field: str) -> dict[str, Any] | Unreadable:
    try:
        row: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Unreadable(f"{place}: not JSON: {error}")
    if not isinstance(row, dict):
        return Unreadable(f"{place}: a case must be an object with a {field}")
    if not isinstance(row.get(field), str):
        return Unreadable(f"{place}: {field!r} is missing or no string")
    try:
        refuse_unreadable(row[field], field)
    except AssistError as error:
        return Unreadable(f"{place}: {error}")
    name = row.get("id")
    if isinstance(name, str) and not name.isprintable():
        return Unreadable(f"{place}: the id has a character that cannot be printed")
    return {**row, "id": place if name is None else name}


def _transcript(line: bytes, place: str) -> Conversation | Unreadable:
    try:
        return conversation_of(json.loads(line))
    except AssistError as error:
        return Unreadable(f"{place}: {error}")
    except (ValueError, RecursionError) as error:
        return Unreadable(f"{place}: not JSON: {error}")


def _case(line: bytes, place: str) -> Case | Unreadable:
    row = _row(line, place, "draft")
    if isinstance(row, Unreadable):
        return row
    try:
        talk = conversation_of(row.get("conversation") or row.get("turns") or [], id=str(row["id"]))
    except AssistError as error:
        return Unreadable(f"{place}: {error}")
    return Case(row["id"], talk, row["draft"])
