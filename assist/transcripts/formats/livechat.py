"""LiveChat 3.x: `{"id", "users", "threads": [{"events": […]}]}`, or a `thread` in the archives.

A thread is a conversation.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from assist.transcripts.moments import moment
from assist.transcripts.origin import Origin
from assist.transcripts.roles import Roles
from assist.transcripts.shapes import Id, each
from assist.transcripts.transcript import Message, Transcript


class User(msgspec.Struct):
    """Somebody in the chat: an agent or a customer."""

    id: Id = None
    type: str | None = None
    name: str | None = None
    email: str | None = None


class Event(msgspec.Struct):
    """A message, or something else that happened."""

    type: str = ""
    author_id: Id = None
    text: str | None = None
    created_at: str | None = None
    visibility: str | None = None
    recipients: str | None = None


class Access(msgspec.Struct):
    """The groups that may see a thread."""

    group_ids: list[int] = []


class Thread(msgspec.Struct):
    """A conversation from its beginning to its end."""

    id: Id = None
    created_at: str | None = None
    events: list[Event] = []
    tags: list[str] = []
    access: Access | None = None


class Chat(msgspec.Struct):
    """All the conversations with one customer."""

    id: Id = None
    users: list[User] = []
    threads: list[Thread] = []
    thread: Thread | None = None


def looks_like(value: Any) -> bool:  # noqa: ANN401
    """Whether it has users and threads."""
    return isinstance(value, dict) and "users" in value and ("threads" in value or "thread" in value)


def _transcripts(chat: Chat, source: str, origin: Origin) -> Iterator[Transcript]:
    people = {str(user.id): user for user in chat.users}
    customer = next((key for key, user in people.items() if user.type == "customer"), "")
    threads = [*chat.threads, *([chat.thread] if chat.thread else [])]
    for number, thread in enumerate(threads, start=1):
        place = source if len(threads) == 1 else f"{source}: thread {number}"
        groups = thread.access.group_ids if thread.access else []
        yield Transcript(
            id=place if thread.id is None else str(thread.id),
            messages=tuple(_messages(thread, people, origin.roles)),
            medium="chat",
            customer=customer,
            team=", ".join(map(str, groups)),
            topic=", ".join(thread.tags),
            opened=moment(thread.created_at),
            source=place,
        )


def _messages(thread: Thread, people: dict[str, User], roles: Roles) -> Iterator[Message]:
    for event in thread.events:
        if event.text and event.type in {"message", "system_message"}:
            key = str(event.author_id)
            user = people.get(key) or User()
            word = "system" if event.type == "system_message" else user.type or ""
            note = "agents" in {event.visibility, event.recipients}
            role = roles.of(word, user.name or "", key)
            yield Message(role, event.text, moment(event.created_at), user.name or "", note)


read = each(Chat, _transcripts)
