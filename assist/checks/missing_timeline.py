"""Something is promised, and nobody knows by when."""

from collections.abc import Iterator

from assist.checks.situation import Situation
from assist.kinds import Act, Reading, Sighting
from assist.language.blanks import asks_time, blanks
from assist.lexicon import CheckEntry

_AHEAD = frozenset("will shall going".split())


def find(situation: Situation, entry: CheckEntry) -> Iterator[Sighting]:
    """The first promise of the draft that no time goes with."""
    reading = situation.reading
    open_ended = [act for act in reading.acted("promises-action") if not _timed(reading, act)]
    if open_ended:
        promise = open_ended[0]
        yield Sighting(entry, promise.span, "after", evidence="a promise without a time")


def _timed(reading: Reading, promise: Act) -> bool:
    """Whether a time is named in the promise's sentence, or given in the one before or any after."""
    if any(asks_time(blank) for blank in blanks(reading.passage.text)):
        return True
    if any(act.sentence == promise.sentence for act in reading.acted("names-time")):
        return True
    return any(
        act.sentence >= promise.sentence or (act.sentence == promise.sentence - 1 and _looks_ahead(reading, act))
        for act in reading.acted("gives-timeline")
    )


def _looks_ahead(reading: Reading, act: Act) -> bool:
    """Whether a sentence speaks of what is to come, and not of what has been."""
    sentence = reading.passage.sentences[act.sentence]
    return not _AHEAD.isdisjoint(reading.passage.words[sentence.first : sentence.last])
