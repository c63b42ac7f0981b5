"""What was promised, offered and left lying."""

from collections import Counter
from collections.abc import Callable, Iterator

from assist.audit.figures.definition import Case, Definition, Measure, Seen, conversations
from assist.audit.records import Promised

_WORDS = "the agent's words"
_NOT_DONE = "no promise was found in an agent's words"


def _made(one: Seen) -> Iterator[Case]:
    made = Counter(promise.agent for promise in one.audited.promises)
    for agent, replies in Counter(one.repliers.values()).items():
        yield Case(made[agent], replies, agent, inferred=True)


def _promises(met: Callable[[Promised], bool], among: Callable[[Promised], bool] = lambda _: True) -> Measure:
    """The promises that meet something, out of those among which it counts."""
    return lambda one: (
        Case(float(met(promise)), agent=promise.agent, inferred=True)
        for promise in one.audited.promises
        if among(promise)
    )


def _remedies(one: Seen) -> Iterator[Case]:
    offered = Counter((remedy.agent, remedy.kind) for remedy in one.audited.remedies)
    for agent, replies in Counter(one.repliers.values()).items():
        own = {kind: many for (who, kind), many in offered.items() if who == agent}
        yield Case(sum(own.values()), replies, agent, inferred=True)
        yield from (Case(many, 0, agent, kind, inferred=True) for kind, many in sorted(own.items()))


DEFINITIONS = (
    Definition(
        id="timelines",
        title="Timelines where unresolved",
        meaning="Conversations in which an agent said by when something would happen, after the customer had last "
        "complained, out of those that had a reply and are known not to have ended solved.",
        unit="share",
        measure=conversations(lambda one: one.resolved is False and one.replies > 0, lambda one: one.timeline_given),
        lacking="no conversation with a reply is known to have ended unsolved",
        better="more",
        principle="timeline",
        inferred=_WORDS,
    ),
    Definition(
        id="promises",
        title="Promises made",
        meaning="How often an agent promised to do something, for every hundred replies; each sentence that promises "
        "counts once.",
        unit="per 100 replies",
        measure=_made,
        lacking="no conversation has a reply of an agent",
        principle="follow-up",
        inferred=_WORDS,
    ),
    Definition(
        id="promises-timed",
        title="Promises with a time",
        meaning="Promises that came with a time by which, in the same reply, out of all promises.",
        unit="share",
        measure=_promises(lambda promise: bool(promise.by)),
        lacking=_NOT_DONE,
        better="more",
        principle="timeline",
        inferred=_WORDS,
    ),
    Definition(
        id="promises-kept",
        title="Promises kept",
        meaning="Promises after which an agent said in the same conversation that it was done, or the customer that "
        "all was solved, out of all promises.",
        unit="share",
        measure=_promises(lambda promise: promise.kept),
        lacking=_NOT_DONE,
        better="more",
        principle="follow-up",
        inferred="what was said later in the same conversation; what was done after it, nobody can read there",
    ),
    Definition(
        id="promises-open",
        title="Promises open at the end",
        meaning="Promises that the conversation does not say were done, out of all promises.",
        unit="share",
        measure=_promises(lambda promise: not promise.kept),
        lacking=_NOT_DONE,
        better="less",
        principle="follow-up",
        inferred="what was said later in the same conversation",
    ),
    Definition(
        id="promises-overdue",
        title="Promises overdue",
        meaning="Promises whose time passed while the conversation went on and nobody said that it was done, out of "
        "all promises with a time that can be reckoned.",
        unit="share",
        measure=_promises(lambda promise: promise.overdue, among=lambda promise: promise.due is not None),
        lacking="no promise came with a time that can be reckoned",
        better="less",
        principle="follow-up",
        inferred="the time in the agent's words, and what was said until the end",
    ),
    Definition(
        id="remedies",
        title="Remedies offered",
        meaning="How often a reply offered or gave a refund, a replacement, a voucher or the like, for every hundred "
        "replies, and of which kind; each kind counts once in a reply. Whether it was the customer who chose is not "
        "counted.",
        unit="per 100 replies",
        measure=_remedies,
        lacking="no conversation has a reply of an agent",
        principle="no-giveaway",
        inferred=_WORDS,
        parts="kind of remedy",
    ),
    Definition(
        id="unanswered",
        title="Requests left unanswered",
        meaning="Conversations with a customer's question or complaint that nobody replied to, or that got nothing but "
        "courtesies, and those that got no reply at all, out of all in which a customer wrote. What a bot answered in "
        "a chat counts as replied to.",
        unit="share",
        measure=conversations(lambda one: one.customer_messages > 0, lambda one: bool(one.unanswered)),
        lacking="no customer wrote",
        better="less",
        principle="unspoken",
        inferred="question marks, and what the customer's words do",
    ),
)
