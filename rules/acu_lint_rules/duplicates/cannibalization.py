"""Pages of one site that want to be found for the same search."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from acu_lint.api import Corpus, Document, Hit, Related, Span
from acu_lint_rules.analysis.page.metadata import pagehead
from acu_lint_rules.analysis.page.titles import own_title
from acu_lint_rules.duplicates._page_keys import chosen, is_listed, keyphrase_keys, phrase_span, questions, topic
from acu_lint_rules.duplicates._siblings import counted, siblings

_HUB_LINKS = 3  # pages of the site to which a page about a whole subject links
_LISTS = ("archive", "category", "hub", "list", "pillar", "tag", "topic")
_HOST = re.compile(r"(?:https?:)?//(?:www\.)?([^/:?#]+)", re.I)
_OUTSIDE = re.compile(r"(?:[a-z][a-z0-9+.-]{0,20}:|//|#)", re.I)


def check(doc: Document, corpus: Corpus, *, cosine: float = 0.45, lists: tuple[str, ...] = _LISTS) -> Iterator[Hit]:
    """Find pages that choose the same keyphrase; where one chooses none, pages whose titles ask the same.

    Titles ask the same where their words are equal without "how", "guide", "relief" and the like; the two texts
    must have a ``cosine`` (TF-IDF, 0 … 1) as well: articles of different publishers on one complaint reach 0.42, with
    all words counted and only a handful of articles to compare with. Pages whose ``type`` or ``layout`` is one of
    ``lists``, and pages that lead to others, compete with none.
    """
    keys = keyphrase_keys(doc)
    if not keys or not is_listed(doc) or pagehead(doc).kind in lists:
        return

    def competes(other: Document) -> bool:
        if pagehead(other).kind in lists or questions(doc) != questions(other) or not _one_site(doc, other):
            return False
        if _leads_to(doc, other) or _leads_to(other, doc):
            return False
        if chosen(doc) and chosen(other):
            return bool(_chosen_by_both(doc, other))
        return topic(doc) == topic(other) != "" and corpus.cosine(doc, other.path) >= cosine

    found = siblings(doc, corpus, keys, competes)
    if found:
        yield _hit(doc, found)


def _hit(doc: Document, found: list[Document]) -> Hit:
    phrase = _chosen_by_both(doc, found[0])
    return Hit(
        _span(doc, by_phrase=bool(phrase)),
        {"match": phrase or topic(doc), "other": found[0].path, "others": [page.path for page in found]}
        | {"title": own_title(found[0]).text, "count": counted(found)},
        message=("several " if len(found) > 1 else "") + ("keyphrase" if phrase else "topic"),
        related=tuple(
            Related(_span(page, by_phrase=bool(phrase)), "wants to be found for the same", page.path, page.source)
            for page in found
        ),
    )


def _chosen_by_both(doc: Document, other: Document) -> str:
    return next((phrase for phrase in chosen(doc) if phrase in chosen(other)), "")


def _span(doc: Document, *, by_phrase: bool) -> Span:
    return (phrase_span(doc) if by_phrase else None) or own_title(doc).span or doc.whole


def _one_site(doc: Document, other: Document) -> bool:
    """Whether nothing says that the pages are on two sites: their canonical addresses name no two hosts."""
    hosts = {match[1].lower() for page in (doc, other) if (match := _HOST.match(pagehead(page).canonical))}
    return len(hosts) < 2


def _leads_to(doc: Document, other: Document) -> bool:
    """Whether a page is a hub for the other: it links to that page and to others of the site."""
    pages = {_page(link.target) for link in doc.links if link.kind == "link" and not _OUTSIDE.match(link.target)}
    return len(pages) >= _HUB_LINKS and _page(other.path) in pages


def _page(address: str) -> str:
    """The name of a page in an address or path: ``../knee/`` and ``blog/knee.md`` are ``knee``."""
    path = PurePath(re.split(r"[?#]", address, maxsplit=1)[0])
    return path.parent.name if path.stem in {"index", "_index"} else path.stem
