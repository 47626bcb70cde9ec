"""What git ignores is left out, and nothing else."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acu_lint.project.discovery import discover
from acu_lint.project.gitignore import IgnoreList, is_ignored
from tests.conftest import AcuLint, Write

BAD = "Ginger cures nausea.\n"


class _All:
    """A configuration that says nothing about files."""

    def excludes(self, path: Path, *, is_folder: bool = False) -> bool:
        return False

    def includes(self, path: Path) -> bool:
        return False


def _git(folder: Path, *arguments: str) -> str:
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return subprocess.run(["git", *arguments], cwd=folder, env=env, check=True, capture_output=True, text=True).stdout


def _seen_by_git(folder: Path) -> set[str]:
    return {name for name in _git(folder, "ls-files", "-z", "-o", "-c", "--exclude-standard").split("\0") if name}


def _seen(folder: Path) -> set[str]:
    return {os.path.relpath(file, folder).replace(os.sep, "/") for file in discover([os.fspath(folder)], _All()).files}


def _site(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
    return folder


PARTS = [
    "a",
    "b",
    "sub",
    "a.md",
    "b.md",
    "Sub",
    "*",
    "**",
    "*.md",
    "?",
    "[ab]",
    "[!a]*",
    "[[:lower:]]*",
    "s*",
    "*b*",
    "\\a",
]
PATTERN = st.builds(
    lambda no, first, parts, last: no + first + "/".join(parts) + last,
    st.sampled_from(["", "", "!", "!"]),
    st.sampled_from(["", "", "/"]),
    st.lists(st.sampled_from(PARTS), min_size=1, max_size=3),
    st.sampled_from(["", "", "/", " ", "/**"]),
)
FOLDER = st.lists(st.sampled_from(["a", "b", "sub", "Sub"]), max_size=3).map(
    lambda parts: "".join(f"{p}/" for p in parts)
)
FILE = st.builds(lambda folder, name: f"{folder}{name}.md", FOLDER, st.sampled_from(["a", "b", "c", "sub"]))
LIST = st.lists(PATTERN, min_size=1, max_size=5).map("\n".join)


@settings(max_examples=80, deadline=None)
@given(st.lists(FILE, min_size=1, max_size=8, unique=True), LIST, st.none() | LIST, st.sampled_from(["", "a/", "sub/"]))
def test_it_is_what_git_lists(names: list[str], patterns: str, others: str | None, where: str) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = _site(Path(made).resolve(), {**dict.fromkeys(names, BAD), ".gitignore": patterns})
        if others is not None:
            _site(folder, {f"{where}.gitignore": others})
        _git(folder, "init", "--quiet")
        expected = {name for name in _seen_by_git(folder) if name.endswith(".md")}
        assert _seen(folder) == expected
        assert {name for name in names if not is_ignored(folder / name, is_folder=False)} == expected


@pytest.mark.parametrize(
    "patterns",
    ["*\n!*/\n!*.md\n", "*\n!/**/\n!*.md\n", "**\n!**/\n!**/*.md\n", "/*\n!/notes/\n!.gitignore\n", "notes/**/\n"],
)
def test_a_list_of_what_is_kept(acu_lint: AcuLint, write: Write, patterns: str) -> None:
    write(".gitignore", patterns)
    write("notes/a.md", BAD)
    assert acu_lint("check", "--format", "json").json["summary"]["files"] == 1


@pytest.mark.parametrize(
    ("pattern", "fits", "fits_not"),
    [
        ("[[:upper:]]*.md", "A.md", "a.md"),
        ("[]x].md", "].md", "y.md"),
        ("[!a-c].md", "d.md", "b.md"),
        ("[a\\-c].md", "-.md", "b.md"),
        ("[x-].md", "-.md", "w.md"),
        ("a\\ ", "a ", "a"),
        ("\\#a.md", "#a.md", "a.md"),
        ("\\!a.md", "!a.md", "a.md"),
        ("a*b*c.md", "axbxbc.md", "axc.md"),
        ("x/**/y", "x/y", "xy"),
        ("x/**", "x/y", "x"),
        ("[[:nonsense:]]", "", "n"),
        ("[a", "", "[a"),
        ("é?.md", "éx.md", "é.md"),
    ],
)
def test_a_pattern(tmp_path: Path, pattern: str, fits: str, fits_not: str) -> None:
    made = IgnoreList(tmp_path, pattern.encode())
    assert made.verdict(tmp_path / fits_not, is_folder=False) is None
    if fits:
        assert made.verdict(tmp_path / fits, is_folder=False)
    _git(tmp_path, "init", "--quiet")
    _site(tmp_path, {".gitignore": pattern, **({fits: BAD} if fits else {})})
    assert fits not in _seen_by_git(tmp_path)


def test_stars_take_no_time(tmp_path: Path) -> None:
    made = IgnoreList(tmp_path, b"\n".join([b"*a" * 40 + b"*b", b"/".join([b"**/*a*"] * 30)] * 20))
    assert made.verdict(tmp_path / ("a" * 250), is_folder=False) is None


def test_what_git_tracks_stays(acu_lint: AcuLint, write: Write, tmp_path: Path) -> None:
    write(".gitignore", "drafts/\n*.part.md\n")
    for name in ("drafts/kept.md", "drafts/gone.md", "a.part.md", "b.part.md"):
        write(name, BAD)
    _git(tmp_path, "init", "--quiet")
    _git(tmp_path, "add", "--force", "drafts/kept.md", "a.part.md")
    found = acu_lint("check", "--format", "json", "--select", "claims").json["findings"]
    assert {finding["path"] for finding in found} == {"./drafts/kept.md", "./a.part.md"}


def test_the_list_that_is_not_shared_counts_least(acu_lint: AcuLint, write: Write, tmp_path: Path) -> None:
    _git(tmp_path, "init", "--quiet")
    write(".git/info/exclude", "*.md\n")
    write(".gitignore", "!a.md\n")
    write("a.md", BAD)
    write("b.md", BAD)
    assert acu_lint("check", "--format", "json").json["summary"]["files"] == 1


def test_a_folder_that_is_ignored_is_told_where_it_is_named(acu_lint: AcuLint, write: Write, tmp_path: Path) -> None:
    _git(tmp_path, "init", "--quiet")
    write(".gitignore", "old/\n")
    write("old/a.md", BAD)
    ran = acu_lint("check", "old")
    assert (ran.status, ran.errors) == (0, "acu-lint: old: skipped: git ignores it\n")


@pytest.mark.parametrize(
    "name", ["old/a.md", "node_modules/x/a.md", ".notes/a.md", "a/venv/share/a.md", "vendor/bundle/x/a.md"]
)
def test_an_editor_shows_nothing_where_a_run_reads_nothing(
    acu_lint: AcuLint, write: Write, tmp_path: Path, name: str
) -> None:
    _git(tmp_path, "init", "--quiet")
    write(".gitignore", "old/\n")
    write("a/venv/pyvenv.cfg", "home = /usr\n")
    write(name, BAD)
    write("b.md", "Ginger tea is warm.\n")
    assert acu_lint("check", "--format", "json", ".").json["summary"]["files"] == 1
    ran = acu_lint("check", "--stdin-filename", name, "-", stdin=BAD.encode())
    assert (ran.status, "0 files" in ran.output) == (0, True)
    assert f"{name}: skipped: " in ran.errors


def test_packages_of_other_people_are_not_read(acu_lint: AcuLint, write: Write) -> None:
    write("env/pyvenv.cfg", "home = /usr\n")
    write("site/vendor/autoload.php", "<?php\n")
    for folder in ("env/share", "site/vendor/x", "vendor/bundle/x", "bower_components/x", "lib/site-packages/x"):
        write(f"{folder}/a.md", BAD)
    write("vendor/price-list.md", BAD)
    write("site-packages.md", BAD)
    assert acu_lint("check", "--format", "json").json["summary"]["files"] == 2
