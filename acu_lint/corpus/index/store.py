"""The index: one SQLite file that holds numbers of every article of a corpus.

What is asked is a function of the articles that are in the store: never of the order in which they came, nor of what
was there before. Only the ids of articles and terms depend on that; whoever lists articles sorts them by path.
"""

from __future__ import annotations

import os
import sqlite3
import weakref
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from acu_lint.corpus.index import records
from acu_lint.corpus.index.file import connected
from acu_lint.corpus.index.records import HAS_NOTE, DamagedError, count, select, selected, tested
from acu_lint.corpus.index.seal import Seal
from acu_lint.corpus.index.terms import unpacked
from acu_lint.system.database import alone

if TYPE_CHECKING:
    from acu_lint.corpus.index import segments
    from acu_lint.corpus.index.writer import Writer

_TRIES = 300  # waits for a process that makes the index, 2 seconds each


class Vector(NamedTuple):
    """An article for the comparison of all pairs; ``terms`` are packed as ``unpacked`` reads them."""

    id: int
    path: str
    words: int
    terms: bytes


class Recurring(NamedTuple):
    """A block that several articles have: how many, and at the edge of how many of them it stands."""

    articles: int
    at_edge: int


class Store:
    """The numbers of all articles of a corpus, in a file or, without one, in memory.

    Methods that read may be called in any process: one that was forked opens the file anew. Each raises
    ``sqlite3.Error`` where the file cannot be read or is damaged. Who opens it first tests the whole file, unless it is
    as it was left.
    """

    def __init__(self, file: Path | None = None) -> None:
        self.file = file
        self.renew: Callable[[], object] | None = None  # brings the store in line again, in a process that was forked
        self._inherited: list[sqlite3.Connection] = []  # of the parent: to close one would end the parent's locks
        self._pinned: int | None = None
        self._loaded: tuple[int, segments.Loaded] | None = None  # and the generation that it is of
        self._owner = os.getpid()
        if file:
            seal = Seal(file)
            try:
                with seal.opening() as is_known:
                    self._connect(file, is_known=is_known)
            except BaseException:
                seal.leave()
                raise
            self._end = weakref.finalize(self, _close, self._connection, seal, self._owner)
        else:
            self._connect(None)

    def _connect(self, file: Path | None, *, is_known: bool = True) -> None:
        self._pid = os.getpid()
        self._gone: frozenset[int] | None = None
        if file is None:
            self._connection = connected(":memory:")
            records.make(self._connection)
            return
        with alone(file, shared=True):
            self._connection = connected(file)
            try:
                if not records.is_made(self._connection):
                    self._make()
                elif not is_known:
                    records.test(self._connection)
            except BaseException:
                self._connection.close()
                raise

    def _make(self) -> None:
        """Make the tables in an empty file."""
        self._connection.execute("PRAGMA page_size = 8192")  # four articles of 5 KB to a page; of 4096 a tenth is waste
        self._connection.execute("PRAGMA journal_mode = WAL")
        with self._locked(str):
            if not records.is_made(self._connection):
                records.make(self._connection)

    @property
    def _sql(self) -> sqlite3.Connection:
        if self.file and self._pid != os.getpid():
            self._inherited.append(self._connection)
            self._connect(self.file)
            if self._pinned is not None:
                self._connection.execute("BEGIN")
                if self.generation != self._pinned and self.renew:
                    self._connection.execute("ROLLBACK")
                    self.renew()
        return self._connection

    # --- articles ------------------------------------------------------------------------

    def count(self) -> int:
        """How many articles there are, short ones included."""
        return self._number("count")

    def id_of(self, path: str) -> int | None:
        """The id of the article with a path, as the listing names it."""
        found = self._one("articles", "id", "path", os.fsencode(path))
        return None if found is None else int(found)

    def paths(self, ids: Iterable[int]) -> dict[int, str]:
        """The paths of articles."""
        rows = selected(self._sql, "articles", "id, path", "id", ids)
        return {article: os.fsdecode(path) for article, path in rows}

    def contents_of(self, paths: Iterable[str]) -> dict[str, bytes]:
        """The content ids of those articles that are there, by their paths."""
        contents = ((path, self._one("articles", "content", "path", os.fsencode(path))) for path in paths)
        return {path: content for path, content in contents if content is not None}

    def contents(self) -> dict[str, bytes]:
        """The content id of every article, by its path."""
        rows = tested(self._sql.execute(select("articles", "path, content")))
        return {os.fsdecode(path): content for path, content in rows}

    def vectors(self) -> Iterator[Vector]:
        """Every article in the order of the ids, which says nothing."""
        articles = tested(self._sql.execute(select("articles", "id, path, words", "ORDER BY id")))
        vectors = tested(self._sql.execute(select("vectors", "id, terms", "ORDER BY id")))
        for one, two in zip_longest(articles, vectors):
            if not one or not two or one[0] != two[0]:
                raise DamagedError
            article, path, words = one
            yield Vector(article, os.fsdecode(path), words, two[1])

    # --- terms ---------------------------------------------------------------------------

    def document_frequencies(self, hashes: Iterable[int]) -> dict[int, int]:
        """In how many articles each word occurs, by its hash; words that are in none are left out."""
        return {key: df for key, df in selected(self._sql, "terms", "hash, df", "hash", hashes) if df}

    def term_ids(self, hashes: Iterable[int]) -> dict[int, int]:
        """The ids of words, by their hashes; those that the index never had are left out."""
        return dict(selected(self._sql, "terms", "hash, id", "hash", hashes))

    def terms_of(self, article: int) -> dict[int, int]:
        """How often each word occurs in an article, by its hash."""
        counts = unpacked(self._one("vectors", "terms", "id", article))
        rows = selected(self._sql, "terms", "id, hash", "id", counts)
        return {key: counts[term] for term, key in rows}

    # --- fingerprints --------------------------------------------------------------------

    def sharing(self, fingerprints: Iterable[int], at_least: int = 1) -> dict[int, set[int]]:
        """Which of some fingerprints each article has that has so many of them."""
        if self._loaded and self._loaded[0] == self.generation:
            return self._loaded[1].sharing(set(fingerprints), at_least)
        rows = list(self._having(set(fingerprints)))
        counts = Counter(chain.from_iterable(articles for _, articles in rows))
        found = {article: set[int]() for article, count in counts.items() if count >= at_least}
        for fingerprint, articles in rows:
            for article in found.keys() & articles:
                found[article].add(fingerprint)
        for article in self._removed() & found.keys():
            del found[article]
        return found

    def load(self) -> None:
        """Keep all fingerprints in memory (8 bytes each; needs numpy), for a run that asks for many articles."""
        from acu_lint.corpus.index import segments  # noqa: PLC0415 -- numpy takes 0.1 s to import

        self._loaded = self.generation, segments.Loaded(self._sql, self._removed())

    def _having(self, fingerprints: set[int]) -> Iterator[tuple[int, Sequence[int]]]:
        """Each of the fingerprints with articles that have it, some of them removed."""
        read = self._sql.cursor()
        buckets: dict[int, list[int]] = {}
        for fingerprint in fingerprints:
            buckets.setdefault(fingerprint >> 16, []).append(fingerprint & 0xFFFF)
        row = select("postings", "data", "WHERE id = ?")
        for segment, base in [*tested(read.execute(select("segments", "id, base")))]:
            for bucket, lows in buckets.items():
                for (data,) in tested(read.execute(row, (segment << 16 | bucket,))):
                    found = _found(memoryview(data), lows, base)
                    yield from ((bucket << 16 | low, articles) for low, articles in found)
        if self._number("recent"):
            row = select("recent", "article", "WHERE fingerprint = ?")
            for fingerprint in fingerprints:
                if articles := [article for (article,) in tested(read.execute(row, (fingerprint,)))]:
                    yield fingerprint, articles

    def pairs_sharing_long(self, most: int, leave: Collection[int] = ()) -> segments.Pairs:
        """All pairs of articles that share a long fingerprint which at most ``most`` articles have (needs numpy).

        Fingerprints to ``leave`` out do not count.
        """
        from acu_lint.corpus.index import segments  # noqa: PLC0415 -- numpy takes 0.1 s to import

        return segments.pairs_sharing(self._sql, self._removed(), most, leave)

    # --- blocks --------------------------------------------------------------------------

    def blocks_of(self, article: int) -> list[tuple[int, int]]:
        """Hash and size of the compared blocks of an article, in order; at its edge the size is negative."""
        raw = self._one("articles", "blocks", "id", article) or b""
        count = len(raw) // 12
        view = memoryview(raw)
        return list(zip(view[: 8 * count].cast("q"), view[8 * count :].cast("i"), strict=True))

    def articles_with(self, block: int, limit: int) -> list[int]:
        """The first articles that have a block, in the order of their content ids."""
        rows = self._sql.execute(select("blocks", "article", "WHERE hash = ? ORDER BY rank LIMIT ?"), (block, limit))
        return [article for (article,) in tested(rows)]

    def block_count(self, block: int) -> Recurring:
        """How many articles have a block, and at the edge of how many it stands."""
        rows = self._sql.execute(count("blocks", "count(*), total(size < 0)", "WHERE hash = ?"), (block,))
        ((articles, at_edge),) = tested(rows)
        return Recurring(articles, int(at_edge))

    def frequent_blocks(self, at_least: int) -> dict[int, Recurring]:
        """The blocks that as many articles have."""
        columns = "hash, count(*) AS articles, sum(size < 0)"
        statement = count("blocks", columns, "GROUP BY hash HAVING articles >= ? OR NOT are_good")
        rows = self._sql.execute(statement, (at_least,))
        return {block: Recurring(articles, at_edge) for block, articles, at_edge in tested(rows)}

    # --- keys ----------------------------------------------------------------------------

    def articles_with_key(self, kind: str, key: int) -> list[int]:
        """The articles of which a pack says the same thing (``extract.word_hash`` of its text)."""
        removed = self._removed()
        rows = self._sql.execute(select("keys", "article", "WHERE kind = ? AND hash = ?"), (kind, key))
        return [article for (article,) in tested(rows) if article not in removed]

    # --- the state -----------------------------------------------------------------------

    @property
    def generation(self) -> int:
        """Rises with every change."""
        return self._number("generation")

    def note(self, key: str) -> Any:
        """A value that was kept with the articles, such as their listing; None where there is none."""
        return self._one("meta", "value", "key", key)

    def has_note(self, key: str, value: object) -> bool:
        """Whether a value is kept: quicker than to read a long one."""
        return bool(self._sql.execute(HAS_NOTE, (key, value)).fetchone())

    def pin(self) -> None:
        """See the store as it is now until ``unpin``, whatever other processes write; forked ones see the same."""
        if self.file is None:
            return
        if not self._sql.in_transaction:
            self._sql.execute("BEGIN")
        self._pinned = self.generation
        self._gone = None

    def unpin(self) -> None:
        """See the store as it is."""
        self._pinned = None
        if self._sql.in_transaction:
            self._sql.execute("ROLLBACK")

    def close(self) -> None:
        """Give the file back."""
        if self._pid != os.getpid():
            return
        if self.file and self._pid == self._owner:
            self._end()
        else:
            self._connection.close()

    # --- writing -------------------------------------------------------------------------

    @contextmanager
    def writing(self, tell: Callable[[str], object] = str) -> Iterator[Writer]:
        """Change the store: all of it or, where an exception leaves the block, nothing.

        Waits for another process that writes, and tells so where that takes long.
        """
        from acu_lint.corpus.index.writer import Writer  # noqa: PLC0415 -- an index that is up to date needs none

        with self._locked(tell):
            if self.file:
                records.keep_total(self._sql)
            writer = Writer(self._sql, self._number)
            yield writer
            writer.finish()
            self._gone = None
        if writer.is_large:  # else what was written twice stays on the disk
            self._sql.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    @contextmanager
    def _locked(self, tell: Callable[[str], object]) -> Iterator[None]:
        sql = self._connection
        sql.execute("PRAGMA synchronous = NORMAL")
        sql.execute("PRAGMA cache_size = -65536")  # KiB; taken as it is needed
        self._begin(tell)
        try:
            yield
            sql.execute("COMMIT")
        except BaseException:
            if sql.in_transaction:
                sql.execute("ROLLBACK")
            raise

    def _begin(self, tell: Callable[[str], object]) -> None:
        for attempt in range(_TRIES):
            try:
                self._connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or attempt + 1 == _TRIES:
                    raise
                if attempt == 0:
                    tell("another acu-lint is making the index of these articles; waiting for it")
            else:
                return

    # --- statements ----------------------------------------------------------------------

    def _one(self, table: str, column: str, key: str, value: object) -> Any:
        for (found,) in tested(self._sql.execute(select(table, column, f"WHERE {key} = ?"), (value,))):
            return found
        return None

    def _number(self, key: str) -> int:
        return int(self.note(key) or 0)

    def _removed(self) -> frozenset[int]:
        sql = self._sql
        if self._gone is None:
            self._gone = frozenset(article for (article,) in tested(sql.execute(select("removed", "id"))))
        return self._gone


def _found(data: memoryview, lows: Iterable[int], base: int) -> Iterator[tuple[int, Sequence[int]]]:
    """Each of the lower halves that stand in one row of the postings, and its articles."""
    count = len(data) // 4
    numbers = data.cast("H")
    for low in lows:
        start = bisect_left(numbers, low, 0, count)
        if start < count and numbers[start] == low:
            end = bisect_right(numbers, low, start, count)
            yield low, [base + offset for offset in numbers[count + start : count + end]]


def _close(connection: sqlite3.Connection, seal: Seal, owner: int) -> None:
    """Close a file and seal it; in a process that was forked both are the parent's."""
    if owner == os.getpid():
        with suppress(sqlite3.Error):
            connection.close()
            seal.close()
