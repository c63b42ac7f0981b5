"""How sure it is that a play answers at all: "nothing fits" is an answer, too."""

from math import exp
from typing import NamedTuple

FITS = 0.2
"""The confidence from which on a play is offered."""


class Signals(NamedTuple):
    """What speaks for a play: the likeness of its nearest utterance and of their middle, from -1 to 1, and how much of
    what was asked its words meet, from 0 to 1, rare words counting more.
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


CAREFUL = Weights(6.0, 9.0, 1.0, -7.0)
QUICK = Weights(3.0, 5.0, 3.0, -5.0)


def confidence(signals: Signals, weights: Weights) -> float:
    """The chance, from 0 to 1, that the play answers, by logistic regression over the signals."""
    odds = sum(weight * signal for weight, signal in zip(weights, signals, strict=False)) + weights.start
    return 1 / (1 + exp(-odds))
