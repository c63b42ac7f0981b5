"""Phrases: what an entry's wordings find, given what else the draft does."""

from collections.abc import Iterator

from assist.kinds.reading import Reading
from assist.kinds.sighting import Sighting
from assist.lexicon import Lexicon, PhraseEntry


def find(reading: Reading, lexicon: Lexicon, *, complaint: bool) -> Iterator[Sighting]:
    """The phrase entries that hold for a draft; `complaint` says that a failure was reported."""
    for match in reading.matches:
        entry = match.entry
        if not isinstance(entry, PhraseEntry):
            continue
        if entry.when == "complaint" and not complaint:
            continue
        if not reading.act_names.isdisjoint(entry.unless_act):
            continue
        yield Sighting(
            entry,
            reading.span(match),
            entry.replace,
            fills=match.slots,
            evidence=f"{match.phrase} ({lexicon.source(entry.id)})",
        )
