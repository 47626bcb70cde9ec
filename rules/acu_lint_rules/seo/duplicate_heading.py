"""seo/duplicate-heading: two headings of an article say the same, or a heading repeats the title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from acu_lint.api import Block, Document, Edit, Hit, Related, Span
from acu_lint_rules.analysis.page.titles import bare, without_brand
from acu_lint_rules.analysis.text.inflection import stem
from acu_lint_rules.analysis.text.templates import has_template

_MOST = 20  # headings with the same words that are looked at
_UNDERLINE = frozenset("=-")


def check(doc: Document, *, title_printed: bool = False) -> Iterator[Hit]:
    """Find headings that repeat an earlier one of the same section, or the title.

    Sub-headings below different headings may be alike. The first top heading may repeat the title of the front matter,
    unless ``title_printed``: the site prints that title itself, so readers see it twice. Headings with a template
    value or code in them are not compared.
    """
    title = next((block for block in doc.blocks if block.kind == "title"), None)
    headings = [block for block in doc.blocks if block.kind == "heading" and _says(block)]
    known: dict[tuple[str, ...], list[Block]] = defaultdict(list)
    repeats: dict[int, list[Block]] = defaultdict(list)
    for index, block in enumerate(headings):
        before = known[_key(block)]
        if title and _repeats_title(title, block) and (index or title_printed):
            yield _hit(doc, title, [block], "title", remove=not index and doc.format in {"markdown", "mdx"})
        elif first := _earlier(before, block):
            repeats[first.index].append(block)
        before.append(block)
    for number, others in repeats.items():
        first = doc.blocks[number]
        message = "title" if first is doc.title and first.level == 1 and title is None else "default"
        yield _hit(doc, first, others, message, remove=_next_to(doc, first, others[0]))


def _says(block: Block) -> bool:
    """Whether the words of a heading are there, and all of them."""
    return bool(bare(block.text)) and not has_template(block.text)


def _repeats_title(title: Block, block: Block) -> bool:
    return bare(block.text) in {bare(title.text), bare(without_brand(title.text))}


def _earlier(before: Sequence[Block], block: Block) -> Block | None:
    """Which of the earlier headings with the same words stands in the same section or above it."""
    for other in before[:_MOST]:
        if other.path == block.path or f"h{other.level}:{other.text}" in block.path:
            return other
    return None


def _key(block: Block) -> tuple[str, ...]:
    """The words of a heading, singular and plural alike; spelling is not compared: 'hypo' is not 'hyper'."""
    return tuple(stem(word) for word in bare(block.text).split())


def _next_to(doc: Document, other: Block, block: Block) -> bool:
    """Whether two equal headings of one level stand with nothing between them."""
    gap = doc.source.text[other.span().end : block.span().start]
    same = other.text.strip() == block.text.strip() and other.level == block.level
    return same and block.index == other.index + 1 and not gap.strip("# \t\r\n=-")


def _hit(doc: Document, first: Block, others: Sequence[Block], message: str, *, remove: bool) -> Hit:
    """Report the first repetition; where it can go without loss, with the edit that removes it."""
    block, *more = others
    line = _line(doc, block) if remove else None
    edits = (Edit(line, ""),) if line else ()
    data = {"match": block.text.strip(), "count": len(others) + 1}
    related = [Related(first.span(), f"first here: '{first.text.strip()}'")]
    related += [Related(other.span(), f"and here: '{other.text.strip()}'") for other in more[:_MOST]]
    return Hit(block.span(), data, message, edits=edits, related=tuple(related))


def _line(doc: Document, block: Block) -> Span | None:
    """The lines of a heading with the empty ones behind it, where nothing else stands on them."""
    text, span = doc.source.text, block.span()
    start = text.rfind("\n", 0, span.start) + 1
    end = _line_end(text, span.end)
    if text[start : span.start].strip("# \t") or text[span.end : end].strip("# \t\r\n"):
        return None
    after = _line_end(text, end)
    mark = text[end:after].strip()
    if mark and "#" not in text[start : span.start] and set(mark) <= _UNDERLINE and doc.format != "text":
        end = after
    while end < len(text) and not text[end : _line_end(text, end)].strip():
        end = _line_end(text, end)
    return Span(start, end)


def _line_end(text: str, at: int) -> int:
    return text.find("\n", at) + 1 or len(text)
