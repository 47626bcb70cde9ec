"""A body whose view is reported without a way to check it."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit
from acu_lint_rules.analysis.citations.broken import excused
from acu_lint_rules.analysis.citations.index import matches_entry
from acu_lint_rules.analysis.evidence.evidence import evidence


def check(doc: Document) -> Iterator[Hit]:
    """Report what bodies are said to hold where no citation covers the sentence."""
    for item in evidence(doc):
        if item.kind == "body" and not (excused(doc, item.sentence) or matches_entry(doc, item.sentence)):
            words = item.sentence.text[item.start : item.end]
            yield Hit(item.sentence.span(item.start, item.end), data={"match": words})
