"""All articles of an index at once: their vectors as one matrix, and the pairs among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from acu_lint.corpus.boilerplate import Shared
from acu_lint.corpus.compare.join import all_pairs
from acu_lint.corpus.compare.passages import PASSAGE
from acu_lint.corpus.compare.similarity import cosines, term_counts, unit_vectors
from acu_lint.corpus.extract import every_long

if TYPE_CHECKING:
    from acu_lint.corpus.index.store import Store

_AT_ONCE = 4_000  # pairs whose cosines are computed together

Ints = NDArray[np.int64]


class Table:
    """The articles of an index, a row each in the order of their names; too short ones are empty.

    ``boilerplate`` are the blocks that are left out of the comparison. How rare a word is, whole articles say.
    """

    def __init__(self, store: Store, boilerplate: Sequence[Shared]) -> None:
        self._store, self._boilerplate = store, boilerplate
        articles = sorted(store.vectors(), key=lambda article: article.path)
        self.names = [article.path for article in articles]
        self._ids = np.array([article.id for article in articles], np.int64)
        whole = term_counts(article.terms for article in articles)
        compared = self._without_boilerplate(whole)
        short = np.asarray(compared.sum(axis=1)).ravel() < PASSAGE
        compared.data[np.repeat(short, np.diff(compared.indptr))] = 0
        self._vectors = unit_vectors(whole, compared)

    def pairs(self, threshold: float, *, most: int, jobs: int) -> Iterator[tuple[int, int, float]]:
        """Yield rows and cosine of all pairs from ``threshold`` on, and of those that may share a passage, in order.

        The latter share a long fingerprint that at most ``most`` articles have.
        """
        parts = [*all_pairs(self._vectors, threshold, jobs=jobs)]
        one = np.concatenate([np.empty(0, np.int64), *(part.one for part in parts)])
        two = np.concatenate([np.empty(0, np.int64), *(part.two for part in parts)])
        cosine = np.concatenate([np.empty(0), *(part.cosine for part in parts)])
        low, high = self._sharing(most, one * len(self.names) + two)
        each = [slice(at, at + _AT_ONCE) for at in range(0, len(low), _AT_ONCE)]
        cosine = np.concatenate([cosine, *(cosines(self._vectors, low[part], high[part]) for part in each)])
        one, two = np.concatenate([one, low]), np.concatenate([two, high])
        for at in np.lexsort((two, one)).tolist():
            yield int(one[at]), int(two[at]), float(cosine[at])

    def _sharing(self, most: int, known: Ints) -> tuple[Ints, Ints]:
        """Rows of the pairs that share a long fingerprint outside of boilerplate and are not ``known``."""
        left_out = set().union(*(every_long(shared.around) for shared in self._boilerplate))
        found = self._store.pairs_sharing_long(most, left_out)
        order = np.argsort(self._ids)
        rows = [order[np.searchsorted(self._ids, ids, sorter=order)] for ids in (found.one, found.two)]
        keys = np.minimum(*rows) * len(self.names) + np.maximum(*rows)
        keys = keys[~np.isin(keys, known)]
        return keys // max(len(self.names), 1), keys % max(len(self.names), 1)

    def _without_boilerplate(self, whole: Any) -> Any:
        """The counts of words without those of boilerplate, in a matrix of its own."""
        if not self._boilerplate:
            return whole.copy()
        number = {shared.block: at for at, shared in enumerate(self._boilerplate)}
        blocks = (
            [number[key] for key, _ in self._store.blocks_of(article) if key in number]
            for article in self._ids.tolist()
        )
        has = _matrix(map(Counter, blocks), len(number))
        ids = self._store.term_ids({word for shared in self._boilerplate for word in shared.words})
        words = _matrix(
            (Counter(ids[word] for word in shared.words if word in ids) for shared in self._boilerplate), whole.shape[1]
        )
        compared = (whole - has @ words).tocsr()
        np.maximum(compared.data, 0, out=compared.data)
        return compared


def _matrix(rows: Iterator[Counter[int]], columns: int) -> Any:
    """A sparse matrix of counts."""
    every = [*rows]
    ends = np.cumsum([0, *map(len, every)])
    indices = np.fromiter((column for row in every for column in row), np.int64)
    data = np.fromiter((count for row in every for count in row.values()), np.float64)
    return sparse.csr_matrix((data, indices, ends), shape=(len(every), columns))
