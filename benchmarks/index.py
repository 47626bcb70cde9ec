"""Time the index of a corpus of made-up articles and print a Markdown table.

    python benchmarks/index.py [ARTICLES ...]

For each number of articles: the first build, a check of two changed articles as a whole process (the median of several,
each after another change, so that the index takes the two in), the same without comparing, and an update of 300.
Wall seconds, and in brackets the seconds of processor time of all processes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from corpus import article
from measure import ACU_LINT, Timing, exponent, median, timed

SIZES = (1_000, 5_000, 20_000)
CONFIG = '[corpus]\ninclude = ["content/**/*.md"]\n'
RUNS = 9


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


class Measured(NamedTuple):
    """What is measured with a number of articles; sizes in MB."""

    articles: int
    text: float
    on_disk: float
    build: Timing
    check: Timing
    alone: Timing
    update: Timing


def checks(folder: Path, *arguments: str) -> Timing:
    """The median of several checks of two changed articles, each after another change."""
    turns = iter(range(RUNS + 1))

    def once() -> Timing:
        turn = next(turns)
        names = change(folder, range(turn, turn + 2), turn)
        return run(folder, "check", "--fail-on", "never", *arguments, *names)

    once()
    return median(once, RUNS)


def run(folder: Path, *arguments: str) -> Timing:
    """Run a command of acu-lint in a folder, with a cache of its own beside it."""
    return timed([*ACU_LINT, *arguments], folder, env={**os.environ, "ACU_LINT_CACHE": f"{folder}-cache"}, ends=1)


def measured(articles: int) -> Measured:
    """All that is measured with a number of articles."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "site")
        folder.mkdir()
        text = make(folder, articles)
        build = run(folder, "index", "build")
        on_disk = sum(path.stat().st_size for path in Path(f"{folder}-cache").rglob("*") if path.is_file()) / 1e6
        check = checks(folder)
        alone = checks(folder, "--ignore", "duplicates")
        change(folder, range(min(300, articles)), 0)
        return Measured(articles, text, on_disk, build, check, alone, run(folder, "index", "build"))


def lines(rows: list[Measured]) -> list[str]:
    """The table, with the exponents where there are several rows."""
    head = ["articles", "first build", "memory", "index", "check of 2", "memory", "without comparing", "update of 300"]
    table = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for row in rows:
        cells = (
            f"{row.articles:,} ({row.text:.0f} MB)", row.build, f"{row.build.memory:.0f} MiB", f"{row.on_disk:.0f} MB",
            row.check, f"{row.check.memory:.0f} MiB", row.alone, row.update,
        )  # fmt: skip
        table.append(f"| {' | '.join(map(str, cells))} |")
    if len(rows) > 1:
        numbers = [row.articles for row in rows]
        columns = (
            [row.build.seconds for row in rows],
            [row.build.memory for row in rows],
            [row.on_disk for row in rows],
        )
        more = ([row.check.seconds for row in rows], [row.check.memory for row in rows])
        slopes = [f"{exponent(numbers, column):.2f}" for column in (*columns, *more)]
        table.append(f"| exponent | {' | '.join(slopes)} | | |")
    return table


def main() -> None:
    """Print the table."""
    print("\n".join(lines([measured(int(number)) for number in sys.argv[1:] or SIZES])), flush=True)


if __name__ == "__main__":
    main()
