"""A pair of articles that are alike, and the passages they share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache

from acu_lint.corpus.article import Article
from acu_lint.corpus.compare.passages import Passage, Run, passage, shared
from acu_lint.rules.finding import Severity

# Cosine, and share of 5-word sequences (Jaccard), from which two articles are alike in large parts or
# nearly altogether. Two measures, because articles on one subject share words, and a site's own stock
# phrases share sequences (Henzinger, SIGIR 2006: shingles alone are imprecise within one site).
LARGE_PARTS = (0.65, 0.20)
NEARLY_ALL = (0.80, 0.35)
MIN_WORDS = 80  # shorter articles say too little to be judged
SHINGLE = 5  # words
# A teaser: so many words at most, which begin among the first words of the article, below its title or a few words on.
_TEASER, _FIRST, _BETWEEN = 60, 60, 6
_TITLE = 3  # words of a title that is no label


class Duplicate:
    """Two articles that may repeat each other; ``cosine`` is that of their words by TF-IDF (0 … 1).

    It may be given as a function, which is called when somebody asks: a passage can do without.
    """

    def __init__(self, here: Article, there: Article, cosine: float | Callable[[], float]) -> None:
        self.here = here
        self.there = there
        self._cosine = cosine

    @cached_property
    def cosine(self) -> float:
        """How much the words of the two articles are alike, as scikit-learn's ``TfidfVectorizer`` says."""
        return self._cosine if isinstance(self._cosine, (int, float)) else self._cosine()

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
    def is_equal(self) -> bool:
        """Whether the two articles have the same words in the same order."""
        return self.here.words == self.there.words

    @property
    def severity(self) -> Severity | None:
        """What the pair is by the usual limits: nearly the same, the same in large parts, or neither."""
        return None if self.words < MIN_WORDS else self.likeness

    @property
    def likeness(self) -> Severity | None:
        """The ``severity`` that the pair would have if short articles were judged too."""
        for (cosine, jaccard), severity in ((NEARLY_ALL, Severity.ERROR), (LARGE_PARTS, Severity.WARNING)):
            if self.jaccard >= jaccard and self.cosine >= cosine:
                return severity
        return None

    @property
    def containments(self) -> tuple[float, float]:
        """Share of each article's 5-word sequences that the other has too (0 … 1)."""
        return self._shared / len(_shingles(self.here)), self._shared / len(_shingles(self.there))

    @cached_property
    def _shared(self) -> int:
        return len(_shingles(self.here) & _shingles(self.there))

    @cached_property
    def runs(self) -> Sequence[Run]:
        """The passages of 25 or more words that both articles have, copied or lightly reworded, as words."""
        return [run for run in shared(self.here, self.there) if not self._is_teaser(run)]

    def _is_teaser(self, run: Run) -> bool:
        """Whether a passage is the beginning of one article in a list of articles that the other one shows."""
        return _shows(self.here, run.here, self.there, run.there) or _shows(self.there, run.there, self.here, run.here)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The same passages in the sources, in the order of this article."""
        return tuple(map(self.passage, self.runs))

    def passage(self, run: Run) -> Passage:
        """One of the ``runs`` in the sources; parses both again."""
        return passage(self.here, self.there, run)


def _shows(page: Article, here: tuple[int, int], other: Article, there: tuple[int, int]) -> bool:
    """Whether words of a page stand below or with the title of another article, and begin that article."""
    title = other.title_words
    if len(title) < _TITLE or title == page.title_words or here[1] - here[0] > _TEASER or there[0] > _FIRST:
        return False
    start = max(here[0] - len(title) - _BETWEEN, 0)
    return f" {' '.join(title)} " in f" {' '.join(page.words[start : here[1]])} "


@lru_cache(maxsize=256)  # some 60 KB for 1,000 words
def _shingles(article: Article) -> frozenset[int]:
    """Hashes of the article's different sequences of ``SHINGLE`` words."""
    return frozenset(map(hash, zip(*(article.words[shift:] for shift in range(SHINGLE)), strict=False)))


class Groups:
    """Paths that belong together, directly or through others."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def join(self, one: str, two: str) -> bool:
        """Put two paths into one group; tell whether they were in different ones."""
        first, second = self._root(one), self._root(two)
        self._parent[first] = second
        return first != second

    def lists(self) -> list[list[str]]:
        """The groups; both levels sorted."""
        groups: dict[str, list[str]] = {}
        for path in sorted(self._parent):
            groups.setdefault(self._root(path), []).append(path)
        return sorted(groups.values())

    def _root(self, path: str) -> str:
        parent = self._parent
        while parent.setdefault(path, path) != path:
            parent[path] = parent[parent[path]]
            path = parent[path]
        return path


def clusters(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Group the paths that pairs connect, directly or through others; both levels sorted."""
    groups = Groups()
    for one, two in pairs:
        groups.join(one, two)
    return groups.lists()
