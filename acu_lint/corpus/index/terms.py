"""Terms of an article as the index keeps them: 4 bytes for each, its id and how often it occurs."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence


def packed(terms: Iterable[int], counts: Sequence[int]) -> bytes:
    """Ids of terms and how often each occurs, as the index keeps them."""
    if max(counts, default=0) <= 255:
        return array("I", [term << 8 | count for term, count in zip(terms, counts, strict=True)]).tobytes()
    parts = ((term, rest) for term, count in zip(terms, counts, strict=True) for rest in range(count, 0, -255))
    return array("I", [term << 8 | min(rest, 255) for term, rest in parts]).tobytes()


def unpacked(terms: bytes | None) -> Mapping[int, int]:
    """How often each term occurs, by its id."""
    counts: dict[int, int] = {}
    for number in memoryview(terms or b"").cast("I"):
        counts[number >> 8] = counts.get(number >> 8, 0) + (number & 0xFF)
    return counts
