"""No damage to the file of an index, by chance or on purpose, changes what is found."""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest

from acu_lint.corpus.index import records
from acu_lint.corpus.index.refresh import index_file, open_index
from acu_lint.corpus.index.seal import Seal
from tests.corpus.index.sites import ended_well, fresh, in_child, opened, seen, text, work, write


@pytest.mark.parametrize("damage", ["garbage", "empty", "cut", "text"])
def test_a_damaged_file_is_made_anew(damage: str, repository: Path, cache: Path) -> None:
    expected = opened(repository, cache)
    file = index_file(cache, work(repository))
    whole = file.read_bytes()
    for beside in cache.glob("*.sqlite-*"):
        beside.unlink()
    new = {"garbage": os.urandom(8000), "empty": b"", "cut": whole[: len(whole) // 2], "text": b"no index\n" * 900}
    file.write_bytes(new[damage])
    assert ended_well([in_child(lambda: opened(repository, cache)) for _ in range(4)])
    told: list[str] = []
    assert opened(repository, cache, told.append) == expected
    assert told == []


def quietly(file: Path, raw: bytes) -> None:
    """Write to an index so that size, times and inode do not tell, as a disk does that rots."""
    file.write_bytes(raw)
    seal = Seal(file)
    with seal.opening():
        pass
    seal.close()


def damaged(whole: bytes, older: bytes, chance: random.Random) -> bytes:
    """An index with one of many kinds of damage; ``older`` is an earlier state of the same."""
    raw = bytearray(whole)
    size = chance.choice([1, 8, 512, 4096, 8192])
    one, two = (chance.randrange(0, len(raw) - size + 1, size) for _ in range(2))
    kind = chance.choice(["bit", "bit", "random", "zero", "swap", "copy", "older", "cut"])
    if kind == "bit":
        raw[one] ^= 1 << chance.randrange(8)
    elif kind == "swap":
        raw[one : one + size], raw[two : two + size] = raw[two : two + size], raw[one : one + size]
    elif kind == "cut":
        del raw[one:]
    else:
        source = {"random": chance.randbytes(len(raw)), "zero": bytes(len(raw)), "copy": whole, "older": older}[kind]
        at = two if kind == "copy" else one
        raw[one : one + size] = source[at : at + size].ljust(size, b"\0")
    return bytes(raw)


@pytest.mark.slow
def test_no_damage_changes_what_is_found(repository: Path, cache: Path) -> None:
    opened(repository, cache)
    file = index_file(cache, work(repository))
    older = file.read_bytes()
    for number in (2, 5, 40, 41):
        write(repository, f"site/{number:03}.md", text(f"new {number}"))
    (repository / "site/007.md").unlink()
    expected = opened(repository, cache)
    whole, chance, listed = file.read_bytes(), random.Random(1), work(repository)
    for turn in range(60):
        raw = damaged(whole, older, chance)
        file.write_bytes(raw)
        told: list[str] = []
        listed.tell = told.append
        index = open_index(listed, cache)
        assert seen(index) == expected, turn
        index.close()
        assert told in ([], ["the index of the articles was damaged: it is made anew"]), turn
        assert raw == whole or file.read_bytes() == raw or told or len(raw) == 0, turn


def test_records_that_rot_unseen_are_never_believed(repository: Path, cache: Path) -> None:
    """Where nothing says that the file was changed, the record that is read tells so: nothing else is found."""
    expected = opened(repository, cache)
    file = index_file(cache, work(repository))
    whole, chance, listed = file.read_bytes(), random.Random(2), work(repository)
    for turn in range(30):
        raw = bytearray(whole)
        raw[chance.randrange(100, len(raw))] ^= 1 << chance.randrange(8)
        quietly(file, bytes(raw))
        index = open_index(listed, cache)
        with suppress(sqlite3.DatabaseError):
            assert seen(index) == expected, turn
        index.close()


def test_records_that_are_lost_are_missed(repository: Path, cache: Path) -> None:
    expected = opened(repository, cache)
    connection = sqlite3.connect(index_file(cache, work(repository)), isolation_level=None)
    connection.execute("DELETE FROM recent WHERE article = 3")
    connection.close()
    told: list[str] = []
    assert opened(repository, cache, told.append) == expected
    assert len(told) == 1


@pytest.mark.slow
@pytest.mark.parametrize("killed", [False, True], ids=["closed", "killed"])
def test_garbage_in_the_log_of_an_index(killed: bool, repository: Path, cache: Path) -> None:
    opened(repository, cache)
    write(repository, "site/003.md", text("changed"))
    expected = fresh(repository)
    file = index_file(cache, work(repository))
    log = file.with_name(f"{file.name}-wal")
    for turn in range(12):
        if killed:
            os.waitpid(in_child(lambda: open_index(work(repository), cache)), 0)
        raw = bytearray(log.read_bytes() if killed else random.Random(turn).randbytes(9000))
        if raw:
            raw[random.Random(turn).randrange(len(raw))] ^= 1
        log.write_bytes(raw)
        file.with_name(f"{file.name}-shm").write_bytes(random.Random(turn).randbytes(32_768))
        assert opened(repository, cache) == expected
        write(repository, "site/003.md", text(f"changed {turn}"))
        expected = fresh(repository)


HOSTILE = {
    "other tables": "DROP TABLE meta; CREATE TABLE meta(key TEXT PRIMARY KEY, value)",
    "a view": "DROP TABLE articles; CREATE VIEW articles AS SELECT 1 AS id",
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON meta BEGIN DELETE FROM articles; END",
    "text for a number": "UPDATE articles SET words = 'many'",
    "a number for bytes": "UPDATE vectors SET terms = 1",
    "bytes of an odd length": "UPDATE postings SET data = x'010203'; UPDATE vectors SET terms = x'010203'",
    "a note of another type": "UPDATE meta SET value = x'ff' WHERE key = 'count'",
    "a negative number": "UPDATE OR IGNORE recent SET article = -5",
}


@pytest.mark.parametrize("statements", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("right_sums", [False, True], ids=["wrong sums", "right sums"])
def test_an_index_that_somebody_made_up(statements: str, right_sums: bool, repository: Path, cache: Path) -> None:
    expected = opened(repository, cache)
    file = index_file(cache, work(repository))
    connection = sqlite3.connect(file, isolation_level=None)
    connection.executescript(statements)
    if right_sums:
        make_sums_right(connection)
    connection.close()
    told: list[str] = []
    assert opened(repository, cache, told.append) == expected
    assert told == ["the index of the articles was damaged: it is made anew"]
    again: list[str] = []
    assert opened(repository, cache, again.append) == expected
    assert again == []


def make_sums_right(connection: sqlite3.Connection) -> None:
    """Give every record the checksum that it should have, and the file its total."""
    records.prepare(connection)
    total = 0
    for table in records._TABLES:
        with suppress(sqlite3.Error):  # tables that are no tables now
            connection.execute(f"UPDATE {table} SET sum = {records._sum_of(table)}")
            total += connection.execute(f"SELECT coalesce(sum(sum), 0) FROM {table}").fetchone()[0]
    connection.execute("UPDATE total SET value = ?", (total,))


def test_a_file_that_was_left_as_it_is_is_not_tested_again(
    repository: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = opened(repository, cache)
    tests: list[object] = []
    test = records.test

    def spy(sql: sqlite3.Connection) -> None:
        tests.append(sql)
        test(sql)

    monkeypatch.setattr(records, "test", spy)
    assert opened(repository, cache) == expected
    assert tests == []
    os.waitpid(in_child(lambda: open_index(work(repository), cache)), 0)  # it ends without closing the file
    assert opened(repository, cache) == expected
    assert len(tests) == 1
    assert opened(repository, cache) == expected
    assert len(tests) == 1
