"""From scores to what is reported: the density of the page, what the rules found, and what the analysis bounds.

Training asks this module too, so that thresholds are chosen by the very decisions that are taken at run time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from acu_lint.api import Severity
from acu_lint_rules.analysis.reader.model import Decision

PRIOR_PERCENT, PRIOR_COUNT = 35, 5  # a page of which nothing is known counts as this many sentences with this share


def density(scores: Sequence[int], share: Sequence[int]) -> list[int]:
    """For each sentence of a page, in how many of 100 cases the others have the label.

    ``share[k - 1]`` is the least score that is right in k of 100 cases.
    """
    percents = [bisect_right(share, score) for score in scores]
    total, count = sum(percents) + PRIOR_PERCENT * PRIOR_COUNT, len(scores) - 1 + PRIOR_COUNT
    return [(total - percent) // count for percent in percents]


def weighed(decision: Decision, scores: Sequence[int]) -> list[int]:
    """The scores of the sentences of a page with what the density of the page adds."""
    dense = density(scores, decision.share)
    return [score + decision.density[percent] for score, percent in zip(scores, dense, strict=True)]


def together(decision: Decision, score: int, found: Severity | None) -> int:
    """The score of a sentence and of the most severe finding that the rules have there."""
    return score + decision.heard[found.label] if found is not None else score


def severity(decision: Decision, score: int, found: Severity | None, *, vetoed: bool) -> Severity | None:
    """How a sentence is reported, by the score of both together; None where it is not.

    An error of the rules stays one, and what they found stays a finding; a warning that the reader doubts becomes
    advice. What is vetoed is never reported by the reader alone, nor made more severe by it.
    """
    if found is Severity.ERROR:
        return found
    least = decision.warning if found is not None else max(decision.alone, decision.warning)
    if score >= least and (found is Severity.WARNING or not vetoed):
        return Severity.WARNING
    if found is not None:
        return Severity.INFO
    return Severity.INFO if score >= decision.info and not vetoed else None
