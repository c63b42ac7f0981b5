"""Where the service recovery stands, folded over the turns of a conversation."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from assist.conversation import Turn
from assist.kinds import Reading
from assist.recovery.facts import Fact, facts_in
from assist.recovery.names import name_told, names_given, own_names

Stage = Literal["calm", "reported", "apologised", "taken-up", "solved"]
ReadTurn = Callable[[Turn], Reading | None]


MOOD_LASTS = 1
"""Replies after which a bad mood without a failure counts as gone."""

FOLLOWS_UP = frozenset({"follow-up", "appreciation", "something-extra"})
"""What an agent does for a customer whose problem is solved, so that it stays so."""

_ASKS_NAME = re.compile(r"\b(?:your|full|first|last|sur) ?name\b|\bname,? please", re.IGNORECASE)


class Promise(NamedTuple):
    """What an agent has promised, in their words, and when it was to be."""

    words: str
    by: str
    at: datetime | None


class Recovery(Struct, frozen=True):
    """The state of a service recovery before the next reply.

    `failure` says that one was reported, or that an agent has apologised for one in plain words; `upset` is the
    customer's mood; `apologised` says that an agent has apologised sincerely; `taken_up` that the
    customer has accepted it or begun to work along; `mended` that an agent has said what they have
    done about it; `solved` that the customer has said so. `names` are in lower case, as given;
    `heard` are the customer's words; `replies_since_complaint` counts the agent's turns since then.
    `waiting` are the customer's messages since the agent last spoke. `together` says that an agent has gone on after
    an apology was taken up, `followed_up` that they have come back to a problem that was solved. `kept` is how many
    of the promises, the first ones, have been made good.
    """

    failure: bool = False
    upset: bool = False
    apologised: bool = False
    taken_up: bool = False
    mended: bool = False
    solved: bool = False
    leaving: bool = False
    at_risk: bool = False
    agent_turns: int = 0
    customer_turns: int = 0
    facts: tuple[Fact, ...] = ()
    names: tuple[str, ...] = ()
    agent_names: frozenset[str] = frozenset()
    promises: tuple[Promise, ...] = ()
    waiting: tuple[str, ...] = ()
    waiting_acts: frozenset[str] = frozenset()
    last_agent: Reading | None = None
    asked_name: bool = False
    extra_given: bool = False
    told_words: int = 0
    heard: frozenset[str] = frozenset()
    replies_since_complaint: int = 0
    together: bool = False
    followed_up: bool = False
    kept: int = 0

    @property
    def open_promises(self) -> tuple[Promise, ...]:
        """What was promised and not yet said to be done."""
        return self.promises[self.kept :]

    @property
    def complaint(self) -> bool:
        """Whether there is anything to recover from: a failure, or a bad mood not yet answered."""
        return self.failure or (self.upset and self.replies_since_complaint <= MOOD_LASTS)

    @property
    def stage(self) -> Stage:
        """The furthest step that the recovery has reached."""
        if self.solved:
            return "solved"
        if not self.complaint:
            return "calm"
        if self.taken_up:
            return "taken-up"
        return "apologised" if self.apologised else "reported"

    def given(self, *kinds: str) -> Fact | None:
        """The latest fact of any of these kinds that the customer has given."""
        return next((fact for fact in reversed(self.facts) if fact.kind in kinds), None)


def fold(turns: Iterable[Turn], read: ReadTurn, start: Recovery | None = None) -> Recovery:
    """The recovery after these turns; `read` gives the reading of a customer's or agent's turn."""
    recovery = start or Recovery()
    for turn in turns:
        reading = read(turn)
        if reading is None:
            continue
        if turn.role == "customer":
            recovery = _after_customer(recovery, turn, reading)
        else:
            recovery = _after_agent(recovery, turn, reading)
    return recovery


def _after_customer(before: Recovery, turn: Turn, reading: Reading) -> Recovery:
    acts = reading.act_names
    failure = before.failure or _reports(before, acts)
    soured = bool(acts & {"upset", "rejects-apology", "leaving"})
    complains = soured or _reports(before, acts) or (failure and "unsolved" in acts)
    taken_up = before.apologised and (before.taken_up or _takes_up(before, turn, acts))
    reopened = bool(acts & {"reports-failure", "unsolved"})
    given = names_given(turn.text)
    if before.asked_name and not given:
        given = name_told(turn.text)
    called = tuple((turn.name or "").lower().split())
    return replace(
        before,
        failure=failure,
        upset=before.upset or "upset" in acts or "rejects-apology" in acts,
        taken_up=taken_up and not soured,
        solved=("solved" in acts and "unsolved" not in acts) or (before.solved and not reopened),
        mended=before.mended and not reopened,
        leaving=before.leaving or "leaving" in acts,
        at_risk=before.at_risk or "legal-or-safety" in acts,
        customer_turns=before.customer_turns + 1,
        facts=(*before.facts, *facts_in(turn.text)),
        names=tuple(dict.fromkeys((*called, *before.names, *given))),
        waiting=(*before.waiting, turn.text),
        waiting_acts=before.waiting_acts | acts,
        asked_name=False,
        replies_since_complaint=0 if complains else before.replies_since_complaint,
        heard=before.heard.union(reading.passage.words),
        followed_up=before.followed_up and not reopened,
        kept=len(before.promises) if "solved" in acts and "unsolved" not in acts else before.kept,
        told_words=before.told_words + len(reading.passage.words),
    )


def _reports(before: Recovery, acts: frozenset[str]) -> bool:
    """Whether a message reports a failure that is not the customer's own slip."""
    if "own-mistake" in acts:
        return False
    return "reports-failure" in acts or ("unsolved" in acts and before.customer_turns == 0)


