"""No line of text, however hostile, takes the rule pack more than linear time."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow

SECONDS = 600  # generous: a pattern that hangs is what this stops


@pytest.mark.parametrize("what", ["patterns", "matchers", "check"])
def test_time_is_linear(what: str) -> None:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "rules")])
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tests.hostile", what],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": paths},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as expired:
        last = (expired.stdout or b"").decode(errors="replace").strip().splitlines()[-1:]
        pytest.fail(f"it hangs at {last}")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    tried = [line for line in lines if line.startswith("#")]
    assert len(tried) >= (1 if what == "matchers" else 50)
    assert [line for line in lines if not line.startswith("#")] == []
