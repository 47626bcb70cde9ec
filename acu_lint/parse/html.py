"""HTML to blocks: the main content of a page, or a fragment within Markdown."""

from __future__ import annotations

import json
from typing import Any

from ..document import OBJECT, Block, Meta, Parsed, Piece, Problem
from ..source import Source, Span
from . import frontmatter, mask
from .build import Builder, Kind
from .tags import COMMENT, END, START, Attribute, Token, attributes, resolve, tokens

_SKIPPED = frozenset(
    "audio button canvas datalist form iframe nav noscript object pre script select style svg template textarea video".split()
)
_PAGE_SKIPPED = frozenset({"aside"})
_CODE = frozenset({"code", "kbd", "samp", "var", "tt", "math"})
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup option p pre"
    " section summary table tbody td tfoot th thead title tr ul".split()
)
_KINDS = {
    "li": "item", "dd": "item", "dt": "item", "td": "cell", "th": "cell", "blockquote": "quote",
    "figcaption": "caption", "caption": "caption",
    "title": "title", "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
}  # fmt: skip
_LISTS = frozenset({"ul", "ol", "dl", "menu", "dir"})
_SCOPES = {
    "li": (frozenset({"li"}), _LISTS),
    "dd": (frozenset({"dd", "dt"}), _LISTS),
    "dt": (frozenset({"dd", "dt"}), _LISTS),
    "td": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
    "th": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
}
_TRACKED = frozenset(_KINDS) | _LISTS | {"table", "tr", "main", "article", "title"}


