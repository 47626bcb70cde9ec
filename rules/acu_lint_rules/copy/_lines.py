"""Which lines can be deleted with what was left behind in them, so that the rest of the file means what it meant."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from acu_lint.api import META, Block, Document, Edit, Span
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.copy._left import Left

_LONGEST = 400  # characters of a block; what is left behind is short
# What may stand before and behind the words of a line that goes
_BEFORE = {
    "paragraph": lazy(r"[*_]{0,3}"),
    "heading": lazy(r"#{1,6}[ \t]{1,9}[*_]{0,3}"),
    "item": lazy(r" {0,3}(?:[-*+]|\d{1,3}[.)])[ \t]{1,4}[*_]{0,3}"),
}
_BEHIND = lazy(r"[*_]{0,3}[ \t]{0,99}#{0,6}[ \t]{0,99}")
_ITEM = lazy(r" {0,3}(?:[-*+]|\d{1,3}[.)])[ \t]")
_FRONT_MATTER = lazy(r"(?:---|\+\+\+|\{|;;;)")  # what begins it at the head of a file
_TAG = lazy(r"[ \t]{0,99}<(p|h[1-6])>")


def deletions(doc: Document, found: Iterable[Left]) -> dict[int, Edit]:
    """For each block, by its index, that is certainly nothing but leftovers: the edit that deletes its lines.

    Nothing where other words share the lines, where they hold a section, a list or a widget, or where the lines around
    them would be read in another way without them.
    """
    covered: dict[int, list[Span]] = {}
    twins: set[int] = set()  # what they hold, the block above holds without them
    for left in found:
        if left.certain:
            covered.setdefault(left.sentence.block.index, []).append(left.span)
        if left.kind == "doubled":
            twins.add(left.sentence.block.index)
    if not covered or (doc.source.text.startswith("---") and not doc.meta.format):
        return {}  # a rule at the head of the file may turn into front matter when a line goes
    page = _Page(doc)
    for index in sorted(covered, reverse=True):  # a heading goes only with what stands below it
        if _all_of_it(doc, doc.blocks[index], covered[index]):
            page.drop(doc.blocks[index], twin=index in twins)
    return {index: Edit(page.span(lines), "") for index, lines in page.going.items()}


def _all_of_it(doc: Document, block: Block, spans: list[Span]) -> bool:
    """Whether a block holds no letter or number outside some spans."""
    if len(block.text) > _LONGEST or block.kind in META:
        return False
    start, end = block.span()
    for span in sorted(spans):
        if any(map(str.isalnum, doc.source.text[start : span.start])):
            return False
        start = max(start, span.end)
    return not any(map(str.isalnum, doc.source.text[start:end]))


class _Going(NamedTuple):
    """Lines that go: the first, the one behind the last, and what stays below: a line and a block, by number."""

    first: int
    last: int
    line: int
    block: int


class _Page:
    """The lines of a file, from which blocks are dropped from the last to the first."""

    def __init__(self, doc: Document) -> None:
        self.going: dict[int, _Going] = {}  # by the index of the block
        self._by_line: dict[int, _Going] = {}  # by the first line
        self._doc = doc
        self._starts = [*doc.source.lines, len(doc.source.text)]
        self._count = len(self._starts) - 1

    def drop(self, block: Block, *, twin: bool) -> None:
        """Let the lines of a block go where that is safe."""
        first, last = self._number(block.span().start), self._number(max(block.span().end - 1, 0)) + 1
        if not self._alone(block, first, last):
            return
        line = last
        while line < self._count and self._blank(line):
            line += 1
        below = self._by_line.get(line)
        below_block = self.going.get(block.index + 1)
        lines = _Going(
            first, last, below.line if below else line, below_block.block if below_block else block.index + 1
        )
        if (twin or self._holds_nothing(block, lines)) and (self._doc.format == "html" or self._loose(lines)):
            self.going[block.index] = self._by_line[first] = lines

    def span(self, lines: _Going) -> Span:
        """The lines with the blank lines behind them; at the end of the file with those before them."""
        first, last = lines.first, lines.last
        if self._blank(first - 1) and self._blank(last) and self._doc.format != "html":
            if lines.line == self._count:
                while first > 0 and self._blank(first - 1):
                    first -= 1
            else:
                while last < self._count and self._blank(last):
                    last += 1
        return Span(self._starts[first], self._starts[last])

    def _number(self, offset: int) -> int:
        return bisect_right(self._starts, offset, 0, self._count) - 1

    def _line(self, number: int) -> str:
        return self._doc.source.text[self._starts[number] : self._starts[number + 1]].rstrip("\r\n")

    def _blank(self, number: int) -> bool:
        return not 0 <= number < self._count or not self._line(number).strip()

    def _alone(self, block: Block, first: int, last: int) -> bool:
        """Whether nothing but its own markup shares the lines of a block."""
        start, end = block.span()
        before = self._doc.source.text[self._starts[first] : start]
        behind = self._line(last - 1)[end - self._starts[last - 1] :]
        if self._doc.format == "html":
            tag = _TAG.fullmatch(before.rstrip())
            return tag is not None and behind.strip() == f"</{tag[1]}>" and "<form" not in self._doc.source.text
        if self._doc.format == "text":
            return not any(map(str.isalnum, before + behind))
        lead = _BEFORE.get(block.kind)
        return bool(lead and lead.fullmatch(before) and _BEHIND.fullmatch(behind))

    def _holds_nothing(self, block: Block, lines: _Going) -> bool:
        """Whether no text, list, code or widget that stays belongs to a block."""
        if lines.block == len(self._doc.blocks):
            return lines.line == self._count or self._doc.format == "html"
        after = self._doc.blocks[lines.block]
        if self._doc.format != "html" and self._number(after.span().start) != lines.line:
            return False  # something that is no text stands between, such as the comments themselves
        if block.kind == "heading" and self._doc.format != "text":
            return after.kind == "heading" and after.level <= block.level
        return block.kind == "item" or after.kind not in {"item", "cell"}

    def _loose(self, lines: _Going) -> bool:
        """Whether the lines around stay what they are."""
        after = self._line(lines.line) if lines.line < self._count else ""
        before_blank = self._blank(lines.first - 1)
        behind_blank = self._blank(lines.last)
        if self._doc.format == "text":
            behind_blank = behind_blank or lines.last in self._by_line
        else:
            if after[:1] in {" ", "\t", "=", ":"}:
                return False  # it would become code, or a part of what stands above
            if _ITEM.match(self._line(lines.first)):
                before_blank = before_blank or bool(_ITEM.match(self._line(lines.first - 1)))
                behind_blank = behind_blank or bool(_ITEM.match(after))
                return before_blank and behind_blank
        if _FRONT_MATTER.match(after) and not self._doc.source.text[: self._starts[lines.first]].strip():
            return False
        return before_blank or behind_blank
