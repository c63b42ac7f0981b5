"""How sure it is that a play answers at all: "nothing fits" is an answer, too."""

from math import exp
from typing import NamedTuple

FITS = 0.12
"""The confidence from which on a play is offered."""


class Signals(NamedTuple):
    """What speaks for a play.

    `nearest` is the likeness of its nearest utterance and `middle` that of their middle, from -1 to 1; `met` is how
    much of what was asked its words meet, from 0 to 1, rare words counting more.
    """

    nearest: float
    middle: float
    met: float


class Weights(NamedTuple):
    """What each signal weighs, and where the scale begins."""

    nearest: float
    middle: float
    met: float
    start: float


CAREFUL = Weights(nearest=2.2, middle=6.4, met=1.4, start=-4.3)
"""For the transformer's vectors."""
QUICK = Weights(nearest=0.0, middle=4.3, met=3.4, start=-3.3)
"""For static vectors. Both were fitted by logistic regression on public sets of intents, a quarter of them hidden so
that their questions were those that nothing answers, and on labelled messages for the plays that ship."""


def confidence(signals: Signals, weights: Weights) -> float:
    """The chance, from 0 to 1, that the play answers, by logistic regression over the signals."""
    odds = weights.start + weights.nearest * signals.nearest + weights.middle * signals.middle
    odds += weights.met * signals.met
    return 1 / (1 + exp(-odds))
