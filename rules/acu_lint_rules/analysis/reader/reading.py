"""What the reader makes of the sentences of a document, and which of their words weighed most."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from acu_lint.api import Document, Severity, Span, measure
from acu_lint_rules.analysis.citations.index import in_references
from acu_lint_rules.analysis.reader.decide import severity, together, weighed
from acu_lint_rules.analysis.reader.features import located, rows
from acu_lint_rules.analysis.reader.model import LABELS, model
from acu_lint_rules.analysis.reader.stance import vetoed
from acu_lint_rules.analysis.text.sentence import SentenceView, english_views

_LONGER, _SHORT = 1.5, 12  # a finding longer than so many sentences (of so many code points or more) is about a passage
_JOINING = frozenset({"and", "but", "or", "so", "while", "because", "then"})


class Reading(NamedTuple):
    """A sentence as the reader sees it: its scores by label, the density of its page included."""

    view: SentenceView
    rows: Sequence[int]
    scores: Sequence[int]

    def score(self, label: str) -> int:
        """How much speaks for a label, in units of a weight."""
        return self.scores[LABELS.index(label)]

    def severity(self, label: str, found: Severity | None, own: Severity | None) -> Severity | None:
        """How the rules and the reader together report the sentence; see ``decide.severity``.

        ``found`` is the most severe finding of the rules about the label in the sentence, ``own`` that of the rule
        that asks.
        """
        decision = model().card.labels[label]
        score = together(decision, self.score(label), found)
        if score < decision.info:  # most sentences: there is no need to look for what bounds them
            return severity(decision, score, own, vetoed=True)
        return severity(decision, score, own, vetoed=vetoed(self.view))

    def confidence(self, label: str, found: Severity | None) -> float:
        """In which share of cases a sentence like this is what the label says."""
        decision = model().card.labels[label]
        return decision.confidence(together(decision, self.score(label), found)) / 100

    @property
    def kind(self) -> str:
        """Which kind of claim the sentence reads like most."""
        return model().kind(self.rows)


@measure
def readings(doc: Document) -> Sequence[Reading]:
    """The readings of what is English in a document, in order; the list of references is not read."""
    views = [view for view in english_views(doc) if not in_references(doc, view.block)]
    if not views:
        return ()
    own = model()
    seen = [rows(view) for view in views]
    columns = zip(*map(own.scores, seen), strict=True)
    by_label = [weighed(own.card.labels[label], column) for label, column in zip(LABELS, columns, strict=True)]
    return [Reading(*each) for each in zip(views, seen, zip(*by_label, strict=True), strict=True)]


@measure
def _starts(doc: Document) -> Sequence[int]:
    return [reading.view.sentence.span().start for reading in readings(doc)]


def reading_at(doc: Document, span: Span) -> Reading | None:
    """The reading of the sentence that a span stands in; None where the span is about more than a sentence."""
    at = bisect_right(_starts(doc), span.start) - 1
    if at < 0:
        return None
    found = readings(doc)[at]
    place = found.view.sentence.span()
    longest = _LONGER * max(place.end - place.start, _SHORT)
    return found if span.start < place.end and span.end - span.start <= longest else None


def weights(reading: Reading, label: str) -> list[int]:
    """What each word of a sentence weighs for a label; pairs of words weigh half for each."""
    view, own = reading.view, model()
    features = list(located(view))
    totals = [0] * len(view.tokens)
    for (_, first, last), weight in zip(features, own.weights(label, (row for row, _, _ in features)), strict=True):
        for at in range(first, last):
            totals[at] += weight // (last - first)
    return totals


def marked(reading: Reading, label: str) -> tuple[int, int]:
    """The first and last (exclusive) word of the part of a sentence that weighs most for a label.

    Parts end at punctuation and where clauses begin; neighbours belong to it as long as they add to the weight.
    """
    view, totals = reading.view, weights(reading, label)
    begins = {clause.first for clause in view.clauses}
    bounds = [at for at in range(len(totals)) if not at or at in begins or view.parted(at - 1)]
    best = running = (0, 0, 0)
    for first, last in zip(bounds, [*bounds[1:], len(totals)], strict=True):
        weight = sum(totals[first:last])
        running = (running[0] + weight, running[1], last) if running[0] > 0 else (weight, first, last)
        best = max(best, running, key=lambda part: part[0])
    _, first, last = best if best[2] else (0, 0, len(totals))
    return first + (view.tokens[first] in _JOINING and last - first > 1), last
