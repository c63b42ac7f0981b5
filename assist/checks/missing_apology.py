"""A failure was reported, and nobody has said sorry."""

from collections.abc import Iterator

from assist.checks.situation import Situation
from assist.kinds import Sighting
from assist.lexicon import CheckEntry

PATIENCE = 2
"""After so many replies without an apology the conversation has moved on; one nag more helps nobody."""


def find(situation: Situation, entry: CheckEntry) -> Iterator[Sighting]:
    """One sighting where an apology is due and neither the draft nor an earlier turn makes it."""
    recovery = situation.recovery
    fresh = recovery.replies_since_complaint <= PATIENCE
    due = recovery.complaint and fresh and not recovery.apologised and not recovery.solved
    if due and not situation.apologises:
        yield Sighting(entry, None, "first", evidence="a failure was reported; no sincere apology yet")
