"""proselint, which every ratio is measured against: a linter of prose in Python that many know.

It is installed from the package index into a folder that is removed afterwards, and nothing of acu-lint needs it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VERSION = "0.16.0"


@contextmanager
def proselint() -> Iterator[tuple[str, ...]]:
    """The command that checks paths with proselint, one process, its own settings."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        programs = Path(folder, "Scripts" if sys.platform == "win32" else "bin")
        install = (programs / "python", "-m", "pip", "install", "-q", f"proselint=={VERSION}")
        subprocess.run(install, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        yield str(programs / "proselint"), "check"
