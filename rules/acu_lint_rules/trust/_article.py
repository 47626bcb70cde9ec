"""What an article is about, and whether it is one of which a reader expects an author, dates and risks."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from acu_lint.api import PROSE, Document, measure
from acu_lint_rules.analysis.claims.promotion import sells
from acu_lint_rules.analysis.claims.subjects import topic
from acu_lint_rules.analysis.page.kind import declared_kind, is_article
from acu_lint_rules.analysis.page.metadata import pagehead, pagemeta
from acu_lint_rules.analysis.page.regulation import field, kind
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.lexicon import folded
from acu_lint_rules.analysis.text.sentence import english_views

_FEW = 3  # complaints named most often that are looked at; "pain" and "symptoms" are none
_MENTIONS, _WORDS_PER_MENTION = 3, 200  # how often an article names the complaint it is about


class Subject(NamedTuple):
    """What an article is about: a therapy, its kind (a section of ``interventions.txt``), a complaint; or nothing."""

    therapy: str
    kind: str
    complaint: str


def full_article(doc: Document, *, min_words: int, skip_types: tuple[str, ...] = ()) -> bool:
    """Whether a page is an article of ``min_words`` or more, and not a part of a page or hidden from search engines.

    ``skip_types`` are further values of ``type`` or ``layout`` that are no articles.
    """
    if words(doc) < min_words or not is_article(doc):
        return False
    page = pagehead(doc)
    return not (page.partial or page.noindex or (page.kind in skip_types and not declared_kind(doc)))


def informs(doc: Document, *, min_words: int) -> bool:
    """Whether a page is an article of ``min_words`` or more about health: about a therapy or a complaint."""
    return full_article(doc, min_words=min_words) and any(subject(doc))


def is_offer(doc: Document) -> bool:
    """Whether a page without a date speaks as the seller of what it describes: whose words they are is plain."""
    return sells(doc) and not pagemeta(doc).dates


@measure
def words(doc: Document) -> int:
    """The words of prose."""
    return sum([len(own) for block, own in zip(doc.blocks, folded(doc), strict=True) if block.kind in PROSE])


@measure
def subject(doc: Document) -> Subject:
    """The therapy and the complaint that an article is about, each named in the title or often."""
    therapy = topic(doc)
    return Subject(therapy, kind(therapy) if therapy else "", _complaint(doc))


def _complaint(doc: Document) -> str:
    views, title = english_views(doc), doc.title
    named = [tag.term for view in views if view.block is title for tag in view.tags if tag.flags & t.CONDITION]
    if titled := next(filter(field, named), ""):
        return titled
    counts = Counter([tag.term for view in views for tag in view.tags if tag.flags & t.CONDITION])
    enough = max(_MENTIONS, words(doc) // _WORDS_PER_MENTION)
    return next((term for term, count in counts.most_common(_FEW) if count >= enough and field(term)), "")
