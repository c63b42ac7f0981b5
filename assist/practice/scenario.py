"""What a scenario says: a customer, what they want to hear, their replies as rules, and its own walk-throughs."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, cast, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from assist.conversation import Role, Turn
from assist.errors import AssistError
from assist.findings import Timing
from assist.lexicon.entry import PHRASE_LENGTH, AgentAct, Category, Name
from assist.lexicon.pattern import may_be_empty, names, parse

Outcome = Literal["won-back", "content", "left"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
Step = Literal["complaint", "upset", "apologised", "taken-up", "promised", "mended", "extra-given", "solved", "leaving"]
STEPS: tuple[Step, ...] = get_args(Step)
Principle = Literal[
    "lexicon", "apology", "policy", "wrong", "oblique", "dypii", "dypii-plan", "excuses", "ask", "fairness",
    "no-discipline", "extra", "lifetime", "anyone", "expectation", "checklist", "hand-over", "patience", "home",
    "satisfied", "channels", "information", "timeline", "follow-up", "appreciation", "personal", "overdeliver",
    "no-giveaway", "unspoken", "one-stop", "no-back-seat", "everyone",
]  # fmt: skip
APOLOGY = "apology"
"""What every customer wants to hear first; a want that no scenario needs to write."""
MOST = 60
"""How many rules, wants or runs stand in one file, and how many lines in one of them."""


def _stripped(line: object) -> object:
    return " ".join(line.split()) if isinstance(line, str) else line


def _phrase(value: str) -> str:
    try:
        parts = parse(value).parts
    except AssistError as error:
        raise ValueError(str(error)) from None
    if named := next(names(parts), None):
        raise ValueError(f"'@{named}' is a word set of a lexicon; write the words out here")
    if may_be_empty(parts, {}):
        raise ValueError(f"phrase {value!r:.200}: it could match no words at all")
    return value


def _two(lines: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(lines)) < 2:
        raise ValueError("needs two lines at least, so that nobody says the same twice in a row")
    return lines


def _turn(value: str) -> str:
    if not value.partition(":")[2].strip():
        raise ValueError("a turn needs words, such as 'customer: It broke.'")
    return value


def _step(value: object) -> object:
    return {"says": value} if isinstance(value, str) else value


Line = Annotated[str, BeforeValidator(_stripped), StringConstraints(min_length=1, max_length=2_000)]
Message = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]
Lines = Annotated[tuple[Line, ...], Field(min_length=1, max_length=MOST)]
Asks = Annotated[tuple[Line, ...], Field(max_length=MOST), AfterValidator(_two)]
Phrase = Annotated[str, Field(min_length=1, max_length=PHRASE_LENGTH), AfterValidator(_phrase)]
Opening = Annotated[str, Field(pattern=r"^(customer|agent|bot|system): ", max_length=10_000), AfterValidator(_turn)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class When(_Strict):
    """Conditions on what the agent sent; all that are named must hold, and one that names none always does.

    `flagged`, `acts` and `said` hold for any in the list, found in this reply; `timing` is of a rudimentary question;
    `weight` is the least severity of the heaviest finding. `before` and `after` are steps of the recovery, all of
    them, before and with this reply. `heard` are wants, all of them heard by now; `lacks` any not heard yet;
    `suffered` any category found in any reply so far. `patience` holds at so much or less; `replies` from that
    reply on. `news`, `question` and `repeated` tell whether the reply says something that was waited for, asks
    something, or was sent before.
    """

    flagged: tuple[Category, ...] = ()
    timing: tuple[Timing, ...] = ()
    weight: Literal["suggestion", "warning", "error"] | None = None
    acts: tuple[AgentAct, ...] = ()
    said: tuple[Phrase, ...] = Field(default=(), max_length=MOST)
    before: tuple[Step, ...] = ()
    after: tuple[Step, ...] = ()
    heard: tuple[Name, ...] = ()
    lacks: tuple[Name, ...] = ()
    suffered: tuple[Category, ...] = ()
    patience: int | None = Field(default=None, ge=0, le=9)
    replies: int | None = Field(default=None, ge=1, le=100)
    news: bool | None = None
    question: bool | None = None
    repeated: bool | None = None


class Rule(_Strict):
    """What the customer says when a reply is like this: each line once, then the rule is spent.

    `patience` is added, `presses` goes on to ask for what is missing, `ends` ends the conversation.
    """

    when: When = When()
    unless: When | None = None
    says: Lines
    patience: int = Field(default=0, ge=-9, le=9)
    presses: bool = False
    ends: Outcome | None = None


class Parting(_Strict):
    """What a customer says who leaves; the first that holds is said."""

    when: When = When()
    says: Line


class Want(_Strict):
    """Something the customer wants to hear, which an agent says by any of these acts or phrases.

    `about` says it to the agent afterwards. `asks` presses for it, in turn; `thanks` takes it. What comes `after`
    others makes sense only once those were heard, such as the time of something.
    """

    id: Name
    about: Line
    acts: tuple[AgentAct, ...] = ()
    said: tuple[Phrase, ...] = Field(default=(), max_length=MOST)
    asks: Asks
    thanks: tuple[Line, ...] = ()
    after: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def _can_be_said(self) -> "Want":
        if not self.acts and not self.said:
            raise ValueError(f"the want {self.id!r} needs acts or phrases that say it")
        return self


class Apology(_Strict):
    """How the customer asks for an apology, and how they take it up."""

    asks: Asks
    thanks: Lines


class Manner(_Strict):
    """How a kind of customer speaks: what any scenario may fall back on, after its own rules."""

    title: Line
    apology: Apology
    replies: tuple[Rule, ...] = Field(default=(), max_length=MOST)
    leaves: tuple[Parting, ...] = Field(min_length=1, max_length=MOST)
    unsure: Asks
    thanks: Lines

    @model_validator(mode="after")
    def _always_leaves(self) -> "Manner":
        if self.leaves[-1].when != When():
            raise ValueError("the last of 'leaves' must hold always, without 'when'")
        return self


class Person(_Strict):
    """The customer: a name as a chat would show it, and how they are, for the agent's eyes after the end."""

    name: Line
    about: Line
    manner: Name


