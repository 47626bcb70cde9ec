"""Plain text to blocks: headings, lists and paragraphs are told by their shape."""

from __future__ import annotations

import re
from typing import NamedTuple

from acu_lint.document.document import Parsed
from acu_lint.document.flavour import Flavour
from acu_lint.document.source import Source
from acu_lint.parse import frontmatter, mask
from acu_lint.parse.build import Builder, Kind

_LINE = re.compile(r"[^\r\n]+")
_MARK = re.compile(
    r"([ \t]*+)(?:(?P<bullet>[•◦‣⁃▪▫■□●○·*+–—-])(?:[ \t\u00a0]++|(?<=•))|(?P<number>\d{1,3}|[a-z])[.)][ \t]++)(?=\S)"
)
_HASHES = re.compile(r"(#{1,6})[ \t]++(?=\S)")
_RULE = re.compile(r"[\W_]+\Z")
_UNDERLINE = re.compile(r"[ \t]*(?:={3,}|-{3,}|~{3,})[ \t]*\Z")
_NO_HEADING = re.compile(r"[.:;,!…]['\"”’)\]]*\Z|[a-z]{3}[.!]\s+[A-Z]")
# Lines about the text, which are short but head nothing.
_ABOUT = re.compile(
    r"(?:by|written by|(?:medically |clinically )?reviewed by|posted|published|(?:last )?updated|author|date|tags?"
    r"|categor(?:y|ies)|sources?|share|photo)\b(?!.*\?\Z)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?:;…]['\"”’)\]]*\Z")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*]{1,500})(?<=\S)\1(?![\w*])")
_HEADING_WORDS = 12
_TITLE_WORDS = 20  # of the first line
_LONGEST_WRAP = 100  # characters; longer lines were not broken by hand or by an editor


class Line(NamedTuple):
    """A line that is not empty; ``gap`` tells whether an empty line stands before it."""

    text: str
    start: int
    gap: bool

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


def parse(source: Source, flavour: Flavour = Flavour.ANY) -> Parsed:  # noqa: ARG001 -- Markdown alone has flavours
    """Parse a plain text."""
    front = frontmatter.read(source)
    masked = mask.plain(source.text, front.end)
    lines = _lines(masked.text)
    reader = _Reader(Builder(masked, autolink=True), lines)
    reader.run()
    return reader.builder.parsed(front.blocks, front.problems, front.meta)


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    end = 0
    for match in _LINE.finditer(text):
        if not match.group().strip():
            continue
        between = text[end : match.start()]
        gap = not lines or between.replace("\r\n", "\n").count("\n") + between.count("\r") - between.count("\r\n") > 1
        lines.append(Line(match.group(), match.start(), gap))
        end = match.end()
    return lines


