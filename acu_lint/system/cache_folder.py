"""Where what can be made again is kept: the user's cache folder, or the one that ``ACU_LINT_CACHE`` names."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_folder() -> Path:
    """The folder, which need not exist."""
    if folder := os.environ.get("ACU_LINT_CACHE"):
        return Path(folder)
    if sys.platform == "linux":  # as platformdirs finds it, whose import takes 9 ms
        return Path(os.environ.get("XDG_CACHE_HOME", "").strip() or os.path.expanduser("~/.cache"), "acu-lint")  # noqa: PTH111
    from platformdirs import user_cache_path  # noqa: PLC0415 -- see above

    return user_cache_path("acu-lint", appauthor=False)
