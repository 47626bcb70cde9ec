"""Time the command against proselint, with and without a cache, with two processes, and how it grows.

    python benchmarks/speed.py            what it must show
    python benchmarks/speed.py growth     how time grows with the size of a file and the number of files

No configuration is read. ``run.py`` writes both into ``docs/benchmarks.md``.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from shutil import rmtree

from articles import KINDS, article, write_site
from measure import CHECK, FRESH, Pairs, Timing, exponent, in_pairs, median, timed
from yardstick import VERSION, proselint

Row = tuple[str, str, str, str, str]  # what, must, aim, measured, a remark
HEAD = "| what | must | aim | measured | |\n|---|---|---|---|---|"
PAIRS = 5
COLD_PAIRS = 21
SIZES = (250_000, 500_000, 1_000_000, 2_000_000)
NUMBERS = (100, 300, 1_000, 3_000)


def against_proselint(folder: Path, command: tuple[str, ...]) -> Iterator[Row]:
    """Many articles in one process, and one article in a cold one."""
    for kind in KINDS:
        site = folder / kind
        write_site(site, 300, 7_000, kind)
        theirs = partial(timed, [*command, str(site)], ends=1)
        found = in_pairs(partial(timed, [*FRESH, str(site)]), theirs, PAIRS)
        what = f"300 {kind} articles of 7 KB, one process: times as fast as proselint"
        must, aim = ("2.5", "4.5") if kind == "careful" else ("", "")
        yield what, must, aim, str(found.ratio()), f"by processor time {found.ratio('cpu')}"
    for kind in KINDS:
        one = folder / f"{kind}.md"
        one.write_text(article(1, 10_000, kind), encoding="utf-8")
        theirs = partial(timed, [*command, str(one)], ends=1)
        mine = partial(timed, [*FRESH, str(one)])
        theirs(), mine()
        found = in_pairs(theirs, mine, COLD_PAIRS)
        must, aim = ("1.7", "1.1") if kind == "careful" else ("", "")
        memory = f"{max(run.memory for run in found.other):.0f} MiB"
        yield (
            f"one {kind} article of 10 KB, cold process: the time ÷ proselint's",
            must,
            aim,
            str(found.ratio()),
            memory,
        )


def with_cache(folder: Path) -> Iterator[Row]:
    """The same again, unchanged: many articles and one."""
    cache = folder / "cache"
    env = {**os.environ, "ACU_LINT_CACHE": str(cache)}

    def first(path: Path) -> Timing:
        rmtree(cache, ignore_errors=True)
        return timed([*CHECK, str(path)], env=env)

    again = partial(timed, env=env)
    site, one = folder / "careful", folder / "careful.md"
    runs = [(first(site), again([*CHECK, str(site)])) for _ in range(3)]
    found = Pairs([run[1] for run in runs], [run[0] for run in runs])
    seconds = min(run.seconds for run in found.one)
    yield (
        "the 300 careful ones again, unchanged: times as fast as the first run",
        "8",
        "30",
        str(found.ratio()),
        f"{seconds:.2f} s",
    )
    first(one)
    found = in_pairs(partial(timed, [*FRESH, str(one)]), partial(again, [*CHECK, str(one)]), COLD_PAIRS)
    yield "the one careful article again, unchanged: the time ÷ that without a cache", "", "", str(found.ratio()), ""


def large(folder: Path) -> Iterator[Row]:
    """One file of 1 MB, and a thousand articles with one and with two processes."""
    for kind in KINDS:
        one = folder / f"{kind}-1mb.md"
        one.write_text(article(2, 1_000_000, kind), encoding="utf-8")
        timing = median(partial(timed, [*FRESH, str(one)]), 3)
        yield f"one {kind} file of 1 MB", "1.2 s", "0.8 s", f"{timing.seconds:.2f} s", f"{timing.memory:.0f} MiB"
    site = folder / "thousand"
    megabytes = write_site(site, 1_000, kind="marketing") / 1e6
    two = partial(timed, [*FRESH, "--jobs", "2", str(site)])
    found = in_pairs(two, partial(timed, [*FRESH, str(site)]), 3)
    cpu = f"{1 / found.ratio('cpu').median:.2f} times the processor time"
    yield (
        f"1,000 marketing articles ({megabytes:.1f} MB), `--jobs 2`: times as fast as `--jobs 1`",
        "1.85",
        "1.95",
        str(found.ratio()),
        cpu,
    )
    memory = max(run.memory for run in (*found.one, *found.other))
    rate = megabytes / min(run.seconds for run in found.other)
    yield "memory for these, the largest process", "100 MiB", "", f"{memory:.0f} MiB", f"one process: {rate:.2f} MB/s"
    for command in (("stats",), ("score", "--jobs", "1")):
        other = partial(timed, [*FRESH[:3], *command, "--isolated", "--format", "json", str(site)])
        times = in_pairs(partial(timed, [*FRESH, str(site)]), other, 1).ratio().median
        yield f"`{' '.join(command)}` of these: the time ÷ that of `check`", "", "", f"{times:.2f}", ""


def growth(folder: Path) -> Iterator[str]:
    """Tables of the time by size of a file and by number of files, start-up taken off, with the exponents."""
    empty = folder / "empty.md"
    empty.write_text("# A title\n\nA line.\n", encoding="utf-8")
    start = median(partial(timed, [*FRESH, str(empty)]), 5).seconds
    yield "| what | " + " | ".join(f"{size / 1e6:g} MB" for size in SIZES) + " | exponent |\n|---|---|---|---|---|---|"
    for kind in KINDS:
        files = [folder / f"{kind}-{size}.md" for size in SIZES]
        for file, size in zip(files, SIZES, strict=True):
            file.write_text(article(3, size, kind), encoding="utf-8")
        yield _line(
            f"one {kind} file", SIZES, [median(partial(timed, [*FRESH, str(file)]), 3) for file in files], start
        )
    yield "\n| what | " + " | ".join(f"{number:,}" for number in NUMBERS) + " | exponent |\n|---|---|---|---|---|---|"
    timings = []
    for number in NUMBERS:
        site = folder / f"site-{number}"
        write_site(site, number)
        timings.append(median(partial(timed, [*FRESH, str(site)]), 1 if number > 1_000 else 3))
    yield _line("careful articles of 5 KB, one process", NUMBERS, timings, start)
    memory = " | ".join(f"{timing.memory:.0f} MiB" for timing in timings)
    yield f"| memory | {memory} | {exponent(NUMBERS, [timing.memory for timing in timings]):.2f} |"


def _line(what: str, sizes: tuple[int, ...], timings: list[Timing], start: float) -> str:
    seconds = [max(timing.seconds - start, 0.001) for timing in timings]
    shown = " | ".join(f"{each:.2f} s" for each in seconds)
    return f"| {what} | {shown} | {exponent(sizes, seconds):.2f} |"


def table(folder: Path) -> Iterator[str]:
    """What it must show, line by line."""
    yield HEAD
    with proselint() as command:
        for row in against_proselint(folder, command):
            yield f"| {' | '.join(row)} |"
    for part in (with_cache, large):
        for row in part(folder):
            yield f"| {' | '.join(row)} |"
    yield f"\nproselint {VERSION}, with its own settings."


def main() -> None:
    """Print a Markdown table."""
    with tempfile.TemporaryDirectory() as folder:
        for line in growth(Path(folder)) if sys.argv[1:] == ["growth"] else table(Path(folder)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