def _takes_up(before: Recovery, turn: Turn, acts: frozenset[str]) -> bool:
    """Whether a customer takes an apology up: by their words, or by answering what came with it."""
    if acts & {"upset", "rejects-apology", "leaving"}:
        return False
    if acts & {"takes-it-up", "solved"}:
        return True
    asked = before.last_agent is not None and any(sentence.question for sentence in before.last_agent.passage.sentences)
    answered = not turn.text.rstrip().endswith("?") and not acts & {"reports-failure", "unsolved"}
    apologised_then = before.last_agent is not None and "sincere-apology" in before.last_agent.act_names
    return asked and answered and apologised_then


def _after_agent(before: Recovery, turn: Turn, reading: Reading) -> Recovery:
    acts = reading.act_names
    apologises = "sincere-apology" in acts
    owns = any(act.act == "sincere-apology" for act in reading.worded_acts)
    own = own_names(turn.text)
    if turn.name:
        own |= frozenset(part.lower() for part in turn.name.split())
    return replace(
        before,
        failure=before.failure or (owns and before.customer_turns > 0),
        apologised=before.apologised or apologises,
        mended=before.mended or "done-now" in acts,
        extra_given=before.extra_given or "something-extra" in acts,
        agent_turns=before.agent_turns + 1,
        replies_since_complaint=before.replies_since_complaint + 1,
        agent_names=before.agent_names | own,
        promises=(*before.promises, *_promises(turn, reading)),
        waiting=(),
        waiting_acts=frozenset(),
        last_agent=reading,
        asked_name=bool(_ASKS_NAME.search(turn.text)),
        together=before.together or before.taken_up,
        followed_up=before.followed_up or (before.solved and bool(acts & FOLLOWS_UP)),
        kept=len(before.promises) if "done-now" in acts else before.kept,
    )


def _promises(turn: Turn, reading: Reading) -> Iterable[Promise]:
    times = {act.sentence: turn.text[slice(*act.span)] for act in reading.acted("gives-timeline")}
    # Several phrases may meet one sentence, which is still one promise.
    for number in dict.fromkeys(act.sentence for act in reading.acted("promises-action")):
        sentence = reading.passage.sentences[number]
        yield Promise(turn.text[slice(*sentence.span)], times.get(number, ""), turn.at)
