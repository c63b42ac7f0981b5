"""The words of plays: how well each play's words meet what was said, and which words they are."""

from collections.abc import Iterable, Sequence
from math import log
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from assist.meaning import Floats
from assist.retrieval.words import features, stems, words

TELLING = 0.2
"""A word that a larger share of the plays has, like "the", tells nobody why a play was found; one play may have any."""


class WordIndex:
    """Scores plays by BM25 (Robertson and Zaragoza, 2009) over stems and letters three by three, a play a document."""

    def __init__(self, index: bm25s.BM25) -> None:
        self._index = index
        self.count = int(index.scores["num_docs"])

    @classmethod
    def of(cls, said: Iterable[Sequence[str]]) -> "WordIndex":
        """The index of plays, each given as its utterances."""
        index = bm25s.BM25(k1=1.5, b=0.75)
        found = [[feature for text in texts for feature in features(text)] for texts in said]
        if not any(found):
            found[0] = [" "]  # an index of no words at all cannot be made; no text has this one
        index.index(found, show_progress=False)
        return cls(index)

    @classmethod
    def load(cls, folder: Path) -> "WordIndex":
        """The index kept in a folder; raises OSError or ValueError where it cannot be read."""
        return cls(bm25s.BM25.load(folder, load_corpus=False, allow_pickle=False))

    def save(self, folder: Path) -> None:
        """Keep the index in a folder."""
        self._index.save(folder, show_progress=False)

    @property
    def sound(self) -> bool:
        """Whether its arrays belong together; those kept in files may not."""
        parts = self._index.scores
        ends, plays = parts["indptr"], parts["indices"]
        within = not len(plays) or (plays.min() >= 0 and plays.max() < self.count)
        return bool(
            ends[0] == 0 and ends[-1] == len(plays) == len(parts["data"]) and (np.diff(ends) >= 0).all() and within
        )

    def scores(self, text: str) -> Floats:
        """How well the words of each play meet those of a text, the larger the better: [plays]."""
        known = [feature for feature in features(text) if feature in self._index.vocab_dict]
        if not known:
            return np.zeros(self.count, dtype=np.float32)
        return np.asarray(self._index.get_scores(known), dtype=np.float32)

    def met(self, asked: Sequence[str], play: int) -> float:
        """The share of what these stems tell that a play, by its number, has too: from 0 to 1."""
        told = sum(map(self._weight, asked))
        return sum(self._weight(stem) for stem in asked if self._has(play, stem)) / told if told else 0.0

    def shared(self, text: str, play: int) -> list[str]:
        """The words of a text that a play has too, those that tell most first."""
        weights = {
            word: self._weight(stem)
            for word, stem in zip(words(text), stems(text), strict=True)
            if len(self._plays_with(stem)) <= max(1, TELLING * self.count) and self._has(play, stem)
        }
        return sorted(weights, key=lambda word: -weights[word])

    def _weight(self, stem: str) -> float:
        """How much a word tells: the rarer among plays, the more (inverse document frequency)."""
        return log(1 + self.count / (len(self._plays_with(stem)) + 0.5))

    def _has(self, play: int, stem: str) -> bool:
        plays = self._plays_with(stem)
        at = int(plays.searchsorted(play))
        return at < len(plays) and int(plays[at]) == play

    def _plays_with(self, stem: str) -> NDArray[np.int32]:
        """The numbers of the plays that have a stem, in order."""
        column = self._index.vocab_dict.get(stem)
        scores = self._index.scores
        if column is None:
            return np.zeros(0, dtype=np.int32)
        return np.asarray(scores["indices"][scores["indptr"][column] : scores["indptr"][column + 1]])
