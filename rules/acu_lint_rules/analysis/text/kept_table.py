"""The table of a matcher, kept from one run to the next.

To make the tables of all lists takes 60 ms, more than all rules need for an article. A kept one is read in a tenth of a
millisecond, since what stands behind a word is taken apart only where a text has the word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from acu_lint.api import prepared

Tails = dict[tuple[str, ...], tuple[str, str]]  # further words of terms -> the term as the list has it, its section

_FIELD, _ROW = "\x1f", "\x1e"  # no list has such signs


def kept_table(key: str, make: Callable[[], Mapping[str, Tails]]) -> dict[str, Tails]:
    """A table that follows from the lists alone, under a key that no other has.

    ``keys()``, ``in``, ``[word]`` and ``get(word)`` are those of the table that ``make`` gives.
    """
    return _unpacked(prepared(f"table {key}", lambda: _packed(make())))


def _packed(table: Mapping[str, Tails]) -> str:
    """A table as a text: its words, an empty line, and for each word a line of what follows it."""
    rows = [
        _ROW.join([_FIELD.join((" ".join(tail), *value)) for tail, value in tails.items()]) for tails in table.values()
    ]
    return "\n".join([*table, "", *rows])


def _unpacked(text: str) -> dict[str, Tails]:
    heads, _, rows = text.partition("\n\n")
    return _Kept(zip(heads.split("\n"), rows.split("\n"), strict=True)) if rows else {}


class _Kept(dict[str, Any]):
    """A table whose rows are taken apart when they are asked for."""

    def __getitem__(self, word: str) -> Tails:
        kept = super().__getitem__(word)
        if not isinstance(kept, str):
            return cast("Tails", kept)
        fields = [row.split(_FIELD) for row in kept.split(_ROW)]
        tails = {tuple(tail.split(" ")) if tail else (): (term, section) for tail, term, section in fields}
        self[word] = tails
        return tails

    def get(self, word: str, default: Any = None) -> Any:
        return self[word] if word in self else default  # noqa: SIM401 -- which this is
