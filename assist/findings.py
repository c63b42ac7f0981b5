"""What a check finds: findings, their rewrites, praise, and the verdict over them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from assist.spans import Edit, Span

Verdict = Literal["send", "mend", "stop"]
Timing = Literal["before-apology", "before-acceptance", "blunt"]


class Severity(StrEnum):
    """How much a finding weighs, heaviest first."""

    ERROR = "error"
    WARNING = "warning"
    SUGGESTION = "suggestion"

    @property
    def rank(self) -> int:
        """0 for an error; larger is lighter."""
        return list(Severity).index(self)

    @property
    def lighter(self) -> "Severity":
        """One step less; a suggestion stays one."""
        return list(Severity)[min(self.rank + 1, len(Severity) - 1)]


READS_LIKE = "reads like: "
"""How the evidence of a finding by meaning begins; an example of the lexicon follows."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A better wording: `text` as one would read it, and the `edit` that puts it into the draft.

    The edit also holds what joins the wording to its neighbours: a space, a capital letter.
    """

    edit: Edit
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in a draft that should be looked at before it is sent.

    `start` and `end` are code points into the draft as given; both are 0 where something is
    missing rather than said. `rewrites` are best first. `timing` is set for `dypii` alone.
    `confidence` is from 0 to 1. `evidence` says what was matched, and where that is written.
    `meant` tells that it was found by what a sentence means, and not by its words.
    """

    category: str
    rule: str
    severity: Severity
    start: int
    end: int
    message: str
    why: str
    source: str = ""
    rewrites: tuple[Rewrite, ...] = ()
    timing: Timing | None = None
    confidence: float = 1.0
    evidence: str = ""
    meant: bool = False

    @property
    def span(self) -> Span:
        """The flagged words' place."""
        return Span(self.start, self.end)

    @property
    def missing(self) -> bool:
        """Whether the finding is of something that is not there."""
        return self.start == self.end


@dataclass(frozen=True, slots=True)
class Praise:
    """Something done well in a draft: the act, the words, and why it helps."""

    act: str
    start: int
    end: int
    message: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Dismissed:
    """A finding that somebody set aside, with their reason."""

    finding: Finding
    scope: str
    reason: str


@dataclass(frozen=True, slots=True)
class Review:
    """What a check says of one draft: findings in the order of the text, and praise apart."""

    draft: str
    findings: tuple[Finding, ...] = ()
    praise: tuple[Praise, ...] = ()
    dismissed: tuple[Dismissed, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """`stop` where anything is an error, `mend` where anything is a warning, else `send`.

        Suggestions never hold a draft back.
        """
        severities = {finding.severity for finding in self.findings}
        if Severity.ERROR in severities:
            return "stop"
        return "mend" if Severity.WARNING in severities else "send"
