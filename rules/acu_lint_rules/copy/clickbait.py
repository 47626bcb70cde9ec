"""Titles and headings that shout or withhold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from acu_lint.api import Block, Document, Hit
from acu_lint_rules.analysis.text.lexicon import folded
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.rare_phrases import phrases_of, quoted
from acu_lint_rules.analysis.text.sentence import asks

_KINDS = frozenset({"title", "heading", "description"})
_LISTICLE = lazy(
    r"^\W{0,3}\d{1,3}\s(?:[\w'’-]+\s){0,4}?(?:reasons|things|ways|signs|tricks|secrets|facts|foods|habits|mistakes)\s"
    r"(?:[\w'’-]+\s){0,4}?(?:must|need\sto\sknow|never|won['’]t\sbelieve|will\s(?:change|shock|surprise|blow)|can['’]t"
    r"\signore|nobody|no\sone)\b",
    re.I,
)
_MARKS = lazy(r"!\s?!|\?\s?!|!\s?\?")
_DENIALS = frozenset("no not never without isn't aren't".split())
_EXCLAMATIONS = 2
_LONGEST = 300  # characters; what is longer is a text that a "#" made a heading of
_SHOUTED = 3  # words in capitals, one after the other
_LETTERS = 4  # of one of them at least: "MRI AND CT" names things
_SHOUT = lazy(r"(?<!\w)[A-Z][A-Z'’-]{0,30}+(?:,? [A-Z][A-Z'’-]{0,30}+){2,40}(?!\w)")


def check(doc: Document) -> Iterator[Hit]:
    """Find clickbait in titles, headings and descriptions: one finding for each."""
    phrases = _phrases(doc)
    shouting = _shouting(doc)
    for block in doc.blocks:
        if block.kind not in _KINDS or len(block.text) > _LONGEST:
            continue
        kind, found = "default", phrases.get(block.index) or _list_of_musts(block)
        if found is None and block.kind != "description":
            found = _marks(block)
            if found is None and not shouting:
                kind, found = "capitals", _capitals(block)
        if found is not None and not quoted(block.text, *found):
            start, end = found
            yield Hit(block.span(start, end), {"match": block.text[start:end]}, kind)


def _phrases(doc: Document) -> dict[int, tuple[int, int]]:
    """Words that shock or withhold, by block; a question may ask about them, and a denial deny them."""
    table: dict[int, tuple[int, int]] = {}
    for block, found in phrases_of(doc, "clickbait"):
        if block.kind not in _KINDS or asks(block.text):
            continue
        words = folded(doc)[block.index]
        misplaced = (found.section == "start" and found.first) or (found.section == "end" and found.last < len(words))
        if not misplaced and _DENIALS.isdisjoint(words[max(found.first - 2, 0) : found.first]):
            table.setdefault(block.index, (block.words[found.first].start, block.words[found.last - 1].end))
    return table


def _list_of_musts(block: Block) -> tuple[int, int] | None:
    """'7 things you must know'."""
    match = _LISTICLE.search(block.text) if block.text[:3].strip("\"'“# ")[:1].isdigit() else None
    return match.span() if match else None


def _marks(block: Block) -> tuple[int, int] | None:
    """'!!', '?!', or two exclamations in one line."""
    if "!" not in block.text:
        return None
    match = _MARKS.search(block.text)
    if match:
        return match.span()
    if block.text.count("!") >= _EXCLAMATIONS:
        at = block.text.rindex("!")
        return at, at + 1
    return None


def _capitals(block: Block) -> tuple[int, int] | None:
    """Three words in capitals one after the other, names of scans and the like left out."""
    for match in _SHOUT.finditer(block.text) if not block.text.islower() else ():
        words = match.group().split()
        if len(words) >= _SHOUTED and sum(len(word) >= _LETTERS for word in words) >= _SHOUTED - 1:
            return match.span()
    return None


def _shouting(doc: Document) -> bool:
    """Whether half of the headings are in capitals: then it is the site's style, not a shout."""
    headings = [block.text for block in doc.blocks if block.kind == "heading"]
    return len(headings) > _SHOUTED and 2 * sum(map(str.isupper, headings)) >= len(headings)
