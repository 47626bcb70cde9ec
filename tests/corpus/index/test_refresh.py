"""The corpus decides, not the history: an index that is brought in line says what a fresh one says."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from acu_lint.corpus.extract import Extract
from acu_lint.corpus.index import refresh
from acu_lint.corpus.index.refresh import open_index
from tests.conftest import git
from tests.corpus.index.sites import CONFIG, fresh, opened, seen, site, text, work, write


def test_the_last_file_is_deleted(repository: Path, cache: Path) -> None:
    opened(repository, cache)
    git(repository, "rm", "-q", "-f", "site/011.md")
    assert opened(repository, cache) == fresh(repository)


def test_a_second_run_reads_nothing(repository: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = opened(repository, cache)
    monkeypatch.setattr(refresh.Reader, "numbers", None)
    assert opened(repository, cache) == first == {**first, "count": 12}


def test_only_what_changed_is_read(repository: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(repository, cache)
    write(repository, "site/003.md", text("new"))
    (repository / "site/004.md").rename(repository / "site/moved.md")
    read: list[str] = []
    numbers = refresh.Reader.numbers

    def spy(self: refresh.Reader, name: str, raw: bytes) -> Extract | None:
        read.append(name)
        return numbers(self, name, raw)

    monkeypatch.setattr(refresh.Reader, "numbers", spy)
    found = opened(repository, cache)
    assert read == ["site/003.md"]  # a file that only moved is not read again
    assert found == fresh(repository)


def test_files_that_come_and_go(repository: Path, cache: Path) -> None:
    opened(repository, cache)
    (repository / "site/001.md").unlink()
    write(repository, "site/deep/er/new.md", text("new"))
    write(repository, "site/old/out.md", text("old"))
    write(repository, "site/.hidden/out.md", text("hidden"))
    write(repository, "elsewhere.md", text("elsewhere"))
    write(repository, "site/latin.md", "caf\xe9 ".encode("latin-1") * 40)
    write(repository, ".gitignore", "ignored.md\n")
    write(repository, "site/ignored.md", text("ignored"))
    (repository / "site/link.md").symlink_to("002.md")
    found = opened(repository, cache)
    assert found == fresh(repository)
    numbers = [number for number in range(12) if number != 1]
    assert sorted(found["contents"]) == [f"site/{number:03}.md" for number in numbers] + ["site/deep/er/new.md"]


def test_a_branch_switch_and_back(repository: Path, cache: Path) -> None:
    git(repository, "commit", "-q", "-m", "one")
    first = opened(repository, cache)
    git(repository, "switch", "-q", "-c", "other")
    for number in (2, 5):
        write(repository, f"site/{number:03}.md", text(f"other {number}"))
    git(repository, "rm", "-q", "site/007.md")
    git(repository, "mv", "site/008.md", "site/a.md")
    git(repository, "commit", "-q", "-a", "-m", "two")
    assert opened(repository, cache) == fresh(repository) != first
    git(repository, "switch", "-q", "main")
    assert opened(repository, cache) == first


def test_swapped_names_and_a_changed_format(repository: Path, cache: Path) -> None:
    opened(repository, cache)
    one, two, other = (repository / "site" / name for name in ("001.md", "002.md", "x.md"))
    one.rename(other)
    two.rename(one)
    other.rename(two)
    assert opened(repository, cache) == fresh(repository)


def test_a_file_that_changes_meanwhile_is_read_as_it_was_listed(repository: Path, cache: Path) -> None:
    before = opened(repository, cache)
    shutil.rmtree(cache)
    listed = work(repository)
    write(repository, "site/003.md", text("too late"))
    index = open_index(listed, cache)
    assert seen(index) == before
    index.close()


class History(RuleBasedStateMachine):
    """Random edits: after each, the index that was brought in line says what a fresh one says."""

    folder: Path

    @initialize()
    def begin(self) -> None:
        self.folder = Path(os.environ["ACU_LINT_TEST_FOLDER"])
        shutil.rmtree(self.folder, ignore_errors=True)
        site(self.folder, 6)

    @rule(number=st.integers(0, 9), seed=st.integers(0, 12))
    def edit(self, number: int, seed: int) -> None:
        write(self.folder, f"site/{number:03}.md", text(seed))

    @rule(number=st.integers(0, 9))
    def delete(self, number: int) -> None:
        (self.folder / f"site/{number:03}.md").unlink(missing_ok=True)

    @rule(number=st.integers(0, 9), other=st.integers(0, 9))
    def move(self, number: int, other: int) -> None:
        with suppress(FileNotFoundError):
            (self.folder / f"site/{number:03}.md").replace(self.folder / f"site/{other:03}.md")

    @rule()
    def add(self) -> None:
        git(self.folder, "add", "-A")

    @rule(globs=st.sampled_from(["site/**/*.md", "site/*[0-4].md"]))
    def configure(self, globs: str) -> None:
        write(self.folder, "acu-lint.toml", CONFIG.replace("site/**/*.md", globs))

    @invariant()
    def is_as_fresh(self) -> None:
        assert opened(self.folder, self.folder / ".cache") == fresh(self.folder)


@pytest.mark.slow
@pytest.mark.parametrize("merging", [False, True], ids=["recent", "merged"])
def test_the_history_does_not_matter(merging: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if merging:  # every change writes a segment, and soon merges them all
        monkeypatch.setattr("acu_lint.corpus.index.writer._MIN_SEGMENT", 1)
        monkeypatch.setattr("acu_lint.corpus.index.writer._MAX_SEGMENTS", 2)
    monkeypatch.setenv("ACU_LINT_TEST_FOLDER", str(tmp_path / "history"))
    quick = settings(
        max_examples=8, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
    )
    History.TestCase.settings = quick
    History.TestCase().runTest()


def test_several_processes_read_what_one_reads(repository: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refresh, "_FEW", 3)
    monkeypatch.setattr(refresh, "_CHUNK", 2)
    index = open_index(work(repository, jobs=2), cache)
    assert seen(index) == fresh(repository)
    index.close()
