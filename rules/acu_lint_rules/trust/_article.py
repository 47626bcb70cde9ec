"""What kind of page a document is: an article about health, or a page of another kind."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath
from typing import NamedTuple

from acu_lint.api import PROSE, Document, measure
from acu_lint_rules.analysis.claims.subjects import topic
from acu_lint_rules.analysis.page.metadata import pagemeta
from acu_lint_rules.analysis.page.regulation import field, kind
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.lexicon import folded, terms
from acu_lint_rules.analysis.text.sentence import english_views

OTHER_PAGES = (
    "contact", "product", "price", "prices", "pricing", "home", "landing", "archive", "list", "search", "legal",
    "privacy", "terms", "shop", "cart", "checkout", "location", "menu",
)  # fmt: skip
_FILES = frozenset(terms("not_articles", "files"))
_FOLDERS = frozenset(terms("not_articles", "folders"))
_TITLES = frozenset(terms("not_articles", "titles"))
_FEW = 3  # complaints named most often that are looked at; "pain" and "symptoms" are none
_MENTIONS, _WORDS_PER_MENTION = 3, 200  # how often an article names the complaint it is about


class Subject(NamedTuple):
    """What an article is about: a therapy, its kind (a section of ``interventions.txt``), a complaint; or nothing."""

    therapy: str
    kind: str
    complaint: str


def is_article(doc: Document, *, min_words: int, skip_types: tuple[str, ...] = OTHER_PAGES) -> bool:
    """Whether a page is an article of ``min_words`` or more, not a contact page, a price list or a part of a page.

    ``skip_types`` are values of ``type`` or ``layout`` that are no articles.
    """
    if words(doc) < min_words:
        return False
    page = pagemeta(doc)
    return not (page.partial or page.noindex or page.kind in skip_types or _is_furniture(doc))


def informs(doc: Document, *, min_words: int) -> bool:
    """Whether a page is an article of ``min_words`` or more about health: about a therapy or a complaint."""
    return is_article(doc, min_words=min_words) and any(subject(doc))


@measure
def words(doc: Document) -> int:
    """The words of prose."""
    return sum(len(own) for block, own in zip(doc.blocks, folded(doc), strict=True) if block.kind in PROSE)


@measure
def subject(doc: Document) -> Subject:
    """The therapy and the complaint that an article is about, each named in the title or often."""
    therapy = topic(doc)
    return Subject(therapy, kind(therapy) if therapy else "", _complaint(doc))


def _complaint(doc: Document) -> str:
    counts: Counter[str] = Counter()
    for view in english_views(doc):
        for tag in view.tags:
            if tag.flags & t.CONDITION:
                if view.block is doc.title and field(tag.term):
                    return tag.term
                counts[tag.term] += 1
    enough = max(_MENTIONS, words(doc) // _WORDS_PER_MENTION)
    return next((term for term, count in counts.most_common(_FEW) if count >= enough and field(term)), "")


def _is_furniture(doc: Document) -> bool:
    """Whether the title, the file's name or its folder says that the page is no article."""
    path = PurePath(doc.path.lower())
    if path.stem in _FILES or path.parent.name in _FOLDERS:
        return True
    title = doc.title.text if doc.title else ""
    for mark in (" | ", " - ", " – ", " — "):
        title = title.partition(mark)[0]
    return title.strip().lower() in _TITLES
