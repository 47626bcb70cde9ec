"""What a repository's own configuration can make git run does not run; where git refuses, the user is told."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from acu_lint.corpus.history import first_commits
from acu_lint.system.errors import GitError
from acu_lint.system.git import ask as asked
from tests.articles import TEA
from tests.conftest import AcuLint, Write, git

ARTICLE = "# Tea and a calm evening\n\nWarm tea may help some people to rest in the evening.\n"


@pytest.fixture(autouse=True)
def _user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A user without settings, and a folder where a command that ran would leave its trace."""
    monkeypatch.setenv("HOME", str(tmp_path.with_name(f"{tmp_path.name}-home")))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    trace = tmp_path.with_name(f"{tmp_path.name}-ran")
    program = tmp_path.with_name(f"{tmp_path.name}-program")
    program.write_text(f'#!/bin/sh\necho "$0 $*" >> "{trace}"\nexit 1\n')
    program.chmod(0o755)
    yield
    ran = trace.read_text() if trace.exists() else ""
    assert not ran, f"the repository ran a command: {ran}"


@pytest.fixture
def program(tmp_path: Path) -> str:
    """A command that must not run."""
    return str(tmp_path.with_name(f"{tmp_path.name}-program"))


def repository(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet")
    for name in "ab":
        (folder / f"{name}.md").write_text(TEA)
    git(folder, "add", "-A")
    git(folder, "commit", "--quiet", "-m", "x")


def lint_all(acu_lint: AcuLint) -> None:
    """Every command that asks git."""
    acu_lint("check", ".")
    acu_lint("check", ".", "--no-cache", env={"PRE_COMMIT": "1"})
    acu_lint("duplicates", "--no-cache")
    acu_lint("index", "status")


def touched(folder: Path) -> None:
    """Make git compare the contents of files, which is when filters run."""
    for name in "ab":
        os.utime(folder / f"{name}.md", (1, 1))


@pytest.mark.parametrize(
    "settings",
    [
        "[core]\n\tfsmonitor = PROGRAM\n",
        '[filter "x"]\n\tclean = PROGRAM\n\tsmudge = PROGRAM\n\trequired = true\n',
        '[filter "x"]\n\tprocess = PROGRAM\n\trequired = true\n',
        '[FILTER "x"]\n\tClean = PROGRAM\n',
        "[include]\n\tpath = more\n",
        "[log]\n\tshowSignature = true\n[gpg]\n\tprogram = PROGRAM\n",
        '[log]\n\tshowSignature = true\n[gpg "ssh"]\n\tprogram = PROGRAM\n',
        '[diff]\n\texternal = PROGRAM\n[diff "x"]\n\ttextconv = PROGRAM\n\tcommand = PROGRAM\n',
        "[core]\n\tpager = PROGRAM\n[pager]\n\tlog = PROGRAM\n\tls-files = PROGRAM\n",
        "[core]\n\tsshCommand = PROGRAM\n\taskPass = PROGRAM\n\talternateRefsCommand = PROGRAM\n",
        "[alias]\n\tls-files = !PROGRAM\n\tlog = !PROGRAM\n",
        "[core]\n\thooksPath = hooks\n",
    ],
)
def test_a_repository_that_comes_with_its_git_folder_runs_nothing(
    acu_lint: AcuLint, tmp_path: Path, program: str, settings: str
) -> None:
    repository(tmp_path)
    commit = git(tmp_path, "cat-file", "commit", "HEAD")
    signed = commit.replace(
        "\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----\n\n", 1
    )
    git(
        tmp_path,
        "update-ref",
        "HEAD",
        git(tmp_path, "hash-object", "-t", "commit", "-w", "--stdin", stdin=signed).strip(),
    )
    (tmp_path / ".gitattributes").write_text("*.md filter=x diff=x\n")
    (tmp_path / ".git" / "more").write_text(f'[core]\n\tfsmonitor = {program}\n[filter "x"]\n\tclean = {program}\n')
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "reference-transaction", "pre-auto-gc"):
        (hooks / name).symlink_to(program)
        (tmp_path / ".git" / "hooks" / name).unlink(missing_ok=True)
        (tmp_path / ".git" / "hooks" / name).symlink_to(program)
    with (tmp_path / ".git" / "config").open("a") as file:
        file.write(settings.replace("PROGRAM", program))
    touched(tmp_path)
    lint_all(acu_lint)


