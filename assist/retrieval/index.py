"""The index of a library of plays: from what was said to the answers that fit, best first, or none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assist.meaning import Floats
from assist.playbooks import Play
from assist.retrieval.fit import CAREFUL, FITS, QUICK, Signals, confidence
from assist.retrieval.lexical import WordIndex
from assist.retrieval.sentences import Sentences, unit
from assist.retrieval.space import Space
from assist.retrieval.usage import LATEST, Use
from assist.retrieval.vocabulary import Vocabulary
from assist.retrieval.words import chunks, request, stems

CANDIDATES = 200
"""How many plays are looked at closely."""
NEARNESS = 16.0
"""How much more a nearer utterance counts: `exp(NEARNESS * likeness)`."""
WORDS: dict[bool, float] = {True: 0.4, False: 1.5}
"""How much the words count beside the vectors: little beside the transformer's, much beside static ones."""
REMEMBERED = 128
"""How many of the sentences that were asked last are kept as read."""
FEW = 3
"""A search of so few words is for a play that has all of them, whatever else it means."""
TYPED_AT_LEAST = 0.5
"""How much what was typed counts even where it seems that nothing answers it."""
SAID_AT_LEAST = 0.01
"""The same for what was said."""
LEARNT = 1.5
"""How much it counts that a play was used after the very same words."""
ALIKE = 0.6
"""Words less like than this are others."""
FALL = 0.7
"""How fast the score falls behind the best answer's."""
MET_SHOWN = 5
"""How many of the words that a play was found by are told."""


