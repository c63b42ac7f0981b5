"""The customer: where they stand, and what they answer. Nothing here but rules; the same always gives the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assist.findings import Severity
from assist.practice.scenario import APOLOGY, Outcome, Rule, Scenario, Want, When
from assist.practice.sent import Sent

COSTS = {Severity.ERROR: 2, Severity.WARNING: 1, Severity.SUGGESTION: 0}
"""What the heaviest finding of a reply costs of the customer's patience."""
NOTHING_NEW = 1
"""What a reply costs that says nothing the customer waits for."""
GOOD = 1
"""What a reply earns that says something the customer waits for, and offends in nothing."""


@dataclass(frozen=True, slots=True)
class Customer:
    """Where a customer stands: what patience is left, what they have heard, suffered and said.

    `fresh` are the wants that the latest reply met.
    """

    patience: int
    heard: tuple[str, ...] = ()
    fresh: tuple[str, ...] = ()
    suffered: frozenset[str] = frozenset()
    spoken: tuple[str, ...] = ()
    replies: int = 0
    ended: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the customer says, as lines of the scenario, and where they stand then."""

    lines: tuple[str, ...]
    customer: Customer


def answer(scenario: Scenario, before: Customer, sent: Sent) -> Answer:
    """What the customer answers to a reply."""
    customer = _listening(scenario, before, sent)
    rule = _rule(scenario, customer, sent)
    customer = replace(customer, patience=_patience(scenario, customer, sent, rule))
    if customer.patience <= 0:
        parting = next(one for one in scenario.leaves if holds(one.when, customer, sent))
        return _spoken(replace(customer, ended="left"), parting.says)
    if rule:
        return _by_rule(scenario, customer, rule)
    if not customer.fresh and _missing(scenario, customer) is None:
        return _goodbye(scenario, customer, sent)
    return _going_on(scenario, customer, sent)


def holds(when: When, customer: Customer, sent: Sent) -> bool:
    """Whether these conditions hold of a reply, for a customer who has just read it."""
    return _of_reply(when, sent) and _of_customer(when, customer)


def _of_reply(when: When, sent: Sent) -> bool:
    found = sent.review.findings
    checks = (
        not when.flagged or bool(sent.categories.intersection(when.flagged)),
        not when.timing or any(finding.timing in when.timing for finding in found),
        when.weight is None or any(finding.severity.rank <= Severity(when.weight).rank for finding in found),
        not when.acts or bool(sent.acts.intersection(when.acts)),
        not when.said or bool(sent.said.intersection(when.said)),
        sent.before.issuperset(when.before),
        sent.after.issuperset(when.after),
        when.question in {None, sent.question},
        when.repeated in {None, sent.repeated},
    )
    return all(checks)


def _of_customer(when: When, customer: Customer) -> bool:
    checks = (
        set(when.heard) <= set(customer.heard),
        not when.lacks or bool(set(when.lacks) - set(customer.heard)),
        not when.suffered or bool(customer.suffered.intersection(when.suffered)),
        when.patience is None or customer.patience <= when.patience,
        when.replies is None or customer.replies >= when.replies,
        when.news in {None, bool(customer.fresh)},
    )
    return all(checks)


def _listening(scenario: Scenario, before: Customer, sent: Sent) -> Customer:
    """The customer who has read a reply and not yet answered."""
    heard = before.heard
    for want in scenario.wants:
        if _hears(want, replace(before, heard=heard), sent):
            heard += (want.id,)
    return replace(
        before,
        fresh=heard[len(before.heard) :],
        heard=heard,
        suffered=before.suffered | sent.categories,
        replies=before.replies + 1,
    )


def _hears(want: Want, customer: Customer, sent: Sent) -> bool:
    if want.id in customer.heard or not set(want.after) <= set(customer.heard):
        return False
    if want.id == APOLOGY:
        return "apologised" in sent.after
    return sent.audible and bool(sent.acts.intersection(want.acts) or sent.said.intersection(want.said))


def _rule(scenario: Scenario, customer: Customer, sent: Sent) -> Rule | None:
    """The first rule that fits and still has something to say."""
    for rule in scenario.replies:
        if set(rule.says) <= set(customer.spoken) or not holds(rule.when, customer, sent):
            continue
        if rule.unless is None or not holds(rule.unless, customer, sent):
            return rule
    return None


def _patience(scenario: Scenario, customer: Customer, sent: Sent, rule: Rule | None) -> int:
    """What patience is left; never more than there was at first."""
    change = rule.patience if rule else 0
    if sent.heaviest:
        change -= COSTS[sent.heaviest.severity]
    if customer.fresh and not sent.offends:
        change += GOOD
    elif not customer.fresh and rule is None and _missing(scenario, customer):
        change -= NOTHING_NEW
    return min(customer.patience + change, scenario.sheet.patience)


def _by_rule(scenario: Scenario, customer: Customer, rule: Rule) -> Answer:
    said = _spoken(replace(customer, ended=rule.ends), next(line for line in rule.says if line not in customer.spoken))
    missing = _missing(scenario, customer)
    return _asking(said, missing) if rule.presses and missing and not rule.ends else said


def _going_on(scenario: Scenario, customer: Customer, sent: Sent) -> Answer:
    """Takes what was said, then asks for the next thing that is missing; says so where nothing is."""
    said = Answer((), customer)
    if customer.fresh:
        said = _thanking(scenario, customer)
    elif sent.question:
        said = _spoken(customer, _least_said(scenario.manner.unsure, customer))
    if missing := _missing(scenario, customer):
        return _asking(said, missing)
    settled = _spoken(said.customer, scenario.sheet.endings.settled)
    return Answer((*said.lines, *settled.lines), settled.customer)


def _goodbye(scenario: Scenario, customer: Customer, sent: Sent) -> Answer:
    warm = not sent.offends and "cold-close" not in sent.categories
    won = warm and customer.patience * 2 > scenario.sheet.patience
    endings = scenario.sheet.endings
    ended: Outcome = "won-back" if won else "content"
    return _spoken(replace(customer, ended=ended), endings.won_back if won else endings.content)


def _missing(scenario: Scenario, customer: Customer) -> Want | None:
    return next((want for want in scenario.wants if want.id not in customer.heard), None)


def _thanking(scenario: Scenario, customer: Customer) -> Answer:
    """A word for what was just heard: for the apology, where it is among it, and for one thing more."""
    fresh = [want for want in scenario.wants if want.id in customer.fresh]
    said = _spoken(customer, _least_said(fresh[0].thanks or scenario.manner.thanks, customer))
    second = next((want for want in fresh[1:] if want.thanks), None)
    if fresh[0].id != APOLOGY or second is None:
        return said
    more = _spoken(said.customer, _least_said(second.thanks, said.customer))
    return Answer((*said.lines, *more.lines), more.customer)


def _asking(said: Answer, want: Want) -> Answer:
    asked = _spoken(said.customer, _least_said(want.asks, said.customer))
    return Answer((*said.lines, *asked.lines), asked.customer)


def _least_said(lines: Sequence[str], customer: Customer) -> str:
    """The first line not said yet, or the one that was said longest ago."""
    latest = {line: at for at, line in enumerate(customer.spoken)}
    return min(lines, key=lambda line: latest.get(line, -1))


def _spoken(customer: Customer, line: str) -> Answer:
    return Answer((line,), replace(customer, spoken=(*customer.spoken, line)))
