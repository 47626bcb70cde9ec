"""Bad input: one clear line, the right status, and the other files are still linted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, AcuLint, Write

GOOD = "# A title of a proper length\n\nAcupuncture cures sciatica.\n"
UNREADABLE = {
    "not UTF-8": (b"# Caf\xe9\n", "not UTF-8 (byte 0xe9 at offset 5)"),
    "UTF-16": ("# Title".encode("utf-16"), "it looks like UTF-16"),
    "NUL bytes": (b"# Title\n\n\0\0", "NUL byte at offset 9"),
    "50 MB": (b"word " * 10_000_000, "50 MB is more than 10 MB"),
}


@pytest.mark.parametrize(("content", "reason"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_an_unreadable_file_is_skipped(acu_lint: AcuLint, write: Write, content: bytes, reason: str) -> None:
    write("articles/bad.md", content)
    write("articles/good.md", GOOD)
    ran = acu_lint("check", "--format", "json", "articles")
    (skipped,) = ran.json["skipped"]
    assert skipped["path"] == "articles/bad.md"
    assert reason in skipped["reason"]
    assert ran.errors.count("\n") == 1
    assert "articles/bad.md: skipped:" in ran.errors
    assert "claims/cure" in ran.rules
    assert ran.status == 1


SURVIVED = {
    "empty.md": b"",
    "blank.txt": b" \n\n \n",
    "bom.md": b"\xef\xbb\xbf",
    "one-line.md": b"Acupuncture may ease pain, they say. " * 27_000,
    "one-word.md": b"a" * 1_000_000,
    "quotes.md": b">" * 10_000 + b" deep",
    "lists.md": b"".join(b" " * depth + b"- x\n" for depth in range(0, 2_000, 2)),
    "nested-lists.md": b"- " * 10_000 + b"deep",
    "brackets.md": b"[" * 50_000,
    "stars.md": b"*a **b " * 20_000,
    "unclosed.html": b"<div><p>" * 10_000 + b"text",
    "unclosed-comment.html": b"<p>text <!-- never closed " * 1_000,
    "stray.html": b"</p></div></table> & < > text",
    "braces.mdx": b"{" * 20_000 + b"<Tag " * 1_000,
    "front-matter.md": b"---\ntitle: never closed\n",
    "bomb.md": b"---\na: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n---\ntext",
}


LARGE = ("one-line.md", "one-word.md", "stars.md")


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow if name in LARGE else ()) for name in SURVIVED]
)
def test_odd_files_do_not_stop_the_run(acu_lint: AcuLint, write: Write, name: str) -> None:
    write(f"articles/{name}", SURVIVED[name])
    write("articles/good.md", GOOD)
    ran = acu_lint("check", "--format", "json", "articles")
    assert ran.status == 1
    assert ran.errors == ""
    assert "claims/cure" in ran.rules
    assert "acu/rule-failed" not in ran.rules
    assert ran.json["summary"]["files"] == 2
    assert acu_lint("stats", "--format", "json", "articles").status == 0


def test_broken_front_matter_names_the_line(acu_lint: AcuLint, write: Write) -> None:
    write("broken.md", "---\ntitle: 'open\ndate: 2026-01-01\n---\n\nAcupuncture cures sciatica.\n")
    ran = acu_lint("check", "--format", "json", "broken.md")
    assert {"acu/front-matter", "claims/cure"} <= set(ran.rules)
    assert ran.status == 1


def test_a_folder_that_is_not_there(acu_lint: AcuLint, write: Write) -> None:
    write("good.md", GOOD)
    ran = acu_lint("check", "nowhere", "good.md")
    assert ran.status == 2
    assert ran.errors == "acu-lint: there is no file or folder nowhere\n"
    assert "claims/cure" in ran.output


def test_a_format_that_is_not_read(acu_lint: AcuLint, write: Write) -> None:
    write("table.csv", "a,b\n")
    ran = acu_lint("check", "table.csv")
    assert ran.status == 0
    assert "table.csv: skipped: not a format" in ran.errors


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_no_permission(acu_lint: AcuLint, write: Write) -> None:
    write("articles/good.md", GOOD)
    write("articles/secret.md", GOOD).chmod(0)
    ran = acu_lint("check", "articles")
    assert "articles/secret.md: skipped: cannot be read: Permission denied" in ran.errors
    assert "claims/cure" in ran.output


def test_a_file_that_cannot_be_opened(acu_lint: AcuLint, write: Write) -> None:
    write("articles/good.md", GOOD)
    Path("articles/gone.md").symlink_to("nowhere.md")
    ran = acu_lint("check", "articles")
    assert ran.status == 1
    assert "articles/gone.md: skipped: cannot be read: No such file or directory" in ran.errors
    assert "claims/cure" in ran.output


def test_a_loop_of_links(acu_lint: AcuLint, write: Write) -> None:
    write("articles/good.md", GOOD)
    Path("articles/again").symlink_to("..", target_is_directory=True)
    ran = acu_lint("check", "--format", "json", "articles")
    assert ran.json["summary"]["files"] == 1


def test_gitignore_is_honoured_below_a_folder(acu_lint: AcuLint, write: Write) -> None:
    write(".gitignore", "build/\n*.draft.md\n")
    write("build/a.md", GOOD)
    write("content/b.draft.md", GOOD)
    write("content/.gitignore", "!keep.draft.md\nlocal.md\n")
    write("content/keep.draft.md", GOOD)
    write("content/local.md", GOOD)
    write("node_modules/pkg/readme.md", GOOD)
    ran = acu_lint("check", "--format", "json", ".")
    assert {finding["path"] for finding in ran.json["findings"]} == {"./content/keep.draft.md"}


def test_a_card_with_a_wrong_key(acu_lint: AcuLint, write: Write) -> None:
    write("lint/bad.yml", "id: project/bad\ntitle: t\nmesage: m\n")
    write("acu-lint.toml", 'rule-paths = ["lint"]\n')
    write("good.md", GOOD)
    ran = acu_lint("check", "good.md")
    assert ran.status == 2
    assert "lint/bad.yml:3: unknown key 'mesage' (did you mean 'message'?)" in ran.errors
    assert "claims/cure" in ran.output


def test_local_code_needs_leave(acu_lint: AcuLint, write: Write) -> None:
    write("lint/mine.yml", "id: project/mine\ntitle: t\nmessage: m\nsources: [s]\npython: mine.py:check\n")
    write("lint/mine.py", "from acu_lint.api import Hit, Span\n\ndef check(doc):\n    yield Hit(Span(0, 1))\n")
    write("acu-lint.toml", 'rule-paths = ["lint"]\n')
    write("good.md", GOOD)
    ran = acu_lint("check", "good.md")
    assert ran.status == 2
    assert "allow-local-code" in ran.errors
    write("acu-lint.toml", 'rule-paths = ["lint"]\nallow-local-code = true\n')  # a repository can only ask for it
    assert acu_lint("check", "good.md").status == 2
    assert "project/mine" in acu_lint("check", "--format", "json", "--allow-local-code", "good.md").rules


def pack(write: Write, name: str, code: str, card: str = "") -> dict[str, str]:
    """Install a pack of a stranger: a package and its metadata on the path."""
    write(f"site/{name}/__init__.py", code)
    if card:
        write(f"site/{name}/card.yml", card)
    write(f"site/{name}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    write(f"site/{name}-1.0.dist-info/entry_points.txt", f"[acu_lint.rules]\n{name} = {name}\n")
    return {"PYTHONPATH": os.pathsep.join([str(Path("site").resolve()), str(ROOT), str(ROOT / "rules")])}


STRANGER = "id: stranger/word\ntitle: t\nmessage: \"'{match}'\"\nsources: [s]\nterms: [sciatica]\n"


def test_a_pack_of_a_stranger_needs_no_python(acu_lint: AcuLint, write: Write) -> None:
    env = pack(write, "stranger", "", STRANGER)
    write("good.md", GOOD)
    assert "stranger/word" in acu_lint("check", "--format", "json", "good.md", env=env).rules


def test_a_plugin_that_raises_at_import(acu_lint: AcuLint, write: Write) -> None:
    env = pack(write, "broken", "raise RuntimeError('no licence')\n")
    write("good.md", GOOD)
    ran = acu_lint("check", "good.md", env=env)
    assert ran.status == 1
    assert ran.errors == "acu-lint: the rule pack 'broken' (broken) is left out: RuntimeError: no licence\n"
    assert "claims/cure" in ran.output
    assert "no licence" in acu_lint("plugins", env=env).output
    write("acu-lint.toml", 'require-packs = ["broken"]\n')
    assert acu_lint("check", "good.md", env=env).status == 2


def test_a_plugin_that_raises_in_a_rule(acu_lint: AcuLint, write: Write) -> None:
    card = "id: stranger/rule\ntitle: t\nmessage: m\nsources: [s]\npython: stranger:check\n"
    env = pack(write, "stranger", "def check(doc):\n    raise KeyError('oops')\n", card)
    write("good.md", GOOD)
    ran = acu_lint("check", "--format", "json", "good.md", env=env)
    assert ran.status == 2
    assert {"acu/rule-failed", "claims/cure"} <= set(ran.rules)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the full device is a Linux one")
def test_a_full_disk_is_one_line(acu_lint: AcuLint, write: Write) -> None:
    write("good.md", GOOD)
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "acu_lint", "check", "good.md"],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "rules")])},
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == b"acu-lint: cannot write: No space left on device\n"


def test_a_closed_pipe_is_quiet(acu_lint: AcuLint, write: Write) -> None:
    write("good.md", GOOD * 200)
    command = f"{sys.executable} -m acu_lint check good.md | head -n 1"
    paths = os.pathsep.join([str(ROOT), str(ROOT / "rules")])
    done = subprocess.run(
        ["sh", "-c", command], capture_output=True, env={**os.environ, "PYTHONPATH": paths}, check=False
    )
    assert done.stderr == b""


def test_standard_input_that_is_not_text(acu_lint: AcuLint) -> None:
    ran = acu_lint("check", "--format", "json", "--stdin-filename", "a.md", "-", stdin=b"\xff\xfe")
    assert "not UTF-8" in ran.json["skipped"][0]["reason"]


def test_standard_input_needs_a_name(acu_lint: AcuLint) -> None:
    ran = acu_lint("check", "-")
    assert ran.status == 2
    assert "--stdin-filename" in ran.errors
