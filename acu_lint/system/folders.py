"""Where the user keeps what is not part of a repository."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path:
    """Where what can be made again is kept."""
    if folder := os.environ.get("ACU_LINT_CACHE"):
        return Path(folder)
    from platformdirs import user_cache_path  # noqa: PLC0415 -- 7 ms that only some runs need

    return user_cache_path("acu-lint", appauthor=False)


def make_private(folder: Path) -> None:
    """Make a folder that only the user can look into, if it is not there; raises ``OSError``."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
