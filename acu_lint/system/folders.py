"""Where the user keeps what is not part of a repository."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_folder() -> Path:
    """Where what can be made again is kept: the user's cache folder, or the one that ``ACU_LINT_CACHE`` names."""
    if folder := os.environ.get("ACU_LINT_CACHE"):
        return Path(folder)
    if sys.platform == "linux":  # as platformdirs finds it, whose import takes 9 ms
        return Path(os.environ.get("XDG_CACHE_HOME", "").strip() or os.path.expanduser("~/.cache"), "acu-lint")  # noqa: PTH111
    from platformdirs import user_cache_path  # noqa: PLC0415 -- see above

    return user_cache_path("acu-lint", appauthor=False)


def make_private(folder: Path) -> None:
    """Make a folder that only the user can look into, if it is not there; raises ``OSError``."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
