"""The first words to a customer, with neither a greeting nor a sign that they were heard."""

from collections.abc import Iterator

from assist.checks.situation import Situation
from assist.kinds import Sighting
from assist.lexicon import CheckEntry

WELCOMING = (
    "greets", "acknowledges", "sincere-apology", "empathy", "appreciation", "ownership",
    "collaborative-request", "asks-remedy", "refers-to-history", "done-now", "finds-out",
)  # fmt: skip
SHORT = 3
CURT = 15
"""An answer of more words than this, to somebody without a complaint, is not curt."""
COURTEOUS = frozenset("please thanks thank welcome sorry glad happy lovely great certainly yes pleasure".split())


def find(situation: Situation, entry: CheckEntry) -> Iterator[Sighting]:
    """One sighting for an agent's first turn that begins cold."""
    recovery = situation.recovery
    if recovery.agent_turns or not recovery.customer_turns:
        return
    words = situation.reading.passage.words
    if not words or situation.does(*WELCOMING) or not COURTEOUS.isdisjoint(words):
        return
    if not set(recovery.names).isdisjoint(words) or "!" in situation.draft:
        return
    if not recovery.complaint and (len(words) > CURT or _only_asks(situation)):
        return
    yield Sighting(entry, None, "opening", evidence="neither greets nor acknowledges")


def _only_asks(situation: Situation) -> bool:
    """Whether the draft is a question back: brisk, but it shows that the request was heard."""
    sentences = situation.reading.passage.sentences
    return all(sentence.question and sentence.last - sentence.first > SHORT for sentence in sentences)
