"""What a command gives to those who do its work: processes, a progress bar, a place for one line."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import NamedTuple

Tick = Callable[[int], object]  # is told how many more are done
Progress = Callable[[int], AbstractContextManager[Tick]]  # takes how many there are


def silent(total: int) -> AbstractContextManager[Tick]:  # noqa: ARG001 -- the signature
    """No progress bar."""
    return nullcontext(int)


class Surroundings(NamedTuple):
    """How an index may be made; ``is_kept`` says whether it may be kept in the cache folder."""

    jobs: int = 1
    is_kept: bool = True
    progress: Progress = silent
    tell: Callable[[str], object] = str
