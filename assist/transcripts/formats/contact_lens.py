"""Amazon Connect Contact Lens, of calls and of chats: `{"Channel", "Participants", "Transcript": […]}`, a file each."""

from collections.abc import Iterator
from typing import Any

import msgspec

from assist.transcripts.moments import moment
from assist.transcripts.origin import Origin
from assist.transcripts.roles import Roles
from assist.transcripts.shapes import each
from assist.transcripts.transcript import Message, Transcript

_WORDS = ("", "text/plain", "text/markdown")


class Participant(msgspec.Struct, rename="pascal"):
    """Who took part; in a call the id may be the word AGENT itself."""

    participant_id: str = ""
    participant_role: str = ""


class Piece(msgspec.Struct, rename="pascal"):
    """A piece of speech, a chat message, or an event, which has no content."""

    participant_id: str = ""
    participant_role: str = ""
    display_name: str = ""
    content: str | None = None
    content_type: str = ""
    type: str = "MESSAGE"
    absolute_time: str | None = None
    begin_offset_millis: int | None = None


class Customer(msgspec.Struct, rename="pascal"):
    """What is known of the contact."""

    contact_id: str = ""


class Categories(msgspec.Struct, rename="pascal"):
    """The rules that matched."""

    matched_categories: list[str] = []


class Analysis(msgspec.Struct, rename="pascal"):
    """A contact."""

    transcript: list[Piece]
    channel: str = ""
    participants: list[Participant] = []
    customer_metadata: Customer = msgspec.field(default_factory=Customer)
    categories: Categories = msgspec.field(default_factory=Categories)


def looks_like(value: Any) -> bool:  # noqa: ANN401
    """Whether it has Contact Lens's own keys, with their capitals."""
    return isinstance(value, dict) and "Participants" in value and ("Transcript" in value or "Channel" in value)


def _transcripts(contact: Analysis, source: str, origin: Origin) -> Iterator[Transcript]:
    known = {one.participant_id: one.participant_role for one in contact.participants}
    yield Transcript(
        id=contact.customer_metadata.contact_id or source,
        messages=tuple(_messages(contact.transcript, known, origin.roles)),
        medium="voice" if contact.channel == "VOICE" else "chat",
        topic=", ".join(contact.categories.matched_categories),
        source=source,
    )


def _messages(pieces: list[Piece], known: dict[str, str], roles: Roles) -> Iterator[Message]:
    for piece in pieces:
        if piece.content and piece.type == "MESSAGE" and piece.content_type in _WORDS:
            key = piece.participant_id
            role = piece.participant_role or known.get(key) or key
            yield Message(
                roles.of(role, piece.display_name, key),
                piece.content,
                moment(piece.absolute_time),
                piece.display_name or key,
                offset=None if piece.begin_offset_millis is None else piece.begin_offset_millis / 1000,
            )


read = each(Analysis, _transcripts)
