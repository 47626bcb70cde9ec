"""SQLite files in the user's cache folder: kept from others, removed, and known when they are damaged."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone(file: Path, *, shared: bool = False) -> Iterator[None]:
    """Keep other processes from removing the file, or from opening it, as far as the system can."""
    try:
        import fcntl  # noqa: PLC0415 -- not on Windows, where an open file cannot be removed anyway

        handle = os.open(file.with_suffix(".lock"), os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except (ImportError, OSError):
        yield
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def remove(file: Path) -> None:
    """Remove a file with what SQLite has beside it; processes that have it open keep what they see."""
    with alone(file):
        for name in (file, *(file.with_name(file.name + suffix) for suffix in ("-wal", "-shm", "-journal"))):
            name.unlink(missing_ok=True)


def is_damage(error: sqlite3.Error, file: Path) -> bool:
    """Whether an error says that the file is damaged, and not that it cannot be used now, or here."""
    if not isinstance(error, sqlite3.OperationalError):
        return True
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_BUSY) & 0xFF  # some are raised by ourselves
    # Our statements are right, so a wrong one was read; what may be written and says that it may not be has a flaw.
    return code == sqlite3.SQLITE_ERROR or (code == sqlite3.SQLITE_READONLY and os.access(file, os.W_OK))
