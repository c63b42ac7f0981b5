"""What an audit keeps: a record for each conversation, and one for each finding or praise in a reply.

Nothing here holds what redaction masks: texts are masked, and the customer's key is digested where it is an address or
a number. Times are UTC, durations are seconds by the calendar. `None` says that the transcript does not tell.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from assist.findings import Timing
from assist.transcripts.transcript import Medium, Speaker

Kind = Literal["finding", "praise"]


@dataclass(frozen=True, slots=True)
class Said:
    """One message, masked: `number` is its place in the transcript, from 1; `agent` is who, where an agent wrote it.

    `reply` numbers the agents' replies, from 1: messages that one agent sends in one go are one reply. `waited` is how
    long the customer had waited when the reply began, from their first message that nobody had answered. `acts` are
    what customer or agent does in it, as the lexicon names it.
    """

    number: int
    role: Speaker
    text: str
    at: datetime | None = None
    agent: str = ""
    note: bool = False
    reply: int | None = None
    waited: float | None = None
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Promised:
    """What an agent promised in message `number`, and `by` when in their own words; `due` is that time as a moment.

    `kept` says that the conversation tells that it was done, `overdue` that it went on past `due` without.
    """

    number: int
    agent: str
    words: str
    by: str = ""
    due: datetime | None = None
    kept: bool = False
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Remedy:
    """What an agent offered or gave in message `number` to put things right, such as `refund`."""

    number: int
    agent: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """One conversation.

    `id` is the export's, or a digest of the messages where it has none. `opened` and `closed` are the export's, or the
    first and last message, notes left aside. `week` is the ISO week it was opened in, as `2024-W07`, by the clocks of
    the agents.

    `solved` and `handed_on` are what the export says; `inferred_solved`, `inferred_handovers` and `escalated` are read
    from the words. `first_response` is the wait for the first reply of a person.

    `apology_due` says that a complaint stood when an agent replied and nobody had said sorry; `apology_reply` is which
    reply to that complaint did, 1 for the first. `unanswered` are the numbers of the customer's messages whose
    question nobody took up. `stage` is the last of the recovery. `doubts` are short words on what its reader had to
    guess, and on what the transcript lacks or gets wrong.
    """

    id: str
    source: str = ""
    medium: Medium = ""
    customer: str = ""
    team: str = ""
    topic: str = ""
    agents: tuple[str, ...] = ()
    opened: datetime | None = None
    closed: datetime | None = None
    week: str = ""

    customer_messages: int = 0
    agent_messages: int = 0
    bot_messages: int = 0
    system_messages: int = 0
    unknown_messages: int = 0
    notes: int = 0
    replies: int = 0
    first_response: float | None = None

    solved: bool | None = None
    inferred_solved: bool | None = None
    handed_on: int | None = None
    inferred_handovers: int = 0
    escalated: bool = False
    rating: float | None = None

    stage: str = "calm"
    complaint: bool = False
    upset_at_start: bool = False
    upset_at_close: bool = False
    leaving: bool = False
    at_risk: bool = False
    apology_due: bool = False
    apology_reply: int | None = None
    taken_up: bool = False
    timeline_given: bool = False
    repeat_requests: int = 0
    unanswered: tuple[int, ...] = ()

    promises: tuple[Promised, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    messages: tuple[Said, ...] = ()
    doubts: tuple[str, ...] = field(default=())

    @property
    def resolved(self) -> bool | None:
        """Whether it ended solved: as the export says, else as the words tell."""
        return self.inferred_solved if self.solved is None else self.solved

    @property
    def handovers(self) -> int:
        """How often it was passed on: as the export says, else as the words tell."""
        return self.inferred_handovers if self.handed_on is None else self.handed_on

    @property
    def resolution(self) -> float | None:
        """Seconds from opening to close; None without both, or where the close comes first."""
        if self.opened is None or self.closed is None or self.closed < self.opened:
            return None
        return (self.closed - self.opened).total_seconds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """One finding or praise in a reply: `number` is the message, `start` and `end` are places in its masked text.

    `category` is that of a finding, or the act that is praised; `rule`, `severity` and `timing` are empty for praise.
    Where something is missing rather than said, `start` and `end` are 0 and `words` is empty. `id` stays the same from
    one audit to the next as long as the transcript and the rule do.
    """

    id: str
    conversation: str
    number: int
    reply: int
    agent: str = ""
    at: datetime | None = None
    kind: Kind
    category: str
    rule: str = ""
    severity: str = ""
    start: int = 0
    end: int = 0
    words: str = ""
    timing: Timing | None = None
    confidence: float = 1.0
    meant: bool = False


@dataclass(frozen=True, slots=True)
class Examination:
    """What is kept of one conversation: its record, and what was found in its replies, in their order."""

    audited: Audited
    noted: tuple[Noted, ...] = ()
