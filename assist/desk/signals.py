"""What a customer's message tells of them, in words that can be read at a glance."""

from collections.abc import Mapping
from typing import Literal

from assist.recovery import Recovery

Mood = Literal["calm", "troubled", "upset", "leaving", "at risk", "content"]

SIGNALS: Mapping[str, str] = {
    "legal-or-safety": "speaks of law or safety",
    "leaving": "wants to leave",
    "rejects-apology": "turns the apology down",
    "upset": "upset",
    "reports-failure": "reports a failure",
    "unsolved": "not solved",
    "solved": "solved",
    "takes-it-up": "takes it up",
    "praises": "praises",
    "own-mistake": "own slip",
}
"""What a customer's act is called, the gravest first."""
GRAVE = frozenset({"legal-or-safety", "leaving", "rejects-apology", "upset"})


def signals(acts: frozenset[str], after: Recovery) -> tuple[str, ...]:
    """The acts of a customer's message that an agent should see, the gravest first.

    `after` is where the recovery stands with that message: what nobody has offered is not taken up.
    """
    known = acts if after.taken_up else acts - {"takes-it-up"}
    return tuple(act for act in SIGNALS if act in known)


def mood(recovery: Recovery) -> Mood:
    """How the customer stands, in a word."""
    if recovery.solved:
        return "content"
    if recovery.at_risk:
        return "at risk"
    if recovery.leaving:
        return "leaving"
    if recovery.upset and recovery.complaint and not recovery.taken_up:
        return "upset"
    return "troubled" if recovery.failure and not recovery.taken_up else "calm"
