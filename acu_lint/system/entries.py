"""Entries of bytes by key, kept in one SQLite file of bounded size. Whatever goes wrong with it, there is no entry.

Several processes may use the file at once: it is in WAL mode, and every change is one transaction, so that a process
that is killed leaves the old state or the new. Each entry carries a digest of its key and its bytes. A file that holds
anything else than the one table, or that SQLite finds fault with, is removed and made anew; nothing in it is executed.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from acu_lint.system.database import alone, is_damage, remove
from acu_lint.system.fingerprint import SIZE, digest
from acu_lint.system.folders import make_private

LARGEST = 200_000_000  # bytes of the file: some 25,000 articles of 7 KB
_LARGEST_ENTRY = 20_000_000  # bytes
_BATCH, _BATCH_BYTES = 100, 2_000_000  # entries, or bytes, that one transaction writes: what a kill may cost
_PATIENCE = 2.0  # seconds that a change waits for other processes
_A_DAY = 86_400  # seconds: how precisely is known when an entry was last used
_SCHEMA = (
    "CREATE TABLE entries(id INTEGER PRIMARY KEY, used INTEGER NOT NULL, body BLOB NOT NULL)",
    "CREATE INDEX by_use ON entries(used)",
)


class Entries:
    """The entries of one file. No method raises for anything that is wrong with it."""

    def __init__(self, file: Path, largest: int = LARGEST) -> None:
        self.file = file
        self._largest = largest
        self._sql: sqlite3.Connection | None = None
        self._owner = 0  # the process that opened it
        self._inherited: list[sqlite3.Connection] = []
        self._is_usable = True
        self._new: dict[bytes, bytes] = {}
        self._size = 0  # bytes of those
        self._used: set[int] = set()  # entries that were used today for the first time

    # --- reading -------------------------------------------------------------------------

    def get(self, key: bytes) -> bytes | None:
        """The bytes of an entry; None where there is none that can be trusted."""
        if key in self._new:
            return self._new[key]
        with self._guarded():
            sql = self._opened(make=False)
            row = sql.execute("SELECT used, body FROM entries WHERE id = ?", (_id(key),)).fetchone() if sql else None
            if row:
                return self._tested(key, *row)
        return None

    def _tested(self, key: bytes, used: object, body: object) -> bytes | None:
        if not isinstance(body, bytes) or not SIZE <= len(body) <= _LARGEST_ENTRY or not isinstance(used, int):
            return None
        content = body[SIZE:]
        if digest(key, content) != body[:SIZE]:
            return None
        if abs(time.time() - used) > _A_DAY:
            self._used.add(_id(key))
        return content

    # --- writing -------------------------------------------------------------------------

    def put(self, key: bytes, content: bytes) -> None:
        """Keep some bytes; ``flush`` and ``close`` write them."""
        if len(content) + SIZE <= _LARGEST_ENTRY:
            self._new[key] = content
            self._size += len(content)

    @property
    def has_new(self) -> bool:
        """Whether something is not written yet."""
        return bool(self._new)

    @property
    def is_due(self) -> bool:
        """Whether there is so much to write that a kill would cost too much."""
        return len(self._new) >= _BATCH or self._size > _BATCH_BYTES

    def drop(self) -> None:
        """Forget what is new."""
        self._new, self._size = {}, 0

    def flush(self) -> None:
        """Write what is new."""
        new, used = self._new, self._used
        self._new, self._size, self._used = {}, 0, set()
        if not new and not used:
            return
        with self._guarded():
            if sql := self._opened(make=True):
                self._write(sql, new, used)

    def _write(self, sql: sqlite3.Connection, new: dict[bytes, bytes], used: set[int]) -> None:
        now = int(time.time())
        rows = [(_id(key), now, digest(key, content) + content) for key, content in new.items()]
        sql.execute("BEGIN IMMEDIATE")
        sql.executemany("UPDATE entries SET used = ? WHERE id = ?", [(now, one) for one in used])
        sql.executemany("INSERT OR REPLACE INTO entries VALUES(?, ?, ?)", rows)
        while self._is_full(sql):  # each turn frees some
            sql.execute(
                "DELETE FROM entries WHERE id IN (SELECT id FROM entries ORDER BY used LIMIT"
                " (SELECT 1 + count(*) / 4 FROM entries))"
            )
        sql.execute("COMMIT")

    def _is_full(self, sql: sqlite3.Connection) -> bool:
        pages, free, size = (
            sql.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
        )
        return (pages - free) * size > self._largest and sql.execute("SELECT 1 FROM entries").fetchone() is not None

    def close(self) -> None:
        """Write what is new and close the file; what is asked next opens it again."""
        self.flush()
        with self._guarded():
            if self._sql:
                self._sql.close()
        self._sql = None

    # --- the file ------------------------------------------------------------------------

    def _opened(self, *, make: bool) -> sqlite3.Connection | None:
        """The file, where it is there or is to be made and can be used."""
        if self._sql and self._owner != os.getpid():
            self._inherited.append(self._sql)  # to close it would end the locks of the process that was forked
            self._sql = None
        if self._sql or not self._is_usable:
            return self._sql
        if make:
            make_private(self.file.parent)
            os.close(os.open(self.file, os.O_CREAT | os.O_WRONLY, 0o600))  # what it holds are words of articles
        elif not self.file.is_file():
            return None
        with alone(self.file, shared=True):
            self._sql = _connected(self.file)
        self._owner = os.getpid()
        return self._sql

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """See that nothing goes wrong but that there is no entry: a file that is damaged is removed, once."""
        try:
            yield
        except sqlite3.Error as error:
            with suppress(sqlite3.Error):
                if self._sql:
                    self._sql.close()
            self._sql, self._is_usable = None, False
            with suppress(OSError):
                if is_damage(error, self.file):
                    remove(self.file)
                    self._is_usable = True
        except (OSError, MemoryError):
            self._is_usable = False


def size_of(file: Path) -> tuple[int, int] | None:
    """How many entries a file has and how many bytes; None where there is none that can be read."""
    try:
        if not file.is_file():
            return None
        sql = _connected(file)
        try:
            (count,) = sql.execute("SELECT count(*) FROM entries").fetchone()
        finally:
            sql.close()
        return int(count), file.stat().st_size
    except (OSError, sqlite3.Error):
        return None


def _connected(file: Path) -> sqlite3.Connection:
    """Open a file and make its table; raises ``sqlite3.DatabaseError`` where it has others."""
    sql = sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)
    try:
        sql.execute("PRAGMA trusted_schema = OFF")
        if not _is_made(sql):
            sql.execute("PRAGMA journal_mode = WAL")
            sql.execute("BEGIN IMMEDIATE")
            if not _is_made(sql):
                for statement in _SCHEMA:
                    sql.execute(statement)
            sql.execute("COMMIT")
        sql.execute("PRAGMA synchronous = OFF")  # what a loss of power damages is noticed, and made anew
    except BaseException:
        sql.close()
        raise
    return sql


def _is_made(sql: sqlite3.Connection) -> bool:
    found = [made for (made,) in sql.execute("SELECT sql FROM sqlite_master")]
    if found and sorted(found, key=str) != sorted(_SCHEMA):
        raise sqlite3.DatabaseError("it has other tables than entries")
    return bool(found)


def _id(key: bytes) -> int:
    """The number of an entry: a part of its key. Of two with the same number the later is kept."""
    return int.from_bytes(key[:8], "big", signed=True)
