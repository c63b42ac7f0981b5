"""What a kind or a check has seen in a draft, before it is made into a finding."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assist.findings import Timing
from assist.lexicon import CheckEntry, PhraseEntry
from assist.spans import Span

Put = Literal["sentence", "clause", "words", "opening", "first", "after", "last"]
"""Where a better wording goes: in place of the sentence, the clause or the words; at the very
start; after the greeting; after the sentence; at the end, before the signature."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Something seen: which entry speaks of it, where, and where its wordings go.

    `span` is None for what is missing. `fills` are the words for the slots of a wording.
    `instead`, where given, are the wordings to use; otherwise they are the entry's.
    `meant` is as in a finding.
    """

    entry: PhraseEntry | CheckEntry
    span: Span | None
    put: Put
    fills: Mapping[str, str] = field(default_factory=dict)
    instead: tuple[str, ...] | None = None
    timing: Timing | None = None
    confidence: float = 1.0
    evidence: str = ""
    meant: bool = False
