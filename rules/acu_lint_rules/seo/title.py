"""The title of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import PurePath

from acu_lint.api import Block, Document, Hit, Severity, Span
from acu_lint_rules.analysis.lexicon import terms
from acu_lint_rules.analysis.pagemeta import pagemeta, width

_BRAND = re.compile(r"\s(?:\||-|–|—|·|•|::|»)\s")
_TITLE_WORDS = 15  # words of a first line that can be a title
_BRAND_WORDS = 5  # words of a brand behind the title


def check(doc: Document, *, max_length: int = 65, limit: int = 90, min_length: int = 5) -> Iterator[Hit]:
    """Find a page without a title, or whose title says nothing or is too long or short.

    Lengths are characters (those of East Asian scripts count twice), a brand at the end not included: above
    ``max_length`` and below ``min_length`` it is advice, above ``limit`` a warning.
    """
    page = pagemeta(doc)
    if page.partial or PurePath(doc.path).name.startswith("_"):
        return
    text, span = _title(doc)
    if not text:
        if doc.blocks and not _has_main_heading(doc):
            yield Hit(doc.whole, message="missing", severity=Severity.WARNING)
        return
    topic = without_brand(text)
    data: dict[str, object] = {"match": text, "length": width(topic)}
    if re.sub(r"[\W_]+", " ", topic).strip().lower() in _vague():
        yield Hit(span, data, message="vague", severity=Severity.WARNING)
    elif width(topic) > max_length:
        severity = Severity.WARNING if width(topic) > limit else Severity.INFO
        yield Hit(span, {**data, "limit": max_length}, severity=severity)
    elif width(topic) < min_length:
        yield Hit(span, {**data, "limit": min_length}, message="short", severity=Severity.INFO)


def _title(doc: Document) -> tuple[str, Span]:
    """The title that search results show: the one for the head of the page, else the article's."""
    head = pagemeta(doc).head_title
    if head is not None:
        return " ".join(head.text.split()), head.span or doc.whole
    block = doc.title or _first_line(doc)
    return (" ".join(block.text.split()), block.span()) if block else ("", doc.whole)


def _first_line(doc: Document) -> Block | None:
    """The first line of a plain text where it can be a title: short, without a full stop, above longer text."""
    if doc.format != "text" or len(doc.blocks) < 2:
        return None
    first, second = doc.blocks[:2]
    short = len(first.words) <= _TITLE_WORDS and not first.text.rstrip().endswith((".", ":", ";", ","))
    return first if short and len(second.words) > len(first.words) else None


def _has_main_heading(doc: Document) -> bool:
    """Whether a top heading stands farther down, behind an introduction (plain text has no such levels)."""
    return doc.format != "text" and any(block.kind == "heading" and block.level == 1 for block in doc.blocks)


def without_brand(title: str) -> str:
    """The title without a brand of up to five words behind the last separator."""
    marks = list(_BRAND.finditer(title))
    if marks and len(title[marks[-1].end() :].split()) <= _BRAND_WORDS:
        return title[: marks[-1].start()].strip()
    return title


@cache
def _vague() -> frozenset[str]:
    return frozenset(terms("vague_titles"))
