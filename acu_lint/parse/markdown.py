"""Markdown to blocks, through pulldown-cmark's events and their byte ranges."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyromark

from acu_lint.document.document import OBJECT, Parsed, Piece
from acu_lint.document.flavour import Flavour
from acu_lint.document.source import Source, Span
from acu_lint.parse import frontmatter, mask
from acu_lint.parse.build import Builder, Kind
from acu_lint.parse.html import Reader

_OPTIONS = pyromark.Options
_PARSER = pyromark.Markdown(
    options=_OPTIONS.ENABLE_TABLES
    | _OPTIONS.ENABLE_FOOTNOTES
    | _OPTIONS.ENABLE_STRIKETHROUGH
    | _OPTIONS.ENABLE_TASKLISTS
    | _OPTIONS.ENABLE_HEADING_ATTRIBUTES
)
_PLAIN = Kind()


def parse(source: Source, flavour: Flavour = Flavour.ANY) -> Parsed:
    """Parse a Markdown file."""
    front = frontmatter.read(source)
    return convert(mask.markdown(source.text, front.end), front)


def convert(masked: mask.Mask, front: frontmatter.Front) -> Parsed:
    """Parse Markdown from which all but prose and markup is blanked out."""
    walk = _Walk(masked)
    walk.run()
    problems = (*front.problems, *walk.html.head.problems)
    return walk.builder.parsed(front.blocks, problems, front.meta)


def indented_code(text: str) -> list[tuple[int, int]]:
    """Ranges of the indented code blocks, from the start of their first lines."""
    at = Source(text).from_byte
    found = []
    for event, reach in _PARSER.events_with_range(text):
        if isinstance(event, dict) and event.get("Start") == {"CodeBlock": "Indented"}:
            start = at(reach["start"])
            found.append((text.rfind("\n", 0, start) + 1, at(reach["end"])))
    return found


class _Walk:
    """One pass over the events of a text.

    A method ``on_X`` takes the event X, ``open_X`` the start and ``close_X`` the end of an element X;
    their arguments are what the event says, and where it begins and ends in UTF-8.
    """

    def __init__(self, masked: mask.Mask) -> None:
        self.text = masked.text
        self.builder = Builder(masked, autolink=True)
        self.html = Reader(self.builder, page=False)
        self._kinds: list[Kind] = []
        self._lists: list[int] = []
        self._at = Source(self.text).from_byte
        self._in_code = False
        self._alt: list[Piece] | None = None
        self._images: list[str] = []
        self._chunks: list[tuple[int, int]] = []

    def run(self) -> None:
        """Read all events."""
        events: Any = _PARSER.events_with_range(self.text)
        for event, reach in events:
            if isinstance(event, str):
                handler, body = _ON.get(event), None
            else:
                ((name, body),) = event.items()
                if name in {"Start", "End"}:
                    table = _OPEN if name == "Start" else _CLOSE
                    if isinstance(body, str):
                        name = body
                    else:
                        ((name, body),) = body.items()
                    handler = table.get(name)
                else:
                    handler = _ON.get(name)
            if handler:
                handler(self, body, reach["start"], reach["end"])
        self.flush()

    def flush(self) -> None:
        """End the block."""
        self.builder.flush(self._kinds[-1] if self._kinds else self.html.kind)

    def on_Text(self, body: str, start: int, end: int) -> None:  # noqa: N802
        if self._in_code or self.html.skipping:
            return
        start = self._at(start)
        length = self._at(end) - start
        if self._alt is not None:
            self._alt.append(Piece(body, start, length))
        else:
            self.builder.add(body, start, length)
            if self.html.head.items:
                self.html.head.text([Piece(body, start, length)])

    def on_SoftBreak(self, body: None, start: int, end: int) -> None:  # noqa: ARG002, N802
        self.on_Text(" ", start, end)

    on_HardBreak = on_SoftBreak  # noqa: N815

    def on_Code(self, body: str, start: int, end: int) -> None:  # noqa: ARG002, N802
        self.on_Text(OBJECT, start, end)

    def on_FootnoteReference(self, body: str, start: int, end: int) -> None:  # noqa: N802
        if self._alt is None and not self.html.skipping:
            self.builder.note(body, Span(self._at(start), self._at(end)))

    def on_InlineHtml(self, body: str, start: int, end: int) -> None:  # noqa: ARG002, N802
        if self._alt is None:
            self.html.base = self._kinds[-1] if self._kinds else _PLAIN
            start = self._at(start)
            self.html.feed(self.text[start : self._at(end)], start)

    def on_Html(self, body: str, start: int, end: int) -> None:  # noqa: ARG002, N802
        self._chunks.append((self._at(start), self._at(end)))

    def open_Paragraph(self, body: None, start: int, end: int) -> None:  # noqa: ARG002, N802
        self.flush()

    close_Paragraph = open_Paragraph  # noqa: N815

    def open_Heading(self, body: dict[str, str], start: int, end: int) -> None:  # noqa: ARG002, N802
        self._enter(Kind("heading", int(body["level"][1])))

    def open_BlockQuote(self, body: None, start: int, end: int) -> None:  # noqa: ARG002, N802
        self._enter(Kind("quote"))

    def open_FootnoteDefinition(self, body: str, start: int, end: int) -> None:  # noqa: ARG002, N802
        self._enter(Kind("footnote", label=body))

    def open_Item(self, body: None, start: int, end: int) -> None:  # noqa: ARG002, N802
        self._enter(Kind("item", len(self._lists), self._lists[-1]))

    def open_TableCell(self, body: None, start: int, end: int) -> None:  # noqa: ARG002, N802
        self._enter(Kind("cell", 0, self.builder.rows))

    def _enter(self, kind: Kind) -> None:
        self.flush()
        self._kinds.append(kind)

    def close_Heading(self, body: None, start: int, end: int) -> None:  # noqa: ARG002, N802
        self.flush()
        self._kinds.pop()

    close_BlockQuote = close_FootnoteDefinition = close_Item = close_TableCell = close_Heading  # noqa: N815

    def open_List(self, body: None, start: int, end: int) -> None:  # noqa: ARG002, N802
        self.flush()
        self.builder.lists += 1
        self._lists.append(self.builder.lists)

    def close_List(self, body: None, start: int, end: int) -> None:  # noqa: ARG002, N802
        self._lists.pop()

    def open_TableRow(self, body: None, start: int, end: int) -> None:  # noqa: ARG002, N802
        self.builder.rows += 1

    open_TableHead = open_TableRow  # noqa: N815

    def open_CodeBlock(self, body: None, start: int, end: int) -> None:  # noqa: ARG002, N802
        self.flush()
        self._in_code = True

    def close_CodeBlock(self, body: None, start: int, end: int) -> None:  # noqa: ARG002, N802
        self._in_code = False

    def open_HtmlBlock(self, body: None, start: int, end: int) -> None:  # noqa: ARG002, N802
        self.flush()
        self._chunks = []

    def close_HtmlBlock(self, body: None, start: int, end: int) -> None:  # noqa: ARG002, N802
        if not self._chunks:
            return
        first = place = self._chunks[0][0]
        parts = []
        for begin, stop in self._chunks:  # the marks of a quote or list around it stand between the lines
            parts.append(" " * (begin - place) + self.text[begin:stop])
            place = stop
        self.html.base = self._kinds[-1] if self._kinds else _PLAIN
        self.html.feed("".join(parts), first)
        self.html.flush()

    def open_Link(self, body: dict[str, str], start: int, end: int) -> None:  # noqa: N802
        if self._alt is None and not self.html.skipping:
            target = self._target(body["dest_url"], start, end)
            begin = self._at(start)
            empty = self.text.startswith("[](", begin)
            self.builder.open_link(target, Span(begin, self._at(end)) if empty else None)

    def close_Link(self, body: None, start: int, end: int) -> None:  # noqa: ARG002, N802
        if self._alt is None:
            self.builder.close_link()

    def open_Image(self, body: dict[str, str], start: int, end: int) -> None:  # noqa: N802
        within = self._alt is not None  # an image in the description of another one is words only
        self._images.append("" if within else self._target(body["dest_url"], start, end))
        if not within:
            self._alt = []

    def close_Image(self, body: None, start: int, end: int) -> None:  # noqa: ARG002, N802
        target = self._images.pop()
        if not self._images and self._alt is not None:
            alt, self._alt = self._alt, None
            if not self.html.skipping:
                self.builder.image(target, alt, Span(self._at(start), self._at(end)))

    def _target(self, url: str, start: int, end: int) -> str:
        return self.builder.mask.original(url, self._at(start), self._at(end))


def _handlers(prefix: str) -> dict[str, Callable[[_Walk, Any, int, int], None]]:
    return {name.removeprefix(prefix): method for name, method in vars(_Walk).items() if name.startswith(prefix)}


_ON, _OPEN, _CLOSE = _handlers("on_"), _handlers("open_"), _handlers("close_")
