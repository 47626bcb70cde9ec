"""Helpers that several test modules use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from acu_lint.document.document import Document
from acu_lint.document.vocabulary import EMPTY, Vocabulary
from acu_lint.parse import parse
from acu_lint.rules.finding import Hit
from acu_lint.testing import TODAY
from tests.warm import Server

ROOT = Path(__file__).resolve().parent.parent


class Ran:
    """What a command line did: status, output, errors."""

    def __init__(self, done: subprocess.CompletedProcess[bytes]) -> None:
        self.status = done.returncode
        self.output = done.stdout.decode("utf-8")
        self.errors = done.stderr.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.output)

    @property
    def rules(self) -> list[str]:
        """The ids of the findings of ``--format json``."""
        return [finding["rule"] for finding in self.json["findings"]]


AcuLint = Callable[..., Ran]
Write = Callable[[str, str | bytes], Path]


@pytest.fixture(scope="session")
def warm() -> Iterator[Server]:
    """Runs the command without its start."""
    server = Server()
    yield server
    server.close()


@pytest.fixture
def acu_lint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, warm: Server) -> AcuLint:
    """Run the real command in a process of its own, in an empty folder that is the working folder."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> Ran:
        whole = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "rules")]),
            "COLUMNS": "90",
            "ACU_LINT_CACHE": str(tmp_path.with_name(f"{tmp_path.name}-cache")),
            "ACU_LINT_CONFIG": str(tmp_path.with_name(f"{tmp_path.name}-config")),
            **(env or {}),
        }
        if hasattr(os, "fork") and not any(name.startswith("PYTHON") for name in env or {}):
            return Ran(warm.run(arguments, stdin, whole))
        command = [sys.executable, "-m", "acu_lint", *arguments]
        return Ran(subprocess.run(command, input=stdin, capture_output=True, timeout=120, check=False, env=whole))

    return call


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file below the test's folder."""

    def call(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return call


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Where a test keeps its index."""
    return tmp_path / "cache"


def clean_env() -> dict[str, str]:
    """The environment without what leads git elsewhere, as where the tests run in a hook."""
    return {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}


def git(folder: Path, *arguments: str, stdin: str = "", day: str = "2024-01-01") -> str:
    """Run git in a folder, as a user without settings who commits at noon of a day; return what it prints."""
    person = {f"GIT_{who}_{what}": "ann@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    times = {f"GIT_{who}_DATE": f"{day}T12:00:00Z" for who in ("AUTHOR", "COMMITTER")}
    no_settings = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    command = ["git", "-C", str(folder), *arguments]
    env = {**clean_env(), **person, **times, **no_settings}
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout


def document(text: str, path: str = "a.md", *, vocabulary: Vocabulary = EMPTY) -> Document:
    """An article, read on the day of the tests; the end of the path says in which format."""
    return parse(path, text, today=TODAY, vocabulary=vocabulary)


def assert_quick(doc: Document, rules: Iterable[Callable[[Document], Iterable[Hit]]]) -> None:
    """Assert that rules read a hostile document in less than five seconds of processor time (none needs one)."""
    start = time.process_time()
    for rule in rules:
        list(rule(doc))
    assert time.process_time() - start < 5
