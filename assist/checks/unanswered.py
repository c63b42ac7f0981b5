"""The customer has asked something, and the draft is courtesies and nothing else."""

from collections.abc import Iterator

from assist.checks.situation import Situation
from assist.kinds import Sighting
from assist.lexicon import CheckEntry

COURTESIES = frozenset(("greets", "appreciation", "closes", "asks-anything-else", "asks-rating"))
LONGEST = 20
SHORT = 4
LEAST_WORDS = 5


def find(situation: Situation, entry: CheckEntry) -> Iterator[Sighting]:
    """One sighting where a question waits and every sentence of the draft is a courtesy."""
    reading = situation.reading
    asked = [
        message for message in situation.recovery.waiting if "?" in message and len(message.split()) >= LEAST_WORDS
    ]
    if not asked or situation.recovery.waiting_acts & {"takes-it-up", "solved"}:
        return
    if len(reading.passage.words) > LONGEST:
        return
    courteous = {act.sentence for act in reading.acts if act.act in COURTESIES}
    busy = {act.sentence for act in reading.worded_acts if act.act not in COURTESIES}
    sentences = range(len(reading.passage.sentences))
    if busy or not sentences or not all(number in courteous for number in sentences):
        return
    question = asked[-1]
    heard = {word for word in question.lower().split() if len(word) > SHORT}
    if heard.isdisjoint(reading.passage.words):
        yield Sighting(entry, None, "last", evidence=f"asked: {question:.80}", confidence=0.6)
