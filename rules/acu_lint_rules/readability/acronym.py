"""``readability/acronym``: an abbreviation that the article never writes out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from acu_lint.api import Document, Hit
from acu_lint_rules.analysis.page.audience import Audience, audience_of
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.readability._acronyms import full, unexplained

# What some letters stand for behind some words.
_OTHERWISE = {
    "GI": (lazy(r"\b(?:low|high|medium)(?:er)?[\s-]\Z", re.IGNORECASE), "glycaemic index"),
    "EPA": (lazy(r"\b(?:the|U\.?S\.?)\s\Z", re.IGNORECASE), "Environmental Protection Agency"),
}


def check(doc: Document, *, audience: Audience = "general") -> Iterator[Hit]:
    """Yield the first use of each abbreviation in capitals that is written out nowhere, one per sentence.

    Well-known ones, those of the project's vocabulary, links, names, units and codes are left alone, as are
    references, legal text and articles for professionals.
    """
    if audience_of(doc, audience) == "professionals":
        return
    told: set[tuple[int, int]] = set()
    for found in unexplained(doc):
        block = found.block
        place = (block.index, bisect_right(block.sentences, found.start, key=lambda sentence: sentence.start))
        if place in told:
            continue
        told.add(place)
        match = block.text[found.start : found.end]
        long = _meant(block.text[: found.start], found.text)
        data = {"match": match, "full": long}
        plural = "s" if match != found.text else ""
        expected = (f"{long}{plural} ({match})",) if long else ()
        yield Hit(block.span(found.start, found.end), data, "known" if long else "default", expected=expected)


def _meant(before: str, short: str) -> str:
    """What an abbreviation stands for behind some words, or ""."""
    pattern, meaning = _OTHERWISE.get(short, (None, ""))
    return meaning if pattern and pattern.search(before[-20:]) else full().get(short, "")
