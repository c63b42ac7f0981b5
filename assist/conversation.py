"""A conversation: who said what, in which order."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Literal, cast, get_args

from assist.errors import AssistError, did_you_mean

Role = Literal["customer", "agent", "bot", "system"]
ROLES: tuple[Role, ...] = get_args(Role)


TEXT_LIMIT = 200_000
_JSON = re.compile(r"\s*(?:\{|\[\s*[{\]])")


def refuse_unreadable(text: object, what: str) -> None:
    """Raise AssistError for what is no text, is longer than 200,000 characters, or is half a letter."""
    if not isinstance(text, str):
        raise AssistError(f"{what} must be a string, not {text!r:.60}")
    if len(text) > TEXT_LIMIT:
        raise AssistError(f"{what} is longer than {TEXT_LIMIT} characters")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise AssistError(f"{what} has half a letter (a lone surrogate) at character {error.start + 1}") from None


@dataclass(frozen=True, slots=True)
class Turn:
    """One message: `role` is customer, agent, bot or system; `at` is in UTC.

    Raises AssistError for a role that is none of these, or a text that is not a string.
    """

    role: Role
    text: str
    at: datetime | None = None
    name: str | None = None

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            hint = did_you_mean(str(self.role), ROLES)
            raise AssistError(f"unknown role {self.role!r}{hint or '; one of ' + ', '.join(ROLES)}")
        refuse_unreadable(self.text, "the text of a turn")
        if self.name is not None and not isinstance(self.name, str):
            raise AssistError(f"the name in a turn must be a string, not {self.name!r:.60}")


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns in the order they were said; `id` is the caller's own name for it."""

    turns: tuple[Turn, ...] = field(default=())
    id: str = ""


def turn_of(row: Mapping[str, Any]) -> Turn:
    """A turn from plain data: `role`, `text`, and optional `at` (epoch seconds or ISO 8601), `name`.

    Further keys are left aside. Raises AssistError where a value cannot be read.
    """
    if not isinstance(row, Mapping):
        raise AssistError(f"a turn must be an object with role and text, not {row!r:.60}")
    for key in ("role", "text"):
        if key not in row:
            raise AssistError(f"a turn lacks {key!r}{did_you_mean(key, map(str, row))}")
    return Turn(row["role"], row["text"], _when(row.get("at")), row.get("name"))


def conversation_of(rows: object, *, id: str = "") -> Conversation:  # noqa: A002
    """A conversation from a list of turns as plain data; the error names the turn that is wrong."""
    if isinstance(rows, Mapping):
        id = id or str(rows.get("id", ""))  # noqa: A001
        rows = rows.get("turns", rows.get("conversation"))
    if not isinstance(rows, Sequence) or isinstance(rows, str):
        raise AssistError("a conversation must be a list of turns, or an object with 'turns'")
    turns = []
    for number, row in enumerate(rows, start=1):
        try:
            turns.append(turn_of(row))
        except AssistError as error:
            raise AssistError(f"turn {number}: {error}") from error
    return Conversation(tuple(turns), id)


def as_turns(conversation: Conversation | Iterable[Turn | Mapping[str, Any]] | None) -> tuple[Turn, ...]:
    """The turns of whatever a caller may hold: a conversation, turns, or turns as plain data."""
    if conversation is None:
        return ()
    if isinstance(conversation, Conversation):
        return conversation.turns
    if isinstance(conversation, str | Mapping):
        raise AssistError(f"a conversation must be a list of turns, not {conversation!r:.60}")
    return tuple(turn if isinstance(turn, Turn) else turn_of(turn) for turn in conversation)


def _when(value: object) -> datetime | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    try:
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value, UTC)
        moment = datetime.fromisoformat(str(value))
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        problem = f"cannot read the time {value!r:.40}; epoch seconds or ISO 8601"
        raise AssistError(problem) from None


def conversation_of_text(text: str) -> Conversation:
    """A conversation from a file's text: JSON as above, or lines of `role: words`.

    In lines, one that names no role goes on with the turn before. Raises AssistError, with the line.
    """
    if _JSON.match(text):
        try:
            return conversation_of(json.loads(text))
        except (ValueError, RecursionError) as error:
            raise AssistError(f"not JSON: {error}") from None
    turns: list[Turn] = []
    for number, line in enumerate(text.splitlines(), start=1):
        role, colon, words = line.partition(":")
        if colon and role.strip().lower() in ROLES:
            turns.append(Turn(cast("Role", role.strip().lower()), words.strip()))
        elif turns:
            turns[-1] = replace(turns[-1], text=f"{turns[-1].text}\n{line}".rstrip())
        elif line.strip():
            raise AssistError(f"line {number}: begin with 'customer:' or 'agent:'")
    return Conversation(tuple(turns))
