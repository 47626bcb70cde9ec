"""Markdown to blocks, through pulldown-cmark's events and their byte ranges."""

from __future__ import annotations

from typing import Any

import pyromark

from ..document import OBJECT, Parsed, Piece
from ..source import Source, Span
from . import frontmatter, mask
from .build import Builder, Kind
from .html import Reader

_OPTIONS = pyromark.Options
_PARSER = pyromark.Markdown(
    options=_OPTIONS.ENABLE_TABLES
    | _OPTIONS.ENABLE_FOOTNOTES
    | _OPTIONS.ENABLE_STRIKETHROUGH
    | _OPTIONS.ENABLE_TASKLISTS
    | _OPTIONS.ENABLE_HEADING_ATTRIBUTES
)


def parse(source: Source) -> Parsed:
    """Parse a Markdown file."""
    front = frontmatter.read(source)
    return convert(mask.prepare(source, front.end), front)


def convert(text: str, front: frontmatter.Front) -> Parsed:
    """Parse Markdown of which nothing but prose and markup is left."""
    walk = _Walk(text)
    walk.run()
    return walk.builder.parsed(front.blocks, (*front.problems, *walk.html.problems), front.meta)


class _Walk:
    """One pass over the events of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.builder = Builder(autolink=True)
        self.html = Reader(self.builder, page=False)
        self._kinds: list[Kind] = []
        self._lists: list[int] = []
        self._count = self._row = 0
        self._code = False
        self._alt: list[Piece] | None = None
        self._images = 0
        self._chunks: list[tuple[int, int]] = []
        self._level = 0

    def run(self) -> None:
        at = Source(self.text).from_byte
        handlers = {name[4:]: getattr(self, name) for name in dir(self) if name.startswith("_do_")}
        for event, reach in _PARSER.events_with_range(self.text):
            if isinstance(event, str):
                name, body = event, None
            else:
                ((name, body),) = event.items()
            handler = handlers.get(name)
            if handler:
                handler(body, at(reach["start"]), at(reach["end"]))
        self.flush()

    @property
    def kind(self) -> Kind:
        if self._kinds:
            return self._kinds[-1]
        return self.html.kind

    def flush(self) -> None:
        self.builder.flush(self.kind)

    def add(self, text: str, start: int, length: int) -> None:
        if self._code or self.html.skipping:
            return
        if self._alt is not None:
            self._alt.append(Piece(text, start, length))
        else:
            self.builder.add(text, start, length)

    def _do_Text(self, body: str, start: int, end: int) -> None:  # noqa: N802
        self.add(body, start, end - start)

    def _do_SoftBreak(self, body: None, start: int, end: int) -> None:  # noqa: N802
        self.add(" ", start, end - start)

    _do_HardBreak = _do_SoftBreak

    def _do_Code(self, body: str, start: int, end: int) -> None:  # noqa: N802
        self.add(OBJECT, start, end - start)

    def _do_FootnoteReference(self, body: str, start: int, end: int) -> None:  # noqa: N802
        if self._alt is None:
            self.builder.note(body, Span(start, end))

    def _do_InlineHtml(self, body: str, start: int, end: int) -> None:  # noqa: N802
        if self._alt is None:
            self.html.base = self.kind
            self.html.feed(self.text[start:end], start)

    def _do_Html(self, body: str, start: int, end: int) -> None:  # noqa: N802
        self._chunks.append((start, end))

    def _do_Start(self, body: Any, start: int, end: int) -> None:  # noqa: N802
        tag, value = (body, None) if isinstance(body, str) else next(iter(body.items()))
        handler = getattr(self, f"_start_{tag}", None)
        if handler:
            handler(value, start, end)

    def _do_End(self, body: Any, start: int, end: int) -> None:  # noqa: N802
        tag = body if isinstance(body, str) else next(iter(body))
        handler = getattr(self, f"_end_{tag}", None)
        if handler:
            handler(start, end)

    def _start_Paragraph(self, value: Any, start: int, end: int) -> None:  # noqa: N802
        self.flush()

    def _end_Paragraph(self, start: int, end: int) -> None:  # noqa: N802
        self.flush()

    def _start_Heading(self, value: Any, start: int, end: int) -> None:  # noqa: N802
        self.flush()
        self._kinds.append(Kind("heading", int(value["level"][1])))

    def _end_kind(self, start: int, end: int) -> None:
        self.flush()
        self._kinds.pop()

    _end_Heading = _end_Item = _end_BlockQuote = _end_FootnoteDefinition = _end_TableCell = _end_kind  # noqa: N815

    def _start_BlockQuote(self, value: Any, start: int, end: int) -> None:  # noqa: N802
        self.flush()
        self._kinds.append(Kind("quote"))

    def _start_FootnoteDefinition(self, value: str, start: int, end: int) -> None:  # noqa: N802
        self.flush()
        self._kinds.append(Kind("footnote", label=value))

    def _start_List(self, value: Any, start: int, end: int) -> None:  # noqa: N802
        self.flush()
        self._count += 1
        self._lists.append(self._count)

    def _end_List(self, start: int, end: int) -> None:  # noqa: N802
        self._lists.pop()

    def _start_Item(self, value: Any, start: int, end: int) -> None:  # noqa: N802
        self.flush()
        self._kinds.append(Kind("item", len(self._lists), self._lists[-1]))

    def _start_TableRow(self, value: Any, start: int, end: int) -> None:  # noqa: N802
        self._row += 1

    _start_TableHead = _start_TableRow  # noqa: N815

    def _start_TableCell(self, value: Any, start: int, end: int) -> None:  # noqa: N802
        self.flush()
        self._kinds.append(Kind("cell", 0, self._row))

    def _start_CodeBlock(self, value: Any, start: int, end: int) -> None:  # noqa: N802
        self.flush()
        self._code = True

    def _end_CodeBlock(self, start: int, end: int) -> None:  # noqa: N802
        self._code = False

    def _start_HtmlBlock(self, value: Any, start: int, end: int) -> None:  # noqa: N802
        self.flush()
        self._chunks = []

    def _end_HtmlBlock(self, start: int, end: int) -> None:  # noqa: N802
        if not self._chunks:
            return
        first, parts, place = self._chunks[0][0], [], self._chunks[0][0]
        for begin, stop in self._chunks:
            parts.append(" " * (begin - place) + self.text[begin:stop])
            place = stop
        self.html.base = self._kinds[-1] if self._kinds else Kind()
        self.html.feed("".join(parts), first)
        self.html.flush()

    def _start_Link(self, value: Any, start: int, end: int) -> None:  # noqa: N802
        if self._alt is None:
            self.builder.open_link(value["dest_url"])

    def _end_Link(self, start: int, end: int) -> None:  # noqa: N802
        if self._alt is None:
            self.builder.close_link()

    def _start_Image(self, value: Any, start: int, end: int) -> None:  # noqa: N802
        self._images += 1
        if self._images == 1:
            self._alt, self._source = [], value["dest_url"]

    def _end_Image(self, start: int, end: int) -> None:  # noqa: N802
        self._images -= 1
        if not self._images and self._alt is not None:
            alt, self._alt = self._alt, None
            self.builder.image(self._source, alt, Span(start, end))
