"""Time the index of a corpus of made-up articles and print a Markdown table.

    python benchmarks/index.py [ARTICLES ...]

For each number of articles: the first build, a check of two changed articles as a whole process (the median of several,
each after another change, so that the index takes the two in), the same without comparing, and an update of 300.
Wall seconds, and in brackets the seconds of processor time of all processes.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from corpus import article

ACU_LINT = (sys.executable, "-m", "acu_lint")
CONFIG = '[corpus]\ninclude = ["content/**/*.md"]\n'
RUNS = 9


class Timing(NamedTuple):
    """Wall seconds, seconds of processor time of all its processes, and MiB of the largest of them."""

    seconds: float
    cpu: float
    memory: float

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s ({self.cpu:.2f})"


def timed(folder: Path, *arguments: str) -> Timing:
    """Run a command once in a folder."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen([*ACU_LINT, *arguments], cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"acu-lint ended with status {status}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Timing(seconds, cpu, usage.ru_maxrss / 1024)


def make(folder: Path, articles: int) -> float:
    """Write the articles and commit them; return their megabytes."""
    (folder / "acu-lint.toml").write_text(CONFIG)
    size = 0
    for number in range(articles):
        path = file(folder, number)
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_text(article(number))
    name = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "gc.auto=0")
    for arguments in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "articles")):
        subprocess.run(["git", *name, *arguments], cwd=folder, check=True)
    return size / 1e6


def file(folder: Path, number: int) -> Path:
    """Where an article is."""
    return folder / "content" / f"s{number % 100}" / f"a{number}.md"


def change(folder: Path, numbers: range, turn: int) -> list[str]:
    """Write other text at the end of articles; return their names."""
    for number in numbers:
        file(folder, number).write_text(article(number) + f"\nChanged for the {turn}th time, and for good.\n")
    return [file(folder, number).relative_to(folder).as_posix() for number in numbers]


def checks(folder: Path, *arguments: str) -> Timing:
    """The median of several checks of two changed articles."""
    timings = []
    for turn in range(RUNS + 1):
        names = change(folder, range(turn, turn + 2), turn)
        timings.append(timed(folder, "check", "--fail-on", "never", *arguments, *names))
    return Timing(*(statistics.median(column) for column in zip(*timings[1:], strict=True)))


def row(articles: int) -> str:
    """What is measured with a number of articles."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "site")
        folder.mkdir()
        os.environ["ACU_LINT_CACHE"] = str(Path(name, "cache"))
        megabytes = make(folder, articles)
        build = timed(folder, "index", "build")
        size = sum(path.stat().st_size for path in Path(name, "cache").iterdir()) / 1e6
        check = checks(folder)
        alone = checks(folder, "--ignore", "duplicates")
        change(folder, range(min(300, articles)), 0)
        update = timed(folder, "index", "build")
    cells = (
        f"{articles:,} ({megabytes:.0f} MB)", build, f"{build.memory:.0f} MiB", f"{size:.0f} MB",
        check, f"{check.memory:.0f} MiB", alone, update,
    )  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |"


def main() -> None:
    """Print the table."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    print("| articles | first build | memory | index | check of 2 | memory | without comparing | update of 300 |")
    print("|---|---|---|---|---|---|---|---|")
    for number in map(int, sys.argv[1:] or ("1000", "5000", "20000")):
        print(row(number), flush=True)


if __name__ == "__main__":
    main()
