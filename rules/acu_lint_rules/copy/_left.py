"""What was left behind in a text: the record that the parts of the rule ``copy/residue`` share."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from acu_lint.api import Block, Edit, Sentence, Severity, Span


class Left(NamedTuple):
    """Something left behind: the sentence it stands in, its place in the source, what it is.

    ``certain`` says that the words belong to no article wherever they stand, so that a line that holds nothing else
    can go. ``edits`` mend what is left behind within a line.
    """

    sentence: Sentence
    span: Span
    kind: str
    severity: Severity
    certain: bool = False
    edits: tuple[Edit, ...] = ()


def shown(words: str) -> str:
    """Cut words that are too long for a message."""
    return words if len(words) <= 60 else words[:57].rstrip() + "…"


def sentence_at(block: Block, offset: int) -> Sentence:
    """The sentence of a block that holds an offset."""
    return block.sentences[max(bisect_right(block.sentences, offset, key=lambda each: each.start) - 1, 0)]
