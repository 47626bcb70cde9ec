"""Bad input and our own faults end in one clear line and status 2; the other files are linted all the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from acu_lint.project.paths import globs, too_many_stars
from tests.conftest import ROOT, AcuLint, Write, git

GOOD = "# Tea and a calm evening\n\nWarm tea may help some people to rest in the evening.\n"
BAD = "# Sciatica and needles today\n\nAcupuncture cures sciatica.\n"
CARD = "id: house/x\ntitle: X\nmessage: m\nsources: [s]\n"


def in_process(code: str, *arguments: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command in a process in which some of our own code is broken."""
    program = f"{code}\nfrom acu_lint.cli import main\nmain()"
    paths = os.pathsep.join([str(ROOT), str(ROOT / "rules")])
    command = [sys.executable, "-c", program, *arguments]
    if before:
        command = ["bash", "-c", f'{before}; exec "$@"', "x", *command]
    env = {**os.environ, "PYTHONPATH": paths, "ACU_LINT_CACHE": f"{Path.cwd()}-cache"}
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=100, env=env)


BREAKS = """
from acu_lint.project.project import FileSettings
whole = FileSettings.document
def document(self, path, text):
    if "broken" in path:
        raise KeyError("no\\nsuch thing")
    return whole(self, path, text)
FileSettings.document = document
"""


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_fault_of_ours_costs_one_file(
    write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, jobs: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for number in range(200):
        write(f"{number}.md", BAD)
    write("broken.md", BAD)
    for command in (("check", "--format", "concise"), ("score",)):
        ran = in_process(BREAKS, *command, "--jobs", jobs, ".")
        assert ran.returncode == 2
        assert ran.stdout.count("[claims/cure]") == 200 or command == ("score",)
        assert ran.stderr.count("\n") == 1
        assert ran.stderr.startswith("acu-lint: ./broken.md: KeyError: 'no\\nsuch thing'")
        assert "this is a fault of acu-lint, please report it (--traceback shows more)" in ran.stderr
    shown = in_process(BREAKS, "check", "--traceback", "--jobs", jobs, ".")
    assert "Traceback (most recent call last)" in shown.stderr


@pytest.mark.parametrize(
    "command", [("stats",), ("references",), ("check", "--fix"), ("check", "--diff")], ids=" ".join
)
def test_a_fault_of_ours_is_told_by_every_command(
    write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    write("good.md", BAD)
    write("broken.md", BAD)
    ran = in_process(BREAKS, *command, ".")
    assert ran.returncode == 2
    assert "broken.md: KeyError" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("ValueError('x')", "ValueError: x"),
        ("MemoryError", "not enough memory"),
        ("RecursionError('deep')", "deep"),
    ],
)
def test_a_fault_anywhere_else_is_one_line(
    write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fault: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write("a.md", BAD)
    code = f"from acu_lint.project.runner import Runner\ndef run(*a, **k): raise {fault}\nRunner.find_files = run"
    ran = in_process(code, "check", ".")
    assert ran.returncode == 2
    assert told in ran.stderr
    assert ran.stderr.count("\n") == 1


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="needs a limit of memory")
def test_too_little_memory_is_told(write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    write("a.md", BAD)
    write("acu-lint.toml", "max-file-size = 1000\n")
    # Large enough that reading it fails at once. Where memory is used up in small pieces, CPython 3.11 can go round for
    # ever: it needs memory to keep the number of an instruction above 256 that failed within a block.
    write("b.md", "Tea may help some people. " * 10_000_000)
    ran = in_process("", "check", ".", "--no-cache", "--jobs", "1", before="ulimit -v 500000")
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert "not enough memory" in ran.stderr


def test_what_is_named_and_cannot_be_read_is_status_2(acu_lint: AcuLint, write: Write) -> None:
    write("utf16.md", BAD.encode("utf-16"))
    write("nul.md", b"a\0b")
    write("good.md", GOOD)
    for name in ("utf16.md", "nul.md", "none.md"):
        for command in ("check", "score", "stats", "references"):
            ran = acu_lint(command, "good.md", name)
            assert ran.status == 2, (command, name)
            assert ran.errors.count("\n") == 1
            assert name in ran.errors
    ran = acu_lint("check", ".")
    assert ran.status == 0  # below a folder they are left out
    assert ran.errors.count("skipped") == 2
    assert acu_lint("check", "--stdin-filename", "a.md", "-", stdin=b"\xff").status == 2


def test_a_broken_configuration_below_costs_its_files_only(acu_lint: AcuLint, write: Write) -> None:
    write("bad.md", BAD)
    write("old/acu-lint.toml", "selct = []\n")
    for name in "abc":
        write(f"old/{name}.md", BAD)
    for number in range(200):
        write(f"other/{number}.md", GOOD)
    for jobs in "12":
        ran = acu_lint("check", "old", ".", "--format", "json", "--jobs", jobs)
        assert ran.status == 2
        assert ran.errors == "acu-lint: old/acu-lint.toml:1: unknown key 'selct' (did you mean 'select'?)\n"
        assert "./bad.md" in {finding["path"] for finding in ran.json["findings"]}
        assert [one["path"] for one in ran.json["skipped"]] == ["old/a.md", "old/b.md", "old/c.md"]


WRONG_SETTINGS = {
    "number for a text": '[rules."claims/cure"]\nprofile = [1]',
    "long folder name": f'rule-paths = ["{"a" * 300}"]',
    "infinity": "max-file-size = inf",
    "no number": "max-file-size = nan",
    "huge": "max-file-size = 1e300",
    "many digits": f"max-file-size = {'9' * 5000}",
    "list for a text": '[rules."seo/title"]\nseverity = ["error"]',
    "infinite option": '[rules."readability/long-sentence"]\nlimit = inf',
    "NUL": 'extend = "\\u0000"',
    "a folder": 'extend = "."',
    "deep lists": f"select = {'[' * 5000}{']' * 5000}",
    "deep tables": f"{'a.' * 5000}b = 1",
    "deep inline tables": f"a = {'{a = ' * 5000}1{'}' * 5000}",
    "tool that is no table": "tool = 1",
    "overrides that are no tables": "overrides = [1]",
    "rules that are no tables": '[rules]\n"seo/title" = 1',
    "stars": 'exclude = ["*a*a*a*a*b"]',
    "double stars": 'exclude = ["**/a/**/b/**/c/**/d"]',
    "binary": "\0\1\2",
}


@pytest.mark.parametrize("text", WRONG_SETTINGS.values(), ids=WRONG_SETTINGS.keys())
def test_wrong_settings_are_one_line(acu_lint: AcuLint, write: Write, text: str) -> None:
    write("a.md", GOOD)
    write("acu-lint.toml", text)
    for command in (("check", "a.md"), ("config", "a.md")):
        ran = acu_lint(*command)
        assert ran.status == 2
        assert ran.errors.startswith("acu-lint: ")
        assert ran.errors.count("\n") == 1, ran.errors


def test_a_configuration_that_is_a_link_to_itself(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", BAD)
    write("bad/b.md", BAD)
    Path("bad/acu-lint.toml").symlink_to("acu-lint.toml")
    ran = acu_lint("check", ".", "--format", "json")
    assert ran.status == 2
    assert "./a.md" in {finding["path"] for finding in ran.json["findings"]}
    assert "bad/acu-lint.toml" in ran.errors
    assert ran.errors.count("\n") == 1


def test_a_pyproject_of_another_kind_is_no_configuration(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", GOOD)
    for text in ("tool = 1\n", '[tool]\nx = "acu-lint"\n', '["tool.acu-lint"]\nx = 1\n'):
        write("pyproject.toml", text)
        assert acu_lint("check", "a.md").status == 0


@pytest.mark.parametrize(
    "lines", ["!\n", "build\\\n", "[z-a]\n", "[[a]x\n", "*a*a*a*a*b\n", "\\\n", "!!\n", "/\n", "**\\\n", "\ufeff# x\n"]
)
def test_what_git_accepts_in_gitignore_is_accepted(acu_lint: AcuLint, write: Write, lines: str, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(".gitignore", f"{lines}left-out.md\n")
    write("a.md", BAD)
    write("left-out.md", BAD)
    write("acu-lint.toml", "")
    ran = acu_lint("check", ".", "--format", "json")
    assert {finding["path"] for finding in ran.json["findings"]} == {"./a.md"}
    assert not ran.errors


def test_a_byte_order_mark_in_gitignore_and_settings(acu_lint: AcuLint, write: Write, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(".gitignore", "\ufeffleft-out.md\r\n")
    write("acu-lint.toml", '\ufeffexclude = ["not-this.md"]\r\n')
    for name in ("a.md", "left-out.md", "not-this.md"):
        write(name, BAD)
    ran = acu_lint("check", ".", "--format", "json")
    assert {finding["path"] for finding in ran.json["findings"]} == {"./a.md"}


def test_patterns_that_take_long_are_known() -> None:
    assert too_many_stars("*a*a*a*a*b")
    assert too_many_stars("**/a/**/b/**/c/**/d")
    assert not too_many_stars("**/content/**/*draft*.md")
    assert not globs(["*a" * 12 + "*b"]).match_file("a" * 100)


WRONG_CARDS = {
    "unknown value": (
        CARD.replace("message: m", "message: '{mtach}'") + "terms: [tea]\n",
        "x.yml:3: there is no value 'mtach' to name in braces (did you mean 'match'?)",
    ),
    "open brace": (CARD.replace("message: m", "message: '{hard'") + "terms: [tea]\n", "x.yml:3: '{hard'"),
    "attribute": (CARD.replace("message: m", "message: '{match.__class__}'") + "terms: [tea]\n", "x.yml:3:"),
    "width": (CARD.replace("message: m", "message: '{match:>999999999}'") + "terms: [tea]\n", "x.yml:3:"),
    "suggestion": (CARD + "suggest: 'write {bettr}'\nterms: [tea]\n", "(did you mean 'better'?)"),
    "a number for a word": (CARD + "terms: [tea, 12]\n", "x.yml:5: "),
    "a table for a word": (CARD + "terms: {tea: [x]}\n", "x.yml:5: the term 'tea' needs quotes"),
    "no words": (CARD + 'terms: ["!"]\n', "x.yml:5: the term '!' has no words"),
    "pattern": (CARD + "pattern: '('\n", "x.yml:5: the pattern '(' is broken"),
    "large pattern": (CARD + "pattern: '((x{1000}){1000}){1000}'\n", "is too large"),
    "long pattern": (CARD + f"pattern: '{'a|' * 6000}'\n", "is too large"),
    "measure": (
        CARD + "metric: {measure: wrds, max: 3}\n",
        "x.yml:5: no measure is called 'wrds' (did you mean 'words'?)",
    ),
    "bound": (CARD + "metric: {measure: words, max: many}\n", "x.yml:5: 'max' is a number"),
    "aliases": (CARD + "terms: [&a x, *a]\n", "a card needs no aliases"),
    "hidden size": (CARD + "pattern: '(?#[)(?:(?:a{1000}){1000}){20}(?#])'\n", "'(?#' is not allowed"),
    "recursion": (CARD + "pattern: 'a(?R)?b'\n", "'(?R' is not allowed"),
    "deep": (CARD + f"terms: {'[' * 3000}{']' * 3000}\n", "broken YAML"),
    "tag": (CARD + "terms: !!timestamp x\n", "x.yml"),
    "python tag": (CARD + "terms: !!python/object/apply:os.system [id]\n", "x.yml"),
    "language": (CARD + "language: []\nterms: [tea]\n", "x.yml:5: '[]' is no language"),
    "control character": ("id: \x01\n", "x.yml"),
    "binary": ("\xff\0", "x.yml"),
    "empty": ("", "x.yml:1: a card is a mapping"),
}


@pytest.mark.parametrize(("text", "told"), WRONG_CARDS.values(), ids=WRONG_CARDS.keys())
def test_a_wrong_card_is_one_line_with_its_place(acu_lint: AcuLint, write: Write, text: str, told: str) -> None:
    write("acu-lint.toml", 'rule-paths = ["lint"]\n')
    write("a.md", "# Tea and a calm evening\n\nA cup of tea.\n")
    write("lint/x.yml", text)
    ran = acu_lint("check", "a.md", "--format", "json")
    assert ran.status == 2
    assert told in ran.errors
    assert ran.errors.count("\n") == 1, ran.errors
    assert ran.json["summary"]["files"] == 1


def test_a_broken_rule_in_python_is_told_with_its_line(acu_lint: AcuLint, write: Write) -> None:
    write("acu-lint.toml", 'rule-paths = ["lint"]\n')
    write("a.md", BAD)
    write("lint/x.yml", CARD + "python: e.py:check\n")
    for code, told in (
        ("import nothing_of_this_name\n", "ModuleNotFoundError"),
        ("def check(doc:\n", "e.py, line 1"),
        ("x = 1\n", "has no attribute 'check'"),
        ("\n\nraise SystemExit(0)\n", "e.py:3"),
    ):
        write("lint/e.py", code)
        ran = acu_lint("check", "a.md", "--allow-local-code", "--format", "json")
        assert ran.status == 2
        assert told in ran.errors
        assert ran.errors.count("\n") == 1
        assert "claims/cure" in ran.rules
    for code in ("def check(doc):\n    return [1 / 0]\n", "def check(doc):\n    raise SystemExit(0)\n"):
        write("lint/e.py", code)
        ran = acu_lint("check", "a.md", "--allow-local-code", "--format", "json")
        assert ran.status == 2
        failed = next(finding for finding in ran.json["findings"] if finding["rule"] == "acu/rule-failed")
        assert "(e.py:2)" in failed["message"]
        assert "claims/cure" in ran.rules


def test_a_pack_without_rules_harms_nothing(acu_lint: AcuLint, write: Write) -> None:
    write("site/empty/__init__.py", "")
    write("site/module.py", "")
    for name, package in (("empty", "empty"), ("module", "module"), ("odd", "empty:nothing")):
        write(f"site/{name}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        write(f"site/{name}-1.0.dist-info/entry_points.txt", f"[acu_lint.rules]\n{name} = {package}\n")
    write("a.md", BAD)
    env = {"PYTHONPATH": os.pathsep.join([str(Path("site").resolve()), str(ROOT), str(ROOT / "rules")])}
    ran = acu_lint("check", "a.md", env=env)
    assert ran.status == 1
    assert "Traceback" not in ran.errors
    assert acu_lint("plugins", env=env).status == 0


def test_odd_front_matter_stops_no_other_article(acu_lint: AcuLint, write: Write, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write("good.md", GOOD)
    for number, value in enumerate(
        (
            'date: !!timestamp "x"',
            'draft: !!bool "x"',
            "a: !!int x",
            "? [a]\n: b",
            "date: 2026-13-99",
            "a: &a [*a]",
            "a: .inf",
        )
    ):
        write(f"{number}.md", f"---\n{value}\n---\n\n# Page {number} of many\n\nTea may help.\n")
    ran = acu_lint("check", "good.md")
    assert ran.status == 0
    assert not ran.errors
    assert acu_lint("check", ".").status in {0, 1}
    assert acu_lint("duplicates").status == 0
