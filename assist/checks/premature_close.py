"""The draft takes its leave while the problem is still open."""

from collections.abc import Iterator

from assist.checks.situation import Situation
from assist.kinds import Sighting
from assist.lexicon import CheckEntry
from assist.recovery import Recovery

CLOSING = ("asks-anything-else", "asks-rating", "closes")


def find(situation: Situation, entry: CheckEntry) -> Iterator[Sighting]:
    """The first closing words of a draft that leaves a reported failure unmended."""
    recovery = situation.recovery
    if not recovery.complaint or recovery.solved:
        return
    if _content(recovery) or situation.parting:
        return
    if situation.does("done-now", "offers-alternative", "asks-remedy"):
        return
    closing = next((act for act in situation.reading.acts if act.act in CLOSING), None)
    if closing:
        sentence = situation.reading.passage.sentences[closing.sentence]
        yield Sighting(entry, sentence.span, "sentence", evidence="closes before the problem is solved")


def _content(recovery: Recovery) -> bool:
    """Whether the customer's last words leave nothing open."""
    said = recovery.waiting_acts
    asks = any("?" in message for message in recovery.waiting)
    open_still = said & {"unsolved", "reports-failure", "upset", "rejects-apology"}
    done = recovery.last_agent is not None and "done-now" in recovery.last_agent.act_names
    return (done or bool(said & {"takes-it-up", "solved", "praises"})) and not asks and not open_still
