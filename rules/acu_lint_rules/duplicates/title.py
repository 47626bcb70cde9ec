"""Titles that another page has too."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from acu_lint.api import Corpus, Document, Hit, Related
from acu_lint_rules.analysis.page.titles import own_title, parted
from acu_lint_rules.duplicates._page_keys import (
    BRAND_PAGES,
    SAME_TITLE,
    brand_key,
    is_listed,
    reaches,
    title_keys,
    words_of,
)
from acu_lint_rules.duplicates._siblings import counted, siblings


def check(doc: Document, corpus: Corpus) -> Iterator[Hit]:
    """Find a title whose words are those of another page's title, the site's name left out."""
    title = own_title(doc)
    if not title.text or not is_listed(doc):
        return
    keys = frozenset().union(*(title_keys(words) for words in _wordings(title.text, doc, corpus)))
    found = siblings(doc, corpus, keys, partial(_is_same, doc, corpus))
    if found:
        yield Hit(
            title.span or doc.whole,
            {"match": title.text, "other": found[0].path, "others": [o.path for o in found], "count": counted(found)},
            message="several" if len(found) > 1 else "default",
            related=tuple(_place(other) for other in found),
        )


def _place(other: Document) -> Related:
    return Related(own_title(other).span or other.whole, "the same title", other.path, other.source)


def _is_same(doc: Document, corpus: Corpus, other: Document) -> bool:
    return any(
        reaches(one, two, SAME_TITLE)
        for one in _wordings(own_title(doc).text, doc, corpus)
        for two in _wordings(own_title(other).text, other, corpus)
    )


def _wordings(title: str, doc: Document, corpus: Corpus) -> list[tuple[str, ...]]:
    """The words of a title, and those without the site's name."""
    topic, brand = parted(title)
    whole = words_of(title)
    return [whole, words_of(topic)] if brand and _is_brand(brand, doc, corpus) else [whole]


def _is_brand(brand: str, doc: Document, corpus: Corpus) -> bool:
    """Whether a text is the site's name: "Causes" in "Back pain | Causes" is none."""
    with_it = len(corpus.sharing_keys(doc, [("brand", brand_key(brand))])) + 1
    return with_it >= max(BRAND_PAGES, len(corpus) / 2)
