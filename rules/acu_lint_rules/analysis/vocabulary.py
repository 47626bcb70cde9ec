"""The words of a document as one set, so that a rule about rare words costs nothing where there are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from acu_lint.api import Block, Document, measure

from .lexicon import folded

_QUOTED = re.compile(
    r"“[^”]{1,400}”|\"[^\"]{1,400}\"|«[^»]{1,400}»|(?<!\w)‘[^’]{1,200}’(?!\w)|(?<!\w)'[^']{1,200}'(?!\w)"
)

_WINDOW = 400  # characters


@measure
def vocabulary(doc: Document) -> frozenset[str]:
    """Collect the folded words of all blocks."""
    return frozenset().union(*folded(doc))


def blocks_with(doc: Document, words: Iterable[str]) -> Iterator[tuple[Block, tuple[str, ...]]]:
    """Yield the blocks that hold one of some words, each with its folded words."""
    wanted = vocabulary(doc).intersection(words)
    if not wanted:
        return
    for block, own in zip(doc.blocks, folded(doc), strict=True):
        if not wanted.isdisjoint(own):
            yield block, own


def quoted(text: str, start: int, end: int) -> bool:
    """Whether a range of a text lies within quotation marks (no farther away than a quotation is long)."""
    left = max(0, start - _WINDOW)
    near = text[left : end + _WINDOW]
    return any(m.start() + left < start and end < m.end() + left for m in _QUOTED.finditer(near))
