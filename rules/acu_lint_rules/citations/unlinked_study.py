"""A particular study, review or journal that is named but cannot be followed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.citations.broken import excused
from acu_lint_rules.analysis.citations.index import matches_entry
from acu_lint_rules.analysis.evidence.evidence import evidence

_EXACT = re.compile(r"\d\s?%|\d\s?per\s?cent\b|\bn\s?=\s?\d", re.I)


def check(doc: Document) -> Iterator[Hit]:
    """Report named studies without a citation; with exact results they are errors."""
    for item in evidence(doc):
        if item.kind == "study" and not (excused(doc, item.sentence) or matches_entry(doc, item.sentence)):
            words = item.sentence.text[item.start : item.end]
            yield Hit(
                item.sentence.span(item.start, item.end),
                data={"match": words},
                message=item.form,
                severity=Severity.ERROR if _EXACT.search(item.sentence.text) else None,
            )
