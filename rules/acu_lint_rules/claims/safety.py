"""Safety without limits, and 'natural' as a reason for it."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.claims.claim import Claim, claims
from acu_lint_rules.claims._report import quoted, strongest


def _grade(claim: Claim) -> Severity:
    """To deny side effects is worse than a bare 'safe'."""
    return Severity.ERROR if claim.use == "absolute" else Severity.WARNING


def check(doc: Document) -> Iterator[Hit]:
    """Report claims of safety that name neither a limit nor a risk."""
    found = (claim for claim in claims(doc) if claim.kind in {"safety", "natural"} and claim.fires)
    for claim in strongest(found, _grade):
        message = "natural" if claim.kind == "natural" else "absolute" if claim.use == "absolute" else "default"
        yield Hit(claim.span, {"match": quoted(claim.text)}, message, _grade(claim))