class Reader:
    """Turns tags and text into blocks; open elements are remembered from one piece of HTML to the next."""

    def __init__(self, builder: Builder, *, page: bool) -> None:
        self.builder = builder
        self.base = Kind()
        self.data: dict[str, Any] = {}
        self.json_ld: list[dict[str, Any]] = []
        self.problems: list[Problem] = []
        self.head: list[Block] = []
        self._page = page
        self._stack: list[tuple[str, Kind]] = []
        self._skip = ""
        self._skip_depth = 0
        self._skip_start = 0
        self._script = ""
        self._lists = self._rows = 0
        self._text = ""
        self._offset = 0

    @property
    def skipping(self) -> bool:
        """Whether text is left out here."""
        return bool(self._skip)

    @property
    def kind(self) -> Kind:
        """What a block that ends here is."""
        return self._stack[-1][1] if self._stack else self.base

    def feed(self, text: str, offset: int) -> None:
        """Read HTML that stands at ``offset`` in the source."""
        self._text, self._offset = text, offset
        for token in tokens(text):
            if token.kind == COMMENT:
                inner = text[token.start + 4 : token.end].removesuffix("-->")
                self.builder.comment(inner, Span(offset + token.start, offset + token.end))
            elif self._skip:
                self._skipped(token)
            elif token.kind == START:
                self._start(token)
            elif token.kind == END:
                self._end(token.name)
            else:
                for piece in resolve(text[token.start : token.end], offset + token.start):
                    self.builder.add(*piece)

    def flush(self) -> None:
        """End the block."""
        self.builder.flush(self.kind)

    def _attributes(self, token: Token) -> dict[str, Attribute]:
        return attributes(self._text, token.attributes)

    def _skipped(self, token: Token) -> None:
        if token.name == "raw" and self._script:
            self._json(token)
        elif token.name != self._skip:
            return
        elif token.kind == START:
            self._skip_depth += 1
        elif token.kind == END:
            self._skip_depth -= 1
            if not self._skip_depth:
                if self._skip in _CODE:
                    self.builder.add(OBJECT, self._skip_start, self._offset + token.end - self._skip_start)
                self._skip = self._script = ""

    def _json(self, token: Token) -> None:
        raw = self._text[token.start : token.end]
        try:
            value = json.loads(raw)
        except (ValueError, RecursionError) as error:
            span = Span(self._offset + token.start, self._offset + token.end)
            self.problems.append(Problem(f"JSON-LD cannot be read: {error}", span))
            return
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                self.json_ld.append(item)

    def _start(self, token: Token) -> None:
        name = token.name
        if name in _SKIPPED or name in _CODE or self._left_out(token):
            if name in _BLOCKS:
                self.flush()
            if name in _VOID:
                return
            self._skip, self._skip_depth, self._skip_start = name, 1, self._offset + token.start
            if name == "script" and "ld+json" in self._text[slice(*token.attributes)]:
                self._script = name
            return
        if name in _BLOCKS:
            self.flush()
        if name in _TRACKED:
            self._push(name)
        handler = getattr(self, f"_on_{name}", None)
        if handler:
            handler(token)

    def _left_out(self, token: Token) -> bool:
        if self._page:
            if token.name in _PAGE_SKIPPED:
                return True
            if token.name in {"header", "footer"} and not any(n in {"main", "article"} for n, _ in self._stack):
                return True
        raw = self._text[slice(*token.attributes)]
        return "hidden" in raw and "hidden" in self._attributes(token)

    def _push(self, name: str) -> None:
        if name in _SCOPES:
            closed, stop = _SCOPES[name]
            for index in range(len(self._stack) - 1, -1, -1):
                if self._stack[index][0] in closed:
                    del self._stack[index:]
                    break
                if self._stack[index][0] in stop:
                    break
        kind = self.kind
        if name in _LISTS:
            self._lists += 1
            level = kind.level + 1 if kind.name == "item" else 1
            kind = Kind("item", level, self._lists)
        elif name == "tr":
            self._rows += 1
            kind = Kind("cell", 0, self._rows)
        elif name[0] == "h" and name in _KINDS:
            kind = Kind("heading", int(name[1]))
        elif name in _KINDS and _KINDS[name] not in {"item", "cell"}:
            kind = Kind(_KINDS[name])
        elif name in _KINDS and kind.name != _KINDS[name]:
            kind = Kind(_KINDS[name], 1)
        self._stack.append((name, kind))

    def _end(self, name: str) -> None:
        if name in _BLOCKS:
            self.flush()
        if name == "a":
            self.builder.close_link()
        if name in _TRACKED:
            for index in range(len(self._stack) - 1, -1, -1):
                if self._stack[index][0] == name:
                    del self._stack[index:]
                    break

    def _on_a(self, token: Token) -> None:
        href = self._attributes(token).get("href")
        if href:
            self.builder.open_link(href.text)

    def _on_br(self, token: Token) -> None:
        self.builder.add(" ", self._offset + token.start, token.end - token.start)

    def _on_img(self, token: Token) -> None:
        found = self._attributes(token)
        alt, target = found.get("alt"), found.get("src")
        pieces = resolve(alt.value, self._offset + alt.start) if alt else []
        span = Span(self._offset + token.start, self._offset + token.end)
        self.builder.image(target.text if target else "", pieces, span)

    def _on_html(self, token: Token) -> None:
        lang = self._attributes(token).get("lang")
        if lang:
            self.data.setdefault("lang", lang.text)

    def _on_link(self, token: Token) -> None:
        found = self._attributes(token)
        if "rel" in found and "href" in found and "canonical" in found["rel"].text.lower().split():
            self.data["canonical"] = found["href"].text

    def _on_meta(self, token: Token) -> None:
        found = self._attributes(token)
        name = found.get("name") or found.get("property")
        content = found.get("content")
        if not name or not content:
            return
        key = name.text.lower()
        self.data.setdefault(key, content.text)
        if key == "description" and content.text:
            self.head.append(Block("description", resolve(content.value, self._offset + content.start)))


def parse(source: Source) -> Parsed:
    """Parse an HTML page or fragment."""
    front = frontmatter.read(source)
    builder = Builder()
    reader = Reader(builder, page=True)
    text = mask.prepare(source, front.end)
    reader.feed(text, 0)
    reader.flush()
    data = {**reader.data, **front.meta.data}
    meta = Meta(data, front.meta.spans, tuple(reader.json_ld), front.meta.format or "html")
    return builder.parsed([*front.blocks, *reader.head], [*front.problems, *reader.problems], meta)
