"""Text that a template, a chatbot or an editor left behind."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit
from acu_lint_rules.copy._chatbot import chatter, hidden
from acu_lint_rules.copy._left import Left, shown
from acu_lint_rules.copy._lines import deletions
from acu_lint_rules.copy._markup import markup
from acu_lint_rules.copy._template import doubled, furniture


def check(doc: Document) -> Iterator[Hit]:
    """Find template text, chatbot leftovers and raw markup: one finding per sentence, the gravest.

    A line that is certainly nothing else carries the edit that deletes it.
    """
    found: dict[tuple[int, int], Left] = {}
    for left in (*chatter(doc), *furniture(doc), *doubled(doc), *markup(doc)):
        block = left.sentence.block
        # a heading is one sentence, whatever it holds
        place = left.span.start if block.kind == "heading" else left.sentence.start
        found.setdefault((block.index, place), left)
    gone = deletions(doc, found.values())
    done: set[int] = set()
    for left in found.values():
        words, index = doc.source.text[slice(*left.span)].strip(), left.sentence.block.index
        edits = left.edits
        if index in gone:
            edits = () if index in done else (gone[index],)  # the first finding of a block deletes its lines
            done.add(index)
        yield Hit(left.span, {"match": shown(words)}, left.kind, left.severity, edits=edits)
    yield from hidden(doc)
