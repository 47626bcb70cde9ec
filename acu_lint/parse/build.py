"""Collects runs of text into blocks, with their links, images and comments."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from acu_lint.document.document import OBJECT, Block, Comment, Image, Link, Meta, Parsed, Piece, Problem
from acu_lint.document.source import Span
from acu_lint.document.spelling import MARKS
from acu_lint.parse.mask import VOID, Mask
from acu_lint.system.patterns import compiled

# Marks of East Asian, Arabic and Indian writing and quotation marks end an address, as spaces do; "<" does except in an
# old DOI, which has a part in such brackets and ends as in "3.0.CO;2-K".
_NOT_IN_URL = (
    r"\s<>\ufffc\u3000-\u3002\u3008-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
    r"\u060c\u061b\u061f\u06d4\u0964“”„«»…—"
)
_URL = re.compile(
    rf"(?:https?://|\bwww\.)[^{_NOT_IN_URL}]+(?:<[^\s<>]{{1,80}}>\d\.\d\.[a-z]{{2}};\d(?:-[\da-z#](?!\w))?)?",
    re.IGNORECASE,
)
_EMPTY = re.compile(rf"[\s{OBJECT}]*\Z")
# What is not text as it stands: template tags, invisible characters (soft hyphen, zero-width space, directional marks,
# tags, byte-order mark ...), spaces that are not the plain one, and letters and hyphens with a plain spelling.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
)
_JOINERS = "\u200c\u200d\ufe00-\ufe0f"  # zero-width joiners and variation selectors
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
# Special hyphens, ligatures, full-width and mathematical letters and digits ("unicode bold")
_LETTERS = "\u2010\u2011\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff"
_JOINED = r"\u0590-\u1dff\u2190-\u2bff\u2e80-\U0010ffff"  # scripts and emoji in which a joiner has a meaning
_ODD = (
    rf"{OBJECT}+|[{VOID}{_INVISIBLE}]+|(?<![{_JOINED}])[{_JOINERS}]+(?![{_JOINED}])|(?P<space>[{_SPACES}])"
    rf"|(?P<marks>[{MARKS}]{{1,4}})|(?P<letter>[{_LETTERS}])"
)
_ODD_SIGN = f"[{OBJECT}{VOID}{_INVISIBLE}{_JOINERS}{_SPACES}{MARKS}{_LETTERS}]"
_HYPHENS = {"\u2010": "-", "\u2011": "-"}


class Kind(NamedTuple):
    """What a block will be."""

    name: str = "paragraph"
    level: int = 0
    group: int = 0
    label: str = ""


class _Range(NamedTuple):
    """A link's range in the block in the making; a footnote reference has its own span."""

    start: int
    end: int
    target: str
    span: Span | None = None


