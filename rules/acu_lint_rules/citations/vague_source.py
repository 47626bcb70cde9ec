"""Evidence or authority that is not named and has no reference."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit
from acu_lint_rules.analysis.citations.broken import excused
from acu_lint_rules.analysis.evidence.evidence import evidence
from acu_lint_rules.citations._heard import heard


def check(doc: Document, *, reader: bool = True) -> Iterator[Hit]:
    """Report "studies show" and the like where no citation covers the sentence, and what the reader hears."""
    return heard(doc, "vague-source", _analysed(doc), reader=reader)


def _analysed(doc: Document) -> Iterator[Hit]:
    for item in evidence(doc):
        if item.kind == "vague" and not excused(doc, item.sentence):
            words = item.sentence.text[item.start : item.end]
            yield Hit(item.sentence.span(item.start, item.end), data={"match": words}, message=item.form)
