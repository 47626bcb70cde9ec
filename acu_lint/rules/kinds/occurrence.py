"""``occurrence``: how often a pattern may or must be used in an article.

    occurrence: {pattern: 'miracle|wonder', max: 2}      or with min, or both

Too many: the first use beyond ``max`` is reported, the others are related. Too few: the document.
"""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.document.document import Document
from acu_lint.document.source import Span
from acu_lint.rules.card import Card, located
from acu_lint.rules.finding import Hit, Related
from acu_lint.rules.kinds import Check, Measures, blocks_in_scope, body_of, number_in, texts_in
from acu_lint.rules.kinds.pattern import Clock, compile_pattern, matches


def make(card: Card, measures: Measures) -> Check:  # noqa: ARG001 -- one signature for all kinds
    """Build the check of an ``occurrence`` card; its bounds are the rule's options."""
    body = body_of(card, ("pattern", "min", "max"), ("pattern",))
    pattern = compile_pattern(card, texts_in(card, body["pattern"], "pattern"))
    least, most = number_in(card, body, "min"), number_in(card, body, "max")
    if least is None and most is None:
        raise located(card, card.kind, "'occurrence' needs 'min', 'max' or both")

    def check(doc: Document, *, min: float | None = least, max: float | None = most) -> Iterator[Hit]:
        spans: list[tuple[Span, str]] = []
        clock = Clock(doc)
        for block in blocks_in_scope(doc, card):
            spans += [(block.span(*m.span()), m.group()) for m in matches(pattern, block.text, clock)]
        data = {"count": len(spans), "min": min, "max": max}
        if max is not None and len(spans) > max:
            others = tuple(Related(span, "also here") for span, _ in spans[: int(max)])
            span, text = spans[int(max)]
            yield Hit(span, {**data, "match": text}, related=others)
        elif min is not None and len(spans) < min:
            yield Hit(doc.whole, {**data, "match": ""})

    return check
