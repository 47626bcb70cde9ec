"""Running text: the paragraphs in which an article speaks for itself."""

from __future__ import annotations

from collections.abc import Sequence

from acu_lint.api import Block, Document, measure
from acu_lint_rules.analysis.citations import index as citations
from acu_lint_rules.analysis.text.patterns import lazy

_LEGAL_HEADING = lazy(
    r"\b(?:disclaimers?|legal|terms|privacy|copyright|imprint|cookies?|acknowledg\w{1,8}|transcript)\b", 2
)
_QUOTED = lazy(r"[“\"«][^“”\"«»]{1,2000}[”\"»]")
_SPEAKER = lazy(r"(?:[A-Z][\w.’'-]{0,20}\s){0,2}[A-Z][\w.’'-]{0,20}:\s")


@measure
def paragraphs(doc: Document) -> Sequence[Block]:
    """The paragraphs that are neither references, legal text, a transcript nor a quotation."""
    others = aside(doc)
    return tuple(
        block
        for block in doc.blocks
        if block.kind == "paragraph" and block.index not in others and not spoken(block.text)
    )


@measure
def aside(doc: Document) -> frozenset[int]:
    """The indexes of the blocks that are references, or stand below a heading such as "Disclaimer" or "Transcript"."""
    paths = {block.path for block in doc.blocks}
    names = {name for path in paths for name in path if _LEGAL_HEADING.search(name)}
    legal = {path for path in paths if not names.isdisjoint(path)} if names else ()
    return citations.index(doc).sections | {block.index for block in doc.blocks if block.path in legal}


def spoken(text: str) -> bool:
    """Whether most of a paragraph is quoted, or it is what one speaker of a conversation says."""
    return mostly_quoted(text) or (": " in text[:70] and _SPEAKER.match(text) is not None)


def mostly_quoted(text: str) -> bool:
    """Whether at least half of a text is in quotation marks."""
    if '"' not in text and "“" not in text and "«" not in text:
        return False
    return 2 * sum(map(len, _QUOTED.findall(text))) >= len(text)
