"""Text that a template, a chatbot, another program or an editor left behind."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit
from acu_lint_rules.copy._chatbot import chatter, hidden
from acu_lint_rules.copy._damage import damage
from acu_lint_rules.copy._left import Left, shown
from acu_lint_rules.copy._markup import markup
from acu_lint_rules.copy._pasted import pasted
from acu_lint_rules.copy._spun import spun
from acu_lint_rules.copy._stock import examples, stock
from acu_lint_rules.copy._template import doubled, furniture


def check(doc: Document) -> Iterator[Hit]:
    """Find template text, chatbot leftovers, spun prose and raw markup: one finding per sentence, the gravest.

    What lies in the source and not in a sentence is one finding per kind.
    """
    found: dict[tuple[int, int], Left] = {}
    for left in (*chatter(doc), *furniture(doc), *doubled(doc), *spun(doc), *damage(doc), *markup(doc)):
        block = left.sentence.block
        # a heading is one sentence, whatever it holds
        place = left.span.start if block.kind == "heading" else left.sentence.start
        found.setdefault((block.index, place), left)
    for left in found.values():
        words = doc.source.text[slice(*left.span)].strip()
        data = {"match": shown(words), **({"word": left.better[0]} if left.better else {})}
        yield Hit(left.span, data, left.kind, left.severity, edits=left.edits, expected=left.better)
    for finder in (hidden, pasted, stock, examples):
        yield from finder(doc)
