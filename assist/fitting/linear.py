"""Logistic regression for many labels at once, near weights that are known already."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack

from assist.meaning.screen import BUCKETS, buckets
from assist.meaning.vectors import Floats

ITERATIONS = 150
FEWER = 50
"""Iterations that are enough for weights that start near their place."""


class Weights(NamedTuple):
    """`matrix` is [features, labels], `bias` is [labels]."""

    matrix: Floats
    bias: Floats


def hashed(wordings: tuple[str, ...]) -> csr_matrix:
    """The hashed words of each sentence as the screen counts them: [sentences, buckets]."""
    found = [buckets(words) for words in wordings]
    starts = np.cumsum([0, *(len(places) for places in found)])
    values = np.concatenate([np.full(len(places), 1 / np.sqrt(len(places) or 1)) for places in found])
    return csr_matrix((values.astype(np.float32), np.concatenate(found), starts), shape=(len(found), BUCKETS))


def beside(dense: Floats, sparse: csr_matrix) -> csr_matrix:
    """Both kinds of features, in one table."""
    return hstack([csr_matrix(dense), sparse], format="csr", dtype=np.float32)


def fit(
    features: Any,  # noqa: ANN401  dense or sparse, [units, features]
    meant: Floats,
    weights: Floats,
    *,
    near: Weights | None = None,
    looseness: float = 1.0,
) -> Weights:
    """The weights that tell what is meant and stay near `near`, or near nothing.

    `looseness` is the variance that a weight has around where it starts: the larger, the closer the fit to the
    units, and the farther from `near`. The bias stays that of `near`, for a few units do not say how common a label is.
    """
    shape = features.shape[1], meant.shape[1]
    start = near or Weights(np.zeros(shape, dtype=np.float32), _common(meant, weights))
    across = features.T.tocsr() if hasattr(features, "tocsr") else features.T
    base = features @ start.matrix + start.bias

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        moved = flat.astype(np.float32).reshape(shape[0] + 1, shape[1])
        odds = base + features @ moved[:-1] + moved[-1]
        losses = np.logaddexp(0, odds) - meant * odds
        slopes = weights * (1 / (1 + np.exp(-odds)) - meant)
        bias = slopes.sum(axis=0, keepdims=True) * (near is None)
        gradient = np.vstack([across @ slopes + moved[:-1] / looseness, bias])
        total = float((weights * losses).sum() + (moved[:-1] ** 2).sum() / (2 * looseness))
        return total, gradient.astype(np.float64).ravel()

    found = minimize(
        loss,
        np.zeros((shape[0] + 1) * shape[1]),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": FEWER if near else ITERATIONS},
    )
    moved = found.x.astype(np.float32).reshape(shape[0] + 1, shape[1])
    return Weights(start.matrix + moved[:-1], start.bias + moved[-1])


def _common(meant: Floats, weights: Floats) -> Floats:
    """How common each label is, as log odds."""
    share = ((meant * weights).sum(axis=0) + 0.5) / (weights.sum(axis=0) + 1.0)
    return np.asarray(np.log(share / (1 - share)), dtype=np.float32)