class _Reader:
    """Walks over the lines and decides what each is."""

    def __init__(self, builder: Builder, lines: list[Line]) -> None:
        self.builder = builder
        self._lines = lines
        self._widths = _widths(lines)
        self._headings = 0
        self._no_rows = 0  # lines before this one are no rows of a table
        self._indents: list[int] = []

    def run(self) -> None:
        """Read all lines."""
        index = 0
        while index < len(self._lines):
            index = self._block(index)

    def _block(self, index: int) -> int:
        """Read the block that begins with a line; returns the index of the first line after it."""
        line = self._lines[index]
        mark = _MARK.match(line.text)
        if not mark:
            self._indents = []
        if mark:
            return self._item(index, mark)
        if _RULE.match(line.text):
            return index + 1
        hashes = _HASHES.match(line.text)
        if hashes:
            self._add(line, hashes.end())
            self._end(Kind("heading", len(hashes[1])))
            return index + 1
        if self._is_heading(index):
            self._headings += 1
            self._add(line, 0)
            self._end(Kind("heading", 1 if self._headings == 1 else 2))
            return index + 1
        return self._paragraph(index)

    def _item(self, index: int, mark: re.Match[str]) -> int:
        """Read a list item and the lines that continue it."""
        indent = len(mark[1].expandtabs(4))
        if not self._indents:
            self.builder.lists += 1
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
        if not self._indents or self._indents[-1] < indent:
            self._indents.append(indent)
        return self._run(index, mark.end(), Kind("item", len(self._indents), self.builder.lists))

    def _paragraph(self, index: int) -> int:
        """Read a paragraph, or the rows of a table that was pasted as text."""
        rows = self._rows(index)
        if rows:
            for line in self._lines[index : index + rows]:
                self.builder.rows += 1
                self._add(line, 0)
                self._end(Kind("cell", 0, self.builder.rows))
            return index + rows
        return self._run(index, 0, Kind())

    def _run(self, index: int, skip: int, kind: Kind) -> int:
        """Read a line and those that were broken off from it."""
        width = self._widths[index]
        self._add(self._lines[index], skip)
        while index + 1 < len(self._lines) and self._continues(index, width):
            here, after = self._lines[index], self._lines[index + 1]
            end = here.start + len(here.text.rstrip())
            start = after.start + len(after.text) - len(after.text.lstrip())
            self.builder.add(" ", end, start - end)
            self._add(after, start - after.start)
            index += 1
        self._end(kind)
        return index + 1

    def _continues(self, index: int, width: int) -> bool:
        """Whether the next line is the rest of this one: its first word had no room here."""
        here, after = self._lines[index], self._lines[index + 1]
        if after.gap or not width or _MARK.match(after.text) or _RULE.match(after.text):
            return False
        first = after.text.split(None, 1)[0]
        full = len(here.text.rstrip()) + 1 + len(first) > width * 0.85
        starts_low = first[:1].islower()
        return (full and width >= 40) or (starts_low and not _ENDS.search(here.text.rstrip()) and width >= 40)

    def _rows(self, index: int) -> int:
        """How many lines from here on are rows of a pasted table (0: none)."""
        if index < self._no_rows:
            return 0
        end = index
        while end < len(self._lines) and (end == index or not self._lines[end].gap) and _is_row(self._lines[end]):
            end += 1
        self._no_rows = end
        rows = self._lines[index:end]
        numbers = sum(1 for line in rows if any(char.isdigit() for char in line.text))
        return len(rows) if len(rows) >= 3 and numbers * 3 >= len(rows) * 2 else 0

    def _is_heading(self, index: int) -> bool:
        """A short line without a full stop that something longer, or an empty line, follows."""
        line = self._lines[index]
        text = line.text.strip()
        most = _TITLE_WORDS if index == 0 else _HEADING_WORDS
        if line.words > most or _NO_HEADING.search(text) or text == text.lower() or _ABOUT.match(text):
            return False
        if index + 1 == len(self._lines):
            return index == 0
        after = self._lines[index + 1]
        if _UNDERLINE.match(after.text):
            return True
        if after.gap:
            return line.gap or self._lines[index - 1].words > _HEADING_WORDS
        longer = after.words > max(most, line.words * 3 // 2)
        return (
            longer
            or bool(_MARK.match(after.text))
            or (after.words > line.words and bool(_ENDS.search(after.text.rstrip())))
        )

    def _add(self, line: Line, skip: int) -> None:
        text, at = line.text, skip
        for match in _EMPHASIS.finditer(text, skip):
            for start, end in ((at, match.start()), match.span(2)):
                if start < end:
                    self.builder.add(text[start:end], line.start + start, end - start)
            at = match.end()
        if at < len(text):
            self.builder.add(text[at:], line.start + at, len(text) - at)

    def _end(self, kind: Kind) -> None:
        self.builder.flush(kind)


def _widths(lines: list[Line]) -> list[int]:
    """For every line the longest of the lines around it without a gap (0: not wrapped)."""
    widths: list[int] = []
    first = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or lines[index].gap:
            longest = max(len(line.text) for line in lines[first:index])
            whole = all(_ENDS.search(line.text.rstrip()) for line in lines[first:index])
            widths += [longest if longest <= _LONGEST_WRAP and not whole else 0] * (index - first)
            first = index
    return widths


def _is_row(line: Line) -> bool:
    return line.words <= 25 and not _ENDS.search(line.text.rstrip()) and not _MARK.match(line.text)
