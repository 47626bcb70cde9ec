"""Patterns that are compiled when they are first used, so that importing a rule costs nothing."""

from __future__ import annotations

import re
from typing import Any, cast

from acu_lint.api import compiled


class _Lazy:
    """Stands for a pattern: the first use compiles it and takes over its methods."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        pattern = compiled(self._source, self._flags)
        for method in ("search", "match", "fullmatch", "finditer", "findall", "split", "sub"):
            setattr(self, method, getattr(pattern, method))
        return getattr(pattern, name)


def lazy(source: str, flags: int = 0) -> re.Pattern[str]:
    """Give a pattern that is compiled when it is first used."""
    return cast("re.Pattern[str]", _Lazy(source, flags))
