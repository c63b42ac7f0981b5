"""Something is promised, and nobody knows by when."""

import re
from collections.abc import Iterator

from assist.checks.situation import Situation
from assist.kinds import Act, Reading, Sighting
from assist.language.blanks import asks_time, blanks
from assist.lexicon import CheckEntry

_AHEAD = frozenset(
    "will shall going due expect expected tomorrow tonight until within by next leaves arrives lands".split()
)
_BEHIND = frozenset("was were did had ago since yesterday".split())
_THAT_TIME = re.compile(
    r"\b(?:(?:by|until|till|before|after|from) then|then(?=\s*(?:[.!?;]|$))|at (?:that|the same) (?:time|point|hour)"
    r"|(?:that|the same) (?:hour|day|morning|afternoon|evening|night|week)|meanwhile|in the meantime)\b",
    re.IGNORECASE,
)
"""Words that point to a time already given."""


def find(situation: Situation, entry: CheckEntry) -> Iterator[Sighting]:
    """The first promise of the draft that no time goes with."""
    reading = situation.reading
    open_ended = [act for act in reading.acted("promises-action") if not _timed(reading, act)]
    if open_ended:
        promise = open_ended[0]
        yield Sighting(entry, promise.span, "after", evidence="a promise without a time")


def _timed(reading: Reading, promise: Act) -> bool:
    """Whether a time is named in the promise's sentence, given in the one before or any after, or pointed back to."""
    if any(asks_time(blank) for blank in blanks(reading.passage.text)):
        return True
    if any(act.sentence == promise.sentence for act in reading.acted("names-time")):
        return True
    return _points_back(reading, promise) or any(
        act.sentence >= promise.sentence or (act.sentence == promise.sentence - 1 and _looks_ahead(reading, act))
        for act in reading.acted("gives-timeline")
    )


def _points_back(reading: Reading, promise: Act) -> bool:
    """Whether a promise is for "then" or "that evening", and an earlier sentence gives the time."""
    named = [*reading.acted("gives-timeline"), *reading.acted("names-time")]
    given = any(act.sentence < promise.sentence and _looks_ahead(reading, act) for act in named)
    words = reading.passage.text[slice(*reading.passage.sentences[promise.sentence].span)]
    return given and bool(_THAT_TIME.search(words))


def _looks_ahead(reading: Reading, act: Act) -> bool:
    """Whether a sentence speaks of what is to come, and not of what has been."""
    sentence = reading.passage.sentences[act.sentence]
    words = reading.passage.words[sentence.first : sentence.last]
    return not _AHEAD.isdisjoint(words) and ("will" in words or _BEHIND.isdisjoint(words))
