"""How a page is graded by ``acu-lint score``: what the findings of a rule weigh, and which pages get no grade."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from acu_lint.api import Document
from acu_lint_rules.analysis.page.kind import PageKind, page_kind
from acu_lint_rules.analysis.page.thin import THIN, text_words

# A reader is harmed by what a page claims, and a site by what search engines punish. How long the sentences are and
# how long the title is harms nobody. (Chosen so that grades come near those of an editor: docs/score.md.)
WEIGHTS: Mapping[str, float] = {
    "claims": 1.5,
    "citations": 1,
    "duplicates": 2,
    "duplicates/doorway": 4,
    "keywords": 2,
    "keywords/stuffing": 3,
    "trust": 0.6,
    "readability": 0.2,
    "seo": 0.5,
    "acu": 0.5,
}
# These cost a site as much on a long page as on a short one.
WHOLE = frozenset({"keywords/stuffing", "keywords/location-list", "duplicates/article", "duplicates/doorway"})
_NAMES = {
    PageKind.HOME: "the home page", PageKind.CONTACT: "a page of contact details", PageKind.LEGAL: "a legal page",
    PageKind.PAYMENT: "a page about prices or payment", PageKind.LISTING: "a list of other pages",
    PageKind.RECIPE: "a recipe", PageKind.ABOUT: "a page about who runs the site", PageKind.TEAM: "a page about people",
    PageKind.ERROR: "an error page", PageKind.PRODUCT: "a product page", PageKind.LAYOUT: "a template",
}  # fmt: skip


def grading(doc: Document) -> Mapping[str, Any]:
    """Why a page gets no grade ("" where it gets one), what findings weigh, and which are about the whole page."""
    return {"ungraded": _ungraded(doc), "weights": WEIGHTS, "whole": WHOLE}


def _ungraded(doc: Document) -> str:
    kind = page_kind(doc)
    if kind is not PageKind.ARTICLE:
        return f"it is {_NAMES.get(kind, 'no article')}, and grades are for articles"
    words = text_words(doc)
    if words < THIN:
        return f"it has only {words} word{'s' * (words != 1)} in sentences, and {THIN} are needed to judge a text"
    return ""
