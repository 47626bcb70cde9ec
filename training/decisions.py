"""What scores mean: how often they are right, on which pages, and from where on they are reported.

Everything here is worked out from scores of sites that the weights had not seen.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from acu_lint.rules.finding import Severity
from acu_lint_rules.analysis.reader.decide import PRIOR_PERCENT, density, severity, together
from acu_lint_rules.analysis.reader.model import Decision
from data import Example

Array = NDArray[np.float64]
_PERCENTS = range(1, 100)
_NEVER = 1000  # logits that no sentence has


class Outcome(NamedTuple):
    """What rules and reader together make of sentences, at one pair of thresholds."""

    hits: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of the reported that is right."""
        return self.hits / max(1, self.hits + self.false)

    @property
    def recall(self) -> float:
        """The share of what is to be reported that is."""
        return self.hits / max(1, self.hits + self.missed)


def places(unit: int) -> list[int]:
    """The least score, in units, that a plain logit makes right in k of 100 cases."""
    return [math.ceil(unit * math.log(k / (100 - k))) for k in _PERCENTS]


def densities(examples: Sequence[Example], scores: Sequence[int], share: Sequence[int]) -> list[int]:
    """For each sentence, in how many of 100 cases the others of its page have the label, as the reader counts."""
    pages: dict[str, list[int]] = defaultdict(list)
    for at, example in enumerate(examples):
        pages[example.page].append(at)
    found = [0] * len(examples)
    for members in pages.values():
        for at, value in zip(members, density([scores[at] for at in members], share), strict=True):
            found[at] = value
    return found


def decided(examples: Sequence[Example], label: str, raw: Array, unit: int, targets: Mapping[str, float]) -> Decision:
    """The decision for a label from raw scores (logits) of unseen sites; ``targets`` are precisions by severity.

    A logistic regression over pages as they are weighs the score against the density of the page and against what
    the rules found; so one score says it all. Then the thresholds: the least score from which on all that is reported
    at a severity or above is right often enough.
    """
    scores = [round(value * unit) for value in raw]
    share = places(unit)
    dense = densities(examples, scores, share)
    used = [at for at, e in enumerate(examples) if e.real and e.labels is not None and e.target(label) is not None]
    levels = (Severity.INFO, Severity.WARNING, Severity.ERROR)
    found_there = [[examples[at].found.get(label) == level for level in levels] for at in used]
    x = np.array([[scores[at] / unit, _logit(dense[at]), *there] for at, there in zip(used, found_there, strict=True)])
    y = np.array([examples[at].target(label) for at in used])
    if len(set(y)) < 2:  # there is nothing to tell apart: the label is never reported by the reader
        never = _NEVER * unit
        heard = dict.fromkeys((level.label for level in levels), 0)
        return Decision(0, never, -never, never, tuple(share), (never,) * len(share), (0,) * 101, heard)
    model = LogisticRegression(C=10.0).fit(x, y)
    own, page, *found = (float(value) for value in model.coef_[0])
    base = float(model.intercept_[0]) + page * _logit(PRIOR_PERCENT)
    made = Decision(
        bias=0, alone=0, warning=0, info=0,
        share=tuple(share),
        percent=tuple(math.ceil(unit * (math.log(k / (100 - k)) - base) / own) for k in _PERCENTS),
        density=tuple(round(unit * page * (_logit(k) - _logit(PRIOR_PERCENT)) / own) for k in range(101)),
        heard={level.label: round(unit * value / own) for level, value in zip(levels, found, strict=True)},
    )  # fmt: skip
    judged = [
        (example, together(made, scores[at] + made.density[dense[at]], example.found.get(label)))
        for at in used if (example := examples[at])
    ]  # fmt: skip
    info = _least(made, judged, label, Severity.INFO, targets["info"])
    alone = made.percent[round(100 * targets["alone"]) - 1]
    return made._replace(
        info=info, alone=alone, warning=_least(made, judged, label, Severity.WARNING, targets["warning"])
    )


Judged = Sequence[tuple[Example, int]]


def _least(made: Decision, judged: Judged, label: str, level: Severity, target: float) -> int:
    """The least threshold at which all findings of a severity or above are right often enough."""
    scores = sorted({score for _, score in judged})
    never = scores[-1] + 1
    for least in scores:
        tried = made._replace(info=least, warning=never) if level is Severity.INFO else made._replace(warning=least)
        if outcome(tried, judged, label, level).precision >= target:
            return least
    return never


def outcome(made: Decision, judged: Judged, label: str, level: Severity) -> Outcome:
    """What is reported at a severity or above; sentences in doubt count for nothing."""
    counts = {(wanted, reported): 0 for wanted in (0.0, 1.0) for reported in (False, True)}
    for example, score in judged:
        wanted = example.target(label)
        if wanted is not None:
            found = severity(made, score, example.found.get(label), vetoed=example.vetoed)
            counts[wanted, found is not None and found >= level] += 1
    return Outcome(counts[1.0, True], counts[0.0, True], counts[1.0, False])


def _logit(percent: int) -> float:
    share = min(max(percent, 1), 99) / 100
    return math.log(share / (1 - share))
