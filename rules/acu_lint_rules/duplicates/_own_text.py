"""Which words are an article's own text, and which may stand in other articles too.

Disclaimers, calls to action, author boxes, addresses, policy text, references and menus recur on a site for good
reason (``lexicons/shared_wordings.txt``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, cached_property

from acu_lint.api import PROSE, Block, Document, Sentence, Span, measure
from acu_lint_rules.analysis.citations import own_voice
from acu_lint_rules.analysis.citations.entries import is_entry
from acu_lint_rules.analysis.text.lexicon import fold, load, matcher
from acu_lint_rules.analysis.text.patterns import lazy

_SECTIONS = ("disclaimer", "action", "author", "rights", "contact")
_SHORT = 60  # words of a block that one such sentence makes a disclaimer, an author box ... as a whole
_PHRASE = 6  # words; what is shorter is a label or a menu entry
_LEVEL = re.compile(r"^h[1-6]:")
_PHONE_OR_ADDRESS = lazy(
    r"(?<![\d/])(?:\+|\(0|0)\d(?:[ ().-]{0,2}\d){7,12}(?!\d)|\bhttps?://|\bwww\.|\b\w{1,40}@\w{1,40}\."
)


class OwnText:
    """The words of a document that are its own text; nothing is looked at before the first question.

    ``shared_blocks`` are beginnings of blocks that the project lets recur.
    """

    def __init__(self, doc: Document, shared_blocks: Sequence[str] = ()) -> None:
        self._doc, self._shared_blocks = doc, shared_blocks

    def words(self, span: Span) -> int:
        """How many words of a range of the source are the document's own text."""
        return bisect_left(self._starts, span.end) - bisect_left(self._starts, span.start)

    @cached_property
    def _starts(self) -> Sequence[int]:
        """Where in the source they begin, in order."""
        return sorted(
            block.span(word.start, word.end).start
            for block in self._doc.blocks
            if block.kind in PROSE and block.text and not _is_shared(self._doc, block, self._shared_blocks)
            for sentence in block.sentences
            if not _is_stock(sentence)
            for word in sentence.words
        )


class OwnSentences:
    """Which sentences of the prose of a document are its own text; a block is looked at when it is asked for."""

    def __init__(self, doc: Document) -> None:
        self._doc = doc
        self._shared: dict[int, bool] = {}

    def has(self, index: int, number: int) -> bool:
        """Whether the sentence of a number in the block of an index is the document's own text."""
        block = self._doc.blocks[index]
        if index not in self._shared:
            self._shared[index] = _is_shared(self._doc, block, ())
        return not (self._shared[index] or _is_stock(block.sentences[number]))


def blocks_in(doc: Document, span: Span) -> Iterator[Block]:
    """Blocks that share characters with a range of the source."""
    for block in doc.blocks:
        if block.kind in PROSE and block.text:
            start, end = block.span()
            if start < span.end and span.start < end:
                yield block


def is_summary(doc: Document, span: Span) -> bool:
    """Whether a range of the source lies in a part that repeats the article on purpose ("Key points")."""
    return any(_is_below(block, "summary") or _label(block) in _headings("summary") for block in blocks_in(doc, span))


def is_shared_page(doc: Document) -> bool:
    """Whether a page consists of such text: "Contact us", "Privacy policy"."""
    title = doc.title.text if doc.title else ""
    return any(_plain(part) in _headings("heading") for part in re.split(r"\s[|–—-]\s", title))


def _is_shared(doc: Document, block: Block, shared_blocks: Sequence[str]) -> bool:
    if block.kind in {"quote", "footnote"} or len(block.words) < _PHRASE:
        return True
    if block.kind == "cell" and _PHONE_OR_ADDRESS.search(_row(doc, block)):
        return True
    return (
        _begins(block, shared_blocks)
        or block.index in own_voice.aside(doc)
        or own_voice.mostly_quoted(block.text)
        or _is_below(block, "heading")
        or is_entry(block.text)
        or _is_link(doc, block)
        or (len(block.words) <= _SHORT and any(map(_is_stock, block.sentences)))
    )


def _begins(block: Block, beginnings: Sequence[str]) -> bool:
    text = " ".join(block.text.split()).casefold()
    return any(text.startswith(" ".join(start.split()).casefold()) for start in beginnings)


def _is_below(block: Block, section: str) -> bool:
    return any(_plain(heading) in _headings(section) for heading in block.path)


def _is_link(doc: Document, block: Block) -> bool:
    """Whether most of a block is links: a menu, a table of contents."""
    links = doc.links_by_block.get(block.index, ())
    return 2 * sum(link.end - link.start for link in links) > len(block.text)


def _is_stock(sentence: Sentence) -> bool:
    if matcher("shared_wordings", *_SECTIONS).find(sentence.words):
        return True
    return "©" in sentence.text or _PHONE_OR_ADDRESS.search(sentence.text) is not None


def _row(doc: Document, cell: Block) -> str:
    """The text of a table row."""
    return " ".join(_rows(doc).get(cell.group, ()))


@measure
def _rows(doc: Document) -> dict[int, list[str]]:
    rows: dict[int, list[str]] = {}
    for block in doc.blocks:
        if block.kind == "cell":
            rows.setdefault(block.group, []).append(block.text)
    return rows


def _label(block: Block) -> str:
    """What a block begins with: "Key points" in "Key points: rest, ice ..."."""
    return _plain(block.text[:40].partition(":")[0]) if ":" in block.text[:40] else ""


def _plain(heading: str) -> str:
    words = re.findall(r"[\w;'’-]+", _LEVEL.sub("", heading).replace("&", " and "))
    return " ".join(map(fold, words))


@cache
def _headings(section: str) -> frozenset[str]:
    return frozenset(map(_plain, load("shared_wordings")[section]))
