"""Fits the meaning layers anew to a lexicon whose examples have changed, starting from what they were."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

from assist.analyzer import Analyzer
from assist.fitting import linear, screens, units
from assist.fitting.units import Table, Unit
from assist.meaning import Meaning, files_in, label_of
from assist.meaning.examples import Wordings, digest, read_wordings, wordings_of, write_wordings
from assist.meaning.judge import Judge

ANCHORS = 4_000
"""How many of the examples that were known before hold the weights in place."""
LOOSENESS = 0.03
"""How far the screen's weights may move, as a variance."""
HEAD_LOOSENESS = 0.0015
"""The same for the judge's head."""


class Change(NamedTuple):
    """A sentence of a new example: whether it means the label, and its confidence before and after.

    From `bar` on the label is found; 1 where the layers never find it.
    """

    entry: str
    label: str
    wording: str
    meant: bool
    before: float
    after: float
    bar: float


def refit(analyzer: Analyzer, meaning: Meaning, into: Path) -> list[Change]:
    """Fit the screen and the judge's head to the lexicon of an analyzer, and write them into a folder.

    Starts from `meaning`; what is not fitted (the vectors, the transformer) stays where it is. Takes half a minute: it
    learns from the new examples and a sample of those known before. Raises OSError where it cannot write.
    """
    stored = read_wordings(meaning.files["examples.json"])
    wordings = wordings_of(analyzer.lexicon, analyzer.wordings, stored)
    new = {name for name, words in wordings.items() if name not in stored or stored[name].digest != words.digest}
    into.mkdir(parents=True, exist_ok=True)
    fresh: list[Unit] = []
    if new:
        found = units.units(analyzer, new | _anchors(wordings, new))
        fresh = [unit for unit in found if unit.entry in new]
        _fit(meaning, units.table(found), into)
    own = digest(analyzer.lexicon.entries.values())
    meaning.calibration.model_copy(update={"lexicon": own}).save(into / "meaning.json")
    write_wordings(into / "examples.json", wordings)
    after = Meaning({**meaning.files, **files_in([into])}, analyzer.lexicon, analyzer.wordings)
    return [_change(analyzer, unit, meaning, after) for unit in fresh]


def _fit(meaning: Meaning, table: Table, into: Path) -> None:
    screens.fit(meaning.vectors, table, meaning.screen, LOOSENESS).save(into / "screen.npz")
    if meaning.has_judge:
        _head(meaning.judge, table).save_head(into / "judge-head.npz")


def _anchors(wordings: Mapping[str, Wordings], new: set[str]) -> set[str]:
    """Entries known before, taken at random until there are examples enough."""
    known = sorted(set(wordings) - new)
    order = [known[place] for place in np.random.default_rng(0).permutation(len(known))]
    counts = np.cumsum([len(wordings[name].flags) + len(wordings[name].passes) for name in order])
    return set(order[: int(np.searchsorted(counts, ANCHORS)) + 1])


def _head(judge: Judge, table: Table) -> Judge:
    vectors = judge.transformer.vectors(table.wordings)
    near = linear.Weights(judge.head, judge.bias)
    return judge.with_head(*linear.fit(vectors, table.meant, table.weights, near=near, looseness=HEAD_LOOSENESS))


def _change(analyzer: Analyzer, unit: Unit, before: Meaning, after: Meaning) -> Change:
    label = label_of(analyzer.lexicon.entries[unit.entry]) or ""
    was, now = (layers.scores(unit.wording, unit.speaker).best.get(label, 0.0) for layers in (before, after))
    meant = unit.told.get(label, (False, 0.0))[0]
    return Change(unit.entry, label, unit.wording, meant, was, now, after.bar(label))
