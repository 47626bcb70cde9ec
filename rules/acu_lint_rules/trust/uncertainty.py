"""The limits of the evidence."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit
from acu_lint_rules.analysis.citations.index import cited
from acu_lint_rules.analysis.evidence.evidence import evidence
from acu_lint_rules.trust._article import informs, subject
from acu_lint_rules.trust._benefits import benefits
from acu_lint_rules.trust._signals import signals

_PLAIN = frozenset({"dental"})  # a filling or a crown is seen to hold


def check(doc: Document, *, min_words: int = 100, least: int = 3) -> Iterator[Hit]:
    """Find an article of ``min_words`` or more about a therapy that is sure of everything.

    It makes ``least`` or more plain claims of effect or appeals to evidence without a source, and names no limit of
    the evidence.
    """
    plain = {claim.sentence.span() for claim in benefits(doc) if claim.fires}
    if not plain:
        return
    plain.update(item.sentence.span() for item in evidence(doc) if not cited(doc, item.sentence))
    about = subject(doc)
    if len(plain) < least or not about.therapy or about.kind in _PLAIN or not informs(doc, min_words=min_words):
        return
    if "uncertainty" not in signals(doc):
        yield Hit(doc.whole, {"count": len(plain), "therapy": about.therapy})
