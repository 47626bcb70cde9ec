"""Which blocks of a document stand together: the items of a list, the cells of a table. How a sentence looks."""

from __future__ import annotations

from collections.abc import Sequence

from acu_lint.api import Block, Document, Sentence, measure
from acu_lint_rules.analysis.text.patterns import lazy

# A mark that ends a sentence, with what may stand behind it: quotes, brackets, emphasis, the numbers of notes.
_END = lazy(
    r"[.!?…:。！？][\"'”’»)\]*_]*(?:\[[\w,;–\- ^]{1,24}\]|\(\d{1,3}\)|\d{1,3}(?:[,–-]\d{1,3}){0,5}|[¹²³⁰⁴-⁹]{1,6})*$"
)
_TAIL = 60  # characters at the end of a sentence that are looked at
_SHOWN = 90  # characters of a quotation in a message
_TABLE = frozenset({"cell", "caption"})


@measure
def runs(doc: Document) -> Sequence[tuple[int, int]]:
    """First and last index of the run of items, or of cells and captions, a block stands in, by its index."""
    found: list[tuple[int, int]] = []
    start = 0
    for index, block in enumerate(doc.blocks):
        following = doc.blocks[index + 1] if index + 1 < len(doc.blocks) else None
        if following is None or not _together(block, following):
            found.extend([(start, index)] * (index + 1 - start))
            start = index + 1
    return found


def _together(one: Block, other: Block) -> bool:
    return (one.kind == "item" == other.kind) or (one.kind in _TABLE and other.kind in _TABLE)


def is_ended(sentence: Sentence) -> bool:
    """Whether a sentence has its full stop: lines and facts that count as sentences may have none."""
    return _END.search(sentence.text[-_TAIL:]) is not None


def above(doc: Document, block: Block) -> Block | None:
    """Find the block above the list or table that a block belongs to."""
    first = runs(doc)[block.index][0]
    return doc.blocks[first - 1] if first else None


def below(doc: Document, block: Block) -> Block | None:
    """Find the block below the list or table that a block belongs to."""
    last = runs(doc)[block.index][1]
    return doc.blocks[last + 1] if last + 1 < len(doc.blocks) else None


def lead_in(doc: Document, block: Block) -> Sentence | None:
    """Find the sentence with a colon at its end above the list or table that a block belongs to."""
    lead = above(doc, block) if block.kind == "item" or block.kind in _TABLE else None
    if lead is None or not lead.sentences or not ends_with_colon(lead.text):
        return None
    return lead.sentences[-1]


def ends_with_colon(text: str) -> bool:
    """Whether a text announces what follows."""
    return text[-6:].rstrip("*_ ").endswith(":")


def shortened(text: str) -> str:
    """The words for a message, on one line and not too long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else f"{flat[:_SHOWN].rsplit(' ', 1)[0]} …"
