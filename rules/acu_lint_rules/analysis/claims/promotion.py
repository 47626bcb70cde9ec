"""Whether a page sells or informs: what it leaves unsaid is then its own offer, or just nobody's."""

from __future__ import annotations

from acu_lint.api import Document, measure
from acu_lint_rules.analysis.claims.subjects import topic
from acu_lint_rules.analysis.page.kind import PageKind, page_kind
from acu_lint_rules.analysis.text.lexicon import folded, matcher
from acu_lint_rules.analysis.text.sentence import english_views

# Weights and sums were chosen on pages of 106 sites whose sentences had been labelled (docs/claims.md).
_WEIGHTS = {"selling": 1.0, "informing": -1.0, "bounding": -0.5}
_ENOUGH = 0.5
_OF_A_THERAPY = -1.0  # a page about a therapy that hardly weighs evidence
_PRODUCT_KEYS = frozenset({"product", "products", "sku", "price"})
_OFFERS = frozenset({PageKind.PRODUCT, PageKind.HOME})


@measure
def _told(doc: Document) -> float:
    """How far words of offer and praise outweigh those of evidence, limits and care (``promotion.txt``)."""
    found = matcher("promotion").scan(_apart(doc))
    return sum([_WEIGHTS[each.section] for each in found])


def _apart(doc: Document) -> list[str]:
    """The folded words of what is English, with a word that none is between two blocks, so that no term joins them."""
    words = folded(doc)
    apart: list[str] = []
    for index in dict.fromkeys([view.block.index for view in english_views(doc)]):
        apart += words[index]
        apart.append("")
    return apart


def sells(doc: Document) -> bool:
    """Whether a page speaks as a seller does."""
    return _told(doc) >= _ENOUGH


@measure
def promotes(doc: Document) -> bool:
    """Whether a page sells, or is about a therapy or product of which it hardly weighs the evidence."""
    if sells(doc):
        return True
    return _told(doc) >= _OF_A_THERAPY and (bool(topic(doc)) or page_kind(doc) in _OFFERS or _has_product(doc))


def _has_product(doc: Document) -> bool:
    """Whether front matter or structured data name a product: what the page says of it needs no list to know it."""
    return not _PRODUCT_KEYS.isdisjoint(doc.meta.data) or any(
        item.get("@type") == "Product" for item in doc.meta.json_ld
    )
