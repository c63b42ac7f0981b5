"""What a channel is: turns that arrive, and replies that go out."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from assist.conversation import Turn


@dataclass(frozen=True, slots=True)
class Arrival:
    """A turn that came in.

    `conversation` and `key` are the channel's own names for the conversation and the message; a key that was seen
    before in its conversation is the same message again. `title` says who or what it is about, where the channel
    knows. `echo` is the id of the reply that it repeats, where it is one of ours come back. `closed` says that the
    conversation has ended for this agent; a turn that comes later opens it again. One without a turn, and not closed,
    opens a conversation in which nothing was said yet.
    """

    conversation: str
    turn: Turn | None
    key: str = ""
    title: str = ""
    echo: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """What the agent should be told in one line, while the reading goes on: a line that is wrong, a lost connection.

    `over` says that it tells the end of one: the connection is back.
    """

    text: str
    over: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply to send: `id` is ours and never given twice; `verdict` and `reason` say what was sent against advice."""

    id: str
    conversation: str
    turn: Turn
    verdict: str = "send"
    findings: tuple[str, ...] = ()
    reason: str = ""


class Channel(Protocol):
    """A way of connecting a chat tool."""

    name: str
    """What the agent reads where a reply went: "the outbox replies.jsonl", "Chatwoot"."""

    source: str
    """What the agent reads where messages come from: "messages.jsonl", "Chatwoot"; "" where the agent puts them in."""

    address: str
    """What tells this channel's conversations from those of any other; the same at each start."""

    def arrivals(self) -> AsyncIterator[Arrival | Problem]:
        """Turns as they come, from the first; ends where no more can come.

        Raises AssistError, with what to do, where the channel cannot be read.
        """
        ...

    async def send(self, reply: Reply) -> str:
        """Send a reply; the channel's key for it, or "" where it has none. Raises AssistError where it did not go.

        The same reply may be sent again, after an error or a restart: it goes out once.
        """
        ...

    async def close(self) -> None:
        """Let go of what is open; `arrivals` ends."""
        ...
