"""Numbers about health, effect or frequency that have no source."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit, Sentence, Severity

from acu_lint_rules.analysis import figures
from acu_lint_rules.analysis.citations import cited, in_references, lead_in
from acu_lint_rules.analysis.evidence import leaning

_SEVERITY = {"fuzzy": Severity.INFO, "success": Severity.ERROR}


def check(doc: Document) -> Iterator[Hit]:
    """Report figures that no citation covers, one per sentence or table row.

    A number in a sentence that leans on evidence belongs to that evidence, and to its rules.
    """
    rows: set[int] = set()
    for sentence in _sentences(doc):
        block = sentence.block
        figure = figures.find(doc, sentence)
        if figure is None or cited(doc, sentence):
            continue
        if block.kind == "cell":
            if block.group in rows:
                continue
            rows.add(block.group)
        yield Hit(
            sentence.span(figure.start, figure.end),
            data={"match": sentence.text[figure.start : figure.end]},
            message=figure.form,
            severity=_SEVERITY.get(figure.form),
        )


def _sentences(doc: Document) -> Iterator[Sentence]:
    """The sentences that can hold a figure of the article's own."""
    told = leaning(doc)
    for block in doc.blocks:
        if block.kind == "alt":
            continue
        for sentence in figures.sentences(doc, block):
            if in_references(doc, block):
                break
            lead = lead_in(doc, block)
            if lead is not None and (lead.block.index, lead.start) in told:
                break
            if (block.index, sentence.start) not in told:
                yield sentence
