"""A conversation walked through once: each exchange with the recovery before and after it, and what the check says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from assist.audit.replies import Exchange, Part, exchanges
from assist.conversation import Turn
from assist.findings import Review
from assist.kinds import Reading
from assist.recovery import Recovery
from assist.transcripts.transcript import Medium, Message


class Session(Protocol):
    """One conversation being judged, as `Workbench.session` gives it."""

    @property
    def recovery(self) -> Recovery:
        """Where the conversation stands."""

    def check(self, draft: str) -> Review:
        """What should be looked at in a reply that comes next."""

    def add(self, turn: Turn) -> None:
        """The next turn."""


class Judge(Protocol):
    """Opens a session on an empty conversation, by its id; `Workbench.session` is one."""

    def __call__(self, *, id: str = "") -> Session:  # noqa: A002
        """A session without turns."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A customer's message or an agent's reply where it stood. `review` is of a reply; `number` counts replies from 1.

    `waited` is how many seconds the customer had waited when the reply began; None where nobody waited, or where the
    times do not tell or run backwards.
    """

    exchange: Exchange
    before: Recovery
    after: Recovery
    review: Review | None = None
    number: int = 0
    waited: float | None = None

    @property
    def agent(self) -> str:
        """Who replied, as the export names them."""
        return self.exchange.agent

    @property
    def reading(self) -> Reading | None:
        """What a reply was found to hold; None for a customer's message."""
        return self.after.last_agent if self.review is not None else None

    @property
    def acts(self) -> frozenset[str]:
        """What is done in it; of a customer, what they had not done since the last reply."""
        if self.reading is not None:
            return self.reading.act_names
        return self.after.waiting_acts - self.before.waiting_acts

    def acts_in(self, part: Part) -> frozenset[str]:
        """What is done in one message of it."""
        if self.reading is None:
            return self.acts
        return frozenset(act.act for act in self.reading.acts if self.exchange.part_at(act.span.start) is part)


def walk(messages: Sequence[Message], medium: Medium, session: Session) -> Iterator[Moment]:
    """Every exchange in order; each reply is checked before it joins the conversation."""
    waiting: list[datetime | None] = []
    replies = 0
    for exchange in exchanges(messages, medium):
        before = session.recovery
        if exchange.turn.role == "customer":
            waiting.append(exchange.turn.at)
            session.add(exchange.turn)
            yield Moment(exchange, before, session.recovery)
            continue
        replies += 1
        review = session.check(exchange.turn.text)
        session.add(exchange.turn)
        waited = _seconds(waiting[0], exchange.turn.at) if waiting else None
        yield Moment(exchange, before, session.recovery, review, replies, waited)
        waiting = []


def _seconds(start: datetime | None, end: datetime | None) -> float | None:
    return None if start is None or end is None or end < start else (end - start).total_seconds()
