"""Identifiers of works and trials that cannot be right."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.citations.malformed import Fault, is_minor, wrong_identifiers


def check(doc: Document) -> Iterator[Hit]:
    """Report wrong identifiers in the text and in link addresses, one per place."""
    for wrong in wrong_identifiers(doc):
        fault = wrong.fault
        yield Hit(
            wrong.span,
            {"match": wrong.text, "kind": fault.kind, "better": fault.better},
            message=fault.form,
            severity=_severity(fault),
            expected=(fault.better,) if fault.better and not wrong.linked else (),
        )


def _severity(fault: Fault) -> Severity | None:
    """An invented number is an error, a spelling that still leads to the work advice, else the card decides."""
    if fault.form == "invented":
        return Severity.ERROR
    return Severity.INFO if is_minor(fault) else None
