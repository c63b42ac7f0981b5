"""What a word that was typed amiss, or not to its end, was meant to be."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from assist.language.slips import Spelling
from assist.retrieval.words import words

_LETTERS = re.compile(r"(?<!['’])\b[^\W\d_]{5,40}\b(?!['’])")
SHORTEST_START = 2
"""Fewer letters than this are no beginning of a word."""


class Vocabulary:
    """The words that plays use; each play is given as its utterances."""

    def __init__(self, said: Iterable[Sequence[str]]) -> None:
        self._counts = Counter(word for texts in said for text in texts for word in words(text))
        self._words = sorted(self._counts)
        self._spelling = Spelling(self._counts)

    def mend(self, text: str) -> str:
        """A text with its slips mended to words that the plays use."""
        return _LETTERS.sub(lambda word: self._mended(word[0]), text)

    def _mended(self, word: str) -> str:
        mended = self._spelling.mend(word.lower())
        return word if mended == word.lower() else mended

    def complete(self, text: str) -> str:
        """A text whose last word is still being typed, with the commonest word that begins so."""
        head, space, start = text.rpartition(" ")
        start = start.lower()
        if len(start) < SHORTEST_START or start in self._counts:
            return text
        first, end = bisect_left(self._words, start), bisect_left(self._words, f"{start}\U0010ffff")
        return f"{head}{space}{max(self._words[first:end], key=self._counts.__getitem__, default=start)}"
