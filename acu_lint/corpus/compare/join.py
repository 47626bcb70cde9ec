"""All pairs of unit vectors whose cosine reaches a threshold: every one, and no other.

A product of all vectors with all is quadratic, and nearly all of it is spent on words that every article has. So
words are ordered from rare to frequent, and of each vector only the *prefix* is multiplied: the part up to the place
where the norm of the rest is at most τ, less than the threshold θ (Bayardo, Ma, Srikant, "Scaling up all pairs
similarity search", WWW 2007; the bound by norms is that of Anastasiu and Karypis, "L2AP", ICDE 2014).

No pair is missed. Let the prefixes of x and y end before the ranks p and q, and p ≤ q (else exchange the two). All
words of y below p are in its prefix, as are those of x, so

    x·y = Σ_{t<p} x_t y_t + Σ_{t≥p} x_t y_t ≤ prefix(x)·prefix(y) + ‖x from p‖ ‖y from p‖        (Cauchy and Schwarz)

and the last term is at most τ·1. A pair whose prefixes have no word in common therefore has a cosine of τ < θ at most,
and is never seen. Of the others, a pair is kept where the right side, with the two norms as they are, reaches θ; it
costs one look-up each. None is invented, because the cosines of those that are left are computed in full.

Memory: the vectors, their prefixes, and for each thread one block of a product of at most ``_ENTRIES``
entries, 12 bytes each and as much again while it is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from acu_lint.corpus.compare.similarity import cosines

_ENTRIES = 12_000_000  # of one block of a product
_PREFIX = 0.8  # τ as a share of θ: more makes the product cheaper and leaves more pairs to look at
_SLACK = 1e-9  # equal vectors have a cosine of 1 up to rounding
_VERIFIED = 4_000  # pairs at a time

Ints = NDArray[np.int64]


class Pairs(NamedTuple):
    """Rows ``one`` < ``two`` and their ``cosine``, sorted by rows."""

    one: Ints
    two: Ints
    cosine: NDArray[np.float64]


def all_pairs(vectors: Any, threshold: float, *, jobs: int = 2, split: int | None = None) -> Iterator[Pairs]:
    """Yield the pairs of rows of a sparse matrix of unit (or empty) vectors whose cosine is ``threshold`` or more.

    They come in parts, in order. ``jobs`` threads work at it (products of sparse matrices release the interpreter).
    With ``split`` only rows before it are paired with rows from it on.
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"a threshold is above 0 and at most 1, not {threshold}")
    join = _Join(vectors.tocsr(), threshold, split)
    with ThreadPoolExecutor(jobs) as pool:
        yield from (pairs for pairs in pool.map(join.block, join.blocks()) if len(pairs.one))


