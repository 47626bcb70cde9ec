"""Evidence that is made stronger than it is."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.citations.broken import excused
from acu_lint_rules.analysis.evidence.strength import find


def check(doc: Document) -> Iterator[Hit]:
    """Report proof, grades and labels that no citation bears out; with one, only words that end every doubt."""
    for item in find(doc):
        cited = excused(doc, item.sentence)
        if cited and not item.final:
            continue
        severity = Severity.ERROR if item.final else None
        if cited or item.form == "marker":
            severity = Severity.INFO
        yield Hit(
            item.sentence.span(item.start, item.end),
            {"match": " ".join(item.sentence.text[item.start : item.end].split())},
            message=item.form,
            severity=severity,
        )
