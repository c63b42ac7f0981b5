"""Transcripts of any format, from wherever they lie, one at a time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from types import ModuleType

from assist.conversation import TEXT_LIMIT
from assist.errors import AssistError
from assist.transcripts import packing, sources, values
from assist.transcripts.columns import refuse_unknown_columns
from assist.transcripts.detection import COMPANIONS, ForeignError, detected, refuse_unknown
from assist.transcripts.formats import FORMATS, JSON
from assist.transcripts.gathering import Recent
from assist.transcripts.moments import EARLIEST
from assist.transcripts.origin import Origin, Unreadable
from assist.transcripts.roles import Roles, guessed
from assist.transcripts.streams import Stream
from assist.transcripts.transcript import Message, Transcript

Told = Transcript | Unreadable


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
            yield path
            continue
        for told in _of_path(path, form, hints):
            if isinstance(told, Transcript):
                if told.id in seen:
                    yield Unreadable(told.source, f"the id {told.id!r:.80} came before; only the first is read")
                    continue
                seen.add(told.id)
            yield told


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
        told: Iterator[Told]
        if reader in JSON.values():
            told = reader.read(values.values(found.stream, found.name), origin)
        else:
            told = reader.read(found, origin)
        for one in told:
            yield one if isinstance(one, Unreadable) else settled(one)
    except UnicodeDecodeError as error:
        yield Unreadable(found.name, f"not text in {error.encoding}: {error.reason}")
    except AssistError as error:
        yield Unreadable(found.name, str(error), isinstance(error, ForeignError))
    except packing.FAULTS as error:
        yield Unreadable(found.name, packing.fault(error))


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
    messages = transcript.messages
    doubts: list[str] = []
    strange = False
    last = EARLIEST
    for number, message in enumerate(messages, start=1):
        text, at = message.text, message.at
        if len(text) > TEXT_LIMIT:
            return Unreadable(transcript.source, f"message {number} is longer than {TEXT_LIMIT} characters")
        if "\0" in text or not (text.isascii() or _is_whole(text)):
            return settled(replace(transcript, messages=tuple(map(_mended, messages))))
        if at is not None:
            if at < last:
                doubts.append(f"the clock goes backwards at message {number}")
            last = at
        strange = strange or message.role == "unknown"
    if not messages:
        return Unreadable(transcript.source, "no message with words in it")
    if strange:
        messages, doubt = guessed(messages)
        doubts += [doubt] if doubt else []
    if doubts:
        return replace(transcript, messages=messages, doubts=(*transcript.doubts, *doubts[:3]))
    return transcript


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _mended(message: Message) -> Message:
    """A message without NULs, and with a mark in place of half a letter."""
    text = message.text.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return Message(message.role, text, message.at, message.by, message.note, message.offset)
