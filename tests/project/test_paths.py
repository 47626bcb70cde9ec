"""Patterns and paths as people write them, on Windows as well."""

from __future__ import annotations

import os
from pathlib import Path, PureWindowsPath

import pytest

from acu_lint.project.paths import own_globs, relative, slashes, trouble_with
from tests.conftest import AcuLint, Write

MATCHES = {
    "a folder": ("content/", "content/a.md"),
    "below a folder": ("content/**", "content/deep/a.md"),
    "from here": ("./content/**", "content/a.md"),
    "from here, twice": ("././a.md", "a.md"),
    "from here, taken back": ("./a.md", "a.md"),
    "from the root": ("/content/", "content/a.md"),
    "anywhere": ("*.mdx", "content/a.mdx"),
    "a name with brackets": ("posts/\\[slug\\].md", "posts/[slug].md"),
}


@pytest.mark.parametrize(("pattern", "path"), MATCHES.values(), ids=MATCHES.keys())
def test_what_a_pattern_matches(pattern: str, path: str) -> None:
    assert not trouble_with(pattern)
    assert own_globs([pattern]).match_file(path)
    assert not own_globs([pattern]).match_file("elsewhere/b.txt")


def test_from_here_is_only_here() -> None:
    assert not own_globs(["./a.md"]).match_file("content/a.md")
    assert not own_globs(["content/", "!./content/a.md"]).match_file("content/a.md")


WRONG = {
    "content\\a.md": "write '/' between folders, on Windows as well: 'content/a.md'",
    "content\\*.md": "'content/*.md'",
    "content\\legal/**": "'content/legal/**'",
    ".\\content\\": "'./content/'",
    "content\\\\a.md": "'content/a.md'",
    "build\\": "'build/'",
    "C:\\site\\content\\a.md": "is a path on one computer",
    "c:/site/content/a.md": "is a path on one computer",
    "content\blog": "control character",
    "!": "is no pattern",
    "[z-a].md": "is no pattern",
    "": "is no pattern",
    "# content": "is no pattern",
    "/": "is no pattern",
}


@pytest.mark.parametrize(("pattern", "told"), WRONG.items(), ids=map(repr, WRONG))
def test_a_pattern_that_means_nothing(pattern: str, told: str) -> None:
    message = trouble_with(pattern)
    assert repr(pattern) in message or f"'{pattern}'" in message
    assert told in message


@pytest.mark.parametrize("table", ["exclude", "include", "[corpus]\ninclude", "[[overrides]]\nfiles"])
def test_it_is_told_with_its_file_and_line(acu_lint: AcuLint, write: Write, table: str) -> None:
    write("a.md", "# Warm stones\n")
    write("acu-lint.toml", f"{table} = ['drafts\\a.md']\n")
    ran = acu_lint("check", ".")
    assert ran.status == 2
    line = table.count("\n") + 1
    assert f"acu-lint.toml:{line}: 'drafts\\a.md': write '/' between folders" in ran.errors


PATHS = {
    "rule-paths = ['lint\\rules']": "'lint\\rules': write '/' between folders: lint/rules",
    "extend = 'C:\\house\\base.toml'": "it begins with a drive of Windows",
    'exclude = ["content\\about"]': "between folders write '/'",
    'exclude = ["content\\users"]': "between folders write '/'",
    'exclude = ["content\\blog"]': "between folders write '/'",
}


@pytest.mark.skipif(os.sep == "\\", reason="they are right there")
@pytest.mark.parametrize(("line", "told"), PATHS.items(), ids=PATHS.keys())
def test_a_path_of_windows_in_the_settings(acu_lint: AcuLint, write: Write, line: str, told: str) -> None:
    write("a.md", "# Warm stones\n")
    write("acu-lint.toml", f"{line}\n")
    ran = acu_lint("check", ".")
    assert ran.status == 2
    assert told in ran.errors


def test_names_on_windows() -> None:
    root = PureWindowsPath("C:\\Site")
    assert relative(PureWindowsPath("C:\\Site\\content\\a.md"), root) == "content/a.md"
    assert relative(PureWindowsPath("c:/site/content/a.md"), root) == "content/a.md"
    assert relative(PureWindowsPath("D:\\other\\a.md"), root) == "D:/other/a.md"


def test_names_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert relative(Path("./content/../content/a.md"), tmp_path).endswith("content/a.md")
    assert relative(Path("content/a.md"), tmp_path) == "content/a.md"


def test_slashes() -> None:
    assert slashes("content\\deep\\a.md") == "content/deep/a.md"
    assert slashes("content/a.md") == "content/a.md"
