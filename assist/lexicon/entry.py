"""What a lexicon is made of: entries, their examples, and the categories they may carry."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    model_validator,
)

from assist.errors import AssistError
from assist.findings import Severity
from assist.lexicon.pattern import parse

Category = Literal[
    "policy-wall", "customer-wrong", "excuse", "deflection", "refusal", "non-apology", "dismissive",
    "overpromise", "fairness", "grudging", "command", "ignorance", "dypii", "assumed-remedy",
    "missing-apology", "missing-timeline", "repeat-request", "premature-close", "cold-close",
    "cold-open", "wrong-name", "placeholder", "sensitive-data", "unanswered",
]  # fmt: skip
CATEGORIES: tuple[Category, ...] = get_args(Category)

AgentAct = Literal[
    "sincere-apology", "empathy", "ownership", "gives-timeline", "names-time", "promises-action", "done-now",
    "appreciation", "follow-up", "something-extra", "checks-presence", "collaborative-request",
    "offers-alternative", "finds-out", "asks-remedy", "warm-handover", "greets", "acknowledges",
    "closes", "asks-anything-else", "asks-rating", "sets-expectation", "refers-to-history",
    "requests-information", "uses-name",
]  # fmt: skip
CustomerAct = Literal[
    "reports-failure", "upset", "takes-it-up", "rejects-apology", "solved", "unsolved", "leaving",
    "legal-or-safety", "praises", "own-mistake",
]  # fmt: skip
Level = Literal["off", "suggestion", "warning", "error"]
ENTRY_LIMIT = 20_000
PHRASE_LENGTH = 1_200

SEVERITIES: dict[str, Severity] = {
    **dict.fromkeys(
        ("policy-wall", "customer-wrong", "refusal", "non-apology", "missing-apology", "wrong-name", "placeholder",
         "sensitive-data"),
        Severity.ERROR,
    ),
    **dict.fromkeys(
        ("excuse", "deflection", "dismissive", "overpromise", "fairness", "grudging", "command", "ignorance", "dypii",
         "assumed-remedy", "missing-timeline", "repeat-request", "premature-close"),
        Severity.WARNING,
    ),
    **dict.fromkeys(("cold-close", "cold-open", "unanswered"), Severity.SUGGESTION),
}  # fmt: skip
"""The severity of each category where its entries say nothing else."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Example(_Strict):
    """A draft (or, for what a customer does, a message) and the turns before it, `role: words`."""

    draft: str = Field(min_length=1, max_length=4000)
    conversation: tuple[Annotated[str, Field(pattern=r"^(customer|agent|bot|system): ")], ...] = ()


def _example(value: Any) -> Any:  # noqa: ANN401
    return {"draft": value} if isinstance(value, str) else value


OneExample = Annotated[Example, BeforeValidator(_example)]


class Examples(_Strict):
    """What the entry must find, and what it must leave alone."""

    flags: tuple[OneExample, ...] = Field(min_length=1)
    passes: tuple[OneExample, ...] = Field(min_length=1)


READ_BEFORE = {"read-before": True}
"""Validation context for phrases that an earlier run has read, and that need not be read again."""


def _phrase(value: str, info: ValidationInfo) -> str:
    if info.context == READ_BEFORE:
        return value
    try:
        parse(value)
    except AssistError as error:
        raise ValueError(str(error)) from None
    return value


Phrase = Annotated[str, Field(min_length=1, max_length=PHRASE_LENGTH), AfterValidator(_phrase)]
Wording = Annotated[str, Field(min_length=1, max_length=1000)]


class _Common(_Strict):
    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)
    why: str = Field(min_length=1)
    source: str = ""
    examples: Examples


class PhraseEntry(_Common):
    """Wordings that should not be sent, why, and what to say instead."""

    kind: Literal["phrase"] = "phrase"
    category: Category
    phrases: tuple[Phrase, ...]
    severity: Level | None = None
    unless: tuple[Phrase, ...] = ()
    unless_act: tuple[AgentAct, ...] = ()
    only: Literal["question", "statement"] | None = None
    when: Literal["complaint"] | None = None
    message: str = ""
    instead: tuple[Wording, ...] = Field(min_length=2)
    replace: Literal["sentence", "clause", "words"] = "sentence"
    bona_fide: bool = False


class ActEntry(_Common):
    """Wordings by which somebody does something: apologises, promises, takes an apology up.

    What is too little by itself counts `beside` any of these acts, anywhere in the message.
    """

    kind: Literal["act"]
    act: AgentAct | CustomerAct
    by: Literal["agent", "customer"]
    phrases: tuple[Phrase, ...]
    unless: tuple[Phrase, ...] = ()
    only: Literal["question", "statement"] | None = None
    beside: tuple[AgentAct | CustomerAct, ...] = ()
    praise: str = ""

    @model_validator(mode="after")
    def _whose(self) -> "ActEntry":
        acts = get_args(AgentAct if self.by == "agent" else CustomerAct)
        for act in (self.act, *self.beside):
            if act not in acts:
                raise ValueError(f"{act!r} is no act of the {self.by}")
        return self


class FrameEntry(_Common):
    """The asking half of a rudimentary question.

    A `bare` one offends over anything at all. `over` says which half of an operation it may join.
    """

    kind: Literal["frame"]
    phrases: tuple[Phrase, ...]
    unless: tuple[Phrase, ...] = ()
    only: Literal["question", "statement"] | None = None
    bare: bool = False
    over: Literal["states", "phrases"] | None = None
    instead: tuple[Wording, ...] = ()


class OperationEntry(_Common):
    """The rudimentary thing asked about, and its gentle wordings."""

    kind: Literal["operation"]
    phrases: tuple[Phrase, ...]
    states: tuple[Phrase, ...] = ()
    unless: tuple[Phrase, ...] = ()
    instead: tuple[Wording, ...] = Field(min_length=1)
    why: str = ""


class FactEntry(_Common):
    """The words for something a customer may be asked for."""

    kind: Literal["fact"]
    fact: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    phrases: tuple[Phrase, ...]
    unless: tuple[Phrase, ...] = ()
    why: str = ""


class CheckEntry(_Common):
    """The words for what is found by the state of the conversation."""

    kind: Literal["check"]
    category: Category
    severity: Level | None = None
    message: str = ""
    instead: tuple[Wording, ...] = ()


Entry = PhraseEntry | ActEntry | FrameEntry | OperationEntry | FactEntry | CheckEntry
KINDS: dict[str, type[Entry]] = {
    "phrase": PhraseEntry,
    "act": ActEntry,
    "frame": FrameEntry,
    "operation": OperationEntry,
    "fact": FactEntry,
    "check": CheckEntry,
}


def phrases_of(entry: Entry) -> Iterator[str]:
    """Every phrase of an entry, whatever it is for."""
    for part in ("phrases", "unless", "states"):
        yield from getattr(entry, part, ())


Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class PackSheet(_Strict):
    """`pack.yaml`: what a pack is for, and which rules of the layers below it changes."""

    title: str = Field(min_length=1)
    about: str = ""
    language: Literal["en"] = "en"
    rules: dict[Name, Level] = {}


class Sheet(_Strict):
    """Any other file of a pack: word sets and entries."""

    words: dict[Name, tuple[Phrase, ...]] = {}
    entries: tuple[Annotated[Entry, Field(union_mode="left_to_right")], ...] = Field(default=(), max_length=ENTRY_LIMIT)
