"""seo/image-alt: an image without a text for those who do not see it, or with one that says nothing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from acu_lint.api import Document, Hit, Image, Severity, Span
from acu_lint_rules.analysis.keyphrases.phrases import main_keyphrase
from acu_lint_rules.analysis.keyphrases.text import is_content
from acu_lint_rules.analysis.page.metadata import width
from acu_lint_rules.analysis.page.titles import bare
from acu_lint_rules.analysis.text.inflection import stem
from acu_lint_rules.analysis.text.lexicon import fold, terms
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.templates import has_template

_HAS_ALT = lazy(r"[\s\"'/]alt(?:\s*=|[\s/>])", re.IGNORECASE)
_ALT = lazy(r"[\s\"'/]alt\s{0,9}=\s{0,9}(?:\"[^\"]*|'[^']*|[^\s>]+)", re.IGNORECASE)
_QUOTED = lazy(r"\"[^\"]*\"|'[^']*'|=\s?\{[^{}]*\}")
_DECORATIVE = lazy(r"role\s?=\s?[\"']?(?:presentation|none)\b|(?:width|height)\s?=\s?[\"']?1(?:px)?\b", re.IGNORECASE)
_FILE = lazy(r"[\w%@ .-]{0,200}\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|heic)", re.IGNORECASE)
_CAMERA = lazy(
    r"(?:img|dsc|dscn|image|photo|screenshot|screen shot|picture|untitled|pxl|wp)[\s_-]?[\d _()x-]{0,40}", re.I
)
_EMPTY = frozenset(terms("vague_images", "empty"))
_SOUGHT = frozenset(terms("vague_images", "sought"))
_START = attrgetter("start")
_FEW = 3  # fragments between commas that make a list of keywords
_FRAGMENT_WORDS = 4


def check(doc: Document, *, max_length: int = 125) -> Iterator[Hit]:
    """Find images without a description, or with a file name, a list of keywords or a whole paragraph for one.

    ``max_length``: characters (those of East Asian scripts count twice) above which it is too long. An empty ``alt``
    in HTML says that the image is decoration, and so do ``role="presentation"`` and a size of one pixel. A description
    that a template fills is not known.
    """
    if not doc.images:
        return
    alts = sorted((block.span() for block in doc.blocks if block.kind == "alt"), key=_START)
    for image in doc.images:
        span = _described(alts, image) or image.span
        fault = _fault(doc, image, max_length)
        if fault:
            message, severity = fault
            data = {"match": image.alt.strip(), "length": width(image.alt.strip()), "limit": max_length}
            yield Hit(span, data, message=message, severity=severity)


def _described(alts: Sequence[Span], image: Image) -> Span | None:
    """Where an image's description stands, if it has one."""
    at = bisect_left(alts, image.span.start, key=_START)
    return alts[at] if at < len(alts) and alts[at].start < image.span.end else None


def _fault(doc: Document, image: Image, max_length: int) -> tuple[str, Severity] | None:
    """What is wrong with the description of an image, and how bad it is."""
    alt = " ".join(image.alt.split())
    source = doc.source.text[image.span.start : image.span.end]
    if has_template(alt) or _filled(source):
        return None
    if not alt:
        tag = source.startswith("<")
        decorative = tag and (_HAS_ALT.search(source) or _DECORATIVE.search(source))
        return None if decorative else ("missing" if tag else "empty", Severity.WARNING)
    if _FILE.fullmatch(alt) or _CAMERA.fullmatch(alt) or set(bare(alt).split()) <= _EMPTY:
        return "name", Severity.WARNING
    if _is_list(alt) or _repeats(doc, alt):
        return "keywords", Severity.WARNING
    return ("long", Severity.INFO) if width(alt) > max_length else None


def _filled(source: str) -> bool:
    """Whether a template gives the description of an image, or the attributes of its tag."""
    if not source.startswith("<"):
        return has_template(source[: source.rfind("](")])
    alt = _ALT.search(source)
    return has_template(alt.group() if alt else _QUOTED.sub("", source[1:]))


def _is_list(alt: str) -> bool:
    """Whether a description is a row of search words: short fragments, one word of which comes back or is sought."""
    fragments = [[fold(word) for word in part.split()] for part in re.split(r"[,;|]", alt.rstrip(" .")) if part.strip()]
    if len(fragments) < _FEW or any(len(words) > _FRAGMENT_WORDS for words in fragments):
        return False
    stems = [{stem(word) for word in words if is_content(word)} for words in fragments]
    if not _SOUGHT.isdisjoint(word for words in fragments for word in words):
        return True
    return all(stems) and len(set().union(*stems)) < sum(map(len, stems))


def _repeats(doc: Document, alt: str) -> bool:
    """Whether a description has the keyphrase of the article twice."""
    words = [stem(fold(word)) for word in re.findall(r"[\w'’-]+", alt)]
    if len(words) < _FEW or len(set(words)) > len(words) - 2:
        return False
    main = main_keyphrase(doc)
    return main is not None and len(main.stems) > 1 and all(words.count(each) > 1 for each in main.stems)
