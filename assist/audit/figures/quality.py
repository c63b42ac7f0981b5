"""The replies themselves: what was found in them, for better and worse, and the customer's own word beside it."""

from collections import Counter
from collections.abc import Iterator
from typing import Literal

from assist.audit.figures.definition import Case, Definition, Measure, Seen
from assist.audit.records import Kind

_NO_REPLY = "no conversation has a reply of an agent"
_CHECK = "the check of every reply where it stood"


def _marks(kind: Kind, part: Literal["category", "rule"]) -> Measure:
    """How many marks of a kind each agent's replies carry, the whole and part by part."""

    def measure(one: Seen) -> Iterator[Case]:
        marks = Counter((noted.agent, getattr(noted, part)) for noted in one.noted if noted.kind == kind)
        for agent, replies in Counter(one.repliers.values()).items():
            own = {label: many for (who, label), many in marks.items() if who == agent}
            yield Case(sum(own.values()), replies, agent, inferred=True)
            yield from (Case(many, 0, agent, label, inferred=True) for label, many in sorted(own.items()))

    return measure


def _clean(one: Seen) -> Iterator[Case]:
    flawed = {noted.reply for noted in one.noted if noted.severity in ("error", "warning")}
    for reply, agent in one.repliers.items():
        yield Case(float(reply not in flawed), agent=agent, inferred=True)


def _satisfied(one: Seen) -> Iterator[Case]:
    if one.audited.rating is not None:
        yield Case(float(one.audited.rating >= one.terms.positive))


def _rating(one: Seen) -> Iterator[Case]:
    if one.audited.rating is not None:
        yield Case(one.audited.rating)


DEFINITIONS = (
    Definition(
        id="praise",
        title="Done well",
        meaning="What was done well in replies, such as a sincere apology or a thank-you, for every hundred replies; "
        "each act counts once in a reply.",
        unit="per 100 replies",
        measure=_marks("praise", "category"),
        lacking=_NO_REPLY,
        better="more",
        principle="carrots",
        inferred=_CHECK,
        parts="act",
    ),
    Definition(
        id="clean-replies",
        title="Replies to send as they are",
        meaning="Replies with no error and no warning, out of all replies; suggestions do not count.",
        unit="share",
        measure=_clean,
        lacking=_NO_REPLY,
        better="more",
        principle="yardstick",
        inferred=_CHECK,
    ),
    Definition(
        id="findings",
        title="Findings",
        meaning="What was found in replies that should have been looked at before they were sent, for every hundred "
        "replies, suggestions included.",
        unit="per 100 replies",
        measure=_marks("finding", "category"),
        lacking=_NO_REPLY,
        better="less",
        principle="yardstick",
        inferred=_CHECK,
        parts="category",
    ),
    Definition(
        id="findings-by-rule",
        title="Findings, rule by rule",
        meaning="The same findings, by the rule of the lexicon that found them.",
        unit="per 100 replies",
        measure=_marks("finding", "rule"),
        lacking=_NO_REPLY,
        better="less",
        principle="yardstick",
        inferred=_CHECK,
        parts="rule",
    ),
    Definition(
        id="csat",
        title="Satisfied customers (CSAT)",
        meaning="Good ratings out of all ratings that customers gave: four or five stars of five, a thumb up. Who gave "
        "none is not counted, and each rating counts with its conversation.",
        unit="share",
        measure=_satisfied,
        lacking="no customer gave a rating",
        better="more",
        principle="satisfied",
    ),
    Definition(
        id="rating",
        title="Rating, mean",
        meaning="The mean of all ratings, from 0 for the worst to 1 for the best.",
        unit="rating",
        measure=_rating,
        middle="mean",
        lacking="no customer gave a rating",
        better="more",
        principle="satisfied",
    ),
)
