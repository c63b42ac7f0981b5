"""What a play says: what customers ask, the answer, and what the agent should know beside it."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from assist.playbooks.answer import CONDITIONS, SLOTS, Answer

ASKS_LIMIT = 2_000
KNOWN = frozenset({*SLOTS, *CONDITIONS})
"""Names that a play may not give to slots of its own."""
_SLOT_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_PROMPT = re.compile(r"[^{}\n]{1,59}\?")
Channel = Literal["chat", "email", "phone"]


def _stripped(line: object) -> object:
    return line.strip() if isinstance(line, str) else line


def _slot_name(name: str) -> str:
    if not _SLOT_NAME.fullmatch(name):
        raise ValueError(f"name the slot {name!r} in small letters and underscores, such as answer_by")
    return name


def _prompt(asks: str) -> str:
    if not _PROMPT.fullmatch(asks):
        raise ValueError(f"{asks!r} should be a short question, such as by when?")
    return asks


Line = Annotated[str, BeforeValidator(_stripped), StringConstraints(min_length=1, max_length=1_000)]
SlotName = Annotated[str, AfterValidator(_slot_name)]
Prompt = Annotated[str, AfterValidator(_prompt)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Compensation(_Strict):
    """Something extra that may be offered, and how far the agent may go without asking anybody."""

    offer: Line
    limit: Line


def _date(value: object) -> object:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        raise ValueError("write the date as 2027-01-31") from None


class PlaySheet(_Strict):
    """The front matter of a play's file.

    `asks` are things that customers say, in their words. `slots` are blanks of the play's own, and what each asks the
    agent for ("by when?"). `steps` are for the agent, `questions` are those that would offend before an apology, in
    their gentle wording. `industry` is the folder where it is left out; `general` belongs to all of them.
    """

    title: Line
    asks: tuple[Line, ...] = Field(min_length=1, max_length=ASKS_LIMIT)
    slots: dict[SlotName, Prompt] = {}
    steps: tuple[Line, ...] = ()
    questions: tuple[Line, ...] = ()
    compensation: tuple[Compensation, ...] = ()
    industry: str = Field(default="", pattern=r"^[a-z0-9-]*$", max_length=60)
    channel: tuple[Channel, ...] = ()
    owner: str = Field(default="", max_length=200)
    review: Annotated[date | None, BeforeValidator(_date)] = None


@dataclass(frozen=True)
class Play:
    """One play: `id` is the name of its file, `industry` that of its folder unless the file says otherwise."""

    id: str
    path: Path
    industry: str
    sheet: PlaySheet
    body: str

    @property
    def title(self) -> str:
        """What it is called."""
        return self.sheet.title

    @property
    def asks(self) -> tuple[str, ...]:
        """Things that customers say, to which this is the answer."""
        return self.sheet.asks

    @cached_property
    def answer(self) -> Answer:
        """The answer, to be filled."""
        return Answer(self.body, self.sheet.slots)

    @cached_property
    def text(self) -> str:
        """The answer with every slot left blank, as it is before anybody has complained."""
        return self.answer.fill({})
