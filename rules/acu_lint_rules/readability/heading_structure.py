"""``readability/heading-structure``: headings that do not show how the article is built."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from acu_lint.api import Block, Document, Edit, Flavour, Hit, Related, Severity, Span
from acu_lint_rules.analysis.page.kind import is_article
from acu_lint_rules.analysis.page.titles import fills_heading
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.templates import has_template

_LONGEST = 70  # characters of a heading
_ARTICLE = 400  # words of prose that need a heading besides the title
_BOLD_WORDS = 12  # a longer bold line is a sentence with a weight of its own
_PROSE = frozenset({"paragraph", "item"})
_EMPTY_HASH = lazy(r"^ {0,3}#{1,6}[ \t]*$", re.M)
_EMPTY_TAG = lazy(r"<h([1-6])(?:\s[^<>]{0,300})?>(?:\s|&nbsp;){0,20}</h\1\s?>", re.I)
_NO_SPACE = lazy(r"^ {0,3}((#{1,6})([^\s#!][^#\r\n]{0,200}))(#{0,9})[ \t]{0,9}\r?$", re.M)
_SPACE_OPTIONAL = frozenset({Flavour.KRAMDOWN, Flavour.MKDOCS})  # "##Heading" is a heading there
_FENCE = lazy(r"^ {0,3}(?:```|~~~)", re.M)
_QUOTED = frozenset("\"'“‘„«-–—")  # a quotation, or who said it
_BOLD = ("**", "__", "<b>", "<strong>")
_FULL_STOP = lazy(r"(?<!\betc)(?<=[a-z)\]”\"]{3})\.\Z")
_LINE_ENDS = lazy(r"(?:^|[\r\n>])[ \t]{0,20}\Z")
_LINE_STARTS = lazy(r"[ \t]{0,20}(?:[\r\n<]|\Z)")


def check(
    doc: Document, *, h1_from_title: bool = True, longest: int = _LONGEST, words: int = _ARTICLE
) -> Iterator[Hit]:
    """Yield the first place of each fault of the headings, the others as related places.

    Faults: no top heading (a declared title counts as one with ``h1_from_title``), two of them, a level left out, an
    empty heading, one that ends with a full stop or has more than ``longest`` characters, a bold line in place of a
    heading, signs without the space that makes a heading of them, and more than ``words`` words without any. In plain
    text only the last can be told.
    """
    heads = [block for block in doc.blocks if block.kind == "heading"]
    if len(heads) <= 1:
        prose = sum(len(block.folded) for block in doc.blocks if block.kind in _PROSE)
        if prose > words and is_article(doc) and not fills_heading(doc):
            yield Hit(doc.whole, {"words": prose}, "none", Severity.INFO)
    if doc.format == "text":
        return
    declared = any(block.kind == "title" for block in doc.blocks)
    known = not fills_heading(doc)  # which headings there are, and their levels
    yield from _tops(heads, titled=(h1_from_title and declared) or not known)
    for message, severity, places in (
        ("skipped", Severity.WARNING, [low for high, low in pairwise(heads) if known and low.level > high.level + 1]),
        (
            "full-stop",
            Severity.INFO,
            [head for head in heads if head.text[-1:] == "." and _FULL_STOP.search(head.text)],
        ),
        ("long", Severity.INFO, [head for head in heads if len(head.text) > longest and not has_template(head.text)]),
        ("bold", Severity.INFO, _bold_lines(doc)),
    ):
        yield from _first(message, severity, [block.span() for block in places], _data(message, heads, places))
    yield from _first("empty", Severity.WARNING, _empty(doc), {})
    yield from _broken(doc)


def _data(message: str, heads: Sequence[Block], places: Sequence[Block]) -> dict[str, object]:
    if not places:
        return {}
    data: dict[str, object] = {"heading": places[0].text, "characters": len(places[0].text), "level": places[0].level}
    if message == "skipped":
        data["above"] = heads[heads.index(places[0]) - 1].level
    return data


def _first(message: str, severity: Severity, places: Sequence[Span], data: dict[str, object]) -> Iterator[Hit]:
    if places:
        related = tuple(Related(span, "here too") for span in places[1:])
        yield Hit(places[0], {**data, "count": len(places)}, message, severity, related=related)


def _tops(heads: Sequence[Block], *, titled: bool) -> Iterator[Hit]:
    """None or too many top headings."""
    tops = [head.span() for head in heads if head.level == 1]
    if len(tops) > 1:
        yield from _first("several", Severity.WARNING, tops[1:], {})
    elif not tops and len(heads) > 1 and not titled:
        yield Hit(heads[0].span(), {}, "no-top", Severity.INFO)


def _bold_lines(doc: Document) -> list[Block]:
    """Paragraphs that are one short bold line, with prose or a list below."""
    if not any(mark in doc.source.text for mark in _BOLD):
        return []
    return [
        block
        for block, below in pairwise(doc.blocks)
        if block.kind == "paragraph" and below.kind in _PROSE and _bold(doc.source.text, block)
    ]


def _bold(source: str, block: Block) -> bool:
    if len(block.text) > _LONGEST or not block.text[-1:].isalpha() or len(block.text.split()) > _BOLD_WORDS:
        return False
    if block.text[0] in _QUOTED:
        return False
    start, end = block.span()
    mark = next((mark for mark in _BOLD if source.startswith(mark, start - len(mark)) and start >= len(mark)), "")
    close = mark.replace("<", "</")
    if not mark or not source.startswith(close, end):
        return False
    before, after = source[max(start - len(mark) - 20, 0) : start - len(mark)], source[end + len(close) :][:20]
    return bool(_LINE_ENDS.search(before)) and bool(_LINE_STARTS.match(after))


def _empty(doc: Document) -> list[Span]:
    """The signs of headings without text, those within code left out."""
    text = doc.source.text
    found = [match.span() for match in _EMPTY_TAG.finditer(text)] if "</h" in text or "</H" in text else []
    if doc.format != "html" and any(sign in text for sign in ("#\n", "# \n", "#\r")):
        fences = [match.start() for match in _FENCE.finditer(text)]
        hashes = (match.span() for match in _EMPTY_HASH.finditer(text))
        found += [(start, end) for start, end in hashes if bisect_left(fences, start) % 2 == 0]
    return [Span(*place) for place in sorted(found)]


def _broken(doc: Document) -> Iterator[Hit]:
    """Lines with the signs of a heading and no space behind them, so that readers see the signs.

    One sign, or several words with signs, may be tags for social media; one sign counts beside lines with more.
    """
    text = doc.source.text
    if doc.format == "html" or doc.flavour in _SPACE_OPTIONAL or "##" not in text:
        return
    lines = [
        line
        for block in doc.blocks
        if block.kind == "paragraph" and "#" in block.text
        for line in _NO_SPACE.finditer(text, text.rfind("\n", 0, block.span().start) + 1, block.span().end)
        if _is_heading(line[2], line[3])
    ]
    if any(len(line[2]) > 1 for line in lines):
        first, *others = lines
        mended = [f"{line[2]} {line[3].strip()}" for line in lines]
        data = {"heading": first[3].strip(), "signs": first[2], "count": len(lines)}
        related = tuple(Related(Span(*line.span(1)), "here too") for line in others)
        edits = tuple(Edit(Span(line.start(1), line.end(4)), new) for line, new in zip(lines, mended, strict=True))
        yield Hit(Span(*first.span(1)), data, "no-space", Severity.WARNING, (mended[0],), edits, related)


def _is_heading(signs: str, words: str) -> bool:
    """Whether signs of a heading stand before words; one sign before a small letter marks a tag for social media."""
    letter = next(filter(str.isalpha, words), "")
    return bool(letter) and (len(signs) > 1 or not letter.islower())
