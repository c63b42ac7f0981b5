"""What a figure is: a name, a plain sentence, and the way from one conversation to what it adds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from assist.audit.figures.terms import Contacts, Terms
from assist.audit.records import Audited, Noted

Unit = Literal["share", "seconds", "per 100 replies", "per conversation", "count", "rating"]
Middle = Literal["ratio", "median", "p90", "mean"]


class Case(NamedTuple):
    """What one conversation adds to a figure: `value` out of `of`.

    `agent` is whose it is; None is everybody's who replied in it. `label` is the part of the figure that it belongs to,
    such as a category; a part is out of the same as the whole. `inferred` says that it was read from the words.
    """

    value: float
    of: float = 1
    agent: str | None = None
    label: str = ""
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A conversation as a figure sees it: what was kept of it, the terms, and who came back."""

    audited: Audited
    noted: tuple[Noted, ...]
    terms: Terms
    contacts: Contacts

    @property
    def repliers(self) -> dict[int, str]:
        """Who gave each reply, by its number; an empty name where nobody is named."""
        return {said.reply: said.agent for said in self.audited.messages if said.reply}

    def wait(self, until: datetime, seconds: float) -> float:
        """How much of so many seconds until then fell into the hours that count."""
        return self.terms.seconds(until - timedelta(seconds=seconds), until)


Measure = Callable[[Seen], Iterable[Case]]


def conversations(among: Callable[[Audited], bool], met: Callable[[Audited], bool]) -> Measure:
    """The conversations that meet something, out of those among which it counts; read from the words."""
    return lambda one: [Case(float(met(one.audited)), inferred=True)] if among(one.audited) else []


@dataclass(frozen=True)
class Target:
    """A line to hold: at least, or at most, this much; `principle` is where it comes from."""

    value: float
    at: Literal["least", "most"]


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A figure.

    `meaning` defines it in a plain sentence that is shown beside it. `lacking` says why it cannot be told where no
    conversation adds anything. `inferred` says what it is read from where the export does not say it. `timed` figures
    count in the hours of the terms. `better` says which way is good; a figure without is neither. `parts` names what
    its labels are.
    """

    id: str
    title: str
    meaning: str
    unit: Unit
    measure: Measure
    lacking: str
    middle: Middle = "ratio"
    better: Literal["more", "less", ""] = ""
    principle: str = ""
    target: Target | None = None
    inferred: str = ""
    timed: bool = False
    parts: str = ""

    def shortfall(self, case: Case) -> float:
        """How far a case is from the best that it could be; 0 for one that needs no look."""
        return case.of - case.value if self.better == "more" else case.value
