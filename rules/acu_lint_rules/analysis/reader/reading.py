"""What the reader makes of the sentences of a document, and which of their words weighed most."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from acu_lint.api import Document, Severity, Span, measure
from acu_lint_rules.analysis.citations.index import index
from acu_lint_rules.analysis.reader.decide import severity, together, weighed
from acu_lint_rules.analysis.reader.features import context, other_rows, outer_rows, rows, tag_places
from acu_lint_rules.analysis.reader.model import LABELS, model
from acu_lint_rules.analysis.reader.stance import vetoed
from acu_lint_rules.analysis.text.sentence import SentenceView, english_views, in_a_row

_LONGER, _SHORT = 1.5, 12  # a finding longer than so many sentences (of so many code points or more) is about a passage
_PARTS = frozenset(",;:—–•|\n")  # no quotation marks or brackets: half of what they hold reads badly
_OPENING = frozenset({"because", "but", "while", "whereas", "although", "though", "unless", "until", "which", "who"})
_JOINING = frozenset({"and", "but", "or", "so", "while", "because", "then"})


class Reading(NamedTuple):
    """A sentence as the reader sees it: its scores by label, the density of its page included.

    ``vetoes`` remembers what was looked up of the sentences of the page, since several rules ask it.
    """

    view: SentenceView
    scores: Sequence[int]
    vetoes: dict[int, bool]

    @property
    def rows(self) -> Sequence[int]:
        """The rows of its features."""
        return rows(self.view, context(self.view.doc))

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
        return severity(decision, score, own, vetoed=self.vetoed)

    def confidence(self, label: str, found: Severity | None) -> float:
        """In which share of cases a sentence like this is what the label says."""
        decision = model().card.labels[label]
        return decision.confidence(together(decision, self.score(label), found)) / 100

    @property
    def vetoed(self) -> bool:
        """Whether something bounds the sentence (see ``stance.vetoed``)."""
        known = self.vetoes.get(id(self.view))
        if known is None:
            known = self.vetoes[id(self.view)] = vetoed(self.view)
        return known

    @property
    def kind(self) -> str:
        """Which kind of claim the sentence reads like most."""
        return model().kind(self.rows)


@measure
def readings(doc: Document) -> Sequence[Reading]:
    """The readings of what is English in a document, in order; the list of references is not read."""
    sections = index(doc).sections
    words, starts = in_a_row(doc)
    views, firsts = [], []
    for view, first in zip(english_views(doc), starts, strict=True):
        if view.block.index not in sections:
            views.append(view)
            firsts.append(first)
    if not views:
        return ()
    own, around = model(), context(doc)
    weights = own.words(words, starts)
    scores = [
        own.scores(weights[first : first + len(view.tokens) + 1], other_rows(view, around), outer_rows(view, around))
        for view, first in zip(views, firsts, strict=True)
    ]
    columns = zip(*scores, strict=True)
    by_label = [weighed(own.card.labels[label], column) for label, column in zip(LABELS, columns, strict=True)]
    vetoes: dict[int, bool] = {}
    return [Reading(view, scores, vetoes) for view, scores in zip(views, zip(*by_label, strict=True), strict=True)]


def _start(reading: Reading) -> int:
    return reading.view.sentence.span().start


def reading_at(doc: Document, span: Span) -> Reading | None:
    """The reading of the sentence that a span stands in; None where the span is about more than a sentence."""
    every = readings(doc)
    at = bisect_right(every, span.start, key=_start) - 1
    if at < 0:
        return None
    found = every[at]
    sentence = found.view.sentence.span()
    return found if span.start < sentence.end and is_about(span, sentence) else None


def is_about(span: Span, sentence: Span) -> bool:
    """Whether what a span marks is said about a sentence, and not about the passage that it begins."""
    return span.end - span.start <= _LONGER * max(sentence.end - sentence.start, _SHORT)


def weights(reading: Reading, label: str) -> list[int]:
    """What each word of a sentence weighs for a label; pairs of words weigh half for each."""
    view = reading.view
    count = len(view.tokens)
    each = model().weights(label, reading.rows)
    words, beginnings, pairs = each[:count], each[count : 2 * count], each[2 * count : 3 * count + 1]
    totals = [
        word + beginning + (before + behind) // 2
        for word, beginning, before, behind in zip(words, beginnings, pairs[:-1], pairs[1:], strict=True)
    ]
    for (first, last), weight in zip(tag_places(view), each[3 * count + 1 :], strict=False):
        for at in range(first, last):
            totals[at] += weight // (last - first)
    return totals


def marked(reading: Reading, label: str) -> tuple[int, int]:
    """The first and last (exclusive) word of the part of a sentence that weighs most for a label.

    Parts end at punctuation and before words such as "because"; neighbours belong to it as long as they add to it.
    """
    view, totals = reading.view, weights(reading, label)
    bounds = [
        at for at, gap in enumerate(view.gaps)
        if not at or view.tokens[at] in _OPENING or (gap != " " and not _PARTS.isdisjoint(gap))
    ]  # fmt: skip
    best = running = (0, 0, 0)
    for first, last in zip(bounds, [*bounds[1:], len(totals)], strict=True):
        weight = sum(totals[first:last])
        running = (running[0] + weight, running[1], last) if running[0] > 0 else (weight, first, last)
        best = max(best, running, key=lambda part: part[0])
    _, first, last = best if best[2] else (0, 0, len(totals))
    return first + (view.tokens[first] in _JOINING and last - first > 1), last
