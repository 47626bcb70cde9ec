"""Exact cosines of sublinear TF-IDF; the only module that imports scikit-learn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

# Entries of one product of the matrix with a part of itself: about 12 bytes each, and as much again
# while it is made, so that a comparison takes some 100 MB besides the matrix however many articles.
_BLOCK = 4_000_000
_SLACK = 1e-9  # equal articles have a cosine of 1 up to rounding

Near = dict[int, list[tuple[int, float]]]


class Vectors:
    """One unit vector per article: words, sublinear term frequency, smoothed idf, no stop words dropped.

    Measured on texts that people reworded (Clough and Stevenson's corpus), single words part copies from
    free answers best at a cosine of 0.3; pairs of words and stop lists need a lower threshold and tell
    no more apart.
    """

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        vectorizer = TfidfVectorizer(analyzer=lambda words: words, sublinear_tf=True)
        self._matrix: Any = vectorizer.fit_transform(texts)
        self._step = max(_BLOCK // max(len(texts), 1), 1)

    def pairs(self, threshold: float) -> Near:
        """Map each row to the later rows whose cosine with it reaches ``threshold``."""
        found: Near = {}
        for start in range(0, self._matrix.shape[0], self._step):
            rows = np.arange(start, min(start + self._step, self._matrix.shape[0]))
            for row, other, cosine in self._block(rows, threshold, first=start):
                if row < other:
                    found.setdefault(row, []).append((other, cosine))
        return {row: sorted(near) for row, near in found.items()}

    def near(self, rows: Sequence[int], threshold: float) -> Near:
        """Map each of ``rows`` to all other rows whose cosine with it reaches ``threshold``."""
        found: Near = {row: [] for row in rows}
        for start in range(0, len(rows), self._step):
            for row, other, cosine in self._block(np.array(rows[start : start + self._step]), threshold):
                if row != other:
                    found[row].append((other, cosine))
        return found

    def _block(self, rows: np.ndarray[Any, Any], threshold: float, first: int = 0) -> Iterator[tuple[int, int, float]]:
        """Yield (row, other row from ``first`` on, cosine) of the pairs that reach the threshold."""
        later = self._matrix[first:] if first else self._matrix  # a slice is a copy
        product = later @ self._matrix[rows].T.tocsr()
        kept = np.flatnonzero(product.data >= threshold - _SLACK)
        others = np.searchsorted(product.indptr, kept, side="right") - 1 + first
        cosines = np.minimum(product.data[kept], 1.0)
        yield from zip(rows[product.indices[kept]].tolist(), others.tolist(), cosines.tolist(), strict=True)
