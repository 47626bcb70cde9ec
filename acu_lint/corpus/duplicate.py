"""A pair of articles that are alike, and the passages they share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from ..finding import Severity
from ..source import Span
from .article import Article

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Cosine, and share of 5-word sequences (Jaccard), from which two articles are alike in large parts or
# nearly altogether. Two measures, because articles on one subject share words, and a site's own stock
# phrases share sequences (Henzinger, SIGIR 2006: shingles alone are imprecise within one site).
LARGE_PARTS = (0.65, 0.20)
NEARLY_ALL = (0.80, 0.35)
MIN_WORDS = 80  # shorter articles say too little to be judged
SHINGLE = 5  # words
PASSAGE = 25  # words of a run that is no chance and no stock phrase
_TRIES = 16  # places at which a run may begin; bounds the cost of "yes yes yes …"


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of ``words`` words that two articles share: its source on this side and the other."""

    here: Span
    there: Span
    words: int


@dataclass(frozen=True)
class Duplicate:
    """Two articles whose TF-IDF cosine (0 … 1) reaches the threshold that was asked for."""

    here: Article
    there: Article
    cosine: float

    @property
    def words(self) -> int:
        """Words of the shorter article."""
        return min(len(self.here.words), len(self.there.words))

    @property
    def jaccard(self) -> float:
        """Share of the two articles' 5-word sequences that both have (0 … 1)."""
        every = len(_shingles(self.here)) + len(_shingles(self.there)) - self._shared
        return self._shared / every

    @property
    def severity(self) -> Severity | None:
        """What the pair is by the usual limits: nearly the same, the same in large parts, or neither."""
        if self.words < MIN_WORDS:
            return None
        for (cosine, jaccard), severity in ((NEARLY_ALL, Severity.ERROR), (LARGE_PARTS, Severity.WARNING)):
            if self.cosine >= cosine and self.jaccard >= jaccard:
                return severity
        return None

    @property
    def containment(self) -> float:
        """Share of this article's 5-word sequences that the other has too (0 … 1)."""
        return self._shared / len(_shingles(self.here))

    @cached_property
    def _shared(self) -> int:
        import numpy as np  # noqa: PLC0415 -- heavy, and loaded with the cosines already

        return len(np.intersect1d(_shingles(self.here), _shingles(self.there), assume_unique=True))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The runs of 25 or more words that both articles have, in the order of this one."""
        return tuple(
            Passage(self.here.span(start, start + words), self.there.span(other, other + words), words)
            for start, other, words in runs(self.here, self.there)
        )


def runs(one: Article, two: Article) -> list[tuple[int, int, int]]:
    """Equal runs of ``PASSAGE`` or more words, as (first word in one, first word in two, number of words).

    They do not overlap in ``two``: at each of its words the longest run that begins there is taken.
    Sorted by their place in ``one``.
    """
    starts = _starts(one)
    found: list[tuple[int, int, int]] = []
    other, last = 0, len(two.words) - PASSAGE
    while other <= last:
        places = starts.get(hash(tuple(two.words[other : other + PASSAGE])), ())
        length, back = max(((_extent(one, two, at, other), -at) for at in places), default=(0, 0))
        if length >= PASSAGE:
            found.append((-back, other, length))
            other += length
        else:
            other += 1
    return sorted(found)


def _extent(one: Article, two: Article, at: int, other: int) -> int:
    """How many words from ``at`` in one and from ``other`` in two are equal; none runs across a break."""
    first, second = one.words, two.words
    most = min(len(first) - at, len(second) - other)
    length = 0
    while length < most and first[at + length] == second[other + length]:
        length += 1
        if at + length in one.breaks or other + length in two.breaks:
            break
    return length


@lru_cache(maxsize=64)
def _starts(article: Article) -> dict[int, list[int]]:
    """Where each sequence of ``PASSAGE`` words begins (its first ``_TRIES`` places), by its hash."""
    table: dict[int, list[int]] = {}
    words = tuple(article.words)
    for at in range(len(words) - PASSAGE + 1):
        places = table.setdefault(hash(words[at : at + PASSAGE]), [])
        if len(places) < _TRIES:
            places.append(at)
    return table


@lru_cache(maxsize=4096)  # 8 KB for 1,000 words
def _shingles(article: Article) -> NDArray[np.int64]:
    """Hashes of the article's different sequences of ``SHINGLE`` words."""
    import numpy as np  # noqa: PLC0415

    return np.unique(np.fromiter(map(hash, sequences(article)), np.int64))


def sequences(article: Article) -> set[tuple[str, ...]]:
    """The article's different sequences of ``SHINGLE`` words."""
    return set(zip(*(article.words[shift:] for shift in range(SHINGLE)), strict=False))


def clusters(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Group the paths that pairs connect, directly or through others; both levels sorted."""
    parent: dict[str, str] = {}

    def root(path: str) -> str:
        while parent.setdefault(path, path) != path:
            parent[path] = parent[parent[path]]
            path = parent[path]
        return path

    for one, two in pairs:
        parent[root(one)] = root(two)
    groups: dict[str, list[str]] = {}
    for path in sorted(parent):
        groups.setdefault(root(path), []).append(path)
    return sorted(groups.values())
