"""Claims that go by their wording: where such words stand, and whether the text itself says them.

A comparison, a patient's story or a promise has no verb of its own that the analysis of claims would know. Their
first words (``cues.txt``) are looked for once in every sentence; what else must stand beside them
(``wordings.txt``) is read only where there is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from acu_lint.api import Document, Span, measure
from acu_lint_rules.analysis.citations.index import cited, in_references
from acu_lint_rules.analysis.claims.exemptions import Exemption
from acu_lint_rules.analysis.claims.implied import OFFER
from acu_lint_rules.analysis.claims.promotion import promotes
from acu_lint_rules.analysis.claims.stance import frame, mentioned, stance
from acu_lint_rules.analysis.claims.subjects import is_therapy, topic
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.lexicon import Matcher, Range, matcher, terms
from acu_lint_rules.analysis.text.sentence import SentenceView, holding

_at = attrgetter("at")
_MARKER = re.compile(r"\[\d{1,3}\]")  # a numbered reference, for other rules to resolve
_BEHIND = 6  # characters behind the full stop in which it may stand
_NEAR = 2  # sentences of the same paragraph before one, in which a therapy may be named


class Wording(NamedTuple):
    """Words ``first`` to ``last`` (exclusive) of a sentence that make a claim; ``kind`` says which."""

    view: SentenceView
    first: int
    last: int
    kind: str = "default"

    @property
    def span(self) -> Span:
        """Where the words stand in the source."""
        return self.view.span(self.first, self.last)

    @property
    def text(self) -> str:
        """The words as written."""
        words = self.view.words
        return self.view.block.text[words[self.first].start : words[self.last - 1].end]


Reader = Callable[[Document, SentenceView, Range], Wording | None]


@cache
def _cues() -> Matcher:
    return matcher("cues")


@measure
def cues(doc: Document) -> tuple[tuple[SentenceView, Sequence[Range]], ...]:
    """The sentences that hold words of ``cues.txt``, with these words."""
    return tuple(holding(doc, _cues()))


@measure
def _sections(doc: Document) -> frozenset[str]:
    return frozenset([cue.section for _, found in cues(doc) for cue in found])


def read(doc: Document, readers: Mapping[str, Reader]) -> Iterator[Wording]:
    """What the readers of a rule, one for each section of ``cues.txt``, make of a document: one per sentence."""
    if _sections(doc).isdisjoint(readers):
        return
    for view, found in cues(doc):
        for cue in found:
            reader = readers.get(cue.section)
            wording = reader(doc, view, cue) if reader else None
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


def find(view: SentenceView, section: str, start: int = 0, stop: int | None = None) -> Range | None:
    """The first term of a section of ``wordings.txt`` among some words of a sentence."""
    start = max(start, 0)
    found = _phrases(section).scan(view.tokens[start:stop])
    return Range(found[0].first + start, found[0].last + start, *found[0][2:]) if found else None


def has(view: SentenceView, section: str, start: int = 0, stop: int | None = None) -> bool:
    """Whether one of some words is in a section of ``wordings.txt``."""
    return not words(section).isdisjoint(view.tokens[max(start, 0) : stop])


def joined(view: SentenceView, first: int, last: int) -> bool:
    """Whether no full stop, colon or semicolon parts the words."""
    return not any(mark in gap for gap in view.gaps[first + 1 : last] for mark in ";:.!?")


def therapy(view: SentenceView, *, lifestyle: bool = False) -> str:
    """The therapy that a sentence names, sport and food left out unless asked for."""
    for tag in view.tags:
        if tag.flags & t.THERAPY and (lifestyle or not tag.flags & t.LIFESTYLE) and is_therapy(view, tag):
            return tag.term
    return ""


def near(doc: Document, view: SentenceView, *, offer: bool = True) -> str:
    """The therapy that a sentence or one just before it names, or (with ``offer``) what a page that sells offers.

    'This treatment' is the topic of the article.
    """
    named = therapy(view)
    if named:
        return named
    if any(tag.flags & t.ANAPHOR for tag in view.tags) and topic(doc):
        return topic(doc)
    named = next((name for other in reversed(view.around(_NEAR, 0)) if (name := therapy(other))), "")
    named = named or (therapy(view.lead) if view.kind == "item" and view.lead else "")
    return named or (OFFER if offer and promotes(doc) else "")


def said(doc: Document, view: SentenceView, first: int, last: int, despite: Collection[Exemption] = ()) -> bool:
    """Whether the text itself says the words, as a fact and without a source.

    ``despite`` names what is no excuse for them; a risk beside them never is. With ``OWN_WORDS`` a quotation is none
    either, with ``HEDGED`` no hedge.
    """
    if in_references(doc, view.block):
        return False
    if any(exempt.exemption not in {Exemption.RISK, *despite} for exempt in frame(view)) or cited(doc, view.sentence):
        return False
    if Exemption.OWN_WORDS not in despite and mentioned(view, first, last):
        return False
    if _MARKER.search(view.block.text, view.sentence.start, view.sentence.end + _BEHIND):
        return False
    meant = stance(view, view.clause_number(first), first, last)
    return not meant.exempt and (Exemption.HEDGED in despite or not meant.hedges)
