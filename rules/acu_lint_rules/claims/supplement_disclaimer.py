"""Herbs and supplements praised without the disclaimer that US law asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.claims.claim import Claim, claims
from acu_lint_rules.analysis.claims.promotion import promotes
from acu_lint_rules.analysis.claims.subjects import topic
from acu_lint_rules.analysis.claims.wordings import words
from acu_lint_rules.analysis.page.regulation import field, kind
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.layout import shortened
from acu_lint_rules.analysis.text.lexicon import fold
from acu_lint_rules.claims._report import harms, tags_within

_PRODUCTS = frozenset({"herbs", "supplements", "cannabis"})
_PRACTICES = frozenset({"ayurveda", "ayurvedic medicine", "aromatherapy"})  # nothing with a label for a disclaimer
_WORDS = frozenset({"same"})  # in small letters no product: SAMe is one
_KINDS = frozenset({"efficacy", "mechanism", "cure"})
_HEALTH = t.CONDITION | t.OUTCOME | t.OBJECT
_DISCLAIMER = ("not been evaluated by the food and drug", "not intended to diagnose")


def check(doc: Document, *, profile: tuple[str, ...] = ("us", "uk", "au", "de", "eu", "ca")) -> Iterator[Hit]:
    """Report the first claim of an effect of a product, a disease before others, where the disclaimer is missing.

    Nothing without ``us`` in ``profile``, and nothing on a page that weighs evidence and does not sell: the law is
    about what stands on labels and in advertising.
    """
    if "us" not in profile:
        return
    praising = _product(topic(doc)) and promotes(doc)
    praised = [
        claim
        for claim in claims(doc)
        if _praises(claim) and (praising or _sold(claim)) and _written(doc, claim) not in _WORDS
    ]
    if not praised or _disclaimed(doc):
        return
    claim = next((claim for claim in praised if _disease(claim)), praised[0])
    severe = _disease(claim)
    yield Hit(
        claim.span,
        {"match": shortened(claim.text), "product": _written(doc, claim)},
        "disease" if severe else "default",
        Severity.ERROR if severe else Severity.INFO,
    )


def _praises(claim: Claim) -> bool:
    """Whether a claim says as a fact what a product does for health."""
    helps = claim.kind in _KINDS and fold(claim.verb) not in harms()
    return helps and claim.fires and _product(claim.subject) and _health(claim)


def _product(subject: str) -> bool:
    return kind(subject) in _PRODUCTS and subject not in _PRACTICES


def _sold(claim: Claim) -> bool:
    """Whether the sentence speaks for a seller."""
    return claim.view is not None and not words("selling_products").isdisjoint(claim.view.tokens)


def _health(claim: Claim) -> bool:
    """Whether the words of the claim name what is to change: a complaint, a part or a work of the body."""
    return any(tag.flags & _HEALTH for tag in tags_within(claim))


def _disclaimed(doc: Document) -> bool:
    return any(part in block.text.casefold() for block in doc.blocks for part in _DISCLAIMER)


def _disease(claim: Claim) -> bool:
    """Whether the claim names a disease, which the law leaves to medicines."""
    return not claim.weak and bool(field(claim.object))


def _written(doc: Document, claim: Claim) -> str:
    """The product as the sentence or else the page writes it ("CBD"); the word list has some of them small."""
    pattern = re.compile(rf"\b{re.escape(claim.subject)}\b", re.I)
    texts = (claim.sentence.text, *(block.text for block in doc.blocks))
    return next((found.group() for text in texts if (found := pattern.search(text))), claim.subject)
