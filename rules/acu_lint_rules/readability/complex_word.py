"""``readability/complex-word``: a formal word where an everyday word says the same."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from acu_lint.api import Block, Document, Hit
from acu_lint_rules.analysis.citations.own_voice import aside
from acu_lint_rules.analysis.page.audience import Audience, audience_of
from acu_lint_rules.analysis.page.kind import is_article
from acu_lint_rules.analysis.readability.plain_words import plain_words
from acu_lint_rules.analysis.text.lexicon import Range
from acu_lint_rules.analysis.text.rare_phrases import blocks_with, quoted

_KINDS = frozenset({"paragraph", "item", "cell"})
_ARTICLES = frozenset({"a", "an"})
_PERFECT = frozenset(("is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "having"))
_QUANTITIES = frozenset({"many", "most", "some"})
_DEFINITE = frozenset(
    ("of", "the", "these", "those", "this", "that", "our", "my", "your", "their", "his", "her", "its")
)


def check(doc: Document, *, audience: Audience = "general") -> Iterator[Hit]:
    """Yield the first use of each formal word of the list, one per sentence, with the everyday word.

    Quotations, references, legal text, names and titles, headings, and articles for professionals are left alone.
    """
    if audience_of(doc, audience) == "professionals" or not is_article(doc):
        return
    wordings = plain_words()
    told: set[str] = set()
    for block, words in blocks_with(doc, wordings.keys):
        if block.kind not in _KINDS or block.index in aside(doc):
            continue
        sentence = -1
        for found in wordings.matcher.scan(words):
            head, plain, _ = wordings.table[found.term]
            number = bisect_right(block.bounds, found.first)
            if head in told or number == sentence or _named(block, found):
                continue
            told.add(head)
            sentence = number
            start, end = block.words[found.first].start, block.words[found.last - 1].end
            match = block.text[start:end]
            expected = (plain.capitalize() if match[0].isupper() else plain,) if _fits(words, found, plain) else ()
            yield Hit(block.span(start, end), {"match": match, "plain": plain}, expected=expected)


def _named(block: Block, found: Range) -> bool:
    """Whether the word is part of a name or a quotation."""
    word = block.words[found.first]
    capital = word.text[0].isupper() and not block.opens(found.first)
    return capital or quoted(block.text, word.start, block.words[found.last - 1].end)


def _fits(words: Sequence[str], found: Range, plain: str) -> bool:
    """Whether the plain word can take the place as it is: not "a sufficient", "was demonstrated", "most the people"."""
    before = words[found.first - 1] if found.first else ""
    after = words[found.last] if found.last < len(words) else ""
    if before in _ARTICLES or (before in _PERFECT and found.term.endswith("ed")):
        return False
    return plain not in _QUANTITIES or after not in _DEFINITE
