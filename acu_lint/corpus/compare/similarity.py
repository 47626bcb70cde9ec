"""How alike the words of two articles are: the cosine of their vectors.

The vectors are sublinear TF-IDF, equal to those of scikit-learn's ``TfidfVectorizer(sublinear_tf=True)``.

Words weigh (1 + ln count) · (1 + ln((1 + articles) / (1 + articles that have the word))); no stop words are dropped.
Measured on texts that people reworded (Clough and Stevenson's corpus), single words part copies from free answers
best at a cosine of 0.3; pairs of words and stop lists need a lower threshold and tell no more apart.

Two articles are compared in plain Python, because a check must not load scikit-learn (1.2 s); all articles with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log, sqrt
from typing import TYPE_CHECKING, Any

_DIGITS = 12  # of a cosine: more depend on the order in which products are added

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Vector = Mapping[int, float]  # the hash of each word, and its weight


def idf(having: int, articles: int) -> float:
    """How much a word counts that ``having`` of ``articles`` articles have."""
    return 1.0 + log((1 + articles) / (1 + having))


def unit_vector(counts: Mapping[int, int], weight: Callable[[int], float]) -> Vector:
    """The unit vector of an article, from how often it has each word and how much each word counts."""
    weights = {word: (1.0 + log(count)) * weight(word) for word, count in counts.items() if count > 0}
    norm = sqrt(sum(value * value for value in weights.values()))
    return {word: value / norm for word, value in weights.items()}


def cosine(one: Vector, two: Vector) -> float:
    """The cosine of two unit vectors, 0 … 1."""
    if len(one) > len(two):
        one, two = two, one
    return min(1.0, round(sum(value * two[word] for word, value in one.items() if word in two), _DIGITS))


def term_counts(packed: Iterable[bytes]) -> Any:
    """How often each article (row) has each term (column), a sparse matrix; ``packed`` as the index keeps them."""
    import numpy as np  # noqa: PLC0415 -- a check does without
    from scipy import sparse  # noqa: PLC0415

    rows = list(packed)
    numbers = np.frombuffer(b"".join(rows), np.uint32)
    ends = np.cumsum([0, *(len(row) // 4 for row in rows)])
    terms = (numbers >> 8).astype(np.int32)
    columns = int(terms.max()) + 1 if len(terms) else 0
    matrix = sparse.csr_matrix(((numbers & 0xFF).astype(np.float64), terms, ends), shape=(len(rows), columns))
    matrix.sum_duplicates()
    return matrix


def unit_vectors(whole: Any, compared: Any) -> Any:
    """The unit vectors of articles from counts; ``whole`` says how many articles have each term.

    ``compared`` are the same articles without what is left out of the comparison; rows may be empty.
    """
    from sklearn.feature_extraction.text import TfidfTransformer  # noqa: PLC0415 -- takes 1.2 s to import

    compared.eliminate_zeros()
    if not compared.nnz:
        return compared
    return TfidfTransformer(sublinear_tf=True).fit(whole).transform(compared)


def cosines(vectors: Any, one: Sequence[int] | NDArray[np.int64], two: Sequence[int] | NDArray[np.int64]) -> Any:
    """The cosines of pairs of rows of a matrix of unit vectors."""
    import numpy as np  # noqa: PLC0415

    sums = np.asarray(vectors[one].multiply(vectors[two]).sum(axis=1), dtype=np.float64).ravel()
    return np.minimum(np.round(sums, _DIGITS), 1.0)
