"""Time commands as whole processes, compare them in pairs, and fit how time grows.

Two commands that follow each other meet the same machine, whatever else it does: a ratio holds where seconds do not.
"""

from __future__ import annotations

import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ACU_LINT = (sys.executable, "-m", "acu_lint")
CHECK = (*ACU_LINT, "check", "--isolated", "--format", "json", "--fail-on", "never", "--jobs", "1")
FRESH = (*CHECK, "--no-cache")


class Timing(NamedTuple):
    """Wall seconds, seconds of processor time of a process and its children, and MiB of the largest of them."""

    seconds: float
    cpu: float
    memory: float

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s ({self.cpu:.2f})"


class Ratio(NamedTuple):
    """The median of the ratios of pairs, the least and the greatest."""

    median: float
    least: float
    greatest: float

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.least:.2f} to {self.greatest:.2f})"


def timed(
    command: Sequence[str], folder: Path | None = None, *, env: Mapping[str, str] | None = None, ends: int = 0
) -> Timing:
    """Run a command once; it must end with a status of at most ``ends``."""
    # A cold start with files that Python compiled before is what users meet.
    env = {name: value for name, value in (env or os.environ).items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if not 0 <= process.returncode <= ends:
        raise SystemExit(f"{' '.join(command)} ended with status {process.returncode}")
    return Timing(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median(run: Callable[[], Timing], times: int) -> Timing:
    """The median of each figure of several runs."""
    runs = [run() for _ in range(times)]
    return Timing(*(statistics.median(column) for column in zip(*runs, strict=True)))


class Pairs(NamedTuple):
    """Runs of two commands, one after the other."""

    one: Sequence[Timing]
    other: Sequence[Timing]

    def ratio(self, figure: str = "seconds") -> Ratio:
        """How much more the other one takes of a figure: ``seconds``, ``cpu`` or ``memory``."""
        ratios = [getattr(b, figure) / getattr(a, figure) for a, b in zip(self.one, self.other, strict=True)]
        return Ratio(statistics.median(ratios), min(ratios), max(ratios))


def in_pairs(one: Callable[[], Timing], other: Callable[[], Timing], times: int) -> Pairs:
    """Run two commands in turn."""
    runs = [(one(), other()) for _ in range(times)]
    return Pairs([run[0] for run in runs], [run[1] for run in runs])


def exponent(sizes: Sequence[float], values: Sequence[float]) -> float:
    """The slope of the least-squares line through the logarithms: 1 is linear growth, 2 quadratic."""
    x, y = [math.log(size) for size in sizes], [math.log(value) for value in values]
    return statistics.linear_regression(x, y).slope
