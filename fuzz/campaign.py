"""A long run with inputs that a seed and a number determine: in this process, then through the real command.

    python -m fuzz.campaign --count 100000 --jobs 2 --spec
    python -m fuzz.campaign --count 0 --files 2000

The first part gives ``--count`` inputs to the whole check, every tenth of them twice. The second writes ``--files`` of
them to a folder, runs ``acu-lint check`` over it with three hash seeds, one process and two, and without an index, with
a new one and with one that is there, and compares the bytes of the reports. Ends with status 1 where something is
wrong.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import product
from pathlib import Path, PurePath
from typing import NamedTuple

from acu_lint.engine.engine import FAILED
from acu_lint.parse import FORMATS

from . import pieces
from .__main__ import tell
from .inputs import ROOT, Input, add_spec_option, files, randomly, specification
from .probe import Fault, fault_of
from .targets import PROJECT_WORDS, TARGETS

_CHUNK = 250  # inputs that a process reads before it reports


class _Found(NamedTuple):
    number: int
    target: str
    input: Input
    fault: Fault


def main() -> int:
    """Run both parts as the command line says; gives the exit status."""
    parser = argparse.ArgumentParser(prog="python -m fuzz.campaign", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=100_000, help="Inputs for the check [100000].")
    parser.add_argument("--first", type=int, default=0, help="Number of the first of them [0].")
    parser.add_argument("--files", type=int, default=2000, help="Inputs for the real command [2000].")
    parser.add_argument("--seed", type=int, default=1, help="Another seed makes other inputs [1].")
    parser.add_argument("--jobs", type=int, default=1, help="Processes for the first part [1].")
    add_spec_option(parser)
    arguments = parser.parse_args()
    seeds = _seeds(arguments.spec)
    numbers = range(arguments.first, arguments.first + arguments.count)
    wrong = search(seeds, arguments.seed, numbers, arguments.jobs)
    if arguments.files:
        wrong += compare([_input(seeds, arguments.seed, number) for number in range(arguments.files)])
    return int(wrong > 0)


def _seeds(spec: Path | None) -> Sequence[Input]:
    """What the whole check starts from, and the hostile front matter."""
    return [*TARGETS["check"].seeds(), *files("front"), *files("suppressions"), *specification(spec)]


def _input(seeds: Sequence[Input], seed: int, number: int) -> Input:
    """The input of a number: one in four under the name of another format, one in four with a head of its own."""
    chance = random.Random(f"{seed}/{number}")
    made = randomly(chance, seeds, TARGETS["check"].pieces)
    if chance.random() < 0.25:
        made = made._replace(text=_head(chance) + made.text)
    suffix = chance.choice(tuple(FORMATS)) if chance.random() < 0.25 else PurePath(made.name).suffix
    words = PROJECT_WORDS if made.name.startswith(PROJECT_WORDS) else ""
    return made._replace(name=f"{words}{number:06}{suffix}")


def _head(chance: random.Random) -> str:
    """Front matter made of pieces between two fences that mostly fit each other."""
    opened = chance.choice(("---\n", "---\n", "+++\n", ";;;\n", "{\n", "---\r\n"))
    closed = "}\n" if opened == "{\n" else opened if chance.random() < 0.9 else chance.choice(pieces.FRONT)
    words = chance.choices((*pieces.FRONT, *pieces.WORDS, *pieces.SIGNS, "\n", "\n"), k=chance.randrange(12))
    return f"{opened}{''.join(words)}\n{closed}"


# --- the check, in this process


def search(seeds: Sequence[Input], seed: int, numbers: range, jobs: int) -> int:
    """Give inputs to the whole check, print each kind of fault once; gives how many inputs are at fault."""
    start, kinds, done = time.monotonic(), Counter[str](), 0
    chunks = [numbers[at : at + _CHUNK] for at in range(0, len(numbers), _CHUNK)]
    with ProcessPoolExecutor(jobs) as pool:
        for found in pool.map(partial(_faults, seeds, seed), chunks):
            done += _CHUNK
            for one in found:
                if one.fault.kind not in kinds:
                    print(f"number {one.number}:")
                    tell(one.target, one.input, one.fault)
                kinds[one.fault.kind] += 1
            if done % 5000 == 0:
                rate = done / (time.monotonic() - start)
                print(f"{done} inputs, {rate:.0f} a second, {kinds.total()} at fault", flush=True)
    for kind, count in kinds.most_common():
        print(f"{count} times: {kind}")
    return kinds.total()


def _faults(seeds: Sequence[Input], seed: int, numbers: range) -> list[_Found]:
    found = []
    for number in numbers:
        made, target = _input(seeds, seed, number), "check" if number % 10 else "twice"
        if fault := fault_of(target, made):
            found.append(_Found(number, target, made, fault))
    gc.collect()
    return found


# --- the real command


def compare(inputs: Sequence[Input]) -> int:
    """Run the command over a folder in many ways; print where the reports differ, and give how many do."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made, "site")
        folder.mkdir()
        for each in inputs:
            (folder / each.name).write_bytes(each.text.encode("utf-8"))
        (folder / "acu-lint.toml").write_text('[corpus]\ninclude = ["**"]\n', encoding="utf-8")
        return _compare(folder)


def _compare(folder: Path) -> int:
    first: bytes | None = None
    wrong = 0
    for name, done in _runs(folder):
        report, status = done.stdout, done.returncode
        print(f"{name}: status {status}, {len(report)} bytes", flush=True)
        if first is None:
            first = report
            json.loads(report)
        if status not in {0, 1}:
            broken = [line for line in report.splitlines() if FAILED.encode() in line]
            print(f"  {[*done.stderr.splitlines()[:3], *broken[:3]]}")
        if report != first:
            kept = Path(tempfile.mkdtemp(prefix="acu-lint-fuzz-"))
            (kept / "first.json").write_bytes(first)
            (kept / "other.json").write_bytes(report)
            print(f"  another report than the first; both are in {kept}")
        wrong += report != first or status not in {0, 1}
    return wrong


def _runs(folder: Path) -> Iterator[tuple[str, subprocess.CompletedProcess[bytes]]]:
    """Run the command in each way; gives what was special about it, and what it did."""
    for seed, jobs in product("012", "12"):
        with tempfile.TemporaryDirectory() as cache:
            for name, options in (("no index", ["--no-cache"]), ("a new index", []), ("the index again", [])):
                command = [sys.executable, "-m", "acu_lint", "check", "--format", "json", "--jobs", jobs, *options]
                done = subprocess.run(
                    [*command, "--today", "2026-11-21", "."],
                    cwd=folder,
                    env={**os.environ, "PYTHONHASHSEED": seed, "ACU_LINT_CACHE": cache, "PYTHONPATH": _path()},
                    capture_output=True,
                    check=False,
                )
                yield f"hash seed {seed}, {jobs} processes, {name}", done


def _path() -> str:
    """Where the code under test is, for the process of the command."""
    return os.pathsep.join([str(ROOT), str(ROOT / "rules")])


if __name__ == "__main__":
    sys.exit(main())
