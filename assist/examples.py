"""A lexicon's own examples, run as its tests."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal, NamedTuple

from assist.analyzer import Analyzer
from assist.checks import Situation
from assist.conversation import Turn
from assist.findings import Finding
from assist.kinds import Reading, question
from assist.lexicon import (
    ActEntry,
    CheckEntry,
    Entry,
    Example,
    FactEntry,
    FrameEntry,
    OperationEntry,
    PhraseEntry,
)
from assist.meaning import label_of
from assist.recovery import Recovery

COMPLAINT = Recovery(failure=True, customer_turns=1, agent_turns=1, apologised=True)


class Failure(NamedTuple):
    """An example that is not as it should be: `alone` by its entry, or in the whole lexicon."""

    entry: Entry
    example: Example
    should: Literal["flags", "passes"]
    where: Literal["alone", "whole"]
    found: str


def turns(example: Example) -> list[Turn]:
    """The turns before an example's draft."""
    pairs = (line.split(": ", 1) for line in example.conversation)
    return [Turn(role, text) for role, text in pairs]  # type: ignore[arg-type]


def failures(analyzer: Analyzer, entries: Iterable[Entry]) -> Iterator[Failure]:
    """Every example of these entries that is not found as it should be, or is and should not."""
    for entry in entries:
        for example in entry.examples.flags:
            if not _alone(analyzer, entry, example) and not _means(analyzer, entry, example):
                yield Failure(entry, example, "flags", "alone", "")
        for example in entry.examples.passes:
            if _alone(analyzer, entry, example):
                yield Failure(entry, example, "passes", "alone", _evidence(analyzer, entry, example))
            elif found := _whole(analyzer, entry, example):
                yield Failure(entry, example, "passes", "whole", found)


def _alone(analyzer: Analyzer, entry: Entry, example: Example) -> bool:
    if isinstance(entry, CheckEntry):
        situation = Situation(_recovery(analyzer, example), analyzer.agent.read(example.draft))
        return any(sighting.entry is entry for sighting in analyzer.sightings(situation))
    reading = _reading(analyzer, entry, example)
    if isinstance(entry, FrameEntry | OperationEntry):
        return any(True for _ in question.find(_with_alone(reading, entry)))
    met = any(match.entry is entry for match in reading.matches)
    if isinstance(entry, PhraseEntry):
        return met and reading.act_names.isdisjoint(entry.unless_act)
    if isinstance(entry, FactEntry):
        return met and "requests-information" in reading.act_names
    return met


class Tally(NamedTuple):
    """How the flagged examples of an entry are caught, and what they and the others are taken for.

    Each layer is asked by itself: `phrase`, `screen` and `judge` count the examples that each catches, and
    `none` those that are only known by heart. `confusions` are other categories found in examples, with how often.
    """

    entry: Entry
    flags: int
    phrase: int
    screen: int
    judge: int
    none: int
    confusions: tuple[tuple[str, int], ...]


def tally(analyzer: Analyzer, entry: Entry) -> Tally:
    """Count what each layer catches of an entry's flagged examples, none of them known by heart."""
    counts: Counter[str] = Counter()
    confusions: Counter[str] = Counter()
    label = label_of(entry)
    for example in entry.examples.flags:
        layers = {"phrase"} if _alone(analyzer, entry, example) else set()
        if analyzer.meaning and label:
            said = _reading(analyzer, entry, example).wordings
            layers |= analyzer.meaning.layers(said, label)
        counts.update(layers or {"none"})
    if not isinstance(entry, ActEntry):
        for example in (*entry.examples.flags, *entry.examples.passes):
            confusions.update({f.category for f in _review(analyzer, example) if not f.missing} - {label})
    by_layer = {name: counts[name] for name in ("phrase", "screen", "judge", "none")}
    return Tally(entry, len(entry.examples.flags), **by_layer, confusions=tuple(confusions.most_common()))


def _means(analyzer: Analyzer, entry: Entry, example: Example) -> bool:
    """Whether the meaning layers find what an entry stands for."""
    reading, label = _reading(analyzer, entry, example), label_of(entry)
    if label is None or isinstance(entry, FactEntry):
        return False
    known = analyzer.meaning.knows(" ".join(reading.wordings), label) if analyzer.meaning else False
    return known or any(True for _ in reading.meanings(label))


def _with_alone(reading: Reading, entry: FrameEntry | OperationEntry) -> Reading:
    """A reading with no other entry of this one's kind; a question needs both a frame and an operation."""
    kind = type(entry)
    kept = (match for match in reading.matches if match.entry is entry or not isinstance(match.entry, kind))
    return replace(reading, matches=tuple(kept))


def _whole(analyzer: Analyzer, entry: Entry, example: Example) -> str:
    """What else in the lexicon finds an example that should pass; empty where nothing does."""
    if isinstance(entry, ActEntry):
        reading = _reading(analyzer, entry, example)
        others = [act.entry.id for act in reading.acted(entry.act)]
        return ", ".join(others)
    if isinstance(entry, PhraseEntry | CheckEntry):
        found = [f for f in _review(analyzer, example) if f.category == entry.category]
        return "; ".join(f"{finding.rule}: {finding.evidence}" for finding in found)
    return ""


def _reading(analyzer: Analyzer, entry: Entry, example: Example) -> Reading:
    by_customer = isinstance(entry, ActEntry) and entry.by == "customer"
    return (analyzer.customer if by_customer else analyzer.agent).read(example.draft)


def _review(analyzer: Analyzer, example: Example) -> tuple[Finding, ...]:
    return analyzer.check(example.draft, _recovery(analyzer, example)).findings


def _recovery(analyzer: Analyzer, example: Example) -> Recovery:
    return analyzer.recovery(turns(example)) if example.conversation else COMPLAINT


def _evidence(analyzer: Analyzer, entry: Entry, example: Example) -> str:
    reading = _reading(analyzer, entry, example)
    return "; ".join(match.phrase for match in reading.matches if match.entry is entry)
