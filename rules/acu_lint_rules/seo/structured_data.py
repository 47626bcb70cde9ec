"""seo/structured-data: JSON-LD that does not say who wrote and reviewed a page, and when, or contradicts it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from acu_lint.api import Document, Hit, Severity, measure
from acu_lint_rules.analysis.page import dates
from acu_lint_rules.analysis.page.kind import is_article
from acu_lint_rules.analysis.page.metadata import pagemeta
from acu_lint_rules.analysis.text.lexicon import terms
from acu_lint_rules.analysis.text.patterns import lazy

_HEAD = lazy(r"<(?:head|html)\b", re.IGNORECASE)
_ARTICLE = lazy(r"article|blogposting|medicalwebpage|\breport\b|newsarticle", re.IGNORECASE)
_HEAD_LENGTH = 50_000  # characters of a head that are looked at
_LEAST = 150  # words of a page that is an article
_ARTICLE_KEYS = ("headline", "author", "dateModified")
_MEDICAL_KEYS = ("author", "reviewedBy", "lastReviewed")
_NOBODY = frozenset(terms("people", "nobody"))
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")
_DEPTH = 4
_KINDS = {"lastReviewed": "reviewed", "dateModified": "updated", "datePublished": "published"}


def check(doc: Document, *, from_theme: bool = False) -> Iterator[Hit]:
    """Find HTML pages whose JSON-LD lacks an article, its author or dates, or says other dates than the page.

    ``from_theme``: the site's templates add it, so that the files need none.
    """
    page = pagemeta(doc)
    if doc.format != "html" or from_theme or page.draft or page.noindex or page.partial:
        return
    if not _HEAD.search(doc.source.text, 0, 5000):
        return
    article = next(iter(_articles(doc.meta.json_ld)), None)
    if article is None:
        if _words(doc) >= _LEAST and is_article(doc) and not _filled(doc.source.text):
            yield Hit(doc.whole, message="missing", severity=Severity.INFO)
        return
    contradiction = _contradiction(doc, article)
    if contradiction:
        key, said, shown = contradiction
        yield Hit(doc.whole, {"key": key, "said": said, "shown": shown}, "contradicts", Severity.WARNING)
        return
    lacking = _lacking(article)
    if lacking:
        data = {"properties": ", ".join(lacking), "type": str(article.get("@type", ""))}
        yield Hit(doc.whole, data, severity=Severity.INFO)


def _filled(source: str) -> bool:
    """Whether a template fills the head of a page, so that nobody can tell what it has."""
    end = source.find("</head>", 0, _HEAD_LENGTH)
    return any(source.find(sign, 0, end if end >= 0 else _HEAD_LENGTH) >= 0 for sign in ("{{", "{%", "<%", "<?"))


@measure
def _words(doc: Document) -> int:
    return sum(len(block.words) for block in doc.blocks if block.kind in {"paragraph", "item", "quote"})


def _articles(items: Sequence[object], depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Yield the articles among JSON-LD objects, nested ones included."""
    for item in items:
        if not isinstance(item, Mapping) or depth > _DEPTH:
            continue
        if _ARTICLE.search(str(item.get("@type", ""))):
            yield item
        for key in _NESTED:
            nested = item.get(key)
            yield from _articles(nested if isinstance(nested, list) else [nested], depth + 1)


def _lacking(article: Mapping[str, Any]) -> list[str]:
    """The properties that say who stands for a page and when, and that are not there."""
    medical = "medical" in str(article.get("@type", "")).lower()
    wanted = _MEDICAL_KEYS if medical else _ARTICLE_KEYS
    return [key for key in wanted if not _named(article.get(key)) or (key == "author" and _nobody(article.get(key)))]


def _named(value: object) -> bool:
    """Whether a value says something: a text, or a thing or person with a name or an address."""
    if isinstance(value, Mapping):
        return bool(value.get("name") or value.get("@id"))
    if isinstance(value, list):
        return any(map(_named, value))
    return bool(str(value or "").strip())


def _nobody(author: object) -> bool:
    """Whether the author is the name of an account and not of a person or an organisation."""
    name = author.get("name") if isinstance(author, Mapping) else author
    return isinstance(name, str) and name.strip().lower() in _NOBODY


def _contradiction(doc: Document, article: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """A date of the JSON-LD that the text of the page gives otherwise: the property, its value, the page's."""
    for key, kind in _KINDS.items():
        said = dates.read(article.get(key))
        shown = [each for each in pagemeta(doc).dates if each.kind == kind and each.span is not None]
        if said is None or not shown:
            continue
        if all(each.when.last < said.first or said.last < each.when.first for each in shown):
            return key, str(article[key]), shown[0].text
    return None
