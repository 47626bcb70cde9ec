"""Several processes at one index, and processes that are killed."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from acu_lint.corpus.index import refresh
from acu_lint.corpus.index.refresh import index_file, open_index
from acu_lint.corpus.index.store import Store
from tests.conftest import git
from tests.corpus.index.sites import ended_well, fresh, in_child, opened, seen, text, work, write


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["build", "update"])
def test_killed_at_any_moment(kind: str, repository: Path, cache: Path) -> None:
    chance = random.Random(kind)
    for number in range(40):
        write(repository, f"site/more{number}.md", text(f"more {number}"))
    start = time.perf_counter()
    expected = opened(repository, cache)
    longest = time.perf_counter() - start
    for turn in range(12):
        if kind == "build":
            shutil.rmtree(cache)
        else:
            for number in chance.sample(range(40), 20):
                write(repository, f"site/more{number}.md", text(f"{turn} {number}"))
            expected = fresh(repository)
        process = in_child(lambda: open_index(work(repository), cache))
        time.sleep(chance.uniform(0, longest / 2))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        assert opened(repository, cache) == expected


@pytest.mark.slow
def test_killed_at_each_statement_of_a_change(repository: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process dies inside the transaction, after more and more of it was written."""
    monkeypatch.setattr("acu_lint.corpus.index.writer._MIN_SEGMENT", 1)
    opened(repository, cache)
    for turn in range(12):
        write(repository, f"site/{turn:03}.md", text(f"turn {turn}"))

        def die(turn: int = turn) -> None:
            written = []

            def count(statement: str) -> None:
                written.append(statement)
                if len(written) > 20 + 30 * turn:
                    os.kill(os.getpid(), signal.SIGKILL)

            index = Store(index_file(cache, work(repository)))
            index._connection.set_trace_callback(count)
            refresh.refresh(index, work(repository))

        os.waitpid(in_child(die), 0)
        assert opened(repository, cache) == fresh(repository)


def test_eight_processes_at_once_on_a_cold_index(repository: Path, cache: Path) -> None:
    expected = fresh(repository)

    def check() -> None:
        assert opened(repository, cache) == expected

    assert ended_well([in_child(check) for _ in range(8)])
    assert len(list(cache.glob("*.sqlite"))) == 1


@pytest.mark.slow
def test_processes_that_see_different_corpora_do_not_mix_them(repository: Path, cache: Path) -> None:
    """While the working tree changes, each process compares with the articles that it listed."""
    works = []
    for turn in range(4):
        write(repository, "site/003.md", text(f"turn {turn}"))
        git(repository, "add", ".")
        works.append((work(repository), fresh(repository)))

    def check(turn: int) -> Callable[[], None]:
        def run() -> None:
            listed, expected = works[turn % len(works)]
            for _ in range(5):
                index = open_index(listed, cache)
                time.sleep(0.01)
                assert seen(index) == expected
                index.close()

        return run

    assert ended_well([in_child(check(turn)) for turn in range(8)])


def test_a_forked_process_sees_the_corpus_of_its_parent(repository: Path, cache: Path) -> None:
    before = work(repository)
    index = open_index(before, cache)
    expected = seen(index)
    write(repository, "site/003.md", text("changed"))
    git(repository, "add", ".")
    os.waitpid(in_child(lambda: open_index(work(repository), cache)), 0)

    def check() -> None:
        assert seen(index) == expected

    assert seen(index) == expected
    assert ended_well([in_child(check), in_child(check)])
    index.close()
    assert opened(repository, cache) == fresh(repository) != expected


def test_who_waits_for_another_process_is_told(repository: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("acu_lint.corpus.index.file._PATIENCE", 0.05)
    opened(repository, cache)
    write(repository, "site/003.md", text("changed"))
    holder = sqlite3.connect(index_file(cache, work(repository)), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    told: list[str] = []

    def tell(line: str) -> None:
        told.append(line)
        holder.execute("ROLLBACK")

    assert opened(repository, cache, tell) == fresh(repository)
    assert told == ["another acu-lint is making the index of these articles; waiting for it"]
    holder.close()


@pytest.mark.slow
def test_workers_end_with_the_process_that_was_killed(
    repository: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refresh, "_FEW", 3)
    monkeypatch.setattr(refresh, "_CHUNK", 1)

    def build() -> None:
        os.setsid()
        monkeypatch.setattr(refresh.Reader, "numbers", lambda *_: time.sleep(0.5))
        open_index(work(repository, jobs=2), cache)

    process = in_child(build)
    time.sleep(1)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    for _ in range(100):
        try:
            os.killpg(process, 0)
        except ProcessLookupError:
            break
        time.sleep(0.1)
    else:
        pytest.fail("workers are left")
    assert opened(repository, cache) == fresh(repository)
