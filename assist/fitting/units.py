"""The training set: a lexicon's examples as single sentences, with what each is known to mean and not to mean."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assist.analyzer import Analyzer
from assist.kinds import Reading, question
from assist.lexicon import ActEntry, CheckEntry, Entry, PhraseEntry
from assist.meaning.examples import offers_of
from assist.meaning.labels import LABELS, OF, SAID, Speaker, label_of, speaker_of
from assist.meaning.vectors import Floats

TOLD = 1.0
"""The weight of what an example says of its own label."""
SEEN = 0.7
"""The weight of what the phrases see in it besides, and of a clean sentence's every category."""
USUAL = 0.4
"""The weight of an act that the phrases do not see in an everyday sentence."""
UNTOLD = 0.2
"""The weight of a label of which nothing is known: most likely it is not meant."""


class Sureness(NamedTuple):
    """How sure it is that what the phrases do not see is not there: categories, and acts."""

    said: float
    acts: float


CLEAN = Sureness(SEEN, UNTOLD)
UNKNOWN = Sureness(UNTOLD, UNTOLD)


@dataclass
class Unit:
    """A sentence as it is read, and for each label known of it whether it is meant, and how sure that is.

    `entry` is the id of the entry whose example it is, empty for the background.
    """

    wording: str
    speaker: Speaker
    entry: str = ""
    told: dict[str, tuple[bool, float]] = field(default_factory=dict)

    def tell(self, label: str, *, meant: bool, weight: float) -> None:
        """Note a label; what is surer, or as sure and meant, stays."""
        if (weight, meant) > (self.told.get(label, (False, 0.0))[::-1]):
            self.told[label] = meant, weight


class Table(NamedTuple):
    """Units as arrays: `meant` and `weights` are [units, labels]."""

    wordings: tuple[str, ...]
    entries: tuple[str, ...]
    meant: Floats
    weights: Floats


def units(analyzer: Analyzer, names: Container[str] | None = None) -> list[Unit]:
    """The units of a lexicon's examples, or of the entries named, one for each wording and speaker."""
    found: dict[tuple[str, str], Unit] = {}
    for entry in analyzer.lexicon.entries.values():
        for unit in _of_entry(analyzer, entry) if names is None or entry.id in names else ():
            same = found.setdefault((unit.wording, unit.speaker), unit)
            if same is not unit:
                for label, (meant, weight) in unit.told.items():
                    same.tell(label, meant=meant, weight=weight)
    return list(found.values())


def background(analyzer: Analyzer, messages: Iterable[str], speaker: Speaker) -> list[Unit]:
    """The sentences of everyday messages, in which nothing is meant but what the phrases see."""
    found: dict[str, Unit] = {}
    recognizer = (analyzer.agent if speaker == "agent" else analyzer.customer).phrases
    for message in messages:
        reading = recognizer.read(message)
        for number, wording in enumerate(reading.wordings):
            if wording not in found:
                found[wording] = _seen(reading, number, speaker, Sureness(SEEN, USUAL))
    return list(found.values())


def table(units: Sequence[Unit]) -> Table:
    """The units as arrays."""
    meant = np.zeros((len(units), len(LABELS)), dtype=np.float32)
    weights = np.zeros_like(meant)
    place = {label: column for column, label in enumerate(LABELS)}
    for row, unit in enumerate(units):
        for label in OF[unit.speaker]:
            says, weight = unit.told.get(label, (False, UNTOLD))
            meant[row, place[label]] = says
            weights[row, place[label]] = weight
    return Table(tuple(unit.wording for unit in units), tuple(unit.entry for unit in units), meant, weights)


def rows(table: Table, kept: NDArray[np.bool_]) -> Table:
    """The units of a table that are kept."""
    places = np.flatnonzero(kept)
    wordings, entries = (tuple(parts[place] for place in places) for parts in (table.wordings, table.entries))
    return Table(wordings, entries, table.meant[kept], table.weights[kept])


def _of_entry(analyzer: Analyzer, entry: Entry) -> Iterator[Unit]:
    speaker = speaker_of(entry)
    recognizer = (analyzer.agent if speaker == "agent" else analyzer.customer).phrases
    label = label_of(entry)
    for example in entry.examples.passes:
        reading = recognizer.read(example.draft)
        for number in range(len(reading.wordings)):
            unit = _seen(reading, number, speaker, CLEAN if isinstance(entry, PhraseEntry) else UNKNOWN)
            unit.entry = entry.id
            if label:
                unit.tell(label, meant=False, weight=TOLD)
            yield unit
    for offer in offers_of(entry):
        reading = analyzer.agent.phrases.read(offer)
        yield from (_seen(reading, number, "agent", CLEAN) for number in range(len(reading.wordings)))
    if label is None or isinstance(entry, CheckEntry):
        return
    for example in entry.examples.flags:
        reading = recognizer.read(example.draft)
        yield from _flagged(reading, entry, label, speaker)


def _flagged(reading: Reading, entry: Entry, label: str, speaker: Speaker) -> Iterator[Unit]:
    """The sentences that a flagged example is flagged for; where no phrase tells which, all of it as one."""
    sees = {number for number in range(len(reading.wordings)) if label in _labels(reading, number)}
    if not sees and reading.wordings:
        unit = Unit(" ".join(reading.wordings), speaker, entry.id)
        for number in range(len(reading.wordings)):
            for other in _labels(reading, number):
                unit.tell(other, meant=True, weight=SEEN)
        unit.tell(label, meant=True, weight=TOLD)
        yield unit
    for number in sorted(sees):
        unit = _seen(reading, number, speaker, UNKNOWN)
        unit.entry = entry.id
        unit.tell(label, meant=True, weight=TOLD)
        yield unit


def _seen(reading: Reading, number: int, speaker: Speaker, clean: Sureness) -> Unit:
    """A sentence with what the phrases see in it; `clean` is how sure it is that it means nothing else."""
    unit = Unit(reading.wordings[number], speaker)
    for label in OF[speaker]:
        unit.told[label] = False, clean.said if label in SAID else clean.acts
    for label in _labels(reading, number):
        unit.told[label] = True, SEEN
    return unit


def _labels(reading: Reading, number: int) -> set[str]:
    """The labels that the phrases see in a sentence."""
    found = {asked.sentence: "dypii" for asked in question.find(reading)}
    labels = {found[number]} if number in found else set()
    for match in reading.matches:
        if match.sentence != number:
            continue
        if isinstance(match.entry, ActEntry | PhraseEntry) and (label := label_of(match.entry)):
            labels.add(label)
    return labels
