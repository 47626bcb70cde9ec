"""Changes of an index: articles added, removed and renamed in one transaction, and segments merged when it is due."""

from __future__ import annotations

import os
import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Sequence

from acu_lint.corpus.extract import Extract
from acu_lint.corpus.index.records import HAS_NOTE, insert, select, selected, tested, update
from acu_lint.corpus.index.terms import packed, unpacked
from acu_lint.system.errors import UsageError

_MAX_TERMS = 1 << 24
_FLUSH = 4_000_000  # fingerprints that are kept in memory, 8 bytes each; to sort them takes three times as much
_MIN_SEGMENT = 200_000  # fingerprints
_MAX_SEGMENTS = 32
_STALE = 0.1  # share of what is recent or removed from which all segments are merged


class Writer:
    """Changes of one transaction. Articles that are added are seen once it has ended."""

    def __init__(self, sql: sqlite3.Connection, number: Callable[[str], int]) -> None:
        """``number`` gives a number that is kept with the articles, by its key."""
        self._sql = sql
        self._number = number
        self._is_changed = False
        self.is_large = False
        self._next_article = number("articles")
        self._free = [*tested(sql.execute(select("free", "id", "ORDER BY id DESC")))]
        self._reused: list[tuple[int]] = []
        self._next_term = number("terms")
        self._count = number("count")
        self._terms: dict[int, int] = {}  # hash -> id, as far as they were met
        self._new_terms: dict[int, int] = {}  # id -> hash
        self._frequencies: Counter[int] = Counter()  # id -> change
        self._fingerprints, self._articles = array("I"), array("I")
        self._blocks: list[tuple[int, int, int, int]] = []
        self._keys: list[tuple[str, int, int]] = []

    def add(self, path: str, content: bytes, numbers: Extract) -> None:
        """Add an article; one with the same path must have been removed."""
        self._is_changed = True
        article = self._new_id()
        self._count += 1
        terms = self._ids(numbers.terms)
        self._frequencies.update(terms)
        blocks = numbers.blocks.tobytes() + numbers.sizes.tobytes()
        self._sql.execute(insert("articles"), (article, os.fsencode(path), content, numbers.words, blocks))
        self._sql.execute(insert("vectors"), (article, packed(terms, numbers.counts)))
        for fingerprints in (numbers.short, numbers.long):
            self._fingerprints += fingerprints
            self._articles.extend([article] * len(fingerprints))
        rank = _rank(content)
        self._blocks += [(key, rank, article, size) for key, size in zip(numbers.blocks, numbers.sizes, strict=True)]
        self._keys += [(kind, key, article) for kind, key in numbers.keys]
        if len(self._fingerprints) >= _FLUSH:
            self._flush()

    def remove(self, path: str) -> None:
        """Take an article out, if it is there."""
        found = self._sql.execute(select("articles", "id, content, blocks", "WHERE path = ?"), (os.fsencode(path),))
        for article, content, blocks in [*tested(found)]:
            self._remove(article, content, blocks)

    def _remove(self, article: int, content: bytes, blocks: bytes) -> None:
        self._is_changed = True
        self._count -= 1
        for (terms,) in tested(self._sql.execute(select("vectors", "terms", "WHERE id = ?"), (article,))):
            self._frequencies.subtract(unpacked(terms).keys())
        hashes = memoryview(blocks)[: len(blocks) // 12 * 8].cast("q")
        rank = _rank(content)
        self._sql.executemany(
            "DELETE FROM blocks WHERE hash = ? AND rank = ? AND article = ?",
            [(key, rank, article) for key in set(hashes)],
        )
        self._sql.execute("DELETE FROM articles WHERE id = ?", (article,))
        self._sql.execute("DELETE FROM vectors WHERE id = ?", (article,))
        self._sql.execute(insert("removed"), (article,))

    def rename(self, path: str, new: str) -> None:
        """Give an article another path, which no other may have."""
        self._is_changed = True
        self._sql.execute(update("articles", "path", "?1", "path = ?2"), (os.fsencode(new), os.fsencode(path)))

    def put(self, key: str, value: object) -> None:
        """Keep a value with the articles."""
        if not self._sql.execute(HAS_NOTE, (key, value)).fetchone():
            self._sql.execute("DELETE FROM meta WHERE key = ?", (key,))
            self._sql.execute(insert("meta"), (key, value))

    def finish(self) -> None:
        """Write what is still in memory; merge the segments where too much is recent or removed."""
        if not self._is_changed:
            return
        self._flush()
        for key, value in (("articles", self._next_article), ("terms", self._next_term), ("count", self._count)):
            self.put(key, value)
        self.put("generation", self._number("generation") + 1)
        if self._is_overdue():
            self._merge()

    def _new_id(self) -> int:
        """An id that is in use nowhere, so that ids stay dense."""
        if self._free:
            self._reused.append(self._free.pop())
            return int(self._reused[-1][0])
        self._next_article += 1
        return self._next_article - 1

    def _ids(self, hashes: Sequence[int]) -> list[int]:
        """The ids of terms; new ones are given to those that the index has not."""
        known = self._terms
        missing = [key for key in hashes if key not in known]
        if missing:
            known.update(selected(self._sql, "terms", "hash, id", "hash", missing))
            for key in missing:
                if key not in known:
                    if self._next_term >= _MAX_TERMS:
                        raise UsageError(
                            "more than 16 million different words: compare these articles with acu-lint join"
                        )
                    known[key] = self._next_term
                    self._new_terms[self._next_term] = key
                    self._next_term += 1
        return list(map(known.__getitem__, hashes))

    def _flush(self) -> None:
        """Write terms, blocks, keys and fingerprints, each in the order of its table."""
        self._sql.executemany(insert("terms"), ((term, key, 0) for term, key in self._new_terms.items()))
        changes = [(change, term) for term, change in sorted(self._frequencies.items()) if change]
        self._sql.executemany(update("terms", "df", "df + ?1", "id = ?2"), changes)
        self._sql.executemany(insert("blocks", "INSERT OR IGNORE"), sorted(self._blocks))
        self._sql.executemany(insert("keys"), sorted(self._keys))
        for kept in (self._new_terms, self._frequencies, self._blocks, self._keys):
            kept.clear()
        self._sql.executemany("DELETE FROM free WHERE id = ?", self._reused)
        self._reused = []
        fingerprints, articles = self._fingerprints, self._articles
        self._fingerprints, self._articles = array("I"), array("I")
        if len(fingerprints) >= _MIN_SEGMENT:
            self.is_large = True
            from acu_lint.corpus.index import segments  # noqa: PLC0415 -- numpy takes 0.1 s to import

            segments.write(self._sql, fingerprints, articles)
            self.put("entries", self._number("entries") + len(fingerprints))
        elif fingerprints:
            rows = sorted(zip(fingerprints, articles, strict=True))
            self._sql.executemany(insert("recent"), rows)
            self.put("recent", self._number("recent") + len(rows))

    def _is_overdue(self) -> bool:
        recent, entries = self._number("recent"), self._number("entries")
        removed = self._sql.execute("SELECT count(*) FROM removed").fetchone()[0]
        segments = self._sql.execute("SELECT count(*) FROM segments").fetchone()[0]
        return (
            recent > max(_STALE * entries, _MIN_SEGMENT // 4)
            or removed > max(_STALE * self._count, 200)
            or segments > max(_MAX_SEGMENTS, self._next_article >> 15)
        )

    def _merge(self) -> None:
        self.is_large = True
        from acu_lint.corpus.index import segments  # noqa: PLC0415 -- numpy takes 0.1 s to import

        removed = [article for (article,) in tested(self._sql.execute(select("removed", "id")))]
        self.put("entries", segments.merge(self._sql, removed))
        self.put("recent", 0)
        self._sql.execute("DELETE FROM recent")
        self._sql.execute("DELETE FROM keys WHERE article IN (SELECT id FROM removed)")
        self._sql.executemany(insert("free"), [(article,) for article in removed])
        self._sql.execute("DELETE FROM removed")


def _rank(content: bytes) -> int:
    return int.from_bytes(content[:6], "big")
