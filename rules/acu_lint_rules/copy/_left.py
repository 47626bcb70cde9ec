"""What was left behind in a text: the record that the parts of the rule ``copy/residue`` share."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from acu_lint.api import Block, Edit, Sentence, Severity, Span


class Left(NamedTuple):
    """Something left behind: the sentence it stands in, its place in the source, what it is.

    ``edits`` take out marks of machines and put broken characters right; no words that a writer may have meant.
    ``better`` holds wordings that could replace the words as they stand.
    """

    sentence: Sentence
    span: Span
    kind: str
    severity: Severity
    edits: tuple[Edit, ...] = ()
    better: tuple[str, ...] = ()


def shown(words: str) -> str:
    """Cut words that are too long for a message."""
    return words if len(words) <= 60 else words[:57].rstrip() + "…"


def sentence_at(block: Block, offset: int) -> Sentence:
    """The sentence of a block that holds an offset."""
    return block.sentences[max(bisect_right(block.sentences, offset, key=lambda each: each.start) - 1, 0)]
