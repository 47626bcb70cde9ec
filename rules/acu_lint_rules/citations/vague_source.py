"""Evidence or authority that is not named and has no reference."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit
from acu_lint_rules.analysis.citations.broken import excused
from acu_lint_rules.analysis.evidence.evidence import evidence


def check(doc: Document) -> Iterator[Hit]:
    """Report "studies show" and the like where no citation covers the sentence."""
    for item in evidence(doc):
        if item.kind == "vague" and not excused(doc, item.sentence):
            words = item.sentence.text[item.start : item.end]
            yield Hit(item.sentence.span(item.start, item.end), data={"match": words}, message=item.form)
