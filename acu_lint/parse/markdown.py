"""Markdown to blocks, through pulldown-cmark's events and their byte ranges."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pyromark

from acu_lint.document.document import OBJECT, Parsed, Piece
from acu_lint.document.flavour import Flavour
from acu_lint.document.sentences import SIGNS
from acu_lint.document.source import Source, Span
from acu_lint.parse import dialect, frontmatter, mask
from acu_lint.parse.build import Builder, Kind
from acu_lint.parse.html import Reader

_OPTIONS = pyromark.Options
_GITHUB = (
    _OPTIONS.ENABLE_TABLES
    | _OPTIONS.ENABLE_FOOTNOTES
    | _OPTIONS.ENABLE_STRIKETHROUGH
    | _OPTIONS.ENABLE_TASKLISTS
    | _OPTIONS.ENABLE_HEADING_ATTRIBUTES
)
_PARSER = pyromark.Markdown(options=_GITHUB)
_WITH_TERMS = pyromark.Markdown(options=_GITHUB | _OPTIONS.ENABLE_DEFINITION_LIST)
_PLAIN = Kind()
_TAG = re.compile("<[A-Z]")
_SINGLE_TILDE = frozenset({Flavour.COMMONMARK, Flavour.DOCUSAURUS})  # where one strikes out as two do
_COMPONENT = re.compile(r"^[ \t]*<([A-Z][\w.]*)(?=[\s>/])", re.MULTILINE)
# Before these a new line of the source is one to readers too: emoji, check marks, arrows, bullets, dashes.
_SIGN = re.compile(
    rf"[{SIGNS}]"
    r"|[0-9#*]\ufe0f?\u20e3|[–—][ \u00a0]|:[a-z][a-z0-9_+-]{0,40}:[ \t]"
)


def parse(source: Source, flavour: Flavour = Flavour.ANY) -> Parsed:
    """Parse a Markdown file."""
    if _is_mdx(source.text, flavour):
        from acu_lint.parse import mdx  # noqa: PLC0415 -- only where components are used

        return mdx.parse(source, flavour)
    front = frontmatter.read(source)
    return convert(mask.markdown(source.text, front.end, flavour), front, flavour)


def _is_mdx(text: str, flavour: Flavour) -> bool:
    """Whether a file is MDX under another name: as in Docusaurus, and where a component is opened and closed."""
    if flavour is Flavour.DOCUSAURUS:
        return True
    if flavour is not Flavour.ANY or not _TAG.search(text):
        return False
    found = {match[1] for match in _COMPONENT.finditer(text) if not match[1].isupper()}  # HTML may be in capitals
    return any(re.search(rf"</{name}>|<{name}\b[^<>]{{0,2000}}/>", text) for name in found)


def convert(masked: mask.Mask, front: frontmatter.Front, flavour: Flavour) -> Parsed:
    """Parse Markdown from which all but prose and markup is blanked out."""
    walk = _Walk(masked, flavour)
    walk.run()
    walk.builder.tell_langs(masked.langs)
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

    def __init__(self, masked: mask.Mask, flavour: Flavour) -> None:
        self.text = masked.text
        self._flavour = flavour
        self.builder = Builder(masked, autolink=True)
        self.html = Reader(self.builder, page=False)
        self._parser = _WITH_TERMS if flavour in dialect.TERMS else _PARSER
        rewritten = dialect.rewrite(masked, flavour)
        self._source = Source(rewritten.text if rewritten else self.text)
        self._others: Mapping[int, Kind | None] = rewritten.kinds if rewritten else {}
        # The places in the file of what begins, and of what ends, at a byte of the parser's text.
        self._at = self._stop = self._offset = self._source.from_byte
        if rewritten:
            self._at = lambda byte: rewritten.origin(self._offset(byte))
            self._stop = lambda byte: rewritten.origin_of_end(self._offset(byte))
        self._kinds: list[Kind] = []
        self._lists: list[int] = []
        self._struck = self._titled = self._in_code = False
        self._alt: list[Piece] | None = None
        self._images: list[str] = []
        self._chunks: list[tuple[int, int]] = []

    def run(self) -> None:
        """Read all events."""
        events: Any = self._parser.events_with_range(self._source.text)
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
        if self._in_code or self._struck or self.html.skipping:
            return
        start = self._at(start)
        length = self._stop(end) - start
        if self._alt is not None:
            self._alt.append(Piece(body, start, length))
        else:
            self.builder.add(body, start, length)
            if self.html.head.items:
                self.html.head.text([Piece(body, start, length)])

    def on_SoftBreak(self, body: None, start: int, end: int) -> None:  # noqa: N802
        if _SIGN.match(self.builder.mask.source, self._at(end)):
            self.on_HardBreak(body, start, end)
        else:
            self.on_Text(" ", start, end)

    def on_HardBreak(self, body: None, start: int, end: int) -> None:  # noqa: ARG002, N802
        if self._alt is None and not self._struck and not self.html.skipping:
            start = self._at(start)
            self.builder.end_line(start, self._stop(end) - start)
        else:
            self.on_Text(" ", start, end)

    def open_Strikethrough(self, body: None, start: int, end: int) -> None:  # noqa: ARG002, N802
        single = self._flavour not in _SINGLE_TILDE  # it means to others that something stands lower
        self._struck = not single or self.text.startswith("~~", self._at(start))

    def close_Strikethrough(self, body: None, start: int, end: int) -> None:  # noqa: ARG002, N802
        self._struck = False

    def on_Code(self, body: str, start: int, end: int) -> None:  # noqa: ARG002, N802
        self.on_Text(OBJECT, start, end)

    def on_FootnoteReference(self, body: str, start: int, end: int) -> None:  # noqa: N802
        if self._alt is None and not self._struck and not self.html.skipping:
            self.builder.note(body, Span(self._at(start), self._at(end)))  # up to what follows a note within a line

    def on_InlineHtml(self, body: str, start: int, end: int) -> None:  # noqa: ARG002, N802
        if self._alt is None:
            self.html.base = self._kinds[-1] if self._kinds else _PLAIN
            start = self._at(start)
            self.html.feed(self.text[start : self._stop(end)], start)

    def on_Html(self, body: str, start: int, end: int) -> None:  # noqa: ARG002, N802
        self._chunks.append((self._at(start), self._stop(end)))

    def open_Paragraph(self, body: None, start: int, end: int) -> None:  # noqa: ARG002, N802
        self.flush()
        self.html.base = self._kinds[-1] if self._kinds else _PLAIN
        kind = self._others.get(self._offset(start)) if self._others else None
        self._titled = kind is not None
        if kind:
            self._kinds.append(kind)

    def close_Paragraph(self, body: None, start: int, end: int) -> None:  # noqa: ARG002, N802
        self.flush()
        if self._titled:
            self._kinds.pop()
            self._titled = False

    def open_Heading(self, body: dict[str, str], start: int, end: int) -> None:  # noqa: ARG002, N802
        self._enter(Kind("heading", int(body["level"][1])))

    def open_BlockQuote(self, body: None, start: int, end: int) -> None:  # noqa: ARG002, N802
        kind: Kind | None = Kind("quote")
        if self._others:
            kind = self._others.get(self._offset(start), kind)
        self._enter(kind or (self._kinds[-1] if self._kinds else self.html.kind))

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
    close_DefinitionListTitle = close_DefinitionListDefinition = close_Heading  # noqa: N815

    def open_List(self, body: None, start: int, end: int) -> None:  # noqa: ARG002, N802
        self.flush()
        self.builder.lists += 1
        self._lists.append(self.builder.lists)

    def close_List(self, body: None, start: int, end: int) -> None:  # noqa: ARG002, N802
        self._lists.pop()

    open_DefinitionList, close_DefinitionList = open_List, close_List  # noqa: N815
    open_DefinitionListTitle = open_DefinitionListDefinition = open_Item  # noqa: N815

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
            self.builder.open_link(target, Span(begin, self._stop(end)) if empty else None)

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
                self.builder.image(target, alt, Span(self._at(start), self._stop(end)))

    def _target(self, url: str, start: int, end: int) -> str:
        return self.builder.mask.original(url, self._at(start), self._stop(end))


def _handlers(prefix: str) -> dict[str, Callable[[_Walk, Any, int, int], None]]:
    return {name.removeprefix(prefix): method for name, method in vars(_Walk).items() if name.startswith(prefix)}


_ON, _OPEN, _CLOSE = _handlers("on_"), _handlers("open_"), _handlers("close_")
