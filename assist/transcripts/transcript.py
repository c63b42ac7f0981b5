"""A conversation that is over, as an export tells it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from assist.conversation import Conversation, Role, Turn

Speaker = Role | Literal["unknown"]
Medium = Literal["chat", "mail", "voice", ""]
BACKWARDS = "the clock goes backwards"
"""How a doubt begins where a message is earlier than the one before it."""


class Message(Struct, frozen=True, gc=False, rename={"by": "name"}):
    """What was said: `at` is in UTC, `by` is who, as the export names them.

    A `note` is one that the customer never saw. `offset` is seconds from the start of the call, where the export
    counts from there. In JSON, `by` is `name`.
    """

    role: Speaker
    text: str
    at: Annotated[datetime, Meta(tz=True)] | None = None
    by: str = ""
    note: bool = False
    offset: float | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation and what its export says of it; whatever it does not say is empty or None.

    `customer` is the export's key for the person, by which repeat contacts are found. `source` is file and place in
    it. `rating` is the customer's own, from 0 to 1. `solved` says whether the export counts it as solved, and
    `handed_on` how often it was passed to another person or team. `doubts` are what the reader had to guess, or
    found odd, a line each.
    """

    id: str
    messages: tuple[Message, ...]
    medium: Medium = ""
    customer: str = ""
    team: str = ""
    topic: str = ""
    opened: datetime | None = None
    closed: datetime | None = None
    solved: bool | None = None
    handed_on: int | None = None
    rating: float | None = None
    source: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def conversation(self) -> Conversation:
        """What customer, agents and machines said, as the checks read it: no notes, and nobody unknown."""
        turns = (
            Turn(message.role, message.text, message.at, message.by or None)
            for message in self.messages
            if message.role != "unknown" and not message.note
        )
        return Conversation(tuple(turns), self.id)

    @property
    def silence(self) -> str:
        """Why nobody speaks in it, where its `conversation` has no turns."""
        if all(message.note for message in self.messages):
            return "only notes in it"
        return "; ".join(self.doubts) or "nobody's role is known"
