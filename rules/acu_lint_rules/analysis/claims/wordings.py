"""Claims that go by their wording: where such words stand, and whether the text itself says them.

A comparison, a patient's story or a promise has no verb of its own that the analysis of claims would know. Their
first words (``cues.txt``) are looked for once in every sentence; what else must stand beside them
(``wordings.txt``) is read only where there is one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from acu_lint.api import Document, Span, measure
from acu_lint_rules.analysis.citations.index import cited, in_references
from acu_lint_rules.analysis.claims.claim import lines, topic
from acu_lint_rules.analysis.claims.stance import frame, mentioned, stance
from acu_lint_rules.analysis.claims.subjects import is_therapy
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.lexicon import Matcher, Range, matcher, terms
from acu_lint_rules.analysis.text.sentence import Line

_at = attrgetter("at")
_MARKER = re.compile(r"\[\d{1,3}\]")  # a numbered reference, for other rules to resolve
_BEHIND = 6  # characters behind the full stop in which it may stand
_NEAR = 2  # sentences of the same paragraph before one, in which a therapy may be named


class Wording(NamedTuple):
    """Words ``first`` to ``last`` (exclusive) of a sentence that make a claim; ``kind`` says which."""

    line: Line
    first: int
    last: int
    kind: str = "default"

    @property
    def span(self) -> Span:
        """Where the words stand in the source."""
        words = self.line.words
        return self.line.sentence.block.span(words[self.first].start, words[self.last - 1].end)

    @property
    def text(self) -> str:
        """The words as written."""
        words = self.line.words
        return self.line.sentence.block.text[words[self.first].start : words[self.last - 1].end]


Reader = Callable[[Document, Line, Range], Wording | None]


@cache
def _cues() -> Matcher:
    return matcher("cues")


@measure
def cues(doc: Document) -> tuple[tuple[Line, Sequence[Range]], ...]:
    """The sentences that hold words of ``cues.txt``, with these words."""
    scan = _cues().scan
    return tuple((line, found) for line in lines(doc) if (found := scan(line.tokens)))


def read(doc: Document, readers: Mapping[str, Reader]) -> Iterator[Wording]:
    """What the readers of a rule, one for each section of ``cues.txt``, make of a document: one per sentence."""
    for line, found in cues(doc):
        for cue in found:
            reader = readers.get(cue.section)
            wording = reader(doc, line, cue) if reader else None
            if wording is not None:
                yield wording
                break


@cache
def words(section: str) -> frozenset[str]:
    """The single words of a section of ``wordings.txt``."""
    return frozenset(term.casefold() for term in terms("wordings", section))


@cache
def _phrases(section: str) -> Matcher:
    return matcher("wordings", section)


def find(line: Line, section: str, start: int = 0, stop: int | None = None) -> Range | None:
    """The first term of a section of ``wordings.txt`` among some words of a sentence."""
    start = max(start, 0)
    found = _phrases(section).scan(line.tokens[start:stop])
    return Range(found[0].first + start, found[0].last + start, *found[0][2:]) if found else None


def has(line: Line, section: str, start: int = 0, stop: int | None = None) -> bool:
    """Whether one of some words is in a section of ``wordings.txt``."""
    return not words(section).isdisjoint(line.tokens[max(start, 0) : stop])


def joined(line: Line, first: int, last: int) -> bool:
    """Whether no full stop, colon or semicolon parts the words."""
    return not any(mark in gap for gap in line.gaps[first + 1 : last] for mark in ";:.!?")


def therapy(line: Line, *, lifestyle: bool = False) -> str:
    """The therapy that a sentence names, sport and food left out unless asked for."""
    for tag in line.tags:
        if tag.flags & t.THERAPY and (lifestyle or not tag.flags & t.LIFESTYLE) and is_therapy(line, tag):
            return tag.term
    return ""


def near(doc: Document, line: Line) -> str:
    """The therapy that a sentence or one just before it names; 'this treatment' is the topic of the article."""
    named = therapy(line)
    if named:
        return named
    if any(tag.flags & t.ANAPHOR for tag in line.tags) and topic(doc):
        return topic(doc)
    named = next((name for other in reversed(around(doc, line, _NEAR, 0)) if (name := therapy(other))), "")
    return named or (_above(doc, line) if line.sentence.block.kind == "item" else "")


def around(doc: Document, line: Line, before: int, after: int) -> Sequence[Line]:
    """The sentences of the same block just before and after one, itself included."""
    block = _by_block(doc)[line.sentence.block.index]
    at = bisect_left(block, line.at, key=_at)
    return block[max(at - before, 0) : at + 1 + after]


def _above(doc: Document, line: Line) -> str:
    """The therapy that the paragraph above a list names."""
    last = _by_block(doc).get(_leads(doc).get(line.sentence.block.index, -1), ())[-1:]
    return therapy(last[0]) if last else ""


@measure
def _leads(doc: Document) -> Mapping[int, int]:
    """The block above the list, for each item."""
    table: dict[int, int] = {}
    above = -1
    for block in doc.blocks:
        if block.kind == "item":
            table[block.index] = above
        else:
            above = block.index
    return table


@measure
def _by_block(doc: Document) -> Mapping[int, Sequence[Line]]:
    table: dict[int, list[Line]] = {}
    for line in lines(doc):
        table.setdefault(line.sentence.block.index, []).append(line)
    return table


def said(doc: Document, line: Line, first: int, last: int, despite: Collection[str] = ()) -> bool:
    """Whether the text itself says the words, as a fact and without a source.

    ``despite`` names what is no excuse for them: "source" (named without a link), "hedge", "own words" (of a person).
    """
    sentence = line.sentence
    if in_references(doc, sentence.block):
        return False
    excused = [
        reason for reason in frame(line) if not reason.startswith(tuple(_REASONS[key] for key in ("", *despite)))
    ]
    if excused or cited(doc, sentence) or ("own words" not in despite and mentioned(line, first, last)):
        return False
    if _MARKER.search(sentence.block.text, sentence.start, sentence.end + _BEHIND):
        return False
    meant = stance(line, line.clause(first), first, last)
    return not meant.licences and ("hedge" in despite or not meant.hedges)


# What ``frame`` says of a sentence, by the word for it in ``said``; a risk beside it never excuses a wording
_REASONS = {"": "about risks", "source": "the finding", "hedge": "hedged", "own words": "a person's own words"}
