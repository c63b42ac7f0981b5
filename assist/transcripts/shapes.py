"""Values of a declared shape made transcripts, one by one."""

import math
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import msgspec

from assist.errors import AssistError
from assist.transcripts.origin import Origin, Unreadable
from assist.transcripts.transcript import Message, Transcript
from assist.transcripts.values import WRONG, Value, problem

Shape = TypeVar("Shape", bound=msgspec.Struct)
Id = str | int | None

Reader = Callable[[Iterable[Value | Unreadable], Origin], Iterator[Transcript | Unreadable]]


def each(shape: type[Shape], transcripts: Callable[[Shape, str, Origin], Iterable[Transcript]]) -> Reader:
    """A reader that takes every value by itself; `transcripts` gets one, where it stands, and its origin."""

    def read(found: Iterable[Value | Unreadable], origin: Origin) -> Iterator[Transcript | Unreadable]:
        decoder = msgspec.json.Decoder(shape, strict=False)
        for value in found:
            if isinstance(value, Unreadable):
                yield value
                continue
            try:
                yield from list(transcripts(decoder.decode(value.data), value.source, origin))
            except WRONG as error:
                yield Unreadable(value.source, problem(error))
            except AssistError as error:
                yield Unreadable(value.source, str(error))

    return read


def companions(origin: Origin, name: str, shape: type[Shape]) -> list[Shape]:
    """The rows of `NAME.json` or `NAME.jsonl` beside the file, bare or in an object; none where it is not there.

    Raises AssistError where they have another shape.
    """
    found = origin.companion(f"{name}.json", f"{name}.jsonl")
    listed = found.get(name) if isinstance(found, dict) else found
    try:
        return msgspec.convert(listed or [], type=list[shape], strict=False)  # type: ignore[valid-type]  # made here
    except msgspec.ValidationError as error:
        raise AssistError(f"{name}.json, which lies beside it: {problem(error).removeprefix('it: ')}") from None


def share(value: float | None, least: float, most: float) -> float | None:
    """A rating on a scale from `least` to `most`, from 0 to 1; None for none. Raises AssistError off the scale."""
    if value is None:
        return None
    if not math.isfinite(value) or not least <= value <= most:
        raise AssistError(f"a rating of {value:g} is not between {least:g} and {most:g}")
    return (value - least) / (most - least)


def joined(messages: Iterable[Message]) -> tuple[Message, ...]:
    """Messages with what one speaker says in a row made one: recognised speech comes in pieces."""
    found: list[Message] = []
    for message in messages:
        last = found[-1] if found else None
        if last and (last.role, last.by, last.note) == (message.role, message.by, message.note):
            text = f"{last.text} {message.text}"
            found[-1] = Message(last.role, text, last.at, last.by, last.note, last.offset)
        else:
            found.append(message)
    return tuple(found)
