"""The context of a run: what a command gives to those who do its work, and silence where it gives nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import NamedTuple

Tick = Callable[[int], object]  # is told how many more are done
Progress = Callable[[int], AbstractContextManager[Tick]]  # takes how many there are


def silent(total: int) -> AbstractContextManager[Tick]:  # noqa: ARG001 -- the signature
    """No progress bar."""
    return nullcontext(int)


class RunContext(NamedTuple):
    """Processes, a progress bar and a place for one line; ``is_kept``: an index may be kept in the cache folder."""

    jobs: int = 1
    is_kept: bool = True
    progress: Progress = silent
    tell: Callable[[str], object] = str
