"""``metric``: a measure of the document with a bound.

    metric: {measure: flesch_kincaid_grade, max: 12}      or with min, or both

``acu-lint stats`` prints the names and values of all measures.
"""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.document.document import Document
from acu_lint.rules.card import Card, located
from acu_lint.rules.finding import Hit
from acu_lint.rules.kinds import Check, Measures, body_of, number_in
from acu_lint.system.errors import did_you_mean


def make(card: Card, measures: Measures) -> Check:
    """Build the check of a ``metric`` card; its bounds are the rule's options."""
    body = body_of(card, ("measure", "min", "max"), ("measure",))
    name = str(body["measure"])
    if name not in measures:
        raise located(card, card.kind, f"no measure is called '{name}'{did_you_mean(name, measures)}")
    least, most = number_in(card, body, "min"), number_in(card, body, "max")
    if least is None and most is None:
        raise located(card, card.kind, "'metric' needs 'min', 'max' or both")

    def check(doc: Document, *, min: float | None = least, max: float | None = most) -> Iterator[Hit]:
        value = measures[name](doc)
        if not isinstance(value, int | float):
            return
        bound = min if min is not None and value < min else max if max is not None and value > max else None
        if bound is not None:
            yield Hit(doc.whole, {"measure": name, "value": round(value, 1), "bound": bound})

    return check
