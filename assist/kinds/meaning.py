"""Meaning: what a sentence says though no phrase of the lexicon does."""

from collections.abc import Iterator

from assist.findings import READS_LIKE
from assist.kinds.reading import Reading
from assist.kinds.sighting import Sighting
from assist.lexicon import PhraseEntry
from assist.meaning import FIRM, SAID, Meaning, Meant, Near


def find(reading: Reading, layers: Meaning, *, complaint: bool, calm: bool) -> Iterator[Sighting]:
    """The categories that the sentences of a draft carry; rudimentary questions are not among them.

    The entry whose example a sentence is nearest to speaks of it, on the terms that it sets. Where a
    conversation is `calm`, with nothing in it to recover from, only what is firm is found.
    """
    for number, meanings in enumerate(reading.meant):
        for meant in meanings:
            if meant.label not in SAID or meant.label == "dypii" or (calm and meant.confidence < FIRM):
                continue
            near = layers.nearest(reading.wordings[number], meant.label)
            if near is not None and _holds(near, reading, complaint=complaint):
                yield _sighting(reading, number, meant, near)


def _holds(near: Near, reading: Reading, *, complaint: bool) -> bool:
    entry = near.example.entry
    if not isinstance(entry, PhraseEntry) or (entry.when == "complaint" and not complaint):
        return False
    return reading.act_names.isdisjoint(entry.unless_act)


def _sighting(reading: Reading, number: int, meant: Meant, near: Near) -> Sighting:
    assert isinstance(near.example.entry, PhraseEntry)
    span = reading.passage.sentences[number].span
    return Sighting(
        near.example.entry, span, "sentence", confidence=meant.confidence, evidence=evidence(near), meant=True
    )


def evidence(near: Near) -> str:
    """What a finding by meaning goes by."""
    return f"{READS_LIKE}{near.example.words!r} ({near.example.entry.id})"
