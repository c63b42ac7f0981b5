"""The turns of a transcript as the customer met them: what an agent sends in one go is one reply."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from assist.conversation import TEXT_LIMIT, Turn
from assist.spans import Span
from assist.transcripts.transcript import Medium, Message

IN_ONE_GO = timedelta(minutes=2)
"""Messages that follow each other faster than this, from one agent, are one reply; mails never are."""

_BETWEEN = "\n\n"
_NAME = re.compile(r"[^\W\d_][^\W\d_.'’-]*(?:[ .'’-]+[^\W\d_]+)*\.?")
_NOBODY = frozenset("agent anonymous caller client contact customer end-user guest requester user visitor".split())


@dataclass(frozen=True, slots=True)
class Part:
    """A message of a reply: its number in the transcript, and where in the reply it stands."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class Exchange:
    """A customer's message, or an agent's reply, with the messages that it is made of.

    `bot_next` says that a bot answered it; in mail, what a bot sends only acknowledges.
    """

    turn: Turn
    agent: str
    parts: tuple[Part, ...]
    bot_next: bool = False

    def part_at(self, place: int) -> Part:
        """The message that a place in the text belongs to."""
        return next((part for part in self.parts if place < part.span.end), self.parts[-1])


def readable(text: str) -> str:
    """A message as the checks take it: half letters replaced, and no longer than they read."""
    return text.encode("utf-8", "replace").decode()[:TEXT_LIMIT]


def exchanges(messages: Sequence[Message], medium: Medium) -> Iterator[Exchange]:
    """What customers and agents said to each other, in order; notes, machines and unknown speakers are left out.

    A bot's message ends a reply; a note or a line of the system does not.
    """
    gathered: list[tuple[int, Message]] = []
    for number, message in enumerate(messages, start=1):
        if message.note or message.role in ("system", "unknown"):
            continue
        if gathered and not _goes_on(gathered, message, medium):
            yield _exchange(gathered, bot_next=message.role == "bot" and medium != "mail")
            gathered = []
        if message.role != "bot":
            gathered.append((number, message))
    if gathered:
        yield _exchange(gathered)


def _goes_on(gathered: Sequence[tuple[int, Message]], message: Message, medium: Medium) -> bool:
    last = gathered[-1][1]
    if message.role != "agent" or last.role != "agent" or message.by != last.by or medium == "mail":
        return False
    if sum(len(one.text) + len(_BETWEEN) for _, one in gathered) + len(message.text) > TEXT_LIMIT:
        return False
    return message.at is None or last.at is None or message.at - last.at <= IN_ONE_GO


def _exchange(gathered: Sequence[tuple[int, Message]], *, bot_next: bool = False) -> Exchange:
    first = gathered[0][1]
    parts, start = [], 0
    for number, message in gathered:
        parts.append(Part(number, Span(start, start + len(message.text))))
        start += len(message.text) + len(_BETWEEN)
    text = _BETWEEN.join(message.text for _, message in gathered)
    if first.role == "agent":
        return Exchange(Turn("agent", text, first.at, first.by or None), first.by, tuple(parts), bot_next)
    return Exchange(Turn("customer", text, first.at, _name(first.by)), "", tuple(parts), bot_next)


def _name(by: str) -> str | None:
    """What the export calls a customer, where it is a name: `Ann Lee`, and not `visitor` or an address."""
    return by if _NAME.fullmatch(by) and not _NOBODY & set(re.split(r"[\s_]", by.lower())) else None
