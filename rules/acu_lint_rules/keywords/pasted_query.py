"""keywords/pasted-query: a search query stands where a sentence should."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.keyphrases.queries import queries


def check(doc: Document) -> Iterator[Hit]:
    """Report the words of each pasted query: a clause without agreement is an error, the rest a warning."""
    for query in queries(doc):
        words = query.block.text[query.start : query.end]
        data = {"query": words}
        if query.kind == "clause":
            data |= {"therapy": query.therapy, "condition": query.condition}
        severity = None if query.kind == "clause" else Severity.WARNING
        yield Hit(query.block.span(query.start, query.end), data, query.kind, severity)
