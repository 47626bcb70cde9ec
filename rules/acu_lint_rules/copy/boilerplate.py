"""Stock phrases that fill a text and say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from acu_lint.api import PROSE, Block, Document, Hit, Sentence, Severity
from acu_lint_rules.analysis.citations.index import in_references
from acu_lint_rules.analysis.text.lexicon import Range, folded
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.rare_phrases import blocks_with, phrases_of, quoted, vocabulary
from acu_lint_rules.copy._left import sentence_at

_KINDS = (PROSE - {"quote", "footnote"}) | {"heading", "title", "description"}
_PUNCH = 12  # words of each half of "That's not a fad. That's medicine."
# "That's not X. That's Y": one thing is denied that nobody said, to praise another
_NOT_THAT = lazy(
    r"That['’]s\snot\s|(?:(?:It|This)(?:['’]s|\sis)\snot|(?:It|This|That)\sisn['’]t)\s(?:just|merely|only|simply)\s",
    re.I,
)
_BUT_THIS = lazy(r"(?:That|This|It)(?:['’]s|\sis)\s(?!not\b)", re.I)
# "It isn't just about needles; it's about balance"
_NOT_JUST = lazy(
    r"\b(?:is|are)(?:\snot|n['’]t)\s(?:just|merely|only|simply)\s[^.;:,—–!?]{2,60}[;:,—–]\s?(?:it|they)(?:['’]s|['’]re|\sis|\sare)\b",
    re.I,
)
_DENYING = frozenset("not isn't aren't".split())
_CONTRASTING = frozenset("that's just merely only simply".split())


class _Filler(NamedTuple):
    """A stock phrase: the sentence, its range there, and whether it says nothing in any text."""

    sentence: Sentence
    start: int
    end: int
    kind: str
    strong: bool


def check(doc: Document, *, max_per_1000_words: float = 3.0, least: int = 4) -> Iterator[Hit]:
    """Find stock phrases, one per sentence.

    Strong ones are warnings, the others notes; all are warnings in a text that holds ``least`` or more of them and
    more than ``max_per_1000_words``.
    """
    found = sorted(_fillers(doc), key=lambda each: (each.sentence.block.index, each.sentence.start, not each.strong))
    if not found:
        return
    total = sum(map(len, folded(doc)))
    first = list({(each.sentence.block.index, each.sentence.start): each for each in reversed(found)}.values())[::-1]
    share = 1000 * len(first) / total
    dense = len(first) >= least and share > max_per_1000_words
    for each in first:
        yield Hit(
            each.sentence.span(each.start, each.end),
            {"match": each.sentence.text[each.start : each.end], "per_1000_words": round(share, 1)},
            message=each.kind,
            severity=Severity.WARNING if each.strong or dense else Severity.INFO,
        )


def _fillers(doc: Document) -> Iterator[_Filler]:
    for block, found in phrases_of(doc, "boilerplate"):
        filler = _phrase(block, found) if block.kind in _KINDS and not in_references(doc, block) else None
        if filler is not None:
            yield filler
    for block, words in blocks_with(doc, _DENYING & vocabulary(doc)):
        if block.kind in _KINDS and not _CONTRASTING.isdisjoint(words):
            yield from _punches(block)


def _phrase(block: Block, found: Range) -> _Filler | None:
    start, end = block.words[found.first].start, block.words[found.last - 1].end
    sentence = sentence_at(block, start)
    if start < sentence.start or end > sentence.end or quoted(block.text, start, end):
        return None
    if found.section == "opening" and sentence.text[: start - sentence.start].strip(" *_\"'“‘"):
        return None
    return _Filler(sentence, start - sentence.start, end - sentence.start, "default", found.section == "strong")


def _punches(block: Block) -> Iterator[_Filler]:
    """'That's not a fad. That's medicine.': two short sentences, the first of which denies what nobody said."""
    for sentence in block.sentences:
        match = _NOT_JUST.search(sentence.text)
        if match and not quoted(block.text, sentence.start + match.start(), sentence.start + match.end()):
            yield _Filler(sentence, *match.span(), "contrast", strong=False)
    for first, second in pairwise(block.sentences):
        if not (_NOT_THAT.match(first.text) and _BUT_THIS.match(second.text)):
            continue
        if max(len(first.words), len(second.words)) <= _PUNCH and not quoted(block.text, first.start, first.end):
            yield _Filler(first, 0, len(first.text.rstrip()), "contrast", strong=False)
