"""What the commands read: drafts, conversations, and files of many cases."""

import gzip
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from assist.conversation import Conversation, conversation_of, conversation_of_text
from assist.errors import AssistError, DataError
from assist.yamlfile import read_text

DRAFT_LIMIT = 200_000


class Case(NamedTuple):
    """A draft and the conversation before it, with the caller's name for it."""

    id: str
    conversation: Conversation
    draft: str


class Unreadable(NamedTuple):
    """A line of a file of cases that cannot be used, and why."""

    id: str | None
    problem: str


def draft(path: Path) -> str:
    """The draft in a file, or on standard input for `-`."""
    if str(path) == "-":
        return sys.stdin.buffer.read().decode("utf-8", errors="replace").rstrip("\n")
    return read_text(path).rstrip("\n")


def conversation(path: Path | None) -> Conversation:
    """The conversation in a file: JSON, or lines of `customer: words` and `agent: words`."""
    if path is None:
        return Conversation()
    try:
        return conversation_of_text(read_text(path))
    except DataError:
        raise
    except AssistError as error:
        raise DataError(path, None, str(error)) from None


def cases(file: BinaryIO, name: str) -> Iterator[Case | Unreadable]:
    """The cases of a JSON Lines file, one at a time; a line that is wrong is named and passed over."""
    for number, line in enumerate(file, start=1):
        if line.strip():
            yield _case(line, f"{name}:{number}")


def transcripts(path: Path) -> Iterator[Conversation]:
    """The conversations of a JSON Lines file of transcripts, gzipped or not."""
    with opened(path) as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                try:
                    yield conversation_of(json.loads(line))
                except (ValueError, AssistError) as error:
                    raise DataError(path, number, str(error)) from None


def opened(path: Path) -> BinaryIO:
    """A file of lines, opened; unpacked on the way where it is gzipped."""
    try:
        if path.suffix == ".gz":
            return io.BufferedReader(gzip.open(path))
        return path.open("rb")
    except OSError as error:
        raise DataError(path, None, error.strerror or "cannot be read") from None


def _case(line: bytes, place: str) -> Case | Unreadable:
    try:
        row: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Unreadable(None, f"{place}: not JSON: {error}")
    if not isinstance(row, dict):
        return Unreadable(None, f"{place}: a case must be an object with a draft")
    name = str(row.get("id", place))
    if not isinstance(row.get("draft"), str):
        return Unreadable(name, f"{place}: 'draft' is missing or no string")
    if len(row["draft"]) > DRAFT_LIMIT:
        return Unreadable(name, f"{place}: the draft is longer than {DRAFT_LIMIT} characters")
    try:
        return Case(name, conversation_of(row.get("conversation") or []), row["draft"])
    except AssistError as error:
        return Unreadable(name, f"{place}: {error}")
