"""Give one input to one target, and say in one word what is wrong."""

from __future__ import annotations

import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from .inputs import Input
from .invariants import FaultError
from .targets import TARGETS

PATIENCE = 2.0  # seconds of processor time for one input
_SHRINKING = 20.0  # seconds that the search for a smaller input may take


class Fault(NamedTuple):
    """What went wrong: ``kind`` is the same for faults that are likely to have one cause."""

    kind: str
    told: str


class _OutOfTimeError(BaseException):
    """The time for one input is over. Not an ``Exception``, so that nobody takes it for a rule's."""


def fault_of(target: str, given: Input) -> Fault | None:
    """What is wrong when a target reads an input; None where all is well."""
    try:
        with _limited():
            TARGETS[target].run(given)
    except FaultError as error:
        return Fault(error.kind, str(error))
    except _OutOfTimeError as error:
        place = _place(error)
        return Fault("hang", f"more than {PATIENCE:g} s of processor time, at {place}")
    except Exception as error:  # noqa: BLE001 -- whatever it is, it is a fault
        told = f"{type(error).__name__}: {error}, at {_place(error)}"
        return Fault(f"{type(error).__name__} at {_place(error)}", told)
    return None


@contextmanager
def _limited() -> Iterator[None]:
    """Raise ``_OutOfTimeError`` in what takes too much processor time (POSIX, main thread)."""

    def stop(_: int, __: FrameType | None) -> None:
        raise _OutOfTimeError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _place(error: BaseException) -> str:
    """The innermost line of our own code that an error went through."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "acu_lint" in frame.filename]
    if not ours:
        return "a place of nobody"
    parts = Path(ours[-1].filename).parts[-3:]
    return f"{'/'.join(parts)}, line {ours[-1].lineno}"


def smallest(target: str, given: Input, kind: str) -> Input:
    """A smaller input with the same kind of fault, found by leaving parts out: lines first, then single characters."""
    end = time.monotonic() + _SHRINKING

    def fails(text: str) -> bool:
        fault = fault_of(target, Input(given.name, text))
        return fault is not None and fault.kind == kind

    text, size = given.text, max(1, len(given.text) // 2)
    while size and time.monotonic() < end:
        shorter = _without(text, size, fails, end)
        size = size if shorter != text and size > 1 else size // 2 if shorter == text else 1
        text = shorter
    return Input(given.name, text)


def _without(text: str, size: int, fails: Callable[[str], bool], end: float) -> str:
    """The text without the parts of a size that the fault does not need."""
    at = 0
    while at < len(text) and time.monotonic() < end:
        shorter = text[:at] + text[at + size :]
        if fails(shorter):
            text = shorter
        else:
            at += size
    return text
