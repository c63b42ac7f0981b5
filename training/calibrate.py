"""From scores on sentences that a model has not seen to confidence, thresholds and gates."""

from typing import Literal, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from assist.fitting.units import SEEN, Table
from assist.meaning import LABELS, SAID, Scale
from assist.meaning.calibration import Scales

Group = Literal["said", "costly", "failure", "kind"]
"""What a label that is found amiss leads to: a finding, a finding by way of a check, or a finding let off."""

COSTLY = frozenset(
    "promises-action closes asks-anything-else asks-rating requests-information "
    "upset unsolved rejects-apology leaving legal-or-safety".split()
)
PRECISION: dict[Group, float] = {"said": 0.95, "costly": 0.93, "failure": 0.92, "kind": 0.9}
"""The precision asked of a label on unseen examples."""
RATE: dict[Group, float] = {"said": 5e-4, "costly": 3e-4, "failure": 4e-3, "kind": 5e-3}
"""The most everyday sentences in which a label may be found that the phrases do not see there.

It is larger for failures: read by eye, most of what was found at that rate in real conversations were failures.
"""
FEWEST = 8
"""So few examples beyond a threshold say nothing of it."""
LEAST = 0.5
"""What is less likely than not is never found."""
JUDGED = frozenset({*SAID, "promises-action", "reports-failure", "upset", "unsolved"})
"""The labels that are worth the judge's time; the screen alone tells the others."""
LET_THROUGH = 0.95
"""The share of what both models together find that the screen should let through."""
ASKED = 0.01
"""The most everyday sentences in which the judge is asked about any one label."""


class Evidence(NamedTuple):
    """Scores of one model: `seen` of units by models that have not seen them, `everyday` of real sentences."""

    seen: np.ndarray
    everyday: np.ndarray


def scale(label: str, table: Table, usual: np.ndarray, screen: Evidence, judge: Evidence | None = None) -> Scale:
    """How one label's scores become confidence.

    `usual` are the everyday sentences that say nothing of it: another speaker's, and those that phrases see it in.
    """
    column = LABELS.index(label)
    known = table.weights[:, column] > 0
    meant, weights = table.meant[known, column] > 0, table.weights[known, column]
    models = [model for model in (judge, screen) if model is not None]
    scores = np.stack([model.seen[known, column] for model in models], axis=1)
    if meant.sum() < FEWEST:
        return Scale(screen=1.0, shift=0.0, threshold=None)
    fitted = LogisticRegression(C=1.0).fit(scores, meant, sample_weight=weights)
    factors = [round(max(float(factor), 0.0), 4) for factor in fitted.coef_[0]]
    by = dict(zip(["judge", "screen"] if judge else ["screen"], factors, strict=True))
    made = Scale(shift=round(float(fitted.intercept_[0]), 4), threshold=None, **by)
    scales = Scales.of({label: made}, {})
    sure = scales.confidence(screen.seen[known], judge.seen[known] if judge else None)[:, column]
    new = scales.confidence(screen.everyday[~usual], judge.everyday[~usual] if judge else None)[:, column]
    return made.model_copy(
        update={"threshold": _threshold(_group(label), sure, np.where(meant, weights, -weights), new)}
    )


def gate(  # noqa: PLR0913
    label: str, scale: Scale, table: Table, usual: np.ndarray, screen: Evidence, judge: Evidence
) -> float:
    """The screen's score from which the judge is asked about a label; `usual` as for `scale`."""
    column = LABELS.index(label)
    meant = (table.weights[:, column] >= SEEN) & (table.meant[:, column] > 0)
    seen = screen.seen[meant, column]
    found = seen[Scales.of({label: scale}, {}).finds(screen.seen[meant], judge.seen[meant])[:, column]]
    lowest = float(np.quantile(found if len(found) else seen, 1 - LET_THROUGH))
    return round(max(lowest, float(np.quantile(screen.everyday[~usual, column], 1 - ASKED))), 3)


def _group(label: str) -> Group:
    if label in SAID:
        return "said"
    if label == "reports-failure":
        return "failure"
    return "costly" if label in COSTLY else "kind"


def _threshold(group: Group, sure: np.ndarray, weights: np.ndarray, new: np.ndarray) -> float | None:
    """The lowest confidence that is precise enough and rare enough among everyday sentences.

    `weights` are those of the units, below zero where the label is not meant.
    """
    order = np.argsort(-sure)
    right, found = np.cumsum(np.maximum(weights[order], 0)), np.cumsum(np.abs(weights[order]))
    precise = (right / found >= PRECISION[group]) & (right >= FEWEST)
    if not precise.any():
        return None
    lowest = float(sure[order][np.flatnonzero(precise).max()])
    rare = float(np.quantile(new, 1 - RATE[group]))
    return round(min(max(lowest, rare, LEAST) + 1e-4, 1.0), 4)
