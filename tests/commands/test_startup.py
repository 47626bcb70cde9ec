"""Nothing heavy is loaded to check an article, and no command that judges articles reaches for the network."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

HEAVY = {"numpy", "scipy", "sklearn", "nltk", "textstat"}
ARTICLE = (
    "# Acupuncture and knee pain\n\n" + "Acupuncture cures knee pain in 90% of people. Studies show it works. " * 60
)

PROBE = """
import socket, sys
def refuse(*_, **__):
    print("NETWORK", file=sys.stderr)
    raise OSError("no network")
socket.socket.connect = refuse
socket.getaddrinfo = refuse
sys.path[:0] = {paths!r}
from acu_lint.cli import cli
try:
    cli(["{command}", {arguments}], standalone_mode=False)
except SystemExit:
    pass
print("LOADED", *(name for name in {heavy!r} if name in sys.modules), file=sys.stderr)
"""


def probe(command: str, article: Path, *arguments: str) -> str:
    """Run a command in a fresh interpreter without a network; the heavy modules it loaded."""
    code = PROBE.format(
        paths=[str(ROOT), str(ROOT / "rules")],
        command=command,
        arguments=", ".join(map(repr, [*arguments, str(article)])),
        heavy=sorted(HEAVY),
    )
    home = {**os.environ, "HOME": str(article.parent), "NLTK_DATA": ""}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=home)
    assert done.stdout
    assert "NETWORK" not in done.stderr
    return done.stderr.partition("LOADED")[2].strip()


def test_check_loads_nothing_heavy(tmp_path: Path) -> None:
    article = tmp_path / "article.md"
    article.write_text(ARTICLE)
    assert probe("check", article, "--format", "json") == ""


def test_check_against_a_corpus_loads_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "acu-lint.toml").write_text('[corpus]\ninclude = ["*.md"]\n')
    (tmp_path / "other.md").write_text(
        "# Something else\n\n" + "A walk after lunch clears the head, and costs nothing. " * 30
    )
    article = tmp_path / "article.md"
    article.write_text(ARTICLE)
    assert probe("check", article) == ""
    (tmp_path / "copy.md").write_text(ARTICLE)
    assert probe("check", article) == ""


def test_a_table_of_scores_loads_nothing_heavy(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(ARTICLE)
    assert probe("score", tmp_path) == ""


@pytest.mark.parametrize("command", ["stats", "score"])
def test_readability_scores_are_textstats_and_need_no_network(tmp_path: Path, command: str) -> None:
    article = tmp_path / "article.md"
    article.write_text(ARTICLE)
    assert {"textstat", "nltk"} <= set(probe(command, article, "--format", "json").split())


def test_duplicates_needs_no_network(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(ARTICLE)
    assert "sklearn" in probe("duplicates", tmp_path)
