"""Numbers about health, effect or frequency that have no source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from acu_lint.api import Document, Hit, Sentence, Severity, measure
from acu_lint_rules.analysis.citations.broken import excused
from acu_lint_rules.analysis.citations.index import in_references
from acu_lint_rules.analysis.evidence import figures
from acu_lint_rules.analysis.evidence.evidence import leaning
from acu_lint_rules.analysis.text.layout import lead_in

_SEVERITY = {"fuzzy": Severity.INFO, "success": Severity.ERROR}


def check(doc: Document) -> Iterable[Hit]:
    """Report figures that no citation covers."""
    return unsourced(doc)


@measure
def unsourced(doc: Document) -> tuple[Hit, ...]:
    """Find them once for all rules that count them."""
    return tuple(_unsourced(doc))


def _unsourced(doc: Document) -> Iterator[Hit]:
    """Find figures that no citation covers, one per sentence or table row.

    A number in a sentence that leans on evidence belongs to that evidence, and to its rules.
    """
    rows: set[int] = set()
    told = leaning(doc)
    for block in doc.blocks:
        if block.kind == "alt":
            continue
        for sentence, figure in figures.find(doc, block):
            if in_references(doc, block) or (block.kind == "cell" and block.group in rows):
                break
            if _told(doc, sentence, told) or excused(doc, sentence):
                continue
            if block.kind == "cell":
                rows.add(block.group)
            yield Hit(
                sentence.span(figure.start, figure.end),
                data={"match": sentence.text[figure.start : figure.end]},
                message=figure.form,
                severity=_SEVERITY.get(figure.form),
            )


def _told(doc: Document, sentence: Sentence, told: frozenset[tuple[int, int]]) -> bool:
    """Whether the sentence, or the lead-in of its list, leans on evidence."""
    lead = lead_in(doc, sentence.block)
    return any((each.block.index, each.start) in told for each in (sentence, lead) if each is not None)
