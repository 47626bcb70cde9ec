"""seo/slug: the address of the page is hard to read, to say or to type, or has tracking codes.

The codes of a canonical address are reported here because ``seo/canonical``, which reports them too, is off by default,
and they are wrong on any page.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath
from urllib.parse import unquote

from acu_lint.api import Document, Hit, Span
from acu_lint_rules.analysis.keyphrases.text import is_content
from acu_lint_rules.analysis.page.metadata import pagemeta
from acu_lint_rules.analysis.text.inflection import stem
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.templates import has_template
from acu_lint_rules.seo.canonical import tracked

_KEYS = ("slug", "permalink", "url", "path")
_PAGES = frozenset("index _index readme home default about 404 500 example".split())
_DATE = lazy(r"\A\d{4}-\d{1,2}-\d{1,2}-(?=\w)")
_ID = lazy(r"(?:[a-z]{0,2}[-_]?)?\d+|[0-9a-f]{12,64}", re.IGNORECASE)
_CODES = lazy(r"(?:%[0-9a-f]{2})+", re.IGNORECASE)  # RFC 3986, section 2.1: percent-encoding
_FILE_END = lazy(r"\.(?:html?|md|mdx|php|aspx?|txt|docx?|pdf)\Z", re.IGNORECASE)


def check(doc: Document, *, max_length: int = 75, max_words: int = 10, file_names: bool = True) -> Iterator[Hit]:
    """Find a slug with capitals, underscores, spaces or doubled hyphens, without words, too long or stuffed.

    Codes such as ``%20`` are read as what they stand for; those of signs and emoji are a fault, those of letters are
    the usual spelling of a language that is not written in a to z. A canonical address with tracking codes is found
    too; they can be taken out.

    It is the last part of ``slug``, ``permalink`` or ``url`` in front matter, else the name of the file (unless
    ``file_names`` is off, for sites whose addresses come from elsewhere). ``max_length`` counts characters.
    """
    page = pagemeta(doc)
    if doc.format == "text" or page.draft or page.partial:
        return
    if hit := tracked(doc):
        yield hit
    slug, span = _slug(doc, file_names=file_names)
    if codes := _unreadable(slug):
        yield Hit(span, {"slug": slug, "codes": codes, "meant": unquote(codes)}, message="codes")
        return
    slug = unquote(slug)
    fault = _fault(slug, max_length, max_words)
    if fault:
        yield Hit(span, {"slug": slug, "length": len(slug)}, message=fault)


def _unreadable(slug: str) -> str:
    """The first run of codes in a slug that does not stand for letters and digits, or ""."""
    runs = (match.group() for match in _CODES.finditer(slug))
    return next((run for run in runs if any(map(_is_sign, unquote(run)))), "")


def _is_sign(char: str) -> bool:
    """Whether a character is no letter, digit, mark or space: an emoji, a quotation mark, a byte without a meaning."""
    return unicodedata.category(char)[0] not in "LMNZ" and char not in "-_"


def _slug(doc: Document, *, file_names: bool) -> tuple[str, Span]:
    """The slug and where it is declared."""
    for key in _KEYS:
        value = doc.meta.data.get(key)
        if isinstance(value, str) and value.strip("/ ") and not (":" in value or has_template(value)):
            return _FILE_END.sub("", value.strip().rstrip("/").rpartition("/")[2]), doc.meta.spans.get(key) or doc.whole
    name = PurePath(doc.path).stem if file_names else ""
    if name.startswith(("_", ".")) or name.isupper() or name.lower() in _PAGES:
        return "", doc.whole
    return _DATE.sub("", name), doc.whole


def _fault(slug: str, max_length: int, max_words: int) -> str:
    """The name of the message that says what is wrong with a slug, or nothing."""
    words = [word for word in re.split(r"[-_\s]+", slug.lower()) if word]
    if not words or slug.lower() in _PAGES:
        return ""
    counts = Counter(stem(word) for word in words if is_content(word)).most_common(2)
    faults = {
        "number": _ID.fullmatch(slug) is not None,
        "stuffed": sum(count > 1 for _, count in counts) > 1 or max((count for _, count in counts), default=0) > 2,
        "long": len(slug) > max_length or len(words) > max_words,
        "default": re.search(r"[A-Z_\s]|--", slug) is not None,
        # letters of other scripts have no plainer spelling
        "encoded": any("\x7f" < char < "\u0250" or (char > "\x7f" and _is_sign(char)) for char in slug),
        "extension": _FILE_END.search(slug) is not None,
    }
    return next((name for name, wrong in faults.items() if wrong), "")
