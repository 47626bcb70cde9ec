"""``readability/jargon``: a term that many readers do not know and that the article never explains."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from acu_lint.api import Block, Document, Hit, Severity
from acu_lint_rules.analysis.citations.own_voice import aside, mostly_quoted
from acu_lint_rules.analysis.page.audience import Audience, audience_of
from acu_lint_rules.analysis.page.kind import is_article
from acu_lint_rules.analysis.readability.plain_words import POINT, Wording, jargon
from acu_lint_rules.analysis.text.lexicon import fold, terms
from acu_lint_rules.analysis.text.rare_phrases import blocks_with, vocabulary
from acu_lint_rules.readability._gloss import explained

_PROSE = frozenset({"paragraph", "item"})
_HEADS = frozenset({"heading", "title"})
_NEEDLES = frozenset(terms("subjects", "needling"))
_LOOKED_AT = 30  # uses of a term that are searched for an explanation
_WORDS = frozenset({"replace", "explain"})  # the sections whose terms are no names
_LITERAL = "replace"  # the section whose plain wordings can take the place of the term


class _Use(NamedTuple):
    """A term in a block: the range of the block's text and the number of its sentence."""

    block: Block
    start: int
    end: int
    sentence: int


def check(doc: Document, *, audience: Audience = "general", many: int = 5) -> Iterator[Hit]:
    """Yield the first use of each term of the list that is explained nowhere, one per sentence.

    More than ``many`` terms in an article for patients are warnings. Terms of the title and of headings, those that
    the project's vocabulary has, quotations, references, and articles for professionals are left alone.
    """
    if audience_of(doc, audience) == "professionals" or not is_article(doc):
        return
    severity = None
    found = list(_unexplained(doc))
    if len(found) > many and audience_of(doc, audience) == "patients":
        severity = Severity.WARNING
    told: set[tuple[int, int]] = set()
    for wording, use in found:
        place = (use.block.index, use.sentence)
        if place not in told:
            told.add(place)
            yield _hit(wording, use, severity)


def _unexplained(doc: Document) -> Iterator[tuple[Wording, _Use]]:
    """The first use of each term that neither a heading nor the project knows and no use explains."""
    terms = jargon()
    known = {fold(word) for name in ("interventions", "conditions", "brands") for word in getattr(doc.vocabulary, name)}
    needles = not _NEEDLES.isdisjoint(vocabulary(doc))
    uses: dict[str, list[tuple[Wording, _Use]]] = {}
    for block, words in blocks_with(doc, terms.keys):
        for found in terms.matcher.scan(words):
            wording = terms.table[found.term]
            if block.kind in _HEADS or found.term in known:
                known.add(wording.head)
            elif block.index not in aside(doc) and (wording.section != POINT or needles):
                start, end = block.words[found.first].start, block.words[found.last - 1].end
                if wording.section in _WORDS and block.text[start].isupper() and not block.opens(found.first):
                    continue  # a name, such as that of a journal
                use = _Use(block, start, end, bisect_right(block.bounds, found.first))
                uses.setdefault(wording.head, []).append((wording, use))
    for head, places in uses.items():
        if head in known or any(explained(doc, *use[:3], wording.plain) for wording, use in places[:_LOOKED_AT]):
            continue
        own = {use.block for _, use in places if use.block.kind in _PROSE}
        plain = {block for block in own if not mostly_quoted(block.text)}
        yield from [place for place in places if place[1].block in plain][:1]


def _hit(wording: Wording, use: _Use, severity: Severity | None) -> Hit:
    match = use.block.text[use.start : use.end]
    expected: tuple[str, ...] = ()
    if wording.section == _LITERAL:
        expected = (wording.plain[0].upper() + wording.plain[1:] if match[0].isupper() else wording.plain,)
    data = {"match": match, "plain": wording.plain}
    message = "point" if wording.section == POINT else "tradition" if wording.section == "tradition" else "default"
    return Hit(use.block.span(use.start, use.end), data, message, severity, expected)
