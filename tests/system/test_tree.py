"""Nothing outside of the tree is read or written; what is no file is not opened."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acu_lint.system.tree import Tree, UnreadableError, read_bytes
from tests.conftest import ROOT, AcuLint, Write, git

GOOD = "# Tea and a calm evening\n\nWarm tea may help some people to rest in the evening.\n"
SECRET = "# The secret of another folder\n\nNobody but us may know the SECRET.\n"
SHOWS_ALL = "id: house/all\ntitle: t\nmessage: '{match}'\nsources: [s]\npattern: '.+'\n"
FAULTY = f"{GOOD.rstrip()} [cite: 1]\n"


@pytest.fixture
def site(tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a rule that prints every text, beside a folder that is none of its business."""
    write("outside/secret.md", SECRET)
    write("outside/secret.toml", "SECRET = [\n")
    write("site/lint/all.yml", SHOWS_ALL)
    write("site/acu-lint.toml", 'rule-paths = ["lint"]\nselect = ["house"]\n')
    write("site/good.md", GOOD)
    git(tmp_path / "site", "init", "--quiet")
    monkeypatch.chdir(tmp_path / "site")
    return tmp_path / "site"


COMMANDS = (
    ("check", ".", "--format", "json"),
    ("check", ".", "--jobs", "2"),
    ("check", "."),
    ("check", "--isolated", "."),
    ("score", "."),
    ("stats", "."),
    ("references", "."),
    ("duplicates", "."),
    ("duplicates", "--boilerplate"),
    ("explain", "--trace", "link.md:1"),
    ("check", "link.md"),
    ("check", "link/secret.md"),
    ("check", "--diff", "link.md"),
    ("index", "status"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_link_that_leads_out_is_left_out(acu_lint: AcuLint, site: Path, command: tuple[str, ...]) -> None:
    (site / "link.md").symlink_to("../outside/secret.md")
    (site / "link").symlink_to("../outside")
    (site / "config.txt").symlink_to(".git/config")
    ran = acu_lint(*command)
    assert "SECRET" not in ran.output + ran.errors
    assert "repositoryformatversion" not in ran.output + ran.errors


def test_what_is_left_out_is_one_line_each(acu_lint: AcuLint, site: Path) -> None:
    (site / "a.md").symlink_to("../outside/secret.md")
    (site / "b").symlink_to("..")
    (site / "c.txt").symlink_to(".git/config")
    (site / "d.md").symlink_to("good.md")
    (site / "loop.md").symlink_to("loop.md")
    ran = acu_lint("check", ".", "--format", "json")
    told = dict(line.removeprefix("acu-lint: ./").split(": skipped: ") for line in ran.errors.splitlines())
    assert "leads out of" in told["a.md"]
    assert "leads out of" in told["b"]
    assert "'.git'" in told["c.txt"]
    assert "symbolic links" in told["loop.md"]
    assert len(told) == 4
    assert {finding["path"] for finding in ran.json["findings"]} == {"./good.md"}  # by its own name, once
    assert ran.status == 0
    assert acu_lint("check", "a.md").status == 2  # it was named, and is not linted


def test_a_repository_that_is_reached_through_a_link_is_a_tree(acu_lint: AcuLint, site: Path, tmp_path: Path) -> None:
    (tmp_path / "other name").symlink_to(site)
    ran = acu_lint("check", "--format", "json", str(tmp_path / "other name"))
    assert len(ran.json["findings"]) == 2
    assert not ran.errors


def test_without_a_repository_the_folder_is_the_tree(
    acu_lint: AcuLint, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    write("shared/a.md", SECRET)
    write("content/b.md", GOOD)
    (tmp_path / "content" / "a.md").symlink_to("../shared/a.md")
    assert "leads out of" in acu_lint("check", "content").errors
    assert not acu_lint("check", ".").errors


@pytest.mark.parametrize(
    "setting",
    [
        'extend = "../outside/secret.toml"',
        'extend = "linked.toml"',
        'rule-paths = ["../outside"]',
        'rule-paths = ["linked"]',
        '[vocabulary]\napproved-claims = "../outside/secret.md"',
        '[[overrides]]\nfiles = ["*"]\nvocabulary.approved-claims = "linked.toml"',
        '[corpus]\ninclude = ["../outside/**"]',
    ],
)
def test_settings_lead_nowhere_else(acu_lint: AcuLint, site: Path, setting: str) -> None:
    (site / "linked.toml").symlink_to("../outside/secret.toml")
    (site / "linked").symlink_to("../outside")
    (site / "acu-lint.toml").write_text(setting)
    ran = acu_lint("check", ".")
    assert ran.status == 2
    assert "leads out of" in ran.errors
    assert ran.errors.startswith("acu-lint: acu-lint.toml:")
    assert ran.errors.count("\n") == 1
    assert "SECRET" not in ran.output + ran.errors


def test_a_configuration_or_card_that_is_a_link_elsewhere_is_not_read(acu_lint: AcuLint, site: Path) -> None:
    (site / "lint" / "other.yml").symlink_to("../../outside/secret.toml")
    ran = acu_lint("check", ".")
    assert ran.status == 2
    assert "lint/other.yml: a link that leads out of" in ran.errors
    (site / "acu-lint.toml").unlink()
    (site / "acu-lint.toml").symlink_to("../outside/secret.toml")
    ran = acu_lint("check", ".")
    assert ran.status == 2
    assert "acu-lint.toml: a link that leads out of" in ran.errors
    assert "SECRET" not in ran.output + ran.errors


def test_the_users_own_folder_may_be_extended(acu_lint: AcuLint, site: Path, tmp_path: Path) -> None:
    own = tmp_path / "own" / "house.toml"
    own.parent.mkdir()
    own.write_text('ignore = ["house"]\n')
    (site / "acu-lint.toml").write_text(f'rule-paths = ["lint"]\nextend = "{own}"\n')
    ran = acu_lint("check", ".", "--format", "json", env={"ACU_LINT_CONFIG": str(own.parent)})
    assert not any(rule.startswith("house") for rule in ran.rules)
    assert acu_lint("check", ".").status == 2


def test_fix_writes_nothing_outside(acu_lint: AcuLint, write: Write, site: Path) -> None:
    outside = [write("outside/a.md", FAULTY), write("outside/b.md", FAULTY)]
    (site / "a.md").symlink_to("../outside/a.md")
    (site / "d").symlink_to("../outside")
    inside = write("site/c.md", FAULTY)
    acu_lint("check", "--isolated", "--fix", ".", "a.md", "d/b.md")
    assert [path.read_text() for path in outside] == [FAULTY, FAULTY]
    assert inside.read_text().rstrip() == GOOD.rstrip()


def test_a_folder_behind_a_link_is_no_tree_of_its_own(acu_lint: AcuLint, write: Write, site: Path) -> None:
    outside = write("outside/private/a.md", FAULTY)
    git(outside.parent, "init", "--quiet")
    (site / "link").symlink_to("../outside")
    for named in ("link/private", "link/private/a.md", "link"):
        ran = acu_lint("check", "--isolated", "--fix", named)
        assert "leads out of" in ran.errors, named
        assert "Certainly" not in ran.output
    assert outside.read_text() == FAULTY


def test_a_report_is_written_through_no_link(acu_lint: AcuLint, write: Write, site: Path) -> None:
    victim = write("outside/mine", "mine")
    (site / "report.html").symlink_to("../outside/mine")
    (site / "reports").symlink_to("../outside")
    os.mkfifo(site / "pipe.html")
    for name in ("report.html", "reports/new.html", "pipe.html"):
        ran = acu_lint("duplicates", "--output", name)
        assert ran.status == 2, name
        assert f"--output {name}: " in ran.errors
    assert victim.read_text() == "mine"
    assert not (victim.parent / "new.html").exists()
    assert (
        acu_lint("duplicates", "--output", str(victim.parent / "wanted.html")).status == 0
    )  # whoever names it means it


def test_pipes_and_sockets_are_not_opened(acu_lint: AcuLint, site: Path, write: Write) -> None:
    os.mkfifo(site / "pipe.md")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket.md")
        ran = acu_lint("check", ".", "--format", "json")
    assert ran.errors.count("it is a pipe, a socket or a device") == 2
    assert ran.status == 0
    for name, text in (
        ("acu-lint.toml", 'extend = "pipe"'),
        ("acu-lint.toml", '[vocabulary]\napproved-claims = "pipe"'),
        ("acu-lint.toml", 'rule-paths = ["pipes"]'),
    ):
        write(f"site/{name}", text)
        (site / "pipes").mkdir(exist_ok=True)
        for pipe in (site / "pipe", site / "pipes" / "card.yml"):
            if not pipe.exists():
                os.mkfifo(pipe)
        ran = acu_lint("check", ".")
        assert ran.status == 2, text
        assert "it is a pipe" in ran.errors
    (site / "acu-lint.toml").unlink()
    os.mkfifo(site / ".gitignore")
    os.mkfifo(site / "acu-lint.toml")
    assert acu_lint("check", "good.md").status == 2


def test_large_files_are_not_read_whole(acu_lint: AcuLint, site: Path, write: Write) -> None:
    for name in ("big.md", "acu-lint.toml", "lint/big.yml", ".gitignore"):
        with (site / name).open("a") as file:
            file.truncate(200_000_000)
    assert "200 MB is more than 1 MB" in acu_lint("check", "good.md").errors
    (site / "acu-lint.toml").unlink()
    ran = acu_lint("check", ".")
    assert "big.md: skipped: 200 MB is more than 10 MB" in ran.errors
    assert acu_lint("check", "big.md").status == 2
    write("site/acu-lint.toml", 'rule-paths = ["lint"]\n')
    assert "lint/big.yml: 200 MB is more than 1 MB" in acu_lint("check", "good.md").errors


# --- without rights


@pytest.fixture
def powerless() -> list[str]:
    """The command as a user without rights: where the tests run as root, without any capability of root's."""
    command = [sys.executable, "-m", "acu_lint"]
    if not hasattr(os, "geteuid"):
        pytest.skip("needs permissions as on Unix")
    if os.geteuid() != 0:
        return command
    if not shutil.which("setpriv"):
        pytest.skip("runs as root, and setpriv is missing to give that up")
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all", *command]


def run_as(command: list[str], *arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "rules")])
    env = {**os.environ, "PYTHONPATH": paths, **env}
    return subprocess.run([*command, *arguments], capture_output=True, text=True, check=False, timeout=60, env=env)


def test_what_a_user_may_not_read_is_told(
    powerless: list[str], write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path / "site")
    write("site/good.md", GOOD)
    write("site/locked.md", GOOD).chmod(0)
    write("site/folder/a.md", GOOD).parent.chmod(0)
    write("site/deep/.gitignore", "x\n").chmod(0)
    write("site/deep/a.md", GOOD)
    env = {"ACU_LINT_CACHE": str(tmp_path / "cache"), "ACU_LINT_CONFIG": str(tmp_path / "none")}
    ran = run_as(powerless, "check", ".", "--format", "json", env=env)
    assert ran.returncode == 0, ran.stderr
    assert "locked.md: skipped: cannot be read: Permission denied" in ran.stderr
    assert "folder: skipped: the folder cannot be read: Permission denied" in ran.stderr
    assert '"files": 2' in ran.stdout
    assert run_as(powerless, "check", "locked.md", env=env).returncode == 2
    write("site/acu-lint.toml", "").chmod(0)
    ran = run_as(powerless, "check", "good.md", env=env)
    assert ran.returncode == 2
    assert ran.stderr == "acu-lint: acu-lint.toml: cannot be read: Permission denied\n"
    (tmp_path / "site" / "folder").chmod(0o755)


def test_a_cache_folder_that_may_not_be_written_costs_time_only(
    powerless: list[str], write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path / "site")
    for name in "ab":
        write(f"site/{name}.md", f"{GOOD}\n{name} is a page of its own.\n")
    git(Path(), "init", "--quiet")
    cache = tmp_path / "cache"
    cache.mkdir(mode=0o500)
    env = {"ACU_LINT_CACHE": str(cache), "ACU_LINT_CONFIG": str(tmp_path / "none")}
    ran = run_as(powerless, "check", ".", env=env)
    assert ran.returncode == 0
    assert ran.stderr.startswith(f"acu-lint: the index cannot be kept in {cache}")
    assert ran.stderr.count("\n") == 1
    built = run_as(powerless, "index", "build", env=env)
    assert built.returncode == 2
    assert "Traceback" not in built.stderr


def test_a_temporary_folder_that_everybody_can_write_decides_nothing(
    acu_lint: AcuLint, write: Write, tmp_path: Path
) -> None:
    """Names that others can guess are taken, and links lie in wait."""
    shared = tmp_path / "tmp"
    shared.mkdir(mode=0o1777)
    victim = write("victim", "mine")
    for name in ("acu-lint", "trusted.json", ".acu-lint-x.tmp"):
        (shared / name).symlink_to(victim)
    write("site/a.md", FAULTY)
    env = {"TMPDIR": str(shared), "ACU_LINT_CACHE": str(shared / "cache")}
    assert acu_lint("check", "--fix", "site", env=env).status == 0
    assert victim.read_text() == "mine"
    assert sorted(path.name for path in (tmp_path / "site").iterdir()) == ["a.md"]


# --- the parts


def test_only_regular_files_within_the_limit_are_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_bytes(tmp_path / "a", 5) == b"12345"
    for path, limit in ((tmp_path / "a", 4), (tmp_path, 5), (Path("/dev/null"), 5), (tmp_path / "none", 5)):
        with pytest.raises(UnreadableError):
            read_bytes(path, limit)
    with pytest.raises(UnreadableError):
        read_bytes("a\0b")


@settings(max_examples=200, deadline=None)
@given(parts=st.lists(st.sampled_from(["a", "b", ".", "..", "link", "out", ".git"]), min_size=1, max_size=6))
def test_a_path_is_inside_exactly_where_its_real_path_is(
    parts: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    top = Path(tmp_path_factory.getbasetemp()) / "tree"
    if not top.exists():
        for folder in ("root/a/b", "root/.git", "elsewhere/a"):
            (top / folder).mkdir(parents=True)
        (top / "root/link").symlink_to("a")
        (top / "root/a/out").symlink_to("../../elsewhere")
        (top / "root/b").symlink_to("/")
    path = os.path.join(top / "root", *parts)  # noqa: PTH118 -- as a user writes it
    real = os.path.realpath(os.path.abspath(path))  # noqa: PTH100 -- ".." is taken as the command line takes it
    is_inside = Path(real).is_relative_to(os.path.realpath(top / "root"))
    why = Tree([top / "root"]).why_not(path)
    assert is_inside or why
    assert not why or not is_inside or ".git" in why
