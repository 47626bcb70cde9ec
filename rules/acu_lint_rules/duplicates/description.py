"""Descriptions that another page has too."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from acu_lint.api import Corpus, Document, Hit, Related
from acu_lint_rules.analysis.page.titles import own_title, without_brand
from acu_lint_rules.duplicates._page_keys import (
    SAME_DESCRIPTION,
    SAME_TITLE,
    description,
    description_keys,
    is_listed,
    reaches,
    title_keys,
    words_of,
)
from acu_lint_rules.duplicates._siblings import counted, siblings


def check(doc: Document, corpus: Corpus, *, similar: float = SAME_DESCRIPTION) -> Iterator[Hit]:
    """Find a description that repeats another page's description, or is another page's title.

    ``similar`` is the share of the words of two descriptions that both must have, 0.9 to 1.
    """
    told = description(doc)
    words = words_of(told.text)
    if not words or not is_listed(doc):
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


def _repeats(words: tuple[str, ...], similar: float, other: Document) -> bool:
    return reaches(words, words_of(description(other).text), max(similar, SAME_DESCRIPTION))


def _is_title(words: tuple[str, ...], page: Document) -> bool:
    title = own_title(page).text
    return any(reaches(words, words_of(wording), SAME_TITLE) for wording in {title, without_brand(title)})


def _place(other: Document, message: str) -> Related:
    if message == "title":
        return Related(own_title(other).span or other.whole, "the title of that page", other.path, other.source)
    return Related(description(other).span or other.whole, "the same description", other.path, other.source)
