"""Zendesk Chat: `{"chats": [{"type", "visitor", "history": […]}]}`, or a chat a line."""

from collections.abc import Iterator
from typing import Any

import msgspec

from assist.transcripts.moments import When, moment
from assist.transcripts.origin import Origin
from assist.transcripts.roles import Roles
from assist.transcripts.shapes import Id, each
from assist.transcripts.transcript import Message, Speaker, Transcript


class Visitor(msgspec.Struct):
    """The customer."""

    id: Id = None
    name: str | None = None
    email: str | None = None


class Event(msgspec.Struct):
    """What happened; a message where `type` is chat.msg."""

    type: str = ""
    name: str | None = None
    nick: str | None = None
    msg: str | None = None
    timestamp: When = None


class Chat(msgspec.Struct):
    """A chat, or a message that was left while nobody was there, whose words are in `message`."""

    id: Id = None
    type: str = "chat"
    visitor: Visitor = msgspec.field(default_factory=Visitor)
    history: list[Event] = []
    message: str | None = None
    timestamp: When = None
    end_timestamp: When = None
    rating: str | None = None
    department_name: str | None = None
    missed: bool | None = None


def looks_like(value: Any) -> bool:  # noqa: ANN401
    """Whether it is a chat with a visitor."""
    chat = isinstance(value, dict) and ("history" in value or value.get("type") in ("chat", "offline_msg"))
    return chat and "visitor" in value


def _transcripts(chat: Chat, source: str, origin: Origin) -> Iterator[Transcript]:
    opened = moment(chat.timestamp)
    messages = [
        Message(_role(event, origin.roles), event.msg, moment(event.timestamp), event.name or event.nick or "")
        for event in chat.history
        if event.type == "chat.msg" and event.msg
    ]
    if not messages and chat.message:
        role = origin.roles.told(chat.visitor.name or "") or "customer"
        messages = [Message(role, chat.message, opened, chat.visitor.name or "")]
    yield Transcript(
        id=source if chat.id is None else str(chat.id),
        messages=tuple(messages),
        medium="mail" if chat.type == "offline_msg" else "chat",
        customer=str(chat.visitor.id or chat.visitor.email or ""),
        team=chat.department_name or "",
        opened=opened,
        closed=moment(chat.end_timestamp),
        handed_on=_handed_on(chat.history),
        rating={"good": 1.0, "bad": 0.0}.get(chat.rating or ""),
        source=source,
    )


def _role(event: Event, roles: Roles) -> Speaker:
    """The role of a nick: `visitor`, `agent:12`, or `agent:trigger` for what was sent by a rule."""
    kind, _, who = (event.nick or "").partition(":")
    told = roles.told(event.name or "", event.nick or "")
    return told or ("system" if who.startswith("trigger") else roles.of(kind))


def _handed_on(history: list[Event]) -> int | None:
    if not history:
        return None
    return sum(1 for event in history if event.type in {"chat.transfer", "chat.request.transfer"})


read = each(Chat, _transcripts)
