"""What the words of a conversation tell of how it went: the apology, the mood, the end."""

from collections.abc import Sequence
from itertools import pairwise, takewhile

from assist.audit.handovers import passes_on
from assist.audit.moments import OPEN, UPSET, Moment
from assist.kinds import Reading

LEAST_WORDS = 3
"""A question of fewer words is an echo: `Really?`, `You there?`"""

_NOT_SO = frozenset("no not nothing unfortunately".split())
_CONTENT = frozenset({"takes-it-up", "solved", "praises"})


def apology(moments: Sequence[Moment]) -> tuple[bool, int | None]:
    """Whether an apology was due, and which reply to the complaint made it: 1 for the first, None for none."""
    due = 0
    for moment in moments:
        if moment.review is None or moment.before.apologised or not (due or moment.before.complaint):
            continue
        due += 1
        if moment.after.apologised:
            return True, due
    return due > 0, None


def upset_at_start(moments: Sequence[Moment]) -> bool:
    """Whether the customer was upset before the first reply to them."""
    said = [moment for moment in moments if moment.review is None or moment.before.customer_turns]
    return _shows(list(takewhile(lambda moment: moment.review is None, said)), UPSET)


def upset_at_close(moments: Sequence[Moment]) -> bool:
    """Whether the customer was upset, or leaving, when they last spoke, and did not say that it was put right."""
    last = last_heard(moments)
    return _shows(last, UPSET | {"leaving"}) and not _shows(last, frozenset({"solved"}))


def solved(moments: Sequence[Moment]) -> bool | None:
    """Whether the words say that it ended solved; None where they do not tell.

    Yes where the customer says so, or where they end content, or an agent says that it is done, and nothing is left to
    recover. No where a complaint, a promise or a request is left open, or they end upset.
    """
    last = last_heard(moments)
    if not last:
        return None
    end = moments[-1].after
    if end.solved:
        return True
    content = _content(moments, last)
    if upset_at_close(moments) or unanswered(moments) or (end.complaint and not (content and end.mended)):
        return False
    if content or "done-now" in moments[-1].acts:
        return not end.open_promises
    return None


def unanswered(moments: Sequence[Moment]) -> tuple[int, ...]:
    """The customer's messages that ask or complain and that no reply came to, or only courtesies did."""
    left = _asking([moment for moment in _trailing(moments) if moment.review is None])
    if not left and moments and not any(moment.review for moment in moments):
        left = [moments[0]]
    passed_over = [moment for moment in moments if moment.review and _only_courtesies(moment)]
    for reply in passed_over:
        left = [*_asking(_heard_before(moments, reply))[-1:], *left]
    return tuple(sorted({moment.exchange.parts[0].number for moment in left}))


def handovers(moments: Sequence[Moment]) -> int:
    """How often somebody else took over: changes of the agent's name, or replies that hand the customer on."""
    names = [moment.agent for moment in moments if moment.agent]
    changes = sum(one != next_one for one, next_one in pairwise(names))
    said = sum(1 for moment in moments if moment.reading and passes_on(moment.reading))
    return max(changes, said)


def timeline(moments: Sequence[Moment]) -> bool:
    """Whether an agent said by when, in a reply since the customer last had something to complain of."""
    open_since = max((place for place, one in enumerate(moments) if one.review is None and one.acts & OPEN), default=0)
    return any(_says_when(moment.reading) for moment in moments[open_since:] if moment.reading)


def last_heard(moments: Sequence[Moment]) -> list[Moment]:
    """What the customer said last, in one go."""
    spoken = list(moments)
    while spoken and spoken[-1].review is not None:
        spoken.pop()
    return _trailing(spoken)


def _says_when(reading: Reading) -> bool:
    """Whether a reply says when something will happen; a refusal, a question and a rule of the house do not."""
    sentences = reading.passage.sentences
    return any(
        not sentences[act.sentence].question
        and not reading.says("policy-wall", act.sentence)
        and _NOT_SO.isdisjoint(reading.wordings[act.sentence].split())
        for act in reading.acted("gives-timeline")
    )


def _trailing(moments: Sequence[Moment]) -> list[Moment]:
    last = list(takewhile(lambda moment: moment.review is None, reversed(moments)))
    return last[::-1]


def _heard_before(moments: Sequence[Moment], reply: Moment) -> list[Moment]:
    return _trailing(list(takewhile(lambda moment: moment is not reply, moments)))


def _content(moments: Sequence[Moment], last: Sequence[Moment]) -> bool:
    """Whether a customer ends with thanks, or wants nothing more when asked."""
    if _shows(last, OPEN):
        return False
    before = moments[moments.index(last[0]) - 1] if moments[0] is not last[0] else None
    wants_no_more = before is not None and "asks-anything-else" in before.acts
    return _shows(last, _CONTENT) or (wants_no_more and not any("?" in one.exchange.turn.text for one in last))


def _shows(moments: Sequence[Moment], acts: frozenset[str]) -> bool:
    return any(moment.acts & acts for moment in moments)


def _asking(moments: Sequence[Moment]) -> list[Moment]:
    if _shows(moments, frozenset({"solved"})):
        return []
    return [moment for moment in moments if moment.acts & OPEN or _asks(moment.exchange.turn.text)]


def _asks(text: str) -> bool:
    return "?" in text and len(text.split()) >= LEAST_WORDS


def _only_courtesies(moment: Moment) -> bool:
    return moment.review is not None and any(finding.category == "unanswered" for finding in moment.review.findings)
