"""How time, memory and output grow with the size of files that were made to slow acu-lint down.

    python benchmarks/hostile.py                 all shapes: a Markdown table, then the offenders
    python benchmarks/hostile.py --shape NAME    one of them (repeatable); a part of a name will do
    python benchmarks/hostile.py --worst 10      the worst rows only

Every shape is a text of about as many bytes as are asked for, checked with all rules at 10, 20, 40, 80 and 160 KB in a
process of its own. Time is processor time of the check alone (reading the file included; start-up, loading of the rules
and printing not), after a warm-up. A shape that offends is measured again and the least times count, because a busy
machine slows single runs down. An exponent is the slope of the least-squares line through the logarithms of time and
size at 40, 80 and 160 KB: 1 is linear, 2 quadratic. Below 40 KB what every check costs hides the growth. The exponent
of the output is that of the bytes of its JSON. Memory is the peak of the process.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import math
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from shapes import SHAPES
from shapes.shape import Shape
from shapes.words import TRIGGERS

from acu_lint.project.project import Options
from acu_lint.project.runner import Runner
from acu_lint.report.json import lines

SIZES = (10_000, 20_000, 40_000, 80_000, 160_000)
FITTED = 3  # the exponent is that of the last sizes
EXPONENT = 1.2  # the most that is no offence
MEGABYTES = 250
RUNS = 4  # of a shape that offends
OFF = ("citations/format", "seo/canonical", "seo/structured-data")  # rules that run only where they are named
HOPELESS = 20.0  # seconds of one run after which larger sizes are left out


class Point(NamedTuple):
    """What was measured at one size: seconds, bytes of JSON, findings."""

    size: int
    seconds: float
    output: int
    findings: int


class Row(NamedTuple):
    """What was measured of one shape; memory in MB."""

    name: str
    points: tuple[Point, ...]
    memory: float

    @property
    def time_exponent(self) -> float:
        """How time grows."""
        return slope([(point.size, point.seconds) for point in self.points[-FITTED:]])

    @property
    def output_exponent(self) -> float:
        """How the output grows; that of less than 20 KB does not count."""
        fitted = [(point.size, point.output) for point in self.points[-FITTED:]]
        return slope(fitted) if fitted[-1][1] > 20_000 else 0.0

    @property
    def offends(self) -> bool:
        """Whether one of the figures is beyond its limit."""
        complete = len(self.points) == len(SIZES)
        return not complete or max(self.time_exponent, self.output_exponent) > EXPONENT or self.memory > MEGABYTES


# --- measuring -----------------------------------------------------------------------------


def slope(points: Sequence[tuple[int, float]]) -> float:
    """The slope of the least-squares line through the logarithms of some points (size, value)."""
    logs = [(math.log(size), math.log(max(value, 1e-9))) for size, value in points]
    if len(logs) < 2:
        return 0.0
    return statistics.linear_regression(*zip(*logs, strict=True)).slope


def measure(name: str) -> Row:
    """Measure a shape in this process: again, up to ``RUNS`` times, while the least times make an offender of it."""
    shape = SHAPES[name]
    row = Row(name, (), 0.0)
    with tempfile.TemporaryDirectory() as place, contextlib.chdir(place):  # files elsewhere are not read
        folder = Path.cwd()
        os.environ["ACU_LINT_CACHE"] = str(folder / "cache")
        (folder / "acu-lint.toml").write_text(shape.config)
        (folder / "approved.yml").write_text(shape.approvals)
        for _ in range(RUNS):
            points = tuple(_points(folder, shape))
            least = map(min, points, row.points) if row.points else points
            row = Row(name, tuple(least), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT / 1e6)
            if not row.offends or points[-1].seconds > HOPELESS:
                break
    return row


def _points(folder: Path, shape: Shape) -> Iterator[Point]:
    """Measure a shape once at each size, as long as that is no hopeless case."""
    for size in SIZES:
        point = _point(folder, shape, size)
        yield point
        if point.seconds > HOPELESS:
            break


_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes in which the system counts memory


def _warm_up(folder: Path) -> None:
    """Load what is loaded when it is first needed."""
    words = ". ".join(f"{words[0].upper()}{words[1:]}" for words in TRIGGERS.values())
    for name in ("warm.md", "warm.mdx", "warm.html", "warm.txt"):
        file = folder / name
        file.write_text(f"---\ntitle: Tea\n---\n\n# Tea\n\n{words}.\n", encoding="utf-8")
        _runner(folder).run([str(file)])
        file.unlink()


def _runner(folder: Path) -> Runner:
    """A runner with every rule, also those that are off by default."""
    return Runner(Options(config=folder / "acu-lint.toml", command_line={"select": ["all", *OFF]}))


def _point(folder: Path, shape: Shape, size: int) -> Point:
    """Check a text of one size."""
    text = shape.make(size)
    file = folder / shape.file
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    for number in range(shape.copies):
        (folder / f"copy-{number}.md").write_text(text.replace("warm", f"hot{number}"), encoding="utf-8")
    runner = _runner(folder)
    runner.settings_for(str(file)).prepare()
    for _ in range(1 + bool(shape.copies)):  # the first check of a corpus makes its index
        gc.unfreeze()
        gc.collect()
        started = time.process_time()
        result = runner.run([str(file)])
        seconds = time.process_time() - started
    if result.skipped:
        raise SystemExit(f"{shape.file} was skipped: {result.skipped[0].reason}")
    output = sum(len(line.encode("utf-8", "replace")) + 1 for line in lines(result))
    return Point(size, seconds, output, len(result.findings))


def measured(names: Sequence[str]) -> Iterator[Row]:
    """Measure shapes, each in a process of its own that starts with all loaded."""
    with tempfile.TemporaryDirectory() as place, contextlib.chdir(place):
        (Path(place) / "acu-lint.toml").touch()
        _warm_up(Path(place))
    with multiprocessing.get_context("fork").Pool(1, maxtasksperchild=1) as pool:
        yield from pool.imap(measure, names, chunksize=1)


# --- printing ------------------------------------------------------------------------------

COLUMNS = (
    "shape", *(f"{size // 1000} KB" for size in SIZES), "exponent", "findings", "JSON", "its exponent", "memory"
)  # fmt: skip
HEAD = f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}"


def shown(row: Row) -> str:
    """A row of the table."""
    times = [f"{point.seconds * 1000:.0f} ms" for point in row.points]
    times += ["-"] * (len(SIZES) - len(times))
    last = row.points[-1] if row.points else Point(0, 0.0, 0, 0)
    cells = [
        f"`{row.name}`", *times, f"{row.time_exponent:.2f}", f"{last.findings:,}", f"{last.output / 1000:,.0f} KB",
        f"{row.output_exponent:.2f}" if row.points else "-", f"{row.memory:.0f} MB",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def report(names: Sequence[str], worst: int) -> bool:
    """Print the rows and the offenders; returns whether there are none."""
    rows = []
    print(HEAD)
    for row in measured(names):
        rows.append(row)
        if not worst:
            print(shown(row), flush=True)
    for row in sorted(rows, key=lambda row: -row.time_exponent)[:worst]:
        print(shown(row))
    offenders = [row for row in rows if row.offends]
    print(f"\n{len(rows)} shapes, {len(offenders)} of them beyond {EXPONENT} or {MEGABYTES} MB")
    for row in offenders:
        print(shown(row))
    return not offenders


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shape", action="append", default=[], help="a shape, or a part of its name")
    parser.add_argument("--worst", type=int, default=0, help="print the worst rows only")
    given = parser.parse_args()
    known = [name for name in given.shape if name in SHAPES]
    found = [name for name in SHAPES if not given.shape or any(part in name for part in given.shape)]
    raise SystemExit(not report(known if given.shape and known == given.shape else found, given.worst))


if __name__ == "__main__":
    main()
