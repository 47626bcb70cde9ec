"""Segments of the index, and places where it cannot be kept."""

from __future__ import annotations

import os
import resource
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from acu_lint.corpus.article import Article
from acu_lint.corpus.extract import VERSION, extract
from acu_lint.corpus.index import refresh
from acu_lint.corpus.index.refresh import index_file, open_index
from acu_lint.corpus.index.store import Store
from tests.conftest import document
from tests.corpus.index.sites import ended_well, fresh, in_child, opened, seen, text, work


def test_segments_are_split_by_the_ids_of_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids beyond 65,535 need another segment; removed ones are used again after a merge."""
    doc = document(text(1), "x.md")
    numbers = extract(Article(doc))
    index = Store()
    with index.writing() as writer:
        writer._next_article = 65_530
        for number in range(12):
            writer.add(f"{number}", bytes([number] * 20), numbers)
    assert len(index.sharing(numbers.long)) == 12
    monkeypatch.setattr("acu_lint.corpus.index.writer._MIN_SEGMENT", 1)
    with index.writing() as writer:
        writer.add("more", b"m" * 20, numbers)
    monkeypatch.setattr("acu_lint.corpus.index.writer._MAX_SEGMENTS", -70_000)
    with index.writing() as writer:
        writer.remove("3")
        writer.add("again", b"a" * 20, numbers)
    shared = index.sharing(numbers.long)
    assert set(index.paths(shared).values()) == {*map(str, range(12)), "more", "again"} - {"3"}
    assert all(both == set(numbers.long) for both in shared.values())
    with index.writing() as writer:
        writer.add("last", b"l" * 20, numbers)
    assert index.id_of("last") == 65_533


def test_another_version_is_another_file(repository: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(repository, cache)
    monkeypatch.setattr(refresh, "VERSION", VERSION + 1)
    assert opened(repository, cache)["count"] == 12
    assert len(list(cache.glob("*.sqlite"))) == 2
    for file in cache.glob("*.sqlite"):
        os.utime(file, (0, 0))
    monkeypatch.setattr(refresh, "VERSION", VERSION + 2)
    assert opened(repository, cache)["count"] == 12
    assert len(list(cache.glob("*.sqlite"))) == 1  # old ones of other versions are cleared away


def test_a_full_disk_costs_the_index_and_nothing_else(repository: Path, cache: Path) -> None:
    expected = fresh(repository)

    def check() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        told: list[str] = []
        assert opened(repository, cache, told.append) == expected
        assert len(told) == 1
        assert "made in memory, for this run only" in told[0]

    assert ended_well([in_child(check)])
    assert opened(repository, cache) == expected


@pytest.mark.parametrize("obstacle", ["a file", "a folder"])
def test_a_cache_that_cannot_be_written(obstacle: str, repository: Path, cache: Path) -> None:
    if obstacle == "a file":
        cache.write_text("in the way")
    else:
        index_file(cache, work(repository)).mkdir(parents=True)
    told: list[str] = []
    assert opened(repository, cache, told.append) == fresh(repository)
    assert len(told) == 1


def test_a_read_only_folder(repository: Path, cache: Path) -> None:
    cache.mkdir()
    cache.chmod(0o555)
    expected = fresh(repository)

    def check() -> None:
        if os.getuid() == 0:
            os.setuid(65_534)
        told: list[str] = []
        assert opened_by_anybody(told) == expected
        assert len(told) == 1

    listed = work(repository)

    def opened_by_anybody(told: list[str]) -> dict[str, Any]:
        listed.tell = told.append
        return seen(open_index(listed, cache))

    for above in (cache, *cache.parents[:4]):  # the folders of the tests are for their owner only
        with suppress(PermissionError):
            above.chmod(above.stat().st_mode | 0o055)
    assert ended_well([in_child(check)])
