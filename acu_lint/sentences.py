"""Where sentences end."""

from __future__ import annotations

import re

_STOP = re.compile(r"(?<=[.!?…])[\"”’)\]]*\s+(?=[\"“‘(\[]?[A-Z0-9À-Þ])")


def split(text: str) -> list[tuple[int, int]]:
    """Ranges of the sentences of a block's text, white space between them left out."""
    ranges: list[tuple[int, int]] = []
    start = 0
    for match in _STOP.finditer(text):
        ranges.append((start, match.start()))
        start = match.end()
    if text[start:].strip():
        ranges.append((start, len(text)))
    return ranges
