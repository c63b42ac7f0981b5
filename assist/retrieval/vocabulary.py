"""The words that a library of plays uses: which are rare, which play has which, and what a slip was meant to be."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from math import log

from assist.language.slips import Spelling
from assist.retrieval.words import stems, words

SHORTEST_START = 2
"""Fewer letters than this are no beginning of a word."""


class Vocabulary:
    """The words of plays: each play given as its utterances."""

    def __init__(self, plays: Sequence[Sequence[str]]) -> None:
        self._stems = [frozenset(stem for text in texts for stem in stems(text)) for texts in plays]
        self._plays = Counter(stem for found in self._stems for stem in found)
        counts = Counter(word for texts in plays for text in texts for word in words(text))
        self._words = sorted(counts)
        self._counts = counts
        self._spelling = Spelling(counts)

    def weight(self, stem: str) -> float:
        """How much a word tells: the rarer among plays, the more (inverse document frequency)."""
        return log(1 + len(self._stems) / (self._plays[stem] + 0.5))

    def met(self, asked: Sequence[str], play: int) -> float:
        """The share of what these stems tell that a play, by its number, has too: from 0 to 1."""
        told = sum(map(self.weight, asked))
        return sum(self.weight(stem) for stem in asked if stem in self._stems[play]) / told if told else 0.0

    def shared(self, text: str, play: int) -> list[str]:
        """The words of a text that a play has too, those that tell most first."""
        found = {word: self.weight(stem) for word, stem in zip(words(text), stems(text), strict=True) if stem in self._stems[play]}
        return sorted(found, key=lambda word: -found[word])

    def mend(self, text: str) -> str:
        """A text with its slips mended to words that the plays use."""
        return " ".join(self._spelling.mend(word) if word.isalpha() else word for word in text.split())

    def complete(self, text: str) -> str:
        """A text whose last word is still being typed, with that word as it may end: the commonest that begins so."""
        head, _, start = text.rpartition(" ")
        start = start.lower()
        if len(start) < SHORTEST_START or start in self._counts:
            return text
        at = bisect_left(self._words, start)
        begun = [word for word in self._words[at : at + 200] if word.startswith(start)]
        return f"{head} {max(begun, key=self._counts.__getitem__)}".strip() if begun else text
