"""What the readers of YAML, TOML and JSON have in common: values that know their place."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from ..document import Piece

_SPACE = re.compile(r"\s+")
_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^\s])|''")
_FOLD = re.compile(r"\\\s*\n\s*")


class Value(NamedTuple):
    """A scalar: its dotted key and the range of its text, quotes left out."""

    key: str
    start: int
    end: int


class BrokenError(Exception):
    """Data that cannot be read: what is wrong and where (an offset)."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class Loaded(NamedTuple):
    """Data, the places of its values, and keys that stand twice."""

    data: Any
    values: list[Value]
    twice: list[tuple[str, int]]


def align(value: str, raw: str, start: int) -> list[Piece]:
    """Pieces that lead from a value to the raw text it was written as: escapes and folds are atomic."""
    pieces: list[Piece] = []
    i = j = run = 0
    while i < len(value) and j < len(raw):
        if value[i] == raw[j] and raw[j] not in "\\'\r\n \t":
            i, j = i + 1, j + 1
            continue
        if i > run:
            pieces.append(Piece(value[run:i], start + j - (i - run), i - run))
        i, j, piece = _odd(value, i, raw, j, start)
        if piece is None:
            return [Piece(value, start, len(raw))]
        if piece.text:
            pieces.append(piece)
        run = i
    if i > run:
        pieces.append(Piece(value[run:i], start + j - (i - run), i - run))
    whole = i == len(value) and not raw[j:].strip()
    return pieces if whole else [Piece(value, start, len(raw))]


def _odd(value: str, i: int, raw: str, j: int, start: int) -> tuple[int, int, Piece | None]:
    """One step over what may be written otherwise than it reads: white space, an escape, a quote."""
    fold = _FOLD.match(raw, j)
    if fold:
        return i, fold.end(), Piece("", start + j, 0)
    space = _SPACE.match(raw, j)
    if space:
        blank = _SPACE.match(value, i)
        text = blank.group() if blank else ""
        return i + len(text), space.end(), Piece(text, start + j, space.end() - j)
    escape = _ESCAPE.match(raw, j)
    if escape and not (escape.group() == "''" and value.startswith("''", i)):
        return i + 1, escape.end(), Piece(value[i], start + j, escape.end() - j)
    if value[i] == raw[j]:
        return i + 1, j + 1, Piece(value[i], start + j, 1)
    return i, j, None
