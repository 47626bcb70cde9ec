"""What a hostile text is, and what such texts are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Shape(NamedTuple):
    """A hostile text: the file's name, the text for a size in bytes, the configuration.

    ``approvals`` is what the file of approved claims holds. ``copies``: so many near copies of the text are the corpus.
    """

    file: str
    make: Callable[[int], str]
    config: str = ""
    approvals: str = ""
    copies: int = 0


def again(unit: str, head: str = "", tail: str = "") -> Callable[[int], str]:
    """A unit again and again between a head and a tail."""

    def make(size: int) -> str:
        each = max(len(unit.encode()), 1)
        return head + unit * max((size - len((head + tail).encode())) // each, 1) + tail

    return make


def counted(unit: str, head: str = "", tail: str = "") -> Callable[[int], str]:
    """A unit again and again, with its number where it says ``@``."""

    def make(size: int) -> str:
        parts, left, number = [], size - len((head + tail).encode()), 0
        while left > 0:
            number += 1
            part = unit.replace("@", str(number))
            parts.append(part)
            left -= len(part.encode())
        return head + "".join(parts) + tail

    return make


def nested(opening: str, closing: str, middle: str = "tea", head: str = "") -> Callable[[int], str]:
    """An opening again and again, then as many closings."""

    def make(size: int) -> str:
        depth = max((size - len((head + middle).encode())) // len((opening + closing).encode()), 1)
        return head + opening * depth + middle + closing * depth

    return make


def growing(unit: Callable[[int], str]) -> Callable[[int], str]:
    """Units that grow with their number, from 1."""

    def make(size: int) -> str:
        parts, left, number = [], size, 0
        while left > 0:
            number += 1
            parts.append(unit(number))
            left -= len(parts[-1].encode())
        return "".join(parts)

    return make


def halves(first: str, second: str, middle: str = "") -> Callable[[int], str]:
    """One unit in the first half, another in the second."""
    return lambda size: again(first)(size // 2) + middle + again(second)(size // 2)


def matter(make: Callable[[int], str], opening: str = "---\n", closing: str = "\n---\n") -> Callable[[int], str]:
    """A text as front matter."""
    return lambda size: opening + make(size) + closing + "\n# Tea\n\nTea is warm.\n"


def acronym(number: int) -> str:
    """Four letters, others for each number."""
    return "".join(chr(65 + number // 26**place % 26) for place in range(4))
