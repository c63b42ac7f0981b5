"""Intercom conversations: what the customer began with in `source`, and all that followed in `conversation_parts`."""

from collections.abc import Iterator
from typing import Any

import msgspec

from assist.markup import of_html
from assist.transcripts.moments import When, moment
from assist.transcripts.origin import Origin
from assist.transcripts.roles import Roles
from assist.transcripts.shapes import Id, each, share
from assist.transcripts.transcript import Medium, Message, Transcript

MEDIA: dict[str, Medium] = {"email": "mail", "phone_call": "voice", "phone_switch": "voice"}


class Author(msgspec.Struct):
    """Who wrote: a user, lead or contact, or else an admin, bot or team."""

    type: str = ""
    id: Id = None
    name: str | None = None
    email: str | None = None
    from_ai_agent: bool | None = None
    is_ai_answer: bool | None = None


class Part(msgspec.Struct):
    """A message, a note, or something that happened; the body is HTML, or none."""

    part_type: str = ""
    body: str | None = None
    created_at: When = None
    author: Author = msgspec.field(default_factory=Author)
    redacted: bool | None = None


class Parts(msgspec.Struct):
    """Those that followed, and how many there should be."""

    conversation_parts: list[Part] = []
    total_count: int | None = None


class Source(msgspec.Struct):
    """What it began with."""

    type: str | None = None
    subject: str | None = None
    body: str | None = None
    author: Author = msgspec.field(default_factory=Author)


class Rating(msgspec.Struct):
    """From one to five."""

    rating: float | None = None


class Statistics(msgspec.Struct):
    """What Intercom counted."""

    count_assignments: int | None = None


class Talk(msgspec.Struct):
    """A conversation."""

    id: Id = None
    state: str | None = None
    title: str | None = None
    created_at: When = None
    source: Source | None = None
    conversation_parts: Parts | None = None
    conversation_rating: Rating | None = None
    statistics: Statistics | None = None
    team_assignee_id: Id = None


def looks_like(value: Any) -> bool:  # noqa: ANN401
    """Whether it is a conversation with a source or parts."""
    if not isinstance(value, dict):
        return False
    return "conversation_parts" in value or (value.get("type") == "conversation" and "source" in value)


def _transcripts(talk: Talk, source: str, origin: Origin) -> Iterator[Transcript]:
    begun = talk.source or Source()
    parts = talk.conversation_parts or Parts()
    first = Part("comment", begun.body, talk.created_at, begun.author)
    total, found = parts.total_count, len(parts.conversation_parts)
    missing = [f"only {found} of {total} parts are in the export"] if total and total > found else []
    statistics, rating = talk.statistics or Statistics(), talk.conversation_rating or Rating()
    yield Transcript(
        id=source if talk.id is None else str(talk.id),
        messages=tuple(_messages([first, *parts.conversation_parts], origin.roles)),
        medium=MEDIA.get(begun.type or "", "chat"),
        customer=_customer(first, parts),
        team=str(talk.team_assignee_id or ""),
        topic=of_html(talk.title or begun.subject or ""),
        opened=moment(talk.created_at),
        solved=None if talk.state is None else talk.state == "closed",
        handed_on=None if statistics.count_assignments is None else max(statistics.count_assignments - 1, 0),
        rating=share(rating.rating, 1, 5),
        source=source,
        doubts=tuple(missing),
    )


def _messages(parts: list[Part], roles: Roles) -> Iterator[Message]:
    for part in parts:
        text = of_html(part.body or "")
        if text and not part.redacted:
            who = part.author
            told = roles.told(who.name or "", str(who.id), who.email or "")
            machine = who.from_ai_agent or who.is_ai_answer
            role = told or ("bot" if machine else roles.of(who.type))
            yield Message(role, text, moment(part.created_at), who.name or "", part.part_type.startswith("note"))


def _customer(first: Part, parts: Parts) -> str:
    for part in (first, *parts.conversation_parts):
        if part.author.type in {"user", "lead", "contact"} and part.author.id is not None:
            return str(part.author.id)
    return ""


read = each(Talk, _transcripts)
