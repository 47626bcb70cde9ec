"""Advice to involve a doctor."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.page.audience import Audience, audience_of
from acu_lint_rules.trust._article import informs, subject
from acu_lint_rules.trust._benefits import benefits
from acu_lint_rules.trust._signals import mentions_disclaimer, signals

_GENTLE = frozenset({"mind_body", "foods"})  # yoga, mindfulness, berries
_MEDICAL = frozenset({"dental", "eye"})  # care that doctors give


def check(
    doc: Document, *, min_words: int = 100, inherited_disclaimer: bool = False, audience: Audience = "general"
) -> Iterator[Hit]:
    """Find a health article of ``min_words`` or more that sends nobody to a doctor and has no disclaimer.

    ``inherited_disclaimer`` says that the site puts a disclaimer on the page. Articles for professionals need none.
    """
    if inherited_disclaimer or audience_of(doc, audience) == "professionals" or not informs(doc, min_words=min_words):
        return
    if "disclaimer" not in signals(doc) and not mentions_disclaimer(doc):
        about = subject(doc)
        advises = bool(benefits(doc)) or (about.therapy != "" and about.kind not in _GENTLE)
        grave = advises and about.kind not in _MEDICAL
        yield Hit(doc.whole, severity=Severity.WARNING if grave else Severity.INFO)
