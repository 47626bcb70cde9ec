"""``readability/truncated-sentence``: a paragraph that breaks off, or a bracket or quotation that nothing closes."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import OBJECT, Block, Document, Hit
from acu_lint_rules.analysis.citations.own_voice import paragraphs
from acu_lint_rules.analysis.readability.counts import parts
from acu_lint_rules.analysis.text.patterns import lazy

_SHOWN = 3  # words
_IN_A_ROW = 3
_DEEP = 5  # brackets and quotations within each other
_LOOSE = frozenset(("and", "or", "but", "the", "a", "an", "of", "to", "for", "with", "in", "on", "that", "which"))
_NOTE = lazy(r"\.\d{1,3}(?:[,–-]\d{1,3}){0,5}\Z")  # "…of all cases.3"
# What a sentence may lead to: a list, a table, code, a picture, a form, a component
_BREAK = lazy(
    r"(?:\s|</\w{1,20}>){0,20}(?:[-*•·]\s|\d{1,3}[.)]\s|[|{`~!>]"
    r"|<(?:[uod]l|table|img|figure|picture|pre|code|video|audio|iframe|form|svg|math|blockquote|br|input|select|[A-Z]))"
)
_SIGNS = lazy(r"[()“”„]|(?<!\d)\"")
_CLOSES = {")": "(", "”": '“„"', "“": "„"}


def check(doc: Document, *, words: int = 12) -> Iterator[Hit]:
    """Yield the end of each paragraph of ``words`` words or more that has no final punctuation, or breaks off.

    Left alone are what leads to a list, table, quotation or picture, lines that end in a name, an address or code,
    references, quotations and conversations. A bracket or quotation that is not closed is a hit on its sign.
    """
    for block in paragraphs(doc):
        if len(block.folded) < words:
            continue
        text = block.text
        if _unfinished(text) and _breaks_off(doc, block):
            start = block.words[max(len(block.words) - _SHOWN, 0)].start
            message = "loose" if block.folded[-1] in _LOOSE or text[-1] in ",;-–—" else "default"
            yield Hit(block.span(start), {"end": text[start:]}, message)
        elif (sign := _open(doc, block)) >= 0:
            yield Hit(block.span(sign, sign + 1), {"sign": text[sign]}, "open")
        elif text.endswith(("...", "…")) and text.rstrip(" .…")[-1:].islower():
            start = block.words[max(len(block.words) - _SHOWN, 0)].start
            yield Hit(block.span(start), {"end": text[start:]}, "dots")


def _unfinished(text: str) -> bool:
    """Whether a text ends in a letter, a digit or a sign that something follows."""
    return text[-1].isalnum() or text[-1] in ",;:-–—_"


def _breaks_off(doc: Document, block: Block) -> bool:
    """Whether nothing that follows, and nothing in its last word, excuses the missing full stop."""
    last = block.words[len(block.words) - 1]
    if OBJECT in block.text[-3:] or last.text[:1].isupper() or _linked(doc, block, last.start):
        return False
    if _NOTE.search(block.text, last.start - 1) or _listed(doc, block):
        return False
    if len(parts(block.sentences[-1])) > 1:  # a list run into a paragraph
        return False
    below = doc.blocks[block.index + 1] if block.index + 1 < len(doc.blocks) else None
    if below and (below.kind not in {"paragraph", "heading"} or (block.text[-1] == ":" and _leads_to(below, block))):
        return False
    return not _BREAK.match(doc.source.text, block.span().end)


def _leads_to(below: Block, block: Block) -> bool:
    """Whether what follows a colon is a paragraph, or the heading of a section within the paragraph's own."""
    return below.kind == "paragraph" or len(below.path) >= len(block.path)


def _listed(doc: Document, block: Block) -> bool:
    """Whether the paragraph is of a list without marks: three in a row have no full stop, or a colon leads to it."""
    blocks = doc.blocks
    first = last = block.index
    while first > max(block.index - _IN_A_ROW, 0) and _loose(blocks[first - 1]):
        first -= 1
    while last < min(block.index + _IN_A_ROW, len(blocks) - 1) and _loose(blocks[last + 1]):
        last += 1
    led = first > 0 and blocks[first - 1].text.endswith(":")
    return led or last - first + 1 >= _IN_A_ROW


def _loose(block: Block) -> bool:
    """Whether a block is a paragraph without a full stop; a colon leads to a list and is none of it."""
    return block.kind == "paragraph" and block.text[-1] != ":" and _unfinished(block.text)


def _linked(doc: Document, block: Block, start: int) -> bool:
    """Whether a link covers what stands from ``start`` on."""
    return doc.linked(block, start, start + 1)


def _open(doc: Document, block: Block) -> int:
    """Where the bracket or quotation stands that nothing closes; -1: none does.

    A quotation that goes on in the next paragraph is closed there.
    """
    text = block.text
    if text.count("(") == text.count(")") and text.count("“") == text.count("”") and text.count('"') % 2 == 0:
        return -1
    opened: list[tuple[str, int]] = []
    for match in _SIGNS.finditer(text):
        sign = match.group()
        partners = _CLOSES.get(sign, '"“„' if sign == '"' else "")
        at = next(
            (
                number
                for number in range(len(opened) - 1, max(len(opened) - _DEEP, 0) - 1, -1)
                if opened[number][0] in partners
            ),
            -1,
        )
        if at >= 0:
            del opened[at:]
        elif sign not in ")”":
            opened.append((sign, match.start()))
    following = doc.blocks[block.index + 1].text[:1] if block.index + 1 < len(doc.blocks) else ""
    return next((start for sign, start in opened if sign == "(" or following not in {"“", '"', "„"}), -1)
