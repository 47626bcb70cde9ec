"""Advice to involve a doctor."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.article import informs, subject
from acu_lint_rules.analysis.signals import mentions_disclaimer, signals

_GENTLE = frozenset({"mind_body", "foods"})  # yoga, mindfulness, berries


def check(doc: Document, *, min_words: int = 100, inherited_disclaimer: bool = False) -> Iterator[Hit]:
    """Find a health article of ``min_words`` or more that sends nobody to a doctor and has no disclaimer.

    ``inherited_disclaimer`` says that the site puts a disclaimer on the page.
    """
    if inherited_disclaimer or not informs(doc, min_words=min_words, for_professionals=False):
        return
    if "disclaimer" not in signals(doc) and not mentions_disclaimer(doc):
        about = subject(doc)
        gentle = about.kind in _GENTLE and not about.complaint
        yield Hit(doc.whole, severity=Severity.INFO if gentle else Severity.WARNING)
