"""Fits the screen."""

import numpy as np

from assist.fitting import linear
from assist.fitting.units import Table
from assist.meaning.screen import Screen
from assist.meaning.vectors import Vectors

LOOSENESS = 4.0


def fit(vectors: Vectors, table: Table, near: Screen | None = None, looseness: float = LOOSENESS) -> Screen:
    """The screen fitted on a table of units; near another one, where that is given."""
    features = linear.beside(vectors.embed(table.wordings), linear.hashed(table.wordings))
    start = linear.Weights(np.vstack([near.dense, near.hashed]), near.bias) if near else None
    matrix, bias = linear.fit(features, table.meant, table.weights, near=start, looseness=looseness)
    return Screen(vectors, matrix[: vectors.width], matrix[vectors.width :], bias)
