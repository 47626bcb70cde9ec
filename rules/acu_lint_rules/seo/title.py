"""The title of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import PurePath

from acu_lint.api import Document, Edit, Hit, Severity, Span
from acu_lint_rules.analysis.page.kind import PageKind, page_kind
from acu_lint_rules.analysis.page.metadata import Value, pagemeta, width
from acu_lint_rules.analysis.page.titles import BRAND, bare, fills_heading, is_piece, page_title, without_brand
from acu_lint_rules.analysis.text.lexicon import terms
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.templates import has_template

_BRAND_SHARE = 0.4  # of the characters of a title that is too long, above which the brand is told
_HEAD = 10_000  # characters behind a title in which a second one is looked for
_OPENED = lazy(r"<title\b[^<>]{0,300}>\s{0,99}\Z", re.IGNORECASE)
# A title, a comment, and where the head ends or a picture with a title of its own begins.
_IN_HEAD = lazy(
    r"<!--.{0,2000}?-->|<title\b[^<>]{0,300}>([^<>]{1,500})</title|</head|<body\b|<svg\b", re.IGNORECASE | re.DOTALL
)


def check(doc: Document, *, max_length: int = 65, limit: int = 90, min_length: int = 5) -> Iterator[Hit]:
    """Find a page without a title or with two, or whose title says nothing, says it twice, or is too long or short.

    Lengths are characters (those of East Asian scripts count twice), a brand at the end not included: above
    ``max_length`` and below ``min_length`` it is advice, above ``limit`` a warning. A brand that takes more than
    two fifths of a title is told where it makes the title longer than ``max_length``. A title that a template fills is
    not known.
    """
    page = pagemeta(doc)
    if page.partial or PurePath(doc.path).name.startswith("_"):
        return
    title = page_title(doc)
    text, span = title.text, title.span or doc.whole
    if not text:
        told = "title" in page.filled or _has_main_heading(doc) or _elsewhere(doc)
        if doc.blocks and not told and not is_piece(doc):
            yield Hit(doc.whole, message="missing", severity=Severity.WARNING)
        return
    if _filled(doc, title):
        return
    if place := _second(doc, title):
        data: dict[str, object] = {"match": doc.source.text[slice(*place)].strip(), "first": text}
        yield Hit(place, data, "several", Severity.WARNING)
    again = _repeated(text)
    if again:
        mended = text[: again[0]] + text[again[1] :]
        certain = _fault(mended, max_length, limit, min_length) is None
        edits = _edits(doc, text, again) if certain else ()
        data = {"match": text, "again": BRAND.sub("", text[slice(*again)], 1)}
        yield Hit(span, data, "twice", Severity.WARNING, expected=(mended,), edits=edits)
    elif fault := _fault(text, max_length, limit, min_length):
        message, severity, bound = fault
        brand, length = _brand(text), width(text if message == "default" else without_brand(text))
        data = {"match": text, "length": length, "limit": bound, "brand": brand, "share": width(brand)}
        if message == "default" and width(brand) > _BRAND_SHARE * length:
            message = "brand"
        yield Hit(span, data, message=message, severity=severity)


def _fault(text: str, max_length: int, limit: int, min_length: int) -> tuple[str, Severity, int] | None:
    """What is wrong with a title: the message, how bad it is, and the length that is exceeded."""
    topic = without_brand(text)
    if bare(topic) in _vague():
        return "vague", Severity.WARNING, 0
    if width(topic) > max_length:
        return "default", Severity.WARNING if width(topic) > limit else Severity.INFO, max_length
    if width(topic) < min_length:
        return "short", Severity.INFO, min_length
    if width(text) > max_length and width(_brand(text)) > _BRAND_SHARE * width(text):
        return "default", Severity.INFO, max_length
    return None


def _second(doc: Document, first: Value) -> Span | None:
    """Where a second title stands in the head of an HTML page, unless a template chooses between them."""
    source = doc.source.text
    if doc.format != "html" or not first.span or not _OPENED.search(source, 0, first.span.start):
        return None
    for match in _IN_HEAD.finditer(source, first.span.end, first.span.end + _HEAD):
        if not match[0].startswith("<!--"):
            place = Span(*match.span(1))
            between = source[first.span.end : place.end]
            return place if match[1] and match[1].strip() and not has_template(between) else None
    return None


def _brand(title: str) -> str:
    """What stands behind the topic of a title, with its separator: a brand, else all behind the first, else ""."""
    topic = without_brand(title)
    mark = BRAND.search(title, len(topic) if topic != title else 0)
    return title[mark.start() :].strip() if mark else ""


def _repeated(title: str) -> tuple[int, int] | None:
    """Where a part between separators repeats another one, with the separator before it."""
    seen = set()
    start, end = 0, 0
    for mark in (*BRAND.finditer(title), None):
        stop = mark.start() if mark else len(title)
        part = bare(title[end:stop])
        if part in seen:
            return start, stop
        seen.add(part)
        start, end = (mark.start(), mark.end()) if mark else (stop, stop)
    return None


def _edits(doc: Document, title: str, again: tuple[int, int]) -> tuple[Edit, ...]:
    """Take the repeated part out, where the source has the title letter for letter."""
    for block in doc.blocks:
        span = block.span(*again) if block.kind in {"title", "heading"} and block.text == title else None
        if span and doc.source.text[span.start : span.end] == title[slice(*again)]:
            return (Edit(span, ""),)
    return ()


def _elsewhere(doc: Document) -> bool:
    """Whether a template gives the title, or the page that the file is a part or frame of."""
    return fills_heading(doc) or page_kind(doc) is PageKind.LAYOUT


def _filled(doc: Document, title: Value) -> bool:
    """Whether a template gives the title, or the heading above the one that was taken for it."""
    source = doc.source.text[slice(*title.span)] if title.span else ""
    if has_template(title.text) or has_template(source) or not bare(title.text):
        return True
    return bool(doc.title and doc.title.span() == title.span and doc.title.level > 1 and fills_heading(doc))


def _has_main_heading(doc: Document) -> bool:
    """Whether a top heading stands farther down, behind an introduction (plain text has no such levels)."""
    return doc.format != "text" and any(block.kind == "heading" and block.level == 1 for block in doc.blocks)


@cache
def _vague() -> frozenset[str]:
    return frozenset(terms("vague_titles"))
