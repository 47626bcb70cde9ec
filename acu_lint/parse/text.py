"""Plain text to blocks."""

from __future__ import annotations

import re

from ..document import Parsed
from ..source import Source
from . import frontmatter
from .build import Builder, Kind

_LINE = re.compile(r"[^\r\n]+")
_ITEM = re.compile(r"[ \t]*(?:[•‣◦▪·*–-]|\d{1,3}[.)])[ \t]+(?=\S)")


def parse(source: Source) -> Parsed:
    """Parse a plain text; a line is a block."""
    front = frontmatter.read(source)
    builder = Builder(autolink=True)
    headings = 0
    for match in _LINE.finditer(source.text, front.end):
        line, start = match.group(), match.start()
        item = _ITEM.match(line)
        kind = Kind("item", 1, 1) if item else Kind()
        if item:
            line, start = line[item.end() :], start + item.end()
        elif len(line.split()) <= 12 and line.rstrip()[-1:] not in ".!:;," and not line.islower():
            headings += 1
            kind = Kind("heading", 1 if headings == 1 else 2)
        builder.add(line, start, len(line))
        builder.flush(kind)
    return builder.parsed(front.blocks, front.problems, front.meta)
