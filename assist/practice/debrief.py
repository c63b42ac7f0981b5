"""What is said after a practice: what was done well, what was flagged, and how the recovery went."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assist.findings import Finding, Praise, Severity
from assist.practice.customer import Customer
from assist.practice.scenario import APOLOGY, STEPS, Outcome, Principle, Scenario, Step
from assist.practice.sent import Sent

ADVICE = 3
"""How many pieces of advice are given at most."""
RECOVERY: tuple[Step, ...] = ("apologised", "taken-up", "promised", "mended", "extra-given", "solved")
"""The steps that an agent works towards, in the order in which they are best taken."""

TRAINED: Mapping[Principle, tuple[str, str]] = {
    "personal": ("uses-name", "Call them by their name, once at least."),
    "ask": ("asks-remedy", "Ask what would put it right, before you decide it for them."),
    "extra": ("something-extra", "Once it is put right, offer something extra, and let them choose it."),
    "appreciation": ("appreciation", "Say thank you, and that it matters to you that they stay."),
    "follow-up": ("follow-up", "Tell them when you will look in again to see that it worked."),
}
"""What an agent does who has learnt a principle, and what to tell one who did not do it."""


@dataclass(frozen=True, slots=True)
class Replied:
    """A reply, the customer who has answered it, and the steps of the recovery first reached with it."""

    sent: Sent
    customer: Customer
    reached: frozenset[Step]

    @property
    def patience(self) -> int:
        """What patience the customer had left."""
        return max(self.customer.patience, 0)


@dataclass(frozen=True, slots=True)
class Well:
    """Something done well, and the first reply that did it."""

    praise: Praise
    reply: int
    words: str


@dataclass(frozen=True, slots=True)
class Debrief:
    """How a practice went; replies are counted from 1.

    `outcome` is None where it has not ended. `patience` is what the customer had at first and after each reply.
    `steps` says with which reply a step of the recovery was first reached. `unsaid` is what the customer waited for
    in vain. `advice` is at most three sentences or pairs of them, the weightiest first.
    """

    outcome: Outcome | None
    replies: tuple[Replied, ...]
    patience: tuple[int, ...]
    well: tuple[Well, ...]
    steps: Mapping[Step, int]
    unsaid: tuple[str, ...]
    advice: tuple[str, ...]

    @property
    def flagged(self) -> tuple[tuple[int, Finding], ...]:
        """What was flagged, with the number of the reply; `rewrites` of a finding has better sentences."""
        return tuple(
            (number, finding)
            for number, reply in enumerate(self.replies, start=1)
            for finding in reply.sent.review.findings
        )


def debrief(scenario: Scenario, customer: Customer, replies: Sequence[Replied]) -> Debrief:
    """How a practice of this scenario went, and where the customer stands after it."""
    unsaid = tuple(want.about for want in scenario.wants if want.id not in customer.heard)
    reached = {step: number for number, reply in enumerate(replies, start=1) for step in STEPS if step in reply.reached}
    return Debrief(
        outcome=customer.ended,
        replies=tuple(replies),
        patience=(scenario.sheet.patience, *(reply.patience for reply in replies)),
        well=tuple(_well(replies)),
        steps={step: reached[step] for step in RECOVERY if step in reached},
        unsaid=unsaid,
        advice=tuple(_advice(scenario, replies, customer))[:ADVICE],
    )


def _well(replies: Sequence[Replied]) -> list[Well]:
    """Each thing done well, where it was first done."""
    found: dict[str, Well] = {}
    for number, reply in enumerate(replies, start=1):
        for praise in reply.sent.review.praise:
            found.setdefault(praise.act, Well(praise, number, reply.sent.text[praise.start : praise.end]))
    return list(found.values())


def _advice(scenario: Scenario, replies: Sequence[Replied], customer: Customer) -> list[str]:
    """What was flagged, by weight and number, and what was never said; then what the scenario trains and nobody did."""
    if not replies:
        return []
    told = [want.about for want in scenario.wants if want.id not in customer.heard and want.id != APOLOGY]
    found = _by_weight([finding for reply in replies for finding in reply.sent.review.findings])
    lines = [f"{finding.message} {finding.why}" for finding in found]
    if told:
        lines.insert(ADVICE - 1, f"{scenario.sheet.customer.name} was still waiting to hear {told[0]}.")
    done = {act for reply in replies for act in (*reply.sent.acts, *(one.act for one in reply.sent.review.praise))}
    trained = [TRAINED[principle] for principle in scenario.sheet.trains if principle in TRAINED]
    return [*lines, *(advice for act, advice in trained if act not in done)]


def _by_weight(findings: Sequence[Finding]) -> list[Finding]:
    """One finding for each category, suggestions aside: the heaviest first, then what came most often."""
    number = Counter(finding.category for finding in findings)
    kept: dict[str, Finding] = {}
    for finding in sorted(findings, key=lambda one: (one.severity.rank, -number[one.category])):
        if finding.severity is not Severity.SUGGESTION:
            kept.setdefault(finding.category, finding)
    return list(kept.values())
