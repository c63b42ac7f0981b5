"""What the words of a conversation tell of how it went: the apology, the mood, the end."""

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from assist.audit.acts import OPEN, UPSET
from assist.audit.handovers import passes_on
from assist.audit.moments import Moment
from assist.kinds import Reading

LEAST_WORDS = 3
"""A question of fewer words is an echo: `Really?`, `You there?`"""

_NOT_SO = frozenset("no not nothing unfortunately".split())
_THANKS = re.compile(
    r"\b(?:thank(?:s|ed)?(?: you| u)?|thx|ty|cheers|appreciated?|perfect|great|lovely|brilliant|excellent|wonderful)\b"
    r"(?! any ?way)",
    re.IGNORECASE,
)


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
    """The customer's messages that ask or complain and that no reply came to, or only courtesies did.

    Where nobody ever replied, the first message is one, whatever it says. What a bot answered in a chat is none.
    """
    left = _asking(_trailing(moments))
    if moments and not any(moment.review for moment in moments):
        left = [moments[0], *left]
    for place, moment in enumerate(moments):
        if _only_courtesies(moment):
            left += _asking(_trailing(moments[:place]))[-1:]
    return tuple(sorted({one.exchange.parts[0].number for one in left if not one.exchange.bot_next}))


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


def _content(moments: Sequence[Moment], last: Sequence[Moment]) -> bool:
    """Whether a customer ends with thanks; or, where they were never upset, wants nothing more when asked."""
    if _shows(last, OPEN):
        return False
    words = [moment.exchange.turn.text for moment in last]
    if _shows(last, frozenset({"solved", "praises"})) or any(_THANKS.search(one) for one in words):
        return True
    place = moments.index(last[0])
    asked = place > 0 and "asks-anything-else" in moments[place - 1].acts
    return asked and not last[-1].after.upset and not any("?" in one for one in words)


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
