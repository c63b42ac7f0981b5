"""Whether it ended solved, at the first contact, in one pair of hands."""

from collections.abc import Iterator

from assist.audit.figures.definition import Case, Definition, Seen, Target, conversations

_SOLVED = (
    "the words, where the export does not say: the customer says that it is solved; or they end content, or an agent "
    "says that it is done, with no complaint, promise or request left open. Where the words do not tell, the "
    "conversation is left out"
)


def _resolved(one: Seen) -> Iterator[Case]:
    if one.audited.resolved is not None:
        yield Case(float(one.audited.resolved), inferred=one.audited.solved is None)


def _at_first_contact(one: Seen) -> Iterator[Case]:
    audited, contacts = one.audited, one.contacts
    if audited.resolved is None or audited.id in contacts.repeats:
        return
    alone = not audited.handovers and not audited.escalated and audited.id not in contacts.followed
    yield Case(float(audited.resolved and alone), inferred=True)


def _handovers(one: Seen) -> Iterator[Case]:
    if one.audited.replies or one.audited.handed_on is not None:
        yield Case(one.audited.handovers, inferred=one.audited.handed_on is None)


def _repeats(one: Seen) -> Iterator[Case]:
    if one.audited.customer and one.audited.opened:
        yield Case(float(one.audited.id in one.contacts.repeats))


DEFINITIONS = (
    Definition(
        id="contacts",
        title="Conversations",
        meaning="Conversations of every kind, with a reply or without.",
        unit="count",
        measure=lambda _: [Case(1)],
        lacking="there is no conversation",
    ),
    Definition(
        id="resolution",
        title="Resolved",
        meaning="Conversations that ended solved, out of those of which it is known.",
        unit="share",
        measure=_resolved,
        lacking="no conversation tells whether it was solved",
        better="more",
        principle="fcr-85",
        inferred=_SOLVED,
    ),
    Definition(
        id="first-contact-resolution",
        title="First contact resolution",
        meaning="Conversations that ended solved with no transfer, no escalation and no further contact of the same "
        "customer on the same topic in the days that count, out of all first contacts of which it is known whether "
        "they were solved.",
        unit="share",
        measure=_at_first_contact,
        lacking="no first contact tells whether it was solved",
        better="more",
        principle="fcr-85",
        target=Target(0.85, "least"),
        inferred=f"{_SOLVED}. Who has no customer's key is taken not to have come back",
    ),
    Definition(
        id="escalations",
        title="Escalated",
        meaning="Conversations that an agent took to a manager or a higher tier, out of all that had a reply.",
        unit="share",
        measure=conversations(lambda one: one.replies > 0, lambda one: one.escalated),
        lacking="no conversation has a reply of an agent",
        better="less",
        principle="escalate-10",
        target=Target(0.10, "most"),
        inferred="the agent's words, such as \"I'm escalating this to our second line\"",
    ),
    Definition(
        id="transfers",
        title="Transfers",
        meaning="How often a conversation was handed to another person or team, on average over all that had a reply, "
        "or whose export says how often.",
        unit="per conversation",
        measure=_handovers,
        lacking="no conversation has a reply of an agent",
        better="less",
        principle="one-stop",
        inferred="changes of the agent's name, or the words of handing on, where the export does not say",
    ),
    Definition(
        id="repeat-contacts",
        title="Repeat contacts",
        meaning="Conversations opened by a customer who had opened another on the same topic in the days before that "
        "count (7 unless set otherwise), out of all that have a customer's key and a time. Conversations without a "
        "topic count as being on one and the same.",
        unit="share",
        measure=_repeats,
        lacking="no conversation has both a customer's key and a time",
        better="less",
        principle="call-backs",
        inferred="the customer's key and the topic",
    ),
)
