"""The index of a library of plays: from what was said to the answers that fit, best first, or none."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp
from typing import NamedTuple

import bm25s
import numpy as np
from numpy.typing import NDArray

from assist.meaning import Floats
from assist.playbooks import Play
from assist.retrieval.fit import CAREFUL, FITS, QUICK, Signals, confidence
from assist.retrieval.sentences import Sentences, unit
from assist.retrieval.space import Space, middles
from assist.retrieval.vocabulary import Vocabulary
from assist.retrieval.words import chunks, features, stems

CANDIDATES = 200
"""How many plays are looked at closely."""
NEARNESS = 10.0
"""How much more a nearer utterance counts: `exp(NEARNESS * likeness)`."""
WORDS: dict[bool, float] = {True: 0.4, False: 1.5}
"""How much the words count beside the vectors: little beside the transformer's, much beside static ones."""
REMEMBERED = 128
FEW = 3
"""A search of so few words is for a play that has all of them, whatever else it means."""
FALL = 0.7
"""How fast the score falls behind the best answer's."""
MET_SHOWN = 5


class Said(NamedTuple):
    """Something that was said, and how much it counts. `typed` is what an agent looks for, its last word perhaps unfinished."""

    text: str
    weight: float = 1.0
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A play that fits: `score` is from 0 to 1, `met` are the words that it was found by, most telling first."""

    play: Play
    score: float
    met: tuple[str, ...]


class _Read(NamedTuple):
    """A sentence as the index reads it: its place in the space, and how near it is to each play."""

    vector: Floats
    stems: list[str]
    middle: Floats
    words: Floats


class PlayIndex:
    """Finds plays; `vectors` has a row for each of `utterances`, play by play.

    `words` is the index of their words, where one was kept. Make it with `assist.retrieval.library.load`.
    """

    def __init__(
        self, plays: Sequence[Play], vectors: Floats, sentences: Sentences, words: bm25s.BM25 | None = None
    ) -> None:
        self.plays = tuple(plays)
        self._sentences = sentences
        self._said = [utterances(play) for play in plays]
        self._ends = np.cumsum([0, *map(len, self._said)])
        self._weights = CAREFUL if sentences.careful else QUICK
        self._words_count = WORDS[sentences.careful]
        self._known: OrderedDict[str, _Read] = OrderedDict()
        if plays:
            owners = np.repeat(np.arange(len(plays)), np.diff(self._ends))
            self._space = Space.of(vectors, owners)
            turned = self._space.turned(vectors)
            self._middles = unit(middles(turned, owners))
            self._turned = turned.astype(np.float16)
            self.words = words or word_index(self._said)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the plays."""
        return Vocabulary(self._said)

    def search(self, said: Iterable[Said], count: int = 3, least: float = FITS) -> list[Match]:
        """The plays that fit what was said, best first, at most `count`; none where the best is below `least`."""
        asked = [(part, self._read(part)) for part in said if part.text.strip()] if self.plays else []
        if not asked:
            return []
        candidates = self._candidates([read for _, read in asked])
        total = np.zeros(len(candidates), dtype=np.float32)
        sure: list[tuple[float, _Read]] = []
        for part, read in asked:
            near = self._near(read, candidates)
            own = near.argmax()
            chance = self._confidence(read, int(candidates[own]))
            weight = part.weight * (max(chance, 0.5) if part.typed else chance)
            total += weight * near
            sure.append((weight, read))
        total /= sum(weight for weight, _ in sure) or 1.0
        order = np.argsort(-total, kind="stable")[:count]
        best = int(candidates[order[0]])
        score = max(self._confidence(read, best) for _, read in asked)
        if score < least:
            return []
        text = " ".join(part.text for part, _ in asked)
        return [
            Match(
                play=self.plays[number := int(candidates[place])],
                score=score * exp(FALL * float(total[place] - total[order[0]])),
                met=tuple(self.vocabulary.shared(text, number)[:MET_SHOWN]),
            )
            for place in order
        ]

    def _read(self, said: Said) -> _Read:
        """What was said, with its slips mended; remembered."""
        text = self.vocabulary.mend(self.vocabulary.complete(said.text) if said.typed else said.text)
        if text in self._known:
            self._known.move_to_end(text)
            return self._known[text]
        vector = self._space.turned(unit(self._sentences.vectors(chunks(text)).mean(axis=0)))
        asked = [feature for feature in features(text) if feature in self.words.vocab_dict]
        words = self.words.get_scores(asked) if asked else np.zeros(len(self.plays), dtype=np.float32)
        read = self._known[text] = _Read(vector, stems(text), self._middles @ vector, words)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return read

    def _candidates(self, asked: Sequence[_Read]) -> NDArray[np.int64]:
        """The plays that are worth a closer look: those that any sentence comes near to."""
        if len(self.plays) <= CANDIDATES:
            return np.arange(len(self.plays))
        near = [_standard(read.middle) + self._words_count * _standard(read.words) for read in asked]
        return np.unique(np.concatenate([np.argpartition(-one, CANDIDATES)[:CANDIDATES] for one in near]))

    def _near(self, read: _Read, candidates: NDArray[np.int64]) -> Floats:
        """How near a sentence is to each candidate: by its middle, by its utterances, and by its words."""
        starts, ends = self._ends[candidates], self._ends[candidates + 1]
        rows = np.concatenate([np.arange(start, end) for start, end in zip(starts, ends, strict=True)])
        likeness = np.exp(NEARNESS * (self._turned[rows].astype(np.float32) @ read.vector))
        counts = ends - starts
        sums = np.add.reduceat(likeness, np.cumsum([0, *counts[:-1]]))
        by_utterances = np.log(sums / np.sqrt(counts))
        return np.asarray(
            _standard(read.middle[candidates])
            + _standard(by_utterances)
            + self._words_count * _standard(read.words[candidates]),
            dtype=np.float32,
        )

    def _confidence(self, read: _Read, play: int) -> float:
        """How sure it is that a play answers a sentence."""
        met = self.vocabulary.met(read.stems, play)
        if met == 1.0 and len(read.stems) <= FEW:
            return 1.0
        return confidence(self.signals(read, play, met), self._weights)

    def signals(self, read: _Read, play: int, met: float) -> Signals:
        own = self._turned[self._ends[play] : self._ends[play + 1]].astype(np.float32)
        return Signals(float((own @ read.vector).max()), float(read.middle[play]), met)


def utterances(play: Play) -> list[str]:
    """What a play is found by: its title, and the things that customers say."""
    return [play.title, *play.asks]


def word_index(said: Iterable[Sequence[str]]) -> bm25s.BM25:
    """The words of plays, each given as its utterances, for scoring by BM25 (Robertson and Zaragoza, 2009)."""
    made = bm25s.BM25(k1=1.5, b=0.75)
    made.index([[feature for text in texts for feature in features(text)] for texts in said], show_progress=False)
    return made


def _standard(scores: Floats) -> Floats:
    """Scores with mean 0 and spread 1, so that those of different kinds can be added."""
    return np.asarray((scores - scores.mean()) / (scores.std() + 1e-9), dtype=np.float32)
