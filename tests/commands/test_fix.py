"""``check --fix`` and ``--diff``: what is certain is changed, nothing else is, and nothing is ever lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, AcuLint, Write

# Rules of a project: each names a piece of text and what to write in its place.
RULES = """\
from acu_lint.api import Edit, Hit, Span
import re

def _replace(doc, pattern, text):
    for match in re.finditer(pattern, doc.source.text):
        yield Hit(Span(*match.span()), edits=(Edit(Span(*match.span()), text),))

def spelling(doc):
    yield from _replace(doc, "teh", "the")

def spaces(doc):
    yield from _replace(doc, "(?<=[a-z])  (?=[a-z ])", " ")

def article(doc):
    yield from _replace(doc, "the the", "the")

def marks(doc):  # both marks or none
    for match in re.finditer(r"<<([^<>]*)>>", doc.source.text):
        start, end = match.span()
        yield Hit(Span(start, end), edits=(Edit(Span(start, start + 2), "“"), Edit(Span(end - 2, end), "”")))

def there(doc):
    yield from _replace(doc, "ping", "pong")

def back(doc):
    yield from _replace(doc, "pong", "ping")

def wrong(doc):
    if "overlapping" in doc.source.text:
        yield Hit(Span(0, 4), edits=(Edit(Span(0, 3), ""), Edit(Span(2, 4), "")))
