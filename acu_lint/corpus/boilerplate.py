"""Text that recurs in many articles by intention: disclaimers, calls to action, author boxes, template text.

A block is boilerplate where at least five articles have it word for word and it stands at the edge of most of them, or
where ten articles and a fifth of the corpus have it, wherever it stands; and where these articles are otherwise
different: copies and doorway pages share their middle as well. It is a function of the articles alone, not of the order
in which they came into the index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from acu_lint.corpus.extract import block_hash, hashes_of
from acu_lint.document.source import Span
from acu_lint.document.spelling import fold

if TYPE_CHECKING:
    from acu_lint.corpus.article import Article
    from acu_lint.corpus.index.store import Store

ARTICLES = 5  # that have a block at their edge, at least
_MANY, _WIDELY = 10, 0.2  # articles, and share of the corpus, that have one anywhere
_SAMPLE = 8  # of these, by their contents, are looked at
_COMMON = 0.3  # share of the words of their other blocks that articles of one template may have in common

Blocks = Sequence[tuple[int, int]]  # hash and words; at the edge of the article the words are negative


class Shared(NamedTuple):
    """A block of boilerplate: its text, how many articles have it, and where it stands in one of them.

    ``words`` are the hashes of its words, ``around`` those of all boilerplate that it stands among there.
    """

    block: int
    text: str
    articles: int
    path: str
    line: int
    words: Sequence[int]
    around: Sequence[int]


class Boilerplate:
    """Tells which blocks of the articles in an index are boilerplate; every block is judged once.

    Blocks that begin with one of ``beginnings`` are as well.
    """

    def __init__(self, store: Store, beginnings: Sequence[str] = ()) -> None:
        self._store = store
        self._beginnings = tuple(tuple(fold(words).split()) for words in beginnings)
        self._many = max(_MANY, _WIDELY * store.count())
        self._known: dict[int, bool] = {}
        self._blocks = lru_cache(maxsize=1024)(store.blocks_of)

    def numbers(self, article: Article) -> frozenset[int]:
        """The numbers of the blocks of an article that are boilerplate."""
        hashes = hashes_of(article.words)
        return frozenset(
            number
            for number, (start, end) in enumerate(article.blocks)
            if self._has(block_hash(hashes[start:end])) or self._begins(article.words[start:end])
        )

    def _begins(self, words: Sequence[str]) -> bool:
        return any(tuple(words[: len(beginning)]) == beginning for beginning in self._beginnings)

    def _has(self, block: int) -> bool:
        known = self._known.get(block)
        if known is None:
            known = self._known[block] = self._judge(block, *self._store.block_count(block))
        return known

    def every(self, read: Callable[[str], Article | None]) -> Iterator[Shared]:
        """Yield every block that is boilerplate; ``read`` gives a whole article by its name.

        Of those that begin as it was said only the ones that two articles have.
        """
        wanted: dict[str, list[tuple[int, int]]] = {}
        for block, (articles, at_edge) in self._store.frequent_blocks(2 if self._beginnings else ARTICLES).items():
            if block not in self._known:
                self._known[block] = self._judge(block, articles, at_edge)
            if self._known[block] or self._beginnings:
                for name in self._store.paths(self._store.articles_with(block, 1)).values():
                    wanted.setdefault(name, []).append((block, articles))
        for name, blocks in sorted(wanted.items()):
            if article := read(name):
                for block, articles in blocks:
                    yield from self._shared(article, block, articles)

    def _shared(self, article: Article, block: int, articles: int) -> Iterator[Shared]:
        hashes = hashes_of(article.words)
        left_out = self.numbers(article)
        for number in left_out:
            start, end = article.blocks[number]
            if block_hash(hashes[start:end]) == block:
                span = article.span(start, end) if end > start else Span(0, 0)
                text, (line, _) = (
                    " ".join(article.source.text[slice(*span)].split()),
                    article.source.position(span.start),
                )
                first, last = number, number
                while first - 1 in left_out:
                    first -= 1
                while last + 1 in left_out:
                    last += 1
                around = hashes[article.blocks[first][0] : article.blocks[last][1]]
                yield Shared(block, text, articles, article.path, line, hashes[start:end], around)
                return

    def _judge(self, block: int, articles: int, at_edge: int) -> bool:
        if articles < ARTICLES or not (2 * at_edge > articles or articles >= self._many):
            return False
        sample = [self._blocks(article) for article in self._store.articles_with(block, _SAMPLE)]
        from statistics import median  # noqa: PLC0415 -- 3 ms that few runs need

        return median(_common(one, two, block) for one, two in combinations(sample, 2)) < _COMMON


def _common(one: Blocks, two: Blocks, block: int) -> float:
    """Share of the words of the shorter article, ``block`` left out, in blocks that the other has as well.

    Blocks at the edge count only where there are no others: templates have several of them.
    """
    first, second = _middle(one, block), _middle(two, block)
    words = min(sum(first.values()), sum(second.values()))
    return sum(first[key] for key in first.keys() & second.keys()) / words if words else 1.0


def _middle(blocks: Blocks, block: int) -> dict[int, int]:
    others = {key: size for key, size in blocks if key != block}
    inner = {key: size for key, size in others.items() if size > 0}
    return inner or {key: -size for key, size in others.items()}
