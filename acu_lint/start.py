"""Where the program begins and ends: what makes both quick has to come before all else is imported, and after it."""

from __future__ import annotations

import atexit
import os
import sys
import threading

from acu_lint.system import quick_start


def main() -> None:
    """Run the command line and end the process; ``acu_lint.cli.main`` does the same and raises ``SystemExit``."""
    quick_start.begin()
    from acu_lint.cli import main as run  # noqa: PLC0415 -- what it imports takes half of the start

    try:
        run()
    except SystemExit as end:
        _leave(end.code)


def _leave(status: object) -> None:
    """End as Python does, except that modules are not taken apart: that takes 12 ms, and nobody is left to see it."""
    if not isinstance(status, int):
        sys.exit(status)  # type: ignore[arg-type]
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        if stream:
            stream.flush()
    os._exit(status)
