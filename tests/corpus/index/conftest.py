"""A repository of articles."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.corpus.index.sites import site


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("GIT_") or name == "PRE_COMMIT"]:
        monkeypatch.delenv(name)
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return site(folder)
