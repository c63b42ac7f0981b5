"""A failure was reported, and nobody has said sorry."""

from collections.abc import Iterator

from assist.checks.situation import Situation
from assist.kinds import Sighting, question
from assist.lexicon import CheckEntry

PATIENCE = 2
"""After so many replies without an apology the conversation has moved on; one nag more helps nobody."""

IN_PASSING = 10
"""A later reply that only asks in so few words, and nothing rudimentary, is on its way to the answer, and is let be."""


def find(situation: Situation, entry: CheckEntry) -> Iterator[Sighting]:
    """One sighting where an apology is due and neither the draft nor an earlier turn makes it."""
    recovery = situation.recovery
    due = recovery.complaint and not recovery.apologised and not recovery.solved
    if due and not situation.apologises and not _moved_on(situation):
        yield Sighting(entry, None, "first", evidence="a failure was reported; no sincere apology yet")


def _moved_on(situation: Situation) -> bool:
    replies = situation.recovery.replies_since_complaint
    passage = situation.reading.passage
    only_asks = len(passage.words) <= IN_PASSING and all(sentence.question for sentence in passage.sentences)
    in_passing = only_asks and not any(question.find(situation.reading))
    return replies > PATIENCE or (replies > 0 and in_passing)
