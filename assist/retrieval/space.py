"""The vectors of a library's utterances, turned so that what its plays differ in counts more than what they share."""

from typing import NamedTuple

import numpy as np

from assist.meaning import Floats
from assist.retrieval.sentences import unit

SHRINKAGE = 0.3
"""How far the spread within plays is taken to be alike in every direction, since few utterances tell it."""
POWER = 0.25
"""How much of that spread is evened out: 0.5 would be all of it."""


class Space(NamedTuple):
    """Where the utterances lie around, and how they are turned."""

    mean: Floats
    turn: Floats

    @classmethod
    def of(cls, vectors: Floats, owners: np.ndarray) -> "Space":
        """The space of utterances, [utterances, width], of which the owners are plays, numbered from 0.

        The spread of the utterances of one play around their middle is noise: directions in which it is large are
        made to count less. It is within-class whitening (Hatch and Stolcke, 2006), shrunk as by Ledoit and Wolf
        and at half its power, which held best at 3 to 15 utterances a play.
        """
        middle = vectors.mean(axis=0)
        within = vectors - middles(vectors, owners)[owners]
        spread = within.T @ within / max(len(vectors) - owners.max() - 1, 1)
        even = np.trace(spread) / len(spread)
        if even < 1e-9:
            return cls(middle, np.eye(len(spread), dtype=np.float32))
        spread = (1 - SHRINKAGE) * spread + SHRINKAGE * even * np.eye(len(spread))
        sizes, axes = np.linalg.eigh(spread)
        return cls(middle, np.asarray(axes * (sizes / even) ** -POWER @ axes.T, dtype=np.float32))

    def turned(self, vectors: Floats) -> Floats:
        """The vectors in this space, at length 1."""
        return unit((vectors - self.mean) @ self.turn)


def middles(vectors: Floats, owners: np.ndarray) -> Floats:
    """The mean vector of each owner: [owners, width]; the rows of one owner stand together."""
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    counts = np.diff([*starts, len(owners)])
    return np.asarray(np.add.reduceat(vectors, starts, axis=0) / counts[:, None], dtype=np.float32)
