"""Which sentences are variants of one another, so that none is tested on what its twin has taught."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from assist.meaning.vectors import Floats

ALIKE = 0.9
BLOCK = 2_000


def groups(vectors: Floats) -> NDArray[np.int32]:
    """A number for each sentence: the same for those joined by a chain of near copies (cosine of 0.9 or more)."""
    rows, columns = np.concatenate([_alike(vectors, at) for at in range(0, len(vectors), BLOCK)]).T
    joined = csr_matrix((np.ones(len(rows), dtype=bool), (rows, columns)), shape=(len(vectors), len(vectors)))
    return np.asarray(connected_components(joined, directed=False)[1], dtype=np.int32)


def _alike(vectors: Floats, start: int) -> NDArray[np.int64]:
    """The pairs of near copies of which the first stands in the block that begins here."""
    pairs = np.argwhere(vectors[start : start + BLOCK] @ vectors.T >= ALIKE)
    return np.asarray(pairs + np.array([start, 0]))


def folds(of: NDArray[np.int32], count: int, seed: int = 0) -> NDArray[np.int64]:
    """A fold for each sentence, the same for a whole group."""
    return np.random.default_rng(seed).integers(count, size=int(of.max()) + 1)[of]
