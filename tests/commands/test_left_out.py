"""Files that are no articles, on the command line: left out, told in one line, named with --verbose, read again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import AcuLint, Write, git

BAD = "# A title of a proper length\n\nAcupuncture cures sciatica.\n"
STUB = '<meta http-equiv="refresh" content="0; url=/b/"><title>Moved</title>\n'


def paths(acu_lint: AcuLint, *arguments: str) -> set[str]:
    """The files that have findings."""
    return {finding["path"] for finding in acu_lint("check", "--format", "json", *arguments).json["findings"]}


@pytest.fixture
def site(write: Write) -> Write:
    write("content/a.md", BAD)
    write("README.md", BAD)
    write("LICENSE.md", BAD)
    write("robots.txt", "User-agent: *\nDisallow: /b/\n")
    write("_layouts/post.html", "<p>Acupuncture cures sciatica.</p>\n")
    write("_includes/note.md", BAD)
    write("old.html", STUB)
    write("hugo.toml", "")
    write("public/index.html", "<p>Acupuncture cures sciatica.</p>\n")
    write("public/a/index.html", "<p>Acupuncture cures sciatica.</p>\n")
    return write


def test_what_is_no_article_is_left_out_in_one_line(acu_lint: AcuLint, site: Write) -> None:
    ran = acu_lint("check", "--select", "claims")
    assert "content/a.md" in ran.output
    assert "in 1 file." in ran.output
    assert ran.errors == (
        "acu-lint: left out: 2 templates, 1 licence, 1 project document, 1 redirect, 1 build folder, "
        "1 technical file (--verbose names them)\n"
    )
    assert ran.status == 1


def test_verbose_names_each_with_the_reason(acu_lint: AcuLint, site: Write) -> None:
    lines = acu_lint("check", "--verbose").errors.splitlines()
    assert "acu-lint: ./LICENSE.md: skipped: a licence" in lines
    assert "acu-lint: ./_includes/note.md: skipped: a template: pages are made with what is in _includes/" in lines
    assert "acu-lint: ./old.html: skipped: a redirect: the page sends its readers on" in lines
    assert any(line.startswith("acu-lint: ./public/: skipped: a build folder: a generator writes it") for line in lines)
    assert len(lines) == 7


def test_quiet_says_nothing_about_them(acu_lint: AcuLint, site: Write) -> None:
    assert acu_lint("check", "--quiet").errors == ""


def test_programs_read_them_among_the_skipped(acu_lint: AcuLint, site: Write) -> None:
    ran = acu_lint("check", "--format", "json").json
    assert {"path": "./LICENSE.md", "reason": "a licence"} in ran["skipped"]
    assert ran["summary"]["files"] == 1


def test_all_commands_leave_out_the_same(acu_lint: AcuLint, site: Write, tmp_path: Path) -> None:
    assert [row["path"] for row in acu_lint("stats", "--format", "json").json["documents"]] == ["./content/a.md"]
    assert [row["path"] for row in acu_lint("score", "--format", "json").json["documents"]] == ["./content/a.md"]
    assert acu_lint("references", "--format", "json").json["version"] == 1
    assert "left out: 2 templates" in acu_lint("references").errors
    git(tmp_path, "init", "--quiet")
    for arguments in ((), (".",)):
        assert acu_lint("duplicates", "--no-cache", "--format", "json", *arguments).json["documents"] == 1


def test_an_article_is_not_compared_with_what_is_none(acu_lint: AcuLint, site: Write, tmp_path: Path) -> None:
    text = "---\ntitle: Warm stones for a stiff back\n---\n\nWarm stones are laid on the back of the guest.\n"
    site("content/stones.md", text)
    site("_includes/stones.md", text)
    site("old.md", text.replace("---\n\n", "redirect_to: /content/stones/\n---\n\n"))
    git(tmp_path, "init", "--quiet")
    ran = acu_lint("check", "--format", "json", "--select", "duplicates", "content/stones.md")
    assert ran.json["findings"] == []
    site("content/copy.md", text)
    ran = acu_lint("check", "--format", "json", "--select", "duplicates", "content/stones.md")
    assert "duplicates/title" in ran.rules


NAMED = {
    "README.md": True,  # somebody asked for it
    "public/index.html": True,
    "LICENSE.md": False,
    "_includes/note.md": False,
    "old.html": False,
}


@pytest.mark.parametrize(("name", "is_read"), NAMED.items(), ids=NAMED.keys())
def test_a_file_that_is_named(acu_lint: AcuLint, site: Write, name: str, is_read: bool) -> None:
    ran = acu_lint("check", "--format", "json", name)
    assert ran.json["summary"]["files"] == int(is_read)
    assert ran.errors.startswith("" if is_read else f"acu-lint: {name}: skipped: ")


def test_a_folder_that_is_named_is_wanted(acu_lint: AcuLint, site: Write) -> None:
    assert paths(acu_lint, "--select", "claims", "public") == {"public/index.html", "public/a/index.html"}
    assert paths(acu_lint, "_includes") == set()


def test_a_hook_names_every_file_of_a_commit(acu_lint: AcuLint, site: Write) -> None:
    ran = acu_lint("check", "README.md", "LICENSE.md", "public/index.html", env={"PRE_COMMIT": "1"})
    assert ran.status == 0
    assert "README.md: skipped: a project document" in ran.errors


def test_include_reads_them_again(acu_lint: AcuLint, site: Write) -> None:
    site("acu-lint.toml", 'include = ["README.md", "_includes/*.md", "public/a/**"]\nselect = ["claims"]\n')
    wanted = {"./README.md", "./_includes/note.md", "./content/a.md", "./public/a/index.html"}
    assert paths(acu_lint, ".") == wanted
    assert paths(acu_lint, "_includes/note.md") == {"_includes/note.md"}


def test_include_reads_a_text_that_looks_like_no_article(acu_lint: AcuLint, site: Write) -> None:
    site("list.txt", "/a /b\n/c /d\n")
    assert acu_lint("check", "--format", "json", "list.txt").json["summary"]["files"] == 0
    site("acu-lint.toml", 'include = ["list.txt"]\n')
    assert acu_lint("check", "--format", "json", "list.txt").json["summary"]["files"] == 1


def test_exclude_counts_more_than_include(acu_lint: AcuLint, site: Write) -> None:
    site("acu-lint.toml", 'include = ["README.md"]\nexclude = ["README.md"]\nselect = ["claims"]\n')
    assert paths(acu_lint, ".") == {"./content/a.md"}


def test_a_folder_of_drafts(acu_lint: AcuLint, write: Write) -> None:
    write("_drafts/a.md", BAD)
    write("_posts/b.md", BAD)
    assert paths(acu_lint, ".") == {"./_drafts/a.md", "./_posts/b.md"}
    write("acu-lint.toml", "skip-drafts = true\n")
    assert paths(acu_lint, ".") == {"./_posts/b.md"}
    assert "left out: 1 draft (--verbose names it)" in acu_lint("check", ".").errors


# --- standard input


@pytest.mark.parametrize("name", ["drafts/a.md", "README.md", "LICENSE.md", "_layouts/a.md", "_drafts/a.md"])
def test_an_editor_shows_nothing_for_what_a_run_leaves_out(acu_lint: AcuLint, write: Write, name: str) -> None:
    write("acu-lint.toml", 'exclude = ["drafts/"]\nskip-drafts = true\n')
    ran = acu_lint("check", "--format", "json", "--stdin-filename", name, "-", stdin=BAD.encode())
    assert ran.status == 0
    assert ran.json["findings"] == []
    assert [skipped["path"] for skipped in ran.json["skipped"]] == [name]


def test_fix_gives_back_what_is_left_out_as_it_was(acu_lint: AcuLint, write: Write) -> None:
    write("acu-lint.toml", 'exclude = ["drafts/"]\n')
    ran = acu_lint("check", "--fix", "--stdin-filename", "drafts/a.md", "-", stdin=BAD.encode())
    assert ran.output == BAD


# --- what could not be read


def test_a_run_that_could_read_nothing_fails(acu_lint: AcuLint, write: Write) -> None:
    write("content/a.md", b"# Caf\xe9\n")
    write("LICENSE.md", BAD)
    for command in ("check", "stats", "score", "references"):
        ran = acu_lint(command, ".")
        assert ran.status == 2, command
        assert "content/a.md: skipped: not UTF-8" in ran.errors
    write("content/b.md", "# Warm stones for a stiff back\n\nThey are warm.\n")
    assert acu_lint("check", ".").status == 0


def test_a_run_with_nothing_to_read_does_not(acu_lint: AcuLint, write: Write) -> None:
    write("LICENSE.md", BAD)
    assert acu_lint("check", ".").status == 0


# --- patterns


def test_a_pattern_that_matches_nothing_is_told(acu_lint: AcuLint, write: Write, tmp_path: Path) -> None:
    write("content/a.md", BAD)
    write("old/a.md", BAD)
    write("node_modules/x/readme.md", BAD)
    write(".gitignore", "build/\n")
    git(tmp_path, "init", "--quiet")
    write("empty/data.csv", "a\n")
    write(
        "acu-lint.toml",
        'exclude = ["old/", "odl/", "node_modules/", "build/", "empty/", ".github/", "!content/*.md"]\n'
        'include = ["contnet/*.md"]\n'
        '[[overrides]]\nfiles = ["content/**"]\nignore = ["seo"]\n'
        '[[overrides]]\nfiles = ["legal/**"]\nignore = ["seo"]\n',
    )
    told = [
        "acu-lint: acu-lint.toml: 'contnet/*.md' in 'include' matches no file",
        "acu-lint: acu-lint.toml: 'odl/' in 'exclude' matches no file",
        "acu-lint: acu-lint.toml: 'legal/**' in 'files' matches no file",
    ]
    assert acu_lint("check").errors.splitlines() == told
    assert acu_lint("check", str(Path.cwd())).errors.splitlines() == told
    assert acu_lint("check", "content").errors == ""
    assert acu_lint("check", "content/a.md").errors == ""
    assert acu_lint("check", "--quiet").errors == ""


@pytest.mark.parametrize(
    ("pattern", "hint"),
    [
        ("^content/old/.*$", True),
        (".*/old/.*", True),
        ("content/.+", True),
        ("content/old-[0-9].md", False),
        ("content/*.part.md", False),
    ],
)
def test_a_regular_expression_is_told(acu_lint: AcuLint, write: Write, pattern: str, *, hint: bool) -> None:
    write("content/old/a.md", BAD)
    write("acu-lint.toml", f"exclude = ['{pattern}']\n")
    told = acu_lint("check").errors
    assert f"'{pattern}' in 'exclude' matches no file" in told
    assert ("it looks like a regular expression" in told) is hint


def test_a_list_of_what_is_kept(acu_lint: AcuLint, write: Write) -> None:
    write("acu-lint.toml", 'exclude = ["*", "!*/", "!*.md"]\n')
    write("content/a.md", BAD)
    write("content/b.txt", BAD)
    assert acu_lint("check", "--format", "json").json["summary"]["files"] == 1


def test_an_accent_is_the_same_however_it_is_written(acu_lint: AcuLint, write: Write) -> None:
    write("acu-lint.toml", 'exclude = ["content/caf\u00e9/", "ole\u0301.md"]\n')
    write("content/cafe\u0301/a.md", BAD)
    write("ol\u00e9.md", BAD)
    ran = acu_lint("check")
    assert (ran.status, ran.errors) == (0, "")


def test_a_pattern_that_no_shell_expands_is_told(acu_lint: AcuLint, write: Write) -> None:
    write("content/a.md", BAD)
    told = "acu-lint: there is no file or folder {}; patterns are for the shell to expand: name {}\n"
    assert acu_lint("check", "content/*.md").errors == told.format("content/*.md", "the folder: content")
    assert acu_lint("check", "contnt/?.md").errors == told.format("contnt/?.md", "files or a folder")


@pytest.mark.skipif(os.sep == "\\", reason="a path of Windows is one there")
def test_a_path_of_windows_is_told(acu_lint: AcuLint, write: Write) -> None:
    write("content/a.md", BAD)
    ran = acu_lint("check", "content\\a.md")
    assert ran.status == 2
    assert ran.errors == (
        "acu-lint: there is no file or folder content\\a.md; write '/' between folders: content/a.md\n"
    )
    ran = acu_lint("check", "--stdin-filename", "content\\a.md", "-", stdin=BAD.encode())
    assert ran.status == 2
    assert "write '/' between folders: content/a.md" in ran.errors
    assert "a drive of Windows" in acu_lint("check", "C:\\content\\a.md").errors
    ran = acu_lint("check", "--config", "lint\\house.toml", "content")
    assert ran.status == 2
    assert "write '/' between folders: lint/house.toml" in ran.errors
