"""How long customers wait: for the first reply, for each reply, for the end."""

from collections.abc import Iterator

from assist.audit.figures.definition import Case, Definition, Seen
from assist.audit.records import Said

_FIRST = (
    "from the customer's opening to the first reply of a person. The opening is when the export says that the "
    "conversation was opened, or else the customer's first message; where an agent wrote before them, it is that "
    "message, too. Automatic replies do not count as replies, and the time with a bot counts as waiting. A call is "
    "timed from when it came in to the agent's first words, and left out where the export does not say when that was"
)
_EACH = "from the customer's first message that nobody had answered to the reply; messages sent in one go are one reply"
_END = "from opening to close, or from the first to the last message, of the conversations that ended solved"
_SOLVED = "the words, where the export does not say whether it was solved"


def _first(one: Seen) -> Iterator[Case]:
    if one.audited.first_response is None:
        return
    answer = next(said for said in one.audited.messages if said.reply and _answers(one, said))
    if answer.at:
        yield Case(one.wait(answer.at, one.audited.first_response), agent=answer.agent)


def _answers(one: Seen, reply: Said) -> bool:
    """Whether a reply is the one that the first response is measured to."""
    before = one.audited.messages[: reply.number - 1]
    return one.audited.medium == "voice" or any(said.role == "customer" and not said.note for said in before)


def _in_time(one: Seen) -> Iterator[Case]:
    limit = one.terms.limits.get(one.audited.medium)
    if limit is not None:
        yield from (case._replace(value=float(case.value <= limit)) for case in _first(one))


def _each(one: Seen) -> Iterator[Case]:
    for said in one.audited.messages:
        if said.waited is not None and said.at:
            yield Case(one.wait(said.at, said.waited), agent=said.agent)


def _resolution(one: Seen) -> Iterator[Case]:
    seconds = one.audited.resolution
    if one.audited.resolved and seconds is not None and one.audited.closed:
        yield Case(one.wait(one.audited.closed, seconds), inferred=one.audited.solved is None)


DEFINITIONS = (
    Definition(
        id="first-response-median",
        title="First response time, median",
        meaning=f"Half of the first replies came faster than this: {_FIRST}.",
        unit="seconds",
        measure=_first,
        middle="median",
        lacking="no first reply to a customer has a time",
        better="less",
        principle="answer-30s",
        timed=True,
    ),
    Definition(
        id="first-response-p90",
        title="First response time, nine in ten",
        meaning="Nine in ten first replies came no later than this; they are timed as for the median.",
        unit="seconds",
        measure=_first,
        middle="p90",
        lacking="no first reply to a customer has a time",
        better="less",
        principle="answer-30s",
        timed=True,
    ),
    Definition(
        id="first-response-in-time",
        title="First replies within the limit",
        meaning="First replies that came within the limit of their medium (unless set otherwise, 30 seconds in chat "
        "and on the phone), out of all first replies in a medium that has one.",
        unit="share",
        measure=_in_time,
        lacking="no first reply has a time in a medium that has a limit",
        better="more",
        principle="answer-30s",
        timed=True,
    ),
    Definition(
        id="response-median",
        title="Response time, median",
        meaning=f"Half of all replies to a waiting customer came faster than this: {_EACH}.",
        unit="seconds",
        measure=_each,
        middle="median",
        lacking="no reply to a customer has a time",
        better="less",
        timed=True,
    ),
    Definition(
        id="response-p90",
        title="Response time, nine in ten",
        meaning="Nine in ten replies to a waiting customer came no later than this; they are timed as for the median.",
        unit="seconds",
        measure=_each,
        middle="p90",
        lacking="no reply to a customer has a time",
        better="less",
        timed=True,
    ),
    Definition(
        id="resolution-time-median",
        title="Resolution time, median",
        meaning=f"Half of what was solved took less than this: {_END}.",
        unit="seconds",
        measure=_resolution,
        middle="median",
        lacking="no conversation that ended solved has times",
        better="less",
        inferred=_SOLVED,
        timed=True,
    ),
    Definition(
        id="resolution-time-p90",
        title="Resolution time, nine in ten",
        meaning=f"Nine in ten of what was solved took no longer than this: {_END}.",
        unit="seconds",
        measure=_resolution,
        middle="p90",
        lacking="no conversation that ended solved has times",
        better="less",
        inferred=_SOLVED,
        timed=True,
    ),
)
