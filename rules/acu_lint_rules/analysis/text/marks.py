"""The words that frame a statement: hedges, boosters, negation, beliefs, sources and the like.

They are looked for only where there may be a claim; how they act on it is said in ``claims/stance.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, cast

from acu_lint_rules.analysis.text.lexicon import Tagged, Tagger, terms

if TYPE_CHECKING:

    class MarkFlag:
        """A set of flags of framing words; an int at run time, as ``TagFlag`` is."""

        def __or__(self, other: MarkFlag) -> MarkFlag: ...
        def __and__(self, other: MarkFlag) -> MarkFlag: ...

else:
    MarkFlag = int


def _flags(first: int, count: int) -> Iterator[MarkFlag]:
    return (cast("MarkFlag", 1 << bit) for bit in range(first, first + count))


HEDGE, AFTER, FREQUENCY, WEAK, PURPOSE, BOOSTER = _flags(0, 6)
NEGATION, PSEUDO, DENIED_AFTER, STOP, BELIEF = _flags(6, 5)
EVIDENCE, NAMED, REPORTING, CONDITIONAL, REJECTING, PERSON = _flags(11, 6)
RISK, QUALIFIER, SEVERE, UNKNOWN = _flags(17, 4)

Mark = Tagged[MarkFlag]


@cache
def marker() -> Tagger[MarkFlag]:
    """The tagger of the words that frame a statement."""
    return Tagger.kept("marks", _groups)


def _groups() -> Iterable[tuple[MarkFlag, tuple[str, ...]]]:
    table: Mapping[MarkFlag, tuple[str, ...]] = {
        HEDGE: terms("hedges", "strong"),
        AFTER: terms("hedges", "after"),
        FREQUENCY: terms("hedges", "frequency"),
        WEAK: terms("hedges", "weak"),
        PURPOSE: terms("hedges", "purpose"),
        BOOSTER: terms("boosters"),
        NEGATION: terms("negation", "before"),
        PSEUDO: terms("negation", "pseudo"),
        DENIED_AFTER: terms("negation", "after"),
        STOP: terms("negation", "stops"),
        BELIEF: terms("frames", "belief"),
        EVIDENCE: terms("frames", "evidence"),
        NAMED: terms("frames", "named"),
        REPORTING: terms("frames", "reporting"),
        CONDITIONAL: terms("frames", "conditional"),
        REJECTING: terms("frames", "rejecting"),
        PERSON: terms("frames", "person"),
        RISK: terms("safety", "risk"),
        QUALIFIER: terms("safety", "qualifiers"),
        UNKNOWN: terms("hedges", "unknown"),
        SEVERE: terms("absolutes", "severe"),
    }
    return table.items()
