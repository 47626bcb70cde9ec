"""The file of an index: opened, kept from others, removed, and known when it is damaged."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from acu_lint.corpus.index import records

_PATIENCE = 2.0  # seconds that one statement waits for other processes


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


def connected(file: Path | str) -> sqlite3.Connection:
    """Open a file; ``:memory:`` is none."""
    connection = sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)
    records.prepare(connection)
    return connection


def remove_damaged(file: Path) -> bool:
    """Remove an index that is damaged; say whether it was."""
    damaged = is_damaged(file)
    if damaged:
        remove(file)
    return damaged


def remove(file: Path) -> None:
    """Remove an index; processes that have it open keep what they see."""
    with alone(file):
        for name in (file, *(file.with_name(file.name + suffix) for suffix in ("-wal", "-shm", "-journal"))):
            name.unlink(missing_ok=True)


def is_damaged(file: Path) -> bool:
    """Whether a file is no index at all, or one with a fault; reads the whole file."""
    try:
        with closing(connected(file)) as connection:
            records.test(connection)
    except sqlite3.DatabaseError as error:
        return is_damage(error, file)
    return False


def is_damage(error: sqlite3.Error, file: Path) -> bool:
    """Whether an error says that the file is damaged, and not that it cannot be used now, or here."""
    if not isinstance(error, sqlite3.OperationalError):
        return True
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_BUSY) & 0xFF  # some are raised by ourselves
    # Our statements are right, so a wrong one was read; what may be written and says that it may not be has a flaw.
    return code == sqlite3.SQLITE_ERROR or (code == sqlite3.SQLITE_READONLY and os.access(file, os.W_OK))
