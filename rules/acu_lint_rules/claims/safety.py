"""Safety without limits, and 'natural' as a reason for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.claims.claim import Claim, claims
from acu_lint_rules.analysis.claims.subjects import topic
from acu_lint_rules.analysis.page.regulation import kind
from acu_lint_rules.analysis.text.layout import shortened
from acu_lint_rules.analysis.text.lexicon import terms
from acu_lint_rules.claims._heard import heard
from acu_lint_rules.claims._report import strongest


def _grade(claim: Claim) -> Severity:
    """To deny side effects is worse than a bare 'safe'."""
    return Severity.ERROR if claim.use == "absolute" else Severity.WARNING


def check(doc: Document, *, reader: bool = True) -> Iterator[Hit]:
    """Report what the analysis hears, and what the trained reader hears unless ``reader`` is false."""
    return heard(doc, "safety", reader=reader)


def analysed(doc: Document) -> Iterator[Hit]:
    """Report claims of safety that name neither a limit nor a risk."""
    found = (claim for claim in claims(doc) if claim.kind in {"safety", "natural"} and claim.fires)
    for claim in strongest(found, _grade):
        message = "natural" if claim.kind == "natural" else "absolute" if claim.use == "absolute" else "default"
        yield Hit(claim.span, {"match": shortened(claim.text), "such": _such(doc, claim)}, message, _grade(claim))


def _such(doc: Document, claim: Claim) -> str:
    """', such as bruising' for the therapy of a claim, or of its article."""
    risk = _risks().get(kind(claim.subject) or kind(topic(doc)), "")
    return f", such as {risk}" if risk else ""


@cache
def _risks() -> Mapping[str, str]:
    """What can go wrong, by kind of therapy."""
    return dict(line.split(" = ") for line in terms("risks", "risks"))
