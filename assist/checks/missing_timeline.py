"""Something is promised, and nobody knows by when."""

import re
from collections.abc import Iterator

from assist.checks.situation import Situation
from assist.kinds import Act, Reading, Sighting
from assist.lexicon import CheckEntry

_BLANK_TIME = re.compile(r"\{[^{}]*\b(?:when|time|day|date|long)\b[^{}]*\?\}")


def find(situation: Situation, entry: CheckEntry) -> Iterator[Sighting]:
    """The first promise of the draft that no time goes with."""
    reading = situation.reading
    open_ended = [act for act in reading.acted("promises-action") if not _timed(reading, act)]
    if open_ended:
        promise = open_ended[0]
        yield Sighting(entry, promise.span, "after", evidence="a promise without a time")


def _timed(reading: Reading, promise: Act) -> bool:
    """Whether a time stands in the promise's sentence, the one before it, or any after it."""
    if _BLANK_TIME.search(reading.passage.text):
        return True
    return any(act.sentence >= promise.sentence - 1 for act in reading.acted("gives-timeline"))
