"""What the commands read: drafts, conversations, and files of many cases."""

import gzip
import json
import sys
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import typer

from assist.conversation import Conversation, conversation_of, conversation_of_text, refuse_unreadable
from assist.errors import AssistError, DataError
from assist.reports.clean import clean
from assist.yamlfile import decoded, read_text

if TYPE_CHECKING:
    from assist.transcripts import Transcript

DOUBTS = 20
"""How many guesses about transcripts are said; more are hardly read."""


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
    """The conversation in a file: lines of `customer: words` and `agent: words`, JSON, or an export of one.

    Raises DataError for one that cannot be read, and for an export of several.
    """
    if path is None:
        return Conversation()
    try:
        return conversation_of_text(read_text(path).removeprefix("\ufeff"))
    except AssistError as error:
        return _exported(path, error)


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


def transcripts(*paths: Path, roles: Mapping[str, str] | None = None) -> Iterator[Conversation | Unreadable]:
    """The conversations of transcripts in any format; what cannot be read is named and passed over.

    So is a conversation of which nobody's role is known.
    """
    from assist.transcripts import Transcript, read  # deferred: most commands do without

    said: set[str] = set()
    for told in read(paths, roles=roles):
        if not isinstance(told, Transcript):
            yield Unreadable(str(told))
        elif (talk := told.conversation).turns:
            _say_doubts(told, said)
            yield talk
        else:
            yield Unreadable(f"{told.source}: {told.silence}")


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


def _exported(path: Path, refused: AssistError) -> Conversation:
    """The conversation of an export; `refused`, why it is no plain one, is raised where it is no export either."""
    from assist.transcripts import Transcript, read  # deferred: most conversations do without

    if not path.exists():
        raise refused
    talks: list[Transcript] = []
    for told in read([path]):
        if not isinstance(told, Transcript):
            where = DataError(path, None, str(refused))
            raise (refused if isinstance(refused, DataError) else where) if told.foreign else AssistError(str(told))
        talks.append(told)
        if len(talks) > 1:
            raise DataError(path, None, f"several conversations, {talks[0].id!r:.60} and more; give one of them")
    if not talks:
        raise DataError(path, None, "only what goes with a conversation, and none itself")
    if not (talk := talks[0].conversation).turns:
        silence = talks[0].silence.partition("; say so")[0]
        raise DataError(path, None, f"{silence}; write 'customer:' and 'agent:' for the names")
    _say_doubts(talks[0], set())
    return talk


def _say_doubts(transcript: "Transcript", said: set[str]) -> None:
    """Say what had to be guessed, each guess once."""
    for doubt in transcript.doubts:
        if doubt not in said and len(said) < DOUBTS:
            said.add(doubt)
            typer.echo(f"assist: {clean(f'{transcript.source}: {doubt}')}", err=True)


def _case(line: bytes, place: str) -> Case | Unreadable:
    row = _row(line, place, "draft")
    if isinstance(row, Unreadable):
        return row
    try:
        talk = conversation_of(row.get("conversation") or row.get("turns") or [], id=str(row["id"]))
    except AssistError as error:
        return Unreadable(f"{place}: {error}")
    return Case(row["id"], talk, row["draft"])
