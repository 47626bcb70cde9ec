"""The title of a page as search results show it, and without the brand behind it."""

from __future__ import annotations

import re
from pathlib import PurePath

from acu_lint.api import Block, Document, measure
from acu_lint_rules.analysis.page.metadata import Value, pagehead
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.templates import has_template

BRAND = re.compile(r"\s?\|\s?|\s(?:-|–|—|·|•|::|»)\s")
_TITLE_WORDS = 15  # words of a first line that can be a title
_BRAND_WORDS = 5  # words of a brand behind the title
# Folders of what is put on pages and is none: each file is a quotation, a person, an answer.
_PIECES = frozenset(
    "authors banners components data faq faqs includes partials people quotes reviews sections slides snippets staff"
    " team testimonials widgets".split()
)
_SIGNS = re.compile(r"[\W_]+")
# A heading or title that begins with a template value, or is one code span.
_FILLED = lazy(
    r"(?:^ {0,3}#{1,6}[ \t]{1,9}|<(?:title|h[1-6])\b[^<>]{0,300}>\s{0,99})"
    r"(?:\{[{%]|\{[A-Za-z_$]|<[%?]|\$\{|`[^`\n]{1,200}`[ \t]*$)",
    re.I | re.M,
)


@measure
def page_title(doc: Document) -> Value:
    """The title that search results show: the one for the head of the page, else the article's ("" for none)."""
    head = pagehead(doc).head_title
    if head is not None:
        return Value(" ".join(head.text.split()), head.span)
    block = doc.title or _first_line(doc)
    return Value(" ".join(block.text.split()), block.span()) if block else Value("", None)


@measure
def fills_heading(doc: Document) -> bool:
    """Whether a template gives the text of a heading or of the title, so that nobody can tell which there are."""
    return _FILLED.search(doc.source.text) is not None


@measure
def own_title(doc: Document) -> Value:
    """The title of a page that tells it from others ("" for none).

    A heading of a lower level is none, as the first section may have one, nor is a title that a template fills.
    """
    title = page_title(doc)
    if has_template(title.text):
        return Value("", None)
    block = doc.title if pagehead(doc).head_title is None else None
    return Value("", None) if block and block.kind == "heading" and block.level > 1 else title


def is_piece(doc: Document) -> bool:
    """Whether a file without a title is a part that a page is made of, as the name of its folder says."""
    return not page_title(doc).text and PurePath(doc.path).parent.name.lower() in _PIECES


def _first_line(doc: Document) -> Block | None:
    """The first line of a plain text where it can be a title: short, without a full stop, above longer text."""
    if doc.format != "text" or len(doc.blocks) < 2:
        return None
    first, second = doc.blocks[:2]
    short = len(first.words) <= _TITLE_WORDS and not first.text.rstrip().endswith((".", ":", ";", ","))
    return first if short and len(second.words) > len(first.words) else None


def without_brand(title: str) -> str:
    """The title without a brand of up to five words behind the last separator."""
    topic, _ = parted(title)
    return topic


def parted(title: str) -> tuple[str, str]:
    """A title and what stands behind its last separator where that may be a brand: up to five words, else ""."""
    marks = list(BRAND.finditer(title))
    if marks and len(title[marks[-1].end() :].split()) <= _BRAND_WORDS:
        return title[: marks[-1].start()].strip(), title[marks[-1].end() :].strip()
    return title, ""


def bare(text: str) -> str:
    """A title or heading as it is compared: lower case, one space for all that is no letter or digit."""
    return _SIGNS.sub(" ", text).strip().lower()