def test_a_bare_repository_among_the_articles_runs_nothing(acu_lint: AcuLint, tmp_path: Path, program: str) -> None:
    repository(tmp_path)
    inner = tmp_path / "content"
    for name in ("objects", "refs"):
        (inner / name).mkdir(parents=True)
        (inner / name / ".keep").write_text("x")
    (inner / "HEAD").write_text("ref: refs/heads/main\n")
    (inner / "config").write_text(
        f"[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n\tfsmonitor = {program}\n"
    )
    (inner / "acu-lint.toml").write_text('[corpus]\ninclude = ["**"]\n')
    for name in "ab":
        (inner / f"{name}.md").write_text(TEA)
    git(tmp_path, "add", "-A")
    lint_all(acu_lint)
    with pytest.raises(GitError, match="git repository"):
        asked(inner, "ls-files")
    assert first_commits(["content/a.md"]) == {}


def test_contents_that_a_promisor_should_bring_are_not_fetched(acu_lint: AcuLint, tmp_path: Path, program: str) -> None:
    """A partial clone fetches missing contents by itself, through a program that its settings name."""
    repository(tmp_path)
    blob = git(tmp_path, "rev-parse", "HEAD:a.md").strip()
    (tmp_path / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with (tmp_path / ".git" / "config").open("a") as file:
        file.write(
            "[extensions]\n\tpartialClone = origin\n"
            f'[remote "origin"]\n\turl = ext::{program}\n\tpromisor = true\n[protocol "ext"]\n\tallow = always\n'
        )
    git(tmp_path, "config", "core.repositoryformatversion", "1")
    touched(tmp_path)
    lint_all(acu_lint)
    with pytest.raises(GitError):
        asked(tmp_path, "cat-file", "-p", blob)


def test_a_filter_whose_name_cannot_be_turned_off_is_refused(acu_lint: AcuLint, tmp_path: Path, program: str) -> None:
    repository(tmp_path)
    (tmp_path / ".gitattributes").write_text("*.md filter=x=y\n")
    with (tmp_path / ".git" / "config").open("a") as file:
        file.write(f'[filter "x=y"]\n\tclean = {program}\n')
    touched(tmp_path)
    ran = acu_lint("duplicates", "--no-cache")
    assert ran.status == 2
    assert "filter.x=y" in ran.errors


def test_variables_that_lead_git_elsewhere_do_not_count(
    acu_lint: AcuLint, tmp_path: Path, program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository(tmp_path / "other")
    (tmp_path / "here").mkdir()
    repository(tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    env = {
        "GIT_DIR": str(tmp_path / "other" / ".git"),
        "GIT_WORK_TREE": str(tmp_path / "other"),
        "GIT_INDEX_FILE": str(tmp_path / "other" / ".git" / "index"),
        "GIT_EXTERNAL_DIFF": program,
        "GIT_PAGER": program,
        "GIT_SSH_COMMAND": program,
    }
    (tmp_path / "here" / "c.md").write_text(TEA)
    found = acu_lint("duplicates", "--no-cache", "--format", "json", env=env).json
    assert {pair["b"] for pair in found["pairs"]} == {"b.md", "c.md"}


def refuses(folder: Path) -> None:
    """Give a repository to another user, as containers do."""
    for path in (folder, folder / ".git"):
        os.chown(path, 65534, 65534)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a folder away")
def test_where_git_refuses_the_run_does_not_pass(acu_lint: AcuLint, tmp_path: Path) -> None:
    repository(tmp_path)
    refuses(tmp_path)
    for command in (("duplicates", "--fail-on", "error"), ("index", "build"), ("index", "status"), ("index", "clear")):
        ran = acu_lint(*command)
        assert ran.status == 2
        assert f"git config --global --add safe.directory {tmp_path}" in ran.errors
        assert "0 articles" not in ran.output
        assert ran.errors.count("\n") == 1
    checked = acu_lint("check", ".", "--format", "json")
    assert checked.status == 2
    assert "safe.directory" in checked.errors
    assert checked.json["summary"]["files"] == 2  # they are linted all the same
    assert acu_lint("check", ".", "--ignore", "duplicates").status == 0  # git is not needed


def test_a_broken_repository_is_told(acu_lint: AcuLint, tmp_path: Path) -> None:
    repository(tmp_path)
    for broken in ("index", "config", "HEAD"):
        kept = (tmp_path / ".git" / broken).read_bytes()
        (tmp_path / ".git" / broken).write_bytes(b"[broken\n")
        ran = acu_lint("duplicates", "--no-cache")
        assert ran.status == 2, broken
        assert ran.errors.startswith("acu-lint: ")
        assert ran.errors.count("\n") == 1
        (tmp_path / ".git" / broken).write_bytes(kept)
    assert acu_lint("duplicates", "--no-cache").status == 0


def test_a_git_that_is_missing_is_told(acu_lint: AcuLint, tmp_path: Path, write: Write) -> None:
    repository(tmp_path)
    ran = acu_lint("duplicates", "--no-cache", env={"PATH": str(tmp_path / "none")})
    assert ran.status == 2
    assert "git is not installed" in ran.errors
    write("acu-lint.toml", '[corpus]\ninclude = ["*.md"]\n')  # says which articles there are
    assert "1 pair" in acu_lint("duplicates", "--no-cache", env={"PATH": str(tmp_path / "none")}).output


def test_a_git_that_never_answers_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(tmp_path)
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(GitError, match=r"no answer .* within 0\.2 s"):
        asked(tmp_path, "ls-files", seconds=0.2)


def test_a_content_that_grows_when_it_is_unpacked_is_left_alone(acu_lint: AcuLint, tmp_path: Path) -> None:
    repository(tmp_path)
    (tmp_path / "z.md").write_text("x")
    (tmp_path / "large").write_bytes(b"\0" * 60_000_000)
    blob = git(tmp_path, "hash-object", "-w", "large").strip()
    (tmp_path / "large").unlink()
    git(tmp_path, "update-index", "--add", "--cacheinfo", f"100644,{blob},z.md")
    git(tmp_path, "update-index", "--assume-unchanged", "z.md")
    assert "1 pair among 3 articles" in acu_lint("duplicates", "--no-cache").output  # z.md as it is on disk


def test_odd_times_and_encodings_in_a_history(acu_lint: AcuLint, tmp_path: Path) -> None:
    repository(tmp_path)
    tree = git(tmp_path, "write-tree").strip()
    for time in ("x", "", "99999999999999999999", "253402300800"):
        commit = f"tree {tree}\nauthor a <a@b> {time} +0000\ncommitter a <a@b> 100 +0000\n\nm\n"
        made = git(tmp_path, "hash-object", "-t", "commit", "-w", "--stdin", "--literally", stdin=commit).strip()
        git(tmp_path, "update-ref", "HEAD", made)
        ran = acu_lint("duplicates", "--no-cache")
        assert ran.status == 0, ran.errors
    git(tmp_path, "config", "i18n.logOutputEncoding", "UTF-16BE")
    assert acu_lint("duplicates", "--no-cache").status == 0


def test_no_git_outlives_a_run(acu_lint: AcuLint, tmp_path: Path) -> None:
    repository(tmp_path)
    (tmp_path / ".git" / "index").unlink()
    os.mkfifo(tmp_path / ".git" / "index")
    acu_lint("check", "none.md")
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert f"git -C {tmp_path}" not in listed
