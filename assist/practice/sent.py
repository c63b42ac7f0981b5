"""What one reply of the agent does, as far as a customer can react to it."""

from dataclasses import dataclass
from functools import cached_property

from assist.findings import Finding, Review, Severity
from assist.kinds.automaton import Automaton
from assist.language.passage import read
from assist.language.slips import Spelling
from assist.practice.scenario import Scenario, Step
from assist.recovery import Recovery

NOT_HEARD = frozenset({"refusal", "policy-wall", "deflection", "placeholder"})
"""Findings beside which nothing is heard: what is refused, handed away or left blank is not said."""


@dataclass(frozen=True)
class Sent:
    """A reply as it was sent: its review, its acts, the phrases it says, and the recovery before and with it."""

    text: str
    review: Review
    acts: frozenset[str]
    said: frozenset[str]
    question: bool
    repeated: bool
    before: frozenset[Step]
    after: frozenset[Step]

    @cached_property
    def categories(self) -> frozenset[str]:
        """The categories of what was found in it."""
        return frozenset(finding.category for finding in self.review.findings)

    @cached_property
    def heaviest(self) -> Finding | None:
        """The finding of most weight, where there is any."""
        return min(self.review.findings, key=lambda finding: finding.severity.rank, default=None)

    @property
    def offends(self) -> bool:
        """Whether anything in it is a warning or an error."""
        return self.heaviest is not None and self.heaviest.severity is not Severity.SUGGESTION

    @property
    def audible(self) -> bool:
        """Whether what it offers can be heard at all."""
        return not self.categories & NOT_HEARD


class Ear:
    """Hears which phrases of a scenario a reply says, in the phrase language of the lexicon."""

    def __init__(self, scenario: Scenario) -> None:
        self._phrases = scenario.phrases
        self._automaton = Automaton(self._phrases, {})
        self._spelling = Spelling(self._automaton.index.vocabulary)

    def hear(self, text: str) -> frozenset[str]:
        """The phrases that a text says."""
        passage = read(text, own=True)
        found: set[str] = set()
        for sentence in passage.sentences:
            words = [self._spelling.mend(word) for word in passage.words[sentence.first : sentence.last]]
            found.update(self._phrases[hit.phrase] for hit in self._automaton.find(words))
        return frozenset(found)


def steps(recovery: Recovery) -> frozenset[Step]:
    """The steps that a recovery has reached."""
    reached: dict[Step, bool] = {
        "complaint": recovery.complaint,
        "upset": recovery.upset,
        "apologised": recovery.apologised,
        "taken-up": recovery.taken_up,
        "promised": bool(recovery.promises),
        "mended": recovery.mended,
        "extra-given": recovery.extra_given,
        "solved": recovery.solved,
        "leaving": recovery.leaving,
    }
    return frozenset(step for step, there in reached.items() if there)
