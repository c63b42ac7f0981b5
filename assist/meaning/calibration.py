"""From scores to confidence: what each label's scores are worth, and from where on they count."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from assist.meaning.files import reading
from assist.meaning.labels import LABELS
from assist.meaning.vectors import Floats

FIRM = 0.9
"""From this confidence on a meaning weighs as much as a phrase; below it weighs a step less."""


class Scale(BaseModel):
    """How one label's log odds become calibrated ones, and the confidence from which it is found.

    `threshold` is None for a label that its model does not tell surely enough to be used.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    screen: float
    judge: float = 0.0
    shift: float
    threshold: float | None


_UNUSED = Scale(screen=0.0, shift=0.0, threshold=None)


class Scales(NamedTuple):
    """The scales of all labels as arrays; `threshold` is above 1 for a label that is not used."""

    screen: Floats
    judge: Floats
    shift: Floats
    threshold: Floats
    gate: Floats

    @classmethod
    def of(cls, scales: Mapping[str, Scale], gates: Mapping[str, float]) -> "Scales":
        """The scales by label, in the order of the labels; the gate of a label that is not used is never passed."""
        rows = [scales.get(label, _UNUSED) for label in LABELS]
        used = [row.threshold is not None for row in rows]
        parts = [
            [row.screen for row in rows],
            [row.judge for row in rows],
            [row.shift for row in rows],
            [2.0 if row.threshold is None else row.threshold for row in rows],
            [gates.get(label, np.inf) if use else np.inf for label, use in zip(LABELS, used, strict=True)],
        ]
        return cls(*(np.array(part, dtype=np.float32) for part in parts))

    def confidence(self, screened: Floats, judged: Floats | None) -> Floats:
        """Calibrated confidence from the scores of the models: [sentences, labels].

        Where the judge was not asked, it is 0 for the labels that need it.
        """
        odds = self.screen * screened + self.shift
        if judged is None:
            return np.where(self.judge > 0, np.float32(0), _probability(odds))
        return _probability(odds + self.judge * judged)

    def finds(self, screened: Floats, judged: Floats | None) -> NDArray[np.bool_]:
        """Where the confidence is enough."""
        return np.asarray(self.confidence(screened, judged) >= self.threshold)

    def sure(self, screened: Floats, judged: Floats | None) -> Floats:
        """The confidence where it is enough, and 0 elsewhere."""
        confidence = self.confidence(screened, judged)
        return np.where(confidence >= self.threshold, confidence, np.float32(0))


def _probability(odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)


class Calibration(BaseModel):
    """What `meaning.json` holds: the lexicon it was fitted on, and the scales by label.

    `gate` is the screen's score from which the judge is asked, by label; `fast` are the scales for the screen
    alone, `full` for both.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    lexicon: str
    labels: tuple[str, ...] = LABELS
    gate: Mapping[str, float]
    fast: Mapping[str, Scale]
    full: Mapping[str, Scale]

    @classmethod
    def load(cls, path: Path) -> "Calibration":
        """The calibration from its file; raises DataError for one that is damaged or of other labels."""
        with reading(path):
            made = cls.model_validate_json(path.read_bytes())
            if made.labels != LABELS:
                raise ValueError("other labels")
        return made

    def save(self, path: Path) -> None:
        """Write it, to be read by people too."""
        path.write_text(self.model_dump_json(indent=1) + "\n", encoding="utf-8")
