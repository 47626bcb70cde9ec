"""Whether a page sells or informs: what it leaves unsaid is then its own offer, or just nobody's."""

from __future__ import annotations

from acu_lint.api import Document, measure
from acu_lint_rules.analysis.page.kind import PageKind, page_kind
from acu_lint_rules.analysis.text.lexicon import matcher
from acu_lint_rules.analysis.text.sentence import english_views

# Weights and the smallest sum were chosen on pages of 106 sites that were read sentence by sentence (docs/claims.md).
_WEIGHTS = {"selling": 1.0, "ourselves": 0.5, "informing": -1.0}
_ENOUGH = 2.0
_OFFERS = frozenset({PageKind.PRODUCT, PageKind.HOME})


@measure
def promotes(doc: Document) -> bool:
    """Whether words of offer and praise outweigh those of evidence, limits and care (``promotion.txt``)."""
    find = matcher("promotion").scan
    told = sum(_WEIGHTS[found.section] for view in english_views(doc) for found in find(view.tokens))
    return told >= _ENOUGH or (told >= 0 and page_kind(doc) in _OFFERS)
