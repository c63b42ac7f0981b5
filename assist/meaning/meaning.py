"""The meaning layers together: the screen on every sentence, the judge on those that it lets through."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from assist.lexicon import Lexicon
from assist.meaning.calibration import Calibration, Scales
from assist.meaning.examples import Examples, Near, ToWordings, read_wordings, wordings_of
from assist.meaning.files import Files, refuse_missing
from assist.meaning.labels import LABELS, OF, SAID, Speaker
from assist.meaning.screen import Screen
from assist.meaning.vectors import Floats, Vectors

if TYPE_CHECKING:
    from assist.meaning.judge import Judge

REMEMBERED = 32_768
"""How many sentences are remembered."""
FEWEST_WORDS = 4
"""A sentence of fewer words means too little by itself; only phrases speak of it."""
Layer = Literal["screen", "judge"]


class Meant(NamedTuple):
    """A label that a sentence carries, and how sure that is, from 0 to 1."""

    label: str
    confidence: float


_OF = {speaker: np.array([label in labels for label in LABELS]) for speaker, labels in OF.items()}


class Scores(NamedTuple):
    """The calibrated confidence of each label, by the screen alone and with the judge."""

    screen: Mapping[str, float]
    judge: Mapping[str, float] | None

    @property
    def best(self) -> Mapping[str, float]:
        """The confidence that counts: the judge's, where there is one."""
        return self.screen if self.judge is None else self.judge


class Meaning:
    """Reads sentences in plain words; what was read is remembered.

    Made from `files_in` the folders of models. Raises DataError for a file that is missing or cannot be used; the
    files of the judge are opened when it is first asked.
    """

    def __init__(self, files: Files, lexicon: Lexicon, to_wordings: ToWordings, *, fast: bool = False) -> None:
        self.has_judge = not fast and "judge.onnx" in files
        refuse_missing(files, judge=self.has_judge)
        self.calibration = Calibration.load(files["meaning.json"])
        self.vectors = Vectors(files["tokenizer.json"], files["vectors.npz"])
        self.screen = Screen.load(self.vectors, files["screen.npz"])
        stored = read_wordings(files["examples.json"])
        self.examples = Examples(lexicon, wordings_of(lexicon, to_wordings, stored), self.vectors)
        self.files = files
        self._fast = Scales.of(self.calibration.fast, {})
        self._full = Scales.of(self.calibration.full, self.calibration.gate)
        self._read: dict[tuple[str, Speaker], tuple[Meant, ...]] = {}

    @cached_property
    def judge(self) -> "Judge":
        """The judge, loaded when a sentence is first let through."""
        from assist.meaning.judge import Judge  # deferred: its runtime takes as long to load as the rest together

        return Judge.load(self.vectors.tokenizer, self.files["judge.onnx"], self.files["judge-head.npz"])

    def read(self, wordings: Sequence[str], speaker: Speaker) -> tuple[tuple[Meant, ...], ...]:
        """What each sentence means, surest first."""
        read = self._read  # another thread may put a new one in its place
        new = [words for words in dict.fromkeys(wordings) if (words, speaker) not in read]
        if new:
            if len(read) + len(new) > REMEMBERED:
                read = {key: read[key] for words in wordings if (key := (words, speaker)) in read}
                self._read = read
            for words, meant in zip(new, self._judged(new, speaker), strict=True):
                read[words, speaker] = meant
        return tuple(read[words, speaker] for words in wordings)

    def scores(self, wording: str, speaker: Speaker) -> Scores:
        """Every label's confidence for one sentence, by the screen alone and with the judge."""
        screened = self.screen.scores([wording])
        by_screen = self._named(self._fast.confidence(screened, None)[0], speaker)
        if not self.has_judge:
            return Scores(by_screen, None)
        return Scores(by_screen, self._named(self._full.confidence(screened, self.judge.scores([wording]))[0], speaker))

    def layers(self, wordings: Sequence[str], label: str) -> set[Layer]:
        """The models that find a label in any of these sentences, each asked by itself."""
        screened, column = self.screen.scores(wordings), LABELS.index(label)
        found: set[Layer] = set()
        if self._fast.finds(screened, None)[:, column].any():
            found.add("screen")
        if self.has_judge and self._full.finds(screened, self.judge.scores(wordings))[:, column].any():
            found.add("judge")
        return found

    def bar(self, label: str) -> float:
        """The confidence from which a label is found; 1 for one that the layers never find."""
        scales = self.calibration.full if self.has_judge else self.calibration.fast
        threshold = scales[label].threshold if label in scales else None
        return 1.0 if threshold is None else threshold

    def knows(self, wording: str, label: str) -> bool:
        """Whether a wording is, word for word, an example of a label."""
        return self.examples.known.get((wording, label), False)

    def nearest(self, wording: str, label: str) -> Near | None:
        """The example of a label that is most like a sentence."""
        return self.examples.nearest(wording, label)

    def _judged(self, wordings: Sequence[str], speaker: Speaker) -> list[tuple[Meant, ...]]:
        screened = self.screen.scores(wordings)
        found: list[dict[str, Meant]] = [{} for _ in wordings]
        scales = self._full if self.has_judge else self._fast
        self._note(found, speaker, scales.sure(screened, None))
        if self.has_judge and (passed := self._let_through(screened, speaker)):
            judged = self.judge.scores([wordings[place] for place in passed])
            self._note([found[place] for place in passed], speaker, scales.sure(screened[passed], judged))
        return [self._by_heart(words, meant, speaker) for words, meant in zip(wordings, found, strict=True)]

    def _let_through(self, screened: Floats, speaker: Speaker) -> list[int]:
        """The sentences in which the screen suspects anything of this speaker."""
        suspects = (screened >= self._full.gate) & _OF[speaker]
        return [int(place) for place in np.flatnonzero(suspects.any(axis=1))]

    def _note(self, found: Sequence[dict[str, Meant]], speaker: Speaker, sure: Floats) -> None:
        """Put down what is sure enough."""
        for row, column in np.argwhere((sure > 0) & _OF[speaker]):
            label = LABELS[column]
            found[row][label] = Meant(label, float(sure[row, column]))

    def _named(self, confidence: Floats, speaker: Speaker) -> dict[str, float]:
        return {label: float(confidence[column]) for column, label in enumerate(LABELS) if label in OF[speaker]}

    def _by_heart(self, wording: str, found: dict[str, Meant], speaker: Speaker) -> tuple[Meant, ...]:
        """What examples settle stands above what the models make of it."""
        known, short = self.examples.known, len(wording.split()) < FEWEST_WORDS
        found = {
            label: meant
            for label, meant in found.items()
            if known.get((wording, label), True) and not (short and label in SAID)
        }
        for label in () if short else self.examples.labels.get(wording, ()):
            if label in OF[speaker]:
                found[label] = Meant(label, 1.0)
        return tuple(sorted(found.values(), key=lambda meant: -meant.confidence))
