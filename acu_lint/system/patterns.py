"""Patterns whose compiled form is kept, so that a run need not compile the few hundred that it uses.

Compiling takes a fifth of the time of a check of one article (75 ms for 370 patterns; 1.4 ms from what is kept). The
standard library has no public way to keep what it makes of a pattern, so this module, and no other, steps between
``re`` and its compiler: what was kept for the very same source and flags goes to ``_sre.compile``, which looks over
every instruction. That is done for the versions of CPython that it is tested with; others compile as ever.

Only patterns that are written in a module are kept: those compiled while it is imported, and ``compiled`` ones. What
is made of an article or a configuration is not.
"""

from __future__ import annotations

import json
import re
import sys
from array import array
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from acu_lint.system import prepared

_TESTED = {(3, 11), (3, 12), (3, 13)}
_KEY = "patterns"
_WORD: Final = "I"  # of an array: what an instruction takes

_Compile = Callable[..., "re.Pattern[Any]"]


def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """Compile a pattern that is the same in every run, at the first time it is needed."""
    return re.compile(source, flags)


class _Kept:
    """Stands between ``re`` and its compiler."""

    def __init__(self, internals: Any, compile_: _Compile) -> None:
        self._internals = internals
        self._compile = compile_
        self._made: dict[tuple[str, int], list[Any]] = {}
        self._codes: memoryview[int] = memoryview(b"").cast(_WORD)
        self._new: list[tuple[str, int]] = []

    def read(self, kept: memoryview) -> None:
        """Take what is kept: a length, a table of patterns, and the instructions of all of them."""
        size = int.from_bytes(kept[:4], "big")
        table = json.loads(bytes(kept[4:size]))
        self._codes = kept[size:].cast(_WORD)
        self._made = {(row[0], row[1]): row[2:] for row in table}

    def compile(self, source: Any, flags: int = 0) -> re.Pattern[Any]:
        """Make a pattern, from what is kept where that is so."""
        if type(source) is not str:  # bytes, or what is parsed already
            return self._compile(source, flags)
        made = self._made.get((source, flags))
        if made:
            with suppress(
                ValueError, TypeError, LookupError, OverflowError, RuntimeError
            ):  # what is kept makes no sense
                return self._from(source, made)
        if _is_written():
            self._new.append((source, flags))
        return self._compile(source, flags)

    def _from(self, source: str, made: list[Any]) -> re.Pattern[Any]:
        flags, start, end, groups, index = made
        names: list[str | None] = [None] * (groups + 1)
        for name, number in index.items():
            names[number] = name
        code = self._codes[start:end].tolist()
        pattern: re.Pattern[Any] = self._internals._sre.compile(source, flags, code, groups, index, tuple(names))
        return pattern

    def save(self) -> None:
        """Hand over what is to be kept, if there is something new."""
        if not self._new:
            return
        codes = array(_WORD)
        table: list[list[Any]] = []
        for (source, flags), made in [*self._made.items(), *((key, None) for key in dict.fromkeys(self._new))]:
            if made:
                all_flags, start, end, groups, index = made
                code = self._codes[start:end].tolist()
            else:
                parsed = self._internals._parser.parse(source, flags)
                code = self._internals._code(parsed, flags)
                all_flags, groups, index = flags | parsed.state.flags, parsed.state.groups - 1, parsed.state.groupdict
            table.append([source, flags, all_flags, len(codes), len(codes) + len(code), groups, dict(index)])
            codes.extend(code)
        head = json.dumps(table).encode()
        head += b" " * (-len(head) % codes.itemsize)
        prepared.keep_bytes(_KEY, (len(head) + 4).to_bytes(4, "big") + head + codes.tobytes())


def _is_written() -> bool:
    """Whether the pattern that is being compiled stands in a module: no article or setting has a part in it."""
    frame = sys._getframe(2)
    while outer := frame.f_back:
        if frame.f_code is compiled.__code__:
            return True
        if frame.f_code.co_name == "<module>":
            return outer.f_globals.get("__name__") == "importlib._bootstrap"  # and no rule of a repository
        frame = outer
    return False


_kept: _Kept | None = None


def begin() -> None:
    """Compile no pattern that is kept, from now on."""
    global _kept  # noqa: PLW0603 -- there is one compiler in the process
    if _kept or not prepared.is_used() or sys.implementation.name != "cpython" or sys.version_info[:2] not in _TESTED:
        return
    from re import _compiler as internals  # type: ignore[attr-defined]  # noqa: PLC0415 -- private: not for others

    kept = _Kept(internals, internals.compile)
    if found := prepared.prepared_bytes(_KEY):
        with suppress(ValueError, TypeError, LookupError):
            kept.read(memoryview(found))
    internals.compile = kept.compile
    _kept = kept


def end() -> None:
    """Have what was compiled kept."""
    if _kept:
        _kept.save()
