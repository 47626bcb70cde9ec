"""The name that stands by itself below a text, as below a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from acu_lint.api import META, Block, Document
from acu_lint_rules.analysis.citations.index import in_references
from acu_lint_rules.analysis.page import people
from acu_lint_rules.analysis.page.people import Person
from acu_lint_rules.analysis.text.lexicon import folded, matcher
from acu_lint_rules.analysis.text.patterns import lazy

_LAST = 4  # paragraphs at the end among which a signature stands: a role, a date or a link may follow
_LONGEST = 160  # characters of a block with a signature: closing words, name, qualification
_MOST, _CHARACTERS = 4, 4  # words of a name, and its Chinese characters
_DASH = lazy(r"\s{0,3}(?:[—–―~]|--?(?=[\sA-Z]))\s{0,3}")
_CLOSING = lazy(r"(?:[\w'’&]+[\s-]){0,7}[\w'’&]+\s?[,!]?\s{0,3}", re.I)  # "Wishing you an easy spring,"
_BEHIND = lazy(r"\s{0,3}(?:$|[,(|–—-]\s?.{1,80}$)")
_EMPHASIS = lazy(r"(?:[*_]|<(?:b|strong|i|em)\b[^<>]{0,80}>)\s{0,3}\Z", re.I)
_TITLED = ("dr ", "dr. ", "prof ", "prof. ", "professor ")
_QUOTES = ("“", '"', "«", "‘")


class _Line(NamedTuple):
    """A line of a block: its text, where it starts in the block's, and the line above it."""

    text: str
    start: int
    above: str


def signature(doc: Document) -> Person | None:
    """Find the name that signs a text in one of its last paragraphs; None where none does.

    A dash, closing words, a title or a qualification make a name a signature, or that it stands alone in emphasis or
    at the very end; then none of its words may be an ordinary one.
    """
    for place, block in enumerate(_last(doc)):
        if len(block.text) > _LONGEST or in_references(doc, block):
            continue
        for line in _lines(doc, block):
            if person := _signed(doc, block, line, last=place == 0):
                return person
    return None


def _last(doc: Document) -> Iterator[Block]:
    found = 0
    for block in reversed(doc.blocks):
        if block.kind == "paragraph" and block.text.strip():
            yield block
            found += 1
            if found == _LAST:
                return


def _lines(doc: Document, block: Block) -> Iterator[_Line]:
    """The lines of a block, each with the one above it, which may be the end of the block before."""
    before = doc.blocks[block.index - 1] if block.index else None
    above = before.text if before and before.kind not in META else ""
    if before and before.kind == "quote":
        above = f"{_QUOTES[0]}{above}"
    start = 0
    for text in block.text.split("\n"):
        yield _Line(text, start, above.strip())
        above, start = text, start + len(text) + 1


def _signed(doc: Document, block: Block, line: _Line, *, last: bool) -> Person | None:
    """The person whom a line names and nothing else, where it is a signature."""
    dash = _DASH.match(line.text)
    named = people.name_at(line.text, dash.end() if dash else 0)
    if named is None or not people.identifies(named.name) or not _BEHIND.match(line.text, named.end):
        return None
    if named.name[0] >= people.EAST_ASIAN and len(named.name) > _CHARACTERS:
        return None
    if line.above.startswith(_QUOTES) or doc.linked(block, line.start + named.start, line.start + named.end):
        return None  # who is quoted, or another page
    span = block.span(line.start + named.start, line.start + named.end)
    titled = bool(named.credential) or named.name.lower().startswith(_TITLED)
    closed = line.above.endswith((",", "!")) and _CLOSING.fullmatch(line.above) is not None
    alone = named.end == len(line.text.rstrip(" .")) and (last or _EMPHASIS.search(doc.source.text[: span.start][-90:]))
    if titled or ((dash or closed or alone) and _may_be_name(doc, block, named.name)):
        return Person(named.name, named.credential, span)
    return None


def _may_be_name(doc: Document, block: Block, name: str) -> bool:
    """Whether no word of a name is an ordinary one: 'Book Now', 'Deep Tissue' and 'Privacy Policy' are no names."""
    words = {word.strip(".,’'").lower() for word in name.split() if word[0].isupper()}
    if len(words) > _MOST or not people.ordinary_words().isdisjoint(words):
        return False
    if any(matcher(each).scan(folded(doc)[block.index]) for each in ("conditions", "interventions")):
        return False
    return not any(re.search(rf"\b{re.escape(word)}\b", doc.source.text) for word in words)  # small letters elsewhere
