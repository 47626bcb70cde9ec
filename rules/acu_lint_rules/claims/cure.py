"""A cure, a permanent end of a complaint, or self-healing."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.claims.claim import Claim, claims
from acu_lint_rules.claims._report import hit, strongest


def _grade(claim: Claim) -> Severity:
    """A hedge makes a cure claim milder, never silent; so does 'the body heals itself'."""
    return Severity.WARNING if claim.hedges or claim.weak else Severity.ERROR


def _mild(claim: Claim) -> bool:
    """'We believe that the body can heal itself' is an opinion."""
    return bool(claim.hedges) and claim.weak


def check(doc: Document) -> Iterator[Hit]:
    """Report promises of a cure."""
    found = (claim for claim in claims(doc) if claim.kind == "cure" and claim.asserted and not _mild(claim))
    for claim in strongest(found, _grade):
        kind = "hedged" if claim.hedges else "default"
        yield hit(claim, _grade(claim), kind, "hedged_unworded" if claim.hedges else "unworded")
