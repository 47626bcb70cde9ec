"""What a pair of articles that are alike is, which of the two is the original, and what to do about it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from acu_lint.corpus.compare.duplicate import Duplicate, clusters
from acu_lint.rules.finding import Severity

Verdict = Literal["nearly the same", "large parts", "passages", "words"]
_OF_SEVERITY: Mapping[Severity | None, Verdict] = {Severity.ERROR: "nearly the same", Severity.WARNING: "large parts"}
_TOGETHER = {"nearly the same", "large parts"}  # verdicts on articles of which one may do


class Group(NamedTuple):
    """Articles that belong together; ``oldest`` was committed on an earlier day than all others ("": unknown)."""

    paths: Sequence[str]
    oldest: str


def verdict_of(pair: Duplicate) -> Verdict:
    """What a pair is: by the usual limits, else by whether it shares a passage."""
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


def advice(verdict: Verdict, one: str, two: str, original: str = "") -> str:
    """What to do about a pair: merge, canonical address, rewrite. The ``original`` is kept, or ``one``."""
    keep = original or one
    other = two if keep == one else one
    first = f"{keep}, the older one," if original else keep
    match verdict:
        case "nearly the same" if original:
            return (
                f"Keep {first} and move into it what only {other} tells, then redirect {other} to it; or name it "
                f"as canonical in {other}; or rewrite {other} with facts of its own."
            )
        case "nearly the same":
            return (
                f"Merge {keep} and {other} and redirect one address to the other; or name one as canonical in the "
                "other; or rewrite one with facts of its own."
            )
        case "large parts":
            return f"Keep the shared parts in {first} and link to them from {other}; or merge the two."
        case "passages":
            return f"Keep each passage in {first} and link to it from {other}; or rewrite it there."
    return f"Check that {keep} and {other} each have something of their own to say."
