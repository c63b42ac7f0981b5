"""`python -m training TRANSCRIPTS.jsonl[.gz] …` makes all files in `models/`, from the lexicon and everyday turns."""

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from assist.analyzer import Analyzer
from assist.cli.inputs import Unreadable, transcripts
from assist.data import shipped
from assist.fitting import groups, screens, units
from assist.fitting.units import Table, Unit
from assist.meaning import LABELS, SAID, Calibration, Screen, Speaker, Vectors
from assist.meaning.examples import digest, wordings_of, write_wordings
from assist.meaning.judge import Judge
from assist.meaning.transformer import Transformer
from assist.workbench import Workbench
from training import base, calibrate, judge, vectors
from training.calibrate import Evidence
from training.compare import EVIDENCE

TAUGHT: dict[Speaker, int] = {"agent": 5_000, "customer": 4_000}
"""How many everyday sentences are taught as background; the others show how often a label is found amiss."""
OWN = "everyday-{}.txt"
FOLDS = 5
"""Parts in which the screen is tested: each by a screen fitted on the others."""
HELD_OUT = 7
"""One part in so many is never taught to the judge; its scores there are what the calibration goes by."""
SEED = 5

say = partial(print, flush=True)


class Everyday(NamedTuple):
    """Everyday sentences: those that are taught, and those that are spared for measuring."""

    taught: list[Unit]
    spared: list[Unit]


def main(paths: list[Path]) -> None:
    """Make every file; raises SystemExit where no transcripts are given, for nothing can be measured without."""
    if not paths:
        raise SystemExit("name the transcripts: python -m training TRANSCRIPTS.jsonl[.gz] …")
    folder = shipped("models")
    vectors.distil(folder)
    judge.export(base.transformer(), folder / "sentences.onnx")
    static = Vectors(folder / "tokenizer.json", folder / "vectors.npz")
    analyzer = Analyzer.of(Workbench.load().lexicon)
    everyday = _everyday(analyzer, paths)
    table = units.table([*units.units(analyzer), *everyday.taught])
    spared = units.table(everyday.spared)
    alike = groups.groups(static.embed(table.wordings))
    say(f"{len(table.wordings)} units in {alike.max() + 1} groups; {len(spared.wordings)} everyday sentences spared")
    screen = _screen(folder, static, table, alike, spared)
    held = groups.folds(alike, HELD_OUT, SEED) == 0
    read = _judge(folder, static, table, held, spared)
    _calibration(analyzer, table, held, spared, screen, read).save(folder / "meaning.json")
    _keep(static, table, held, spared, screen, read)
    write_wordings(folder / "examples.json", wordings_of(analyzer.lexicon, analyzer.wordings, {}))


def _everyday(analyzer: Analyzer, paths: list[Path]) -> Everyday:
    """The sentences of real turns, taken at random, and all of our own."""
    made = Everyday([], [])
    random = np.random.default_rng(SEED)
    for speaker, count in TAUGHT.items():
        own = (Path(__file__).parent / OWN.format(speaker)).read_text(encoding="utf-8").splitlines()
        made.taught.extend(units.background(analyzer, own, speaker))
        real = units.background(analyzer, sorted(set(_turns(paths, speaker))), speaker)
        order = random.permutation(len(real))
        made.taught.extend(real[place] for place in order[:count])
        made.spared.extend(real[place] for place in order[count:])
    return made


def _turns(paths: list[Path], speaker: Speaker) -> Iterator[str]:
    for talk in (talk for path in paths for talk in transcripts(path)):
        if not isinstance(talk, Unreadable):
            yield from (turn.text for turn in talk.turns if turn.role == speaker)


def _screen(folder: Path, static: Vectors, table: Table, alike: np.ndarray, spared: Table) -> Evidence:
    seen = np.zeros_like(table.meant)
    fold = groups.folds(alike, FOLDS)
    for number in range(FOLDS):
        without = screens.fit(static, units.rows(table, fold != number))
        seen[fold == number] = without.scores(units.rows(table, fold == number).wordings)
        say(f"screen, fold {number + 1} of {FOLDS}")
    screens.fit(static, table).save(folder / "screen.npz")
    return Evidence(seen, Screen.load(static, folder / "screen.npz").scores(spared.wordings))


def _judge(folder: Path, static: Vectors, table: Table, held: np.ndarray, spared: Table) -> Evidence:
    reader = judge.train(units.rows(table, ~held), say)
    judge.export(reader.transformer, folder / "judge.onnx")
    head, bias = reader.head.weight.detach().numpy().T, reader.head.bias.detach().numpy()
    Judge(Transformer(static.tokenizer, folder / "judge.onnx"), head, bias).save_head(folder / "judge-head.npz")
    exported = Judge.load(static.tokenizer, folder / "judge.onnx", folder / "judge-head.npz")
    return Evidence(exported.scores(units.rows(table, held).wordings), exported.scores(spared.wordings))


def _calibration(  # noqa: PLR0913
    analyzer: Analyzer, table: Table, held: np.ndarray, spared: Table, screen: Evidence, read: Evidence
) -> Calibration:
    usual = {label: (spared.meant[:, at] > 0) | (spared.weights[:, at] == 0) for at, label in enumerate(LABELS)}
    fast = {label: calibrate.scale(label, table, usual[label], screen) for label in LABELS}
    apart, beside = units.rows(table, held), Evidence(screen.seen[held], screen.everyday)
    full = {
        label: calibrate.scale(label, apart, usual[label], beside, read) if label in calibrate.JUDGED else fast[label]
        for label in LABELS
    }
    full = {label: fast[label] if scale.threshold is None else scale for label, scale in full.items()}
    gate = {
        label: calibrate.gate(label, scale, apart, usual[label], beside, read)
        for label, scale in full.items()
        if scale.judge > 0
    }
    return Calibration(lexicon=digest(analyzer.lexicon.entries.values()), gate=gate, fast=fast, full=full)


def _keep(  # noqa: PLR0913
    static: Vectors, table: Table, held: np.ndarray, spared: Table, screen: Evidence, read: Evidence
) -> None:
    """Leave what `training.compare` goes by: the scores of examples that were not taught, and of everyday sentences."""
    examples = np.array([bool(entry) for entry in table.entries])
    agents = spared.weights[:, LABELS.index(SAID[0])] > 0
    bare = screens.fit(static, units.rows(table, examples & ~held))
    asked = units.rows(table, held & examples)
    np.savez_compressed(
        EVIDENCE,
        meant=asked.meant > 0,
        known=asked.weights >= units.SEEN,
        screen_seen=screen.seen[held & examples],
        screen_everyday=screen.everyday[agents],
        bare_seen=bare.scores(asked.wordings),
        bare_everyday=bare.scores(units.rows(spared, agents).wordings),
        judge_seen=read.seen[examples[held]],
        judge_everyday=read.everyday[agents],
    )


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
