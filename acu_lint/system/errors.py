"""Errors that are the user's to mend, and faults that are ours; the text of each is one clear line."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

_HERE = Path(__file__).parents[1]
shows_tracebacks = False  # set by --traceback


class UsageError(Exception):
    """A wrong path, setting, card or option; the command ends with status 2."""


class GitError(UsageError):
    """git cannot or will not answer; the text says why and what helps."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `` (did you mean 'x'?)`` for the nearest known word, or nothing."""
    import difflib  # noqa: PLC0415 -- needed only where something is wrong

    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" (did you mean '{near[0]}'?)" if near else ""


def breakdown(error: BaseException, below: Path | None = None) -> str:
    """What went wrong and where in the code (below a folder, by default our own), in one line.

    With ``--traceback`` the whole way is printed on standard error as well.
    """
    if shows_tracebacks:
        import traceback  # noqa: PLC0415 -- needed only where something is wrong

        traceback.print_exception(error, file=sys.stderr)
    if isinstance(error, MemoryError):
        return "not enough memory"
    what = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}{': ' * bool(what)}{what}{_place_of(error, below or _HERE)}"


def _place_of(error: BaseException, below: Path) -> str:
    """Where below a folder an error came from: the file and line nearest to it."""
    place, step = "", error.__traceback__
    while step:
        file = Path(step.tb_frame.f_code.co_filename)
        if file.is_relative_to(below):
            place = f" ({file.relative_to(below)}:{step.tb_lineno})"
        step = step.tb_next
    return place


def our_fault(error: BaseException) -> str:
    """An error that nobody expected, in one line."""
    if isinstance(error, MemoryError):
        return breakdown(error)
    return f"{breakdown(error)}; this is a fault of acu-lint, please report it (--traceback shows more)"
