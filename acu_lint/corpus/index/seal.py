"""Whether anybody else wrote to a file since it was last closed, without reading it.

The last process that closes an index sets the time of its last change to one that no other change has, and keeps it
with size and inode beside the file. Whoever opens it first compares them: a process that was killed, a disk that was
full, a copy that was put in its place and every other write leave something else, and then the whole file is tested.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_EARLIER = 10_000_000_000  # nanoseconds: more than any file system's unit of time


class Seal:
    """The seal of a file for one process that uses it, from ``opening`` to ``close``."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._kept = file.with_suffix(".seal")
        self._handle = -1
        with suppress(OSError):
            self._handle = os.open(self._kept, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)

    @contextmanager
    def opening(self) -> Iterator[bool]:
        """Open the file within this block; the value says whether it is as it was left, or in use by others.

        No other process opens it meanwhile.
        """
        is_first = self._take()
        if not is_first:
            self._share()  # waits for one that tests the file
        yield not is_first or self._is_unbroken()
        self._share()

    def close(self) -> None:
        """Seal the file, which must be closed, unless others use it or something was left beside it."""
        with suppress(OSError):
            if self._take() and not self._log.exists() and not self._is_unbroken():
                now = time.time_ns()
                os.utime(self._file, ns=(now, now - _EARLIER))
                self._kept.write_bytes(self._state())
        self.leave()

    def leave(self) -> None:
        """Let others have the file, as it is."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    @property
    def _log(self) -> Path:
        """What SQLite has beside a file that is in use, or was when its process ended."""
        return self._file.with_name(f"{self._file.name}-wal")

    def _is_unbroken(self) -> bool:
        try:
            return self._kept.read_bytes() == self._state() and not self._log.exists()
        except OSError:
            return False

    def _state(self) -> bytes:
        state = self._file.stat()
        return f"{state.st_size} {state.st_mtime_ns} {state.st_ctime_ns} {state.st_ino}".encode()

    def _take(self) -> bool:
        """Have the file for this process alone, unless others use it; say whether that was done."""
        try:
            self._flock("LOCK_EX", "LOCK_NB")
        except BlockingIOError:
            return False
        return True

    def _share(self) -> None:
        """Use the file together with others."""
        self._flock("LOCK_SH")

    def _flock(self, *how: str) -> None:
        if fcntl and self._handle >= 0:
            fcntl.flock(self._handle, sum(getattr(fcntl, each) for each in how))