class Said(NamedTuple):
    """Something that was said, and how much it counts.

    `typed` is what an agent looks for, its last word perhaps unfinished.
    """

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
    """Finds plays by where their utterances lie and by their words; `assist.retrieval.library.load` makes it."""

    def __init__(self, plays: Sequence[Play], space: Space, words: WordIndex, sentences: Sentences) -> None:
        self.plays = tuple(plays)
        self.space = space
        self.words = words
        self._sentences = sentences
        self._ends = np.cumsum([0, *(len(utterances(play)) for play in plays)])
        self._weights = CAREFUL if sentences.careful else QUICK
        self._words_count = WORDS[sentences.careful]
        self._numbers = {play.id: number for number, play in enumerate(plays)}
        self._used = (np.zeros((0, space.middles.shape[1]), np.float32), np.zeros(0, np.int64))
        self._known: dict[str, _Read] = {}

    @classmethod
    def of(cls, plays: Sequence[Play], vectors: Floats, sentences: Sentences) -> "PlayIndex":
        """The index of plays, at least one; `vectors` has a row for each of their `utterances`, play by play."""
        said = [utterances(play) for play in plays]
        owners = np.repeat(np.arange(len(said)), [len(texts) for texts in said])
        return cls(plays, Space.of(vectors, owners), WordIndex.of(said), sentences)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the plays."""
        return Vocabulary(utterances(play) for play in self.plays)

    def search(self, said: Iterable[Said], count: int = 3, *, least: float = FITS) -> list[Match]:
        """The plays that fit what was said, best first, at most `count`; none where the best is below `least`.

        The latest comes first in `said`: what was said before counts as far as that leaves open what is wanted.
        """
        asked = [(part, self._read(part)) for part in said if part.text.strip()]
        if not asked or count < 1:
            return []
        reads = [read for _, read in asked]
        candidates = self._candidates(reads)
        near = np.stack([self._near(read, candidates) for read in reads])
        weights = self._weights_of(asked, candidates[near.argmax(axis=1)])
        total = weights @ near
        best = int(candidates[total.argmax()])
        score = float(weights @ [self._confidence(part, read, best) for part, read in asked])
        if score < least:
            return []
        total += LEARNT * self._learnt(reads)[candidates]
        order = np.argsort(-total, kind="stable")[:count]
        text = " ".join(part.text for part, _ in asked)
        return [
            Match(
                play=self.plays[number := int(candidates[place])],
                score=score * exp(FALL * float(total[place] - total[order[0]])),
                met=tuple(self.words.shared(text, number)[:MET_SHOWN]),
            )
            for place in order
        ]

    def learn(self, uses: Sequence[Use]) -> None:
        """Remember which plays were used after what; those that are not in this index are passed over."""
        known = [use for use in uses if use.play in self._numbers]
        if known:
            vectors = np.stack([self._vector(request(use.said)) for use in known])
            numbers = np.array([self._numbers[use.play] for use in known])
            before, owners = self._used
            self._used = np.concatenate([before, vectors])[-LATEST:], np.concatenate([owners, numbers])[-LATEST:]

    def _weights_of(self, asked: Sequence[tuple[Said, _Read]], best: Sequence[int]) -> Floats:
        """How much each thing said counts, 1 together: what is surely answered by its own best play, most."""
        weights, left = [], 1.0
        for (said, read), play in zip(asked, best, strict=True):
            chance = self._confidence(said, read, int(play))
            if said.typed:
                weights.append(said.weight * max(chance, TYPED_AT_LEAST))
            else:
                weights.append(said.weight * left * max(chance, SAID_AT_LEAST))
                left *= 1 - chance
        return np.asarray(weights, dtype=np.float32) / sum(weights)

    def _learnt(self, asked: Sequence[_Read]) -> Floats:
        """How like what was said is to what plays were used after: from 0 to 1, for each play."""
        learnt = np.zeros(len(self.plays), dtype=np.float32)
        vectors, numbers = self._used
        for read in asked if len(numbers) else ():
            np.maximum.at(learnt, numbers, (vectors @ read.vector - ALIKE) / (1 - ALIKE))
        return learnt

    def _read(self, said: Said) -> _Read:
        """What was said, with its slips mended; remembered."""
        text = self.vocabulary.mend(self.vocabulary.complete(said.text) if said.typed else request(said.text))
        known = self._known  # another thread may put a new one in its place
        if text in known:
            return known[text]
        if len(known) >= REMEMBERED:
            self._known = known = {}
        vector = self._vector(text)
        read = known[text] = _Read(vector, stems(text), self.space.middles @ vector, self.words.scores(text))
        return read

    def _vector(self, text: str) -> Floats:
        return self.space.bring(unit(self._sentences.vectors(chunks(text)).mean(axis=0)))

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
        likeness = np.exp(NEARNESS * (self.space.turned[rows].astype(np.float32) @ read.vector))
        counts = ends - starts
        sums = np.add.reduceat(likeness, np.cumsum([0, *counts[:-1]]))
        by_utterances = np.log(sums / np.sqrt(counts))
        return np.asarray(
            _standard(read.middle[candidates])
            + _standard(by_utterances)
            + self._words_count * _standard(read.words[candidates]),
            dtype=np.float32,
        )

    def _confidence(self, said: Said, read: _Read, play: int) -> float:
        """How sure it is that a play answers what was said."""
        met = self.words.met(read.stems, play)
        if said.typed and met == 1.0 and len(read.stems) <= FEW and self.words.shared(" ".join(read.stems), play):
            return 1.0
        return confidence(self._signals(read, play, met), self._weights)

    def _signals(self, read: _Read, play: int, met: float) -> Signals:
        own = self.space.turned[self._ends[play] : self._ends[play + 1]].astype(np.float32)
        return Signals(float((own @ read.vector).max()), float(read.middle[play]), met)


def utterances(play: Play) -> list[str]:
    """What a play is found by: its title, and the things that customers say."""
    return [play.title, *play.asks]


def _standard(scores: Floats) -> Floats:
    """Scores with mean 0 and spread 1, so that those of different kinds can be added."""
    return np.asarray((scores - scores.mean()) / (scores.std() + 1e-9), dtype=np.float32)
