"""Entries in a SQLite file: whatever is wrong with it, there is no entry, and never a fault."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from acu_lint.system import entries as module
from acu_lint.system.entries import Entries, size_of
from acu_lint.system.fingerprint import SIZE, digest
from tests.corpus.index.sites import ended_well, in_child

KEY, OTHER = digest(b"key"), digest(b"other")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "results.sqlite"


def keep(file: Path, **contents: bytes) -> None:
    entries = Entries(file)
    for name, content in contents.items():
        entries.put(digest(name.encode()), content)
    entries.close()


def kept(file: Path, name: str = "key") -> bytes | None:
    entries = Entries(file)
    try:
        return entries.get(digest(name.encode()))
    finally:
        entries.close()


def test_what_is_put_is_there_for_the_next_one(file: Path) -> None:
    assert kept(file) is None
    assert not file.exists()  # to look makes nothing
    keep(file, key=b"body", other=b"")
    assert (kept(file), kept(file, "other"), kept(file, "more")) == (b"body", b"", None)
    keep(file, key=b"newer")
    assert kept(file) == b"newer"
    assert size_of(file) == (2, file.stat().st_size)


@pytest.mark.skipif(sys.platform == "win32", reason="modes")
def test_only_the_user_can_read_it(file: Path) -> None:
    keep(file, key=b"words of an article")
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0


def changed(statement: str) -> Callable[[Path], None]:
    def change(file: Path) -> None:
        sql = sqlite3.connect(file)
        sql.executescript(statement)
        sql.close()

    return change


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def flipped(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    raw[raw.index(b"the body")] ^= 1
    file.write_bytes(raw)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "cut": cut,
    "empty": lambda file: file.write_bytes(b""),
    "no database": lambda file: file.write_bytes(b"SQLite format 3\0" + b"x" * 5000),
    "one bit": flipped,
    "forged body": changed("UPDATE entries SET body = x'00112233445566778899aabbccddeeff' || 'forged'"),
    "text for bytes": changed("UPDATE entries SET body = 'a text that is long enough to be one'"),
    "number for bytes": changed("UPDATE entries SET body = 7"),
    "text for time": changed("UPDATE entries SET used = 'now'"),
    "body of another": changed("UPDATE entries SET body = (SELECT body FROM entries ORDER BY id LIMIT 1)"),
    "view": changed("ALTER TABLE entries RENAME TO old; CREATE VIEW entries AS SELECT * FROM old"),
    "trigger": changed(
        "CREATE TRIGGER evil AFTER INSERT ON entries BEGIN UPDATE entries SET body = x'00'; END",
    ),
    "another table": changed("CREATE TABLE more(x)"),
    "no table": changed("DROP TABLE entries"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_or_hostile_file_has_no_wrong_entry_and_is_used_again(file: Path, damage: str) -> None:
    keep(file, key=b"the body", other=b"another one")
    for beside in file.parent.glob("*.sqlite-*"):
        beside.unlink()
    DAMAGE[damage](file)
    assert kept(file) in {None, b"the body"}
    assert kept(file, "other") in {None, b"another one"}
    keep(file, key=b"newer")
    assert kept(file) == b"newer"


def test_an_entry_has_the_whole_key_and_not_its_number_alone(file: Path) -> None:
    keep(file, key=b"body")
    entries = Entries(file)
    assert entries.get(KEY[:8] + OTHER[8:]) is None
    entries.close()


def test_the_oldest_go_first(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = Entries(file, largest=400_000)
    keys = [digest(b"%d" % number) for number in range(300)]
    for day, start in enumerate(range(0, 300, 50)):
        monkeypatch.setattr("acu_lint.system.entries.time.time", lambda day=day: 1e9 + 100_000 * day)
        for key in keys[start : start + 50]:
            entries.put(key, os.urandom(4000))
        entries.get(keys[0])  # used every day
        entries.flush()
    there = [key in keys and entries.get(key) is not None for key in keys]
    entries.close()
    assert file.stat().st_size < 800_000
    assert there[0]
    assert all(there[-50:])
    assert not any(there[1:50])


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    keep(tmp_path / "cache" / "results.sqlite", key=b"body")
    assert kept(tmp_path / "cache" / "results.sqlite") is None


def test_another_process_that_writes_for_long(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.1)
    keep(file, key=b"body")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    keep(file, other=b"lost")
    assert kept(file) == b"body"
    other.execute("ROLLBACK")
    other.close()
    assert kept(file, "other") is None
    keep(file, other=b"there")
    assert kept(file, "other") == b"there"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_a_full_disk(file: Path) -> None:
    import resource  # noqa: PLC0415 -- not on Windows

    keep(file, key=b"body")

    def fill() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))
        keep(file, other=os.urandom(500_000))

    assert ended_well([in_child(fill)])
    assert kept(file) == b"body"
    assert kept(file, "other") is None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_several_processes_at_once(file: Path) -> None:
    def work() -> None:
        for turn in range(20):
            keep(file, **{f"{turn}": b"%d" % turn * 1000})
            assert kept(file, f"{turn}") == b"%d" % turn * 1000

    assert ended_well([in_child(work) for _ in range(4)])
    assert all(kept(file, f"{turn}") for turn in range(20))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_killed_while_it_writes(file: Path) -> None:
    def work() -> None:
        entries = Entries(file)
        while True:
            for number in range(100):
                entries.put(digest(b"%d" % number), b"%d " % number * 500)
            entries.flush()

    for turn in range(6):
        process = in_child(work)
        time.sleep(0.02 + 0.03 * turn)
        os.kill(process, 9)
        os.waitpid(process, 0)
        found = [kept(file, str(number)) for number in range(100)]
        assert all(each in {None, b"%d " % number * 500} for number, each in enumerate(found))
    assert len(KEY) == SIZE


def test_a_fork_opens_it_anew(file: Path) -> None:
    keep(file, key=b"body")
    entries = Entries(file)
    assert entries.get(KEY) == b"body"

    def work() -> None:
        assert entries.get(KEY) == b"body"
        entries.put(OTHER, b"more")
        entries.close()

    if hasattr(os, "fork"):
        assert ended_well([in_child(work)])
        assert entries.get(OTHER) == b"more"
    entries.close()
