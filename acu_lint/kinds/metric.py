"""``metric``: a measure of the document with a bound.

    metric: {measure: flesch_kincaid_grade, max: 12}      or with min, or both

``acu-lint stats`` prints the names and values of all measures.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card, CardError
from ..document import Document
from ..errors import did_you_mean
from ..finding import Hit
from . import Check, Measures, body_of, number_in


def make(card: Card, measures: Measures) -> Check:
    """Build the check of a ``metric`` card; its bounds are the rule's options."""
    body = body_of(card, ("measure", "min", "max"), ("measure",))
    name = str(body["measure"])
    if name not in measures:
        raise CardError(f"{card.origin}: no measure is called '{name}'{did_you_mean(name, measures)}")
    least, most = number_in(card, body, "min"), number_in(card, body, "max")
    if least is None and most is None:
        raise CardError(f"{card.origin}: 'metric' needs 'min', 'max' or both")

    def check(
        doc: Document,
        *,
        min: float = float("-inf") if least is None else least,
        max: float = float("inf") if most is None else most,
    ) -> Iterator[Hit]:
        value = measures[name](doc)
        if isinstance(value, int | float) and not min <= value <= max:
            data = {"measure": name, "value": round(value, 1), "bound": min if value < min else max}
            yield Hit(doc.whole, data)

    return check
