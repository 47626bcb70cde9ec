"""Descriptions that another page has too, that came with the theme, or that are the name of the site."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from acu_lint.api import Corpus, Document, Hit, Related
from acu_lint_rules.analysis.page.theme_texts import is_theme_text
from acu_lint_rules.analysis.page.titles import own_title, parted, without_brand
from acu_lint_rules.duplicates._page_keys import (
    BRAND_PAGES,
    SAME_DESCRIPTION,
    SAME_TITLE,
    brand_key,
    description,
    description_keys,
    is_listed,
    reaches,
    title_keys,
    words_of,
)
from acu_lint_rules.duplicates._siblings import counted, siblings

_NAME = 6  # words of a name


def check(doc: Document, corpus: Corpus, *, similar: float = SAME_DESCRIPTION) -> Iterator[Hit]:
    """Find a description that repeats another page's description, is another page's title, or says nothing of a page.

    Such are the text that a theme comes with and the name of the site. ``similar`` is the share of the words of two
    descriptions that both must have, 0.9 to 1.
    """
    told = description(doc)
    words = words_of(told.text)
    if not words or not is_listed(doc):
        return
    if is_theme_text(told.text) or _is_site(told.text, doc, corpus):
        message = "theme" if is_theme_text(told.text) else "site"
        yield Hit(told.span or doc.whole, {"match": " ".join(told.text.split())}, message=message)
        return
    found = siblings(doc, corpus, description_keys(doc), partial(_repeats, words, similar), words=words)
    message = "several" if len(found) > 1 else "default"
    if not found and not _is_title(words, doc):
        found = siblings(doc, corpus, title_keys(words), partial(_is_title, words), once=False)
        message = "title"
    if found:
        yield Hit(
            told.span or doc.whole,
            {"other": found[0].path, "others": [other.path for other in found], "count": counted(found)},
            message=message,
            related=tuple(_place(other, message) for other in found),
        )


def _is_site(text: str, doc: Document, corpus: Corpus) -> bool:
    """Whether a description is the name of the site, which stands behind the titles of its pages or in their heads."""
    named = [doc.meta.data.get("og:site_name"), doc.meta.data.get("application-name"), parted(own_title(doc).text)[1]]
    key = brand_key(text)
    if any(isinstance(name, str) and brand_key(name) == key for name in named):
        return True
    return len(text.split()) <= _NAME and len(corpus.sharing_keys(doc, [("brand", key)])) >= BRAND_PAGES


def _repeats(words: tuple[str, ...], similar: float, other: Document) -> bool:
    return reaches(words, words_of(description(other).text), max(similar, SAME_DESCRIPTION))


def _is_title(words: tuple[str, ...], page: Document) -> bool:
    title = own_title(page).text
    return any(reaches(words, words_of(wording), SAME_TITLE) for wording in {title, without_brand(title)})


def _place(other: Document, message: str) -> Related:
    if message == "title":
        return Related(own_title(other).span or other.whole, "the title of that page", other.path, other.source)
    return Related(description(other).span or other.whole, "the same description", other.path, other.source)
