"""What an HTML page says about itself: title, meta tags, JSON-LD and microdata."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from acu_lint.document.document import Block, Piece, Problem
from acu_lint.document.source import Span
from acu_lint.parse.build import legible, trim
from acu_lint.parse.tags import Attribute, resolve

_TEMPLATE = re.compile(r"\{[{%]")
_OPEN_ITEMS = 8  # microdata nested deeper than this is not read
_LONGEST = 1000  # pieces of text in a microdata value


class Head:
    """Collects what tags declare."""

    def __init__(self) -> None:
        self.data: dict[str, Any] = {}
        self.spans: dict[str, Span] = {}
        self.json_ld: list[Mapping[str, Any]] = []
        self.problems: list[Problem] = []
        self.blocks: list[Block] = []
        self.items: list[tuple[list[str], str, list[Piece]]] = []
        self._depths: list[int] = []

    def put(self, key: str, pieces: Sequence[Piece]) -> None:
        """Note a value; the first of a key counts."""
        value = "".join(piece.text for piece in pieces).strip()
        if key in self.data:
            return
        self.data[key] = value
        if pieces:
            self.spans[key] = Span(pieces[0].start, pieces[-1].start + pieces[-1].length)

    def block(self, kind: str, pieces: Sequence[Piece]) -> None:
        """Note the title or the description, the first of each."""
        pieces = trim(legible(pieces))
        if pieces and not any(block.kind == kind for block in self.blocks):
            self.blocks.append(Block(kind, pieces))

    def meta(self, found: Mapping[str, Attribute], offset: int) -> None:
        """Read a ``<meta>`` tag."""
        content = found.get("content")
        if not content:
            return
        if "http-equiv" in found and found["http-equiv"].text.lower() == "refresh" and "url=" in content.text.lower():
            self.data.setdefault("redirect", content.text)
        pieces = trim(resolve(content.value, offset + content.start))
        if "http-equiv" in found and found["http-equiv"].text.lower() == "content-language":
            self.put("content-language", pieces)
        for key in ("name", "property"):
            if key in found and found[key].text:
                self.put(found[key].text.lower(), pieces)
        if "name" in found and found["name"].text.lower() == "description":
            self.block("description", pieces)

    def link(self, found: Mapping[str, Attribute], offset: int) -> None:
        """Read a ``<link>`` tag: the canonical address of the page, those of its translations."""
        if "rel" not in found or "href" not in found:
            return
        kinds, href = found["rel"].text.lower().split(), found["href"]
        if "canonical" in kinds:
            self.put("canonical", trim(resolve(href.value, offset + href.start)))
        elif "alternate" in kinds and "hreflang" in found:
            self.data.setdefault("hreflang", []).append(href.text)

    def script(self, raw: str, start: int) -> None:
        """Read a JSON-LD script."""
        import json  # noqa: PLC0415 -- only pages with JSON-LD pay for it

        if not raw.strip():
            return
        try:
            value = json.loads(raw)
        except (ValueError, RecursionError) as error:
            if not _TEMPLATE.search(raw):
                self.problems.append(_broken(raw, start, error))
            return
        self.json_ld.extend(item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict))

    def open_item(self, tag: str, found: Mapping[str, Attribute], offset: int, *, empty: bool) -> None:
        """A tag with ``itemprop``: its value is in an attribute, else in the text up to its end tag."""
        keys = [f"itemprop:{name}" for name in found["itemprop"].text.split()]
        for name in ("content", "datetime", *(("href", "src") if tag in {"link", "img"} else ())):
            if name in found:
                for key in keys:
                    self.put(key, trim(resolve(found[name].value, offset + found[name].start)))
                return
        if not empty and len(self.items) < _OPEN_ITEMS:
            self.items.append((keys, tag, []))
            self._depths.append(0)

    def text(self, pieces: Sequence[Piece]) -> None:
        """Text within the open microdata elements."""
        for _, _, parts in self.items:
            if len(parts) < _LONGEST:
                parts.extend(pieces)

    def start(self, tag: str) -> None:
        """A start tag within the open microdata elements."""
        for index, (_, name, _) in enumerate(self.items):
            if name == tag:
                self._depths[index] += 1

    def end(self, tag: str) -> None:
        """An end tag: the value of the microdata element it closes is complete."""
        for index in range(len(self.items) - 1, -1, -1):
            keys, name, parts = self.items[index]
            if name != tag:
                continue
            self._depths[index] -= 1
            if not self._depths[index]:
                del self.items[index], self._depths[index]
                for key in keys:
                    self.put(key, trim(parts))


def _broken(raw: str, start: int, error: Exception) -> Problem:
    place = start + min(int(getattr(error, "pos", 0)), len(raw))
    line = raw.count("\n", 0, place - start) + 1
    what = getattr(error, "msg", "nested too deeply")
    message = f"JSON-LD cannot be read ({what}, line {line} of the script); check commas, quotes and brackets"
    return Problem(message, Span(place, min(place + 1, start + len(raw))))
