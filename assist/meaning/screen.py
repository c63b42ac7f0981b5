"""The screen: a linear model over a sentence's static vector and its words, in microseconds."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from assist.meaning.files import arrays
from assist.meaning.labels import LABELS
from assist.meaning.vectors import Floats, Vectors

BUCKETS = 2**14


def buckets(sentence: str) -> NDArray[np.int64]:
    """Where the words of a sentence, alone, in pairs and skipping one, fall among the hashed features."""
    words = ["^", *sentence.split(), "$"]
    pairs = [f"{a} {b}" for a, b in pairwise(words)]
    skips = [f"{a} _ {b}" for a, b in zip(words, words[2:], strict=False)]
    found = {crc32(feature.encode()) % BUCKETS for feature in (*words[1:-1], *pairs, *skips)}
    return np.fromiter(found, dtype=np.int64, count=len(found))


class Screen:
    """Weights over a vector and over hashed words: [labels] scores as log odds, not yet calibrated."""

    def __init__(self, vectors: Vectors, dense: Floats, hashed: Floats, bias: Floats) -> None:
        self.vectors = vectors
        self.dense = dense
        self.hashed = hashed
        self.bias = bias

    @classmethod
    def load(cls, vectors: Vectors, path: Path) -> "Screen":
        """The screen fitted last, from its file; raises DataError for one that is damaged."""
        labels = len(LABELS)
        parts = arrays(path, dense=(vectors.width, labels), hashed=(BUCKETS, labels), bias=(labels,))
        return cls(vectors, *(part.astype(np.float32) for part in parts))

    def save(self, path: Path) -> None:
        """Write the weights, at half precision."""
        dense, hashed, bias = (part.astype(np.float16) for part in (self.dense, self.hashed, self.bias))
        np.savez_compressed(path, dense=dense, hashed=hashed, bias=bias)

    def scores(self, sentences: Sequence[str]) -> Floats:
        """The log odds of each label: [sentences, labels]."""
        made = self.vectors.embed(sentences) @ self.dense + self.bias
        for row, sentence in zip(made, sentences, strict=True):
            found = buckets(sentence)
            row += self.hashed[found].sum(axis=0) / np.sqrt(len(found) or 1)
        return np.asarray(made, dtype=np.float32)
