"""What was seen in each sentence, in words: by the analysis of claims, then by the reader (``explain --trace``)."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Span
from acu_lint_rules.analysis.claims import trace as analysis
from acu_lint_rules.analysis.reader.model import LABELS
from acu_lint_rules.analysis.reader.reading import Reading, readings, weights
from acu_lint_rules.analysis.reader.stance import vetoed

_MOST = 4  # words that are named for a label, and against it
_WORTH_TELLING = 0.1  # confidence


def trace(doc: Document, *, reader: bool = True) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Yield for every sentence that was read its place and what was seen there, line by line."""
    by_place = {reading.view.sentence.span(): reading for reading in (readings(doc) if reader else ())}
    for span, lines in analysis.trace(doc):
        reading = by_place.get(span)
        yield span, (*lines, *(_told(reading) if reading else ()))


def _told(reading: Reading) -> Iterator[str]:
    """What the reader makes of a sentence; the first label in any case, the others where there is something to tell."""
    for label in LABELS:
        confidence = reading.confidence(label, None)
        if label == LABELS[0] or confidence >= _WORTH_TELLING:
            kind = f", most like {reading.kind}" if label == LABELS[0] and confidence >= _WORTH_TELLING else ""
            yield f"reader: {label} {confidence:.2f}{kind}"
            yield from _words(reading, label)
    if vetoed(reading.view):
        yield "  the reader is silent: the analysis hears what bounds the sentence"


def _words(reading: Reading, label: str) -> Iterator[str]:
    """The words that weighed most for a label, and those against it."""
    totals = weights(reading, label)
    order = sorted(range(len(totals)), key=lambda at: -totals[at])
    for name, places in (("for", order[:_MOST]), ("against", order[: -_MOST - 1 : -1])):
        words = [f"{reading.view.tokens[at]} {totals[at]:+d}" for at in places if (totals[at] > 0) == (name == "for")]
        if words:
            yield f"  words that weigh most {name} it: {', '.join(words)}"
