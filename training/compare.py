"""`python -m training.compare`: what each layer gives on examples that it was not taught, as a Markdown table.

Goes by `evidence.npz`, which the training leaves in this folder.
"""

from pathlib import Path

import numpy as np

from assist.data import shipped
from assist.meaning import LABELS, SAID, Calibration
from assist.meaning.calibration import Scales

EVIDENCE = Path(__file__).parent / "evidence.npz"
HALF = 0.5
COLUMNS = [LABELS.index(label) for label in SAID]


def main() -> None:
    """Print the table."""
    with np.load(EVIDENCE) as stored:
        parts = dict(stored)
    calibration = Calibration.load(shipped("models") / "meaning.json")
    fast, full = Scales.of(calibration.fast, {}), Scales.of(calibration.full, calibration.gate)
    screen, judge = parts["screen_seen"], parts["judge_seen"]
    everyday_screen, everyday_judge = parts["screen_everyday"], parts["judge_everyday"]
    passed, everyday_passed = _passed(full, screen), _passed(full, everyday_screen)
    rows = {
        "screen, not taught the everyday turns, from 0.5 on": (
            _half(fast, parts["bare_seen"]),
            _half(fast, parts["bare_everyday"]),
        ),
        "screen, from 0.5 on": (_half(fast, screen), _half(fast, everyday_screen)),
        "screen, from its thresholds on (`--fast`)": (fast.finds(screen, None), fast.finds(everyday_screen, None)),
        "judge, from 0.5 on": (judge >= 0, everyday_judge >= 0),
        "both, from their thresholds on, every sentence judged": (
            full.finds(screen, judge),
            full.finds(everyday_screen, everyday_judge),
        ),
        "both, and only what the screen lets through": (
            full.finds(screen, judge) & passed,
            full.finds(everyday_screen, everyday_judge) & everyday_passed,
        ),
    }
    print("| what | precision | recall | everyday sentences of agents found |\n| --- | --- | --- | --- |")
    for name, (found, everyday) in rows.items():
        print(_row(name, found, everyday, parts["meant"], parts["known"]))
    share = everyday_passed.mean()
    print(f"\nlet through to the judge: {passed.mean():.1%} of the examples, {share:.1%} of everyday sentences")


def _row(name: str, found: np.ndarray, everyday: np.ndarray, meant: np.ndarray, known: np.ndarray) -> str:
    hits = (found & meant & known)[:, COLUMNS].sum()
    precision = hits / max((found & known)[:, COLUMNS].sum(), 1)
    recall = hits / (meant & known)[:, COLUMNS].sum()
    return f"| {name} | {precision:.3f} | {recall:.3f} | {everyday[:, COLUMNS].any(axis=1).mean():.2%} |"


def _half(scales: Scales, screen: np.ndarray) -> np.ndarray:
    return np.asarray(scales.confidence(screen, None) >= HALF)


def _passed(scales: Scales, screen: np.ndarray) -> np.ndarray:
    return np.asarray((screen >= scales.gate).any(axis=1, keepdims=True))


if __name__ == "__main__":
    main()
