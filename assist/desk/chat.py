"""One live conversation: its turns, the draft under way, and what is known of both."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Lock
from uuid import uuid4

from assist.channels import Reply
from assist.conversation import Turn
from assist.desk.journal import KeptChat, Note
from assist.desk.signals import Mood, mood, signals
from assist.findings import Review
from assist.recovery import Promise, Recovery, due
from assist.workbench import PlayAnswer, Session, Workbench

NAME_LENGTH = 40
"""Letters of a conversation's name that are shown."""


@dataclass(frozen=True, slots=True)
class Message:
    """A turn, and what it tells: a customer's acts by name, the gravest first."""

    turn: Turn
    signals: tuple[str, ...] = ()


@dataclass
class Chat:
    """One conversation on the desk. `read` is how many turns the agent has seen.

    `flagged` are the categories found in this draft so far. `tried` is the reply that did not go out, or may have.
    `problem` is what went wrong, for the agent to read. `answers` are those that fitted last.
    """

    id: int
    key: str
    title: str
    session: Session
    messages: list[Message] = field(default_factory=list)
    draft: str = ""
    place: int = 0
    read: int = 0
    closed: bool = False
    problem: str = ""
    review: Review = field(default_factory=lambda: Review(""))
    flagged: set[str] = field(default_factory=set)
    tried: Reply | None = None
    answers: Sequence[PlayAnswer] = ()
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    @classmethod
    def of(cls, kept: KeptChat, bench: Workbench) -> "Chat":
        """The conversation that was kept."""
        session = bench.session(id=kept.key)
        chat = cls(
            kept.id, kept.key, kept.title, session, [], kept.draft, kept.place, kept.read, kept.closed
        )  # fmt: skip
        for turn in kept.turns:
            chat.add(turn, bench)
        return chat

    def add(self, turn: Turn, bench: Workbench) -> None:
        """A turn has come in, or gone out; several threads may say so at once."""
        with self._lock:
            self.session.add(turn)
            reading = bench.analyzer.read(turn) if turn.role == "customer" else None
            told = signals(reading.act_names, self.recovery) if reading else ()
            self.messages.append(Message(turn, told))

    @property
    def turns(self) -> Sequence[Turn]:
        """Everything that was said, in order."""
        return [message.turn for message in self.messages]

    @property
    def recovery(self) -> Recovery:
        """Where the recovery stands."""
        return self.session.recovery

    @property
    def mood(self) -> Mood:
        """How the customer stands, in a word."""
        return mood(self.recovery)

    @property
    def unread(self) -> int:
        """How many turns of others have come since the agent looked."""
        return sum(message.turn.role != "agent" for message in self.messages[self.read :])

    @property
    def name(self) -> str:
        """What to call the conversation: its title, the customer's name, or its key."""
        named = next(
            (
                message.turn.name
                for message in reversed(self.messages)
                if message.turn.role == "customer" and message.turn.name
            ),
            "",
        )
        known = self.title or named or (self.recovery.names[0].title() if self.recovery.names else "") or self.key
        return known if len(known) <= NAME_LENGTH else f"{known[: NAME_LENGTH - 1]}…"

    @property
    def promises(self) -> list[tuple[Promise, datetime | None]]:
        """What was promised and is still open, each with the moment it is due in local time, where it names one."""
        return [
            (promise, promise.at and due(promise.by, promise.at.astimezone()))
            for promise in self.recovery.open_promises
        ]

    def look(self, review: Review) -> None:
        """Take in a review of the draft. What is not yet said in a draft under way is no slip, so it is not counted."""
        self.review = review
        self.flagged |= {finding.category for finding in review.findings if not finding.missing}

    def reply(self, name: str | None, reason: str = "") -> Reply:
        """The draft as a reply to send now; the same one again where it was tried before."""
        rules = tuple(finding.rule for finding in self.review.findings)
        if self.tried and self.tried.turn.text == self.draft:
            return replace(self.tried, verdict=self.review.verdict, findings=rules, reason=reason)
        turn = Turn("agent", self.draft, datetime.now(UTC), name)
        return Reply(uuid4().hex, self.key, turn, self.review.verdict, rules, reason)

    def notes(self) -> list[Note]:
        """What is to be kept of the draft as it is sent: what is left, what was mended on the way, what is good."""
        draft = self.review.draft
        left = [
            Note("left", finding.category, finding.rule, draft[finding.start : finding.end])
            for finding in self.review.findings
        ]
        gone = self.flagged - {finding.category for finding in self.review.findings}
        mended = [Note("mended", category) for category in sorted(gone)]
        praised = [Note("praised", praise.act, words=draft[praise.start : praise.end]) for praise in self.review.praise]
        return [*left, *mended, *praised]
