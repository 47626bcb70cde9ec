"""What a text brings along from another program: markup of Word and WordPress, whole pages, a second front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity, Span
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.copy._left import shown

_WORD_SIGNS = ("mso", "Mso", "<o:", "<w:", "<st1:", "docs-internal-guid")
# Word's clipboard format: its styles, its elements, and the guids of Google Docs
_WORD = lazy(
    r"\bclass\s?=\s?[\"']?Mso[A-Z]\w{1,40}[\"']?|</?(?:o|w|st1):[a-z]\w{0,40}|\bmso-[a-z-]{3,40}\s?:"
    r"|\[if\s(?:[gl]te?\s)?mso\b|docs-internal-guid"
)
_EMAIL = "mso-table-lspace"  # what only a newsletter written for Outlook sets by hand
_WORDPRESS = lazy(r"(?:<|&lt;)!--\s{0,3}/?wp:[a-z][\w/-]{1,40}")
_THEME = lazy(r"<!--\s{0,3}wp:(?:template-part|pattern|post-|query|site-|navigation|comments)")
_SPACES = lazy(r"(?:&nbsp;[ \t]{0,2}){3,200}|^[ \t]{0,9}&nbsp;[ \t]{0,9}$", re.M)
_MANY_SPACES = 3  # places with nothing but spaces that a word processor made
_ROOTS = lazy(r"<(!doctype\s{1,3}html|html|head|body)(?=[\s>])", re.I)
_TEMPLATES = ("{%", "{{", "<?", "<%", "{#")
_FRONT_MATTER = lazy(r"^---[ \t]{0,9}\r?\n(?:(?:[\w-]{1,40}:|[ \t])[^\n]{0,500}+\n){2,40}+---[ \t]{0,9}\r?$", re.M)
_KEY = lazy(r"^([\w-]{1,40}):", re.M)
# Beside "title" one of these makes an article's front matter; slides have some of their own
_KEYS = frozenset({"author", "categories", "date", "description", "draft", "permalink", "published", "slug", "tags"})
_FENCE = lazy(r"^[ \t]{0,9}(?:```|~~~)", re.M)
_LITERAL = ("pre", "code", "script", "style", "template", "textarea", "xmp")
_LOOKED_AT = 50  # places of one kind, so that a hostile file costs no more than another


def pasted(doc: Document) -> Iterator[Hit]:
    """Find what other programs left in a file, seen or not: one finding of each kind, with the number of places."""
    source = doc.source.text
    if any(sign in source for sign in _WORD_SIGNS) and _EMAIL not in source:
        yield from _first(doc, _WORD, "word")
    if "wp:" in source and not _THEME.search(source):
        yield from _first(doc, _WORDPRESS, "wordpress")
    if doc.format in {"markdown", "mdx"}:
        yield from _spaces(doc)
        yield from _second_front_matter(doc)
    yield from _second_page(doc)


def _first(doc: Document, pattern: re.Pattern[str], kind: str) -> Iterator[Hit]:
    """The first place of a pattern that is no example in code."""
    places = list(_outside_code(doc, pattern))
    if places:
        words = doc.source.text[slice(*places[0])]
        yield Hit(places[0], {"match": shown(words), "count": len(places)}, kind, Severity.WARNING)


def _spaces(doc: Document) -> Iterator[Hit]:
    """Spaces in a row that hold lines apart, or lines of nothing else."""
    places = list(_outside_code(doc, _SPACES)) if "&nbsp;" in doc.source.text else []
    if len(places) >= _MANY_SPACES:
        yield Hit(places[0], {"match": "&nbsp;", "count": len(places)}, "spaces", Severity.INFO)


def _second_page(doc: Document) -> Iterator[Hit]:
    """A page within a page: a second head or body in HTML, any of them below the text of Markdown."""
    source = doc.source.text
    if "<" not in source or any(sign in source for sign in _TEMPLATES):
        return
    seen: set[str] = set()
    comments = [comment.span for comment in doc.comments]
    for span in _outside_code(doc, _ROOTS):
        if any(comment.start <= span.start < comment.end for comment in comments[:_LOOKED_AT]):
            continue
        tag = source[span.start + 1 : span.end].lower().split()[0]
        if tag in seen if doc.format == "html" else _below_text(doc, span.start):
            yield Hit(span, {"match": f"{source[slice(*span)]}>"}, "page", Severity.WARNING)
            return
        seen.add(tag)


def _below_text(doc: Document, at: int) -> bool:
    """Whether text of the article stands above a place; a file that is a page from its head on is one page."""
    return any(
        block.span().end <= at for block in doc.blocks[:_LOOKED_AT] if block.kind not in {"title", "description"}
    )


def _second_front_matter(doc: Document) -> Iterator[Hit]:
    """Front matter in the body: that of another article, pasted with it."""
    if doc.source.text.count("\n---") < 2:  # where it begins and ends
        return
    own = min((span.start for span in doc.meta.spans.values()), default=-1)
    for span in _outside_code(doc, _FRONT_MATTER):
        keys = {key.lower() for key in _KEY.findall(doc.source.text, *span)}
        first = not doc.source.text[: span.start].strip("\ufeff \t\r\n")
        if "title" in keys and not _KEYS.isdisjoint(keys) and not first and not span.start <= own < span.end:
            line = Span(span.start, doc.source.text.index("\n", doc.source.text.index("\n", span.start) + 1))
            words = doc.source.text[slice(*line)].rstrip()
            yield Hit(
                Span(line.start, line.start + len(words)),
                {"match": shown(" ".join(words.split()))},
                "matter",
                Severity.WARNING,
            )
            return


def _outside_code(doc: Document, pattern: re.Pattern[str]) -> Iterator[Span]:
    """The places of a pattern in the source that are no code."""
    for count, match in enumerate(pattern.finditer(doc.source.text)):
        if count >= _LOOKED_AT:
            return
        if not _in_code(doc, match.start()):
            yield Span(*match.span())


def _in_code(doc: Document, at: int) -> bool:
    """Whether a place lies in code, as far as the lines and tags before it tell."""
    source = doc.source.text
    line = source.rfind("\n", 0, at) + 1
    if doc.format != "html":
        if source.count("`", line, at) % 2 or source.startswith(("    ", "\t"), line):
            return True
        if len(_FENCE.findall(source, 0, line)) % 2:
            return True
    return any(source.rfind(f"<{tag}", 0, at) > source.rfind(f"</{tag}", 0, at) for tag in _LITERAL)
