"""What of a document is compared with other articles."""

from __future__ import annotations

import datetime
import re
from array import array
from collections.abc import Collection, Iterator, Sequence
from copy import copy
from functools import cached_property, lru_cache

from acu_lint.corpus.stock import is_stock, linked_blocks
from acu_lint.document.document import PROSE, Block, Document
from acu_lint.document.language import declared
from acu_lint.document.publication import Publication, publication
from acu_lint.document.source import Source, Span
from acu_lint.document.spelling import fold
from acu_lint.parse import parse

# Quotations and notes are somebody else's words, lists of sources are the same for everybody.
_COMPARED = (PROSE | {"heading"}) - {"quote", "footnote"}
_SOURCES = re.compile(
    r"(?:h[1-6]:)?(?:\W|\d)*(?:list of |selected |key |scientific )?"
    r"(?:references?|sources?|bibliography|works|citations?|footnotes|endnotes|further reading|literature)"
    r"(?: list| cited)?\W*",
    re.IGNORECASE,
)
# An entry of such a list that stands under no heading: an author with initials, then another one or the year.
# (An author has another name than the one before: "Hepatitis A, Hepatitis B" are none.)
_NAME = r"[A-ZÀ-Þ][\w'’-]{1,30}"
_INITIALS = rf"(?:[\s-]{_NAME})?,?\s(?:[A-Z]\.?[\s-]?){{1,3}}"
_ENTRY = re.compile(
    rf"[\W\d]{{0,8}}(?P<first>{_NAME}){_INITIALS}"
    rf"(?:\((?:19|20)\d\d[a-z]?\)|[,;]?\s?(?:(?:&|and)\s)?(?:(?!(?P=first)\b){_NAME}{_INITIALS}|et\sal\b))"
)
_TITLE_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_BRAND = re.compile(r"\s[|–—·]\s")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Article:
    """The words of one document that count when articles are compared, and where they stand.

    ``words`` are headings and prose, folded to one spelling; front matter, quotations, notes, lists of
    sources and what stands on every page (``stock.py``) are left out. ``blocks`` are the ranges (first word, word
    after the last) of the blocks that they stand in. ``breaks`` are the indices of words before which something was
    left out: no passage runs across them. Words keep no place, because most articles repeat nothing: ``span``
    parses the source again.
    """

    def __init__(self, doc: Document) -> None:
        self.path = doc.path
        self.source: Source = doc.source
        self.title: Span = doc.whole
        self.title_text = " ".join(doc.title.text.split()) if doc.title else ""
        self.meta = doc.meta
        words: list[str] = []
        blocks: list[tuple[int, int]] = []
        breaks: set[int] = set()
        for run in _runs(doc):
            if run is None:
                breaks.add(len(words))
            else:
                start = len(words)
                words += run[1]
                blocks.append((start, len(words)))
        self.words: Sequence[str] = words
        self.blocks: Sequence[tuple[int, int]] = blocks
        self.breaks = frozenset(breaks)
        self._left_out: Collection[int] = ()

    def without(self, blocks: Collection[int]) -> Article:
        """The article with some of its blocks (by their numbers) left out as well; a break stands in their place."""
        if not blocks:
            return self
        words: list[str] = []
        kept: list[tuple[int, int]] = []
        breaks: set[int] = set()
        for number, (start, end) in enumerate(self.blocks):
            if number in blocks or start in self.breaks:
                breaks.add(len(words))
            if number not in blocks:
                kept.append((len(words), len(words) + end - start))
                words += self.words[start:end]
        other = copy(self)
        other.__dict__.pop("_places", None)
        other.words, other.blocks, other.breaks, other._left_out = words, kept, frozenset(breaks), blocks
        return other

    def span(self, start: int, end: int) -> Span:
        """Source range from the first of the words ``start`` … ``end`` (exclusive) to the last."""
        starts, ends = self._places
        return Span(starts[start], ends[end - 1])

    @cached_property
    def _places(self) -> tuple[array[int], array[int]]:
        """Where each word starts and ends in the source."""
        doc = parse(self.path, self.source.text, today=datetime.date.min)
        starts, ends = array("L"), array("L")
        for number, (block, _) in enumerate(filter(None, _runs(doc))):
            for word in () if number in self._left_out else block.words:
                span = block.span(word.start, word.end)
                starts.append(span.start)
                ends.append(span.end)
        return starts, ends

    @cached_property
    def title_words(self) -> Sequence[str]:
        """The folded words of the title, without what stands behind a bar or dash: the site's name."""
        return [fold(word) for word in _TITLE_WORD.findall(_BRAND.split(self.title_text, maxsplit=1)[0].lower())]

    @cached_property
    def language(self) -> str:
        """The language that the article declares (``en`` for ``en-GB``), or nothing."""
        return declared(self.meta)

    @cached_property
    def publication(self) -> Publication:
        """How the article is published: its addresses, and whether search engines may list it."""
        return publication(self.meta)


def _runs(doc: Document) -> Iterator[tuple[Block, list[str]] | None]:
    """Yield the blocks that are compared with their folded words, and None where prose is left out between them."""
    linked = linked_blocks(doc)
    for block in doc.blocks:
        if block.kind in _COMPARED and block.index not in linked and not _is_source_list(block):
            words = block.folded_words()
            yield None if is_stock(block, words) else (block, words)
        elif block.kind in PROSE:
            yield None


def _is_source_list(block: Block) -> bool:
    """Whether a block is part of a list of sources: by a heading above it, or by its own form."""
    if block.kind != "heading" and _ENTRY.match(block.text) and _YEAR.search(block.text):
        return True
    return _names_sources(block.path) or (block.kind == "heading" and _SOURCES.fullmatch(block.text) is not None)


@lru_cache(maxsize=256)  # blocks that follow each other stand below the same headings
def _names_sources(headings: tuple[str, ...]) -> bool:
    return any(map(_SOURCES.fullmatch, headings))
