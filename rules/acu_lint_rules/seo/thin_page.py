"""seo/thin-page: an article that says hardly anything."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit
from acu_lint_rules.analysis.page.kind import is_article
from acu_lint_rules.analysis.page.metadata import pagehead
from acu_lint_rules.analysis.page.thin import THIN, text_words
from acu_lint_rules.analysis.page.titles import own_title
from acu_lint_rules.analysis.text.patterns import lazy

# What a page may be about instead of its text: a form, a film, a map, a component that brings text of its own.
_ELSEWHERE = lazy(r"<(?:form|iframe|video|audio|object|embed|script\s[^>]{0,200}src|slot|[A-Z])|\{[{%]|\]\(tel:")
_MOST_LINKS = 6  # a page that leads to more is a hub


def check(doc: Document, *, words: int = THIN) -> Iterator[Hit]:
    """Report an article with fewer than ``words`` words in sentences.

    A page without a sentence is left alone, since a template makes it, as is one with a form, a film or components.
    """
    page = pagehead(doc)
    title = own_title(doc)
    if not title.text or page.noindex or page.draft or page.partial or not is_article(doc):
        return
    count = text_words(doc)
    links = sum(link.kind == "link" for link in doc.links)
    if 0 < count < words and links <= _MOST_LINKS and not _ELSEWHERE.search(doc.source.text):
        yield Hit(title.span or doc.whole, {"count": count, "least": words})