class Endings(_Strict):
    """What is said when all was heard, and at the very end; who leaves speaks by `leaves`."""

    settled: Line
    won_back: Line
    content: Line


class Told(_Strict):
    """One reply of a walk-through, and words that the customer's answer to it must hold."""

    says: Message
    hears: str = Field(default="", max_length=2_000)


class Run(_Strict):
    """A walk-through: what an agent says, and how that ends with the last of it."""

    ends: Outcome
    agent: tuple[Annotated[Told, BeforeValidator(_step)], ...] = Field(min_length=1, max_length=MOST)


class ScenarioSheet(_Strict):
    """A scenario's file."""

    title: Line
    trade: Name
    channel: Literal["chat", "email", "phone"] = "chat"
    hard: int = Field(ge=1, le=3)
    trains: tuple[Principle, ...] = Field(min_length=1)
    customer: Person
    brief: Lines
    opening: tuple[Opening, ...] = Field(min_length=1, max_length=MOST)
    patience: int = Field(default=5, ge=2, le=9)
    wants: tuple[Want, ...] = Field(min_length=1, max_length=9)
    apology: Apology | None = None
    replies: tuple[Rule, ...] = Field(default=(), max_length=MOST)
    leaves: tuple[Parting, ...] = Field(default=(), max_length=MOST)
    endings: Endings
    runs: tuple[Run, ...] = Field(min_length=1, max_length=MOST)


@dataclass(frozen=True)
class Scenario:
    """One scenario with the manner of its customer; `id` is the name of its file."""

    id: str
    path: Path
    sheet: ScenarioSheet
    manner: Manner

    @cached_property
    def opening(self) -> tuple[Turn, ...]:
        """The turns before the agent's first reply, the last of them the customer's."""
        spoken = (text.partition(": ") for text in self.sheet.opening)
        name = self.sheet.customer.name
        return tuple(
            Turn(cast("Role", role), text.strip(), name=name if role == "customer" else None)
            for role, _, text in spoken
        )

    def said(self, *lines: str) -> tuple[Turn, ...]:
        """What this customer says: in a chat a message for each line, else all in one."""
        texts = lines if self.sheet.channel == "chat" else (" ".join(lines),)
        return tuple(Turn("customer", text, name=self.sheet.customer.name) for text in texts)

    @cached_property
    def wants(self) -> tuple[Want, ...]:
        """What the customer wants to hear, in the order in which they ask: an apology before all."""
        lines = self.sheet.apology or self.manner.apology
        sorry = Want(
            id=APOLOGY, about="a sincere apology", acts=("sincere-apology",), asks=lines.asks, thanks=lines.thanks
        )
        return (sorry, *self.sheet.wants)

    @property
    def replies(self) -> tuple[Rule, ...]:
        """The rules, to be read top to bottom: the scenario's own, then those of the manner."""
        return (*self.sheet.replies, *self.manner.replies)

    @property
    def leaves(self) -> tuple[Parting, ...]:
        """What is said on leaving, to be read top to bottom; the last holds always."""
        return (*self.sheet.leaves, *self.manner.leaves)

    @cached_property
    def phrases(self) -> tuple[str, ...]:
        """Every phrase that the scenario and its manner listen for."""
        return tuple(dict.fromkeys(self._phrases()))

    def _phrases(self) -> Iterator[str]:
        for want in self.wants:
            yield from want.said
        for rule in self.replies:
            yield from rule.when.said
            yield from rule.unless.said if rule.unless else ()
        for parting in self.leaves:
            yield from parting.when.said
