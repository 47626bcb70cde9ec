"""Articles compared with each other: which ones repeat which, how much, and where.

Nothing heavy is imported here: numpy and scikit-learn are loaded where all articles are compared (``Corpus.pairs``).
"""

from __future__ import annotations

import datetime
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from acu_lint.corpus.allowed import is_allowed
from acu_lint.corpus.article import Article
from acu_lint.corpus.boilerplate import Boilerplate, Shared
from acu_lint.corpus.compare.duplicate import LARGE_PARTS, Duplicate, Groups, clusters
from acu_lint.corpus.compare.passages import Passage, Run, passage, repeated
from acu_lint.corpus.extract import extract, word_hash
from acu_lint.corpus.index.store import Store
from acu_lint.corpus.query import Frequencies, Query
from acu_lint.document.document import Document
from acu_lint.parse import parse

Keys = Callable[[Document], Iterable[tuple[str, str]]]  # a pack's extractor ``index_keys``

__all__ = ["Article", "Corpus", "Duplicate", "Groups", "Library", "Passage", "Run", "Shared", "clusters"]

_LONG_IN = 64  # articles; a passage that more of them share is no reason to list a pair below the threshold
_NAMED = 201  # articles at most that share keys with another
_MANY = 500  # checked documents, from which on the index is read as a whole
_KEPT = 256  # articles that are kept in memory, some 50 KB each


class Library(Protocol):
    """Where the texts of an index come from. A *name* is what the listing calls an article."""

    def name(self, path: str) -> str:
        """The name of a file, however its path is written; of one outside of the corpus, any that no article has."""

    def path(self, name: str) -> str:
        """The path of an article as findings tell it."""

    def text(self, name: str) -> str | None:
        """The text of an article as the listing has it; None where it cannot be read."""

    def unread(self) -> Sequence[str]:
        """The paths of files that are listed and cannot be read as articles."""


