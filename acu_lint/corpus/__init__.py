"""Articles compared with each other: which ones repeat which, how much, and where.

Nothing heavy is imported here; scikit-learn is loaded with the first comparison.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from ..document import Document
from .allowed import is_allowed
from .article import Article
from .duplicate import PASSAGE, Duplicate, clusters, sequences

if TYPE_CHECKING:
    from .cosine import Vectors

_FEW = 20  # checked documents

__all__ = ["Article", "Corpus", "Duplicate", "clusters"]


class Corpus:
    """The articles that a document is compared with; those that are shorter than a passage are left out.

    ``checked`` names the documents of this run: a pair of two of them is reported once, on the later
    path. Results depend on the articles only, not on their order.
    """

    def __init__(self, documents: Iterable[Document] = (), *, checked: Iterable[str] = ()) -> None:
        self._open((Article(doc) for doc in documents), frozenset(map(_key, checked)))

    def _open(self, articles: Iterable[Article], checked: frozenset[str]) -> None:
        self._all = {_key(article.path): article for article in articles}
        self._articles = sorted(
            (article for article in self._all.values() if len(article.words) >= PASSAGE),
            key=lambda article: article.path,
        )
        self._row = {_key(article.path): row for row, article in enumerate(self._articles)}
        self._checked = checked
        self._found: dict[float, dict[int, list[tuple[int, float]]]] = {}

    def __len__(self) -> int:
        return len(self._all)

    def duplicates_of(self, doc: Document, threshold: float) -> Sequence[Duplicate]:
        """Articles whose cosine with ``doc`` reaches ``threshold``, the nearest first.

        ``doc`` takes the place of the corpus' own version of it. Pairs that are alike on purpose are left
        out, as are those that are reported on the other article.
        """
        key = _key(doc.path)
        known = self._all.get(key)
        if known is None or known.source.text != doc.source.text:
            return self._with(Article(doc)).duplicates_of(doc, threshold)
        row = self._row.get(key)
        if row is None:
            return ()
        near = sorted(self._near(row, threshold), key=lambda found: (-found[1], found[0]))
        pairs = (Duplicate(known, self._articles[other], cosine) for other, cosine in near)
        return [pair for pair in pairs if not is_allowed(pair) and not self._is_reported_there(pair)]

    def may_repeat(self, doc: Document, jaccard: float) -> bool:
        """Whether some article shares a ``jaccard`` (0 … 1) of its 5-word sequences with ``doc``, without scikit-learn.

        Loading that takes a second, and most articles repeat no other. Where many documents are checked the
        second does not matter and the answer is always True.
        """
        if len(self._checked) > _FEW:
            return True
        key, own = _key(doc.path), sequences(Article(doc))
        others = (sequences(article) for article in self._articles if _key(article.path) != key)
        return any(len(own & other) >= jaccard * len(own | other) for other in others)

    def pairs(self, threshold: float) -> Iterator[Duplicate]:
        """Yield every pair whose cosine reaches ``threshold``, by path, each once (the first path here)."""
        if len(self._articles) < 2:
            return
        for row, near in sorted(self._vectors.pairs(threshold).items()):
            for other, cosine in near:
                pair = Duplicate(self._articles[row], self._articles[other], cosine)
                if not is_allowed(pair):
                    yield pair

    @cached_property
    def _vectors(self) -> Vectors:
        from .cosine import Vectors  # noqa: PLC0415 -- scikit-learn takes seconds to import

        return Vectors([article.words for article in self._articles])

    def _near(self, row: int, threshold: float) -> list[tuple[int, float]]:
        """Rows whose cosine with ``row`` reaches ``threshold``; all checked articles are asked at once."""
        if len(self._articles) < 2:
            return []
        found = self._found.setdefault(threshold, {})
        if row not in found:
            rows = {row, *(self._row[key] for key in self._checked if key in self._row)}
            found.update(self._vectors.near(sorted(rows), threshold))
        return found[row]

    def _is_reported_there(self, pair: Duplicate) -> bool:
        return _key(pair.there.path) in self._checked and pair.here.path < pair.there.path

    def _with(self, article: Article) -> Corpus:
        """Return this corpus with one article added or exchanged."""
        other = Corpus()
        other._open([*self._all.values(), article], self._checked)
        return other


def _key(path: str) -> str:
    """One name for a file however its path is written."""
    return os.path.abspath(path)  # noqa: PTH100 -- resolve() would ask the disk about every file
