"""The words of a document as one set, so that a rule about rare words costs nothing where there are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from acu_lint.api import Block, Document, measure
from acu_lint_rules.analysis.text.lexicon import Range, folded, matcher, spellings, terms

_QUOTED = re.compile(
    r"“[^”]{1,400}”|\"[^\"]{1,400}\"|«[^»]{1,400}»|(?<!\w)‘[^’]{1,200}’(?!\w)|(?<!\w)'[^']{1,200}'(?!\w)"
)

_OPENING = "“\"«‘'"
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


def phrases_of(doc: Document, name: str) -> Iterator[tuple[Block, Range]]:
    """Find the terms of a word list of rare phrases: a text that lacks a word of each costs next to nothing."""
    known = vocabulary(doc)
    rarest, table = _by_rarest(name)
    present = {word: [each for each in table[word] if each <= known] for word in rarest & known}
    rare = {word: phrases for word, phrases in present.items() if phrases}
    for block, words in blocks_with(doc, rare):
        own = set(words)
        if any(each <= own for word in rare.keys() & own for each in rare[word]):
            for found in matcher(name).scan(words):
                yield block, found


@cache
def _by_rarest(name: str) -> tuple[frozenset[str], Mapping[str, Sequence[frozenset[str]]]]:
    """The longest words of the terms of a list, which are rare as a rule, and the words of each term by the longest."""
    table: dict[str, list[frozenset[str]]] = {}
    for term in terms(name):
        for words in spellings(term):
            table.setdefault(max(words, key=len), []).append(frozenset(words))
    return frozenset(table), table  # two sets are compared by the smaller one


def quoted(text: str, start: int, end: int) -> bool:
    """Whether a range of a text lies within quotation marks (no farther away than a quotation is long)."""
    left = max(0, start - _WINDOW)
    before = text[left:start]
    if not any(map(before.__contains__, _OPENING)):
        return False
    near = text[left : end + _WINDOW]
    return any(m.start() + left < start and end < m.end() + left for m in _QUOTED.finditer(near))
