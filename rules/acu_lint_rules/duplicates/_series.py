"""Articles that share a template on purpose."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatch

from acu_lint.api import Duplicate


def in_series(pair: Duplicate, series: Sequence[str]) -> bool:
    """Whether one of the globs ``series`` matches both articles."""
    return any(_fits(pair.here.path, glob) and _fits(pair.there.path, glob) for glob in series)


def _fits(path: str, glob: str) -> bool:
    return fnmatch(path, glob) or fnmatch(path, f"*/{glob}")
