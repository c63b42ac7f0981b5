"""Transcripts of any format, from wherever they lie, one at a time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from types import ModuleType
from typing import Any

from assist.conversation import TEXT_LIMIT
from assist.errors import AssistError
from assist.transcripts import packing, sources, values
from assist.transcripts.columns import refuse_unknown_columns
from assist.transcripts.detection import COMPANIONS, ForeignError, detected, refuse_unknown
from assist.transcripts.formats import FORMATS, JSON
from assist.transcripts.gathering import LONGEST, Recent
from assist.transcripts.moments import EARLIEST
from assist.transcripts.names import LONGEST as LONGEST_NAME
from assist.transcripts.names import is_plain, plain
from assist.transcripts.origin import Origin, Unreadable
from assist.transcripts.roles import Roles, guessed
from assist.transcripts.streams import Stream
from assist.transcripts.transcript import BACKWARDS, Message, Transcript

Told = Transcript | Unreadable
_WORDLESS = "no message with words in it"
_NAMES = ("id", "team", "topic", "source")
"""What is made plain. The customer's key stays as it is: by it, people are found again, and forgotten."""


def read(
    paths: Iterable[Path | str],
    form: str = "auto",
    *,
    roles: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Told]:
    """The conversations of files, folders, patterns and standard input (`-`), packed or not; memory stays flat.

    `form` is a format of `FORMATS`, or `auto` to tell it from what is in each file. `roles` says who is who, by name,
    id, or the export's word for them: `{"SPEAKER_00": "agent"}`. `columns` says what the columns of a table are
    called: `{"text": "Nachricht"}`. What cannot be read comes as `Unreadable`, and reading goes on. Raises
    AssistError for a form, role or column that there is not.
    """
    refuse_unknown(form)
    refuse_unknown_columns(columns or {})
    return _read(paths, form, Origin("", Roles(roles), columns or {}))


def _read(paths: Iterable[Path | str], form: str, hints: Origin) -> Iterator[Told]:
    seen = Recent()
    for path in sources.files(paths):
        if isinstance(path, Unreadable):
            yield _printable(path)
            continue
        for told in _of_path(path, form, hints):
            if isinstance(told, Unreadable):
                yield _printable(told)
            elif told.id in seen:
                yield Unreadable(told.source, f"the id {told.id!r:.80} came before; only the first is read")
            else:
                seen.add(told.id)
                yield told


def _printable(told: Unreadable) -> Unreadable:
    return told._replace(source=plain(told.source), problem=plain(told.problem))


def _of_path(path: Path, form: str, hints: Origin) -> Iterator[Told]:
    piped = str(path) == "-"
    name = "standard input" if piped else str(path)
    try:
        with sources.opened(path) as file:
            beside = sources.Folder(Path() if piped else path.parent)
            whole = packing.Found(name, Stream(file), beside, None if piped or not path.is_file() else path)
            for found in packing.unpacked(whole):
                if isinstance(found, Unreadable):
                    yield found
                else:
                    yield from _of_file(found, form, hints)
    except packing.FAULTS as error:
        yield Unreadable(name, packing.fault(error))


def _of_file(found: packing.Found, form: str, hints: Origin) -> Iterator[Told]:
    """The conversations of one file, and in the end what keeps the rest of it from being read."""
    origin = Origin(found.name, hints.roles, hints.columns, found.beside)
    try:
        reader = _reader(found, form, hints)
        if reader is None:
            return
        nothing = True
        for one in _told(reader, found, origin):
            yield one if isinstance(one, Unreadable) else settled(one)
            nothing = False
        if nothing:
            yield Unreadable(found.name, _WORDLESS)
    except UnicodeDecodeError as error:
        yield Unreadable(found.name, f"not text in {error.encoding}: {error.reason}")
    except AssistError as error:
        yield Unreadable(found.name, str(error), isinstance(error, ForeignError))
    except packing.FAULTS as error:
        yield Unreadable(found.name, packing.fault(error))


def _told(reader: ModuleType, found: packing.Found, origin: Origin) -> Iterator[Told]:
    of = values.values(found.stream, found.name) if reader in JSON.values() else found
    told: Iterator[Told] = reader.read(of, origin)
    return told


def _reader(found: packing.Found, form: str, hints: Origin) -> ModuleType | None:
    head = found.stream.head
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        if found.stream.fault:
            raise found.stream.fault
        raise AssistError("it is empty")
    if form == "auto" and hints.columns and not head.startswith(b"PAR1"):
        form = "csv"
    if form != "auto":
        return FORMATS[form]
    try:
        return detected(head)
    except ForeignError:
        if PurePath(found.name).name.split(".")[0] in COMPANIONS:
            return None
        raise


def settled(transcript: Transcript) -> Told:
    """A conversation held to what the rest of assist can take, with what is odd in it said."""
    if len(transcript.id) > LONGEST_NAME:
        return Unreadable(transcript.source, f"the id is longer than {LONGEST_NAME} characters")
    if len(transcript.messages) > LONGEST:
        return Unreadable(transcript.source, f"more than {LONGEST} messages; is it several conversations?")
    transcript = _mended(transcript)
    messages = transcript.messages
    backwards = ""
    strange = False
    last = EARLIEST
    for number, message in enumerate(messages, start=1):
        if len(message.text) > TEXT_LIMIT:
            return Unreadable(transcript.source, f"message {number} is longer than {TEXT_LIMIT} characters")
        if (at := message.at) is not None:
            if at < last and not backwards:
                backwards = f"{BACKWARDS} at message {number}"
            last = at
        strange = strange or message.role == "unknown"
    if not messages:
        return Unreadable(transcript.source, _WORDLESS)
    messages, guess = guessed(messages) if strange else (messages, "")
    if guess or backwards:
        doubts = (*transcript.doubts, *filter(None, (guess, backwards)))
        return replace(transcript, messages=messages, doubts=doubts)
    return transcript


def _mended(transcript: Transcript) -> Transcript:
    """With names that are plain, and messages without NULs, with a mark in place of half a letter."""
    changed: dict[str, Any] = {}
    for name in _NAMES:
        if not is_plain(told := getattr(transcript, name)):
            changed[name] = plain(told)
    if not all(map(_is_whole, transcript.messages)):
        changed["messages"] = tuple(map(_whole, transcript.messages))
    return replace(transcript, **changed) if changed else transcript


def _is_whole(message: Message) -> bool:
    text = message.text
    if "\0" in text or not is_plain(message.by):
        return False
    try:
        return text.isascii() or bool(text.encode())
    except UnicodeEncodeError:
        return False


def _whole(message: Message) -> Message:
    text = message.text.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return Message(message.role, text, message.at, plain(message.by), message.note, message.offset)