class Corpus:
    """The articles that a document is compared with. Those that are shorter than a passage repeat nothing.

    ``checked`` names the documents of this run: a pair of two of them is reported once, on the later path. Blocks
    that begin with one of ``shared_blocks`` are boilerplate, besides those that are found to be. Results depend on
    the articles only, not on their order.
    """

    def __init__(
        self,
        documents: Iterable[Document] = (),
        *,
        checked: Iterable[str] = (),
        keys: Keys | None = None,
        shared_blocks: Sequence[str] = (),
    ) -> None:
        """Open a corpus of documents in memory; ``keys`` is what a pack says of each (kind, text)."""
        library = _Memory(documents)
        self._open(library.index(keys), library, checked, shared_blocks)

    @classmethod
    def of(
        cls, store: Store, library: Library, *, checked: Iterable[str] = (), shared_blocks: Sequence[str] = ()
    ) -> Corpus:
        """The corpus of an index."""
        corpus = cls.__new__(cls)
        corpus._open(store, library, checked, shared_blocks)
        return corpus

    def _open(self, store: Store, library: Library, checked: Iterable[str], shared_blocks: Sequence[str]) -> None:
        self.store = store
        self.frequencies = Frequencies(store)
        self._library = library
        self._checked = frozenset(map(library.name, checked))
        self._boilerplate = Boilerplate(store, shared_blocks)
        if len(self._checked) >= _MANY:
            store.load()
        self.article = lru_cache(_KEPT)(self._article)
        self._query = lru_cache(4)(self._ask)
        self._sharing = lru_cache(64)(self._having)

    def __len__(self) -> int:
        return self.store.count()

    # --- what repeats a document ---------------------------------------------------------

    def duplicates_of(self, doc: Document, cosine: float, overlap: float = LARGE_PARTS[1]) -> Sequence[Duplicate]:
        """Articles whose cosine and share of common 5-word sequences with ``doc`` reach both limits, nearest first.

        ``doc`` takes the place of the corpus' own version of it. Pairs that are alike on purpose are left out, as
        are those that are reported on the other article.
        """
        pairs = (pair for pair in self._query(doc).nearest(cosine, overlap) if not is_allowed(pair))
        return sorted(pairs, key=lambda pair: (-pair.cosine, pair.there.path))

    def repeats_of(self, doc: Document) -> Sequence[Duplicate]:
        """The articles that share a passage of 25 or more words with ``doc`` (``Duplicate.runs``), by path.

        Pairs that are alike on purpose are left out; those that are reported on the other article are not
        (``is_reported_there`` tells). One comparison per document: ``duplicates_of`` shares it.
        """
        pairs = (pair for pair in self._query(doc).repeating if not is_allowed(pair))
        return sorted(pairs, key=lambda pair: pair.there.path)

    def own(self, doc: Document) -> Article:
        """What of a document is compared: without the boilerplate of the corpus."""
        return self._query(doc).article

    def repeated_in(self, doc: Document) -> Sequence[Passage]:
        """Passages of 25 or more words that ``doc`` has twice: ``here`` the later place, ``there`` the earlier one."""
        own = self.own(doc)
        return [passage(own, own, run) for run in repeated(own)]

    def cosine(self, doc: Document, path: str) -> float:
        """The exact cosine of ``doc`` and an article of the corpus; 0 where one is too short to be compared."""
        pair = self._query(doc).with_article(self._library.name(path))
        return pair.cosine if pair else 0.0

    def is_meant(self, doc: Document, other: Document) -> bool:
        """Whether two articles may repeat each other: canonical copy, noindex, redirect, translation, version."""
        return is_allowed(Duplicate(Article(doc), Article(other), 1.0))

    def is_reported_there(self, doc: Document, path: str) -> bool:
        """Whether a pair is reported on the other article: both are checked and the other has the later path."""
        return self.is_told_there(self._library.name(doc.path), self._library.name(path))

    def is_checked(self, path: str) -> bool:
        """Whether an article is one of the documents of this run."""
        return self._library.name(path) in self._checked

    # --- titles, descriptions, keyphrases ------------------------------------------------

    def sharing_keys(self, doc: Document, keys: Iterable[tuple[str, str]]) -> Mapping[str, int]:
        """Map the paths of the other articles to how many of these (kind, text) keys they have too; reads no article.

        Short articles count too. Neither ``doc`` itself nor what the corpus knows under its path is listed. Of more
        than 200 articles those are listed that share most keys, the first by name of those that share as many.
        """
        own = self._library.name(doc.path)
        named = self._sharing(frozenset(keys))
        return {self._library.path(name): count for name, count in named if name != own}

    def _having(self, keys: frozenset[tuple[str, str]]) -> Sequence[tuple[str, int]]:
        """The names of the articles that have some of these keys, and how many; those that have most first."""
        counts: Counter[int] = Counter()
        for kind, text in keys:
            counts.update(self.store.articles_with_key(kind, word_hash(text)))
        least = min((count for _, count in counts.most_common(_NAMED)), default=0)
        names = self.store.paths(article for article, count in counts.items() if count >= least)
        return sorted(((name, counts[article]) for article, name in names.items()), key=lambda has: (-has[1], has[0]))[
            :_NAMED
        ]

    def unread(self) -> Sequence[str]:
        """The paths of files of the corpus that cannot be read as articles."""
        return self._library.unread()

    # --- articles ------------------------------------------------------------------------

    def text(self, path: str) -> str:
        """The text of an article of the corpus, as the listing has it ("" where it cannot be read)."""
        return self._library.text(self._library.name(path)) or ""

    def document(self, path: str) -> Document:
        """An article of the corpus, parsed; the last ones are kept, so that several rules can ask for the same."""
        return _parsed(path, self.text(path))

    def compared(self, article: Article) -> Article:
        """An article without its boilerplate."""
        return article.without(self._boilerplate.numbers(article))

    def is_told_there(self, name: str, other: str) -> bool:
        """Whether a pair of the listing is reported on the other article."""
        return other in self._checked and name < other

    def _article(self, name: str) -> Article | None:
        article = self._whole(name)
        return self.compared(article) if article else None

    def _whole(self, name: str) -> Article | None:
        text = self._library.text(name)
        return None if text is None else Article(_parsed(self._library.path(name), text))

    def _ask(self, doc: Document) -> Query:
        return Query(self, Article(doc), self._library.name(doc.path))

    # --- the whole corpus ----------------------------------------------------------------

    def pairs(self, threshold: float, *, jobs: int = 2) -> Iterator[Duplicate]:
        """Yield every pair whose cosine reaches ``threshold``, by path, each once (the first path here).

        Pairs that share a passage of 25 or more words are listed below it as well, unless more than 64 articles have
        it. Pairs that are alike on purpose are left out.
        """
        from acu_lint.corpus.table import Table  # noqa: PLC0415 -- numpy and scikit-learn take a second to import

        table = Table(self.store, self.boilerplate())
        for one, two, cosine in table.pairs(threshold, most=_LONG_IN, jobs=jobs):
            here, there = self.article(table.names[one]), self.article(table.names[two])
            if here and there:
                pair = Duplicate(here, there, cosine)
                if (cosine >= threshold - 1e-9 or pair.runs) and not is_allowed(pair):
                    yield pair

    def boilerplate(self) -> list[Shared]:
        """Text that recurs in many articles and is left out of the comparison, the most frequent first."""
        every = self._boilerplate.every(self._whole)
        return sorted(every, key=lambda shared: (-shared.articles, shared.text))


class _Memory:
    """Documents as a library: the later of two with one path counts."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = {self.name(doc.path): doc for doc in documents}

    def name(self, path: str) -> str:
        return os.path.abspath(path)  # noqa: PTH100 -- resolve() would ask the disk about every file

    def path(self, name: str) -> str:
        return self._documents[name].path

    def text(self, name: str) -> str | None:
        doc = self._documents.get(name)
        return doc.source.text if doc else None

    def unread(self) -> Sequence[str]:
        return ()

    def index(self, keys: Keys | None) -> Store:
        from hashlib import sha1  # noqa: PLC0415 -- 4 ms that few runs need

        store = Store()
        with store.writing() as writer:
            for name, doc in self._documents.items():
                content = sha1(doc.source.text.encode(errors="surrogatepass"), usedforsecurity=False).digest()
                writer.add(name, content, extract(Article(doc), keys(doc) if keys else ()))
        return store


@lru_cache(maxsize=64)
def _parsed(path: str, text: str) -> Document:
    return parse(path, text, today=datetime.date.min)
