"""The findings of a rule, put together with what the reader hears: severity, ``heard_by`` and ``confidence``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from acu_lint.api import Document, Hit, Severity, measure
from acu_lint_rules.analysis.reader.model import LABELS, model
from acu_lint_rules.analysis.reader.reading import Reading, marked, reading_at, readings
from acu_lint_rules.analysis.text.layout import shortened

Found = Mapping[int, Severity]
Placed = tuple[Hit, Reading | None]  # a hit and the reading of its sentence; None where it is about more than one


def placed(doc: Document, hits: Iterable[Hit]) -> Sequence[Placed]:
    """Some hits, each with the reading of the sentence that it is about."""
    return [(hit, reading_at(doc, hit.span)) for hit in hits]


def found_by_rules(hits: Iterable[Placed]) -> Found:
    """The most severe of some hits for each reading, by its identity."""
    found: dict[int, Severity] = {}
    for hit, reading in hits:
        if reading is not None:
            own = hit.severity or Severity.WARNING
            found[id(reading)] = max(own, found.get(id(reading), own))
    return found


def judged(label: str, hits: Iterable[Placed], found: Found) -> Iterator[Hit]:
    """The hits of a rule as the reader sees them: a warning that it doubts becomes advice, and the other way round."""
    for hit, reading in hits:
        if reading is None:
            yield replace(hit, data={**hit.data, "heard_by": "analysis"})
            continue
        own = hit.severity or Severity.WARNING
        alone = reading.severity(label, None, None)
        told = {
            "heard_by": "both" if alone is not None else "analysis",
            "confidence": reading.confidence(label, found.get(id(reading), own)),
        }
        severity = reading.severity(label, found.get(id(reading), own), own)
        yield replace(hit, severity=severity, data={**hit.data, **told})


@measure
def _alone(doc: Document) -> Mapping[str, Sequence[Reading]]:
    """The readings whose score alone may be reported, by label."""
    every = readings(doc)
    if not every:
        return {}
    decisions = [(at, label, model().card.labels[label].info) for at, label in enumerate(LABELS)]
    return {label: [each for each in every if each.scores[at] >= info] for at, label, info in decisions}


def added(
    doc: Document, label: str, found: Found, wanted: Callable[[Reading], bool] = lambda _: True
) -> Iterator[tuple[Reading, Hit]]:
    """What the reader alone hears of a label, in wanted sentences in which the rules found nothing."""
    for reading in _alone(doc).get(label, ()):
        severity = reading.severity(label, None, None) if id(reading) not in found else None
        if severity is not None and wanted(reading):
            first, last = marked(reading, label)
            start, end = reading.view.text_range(first, last)
            words = shortened(reading.view.sentence.text[start:end])
            told = {"match": words, "heard_by": "reader", "confidence": reading.confidence(label, None)}
            yield reading, Hit(reading.view.span(first, last), told, "reader", severity)


def heard(
    doc: Document, label: str, hits: Iterable[Hit], wanted: Callable[[Reading], bool] = lambda _: True
) -> Iterator[Hit]:
    """The hits of a rule that is the only one of its label, judged, and what the reader adds."""
    own = placed(doc, hits)
    found = found_by_rules(own)
    yield from judged(label, own, found)
    yield from (hit for _, hit in added(doc, label, found, wanted))
