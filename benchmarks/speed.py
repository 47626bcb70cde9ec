"""Time the command as a whole process and print a Markdown table.

    python benchmarks/speed.py

Every row is the median of several runs; nothing is cached, no configuration is read.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from articles import article, sections, write_site

ACU_LINT = (sys.executable, "-m", "acu_lint")
CHECK = ("check", "--isolated", "--no-cache", "--format", "json", "--fail-on", "never")


class Timing(NamedTuple):
    """Median seconds of wall time, and the largest memory of one process in MiB."""

    seconds: float
    memory: float


def timed(*arguments: str, runs: int, command: Sequence[str] = CHECK) -> Timing:
    """Run a command several times after a warm-up."""
    seconds, memory = [], 0.0
    for turn in range(runs + 1):
        start = time.perf_counter()
        process = subprocess.Popen([*ACU_LINT, *command, *arguments], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            raise SystemExit(f"acu-lint ended with status {status}")
        if turn:
            seconds.append(time.perf_counter() - start)
            memory = max(memory, usage.ru_maxrss / 1024)
    return Timing(statistics.median(seconds), memory)


def rows(folder: Path) -> Iterator[tuple[str, str, str]]:
    """What is measured: what, wall time, and what follows from it."""
    pool = sections()
    one = folder / "one.md"
    one.write_text(article(1, 10_000, pool))
    timing = timed(str(one), runs=15)
    yield "one article of 10 KB, cold process", f"{timing.seconds:.3f} s", f"{timing.memory:.0f} MiB"

    site = folder / "site"
    megabytes = write_site(site, 1000) / 1e6
    single = timed("--jobs", "1", str(site), runs=3)
    rate = megabytes / single.seconds
    yield (
        f"1,000 articles ({megabytes:.1f} MB), one process",
        f"{single.seconds:.2f} s",
        f"{rate:.2f} MB/s, {single.memory:.0f} MiB",
    )
    double = timed("--jobs", "2", str(site), runs=3)
    yield "the same, `--jobs 2`", f"{double.seconds:.2f} s", f"{single.seconds / double.seconds:.2f} times as fast"

    for command in (("stats",), ("score", "--jobs", "1")):
        timing = timed("--isolated", "--format", "json", str(site), runs=3, command=command)
        times = f"{timing.seconds / single.seconds:.2f} times the time of `check`"
        yield f"the same, `{' '.join(command)} --format json`", f"{timing.seconds:.2f} s", times

    for size in (250_000, 500_000, 1_000_000, 2_000_000):
        one.write_text(article(2, size, pool))
        timing = timed(str(one), runs=3)
        yield f"one file of {size / 1e6:g} MB", f"{timing.seconds:.2f} s", f"{timing.memory:.0f} MiB"


def main() -> None:
    """Print the table."""
    print("| what | wall time | |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(Path(folder)):
            print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
