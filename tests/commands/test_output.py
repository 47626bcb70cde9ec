"""Texts and names are data: whatever stands in them, nothing that is printed acts on a terminal, a CI or a program."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acu_lint.report.lines import csv_cell, dumps, harmless, visible
from tests.conftest import ROOT, AcuLint, Write, git

# What may stand at the head of a name or text.
EVIL = "\x1b]0;PWNED\x07\x1b[31m\u202e\u2066::error::x##vso[task.debug]\r\n::stop-commands::x"
TITLE = r"\e]0;PWNED\a\e[31m\u202E\u2066::error::x##[error]\r\n::stop-commands::x"
CLAIM = "Acupuncture cures sciatica at its root."
PARAGRAPH = " ".join(f"Warm tea may help some people to rest on evening number {n}." for n in range(40))


@pytest.fixture
def hostile(write: Write, tmp_path: Path) -> Path:
    """A repository in which every name and every text tries to act."""
    git(tmp_path, "init", "--quiet")
    for number, name in enumerate((f"x\n{EVIL.replace('/', '')}.md", "::error file=a::1.md", "=cmd.md")):
        (tmp_path / name).write_text(
            f'---\ntitle: "{TITLE} {number}"\nreviewed_by: "a{TITLE}"\nkeyphrase: "{TITLE} tea"\n---\n\n'
            f"# {EVIL.splitlines()[0]}\n\n{CLAIM}\n\n::error::{CLAIM}\n\n{PARAGRAPH} \x1b[2J\u202e {number}\n\n"
            f"[x][{EVIL[:9]}]\n"
        )
    write(
        "acu-lint.toml", '[vocabulary]\naccept = ["x \\u001B[31m\\u202E::error::x##[error] \\r\\n::stop-commands::x"]\n'
    )
    return tmp_path


FOR_PEOPLE = (
    ("check", "."),
    ("check", ".", "--format", "concise"),
    ("check", ".", "--quiet"),
    ("score", "."),
    ("score", "--pages", "."),
    ("stats", "."),
    ("references", "."),
    ("duplicates", "."),
    ("duplicates", "--boilerplate", "."),
    ("config", "x\n::error::y.md"),
    ("explain", "--trace", "=cmd.md:8"),
    ("check", "::error file=a::1.md", "none\n::error::there"),
    ("index", "status"),
)
_BAD = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def assert_harmless(text: str) -> None:
    assert not _BAD.findall(text)
    assert not re.findall(r"^[^\S\n]*::.*|##\w*\[.*", text, re.MULTILINE)


@pytest.mark.parametrize("command", FOR_PEOPLE, ids=" ".join)
def test_nothing_acts_in_a_report_for_people(acu_lint: AcuLint, hostile: Path, command: tuple[str, ...]) -> None:
    ran = acu_lint(*command)
    assert ran.output or ran.errors
    assert_harmless(ran.output)
    assert_harmless(ran.errors)
    assert "Traceback" not in ran.errors


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal as Unix has them")
def test_a_terminal_gets_colours_and_nothing_else(acu_lint: AcuLint, hostile: Path) -> None:
    for command in FOR_PEOPLE[:8]:
        primary, secondary = pty.openpty()
        with subprocess.Popen(
            [sys.executable, "-m", "acu_lint", *command],
            stdout=secondary,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
        ) as process:
            os.close(secondary)
            shown = b""
            while True:
                try:
                    part = os.read(primary, 65536)
                except OSError:  # the other end is closed
                    break
                if not part:
                    break
                shown += part
            process.communicate()
        os.close(primary)
        text = shown.decode().replace("\r\n", "\n")
        assert "\x1b[" in text or command[0] in {"references", "duplicates"}
        assert_harmless(_COLOUR.sub("", text))


def test_colours_in_a_text_hide_no_command(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", f"# Hi\n\n:\x1b[0m:error file=a::{CLAIM} And #\x1b[0m#[group]x {CLAIM}\n")
    why = 'why: "a #\\e[0m#[group]"\nbad: [":\\e[0m:error::"]\n'
    write("lint/x.yml", f"id: house/x\ntitle: t\nmessage: m\nsources: [s]\nterms: [x]\n{why}")
    write("acu-lint.toml", 'rule-paths = ["lint"]\n')
    for command in (("explain", "--trace", "a.md:3"), ("explain", "house/x"), ("check", "a.md")):
        assert_harmless(acu_lint(*command).output)


def test_what_is_wrong_with_the_command_line_acts_on_nothing(acu_lint: AcuLint) -> None:
    for command in (("config", "a", "x\n::error::b\x1b[2J"), ("check", "--form\n::error::x"), ("x\n::error::y",)):
        ran = acu_lint(*command)
        assert ran.status == 2
        assert_harmless(ran.errors)


def test_a_reader_that_goes_away_is_no_finding(acu_lint: AcuLint) -> None:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "rules")])
    command = f"{sys.executable} -m acu_lint rules --format markdown | true; echo ${{PIPESTATUS[0]}}"
    env = {**os.environ, "PYTHONPATH": paths}
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, env=env)
    assert done.stdout.strip() == "141"
    assert not done.stderr


def test_concise_is_one_line_a_finding(acu_lint: AcuLint, hostile: Path) -> None:
    found = acu_lint("check", ".", "--format", "json").json["findings"]
    lines = acu_lint("check", ".", "--format", "concise", "--quiet", "--fail-on", "info").output.splitlines()
    assert len(lines) == len(found)


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_json_is_valid_for_every_name_and_text(acu_lint: AcuLint, hostile: Path, form: str) -> None:
    if sys.platform == "linux":
        Path(os.fsdecode(b"\xff\x80.md")).write_text(f"# Tea \U0001f600\n\n{CLAIM}\n")
    ran = acu_lint("check", ".", "--format", form, env={"PYTHONIOENCODING": "latin-1"})  # read as UTF-8 by the fixture
    records = ran.json["findings"] if form == "json" else [json.loads(line) for line in ran.output.splitlines()]
    paths = {record["path"] for record in records}
    assert all(Path(path).exists() for path in paths)  # the names are those of the files
    assert any(EVIL in path for path in paths)
    assert_harmless(ran.output)


@pytest.mark.parametrize(
    "command",
    [
        ("stats", "--format", "json", "."),
        ("score", "--format", "json", "."),
        ("references", "--format", "json", "."),
        ("duplicates", "--format", "json", "."),
        ("rules", "--format", "json"),
        ("index", "status", "--format", "json"),
    ],
    ids=" ".join,
)
def test_all_json_is_valid_and_acts_on_nothing(acu_lint: AcuLint, hostile: Path, command: tuple[str, ...]) -> None:
    if sys.platform == "linux":
        Path(os.fsdecode(b"\xff\x80.md")).write_text(f"# Tea\n\n{CLAIM}\n")
    ran = acu_lint(*command, env={"PYTHONIOENCODING": "ascii:strict"})
    assert ran.json
    assert_harmless(ran.output)


@pytest.mark.parametrize(
    "command", [("score", "--format", "csv", "."), ("duplicates", "--format", "csv", ".")], ids=" ".join
)
def test_a_spreadsheet_runs_no_cell(acu_lint: AcuLint, hostile: Path, command: tuple[str, ...]) -> None:
    rows = list(csv.reader(io.StringIO(acu_lint(*command).output)))
    assert len(rows) > 1
    for cell in (cell for row in rows for cell in row):
        assert unicodedata.normalize("NFKC", cell.lstrip())[:1] not in set("=+-@\t\r")


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "euc-jp", "ascii", "utf-8:strict", "utf-16"])
def test_a_terminal_in_another_encoding_shows_other_signs(acu_lint: AcuLint, write: Write, encoding: str) -> None:
    write("a.md", "# Tea “café” 中 \U0001f600 → and a calm evening\n\nStudies show “中”.\n\nTea → {{ gap }} is here.\n")
    done = subprocess.run(
        [sys.executable, "-m", "acu_lint", "check", "a.md"],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode in {0, 1}
    assert b"citations" in done.stdout.replace(b"\0", b"")


@pytest.mark.parametrize("columns", ["1", "0", "x", "100000000"])
def test_any_width_of_a_terminal(acu_lint: AcuLint, write: Write, columns: str) -> None:
    write("a.md", f"# Tea\n\n{CLAIM}\n")
    write("b.md", f"# Tea\n\n{CLAIM} Again.\n")
    for command in ("check", "score", "references", "duplicates"):
        ran = acu_lint(command, ".", env={"COLUMNS": columns})
        assert ran.status in {0, 1}, ran.errors


# --- the parts


@given(st.text(st.characters()))
def test_what_is_visible_is_one_line_that_acts_on_nothing(text: str) -> None:
    assert_harmless(harmless(visible(text)))
    assert "\n" not in visible(text)
    visible(text).encode()  # no lone surrogate is left


@given(st.text(st.characters(), max_size=20))
def test_json_says_the_same_and_is_valid(text: str) -> None:
    made = dumps({text: [text]})
    assert json.loads(made.encode()) == {text: [text]}
    assert_harmless(made)


@given(st.text(st.sampled_from("=+-@＝＋－＠ \u00a0\t\r\n'\"a1"), max_size=6))
def test_no_cell_is_a_formula(text: str) -> None:
    cell = str(csv_cell(text))
    assert unicodedata.normalize("NFKC", cell.lstrip())[:1] not in set("=+-@")


def test_notes_are_counted_and_not_printed_unless_asked_for(acu_lint: AcuLint, write: Write) -> None:
    write("acu-lint.toml", "reader = false\n")
    write("a.md", "# Needles\n\nA massage can ease a stiff neck. Acupuncture cures migraine.\n")
    common = ("check", "--select", "claims", "--fail-on", "never")
    plain = acu_lint(*common, "a.md").output
    assert "claims/efficacy" not in plain
    assert "1 error, 1 note in 1 file." in plain
    assert "1 not shown here; to see all: acu-lint check --severity info" in plain
    shown = acu_lint(*common, "--severity", "info", "a.md").output
    assert "not shown" not in shown
    assert "info  claims/efficacy" in shown
    only = acu_lint(*common, "--severity", "error", "--format", "concise", "a.md").output
    assert only.count("a.md:") == 1
    for programs in ("json", "jsonl"):
        assert "claims/efficacy" in acu_lint(*common, "--format", programs, "a.md").output
    assert acu_lint(*common, "--format", "json", "--severity", "error", "a.md").rules == ["claims/cure"]


def test_what_fails_is_printed_and_what_the_tool_did_not_do(acu_lint: AcuLint, write: Write) -> None:
    write("acu-lint.toml", "reader = false\n")
    write("a.md", "# Needles\n\nA massage can ease a stiff neck.\n")
    ran = acu_lint("check", "--select", "claims", "--fail-on", "info", "a.md")
    assert ran.status == 1
    assert "info  claims/efficacy" in ran.output
    write("b.md", "---\nlang: nl\n---\n\nEen zin.\n")
    assert "acu/language" in acu_lint("check", "--select", "claims", "b.md").output
