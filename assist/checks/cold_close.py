"""A solved problem is closed without a word that the customer matters."""

from collections.abc import Iterator

from assist.checks.situation import Situation
from assist.kinds import Sighting
from assist.language.passage import Passage
from assist.lexicon import CheckEntry

WARM = (
    "appreciation", "follow-up", "something-extra", "asks-anything-else", "empathy", "sincere-apology",
)  # fmt: skip
WISHES = frozenset(
    "enjoy have nice great pleasure lovely welcome glad happy luck care good hope wish wishes safe well forward".split()
)
PLEASED = frozenset("good great nice lovely".split())
"""Words of a wish that wish nothing where they stand for themselves: `great, bye then`."""
LONGEST = 20


def find(situation: Situation, entry: CheckEntry) -> Iterator[Sighting]:
    """The closing words of a short draft that says goodbye to a helped customer and nothing more."""
    recovery = situation.recovery
    helped = recovery.solved or (recovery.mended and recovery.taken_up) or _content(situation)
    if not helped or situation.does(*WARM):
        return
    passage = situation.reading.passage
    if len(passage.words) > LONGEST or _wishes(passage) or situation.parting:
        return
    closing = next(situation.reading.acted("closes"), None)
    if closing:
        sentence = situation.reading.passage.sentences[closing.sentence]
        yield Sighting(entry, sentence.span, "sentence", evidence="closes without thanks")


def _wishes(passage: Passage) -> bool:
    """Whether any word wishes the customer well."""
    ends = {sentence.last for sentence in passage.sentences} | set(passage.breaks)
    starts = {sentence.first for sentence in passage.sentences}
    return any(
        word in WISHES and not (word in PLEASED and at in starts and at + 1 in ends)
        for at, word in enumerate(passage.words)
    )


def _content(situation: Situation) -> bool:
    """Whether a customer without a complaint has what they came for."""
    recovery = situation.recovery
    thanked = bool(recovery.waiting_acts & {"takes-it-up", "solved", "praises"})
    return not recovery.complaint and recovery.agent_turns > 0 and thanked
