"""How much a page says: the words of its sentences."""

from __future__ import annotations

from itertools import pairwise

from acu_lint.api import PROSE, Document, measure

THIN = 100  # words of sentences; fewer say too little to be judged, and are hardly an article
_SENTENCE = 6  # words; shorter ones are labels, entries of menus and calls to act


@measure
def text_words(doc: Document) -> int:
    """The words in sentences of six words and more; labels and menus are none."""
    bounds = (block.bounds for block in doc.blocks if block.kind in PROSE)
    return sum([end - start for each in bounds for start, end in pairwise(each) if end - start >= _SENTENCE])
