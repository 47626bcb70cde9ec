"""The common run leaves all of these tests out, and does without Dask, which takes two seconds to import."""

from __future__ import annotations

import pytest


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    """Answer for each file of this folder."""
    return True if config.getoption("markexpr") == "not slow" else None
