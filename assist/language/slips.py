"""Slips of the keyboard: a word that is no English word, brought back to one the lexicon uses."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from rapidfuzz.distance import OSA

from assist.language.dictionary import english_words

SHORTEST = 5
SUBSTITUTION_FROM = 8
TWO_SLIPS_FROM = 10
REMEMBERED = 50_000


class Spelling:
    """Mends a slip in a word, by length, so that one real word never passes for another.

    From five letters a letter may be missing, doubled or swapped with its neighbour; from eight
    one may be another letter; from ten there may be two slips. Short words are left alone.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._vocabulary = frozenset(vocabulary)
        self._mended: dict[str, str] = {}

    @cached_property
    def _near(self) -> dict[tuple[str, int], list[str]]:
        """The words that a slip may be mended to, by first letter and length."""
        near: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for word in sorted(self._vocabulary):
            if len(word) >= SHORTEST and word.isalpha():
                near[word[0], len(word)].append(word)
        return near

    def mend(self, word: str) -> str:
        """The word of the vocabulary that this one was meant to be, or the word itself."""
        if word in self._vocabulary or len(word) < SHORTEST:
            return word
        mended = self._mended.get(word)
        if mended is None:
            if len(self._mended) >= REMEMBERED:
                self._mended.clear()
            mended = self._mended[word] = self._nearest(word)
        return mended

    def _nearest(self, word: str) -> str:
        if not word.isalpha() or word in english_words():
            return word
        allowed = 2 if len(word) >= TWO_SLIPS_FROM else 1
        best, best_distance = word, allowed + 1
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            for near in self._near.get((word[0], length), ()):
                distance = OSA.distance(word, near, score_cutoff=allowed)
                if distance < best_distance and _plausible(word, near, distance):
                    best, best_distance = near, distance
        return best


def _plausible(word: str, near: str, distance: int) -> bool:
    """Whether a slip of this size is one that fingers make in a word of this length."""
    shorter = min(len(word), len(near))
    if shorter < SHORTEST - 1 or distance > shorter // 4:
        return False
    return shorter >= SUBSTITUTION_FROM or sorted(word) == sorted(near) or len(word) != len(near)
