"""The tables of an index, the checksum that every record carries, and the test of a whole file.

A record's checksum (``sum``) is made of all its values and of its table, so that no record can pass for another one.
SQL computes it, also where records are counted and never leave SQLite. The sum of all checksums stands in ``total`` and
changes with them in the same transaction: it tells of records that are lost, and of old ones that are back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple
from zlib import crc32

# Any value times a number, plus the next: a sum modulo a prime changes with every change of one value, unless it is by
# a multiple of the prime, which no flipped bit is. Nothing exceeds the 63 bits of SQLite.
HAS_NOTE = "SELECT 1 FROM meta WHERE key = ? AND value IS ?"
_AT_ONCE = 500  # values in one statement
_PRIME, _FACTOR = 2_147_483_647, 1_000_003


class _Kind(NamedTuple):
    """A kind of value: how it is declared, the number that stands for it in a checksum, and what is true of it."""

    declared: str
    number: str
    holds: str


_KINDS = {
    "number": _Kind("INTEGER NOT NULL", "{0}", "typeof({0}) = 'integer' AND {0} BETWEEN 0 AND 4294967295"),
    "hash": _Kind("INTEGER NOT NULL", "{0}", "typeof({0}) = 'integer' AND {0} >= 0"),
    "size": _Kind("INTEGER NOT NULL", "{0}", "typeof({0}) = 'integer' AND {0} BETWEEN -2147483648 AND 2147483647"),
    "text": _Kind("TEXT NOT NULL", "crc32({0})", "typeof({0}) = 'text'"),
    "bytes": _Kind("BLOB NOT NULL", "crc32({0})", "typeof({0}) = 'blob'"),
    "numbers": _Kind("BLOB NOT NULL", "crc32({0})", "typeof({0}) = 'blob' AND length({0}) % 4 = 0"),
    "blocks": _Kind("BLOB NOT NULL", "crc32({0})", "typeof({0}) = 'blob' AND length({0}) % 12 = 0"),
    "note": _Kind(
        "",
        "crc32({0})",
        "typeof({0}) = CASE key WHEN 'tracked' THEN 'blob' WHEN 'changed' THEN 'blob' WHEN 'key' THEN 'text'"
        " WHEN 'time' THEN 'real' ELSE 'integer' END",
    ),
}


class _Table(NamedTuple):
    """The kinds of the values of a table, by the names of its columns; what its records are found by; other terms."""

    columns: Mapping[str, str]
    key: str
    terms: str = ""

    @property
    def declared(self) -> str:
        """What stands in the brackets of its declaration, and behind them."""
        columns = [f"{name} {_KINDS[kind].declared}".strip() for name, kind in self.columns.items()]
        # First, so that the sum of all does not read what is long; but SQLite 3.40 finds fault with sorted tables whose
        # key does not come first.
        columns.insert(len(columns) if self.terms == _SORTED else 0, "sum INTEGER NOT NULL")
        return f"{', '.join(columns)}, PRIMARY KEY({self.key}){self.terms}"


_SORTED = ") WITHOUT ROWID"

# terms of an article: numbers of 32 bits, the term's id in the upper 24, below how often it occurs; a term that occurs
# more than 255 times has several. They have a table of their own, because most questions do not touch them, and they
# are most of what there is. blocks of an article: all hashes (64 bits), then all sizes (32 bits).
# postings: the fingerprints of one segment that share their upper 16 bits; id = segment << 16 | those bits, data = all
# lower halves, sorted (16 bits), then how far each article is from the segment's base (16 bits). What came since the
# segments were made is in recent; what is in removed was deleted, but still stands in postings, recent and keys. The
# ids in free are in use nowhere.
# rank: the first 48 bits of the article's content id, so that the articles of a block come in an order of their own.
_TABLES = {
    "meta": _Table({"key": "text", "value": "note"}, "key", ")"),
    "articles": _Table(
        {"id": "number", "path": "bytes", "content": "bytes", "words": "number", "blocks": "blocks"},
        "id",
        ", UNIQUE(path))",
    ),
    "vectors": _Table({"id": "number", "terms": "numbers"}, "id", ")"),
    "terms": _Table({"id": "number", "hash": "hash", "df": "number"}, "id", ", UNIQUE(hash))"),
    "segments": _Table({"id": "number", "base": "number"}, "id", ")"),
    "postings": _Table({"id": "hash", "data": "numbers"}, "id", ")"),
    "recent": _Table({"fingerprint": "number", "article": "number"}, "fingerprint, article", _SORTED),
    "removed": _Table({"id": "number"}, "id", ")"),
    "free": _Table({"id": "number"}, "id", ")"),
    "blocks": _Table(
        {"hash": "hash", "rank": "hash", "article": "number", "size": "size"}, "hash, rank, article", _SORTED
    ),
    "keys": _Table({"kind": "text", "hash": "hash", "article": "number"}, "kind, hash, article", _SORTED),
}
_SCHEMA = ["CREATE TABLE total(value INTEGER NOT NULL)"] + [
    f"CREATE TABLE {name}({table.declared}" for name, table in _TABLES.items()
]


class DamagedError(sqlite3.DatabaseError):
    """The index is not what was written."""

    def __init__(self, what: str = "a record is not what was written") -> None:
        super().__init__(what)


# --- connections -------------------------------------------------------------------------


def prepare(sql: sqlite3.Connection) -> None:
    """Give a connection what checksums need."""
    sql.create_function("crc32", 1, _crc32, deterministic=True)


def _crc32(value: object) -> int:
    return crc32(value if isinstance(value, bytes) else repr(value).encode())


def is_made(sql: sqlite3.Connection) -> bool:
    """Whether the tables are there; raises ``DamagedError`` where there are others."""
    found = [statement for (statement,) in sql.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")]
    if found and sorted(found) != sorted(_SCHEMA):
        raise DamagedError("it has other tables than an index")
    return bool(found)


def make(sql: sqlite3.Connection) -> None:
    """Make the tables."""
    for statement in _SCHEMA:
        sql.execute(statement)
    sql.execute("INSERT INTO total VALUES(0)")


def keep_total(sql: sqlite3.Connection) -> None:
    """Let the total follow all changes that are made by a connection, from now on."""
    for table in _TABLES:
        for event, change in (("INSERT", "+ NEW.sum"), ("DELETE", "- OLD.sum"), ("UPDATE", "+ NEW.sum - OLD.sum")):
            follow = f"BEGIN UPDATE total SET value = value {change}; END"  # noqa: S608 -- all names are ours
            sql.execute(f"CREATE TEMP TRIGGER IF NOT EXISTS {table}_{event} AFTER {event} ON main.{table} {follow}")


# --- statements --------------------------------------------------------------------------


@cache
def _sum_of(table: str, **given: str) -> str:
    """SQL for the checksum of a record; ``given`` is SQL for values that are not those of the columns."""
    total = str(1 + list(_TABLES).index(table))
    for name, kind in _TABLES[table].columns.items():
        number = _KINDS[kind].number.format(given.get(name, name))
        total = f"(({total}) * {_FACTOR} + ({number}) % {_PRIME}) % {_PRIME}"
    return total


@cache
def select(table: str, columns: str, rest: str = "") -> str:
    """SQL for columns of a table whose rows are read with ``tested``."""
    return f"SELECT {columns}, sum IS {_sum_of(table)} FROM {table} {rest}"  # noqa: S608 -- all names are ours


@cache
def count(table: str, columns: str, rest: str = "") -> str:
    """SQL for sums over records, whose rows are read with ``tested`` as well."""
    are_good = f"coalesce(min(sum IS {_sum_of(table)}), 1) AS are_good"
    return f"SELECT {columns}, {are_good} FROM {table} {rest}"  # noqa: S608 -- all names are ours


@cache
def update(table: str, column: str, value: str, where: str) -> str:
    """SQL to change one column of records; the checksum of a damaged one stays as wrong as it was."""
    change = f"{_sum_of(table, **{column: f'({value})'})} - {_sum_of(table)}"
    return f"UPDATE {table} SET {column} = {value}, sum = sum + {change} WHERE {where}"  # noqa: S608 -- all names are ours


@cache
def insert(table: str, how: str = "INSERT") -> str:
    """SQL to add a record with the values of all columns."""
    columns = _TABLES[table].columns
    places = {name: f"?{number}" for number, name in enumerate(columns, 1)}
    sum_ = _sum_of(table, **places)
    return f"{how} INTO {table}(sum, {', '.join(columns)}) VALUES({sum_}, {', '.join(places.values())})"


def tested(rows: Iterable[Any]) -> Iterator[Any]:
    """The rows of a ``select``, without what it added; raises ``DamagedError`` where a checksum is wrong."""
    for row in rows:
        if not row[-1]:
            raise DamagedError
        yield row[:-1]


# --- the whole file ----------------------------------------------------------------------


def selected(
    sql: sqlite3.Connection, table: str, columns: str, key: str, values: Iterable[int]
) -> Iterator[tuple[Any, Any]]:
    """Two columns of the rows whose ``key`` is one of the values, however many there are."""
    wanted = list(values)
    for at in range(0, len(wanted), _AT_ONCE):
        part = wanted[at : at + _AT_ONCE]
        statement = select(table, columns, f"WHERE {key} IN ({','.join('?' * len(part))})")
        yield from tested(sql.execute(statement, part).fetchall())


def test(sql: sqlite3.Connection) -> None:
    """Read everything; raises ``sqlite3.Error`` where something is not as it was written, or of another type.

    An index whose tables are not made yet is a good one.
    """
    (told,) = sql.execute("PRAGMA integrity_check(1)").fetchone()
    if told != "ok":
        raise DamagedError(told)
    sql.execute("BEGIN")
    try:
        if is_made(sql) and [(sum(map(_total, [sql] * len(_TABLES), _TABLES)),)] != [
            *sql.execute("SELECT * FROM total")
        ]:
            raise DamagedError("records are lost")
    finally:
        sql.execute("ROLLBACK")


def _total(sql: sqlite3.Connection, table: str) -> int:
    """The sum of the checksums of a table; raises ``DamagedError`` where one is wrong, or its record is not found."""
    columns, key, _ = _TABLES[table]
    holds = " AND ".join(f"({_KINDS[kind].holds.format(name)})" for name, kind in columns.items())
    rows, total, hold, *are_good = sql.execute(
        count(table, f"count(*), coalesce(sum(sum), 0), coalesce(min({holds}), 1)")
    ).fetchone()
    by_key = f"SELECT count(*) FROM {table} AS one JOIN {table} AS two USING({key})"  # noqa: S608 -- all names are ours
    (found,) = sql.execute(by_key).fetchone()
    if not hold or are_good != [1] or found != rows:
        raise DamagedError
    return int(total)
