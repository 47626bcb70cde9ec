"""What a pair of articles that are alike is, which of the two is the original, and what to do about it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from acu_lint.corpus.compare.duplicate import Duplicate, clusters
from acu_lint.rules.finding import Severity

Verdict = Literal["the same", "nearly the same", "large parts", "short", "passages", "words"]
_OF_SEVERITY: Mapping[Severity | None, Verdict] = {Severity.ERROR: "nearly the same", Severity.WARNING: "large parts"}
_TOGETHER = {"the same", "nearly the same", "large parts"}  # verdicts on articles of which one may do


class Group(NamedTuple):
    """Articles that belong together; ``oldest`` was committed on an earlier day than all others ("": unknown)."""

    paths: Sequence[str]
    oldest: str


def verdict_of(pair: Duplicate) -> Verdict:
    """What a pair is: by the usual limits, else by whether it shares a passage.

    ``short`` are pages of too few words to be judged, and these the same or nearly.
    """
    if pair.severity and pair.is_equal:
        return "the same"
    if not pair.severity and pair.likeness is Severity.ERROR:
        return "short"
    return _OF_SEVERITY.get(pair.severity) or ("passages" if pair.runs else "words")


# --- the original ------------------------------------------------------------------------


def older(one: str, two: str, first: Mapping[str, int]) -> str:
    """The path that was committed before the other; "" where that is not known.

    ``first`` maps paths to the time of the first commit. An article that was never committed is newer than one that
    was.
    """
    times = [first.get(path, float("inf")) for path in (one, two)]
    if times[0] == times[1]:
        return ""
    return one if times[0] < times[1] else two


def days_of(first: Mapping[str, int]) -> Mapping[str, datetime.date]:
    """The days of first commits, from their times in seconds."""
    return {path: datetime.datetime.fromtimestamp(time, datetime.UTC).date() for path, time in first.items()}


def groups(pairs: Iterable[tuple[str, str, Verdict]], days: Mapping[str, datetime.date | None]) -> list[Group]:
    """Three and more articles that belong together because large parts of them are the same, from all pairs."""
    alike = clusters((one, two) for one, two, verdict in pairs if verdict in _TOGETHER)
    return [Group(paths, _oldest(paths, days)) for paths in alike if len(paths) > 2]


def _oldest(paths: Iterable[str], days: Mapping[str, datetime.date | None]) -> str:
    """The path whose day is before that of all others; "" where that is not known."""
    (first, oldest), (second, _), *_ = sorted((days.get(path) or datetime.date.max, path) for path in paths)
    return oldest if first < second else ""


# --- what to do --------------------------------------------------------------------------


# ``keep`` is the article to keep, the other one ``other``; ``first`` also says that it is the older one, where known.
_ADVICE: Mapping[Verdict, str] = {
    "the same": "Delete one of {keep} and {other} and redirect its address to the other; or name one as canonical in "
    "the other.",
    "nearly the same": "Merge {keep} and {other} and redirect one address to the other; or name one as canonical in "
    "the other; or rewrite one with facts of its own.",
    "large parts": "Keep the shared parts in {first} and link to them from {other}; or merge the two.",
    "short": "Merge {keep} and {other}, or give each of these short pages something of its own to say.",
    "passages": "Keep each passage in {first} and link to it from {other}; or rewrite it there.",
    "words": "Check that {keep} and {other} each have something of their own to say.",
}
_ADVICE_BY_AGE: Mapping[Verdict, str] = {
    "the same": "Delete {other} and redirect its address to {first} or name {keep} as canonical in {other}.",
    "nearly the same": "Keep {first} and move into it what only {other} tells, then redirect {other} to it; or name it "
    "as canonical in {other}; or rewrite {other} with facts of its own.",
}


def advice(verdict: Verdict, one: str, two: str, original: str = "") -> str:
    """What to do about a pair: merge, canonical address, rewrite. The ``original`` is kept, or ``one``."""
    keep = original or one
    other = two if keep == one else one
    first = f"{keep}, the older one," if original else keep
    text = (_ADVICE_BY_AGE.get(verdict) if original else None) or _ADVICE[verdict]
    return text.format(keep=keep, other=other, first=first)
