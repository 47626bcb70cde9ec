"""Which articles there are, as git tells it, and without git."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acu_lint.corpus.listing import content_id, uncommon
from tests.conftest import git
from tests.corpus.index.sites import CONFIG, fresh, opened, site, text, write

LINES = st.lists(st.sampled_from([b"a", b"b", b"ab", b"ba", b"aab", b"bb"]), max_size=6, unique=True).map(
    lambda lines: b"".join(line + b"\0" for line in lines)
)


@given(LINES, LINES)
def test_the_lines_that_differ(old: bytes, new: bytes) -> None:
    """The last line of a listing is never lost, nor one that ends as another does."""
    lines = [set(listing.split(b"\0")) for listing in (old, new)]
    assert [set(part) - {b""} for part in uncommon(old, new)] == [
        lines[0] - lines[1] - {b""},
        lines[1] - lines[0] - {b""},
    ]


def test_other_globs_make_another_corpus(repository: Path, cache: Path) -> None:
    opened(repository, cache)
    write(repository, "acu-lint.toml", CONFIG.replace("site/**/*.md", "site/00[0-4].md"))
    assert opened(repository, cache)["count"] == 5
    assert opened(repository, cache) == fresh(repository)


def test_without_globs_all_that_git_has_is_compared(repository: Path, cache: Path) -> None:
    (repository / "acu-lint.toml").unlink()
    write(repository, "notes.txt", text("notes"))
    assert opened(repository, cache)["count"] == 13


def test_what_is_to_be_committed_counts_in_a_hook(
    repository: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = opened(repository, cache)
    write(repository, "site/001.md", text("not added"))
    write(repository, "site/untracked.md", text("untracked"))
    monkeypatch.setenv("PRE_COMMIT", "1")
    assert opened(repository, cache) == before


def test_names_with_line_ends_and_bytes_that_are_no_text(repository: Path, cache: Path) -> None:
    names = ["site/two\nlines.md", "site/tab\there.md", "site/ü.md", os.fsdecode(b"site/\xff.md"), "site/'\" .md"]
    for number, name in enumerate(names):
        write(repository, name, text(f"name {number}"))
    found = opened(repository, cache)
    assert set(names) < found["contents"].keys()
    git(repository, "add", ".")
    assert opened(repository, cache) == found == fresh(repository)


def test_submodules_are_not_entered(repository: Path, cache: Path, tmp_path: Path) -> None:
    inner = site(tmp_path / "inner")
    git(inner, "commit", "-q", "-m", "inner")
    git(repository, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner), "site/inner.md")
    assert opened(repository, cache)["count"] == 12


def test_a_folder_of_a_repository_can_be_the_root(
    repository: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository / "site")
    write(repository, "site/acu-lint.toml", '[corpus]\ninclude = ["*.md"]\n')
    found = opened(repository / "site", cache)
    assert "003.md" in found["contents"]
    assert found["count"] == 12


def test_without_git_the_files_are_read(repository: Path, cache: Path) -> None:
    in_git = opened(repository, cache)
    shutil.rmtree(repository / ".git")
    without = opened(repository, cache)
    assert without["contents"] == in_git["contents"]
    write(repository, "site/003.md", text("new"))
    (repository / "site/004.md").unlink()
    assert opened(repository, cache) == fresh(repository)


def test_without_the_git_program(repository: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_git = opened(repository, cache)
    monkeypatch.setenv("PATH", "/nowhere")
    assert opened(repository, cache)["contents"] == in_git["contents"]


def test_line_ends_that_git_converts(repository: Path, cache: Path) -> None:
    git(repository, "commit", "-q", "-m", "one")
    git(repository, "config", "core.autocrlf", "true")
    for path in (repository / "site").iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    git(repository, "status")
    assert opened(repository, cache) == fresh(repository)


def test_content_ids_are_those_of_git(repository: Path) -> None:
    assert content_id(text(1).encode()).hex() == git(repository, "hash-object", "site/001.md").strip()


def test_a_folder_of_a_worktree_in_a_hook(
    repository: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git sets GIT_DIR there, and then takes every folder for the top of the tree."""
    git(repository, "commit", "-q", "-m", "one")
    git(repository, "worktree", "add", "-q", str(tmp_path / "tree"))
    folder = tmp_path / "tree" / "site"
    write(folder, "acu-lint.toml", '[corpus]\ninclude = ["*.md"]\n')
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GIT_DIR", git(folder, "rev-parse", "--absolute-git-dir").strip())
    assert "003.md" in opened(folder, cache)["contents"]
