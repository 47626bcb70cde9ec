"""Fuzz every target in turn, for a minute or as long as one likes.

    python -m fuzz --seconds 60
    python -m fuzz --seconds 3600 --target markdown --target check
    python -m fuzz --replay check a.md '"Acupuncture cures"'

Ends with status 1 where something is wrong; README.md says how to read what it prints.
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
import time
from collections.abc import Sequence

import hypothesis
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st

from .inputs import EDITS, LARGEST, Edit, Input, add_spec_option, changed, specification
from .probe import Fault, fault_of, smallest
from .targets import TARGETS, Target

_ROUND = 50  # inputs of one target before the next has its turn
_QUIET = settings(
    max_examples=_ROUND,
    deadline=None,
    database=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
    print_blob=False,
    verbosity=Verbosity.quiet,
)


class _FoundError(Exception):
    """A fault that Hypothesis is to find a smaller input for."""


def main() -> int:
    """Fuzz as the command line says; gives the exit status."""
    arguments = _arguments()
    if arguments.replay:
        name, file, text = arguments.replay
        fault = fault_of(name, Input(file, json.loads(text)))
        print(fault.told if fault else "nothing is wrong")
        return int(fault is not None)
    more = specification(arguments.spec)
    found = fuzz(arguments.target or list(TARGETS), arguments.seconds, arguments.seed, more)
    return int(found > 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60, help="How long [60].")
    parser.add_argument("--seed", type=int, default=None, help="Makes a run repeatable [the time].")
    parser.add_argument("--target", action="append", choices=list(TARGETS), help="Only this one (repeatable).")
    add_spec_option(parser)
    parser.add_argument("--replay", nargs=3, metavar=("TARGET", "NAME", "JSON"), help="Read one input and say more.")
    return parser.parse_args()


def fuzz(names: Sequence[str], seconds: float, seed: int | None, more: Sequence[Input]) -> int:
    """Fuzz targets in turn for some seconds, print each kind of fault once, and give how many there are."""
    start = time.monotonic()
    turn = first = time.time_ns() % 1_000_000 if seed is None else seed
    inputs, known = dict.fromkeys(names, 0), {name: _as_they_are(name) for name in names}
    while time.monotonic() - start < seconds:
        for name in names:
            seeds = [*TARGETS[name].seeds(), *(more if name in {"markdown", "mdx", "check", "twice"} else ())]
            if found := _round(name, seeds, turn, known[name]):
                known[name] |= {tell(name, *found)}
            inputs[name] += _ROUND
            turn += 1
    counts = ", ".join(f"{name} {count}" for name, count in inputs.items())
    faults = sum(map(len, known.values()))
    print(f"{faults} faults in {time.monotonic() - start:.0f} s, seed {first}; about so many inputs: {counts}")
    return faults


def _as_they_are(name: str) -> frozenset[str]:
    """Read what a target reads in every run; print each kind of fault once, and give the kinds."""
    known: frozenset[str] = frozenset()
    for text in TARGETS[name].always():
        fault = fault_of(name, text)
        if fault and fault.kind not in known:
            known |= {tell(name, text, fault)}
    return known


def _round(name: str, seeds: Sequence[Input], seed: int, known: frozenset[str]) -> tuple[Input, Fault] | None:
    """Try some inputs; the smallest that Hypothesis finds for a fault that is not known, and the fault."""
    last: list[tuple[Input, Fault]] = []

    @hypothesis.seed(seed)
    @_QUIET
    @given(_inputs(TARGETS[name], seeds))
    def attempt(text: Input) -> None:
        fault = fault_of(name, text)
        if fault and fault.kind not in known and (not last or fault.kind == last[0][1].kind):
            last.append((text, fault))
            raise _FoundError

    try:
        attempt()
    except (_FoundError, hypothesis.errors.Flaky):
        return last[-1]
    return None


def _inputs(target: Target, seeds: Sequence[Input]) -> st.SearchStrategy[Input]:
    """A seed with some edits."""
    odd = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)
    pieces = st.sampled_from(list(target.pieces)) | odd
    kinds, places = st.sampled_from(list(EDITS)), st.integers(0, LARGEST)
    edits = st.builds(Edit, kinds, places, st.integers(0, 40), pieces)
    return st.builds(changed, st.sampled_from(seeds), st.lists(edits, max_size=9))


def tell(name: str, text: Input, fault: Fault) -> str:
    """Print a fault with the smallest input that shows it and the line that reproduces it; gives its kind."""
    text = smallest(name, text, fault.kind)
    again = shlex.join(["python", "-m", "fuzz", "--replay", name, text.name, json.dumps(text.text)])
    print(f"{name}: {fault.told}\n  input: {text.name} {text.text!r}\n  again: {again}\n", flush=True)
    return fault.kind


if __name__ == "__main__":
    sys.exit(main())
