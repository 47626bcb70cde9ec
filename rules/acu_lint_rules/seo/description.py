"""The description that search results may show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from acu_lint.api import Document, Hit, Severity, language
from acu_lint_rules.analysis.page.kind import PageKind, page_kind
from acu_lint_rules.analysis.page.metadata import Value, pagemeta, width
from acu_lint_rules.analysis.page.titles import bare, is_piece, without_brand
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.templates import has_template

_HEAD = re.compile(r"<(?:head|html)\b", re.I)
_FILLED = lazy(r"<meta\b[^<>]{0,200}\bdescription[\"'][^<>]{0,200}?(?:\{\{|\{%|<[%?])", re.I)
_WITHOUT = frozenset({PageKind.ERROR, PageKind.LAYOUT})  # no search result shows these
_DOTS = ("...", "…")
_ENDS = (".", "!", "?", "。", "！", "？", '"', "”", ")")
_EXCERPT = 100  # characters that a machine takes from the page at least
_OPENS = 5  # paragraphs at the top of which an excerpt may be the first words
_SHOWN = 3  # words in a message
# No English sentence ends in these.
_LOOSE = frozenset(
    "a also an and as because but every if into nor or our the their they we whether while whose your".split()
)
# Few sentences end in these, and hardly one that is as long as an excerpt and has no full stop.
_RARELY_LAST = frozenset(
    "about are at be been by can could does for from had has have how in is may might must of on or should such than "
    "that these this those to was were what when where which who will with would".split()
)
_CUT = range(150, 166)  # characters at which plugins cut an excerpt
_SENTENCE_END = lazy(r"[.!?]\s[A-Z]")
_FRAGMENTS = 3  # fragments between commas that make a list of keywords
_FRAGMENT_WORDS = 5
_TELLING = frozenset(
    "a an and are be by can do does explains find get how i if is it its learn me my not or our read see she that the "
    "their there they this to was we were what when where which who why will with you your from into covers shows "
    "tells helps discover".split()
)


def check(doc: Document, *, min_length: int = 50, max_length: int = 160, limit: int = 320) -> Iterator[Hit]:
    """Find a page without a description, or whose description repeats the title, is a list of keywords or breaks off.

    And one that is too long or short.

    Lengths are characters (those of East Asian scripts count twice): below ``min_length`` and above
    ``max_length`` it is advice, above ``limit`` a warning. A description that a template fills is not known.
    """
    page = pagemeta(doc)
    if doc.format == "text" or page.draft or page.noindex or page.partial:
        return
    description = page.description
    if description is None or not description.text:
        told = "description" in page.filled or _FILLED.search(doc.source.text)
        if not told and _has_head(doc) and page_kind(doc) not in _WITHOUT and not is_piece(doc):
            yield Hit(doc.whole, message="missing", severity=Severity.INFO)
        return
    if has_template(description.text) or has_template(_source(doc, description)):
        return
    yield from _judge(doc, description, min_length=min_length, max_length=max_length, limit=limit)


def _source(doc: Document, value: Value) -> str:
    """A value as the source has it."""
    return doc.source.text[slice(*value.span)] if value.span else ""


def _has_head(doc: Document) -> bool:
    """Whether the file is a page of its own, which a description belongs to."""
    if doc.format == "html":
        return _HEAD.search(doc.source.text, 0, 5000) is not None
    return bool(doc.meta.format)


def _judge(doc: Document, description: Value, *, min_length: int, max_length: int, limit: int) -> Iterator[Hit]:
    span, size = description.span or doc.whole, width(description.text)
    data: dict[str, object] = {"length": size}
    if _repeats_title(doc, description.text):
        yield Hit(span, data, message="title", severity=Severity.WARNING)
    elif _is_keyword_list(description.text):
        yield Hit(span, data, message="keywords", severity=Severity.WARNING)
    elif _breaks_off(doc, description.text):
        yield Hit(span, {**data, "end": _last_words(description.text)}, message="cut", severity=Severity.WARNING)
    elif size > max_length:
        severity = Severity.WARNING if size > limit else Severity.INFO
        data |= {"limit": max_length, "end": _last_words(description.text[:max_length].rpartition(" ")[0])}
        yield Hit(span, data, message="long" if data["end"] else "wide", severity=severity)
    elif size < min_length:
        yield Hit(span, {**data, "limit": min_length}, message="short", severity=Severity.INFO)


def _breaks_off(doc: Document, text: str) -> bool:
    """Whether a description ends within a sentence: in dots, on a word like "and", or where the page goes on."""
    text = " ".join(text.split()).rstrip("]")
    if text.endswith(_DOTS):
        return True
    if text.endswith(_ENDS):
        return False
    return (language(doc) == "en" and _is_cut(text)) or _goes_on(doc, text)


def _is_cut(text: str) -> bool:
    """Whether an English text without a full stop ends on a word that needs another, or where excerpts are cut."""
    last = text.rpartition(" ")[2].rstrip(",;–—-")
    if last in _LOOSE or (last in _RARELY_LAST and len(text) > _EXCERPT):
        return True
    return len(text) in _CUT and _SENTENCE_END.search(text) is not None


def _goes_on(doc: Document, text: str) -> bool:
    """Whether the page goes on within the word, or within the sentence of what is as long as an excerpt."""
    opens = islice((block for block in doc.blocks if block.kind == "paragraph"), _OPENS)
    shown = (" ".join(block.text.split()) for block in opens)
    rest = next((para.removeprefix(text) for para in shown if para.startswith(text)), "")
    return rest[:1].isalnum() or (len(text) > _EXCERPT and rest.strip()[:1].islower())


def _last_words(text: str) -> str:
    return " ".join(text.split()[-_SHOWN:])


def _repeats_title(doc: Document, text: str) -> bool:
    title = doc.title.text if doc.title else ""
    return bare(text) in {bare(title), bare(without_brand(title))}


def _is_keyword_list(text: str) -> bool:
    """Whether a text is made of short fragments between commas, none of which tells anything."""
    if any(char.isdigit() for char in text) or "?" in text:
        return False
    fragments = [fragment.split() for fragment in re.split(r"[,;|]", text.strip(" .")) if fragment.strip()]
    if len(fragments) < _FRAGMENTS or any(". " in fragment for fragment in re.split(r"[,;|]", text)):
        return False
    return all(len(words) <= _FRAGMENT_WORDS and _TELLING.isdisjoint(w.lower() for w in words) for words in fragments)
