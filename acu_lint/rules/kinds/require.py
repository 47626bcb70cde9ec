r"""``require``: something that an article must have.

    require: {meta: [author, authors], heading: 'about the author', text: 'written by \w+'}

One of the places is enough: a front-matter or HTML meta key with a value, a heading, or a text that
matches the regular expression. ``min-words`` leaves out shorter articles.
"""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.document.document import Document
from acu_lint.document.measure import words
from acu_lint.rules.card import Card, located
from acu_lint.rules.finding import Hit
from acu_lint.rules.kinds import Check, Measures, blocks_in_scope, body_of, number_in, texts_in
from acu_lint.rules.kinds.pattern import Clock, compile_pattern, matches


def make(card: Card, measures: Measures) -> Check:  # noqa: ARG001 -- one signature for all kinds
    """Build the check of a ``require`` card."""
    body = body_of(card, ("meta", "heading", "text", "min-words"))
    keys = texts_in(card, body["meta"], "meta") if "meta" in body else []
    patterns = {
        name: compile_pattern(card, texts_in(card, body[name], name)) for name in ("heading", "text") if name in body
    }
    if not keys and not patterns:
        raise located(card, card.kind, "'require' needs 'meta', 'heading' or 'text'")
    least = number_in(card, body, "min-words") or 0

    def found(doc: Document) -> bool:
        if any(doc.meta.data.get(key) for key in keys):
            return True
        clock = Clock(doc)
        for block in blocks_in_scope(doc, card):
            pattern = patterns.get("heading" if block.kind == "heading" else "text")
            if pattern and any(matches(pattern, block.text, clock)):
                return True
        return False

    def check(doc: Document, *, min_words: float = least) -> Iterator[Hit]:
        if words(doc) >= min_words and not found(doc):
            yield Hit(doc.whole)

    return check
