"""Who wrote the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from acu_lint.api import PROSE, Document, Hit
from acu_lint_rules.analysis.lexicon import folded
from acu_lint_rules.analysis.pagemeta import pagemeta
from acu_lint_rules.analysis.people import is_key

_PAGES = (
    "contact", "product", "price", "prices", "pricing", "home", "landing", "archive", "list", "search", "legal",
    "privacy", "terms", "shop", "cart", "checkout", "location", "menu",
)  # fmt: skip
_FILES = frozenset({"readme", "changelog", "contributing", "license", "code_of_conduct", "404"})
_PAGE_TITLES = frozenset(
    "contact|contact us|get in touch|prices|price list|pricing|fees|our fees|opening hours|book online|privacy policy|"
    "privacy notice|cookie policy|terms of use|terms of service|terms and conditions|directions|find us|home".split("|")
)


def check(
    doc: Document, *, min_words: int = 100, skip_types: tuple[str, ...] = _PAGES, inherited_author: bool = False
) -> Iterator[Hit]:
    """Find an article of ``min_words`` or more that names no identifiable author.

    ``skip_types`` are values of ``type`` or ``layout`` that are no articles; ``inherited_author`` says that
    the site puts the author on the page.
    """
    if inherited_author or _words(doc) < min_words:
        return
    page = pagemeta(doc)
    if page.partial or page.noindex or page.kind in skip_types or _is_furniture(doc):
        return
    keyed = doc.meta.format not in {"", "html"}  # in front matter "jdoe" may be the key of an author of the site
    if any(person.identified or (keyed and is_key(person.name)) for person in page.authors):
        return
    if page.authors:
        person = page.authors[0]
        yield Hit(person.span or doc.whole, {"name": person.name}, message="vague")
    else:
        yield Hit(doc.whole)


def _words(doc: Document) -> int:
    return sum(len(words) for block, words in zip(doc.blocks, folded(doc), strict=True) if block.kind in PROSE)


def _is_furniture(doc: Document) -> bool:
    """Whether the title or the file's name says that the page is no article."""
    if PurePath(doc.path).stem.lower() in _FILES:
        return True
    title = doc.title.text if doc.title else ""
    for mark in (" | ", " - ", " – ", " — "):
        title = title.partition(mark)[0]
    return title.strip().lower() in _PAGE_TITLES
