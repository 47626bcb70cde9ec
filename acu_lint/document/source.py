"""The text of one file and the ways to name a place in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

_NEWLINE = re.compile(r"\r\n|\n|\r")
_WIDE = re.compile(r"[^\x00-\x7f]")
_PAIR = re.compile(r"[\U00010000-\U0010ffff]")  # two units in UTF-16


class Span(NamedTuple):
    """Half-open range of code points in the file as it was decoded."""

    start: int
    end: int


class Source:
    """Decoded text; every offset is a count of code points, a byte-order mark included."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def lines(self) -> list[int]:
        """Offset at which each line starts; CRLF, LF and CR end a line."""
        if "\r" in self.text:
            return [0, *(m.end() for m in _NEWLINE.finditer(self.text))]
        return list(accumulate((len(line) + 1 for line in self.text.split("\n")[:-1]), initial=0))

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, columns in code points."""
        line = bisect_right(self.lines, offset) - 1
        return line + 1, offset - self.lines[line] + 1

    def lsp(self, offset: int) -> tuple[int, int]:
        """Line and character of an offset, both from 0, characters in UTF-16 code units."""
        line = bisect_right(self.lines, offset) - 1
        start = self.lines[line]
        return line, offset - start + bisect_left(self._pairs, offset) - bisect_left(self._pairs, start)

    @cached_property
    def _pairs(self) -> list[int]:
        """Offsets of the characters that are two units in UTF-16."""
        return [] if self.text.isascii() else [match.start() for match in _PAIR.finditer(self.text)]

    @cached_property
    def from_byte(self) -> Callable[[int], int]:
        """Turn a UTF-8 offset, as parsers give it, into a code point offset."""
        if self.text.isascii():
            return int
        ends: list[int] = []
        extra: list[int] = []
        total = 0
        for match in _WIDE.finditer(self.text):
            char = match.group()
            total += 1 if char < "\u0800" else 2 if char < "\U00010000" else 3
            ends.append(match.end() + total)
            extra.append(total)

        def convert(byte: int) -> int:
            index = bisect_right(ends, byte) - 1
            return byte - (extra[index] if index >= 0 else 0)

        return convert
