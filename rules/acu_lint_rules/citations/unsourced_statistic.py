"""Numbers about health, effect or frequency that have no source."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.evidence.unsourced import unsourced
from acu_lint_rules.citations._heard import heard

_SEVERITY = {"fuzzy": Severity.INFO, "success": Severity.ERROR}


def check(doc: Document, *, reader: bool = True) -> Iterator[Hit]:
    """Report figures that no citation covers, and sentences that read as if they had one."""
    return heard(doc, "unsourced-statistic", _analysed(doc), reader=reader)


def _analysed(doc: Document) -> Iterator[Hit]:
    for sentence, figure in unsourced(doc):
        yield Hit(
            sentence.span(figure.start, figure.end),
            data={"match": sentence.text[figure.start : figure.end]},
            message=figure.form,
            severity=_SEVERITY.get(figure.form),
        )
