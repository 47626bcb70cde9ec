"""Sentences that start with the same word."""

from collections.abc import Iterator

from acu_lint.api import PROSE, Document, Hit


def check(doc: Document, *, limit: int = 3) -> Iterator[Hit]:
    """Yield the first word of the sentence that is the ``limit``-th in a row to start with it."""
    for block in doc.blocks:
        if block.kind not in PROSE:
            continue
        last, count = "", 0
        for sentence in block.sentences:
            if not sentence.words:
                continue
            word = sentence.words[0]
            count = count + 1 if word.text.lower() == last else 1
            last = word.text.lower()
            if count == limit:
                yield Hit(block.span(word.start, word.end), {"word": word.text, "count": count})