class Builder:
    """Blocks in the making: text is added piece by piece, ``flush`` ends the block."""

    def __init__(self, mask: Mask, *, autolink: bool = False) -> None:
        self.mask = mask
        self.mark = 0  # where in the page we are, kept for every block and image
        self.lists = self.rows = 0  # lists and table rows so far
        self.lang = ""  # what the blocks from here on declare
        self.blocks: list[tuple[int, Block]] = []
        self.links: list[Link] = []
        self.images: list[tuple[int, Image]] = []
        self.empty_links: list[tuple[int, Span]] = []
        self.comments: list[Comment] = list(mask.comments)
        self._autolink = autolink
        self._odd = not mask.text.isascii() and _compiled(_ODD_SIGN).search(mask.text) is not None
        self._pieces: list[Piece] = []
        self._size = 0
        self._spaced = True
        self._ranges: list[_Range] = []
        self._target: str | None = None
        self._link: Span | None = None  # the link, where it is empty so far
        self._from = 0
        self._alts: list[Sequence[Piece]] = []
        self._headings: list[tuple[int, str]] = []
        self._path: tuple[str, ...] = ()

    def add(self, text: str, start: int, length: int) -> None:
        """Add text that stands at an offset of the source with a length there, as people read it."""
        if self._odd and len(text) == length and not text.isascii() and _compiled(_ODD_SIGN).search(text):
            for piece in plain(text, start):
                self._add(*piece)
        else:
            self._add(text, start, length)

    def _add(self, text: str, start: int, length: int) -> None:
        """Add text; white space never opens a block or doubles."""
        if len(text) != length and not text.isascii():  # an entity
            text = "".join(piece.text for piece in plain(text, start))
        if self._spaced or not text:
            lean = text.lstrip()
            if not lean:
                return
            if len(lean) < len(text) == length:
                start, length = start + length - len(lean), len(lean)
            text = lean
        self._pieces.append(Piece(text, start, length))
        self._size += len(text)
        self._spaced = text[-1].isspace()

    def end_line(self, start: int, length: int) -> None:
        """A new line to those who read the page stands here."""
        if not self._pieces:
            return
        text, begin, reach = self._pieces[-1]
        if self._spaced and len(text) == reach:
            lean = text.rstrip()
            self._size -= len(text) - len(lean)
            self._pieces[-1:] = [Piece(lean, begin, len(lean))] if lean else []
        self._pieces.append(Piece("\n", start, length))
        self._size += 1
        self._spaced = True

    @property
    def size(self) -> int:
        """Characters of the block so far, white space at its end left out."""
        return self._size - self._spaced if self._pieces else -2

    @property
    def length(self) -> int:
        """Characters of the block so far, all white space counted."""
        return self._size

    @property
    def last(self) -> str:
        """The last few characters of the block so far."""
        return self._pieces[-1].text[-3:] if self._pieces else ""

    def open_link(self, target: str, empty: Span | None = None) -> None:
        """From here on text belongs to a link; ``empty``: where it stands, if nothing is between its marks."""
        self.close_link()
        self._target, self._from, self._link = target, self._size, empty

    def close_link(self) -> None:
        """The link's text ends."""
        if self._target is not None and self._size > self._from:
            self._ranges.append(_Range(self._from, self._size, self._target))
        elif self._target is not None and self._link:
            self.empty_links.append((self.mark, self._link))
        self._target = None

    def note(self, label: str, span: Span) -> None:
        """A reference to a footnote stands here; it has no text of its own."""
        self._ranges.append(_Range(self._size, self._size, label, span))

    def image(self, target: str, alt: Sequence[Piece], span: Span) -> None:
        """An image stands here; its description becomes a block of its own after this one."""
        if self._odd:
            alt = legible(alt)
        text = "".join(piece.text for piece in alt)
        self.images.append((self.mark, Image(target, text, span)))
        if not _EMPTY.match(text):
            self._alts.append(alt)

    def flush(self, kind: Kind) -> None:
        """End the block, if there is any text."""
        if self._pieces:
            self._emit(kind)
            self._pieces = []
            self._size = 0
            self._spaced = True
        if self._ranges:
            self._ranges = []
        self._from = 0
        if self._alts:
            alts, self._alts = self._alts, []
            for alt in alts:
                self.blocks.append((self.mark, Block("alt", trim(alt), path=self._path)))

    def _emit(self, kind: Kind) -> None:
        pieces = trim(self._pieces) if self._spaced else self._pieces
        name, level, group, label = kind
        block = Block(name, pieces, level=level, path=self._path, group=group, label=label, lang=self.lang)
        if _EMPTY.match(block.text):
            return
        if name == "heading":
            self._enter(block)
        if self._target is not None:
            self._ranges.append(_Range(self._from, self._size, self._target))
        if self._autolink and ("://" in block.text or "www." in block.text):
            self._find_urls(block.text)
        if self._ranges:
            self._take_links(block)
        self.blocks.append((self.mark, block))

    def _enter(self, block: Block) -> None:
        """A heading opens a section: later blocks stand below it."""
        while self._headings and self._headings[-1][0] >= block.level:
            self._headings.pop()
        block.path = tuple(name for _, name in self._headings)
        self._headings.append((block.level, f"h{block.level}:{block.text}"))
        self._path = tuple(name for _, name in self._headings)

    def _take_links(self, block: Block) -> None:
        index, text = len(self.blocks), block.text
        for start, end, target, span in self._ranges:
            if span:
                place = min(start, len(text))
                self.links.append(Link("footnote", target, index, place, place, span))
                continue
            part = text[start:end]
            if part.strip():
                begin, stop = min(end, len(text)) - len(part.lstrip()), start + len(part.rstrip())
                self.links.append(Link("link", target, index, begin, stop, block.span(begin, stop)))

    def _find_urls(self, text: str) -> None:
        """Bare URLs are links too, where no link is around them."""
        taken = sorted((item.start, item.end) for item in self._ranges if not item.span)
        for match in _URL.finditer(text):
            start = match.start()
            end = start + len(trim_url(match.group()))
            near = bisect_right(taken, (end, -1))
            if near and taken[near - 1][1] > start:
                continue
            target = text[start:end]
            self._ranges.append(_Range(start, end, target if "://" in target else f"http://{target}"))
        self._ranges.sort(key=lambda item: item[:2])

    def parsed(
        self,
        head: Sequence[Block],
        problems: Sequence[Problem],
        meta: Meta,
        keep: Callable[[int], bool] = lambda _: True,
    ) -> Parsed:
        """Everything whose mark is to be kept, after the blocks of the head."""
        blocks: list[Block] = list(head)
        moved: dict[int, int] = {}
        title = self._lost_title(keep)
        for index, (mark, block) in enumerate(self.blocks):
            if keep(mark) or index == title:
                moved[index] = len(blocks)
                blocks.append(block)
        links = [
            Link(link.kind, link.target, moved[link.block], link.start, link.end, link.span)
            for link in self.links
            if link.block in moved
        ]
        images = [image for mark, image in self.images if keep(mark)]
        empty = [span for mark, span in self.empty_links if keep(mark)]
        comments = sorted(self.comments, key=lambda comment: comment.span)
        return Parsed(blocks, links, images, empty, comments, problems, meta)

    def tell_langs(self, langs: Sequence[tuple[int, str]]) -> None:
        """The last block that begins before each of some places, which are in order, is in a language of its own."""
        last = -1
        for place, lang in langs:
            while last + 1 < len(self.blocks) and self.blocks[last + 1][1].span().start < place:
                last += 1
            if last >= 0:
                self.blocks[last][1].lang = lang

    def _lost_title(self, keep: Callable[[int], bool]) -> int:
        """The top heading that stands before what is kept, where what is kept has none (-1: no such)."""
        first = -1
        for index, (mark, block) in enumerate(self.blocks):
            if block.kind != "heading" or block.level != 1:
                continue
            if keep(mark):
                return -1
            if first < 0:
                first = index
        return first


