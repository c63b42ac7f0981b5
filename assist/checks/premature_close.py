"""The draft takes its leave while the problem is still open."""

from collections.abc import Iterator

from assist.checks.situation import Situation
from assist.kinds import Sighting
from assist.lexicon import CheckEntry

CLOSING = ("asks-anything-else", "asks-rating", "closes")


def find(situation: Situation, entry: CheckEntry) -> Iterator[Sighting]:
    """The first closing words of a draft that leaves a reported failure unmended."""
    recovery = situation.recovery
    if not recovery.complaint or recovery.solved:
        return
    if recovery.mended and recovery.taken_up and "unsolved" not in recovery.waiting_acts:
        return
    if situation.does("done-now", "offers-alternative", "asks-remedy"):
        return
    closing = next((act for act in situation.reading.acts if act.act in CLOSING), None)
    if closing:
        sentence = situation.reading.passage.sentences[closing.sentence]
        yield Sighting(entry, sentence.span, "sentence", evidence="closes before the problem is solved")
