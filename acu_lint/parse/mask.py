"""Blanks out what templates put into a text; the length stays, so every offset stays true."""

from __future__ import annotations

from ..source import Source


def prepare(source: Source, begin: int) -> str:
    """The text to parse: what stands before ``begin`` becomes empty lines."""
    return "\n" * begin + source.text[begin:]
