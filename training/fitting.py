"""Weights from examples: logistic regression over counts of features, with labels and with a teacher's probabilities.

The solver is liblinear's: it needs no threads and gave the same bytes under different kernels of linear algebra.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

Array = NDArray[np.float64]
_NEVER = -20.0  # logit of what is never said
_LEAST = 0.01  # weight of a row that is worth its time


def matrix(rows: Iterable[Sequence[int]], width: int) -> sparse.csr_matrix:
    """Counts of features, a row a sentence."""
    indices: list[int] = []
    bounds = [0]
    for row in rows:
        indices.extend(number % width for number in row)
        bounds.append(len(indices))
    ones = np.ones(len(indices), np.float32)
    counts = sparse.csr_matrix((ones, np.asarray(indices, np.int32), bounds), shape=(len(bounds) - 1, width))
    counts.sum_duplicates()
    return counts


def fit(  # noqa: PLR0913 -- two kinds of sentences and two numbers
    labelled: sparse.csr_matrix,
    targets: Array,
    taught: sparse.csr_matrix,
    probabilities: Array,
    *,
    strength: float,
    trust: float,
) -> tuple[Array, float]:
    """Weights and bias in logits, from sentences with labels and sentences with a teacher's probabilities.

    ``strength`` is the inverse of the regularisation, ``trust`` what a taught sentence counts against a labelled one:
    each is taken twice, as what it is with p and as what it is not with 1 - p.
    """
    x = sparse.vstack([labelled, taught, taught]).tocsr()
    y = np.concatenate([targets, np.ones(len(probabilities)), np.zeros(len(probabilities))])
    weight = np.concatenate([np.ones(len(targets)), trust * probabilities, trust * (1 - probabilities)])
    kept = weight >= _LEAST * min(trust, 1) if trust else weight > 0
    if len(np.unique(y[kept])) < 2:  # nobody gave the label
        return np.zeros(x.shape[1]), _NEVER
    model = LogisticRegression(C=strength, solver="liblinear", dual=True, tol=0.05, max_iter=1000, random_state=0)
    model.fit(x[kept], y[kept], sample_weight=weight[kept])
    return model.coef_[0], float(model.intercept_[0])


def small(weights: Array, unit: int) -> list[int]:
    """Weights in units, as a byte holds them."""
    return [int(value) for value in np.clip(np.rint(weights * unit), -128, 127)]
