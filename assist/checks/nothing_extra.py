"""A failure was put right, and the goodbye brings nothing on top of that."""

from collections.abc import Iterator

from assist.checks.situation import Situation
from assist.kinds import Sighting
from assist.lexicon import CheckEntry


def find(situation: Situation, entry: CheckEntry) -> Iterator[Sighting]:
    """One sighting where a solved failure is closed with nothing extra, now or before."""
    recovery = situation.recovery
    put_right = recovery.failure and recovery.solved
    if put_right and situation.does("closes") and not (recovery.extra_given or situation.does("something-extra")):
        yield Sighting(entry, None, "last", evidence="a solved failure closes with nothing extra")
