"""How customers in trouble were met: the apology, and what came before it."""

from collections.abc import Iterator

from assist.audit.figures.definition import Case, Definition, Seen, conversations

_WORDS = "the words of customer and agent"
_NO_DUE = "no complaint was found that a reply came to"


def _asked_first(one: Seen) -> Iterator[Case]:
    if one.audited.apology_due:
        yield Case(float(any(noted.timing == "before-apology" for noted in one.noted)), inferred=True)


DEFINITIONS = (
    Definition(
        id="complaints",
        title="Complaints",
        meaning="Conversations in which a customer reported a failure, other than a slip of their own, or was upset, "
        "or an agent apologised for a failure, out of all in which a customer wrote.",
        unit="share",
        measure=conversations(lambda one: one.customer_messages > 0, lambda one: one.complaint),
        lacking="no customer wrote",
        inferred=_WORDS,
    ),
    Definition(
        id="apologies",
        title="Apologies where due",
        meaning="Conversations in which an agent sincerely apologised, out of those in which one was due: a failure "
        "or a bad mood stood, a reply came, and nobody had said sorry before.",
        unit="share",
        measure=conversations(lambda one: one.apology_due, lambda one: one.apology_reply is not None),
        lacking=_NO_DUE,
        better="more",
        principle="apology",
        inferred=_WORDS,
    ),
    Definition(
        id="apologies-at-once",
        title="Apologies in the first reply",
        meaning="Conversations in which the very first reply to the complaint apologised, out of those in which an "
        "apology was due.",
        unit="share",
        measure=conversations(lambda one: one.apology_due, lambda one: one.apology_reply == 1),
        lacking=_NO_DUE,
        better="more",
        principle="apology",
        inferred=_WORDS,
    ),
    Definition(
        id="apologies-taken-up",
        title="Apologies taken up",
        meaning="Conversations in which the customer accepted the apology or began to work along, out of those in "
        "which an apology was due and made.",
        unit="share",
        measure=conversations(lambda one: one.apology_reply is not None, lambda one: one.taken_up),
        lacking="no apology that was due was made",
        better="more",
        principle="apology",
        inferred=_WORDS,
    ),
    Definition(
        id="dypii-first",
        title="Did you plug it in, before sorry",
        meaning="Conversations in which a rudimentary question came before any apology, out of those in which an "
        "apology was due.",
        unit="share",
        measure=_asked_first,
        lacking=_NO_DUE,
        better="less",
        principle="dypii",
        inferred=_WORDS,
    ),
    Definition(
        id="won-back",
        title="Won back",
        meaning="Conversations whose customer was upset before the first reply to them, and neither upset nor leaving "
        "when they last spoke, or saying then that it was solved, out of all that began upset and had a reply.",
        unit="share",
        measure=conversations(lambda one: one.upset_at_start and one.replies > 0, lambda one: not one.upset_at_close),
        lacking="no customer was upset at the start and had a reply",
        better="more",
        principle="baseline",
        inferred="the customer's words",
    ),
    Definition(
        id="told-twice",
        title="Asked to tell it twice",
        meaning="Conversations in which an agent asked for what the customer had already told, out of all that had a "
        "reply.",
        unit="share",
        measure=conversations(lambda one: one.replies > 0, lambda one: one.repeat_requests > 0),
        lacking="no conversation has a reply of an agent",
        better="less",
        principle="hand-over",
        inferred=_WORDS,
    ),
)
