"""Static vectors: a sentence is the mean of its pieces."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from assist.meaning.files import arrays, reading

Floats = NDArray[np.float32]
LONGEST = 64
"""The most pieces of a sentence that are read."""
REMEMBERED = 32_768
"""How many words are remembered."""


class Vectors:
    """A vector for each piece of a vocabulary, shared by all that read sentences.

    Raises DataError for files that are damaged or do not belong together.
    """

    def __init__(self, tokenizer: Path, table: Path) -> None:
        with reading(tokenizer):
            self.tokenizer = Tokenizer.from_file(str(tokenizer))
            self.tokenizer.enable_truncation(LONGEST)
        self._words: dict[str, list[int]] = {}
        self._table: NDArray[np.int8]
        self._scale: Floats
        self._table, self._scale = arrays(table, table=(None, None), scale=(None,))
        with reading(table):
            if not self.tokenizer.get_vocab_size() == len(self._table) == len(self._scale):
                raise ValueError("not one vector for each piece")

    @property
    def width(self) -> int:
        """The length of a vector."""
        return int(self._table.shape[1])

    def pieces(self, sentences: Sequence[str]) -> list[list[int]]:
        """The numbers of the pieces of each sentence."""
        return [[piece for word in text.split(" ") for piece in self._of_word(word)][:LONGEST] for text in sentences]

    def embed(self, sentences: Sequence[str]) -> Floats:
        """A vector of length 1 for each sentence, zero for one without words: [sentences, width]."""
        made = np.zeros((len(sentences), self.width), dtype=np.float32)
        for row, numbers in zip(made, self.pieces(sentences), strict=True):
            if numbers:
                row += self._scale[numbers] @ self._table[numbers].astype(np.float32)
                row /= np.linalg.norm(row) or 1.0
        return made

    def _of_word(self, word: str) -> list[int]:
        """The pieces of a word: none spans a space, and people use few words, so they are cut once and remembered."""
        known = self._words
        if word not in known:
            if len(known) >= REMEMBERED:
                known = self._words = {}  # another thread may still read the old one
            known[word] = self.tokenizer.encode(word, add_special_tokens=False).ids
        return known[word]