"""
NAMES = ("spelling", "spaces", "article", "marks", "there", "back", "wrong")
CARD = """\
id: project/{name}
title: t
severity: {severity}
message: "'{{match}}' is wrong"
sources: [s]
python: {name}.py:{name}
"""


@pytest.fixture
def project(write: Write, acu_lint: AcuLint) -> Callable[..., None]:
    """Set up a project whose rules carry edits."""

    def call(*names: str) -> None:
        for name in names or NAMES[:4]:
            write(f"lint/{name}.yml", CARD.format(name=name, severity="warning").replace("'{match}' is ", ""))
            write(f"lint/{name}.py", RULES)
        write("acu-lint.toml", 'rule-paths = ["lint"]\nselect = ["project"]\n')
        acu_lint("trust")

    return call


FAULTY = "# Teh title\n\nHere is teh first.  And  here teh teh <<second>>.\n"
MENDED = "# Teh title\n\nHere is the first.  And here the “second”.\n"


def test_fix_mends_until_nothing_is_left(acu_lint: AcuLint, write: Write, project: Callable[..., None]) -> None:
    project()
    article = write("a.md", FAULTY)
    ran = acu_lint("check", "--fix", "--fail-on", "warning", "a.md")
    assert article.read_text() == MENDED
    assert ran.errors == "acu-lint: 6 findings in 1 file fixed\n"
    assert ran.status == 0
    state = article.stat()
    again = acu_lint("check", "--fix", "a.md")
    assert again.errors == "acu-lint: nothing to fix\n"
    assert (article.stat().st_ino, article.stat().st_mtime_ns) == (state.st_ino, state.st_mtime_ns)


def test_what_remains_decides_status_and_report(acu_lint: AcuLint, write: Write, project: Callable[..., None]) -> None:
    project()
    write("acu-lint.toml", 'rule-paths = ["lint"]\nselect = ["project", "claims/cure"]\n')
    write("a.md", "Acupuncture cures teh flu.\n")
    ran = acu_lint("check", "--fix", "--format", "json", "a.md")
    assert ran.rules == ["claims/cure"]
    assert ran.json["findings"][0]["start"]["offset"] == 12
    assert ran.status == 1
    assert ran.errors == "acu-lint: 1 finding in 1 file fixed\n"


def test_check_tells_what_can_be_fixed_and_changes_nothing(
    acu_lint: AcuLint, write: Write, project: Callable[..., None]
) -> None:
    project()
    article = write("a.md", FAULTY)
    assert "acu-lint check --fix" in acu_lint("check", "a.md").output
    assert article.read_text() == FAULTY
    write("a.md", MENDED)
    assert "--fix" not in acu_lint("check", "a.md").output


def test_suppressed_findings_are_not_fixed(acu_lint: AcuLint, write: Write, project: Callable[..., None]) -> None:
    project()
    text = "<!-- acu-lint-disable-next-line project/spelling -->\nIt is teh word.\n\nAnd teh other.\n"
    article = write("a.md", text)
    acu_lint("check", "--fix", "a.md")
    assert article.read_text() == text.replace("And teh", "And the")


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbf# Title\r\n\r\nIt is teh word.\r\n",
        b"# Title\r\n\nIt is teh word.\r\rand teh end",
        b"# Title\n\nIt is teh word. Caf\xc3\xa9 \xf0\x9f\x98\x80 teh  \n\n\n",
        b"teh\x0b\x0c\xe2\x80\xa8teh\xc2\x85",
    ],
)
def test_all_else_is_kept_byte_for_byte(
    acu_lint: AcuLint, write: Write, project: Callable[..., None], raw: bytes
) -> None:
    project()
    article = write("a.md", raw)
    acu_lint("check", "--fix", "a.md")
    assert article.read_bytes() == raw.replace(b"teh", b"the")


def test_jobs_change_nothing(acu_lint: AcuLint, write: Write, project: Callable[..., None]) -> None:
    project()
    articles = [write(f"content/{number}.md", FAULTY + f"{number}\n") for number in range(60)]
    ran = acu_lint("check", "--fix", "--jobs", "2", "content")
    assert ran.errors == "acu-lint: 360 findings in 60 files fixed\n"
    assert [article.read_text() for article in articles] == [MENDED + f"{number}\n" for number in range(60)]
    assert sorted(path.name for path in Path("content").iterdir()) == sorted(f"{number}.md" for number in range(60))


# --- diff


def test_diff_changes_nothing_and_can_be_applied(
    acu_lint: AcuLint, write: Write, project: Callable[..., None], tmp_path: Path
) -> None:
    project()
    texts = {
        "content/plain.md": FAULTY,
        "content/bom.md": "\ufeff" + FAULTY.replace("\n", "\r\n"),
        "content/mixed.md": "One teh\r\ntwo\n\rthree teh",
        "content/clean.md": "# Nothing here\n",
    }
    for name, text in texts.items():
        write(name, text)
    ran = acu_lint("check", "--diff", "content")
    assert {name: Path(name).read_bytes().decode() for name in texts} == texts
    assert ran.errors == "acu-lint: 14 findings in 3 files can be fixed with --fix\n"
    assert "clean.md" not in ran.output
    assert "\x1b" not in ran.output
    git = ["git", "-c", "core.autocrlf=false", "apply", "-"]
    subprocess.run(git, input=ran.output.encode(), check=True, cwd=tmp_path)
    applied = {name: Path(name).read_bytes() for name in texts}
    for name, text in texts.items():
        write(name, text)
    acu_lint("check", "--fix", "content")
    assert {name: Path(name).read_bytes() for name in texts} == applied


def test_diff_has_the_status_of_the_files_as_they_are(
    acu_lint: AcuLint, write: Write, project: Callable[..., None]
) -> None:
    project()
    write("a.md", FAULTY)
    assert acu_lint("check", "--diff", "--fail-on", "warning", "a.md").status == 1
    assert acu_lint("check", "--diff", "--fix", "a.md").status == 0
    assert Path("a.md").read_text() == FAULTY
    refused = acu_lint("check", "--diff", "--format", "json", "a.md")
    assert refused.status == 2
    assert refused.output == ""


# --- standard input


def test_standard_input_is_printed_mended(acu_lint: AcuLint, write: Write, project: Callable[..., None]) -> None:
    project()
    text = "\ufeff" + FAULTY.replace("\n", "\r\n")
    ran = acu_lint("check", "--fix", "--stdin-filename", "a.md", "-", stdin=text.encode())
    assert ran.output.encode() == ("\ufeff" + MENDED.replace("\n", "\r\n")).encode()
    assert "6 findings in 1 file fixed" in ran.errors
    assert not Path("a.md").exists()


def test_standard_input_is_never_swallowed(acu_lint: AcuLint, write: Write, project: Callable[..., None]) -> None:
    project()
    raw = b"caf\xe9 teh"
    done = subprocess.run(
        [sys.executable, "-m", "acu_lint", "check", "--fix", "--stdin-filename", "a.md", "-"],
        input=raw,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "rules")])},
    )
    assert done.stdout == raw
    assert b"not UTF-8" in done.stderr


def test_findings_of_standard_input_go_to_standard_error(
    acu_lint: AcuLint, write: Write, project: Callable[..., None]
) -> None:
    text = "Acupuncture cures the flu.\n"
    ran = acu_lint("check", "--fix", "--format", "concise", "--stdin-filename", "a.md", "-", stdin=text.encode())
    assert ran.output == text
    assert "a.md:1:13: error:" in ran.errors
    assert ran.status == 1


def test_diff_of_standard_input(acu_lint: AcuLint, write: Write, project: Callable[..., None]) -> None:
    project()
    ran = acu_lint("check", "--diff", "--stdin-filename", "a.md", "-", stdin=b"It is teh end")
    assert "-It is teh end\n\\ No newline at end of file\n+It is the end\n" in ran.output


# --- rules that are at fault


def test_edits_that_never_end_leave_the_file_alone(
    acu_lint: AcuLint, write: Write, project: Callable[..., None]
) -> None:
    project("there", "back", "spelling")
    endless = write("a.md", "A ping and teh rest.\n")
    other = write("b.md", "It is teh word.\n")
    ran = acu_lint("check", "--fix", "a.md", "b.md")
    assert endless.read_text() == "A ping and teh rest.\n"
    assert other.read_text() == "It is the word.\n"
    assert ran.status == 2
    line, rest = ran.errors.split("\n", 1)
    assert line.startswith("acu-lint: a.md: the edits of project/back and project/there never come to an end;")
    assert rest == "acu-lint: 1 finding in 1 file fixed\n"


def test_overlapping_edits_of_one_finding_are_a_broken_rule(
    acu_lint: AcuLint, write: Write, project: Callable[..., None]
) -> None:
    project("wrong", "spelling")
    article = write("a.md", "overlapping, teh end\n")
    write("acu-lint.toml", 'rule-paths = ["lint"]\nselect = ["project", "acu"]\n')
    ran = acu_lint("check", "--fix", "--format", "json", "a.md")
    assert ran.rules == ["acu/rule-failed"]
    assert ran.status == 2
    assert article.read_text() == "overlapping, the end\n"


# --- files


def test_nothing_is_written_through_a_link(acu_lint: AcuLint, write: Write, project: Callable[..., None]) -> None:
    project()
    article = write("shared/a.md", FAULTY)
    article.chmod(0o640)
    Path("content").mkdir()
    link = Path("content/a.md")
    link.symlink_to("../shared/a.md")
    named = acu_lint("check", "--fix", "content/a.md")
    assert named.status == 2
    assert "content/a.md: it is a link, and nothing is written through one" in named.errors
    assert article.read_text() == FAULTY
    assert "a link that leads out of" in acu_lint("check", "--fix", "content").errors
    acu_lint("check", "--fix", ".")  # where the article is read by its own name
    assert link.is_symlink()
    assert article.read_text() == MENDED
    assert article.stat().st_mode & 0o777 == 0o640


def test_a_read_only_file_is_left_alone(acu_lint: AcuLint, write: Write, project: Callable[..., None]) -> None:
    project()
    locked = write("content/a.md", FAULTY)
    other = write("content/b.md", FAULTY)
    locked.chmod(0o444)
    ran = acu_lint("check", "--fix", "content")
    assert locked.read_text() == FAULTY
    assert other.read_text() == MENDED
    assert ran.status == 2
    assert ran.errors.splitlines()[0] == "acu-lint: content/a.md: the file is read-only; it is left as it was"
    assert "6 warnings" not in ran.output  # those of the second file are mended
    assert "content/b.md" not in ran.output


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(acu_lint: AcuLint, write: Write, project: Callable[..., None]) -> None:
    project()
    article = write("content/a.md", FAULTY)
    Path("content").chmod(0o555)
    ran = acu_lint("check", "--fix", "content")
    Path("content").chmod(0o755)
    assert article.read_text() == FAULTY
    assert "content/a.md: cannot be written: Permission denied" in ran.errors
    assert ran.status == 2


@pytest.mark.skipif(os.name != "posix", reason="the limit is a POSIX one")
def test_a_full_disk(acu_lint: AcuLint, write: Write, project: Callable[..., None]) -> None:
    project()
    large = write("content/large.md", "It is teh word.\n\n" * 10_000)
    small = write("content/small.md", FAULTY)
    paths = os.pathsep.join([str(ROOT), str(ROOT / "rules")])
    command = f"ulimit -f 64; exec {sys.executable} -B -m acu_lint check --fix -q content"
    env = {**os.environ, "PYTHONPATH": paths, "ACU_LINT_CONFIG": f"{Path.cwd()}-config"}
    done = subprocess.run(["bash", "-c", command], capture_output=True, env=env, check=False)
    assert done.returncode == 2
    assert done.stderr == b"acu-lint: content/large.md: cannot be written: File too large; it is left as it was\n"
    assert large.read_text() == "It is teh word.\n\n" * 10_000
    assert small.read_text() == MENDED
    assert sorted(path.name for path in Path("content").iterdir()) == ["large.md", "small.md"]


def test_a_file_that_somebody_else_changed_is_not_overwritten(
    acu_lint: AcuLint, write: Write, project: Callable[..., None]
) -> None:
    project()
    meddling = "open('content/a.md', 'w').write('changed, teh'); "
    write(
        "lint/spelling.py", RULES.replace('yield from _replace(doc, "teh"', meddling + 'yield from _replace(doc, "teh"')
    )
    article = write("content/a.md", FAULTY)
    ran = acu_lint("check", "--fix", "--allow-local-code", "content")
    assert article.read_text() == "changed, teh"
    assert ran.errors.splitlines()[0].startswith("acu-lint: content/a.md: it was changed while it was being linted;")
    assert ran.status == 2
