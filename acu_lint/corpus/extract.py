"""What the index keeps of an article: numbers only, never its text."""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple
from zlib import crc32

from acu_lint.corpus.article import Article
from acu_lint.document.document import Document

# Rises with every change of what is kept of an article or how, so that an older index is built anew.
VERSION = 6

# Short fingerprints tell how much two articles share, also where words were exchanged. An article of more than
# ``_MANY`` sequences keeps every fourth: two articles with a fifth of their sequences in common (Jaccard) then share
# some 20 of them, and fewer than three once in ten million times.
SHORT = 5  # words
_MANY = 256
_SAMPLE = 3 << 32  # the bits of a hash that must be 0 in the quarter that is kept
# Long fingerprints find copied passages. Of every ``_WINDOW`` sequences in a row the smallest hash is kept
# (winnowing: Schleimer, Wilkerson, Aiken, SIGMOD 2003, https://doi.org/10.1145/872757.872770), so that any
# run of LONG + _WINDOW - 1 = 25 equal words has one in common: no such run can be missed.
LONG = 12  # words
_WINDOW = 14

# A block stands at the edge of its article where at most this share of the words comes before it, or after it.
_BEFORE, _AFTER = 0.10, 0.20

_63_BITS = (1 << 63) - 1
_EVEN = 0xFFFF_FFFE  # the lowest of the 32 bits of a fingerprint says whether it is a long one
# Hashes of tuples of numbers are the same in every process, but not promised to be so in every Python.
HASHING = hash((crc32(b"acu-lint"), SHORT, LONG, sys.hash_info.width)) & _EVEN

KeysOf = Callable[[Document], Iterable[tuple[str, str]]]  # what a pack says of a document: kind, text


class Extract(NamedTuple):
    """What is kept of one article.

    ``terms`` are the hashes (63 bits) of its different words and ``counts`` how often each occurs (at most 65,535);
    ``short`` and ``long`` its fingerprints (32 bits, sorted; odd numbers are long ones); ``blocks`` one hash (63 bits)
    for each of its compared blocks and ``sizes`` how many words each has, negative where the block stands at the edge
    of the article; ``keys`` are (kind, hash of 63 bits) of what a pack says about it: title, description, keyphrase.
    """

    words: int
    terms: array[int]
    counts: array[int]
    short: array[int]
    long: array[int]
    blocks: array[int]
    sizes: array[int]
    keys: tuple[tuple[str, int], ...] = ()


def extract(article: Article, keys: Iterable[tuple[str, str]] = ()) -> Extract:
    """The numbers of an article, a function of its words alone; ``keys`` are what a pack says about it."""
    hashes = hashes_of(article.words)
    counted = Counter(hashes)
    short, long = fingerprints(hashes)
    return Extract(
        len(hashes),
        array("q", counted),
        array("H", [min(count, 0xFFFF) for count in counted.values()]),
        array("I", sorted(short)),
        array("I", sorted(long)),
        array("q", [block_hash(hashes[start:end]) for start, end in article.blocks]),
        array("i", _sizes(article)),
        tuple(sorted({(kind, word_hash(text)) for kind, text in keys})),
    )


def word_hash(word: str) -> int:
    """63 bits of a word or any other text, the same in every process.

    The checksum of the text and that of the text backwards are those of two different polynomials, so that together
    they tell words apart as one of 64 bits would.
    """
    raw = word.encode("utf-8", "surrogatepass")
    return (crc32(raw) << 32 | crc32(raw[::-1])) & _63_BITS


class _Hashes(dict[str, int]):
    """The hashes of the words seen so far."""

    def __missing__(self, word: str) -> int:
        if len(self) > 1_000_000:  # some 150 MB
            self.clear()
        return self.setdefault(word, word_hash(word))


_hashes = _Hashes()


def hashes_of(words: Iterable[str]) -> list[int]:
    """``word_hash`` of each of the words."""
    return list(map(_hashes.__getitem__, words))


def block_hash(hashes: Sequence[int]) -> int:
    """63 bits of a block, from the hashes of its words."""
    return hash(tuple(hashes)) & _63_BITS


def fingerprints(hashes: Sequence[int]) -> tuple[set[int], set[int]]:
    """The short and the long fingerprints of a text, from the hashes of its words.

    The short ones are those of all sequences of ``SHORT`` words or of every fourth, the long ones those of some
    sequences of ``LONG`` words: two texts that share a run of 25 words have one of them in common.
    """
    sequences = list(map(hash, zip(*(hashes[shift:] for shift in range(SHORT)), strict=False)))
    sample = _SAMPLE if len(sequences) > _MANY else 0
    short = {sequence & _EVEN for sequence in sequences if not sequence & sample}
    return short, {sequence & _EVEN | 1 for sequence in _winnowed(_long(sequences))}


def _winnowed(numbers: Sequence[int]) -> set[int]:
    """The least of every ``_WINDOW`` numbers in a row."""
    if len(numbers) < _WINDOW:
        return set()
    least = min(numbers[:_WINDOW])
    place = numbers.index(least)
    found = {least}
    for at in range(_WINDOW, len(numbers)):
        number = numbers[at]
        if number <= least:
            least, place = number, at
            found.add(number)
        elif at - place >= _WINDOW:
            first = at - _WINDOW + 1
            least = min(numbers[first : at + 1])
            place = numbers.index(least, first)
            found.add(least)
    return found


def every_long(hashes: Sequence[int]) -> set[int]:
    """What may be a long fingerprint of a text: one for each of its sequences of ``LONG`` words."""
    sequences = list(map(hash, zip(*(hashes[shift:] for shift in range(SHORT)), strict=False)))
    return {sequence & _EVEN | 1 for sequence in _long(sequences)}


def _long(sequences: Sequence[int]) -> list[int]:
    """A hash for each ``LONG`` words in a row: of words 1 to 5, 6 to 10 and 8 to 12."""
    return list(map(hash, zip(sequences, sequences[SHORT:], sequences[LONG - SHORT :], strict=False)))


def _sizes(article: Article) -> list[int]:
    words = len(article.words)
    return [
        start - end if start <= _BEFORE * words or words - end <= _AFTER * words else end - start
        for start, end in article.blocks
    ]