class _Join:
    def __init__(self, vectors: Any, threshold: float, split: int | None) -> None:
        self._first, self._last = split or 0, vectors.shape[0] if split is None else split
        self._threshold, self._left = threshold - _SLACK, _PREFIX * threshold
        self._rows = vectors = _rare_first(vectors)
        rest = _rest(vectors)
        kept = rest > self._left**2
        ends = np.concatenate([[0], np.cumsum(kept)])[vectors.indptr]
        self._prefixes = _matrix(vectors.data[kept], vectors.indices[kept], ends, vectors.shape)
        # The first word after each prefix (its rank; past the last one where nothing is left), and the norm from there.
        cut = vectors.indptr[:-1] + np.diff(ends)
        whole = cut == vectors.indptr[1:]
        cut[whole] = 0
        self._cut = np.where(whole, vectors.shape[1], vectors.indices[cut] if vectors.nnz else 0).astype(np.int64)
        self._after = np.where(whole, 0.0, rest[cut] if vectors.nnz else 0.0)
        self._rest = rest[kept]
        owner = np.repeat(np.arange(vectors.shape[0], dtype=np.int64), np.diff(ends))
        self._places = owner * vectors.shape[1] + self._prefixes.indices

    def blocks(self) -> Iterator[tuple[int, int]]:
        """Ranges of rows whose product with all rows has at most ``_ENTRIES`` entries (one row at least)."""
        prefixes = self._prefixes
        shared = np.bincount(prefixes.indices, minlength=prefixes.shape[1])[prefixes.indices]
        most = np.diff(np.concatenate([[0], np.cumsum(shared)])[prefixes.indptr])
        total = np.concatenate([[0], np.cumsum(np.minimum(most, prefixes.shape[0]))])
        start = 0
        while start < self._last:
            end = max(int(np.searchsorted(total, total[start] + _ENTRIES, side="right")) - 1, start + 1)
            yield start, min(end, self._last)
            start = end

    def block(self, bounds: tuple[int, int]) -> Pairs:
        """The pairs of a range of rows with all later ones (of the other part, where there are two)."""
        start, end = bounds
        columns = self._prefixes[start:end].T.tocsr()  # narrow, so that the sums of a row stay in the cache
        others = max(start, self._first)
        product = _from(self._prefixes, others) @ columns
        kept = np.flatnonzero(product.data >= self._threshold - self._left - _SLACK)
        two = np.searchsorted(product.indptr, kept, side="right") - 1 + others
        one, partly = product.indices[kept].astype(np.int64) + start, product.data[kept]
        del product
        later = one < two
        one, two, partly = one[later], two[later], partly[later]
        near = partly + self._most_left(one, two) >= self._threshold
        return self._verified(one[near], two[near])

    def _most_left(self, one: Ints, two: Ints) -> NDArray[np.float64]:
        """The most that two vectors can add to their cosine after the shorter prefix."""
        swapped = self._cut[one] > self._cut[two]
        one, two = np.where(swapped, two, one), np.where(swapped, one, two)
        at = np.searchsorted(self._places, two * self._prefixes.shape[1] + self._cut[one])
        beyond = at >= self._prefixes.indptr[two + 1]
        at[beyond] = 0
        others = np.where(beyond, self._after[two], self._rest[at])
        left: NDArray[np.float64] = np.sqrt(self._after[one] * others)
        return left

    def _verified(self, one: Ints, two: Ints) -> Pairs:
        order = np.lexsort((two, one))
        one, two = one[order], two[order]
        parts = [slice(at, at + _VERIFIED) for at in range(0, len(one), _VERIFIED)]
        cosine = np.concatenate([np.empty(0), *(cosines(self._rows, one[part], two[part]) for part in parts)])
        kept = cosine >= self._threshold
        return Pairs(one[kept], two[kept], cosine[kept])


def _rare_first(vectors: Any) -> Any:
    """Renumber the columns by the number of rows that have them, rare ones first, and sort each row by it."""
    order = np.argsort(np.bincount(vectors.indices, minlength=vectors.shape[1]), kind="stable")
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    renumbered = sparse.csr_matrix((vectors.data.copy(), rank[vectors.indices], vectors.indptr), shape=vectors.shape)
    renumbered.has_sorted_indices = False
    renumbered.sort_indices()
    return renumbered


def _rest(vectors: Any) -> NDArray[np.float64]:
    """For each entry the squared norm of its row from there on."""
    sums = np.concatenate([[0.0], np.cumsum(vectors.data**2)])
    rest: NDArray[np.float64] = np.repeat(sums[vectors.indptr[1:]], np.diff(vectors.indptr)) - sums[:-1]
    np.maximum(rest, 0.0, out=rest)
    return rest


def _matrix(data: NDArray[np.float64], indices: NDArray[np.int32], indptr: Ints, shape: tuple[int, int]) -> Any:
    matrix = sparse.csr_matrix((data, indices, indptr.astype(indices.dtype)), shape=shape)
    matrix.has_sorted_indices = True
    return matrix


def _from(matrix: Any, start: int) -> Any:
    """The rows from ``start`` on, without a copy."""
    at = matrix.indptr[start]
    shape = matrix.shape[0] - start, matrix.shape[1]
    return sparse.csr_matrix((matrix.data[at:], matrix.indices[at:], matrix.indptr[start:] - at), shape=shape)
