"""Articles that share a template on purpose."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatch


def in_series(path: str, other: str, series: Sequence[str]) -> bool:
    """Whether one of the globs ``series`` matches both paths."""
    return any(_fits(path, glob) and _fits(other, glob) for glob in series)


def _fits(path: str, glob: str) -> bool:
    return fnmatch(path, glob) or fnmatch(path, f"*/{glob}")
