"""Fingerprints in bulk: sorted, written and merged with numpy."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Collection, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from acu_lint.corpus.index.records import insert, select, tested

Numbers = NDArray[np.uint64]  # fingerprint << 32 | article

_BUCKETS = 1 << 16
_PART = 4096  # buckets that are merged at once: 3 MB for each million fingerprints
_NO_NUMBERS: Numbers = np.empty(0, np.uint64)


class Pairs(NamedTuple):
    """Pairs of articles (ids, the first is lower) and how many long fingerprints each shares."""

    one: NDArray[np.uint32]
    two: NDArray[np.uint32]
    shared: NDArray[np.int64]


def write(sql: sqlite3.Connection, fingerprints: array[int], articles: array[int]) -> None:
    """Write fingerprints and the articles that have them as new segments."""
    numbers = np.frombuffer(fingerprints, np.uint32).astype(np.uint64)
    numbers <<= np.uint64(32)
    numbers |= np.frombuffer(articles, np.uint32)
    numbers.sort()
    _insert(sql, numbers, _Segments(sql))


def merge(sql: sqlite3.Connection, removed: Collection[int]) -> int:
    """Put all segments and what is recent into new ones, without what was removed; return how much that is."""
    old = [*tested(sql.execute(select("segments", "id")))]
    new = _Segments(sql)
    entries = 0
    for numbers in _parts(sql, removed):
        _insert(sql, numbers, new)
        entries += len(numbers)
    for (segment,) in old:
        sql.execute("DELETE FROM postings WHERE id BETWEEN ? AND ?", (segment << 16, segment << 16 | 0xFFFF))
        sql.execute("DELETE FROM segments WHERE id = ?", (segment,))
    return entries


class _Segments(dict[int, int]):
    """New segments by the upper bits of the ids of their articles, 65,536 ids each."""

    def __init__(self, sql: sqlite3.Connection) -> None:
        self._sql = sql

    def __missing__(self, upper: int) -> int:
        (last,) = self._sql.execute("SELECT coalesce(max(id), 0) FROM segments").fetchone()
        self._sql.execute(insert("segments"), (last + 1, upper << 16))
        self[upper] = int(last) + 1
        return self[upper]


def pairs_sharing(sql: sqlite3.Connection, removed: Collection[int], most: int, leave: Collection[int]) -> Pairs:
    """The pairs of articles that share a long fingerprint which 2 to ``most`` articles have."""
    left_out = np.fromiter(leave, np.uint64, len(leave))
    found = []
    for numbers in _parts(sql, removed):
        fingerprints = numbers >> np.uint64(32)
        long = (fingerprints & np.uint64(1) == 1) & ~np.isin(fingerprints, left_out)
        found.append(_pairs(numbers[long], most))
    every, shared = np.unique(np.concatenate([_NO_NUMBERS, *found]), return_counts=True)
    return Pairs((every >> np.uint64(32)).astype(np.uint32), every.astype(np.uint32), shared)


class Loaded:
    """All fingerprints in memory, 8 bytes each, for a run that asks for those of many articles."""

    def __init__(self, sql: sqlite3.Connection, removed: Collection[int]) -> None:
        self._numbers = np.concatenate([_NO_NUMBERS, *_parts(sql, removed)])

    def sharing(self, fingerprints: Collection[int], at_least: int) -> dict[int, set[int]]:
        """Which of some different fingerprints each article has that has so many of them."""
        wanted = np.fromiter(fingerprints, np.uint64, len(fingerprints))
        starts = np.searchsorted(self._numbers, wanted << np.uint64(32))
        sizes = np.searchsorted(self._numbers, (wanted + np.uint64(1)) << np.uint64(32)) - starts
        at = np.arange(sizes.sum()) + np.repeat(starts - np.cumsum(sizes) + sizes, sizes)
        articles = self._numbers[at] & np.uint64(0xFFFF_FFFF)
        _, place, counts = np.unique(articles, return_inverse=True, return_counts=True)
        kept = counts[place] >= at_least
        found: dict[int, set[int]] = {}
        shared = np.repeat(wanted, sizes)[kept]
        for article, fingerprint in zip(articles[kept].tolist(), shared.tolist(), strict=True):
            found.setdefault(article, set()).add(fingerprint)
        return found


def _pairs(numbers: Numbers, most: int) -> Numbers:
    """Pairs (one << 32 | two) of the articles of each fingerprint; a pair comes once for each that it shares."""
    _, starts, sizes = np.unique(numbers >> np.uint64(32), return_index=True, return_counts=True)
    articles = numbers & np.uint64(0xFFFF_FFFF)
    found = [_NO_NUMBERS]
    for size in np.unique(sizes[(sizes > 1) & (sizes <= most)]):
        groups = articles[starts[sizes == size][:, None] + np.arange(size)]  # sorted within each
        one, two = np.triu_indices(int(size), 1)
        found.append(((groups[:, one] << np.uint64(32)) | groups[:, two]).ravel())
    return np.concatenate(found)


def _insert(sql: sqlite3.Connection, numbers: Numbers, segments: _Segments) -> None:
    """Write sorted numbers as rows, one for each bucket of each segment."""
    uppers = (numbers >> np.uint64(16)).astype(np.uint16)
    for upper in np.unique(uppers).tolist():
        part = numbers[uppers == upper]
        buckets = (part >> np.uint64(48)).astype(np.int64)
        lows = (part >> np.uint64(32)).astype(np.uint16)
        offsets = part.astype(np.uint16)
        starts = np.flatnonzero(np.diff(buckets, prepend=-1))
        ends = [*starts[1:].tolist(), len(part)]
        rows = (
            (segments[upper] << 16 | bucket, lows[start:end].tobytes() + offsets[start:end].tobytes())
            for bucket, start, end in zip(buckets[starts].tolist(), starts.tolist(), ends, strict=True)
        )
        sql.executemany(insert("postings"), rows)


def _parts(sql: sqlite3.Connection, removed: Collection[int]) -> Iterator[Numbers]:
    """All fingerprints that are there, sorted and in parts; none is in two parts."""
    gone = np.fromiter(removed, np.uint64, len(removed))
    segments = [*tested(sql.execute(select("segments", "id, base")))]
    between = select("postings", "id, data", "WHERE id BETWEEN ? AND ?")
    for first in range(0, _BUCKETS, _PART):
        parts = [_recent(sql, first)]
        for segment, base in segments:
            low = segment << 16 | first
            rows = tested(sql.execute(between, (low, low + _PART - 1)))
            parts += [_numbers(row & 0xFFFF, data, base) for row, data in rows]
        numbers = np.concatenate(parts)
        if len(gone):
            numbers = numbers[~np.isin(numbers & np.uint64(0xFFFF_FFFF), gone)]
        numbers.sort()
        yield numbers


def _numbers(bucket: int, data: bytes, base: int) -> Numbers:
    count = len(data) // 4
    numbers = np.frombuffer(data, np.uint16, count).astype(np.uint64)
    numbers |= np.uint64(bucket << 16)
    numbers <<= np.uint64(32)
    numbers += np.frombuffer(data, np.uint16, count, offset=2 * count)
    numbers += np.uint64(base)
    return numbers


def _recent(sql: sqlite3.Connection, first: int) -> Numbers:
    statement = select("recent", "fingerprint << 32 | article", "WHERE fingerprint BETWEEN ? AND ?")
    rows = tested(sql.execute(statement, (first << 16, ((first + _PART) << 16) - 1)))
    # A number of 64 bits comes out of SQLite with its sign.
    return np.fromiter((number for (number,) in rows), np.int64).view(np.uint64)
