"""A way of working in the body, stated as established."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.claims.claim import Claim, claims
from acu_lint_rules.claims._heard import heard
from acu_lint_rules.claims._report import hit, strongest


def _grade(claim: Claim) -> Severity:
    return Severity.INFO if claim.weak and not claim.boosters else Severity.WARNING


def check(doc: Document, *, reader: bool = True) -> Iterator[Hit]:
    """Report what the analysis hears, and what the trained reader hears unless ``reader`` is false."""
    return heard(doc, "mechanism", reader=reader)


def analysed(doc: Document) -> Iterator[Hit]:
    """Report the mechanisms that nothing bounds or attributes."""
    found = (claim for claim in claims(doc) if claim.kind == "mechanism" and claim.fires)
    for claim in strongest(found, _grade):
        yield hit(claim, _grade(claim), unworded="default")
