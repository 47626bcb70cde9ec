"""What makes a start quick: ``begin`` before anything else is imported, ``end`` when the work is done."""

from __future__ import annotations

import gc
from importlib.util import find_spec

from acu_lint import CORE
from acu_lint.system import patterns, prepared

_ALLOCATIONS = 1_000_000  # after which memory is looked over: the usual 700 cost a start 10 ms and find nothing


def begin() -> None:
    """Take from earlier runs what follows from the files of engine and pack alone."""
    gc.set_threshold(_ALLOCATIONS)
    found = {name: find_spec(name) for name in ("acu_lint", CORE)}
    places = {name: spec.submodule_search_locations for name, spec in found.items() if spec}
    prepared.begin({name: place[0] for name, place in places.items() if place})
    patterns.begin()


def end() -> None:
    """Keep for later runs what this one had to make."""
    patterns.end()
    prepared.end()
