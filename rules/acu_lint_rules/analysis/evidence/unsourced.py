"""Numbers about health that no source covers: found once, for the rules that report or count them."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Sentence, measure
from acu_lint_rules.analysis.citations.broken import excused
from acu_lint_rules.analysis.citations.index import in_references
from acu_lint_rules.analysis.evidence import figures
from acu_lint_rules.analysis.evidence.evidence import leaning
from acu_lint_rules.analysis.evidence.figures import Figure
from acu_lint_rules.analysis.text.layout import lead_in


@measure
def unsourced(doc: Document) -> tuple[tuple[Sentence, Figure], ...]:
    """The figures that no citation covers, one a sentence or row of a table, each with its sentence."""
    return tuple(_unsourced(doc))


def _unsourced(doc: Document) -> Iterator[tuple[Sentence, Figure]]:
    """Find them. A number in a sentence that leans on evidence belongs to that evidence, and to its rules."""
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
            yield sentence, figure


def _told(doc: Document, sentence: Sentence, told: frozenset[tuple[int, int]]) -> bool:
    """Whether the sentence, or the lead-in of its list, leans on evidence."""
    lead = lead_in(doc, sentence.block)
    return any((each.block.index, each.start) in told for each in (sentence, lead) if each is not None)
