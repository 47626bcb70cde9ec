"""The file of an index: opened, and removed where a test of all of it finds damage."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from acu_lint.corpus.index import records
from acu_lint.system.database import is_damage, remove

_PATIENCE = 2.0  # seconds that one statement waits for other processes


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


def is_damaged(file: Path) -> bool:
    """Whether a file is no index at all, or one with a fault; reads the whole file."""
    try:
        with closing(connected(file)) as connection:
            records.test(connection)
    except sqlite3.DatabaseError as error:
        return is_damage(error, file)
    return False
