"""Our own JSON: `{"id", "turns": [{"role", "text", "at"?, "name"?}]}` a line, or a list of turns by itself."""

from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Annotated, Any

import msgspec

from assist.conversation import ROLES
from assist.errors import AssistError, did_you_mean
from assist.transcripts.moments import EARLIEST, LATEST, When, moment
from assist.transcripts.origin import Origin, Unreadable
from assist.transcripts.roles import Roles
from assist.transcripts.shapes import Id, share
from assist.transcripts.transcript import Medium, Message, Speaker, Transcript
from assist.transcripts.values import WRONG, Value, problem

MOST = 10_000
"""How often a conversation may have been handed on."""
_LISTS = ("turns", "conversation", "messages")
_TEXTS = ("text", "content")


class About(msgspec.Struct):
    """What may be said of a conversation beside its turns."""

    id: Id = None
    medium: Medium = ""
    customer: Id = None
    team: str | None = None
    topic: str | None = None
    opened: When = None
    closed: When = None
    solved: bool | None = None
    handed_on: Annotated[int, msgspec.Meta(ge=0, le=MOST)] | None = None
    rating: float | None = None


class Line(About, kw_only=True):
    """A conversation as it is mostly written; any other is read more slowly, to say what is wrong."""

    turns: tuple[Message, ...]


def looks_like(value: Any) -> bool:  # noqa: ANN401
    """Whether it has turns with role and text, or is a list of them."""
    turns = value if isinstance(value, list) else next((value[key] for key in _LISTS if value.get(key)), None)
    if not isinstance(turns, list) or not turns:
        return isinstance(value, dict) and isinstance(value.get("turns"), list)
    first = turns[0]
    return isinstance(first, dict) and (not first or ("role" in first and any(key in first for key in _TEXTS)))


def read(found: Iterable[Value | Unreadable], origin: Origin) -> Iterator[Transcript | Unreadable]:
    """A conversation of each value."""
    decoder = msgspec.json.Decoder(Line, strict=False)
    for value in found:
        if isinstance(value, Unreadable):
            yield value
            continue
        try:
            yield _told(decoder, value, origin.roles)
        except WRONG as error:
            yield Unreadable(value.source, problem(error))
        except AssistError as error:
            yield Unreadable(value.source, str(error))


def transcript(row: object, source: str, roles: Roles) -> Transcript:
    """A conversation of plain data. Raises AssistError, with the turn that is wrong, and what decoding raises."""
    listed, about = row, About()
    if isinstance(row, dict):
        listed = next((row[key] for key in _LISTS if key in row), None)
        about = msgspec.convert({key: row[key] for key in About.__struct_fields__ if key in row}, About, strict=False)
    if not isinstance(listed, list):
        raise AssistError("a conversation must be a list of turns, or an object with 'turns'")
    turns = []
    for number, row in enumerate(listed, start=1):
        try:
            turn = _turn(row, roles)
            if turn.text:
                turns.append(turn)
        except AssistError as error:
            raise AssistError(f"turn {number}: {error}") from None
    return _finished(about, tuple(turns), source)


def _told(decoder: msgspec.json.Decoder[Line], value: Value, roles: Roles) -> Transcript:
    if not roles:
        try:
            line = decoder.decode(value.data)
        except msgspec.ValidationError:
            pass
        else:
            if all(map(_is_usual, line.turns)):
                return _finished(line, line.turns, value.source)
    return transcript(msgspec.json.decode(value.data), value.source, roles)


def _is_usual(turn: Message) -> bool:
    """Whether a turn needs nothing more done: it has words, and a time in UTC, or none."""
    at = turn.at
    return bool(turn.text) and (at is None or (at.tzinfo is UTC and EARLIEST <= at < LATEST))


def _finished(about: About, turns: tuple[Message, ...], source: str) -> Transcript:
    return Transcript(
        id=source if about.id is None else str(about.id),
        messages=turns,
        medium=about.medium,
        customer="" if about.customer is None else str(about.customer),
        team=about.team or "",
        topic=about.topic or "",
        opened=moment(about.opened),
        closed=moment(about.closed),
        solved=about.solved,
        handed_on=about.handed_on,
        rating=share(about.rating, 0, 1),
        source=source,
    )


def _turn(row: Any, roles: Roles) -> Message:  # noqa: ANN401
    if not isinstance(row, dict):
        raise AssistError(f"a turn must be an object with role and text, not {row!r:.60}")
    role, text = _string(row, "role"), _string(row, next((key for key in _TEXTS if key in row), "text"))
    name = row.get("name")
    if name is not None and not isinstance(name, str):
        raise AssistError(f"the name in a turn must be a string, not {name!r:.60}")
    when = row.get("at")
    if isinstance(when, bool | list | dict):
        raise AssistError(f"cannot read the time {when!r:.40}; epoch seconds or ISO 8601")
    return Message(_role(role, name or "", roles), text, moment(when), name or "", row.get("note") is True)


def _string(row: dict[str, Any], key: str) -> str:
    if key not in row:
        raise AssistError(f"a turn lacks {key!r}{did_you_mean(key, map(str, row))}")
    if not isinstance(row[key], str):
        raise AssistError(f"the {key} of a turn must be a string, not {row[key]!r:.60}")
    return str(row[key])


def _role(word: str, name: str, roles: Roles) -> Speaker:
    role = roles.of(word, name)
    if role == "unknown" and word != "unknown" and roles.told(name, word) is None:
        raise AssistError(f"unknown role {word!r:.60}{did_you_mean(word, ROLES) or '; one of ' + ', '.join(ROLES)}")
    return role