def legible(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces as people read them (see ``plain``)."""
    if all(piece.text.isascii() for piece in pieces):
        return list(pieces)
    made: list[Piece] = []
    for text, start, length in pieces:
        parts = plain(text, start)
        made += parts if len(text) == length else [Piece("".join(part.text for part in parts), start, length)]
    return [piece for piece in made if piece.text]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern that pages in plain ASCII do not need: compiling the two takes longer than reading a short one."""
    return compiled(pattern)


def plain(text: str, start: int) -> list[Piece]:
    """Pieces of a text as people read it.

    Invisible characters are left out, template values are one object, spaces and hyphens the plain ones, an accent is
    one letter with the letter before it, and ligatures and full-width letters are plain letters.
    """
    pieces, at = [], 0
    for match in _compiled(_ODD).finditer(text) if not text.isascii() else ():
        begin = match.start()
        if match["marks"] and begin > at:
            begin -= 1
        if begin > at:
            pieces.append(Piece(text[at:begin], start + at, begin - at))
        at = match.end()
        if shown := _shown(match, text[begin:at]):
            pieces.append(Piece(shown, start + begin, at - begin))
    if at < len(text):
        pieces.append(Piece(text[at:], start + at, len(text) - at))
    return pieces


def _shown(match: re.Match[str], odd: str) -> str:
    """What is read where odd characters stand."""
    if odd[0] == OBJECT:
        return OBJECT
    if match["space"]:
        return " "
    if match["marks"]:
        return unicodedata.normalize("NFC", odd)
    return _HYPHENS.get(odd) or unicodedata.normalize("NFKC", odd) if match["letter"] else ""


def trim(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces without white space at either end."""
    kept = list(pieces)
    while kept and not kept[-1].text.strip():
        kept.pop()
    first = next((index for index, piece in enumerate(kept) if piece.text.strip()), 0)
    del kept[:first]
    if kept:
        kept[-1] = _cut(kept[-1], left=False)
        kept[0] = _cut(kept[0], left=True)
    return kept


def _cut(piece: Piece, *, left: bool) -> Piece:
    text, start, length = piece
    lean = text.lstrip() if left else text.rstrip()
    if len(text) != length:
        return Piece(lean, start, length)
    return Piece(lean, start + length - len(lean) if left else start, len(lean))


def trim_url(url: str) -> str:
    """A bare URL without the punctuation that follows it (GFM's rule for automatic links)."""
    extra = url.count(")") - url.count("(")
    end = len(url)
    while end:
        last = url[end - 1]
        if last == ")" and extra > 0:
            extra -= 1
        elif last not in "?!.,:;*_~'\"”’":
            break
        end -= 1
    return url[:end]
