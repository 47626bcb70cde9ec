"""The settings that docs/editors.md gives for Vim, in the real Vim."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Write

SCRIPT = """
set encoding=utf-8
{settings}
silent make
let rows = map(getqflist(), 'v:val.lnum . ":" . v:val.col . ":" . v:val.type . ":" . v:val.text')
call writefile(rows, 'rows')
qall!
"""


@pytest.mark.skipif(shutil.which("vim") is None, reason="Vim is not installed here")
def test_vim_lists_the_findings(tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    documented = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    settings = "\n".join(line.strip() for line in documented.splitlines() if line.startswith("    set "))
    assert "errorformat" in settings
    write("bin/acu-lint", f'#!/bin/sh\nexec {sys.executable} -m acu_lint "$@"\n').chmod(0o755)
    write("article.md", "# Acupuncture and sciatica today\n\nAcupuncture cures sciatica.\n")
    write("script.vim", SCRIPT.format(settings=settings))
    paths = os.pathsep.join([str(ROOT), str(ROOT / "rules")])
    env = {**os.environ, "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": paths}
    subprocess.run(
        ["vim", "-N", "-u", "NONE", "-es", "article.md", "-S", "script.vim"], env=env, timeout=60, check=False
    )
    rows = (tmp_path / "rows").read_text(encoding="utf-8")
    assert "3:13:e:" in rows
    assert "[claims/cure]" in rows
