"""The word lists of the pack: all keep the contract of their README, and what does not is told with file and line."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from acu_lint_rules.analysis.text.lexicon import LexiconError, load
from acu_lint_rules.analysis.text.lexicon_check import LISTS, faults

FILES = sorted(path for path in LISTS.glob("*.txt"))
GOOD = """\
# Words of an example.

terms: body, praise
forms: reporting
pairs: plain
names: bodies

# Parts of the body
[body]
knee
lower back

[praise]
# Loud
splendid

[reporting]
show shows showed shown showing

[plain]
tinnitus = ringing in the ears

[bodies]
World Health Organization | WHO
"""
RECORDS = """\
records: name, year, studies

[smith2020]
name: a review
year: 2020
studies: 3; 4
"""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_list_keeps_the_contract(path: Path) -> None:
    assert list(faults(path.name, path.read_text("utf-8"))) == []
    assert load(path.stem)


@pytest.mark.parametrize("text", [GOOD, RECORDS], ids=["sections", "records"])
def test_a_list_in_good_order_has_no_faults(text: str) -> None:
    assert list(faults("x.txt", text)) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("[praise]", "[prase]", "x.txt:13: section [prase] is not declared at the top of the file"),
        ("[praise]", "[prase]", "x.txt:1: section [praise] is declared here and not there"),
        ("[praise]", "[body]", "x.txt:13: section [body] is there already, in line 9"),
        ("[praise]", "[praise] # new", "x.txt:13: section [praise] # new] is not declared at the top of the file"),
        ("splendid\n", "", "x.txt:13: section [praise] is empty"),
        ("splendid", "splendid # new", "x.txt:15: a comment needs a line of its own, with # as its first sign"),
        ("splendid", "splendid #new", "x.txt:15: a comment needs a line of its own, with # as its first sign"),
        ("# Loud", " # Loud", "x.txt:14: a comment needs a line of its own, with # as its first sign"),
        ("lower back", "lower  back", "x.txt:11: there is a space too many, or a tab"),
        ("lower back", "lower back ", "x.txt:11: there is a space too many, or a tab"),
        ("lower back", "lower\tback", "x.txt:11: there is a space too many, or a tab"),
        ("lower back", "Knee", "x.txt:11: 'knee' is in section [body] already, in line 10"),
        ("lower back", "back = lower back", "x.txt:11: '=' does not belong in a list of words"),
        (" shown", "", "x.txt:18: a verb needs its five forms: show shows showed shown showing"),
        ("= ringing in the ears", "ringing in the ears", "x.txt:21: a pair needs the form: term = wording"),
        ("= ringing in the ears", "=", "x.txt:21: a pair needs the form: term = wording"),
        ("| WHO", "|", "x.txt:24: names need the form: name | other name"),
        ("terms: body", "words: body", "x.txt:3: 'words: body, praise' stands above all sections and declares none"),
        ("pairs: plain", "pairs: plain, body", "x.txt:1: 'body' is declared twice"),
        ("# Words of an example.\n", "back pain\n", "x.txt:1: 'back pain' stands above all sections"),
    ],
)
def test_a_fault_is_told_with_file_and_line(old: str, new: str, fault: str) -> None:
    found = list(faults("x.txt", GOOD.replace(old, new, 1)))
    assert any(line.startswith(fault) for line in found), found


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("year: 2020", "yaer: 2020", "x.txt:5: 'yaer' is no line of a record; there are name, year, studies"),
        ("year: 2020", "year 2020", "x.txt:5: 'year 2020' is no line of a record"),
        ("3; 4", "3;", "x.txt:6: 'studies' has an empty value"),
        ("year: 2020", "name: two", "x.txt:5: 'name' is in section [smith2020] already, in line 4"),
    ],
)
def test_a_fault_in_a_record_is_told_with_file_and_line(old: str, new: str, fault: str) -> None:
    (found,) = faults("x.txt", RECORDS.replace(old, new, 1))
    assert found.startswith(fault)


def test_a_list_without_declarations_is_told() -> None:
    assert list(faults("x.txt", "[body]\nknee\n")) == [
        "x.txt:1: the top of the file declares no sections, as 'terms: name, other-name' would"
    ]


def test_code_that_asks_for_a_misspelt_section_is_told_at_once() -> None:
    with pytest.raises(LexiconError, match=r"lexicons/cure\.txt: there is no section \[verb\]; it has verbs, phrases"):
        load("cure")["verb"]


def _run(rules: Path, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=rules,
        env={**os.environ, "PYTHONPATH": str(rules)},
        input=text,
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("[nouns]", "[noun]", r"section \[noun\] is not declared at the top of the file"),
        ("\nremission\n", "\nremission # or not\n", "a comment needs a line of its own, with # as its first sign"),
        ("\nremission\n", "\nremission\nremission\n", r"'remission' is in section \[nouns\] already, in line \d+"),
        ("\nremission\n", "\nremission \n", "there is a space too many, or a tab"),
    ],
)
def test_a_slip_of_an_editor_is_told_by_the_check_of_the_lists_and_by_a_run(
    old: str, new: str, fault: str, tmp_path: Path
) -> None:
    pack = shutil.copytree(LISTS.parent, tmp_path / LISTS.parent.name, ignore=shutil.ignore_patterns("__pycache__"))
    cure = pack / "lexicons" / "cure.txt"
    text = cure.read_text("utf-8")
    assert text.count(old) == 1
    cure.write_text(text.replace(old, new), "utf-8")

    checked = _run(tmp_path, "acu_lint_rules.analysis.text.lexicon_check")
    assert checked.returncode == 1
    assert re.search(rf"^cure\.txt:\d+: {fault}$", checked.stdout, re.MULTILINE)

    arguments = ("check", "--isolated", "--format", "json", "-", "--stdin-filename", "a.md")
    run = _run(tmp_path, "acu_lint", *arguments, text="Cupping cures pain.\n")
    assert run.returncode == 2
    assert re.search(rf"LexiconError: lexicons/cure\.txt:\d+: {fault}", run.stdout)


def test_lists_in_good_order_pass_their_check_in_silence(tmp_path: Path) -> None:
    done = _run(tmp_path, "acu_lint_rules.analysis.text.lexicon_check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_readme_explains_every_list() -> None:
    explained = re.findall(r"^\| `(\w+\.\w+)` \|", (LISTS / "README.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(explained) == sorted(path.name for path in LISTS.iterdir() if path.suffix in {".txt", ".toml"})
