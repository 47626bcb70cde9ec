"""Collects runs of text into blocks, with their links, images and comments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..document import OBJECT, Block, Comment, Image, Link, Parsed, Piece, Problem, Meta
from ..source import Span

_URL = re.compile(r"(?:https?://|www\.)[^\s<>\ufffc]+", re.IGNORECASE)
_EMPTY = re.compile(rf"[\s{OBJECT}]*\Z")


class Kind(NamedTuple):
    """What a block will be."""

    name: str = "paragraph"
    level: int = 0
    group: int = 0
    label: str = ""


class Builder:
    """Blocks in the making: text is added piece by piece, ``flush`` ends the block."""

    def __init__(self, *, autolink: bool = False) -> None:
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.images: list[Image] = []
        self.comments: list[Comment] = []
        self.size = 0
        self._autolink = autolink
        self._pieces: list[Piece] = []
        self._spaced = True
        self._ranges: list[tuple[str, str, int, int, Span | None]] = []
        self._target: str | None = None
        self._from = 0
        self._alts: list[list[Piece]] = []
        self._headings: list[tuple[int, str]] = []
        self._path: tuple[str, ...] = ()

    def add(self, text: str, start: int, length: int) -> None:
        """Add text that stands at ``start`` in the source; white space never opens a block or doubles."""
        if self._spaced:
            lean = text.lstrip()
            if not lean:
                return
            if len(text) == length:
                start, length = start + length - len(lean), len(lean)
            text = lean
        self._pieces.append(Piece(text, start, length))
        self.size += len(text)
        self._spaced = text[-1].isspace()

    def open_link(self, target: str) -> None:
        """From here on text belongs to a link."""
        self.close_link()
        self._target, self._from = target, self.size

    def close_link(self) -> None:
        """The link's text ends."""
        if self._target is not None and self.size > self._from:
            self._ranges.append(("link", self._target, self._from, self.size, None))
        self._target = None

    def note(self, label: str, span: Span) -> None:
        """A reference to a footnote stands here; it has no text of its own."""
        self._ranges.append(("footnote", label, self.size, self.size, span))

    def image(self, target: str, alt: Sequence[Piece], span: Span) -> None:
        """An image stands here; its description becomes a block of its own after this one."""
        text = "".join(piece.text for piece in alt)
        self.images.append(Image(target, text, span))
        if not _EMPTY.match(text):
            self._alts.append(list(alt))

    def comment(self, text: str, span: Span) -> None:
        """A comment stands here."""
        self.comments.append(Comment(text, span))

    def flush(self, kind: Kind) -> None:
        """End the block, if there is any text."""
        if self._pieces:
            self._trim()
            if self._pieces:
                self._emit(kind)
            self._pieces, self._ranges = [], []
        elif self._ranges:
            self._ranges = []
        if self._alts:
            alts, self._alts = self._alts, []
            for pieces in alts:
                self._pieces = pieces
                self._trim()
                self.blocks.append(Block("alt", self._pieces, path=self._path))
            self._pieces = []
        self._from = self.size = 0
        self._spaced = True

    def _trim(self) -> None:
        pieces = self._pieces
        while pieces:
            text, start, length = pieces[-1]
            lean = text.rstrip()
            if lean:
                if len(lean) < len(text) == length:
                    pieces[-1] = Piece(lean, start, len(lean))
                return
            pieces.pop()

    def _emit(self, kind: Kind) -> None:
        block = Block(
            kind.name, self._pieces, level=kind.level, path=self._path, group=kind.group, label=kind.label
        )
        if _EMPTY.match(block.text):
            return
        if kind.name == "heading":
            self._enter(block, kind.level)
        self._take_links(block)
        self.blocks.append(block)

    def _enter(self, block: Block, level: int) -> None:
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        block.path = tuple(name for _, name in self._headings)
        self._headings.append((level, f"h{level}:{block.text}"))
        self._path = tuple(name for _, name in self._headings)

    def _take_links(self, block: Block) -> None:
        if self._target is not None and self.size > self._from:
            self._ranges.append(("link", self._target, self._from, self.size, None))
        index, size = len(self.blocks), len(block.text)
        if self._autolink and ("://" in block.text or "www." in block.text):
            self._find_urls(block.text)
        for kind, target, start, end, span in self._ranges:
            begin, stop = min(start, size), min(end, size)
            if kind == "footnote":
                self.links.append(Link(kind, target, index, begin, stop, span or Span(0, 0)))
            elif begin < stop:
                self.links.append(Link(kind, target, index, begin, stop, block.span(begin, stop)))

    def _find_urls(self, text: str) -> None:
        taken = [(start, end) for kind, _, start, end, _ in self._ranges if kind == "link"]
        found = []
        for match in _URL.finditer(text):
            start, end = match.start(), match.start() + len(trim_url(match.group()))
            if any(a < end and start < b for a, b in taken):
                continue
            target = text[start:end]
            found.append(("link", target if "://" in target else f"http://{target}", start, end, None))
        if found:
            self._ranges = sorted([*self._ranges, *found], key=lambda item: item[2])

    def parsed(self, head: Sequence[Block], problems: Sequence[Problem], meta: Meta) -> Parsed:
        """Everything collected, with the blocks of the front matter before it."""
        shift = len(head)
        links = self.links
        if shift:
            links = [link._replace(block=link.block + shift) if False else _moved(link, shift) for link in links]
        return Parsed([*head, *self.blocks], links, self.images, self.comments, problems, meta)


def _moved(link: Link, shift: int) -> Link:
    return Link(link.kind, link.target, link.block + shift, link.start, link.end, link.span)


def trim_url(url: str) -> str:
    """A bare URL without the punctuation that follows it (GFM's rule for automatic links)."""
    while url:
        if url[-1] in "?!.,:*_~'\"”’;" or (url[-1] == ")" and url.count(")") > url.count("(")):
            url = url[:-1]
        else:
            break
    return url
