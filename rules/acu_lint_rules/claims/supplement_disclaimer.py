"""Herbs and supplements praised without the disclaimer that US law asks for."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.claims.claim import Claim, claims
from acu_lint_rules.analysis.claims.subjects import topic
from acu_lint_rules.analysis.claims.wordings import words
from acu_lint_rules.analysis.page.regulation import field, kind
from acu_lint_rules.analysis.text.layout import shortened

_PRODUCTS = frozenset({"herbs", "supplements", "cannabis"})
_KINDS = frozenset({"efficacy", "mechanism", "cure"})
_DISCLAIMER = ("not been evaluated by the food and drug", "not intended to diagnose")


def check(doc: Document, *, profile: tuple[str, ...] = ("us", "uk", "au", "de", "eu", "ca")) -> Iterator[Hit]:
    """Report a document that claims an effect of a product and lacks the disclaimer; nothing without ``us``."""
    if "us" not in profile:
        return
    about = kind(topic(doc)) in _PRODUCTS
    praised = [
        claim for claim in claims(doc)
        if claim.kind in _KINDS and claim.fires and kind(claim.subject) in _PRODUCTS and (about or _sold(claim))
    ]  # fmt: skip
    if not praised or any(part in block.text.casefold() for block in doc.blocks for part in _DISCLAIMER):
        return
    claim = next((claim for claim in praised if _disease(claim)), praised[0])
    severe = _disease(claim)
    yield Hit(
        doc.whole,
        {"match": shortened(claim.text), "product": claim.subject},
        "disease" if severe else "default",
        Severity.ERROR if severe else Severity.WARNING,
    )


def _sold(claim: Claim) -> bool:
    """Whether the sentence speaks for a seller."""
    return claim.view is not None and not words("selling_products").isdisjoint(claim.view.tokens)


def _disease(claim: Claim) -> bool:
    """Whether the claim names a disease, which the law leaves to medicines."""
    return not claim.weak and bool(field(claim.object))
