"""One spelling for words that are compared: what people read as the same word is looked up as the same word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

APOSTROPHES = "'’‘ʼ´′"
HYPHENS = "‐‑-"  # the plain one last, since this stands in classes of patterns
MARKS = "\u0300-\u036f"  # accents that stand behind their letter, as macOS writes them; for a class of a pattern
_SIGNS = str.maketrans({**dict.fromkeys(APOSTROPHES, "'"), **dict.fromkeys(HYPHENS, "-")})
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}  # no accents apart
)
_MARK = re.compile(rf"[{MARKS}]")
_ACCENTS = re.compile(rf"(?<=[a-z])[{MARKS}]+")  # Latin letters only: й is another letter than и
_HEAP = re.compile(rf"(?<=[{MARKS}]{{3}})[{MARKS}]+")  # no language needs four; sorting many takes quadratic time
_NOTE = re.compile(rf"(?<=[^\W\d_]|[{MARKS}])[⁰¹²³⁴-⁹]++(?!\w)")  # the mark of a note behind a word
_MOST = 5  # words of a term that may be joined by hyphens


def fold(text: str) -> str:
    """Spell a text the way words are compared.

    Lower case, Latin letters without accents, ligatures and full-width letters as plain ones, plain apostrophes and
    hyphens, no marks of notes: ``Ménière’s²`` becomes ``meniere's``. A word stays one word.
    """
    return text.lower() if text.isascii() else _folded(text)


@lru_cache(maxsize=1 << 14)
def _folded(text: str) -> str:
    text = _NOTE.sub("", _HEAP.sub("", text)).translate(_SIGNS)
    letters = unicodedata.normalize("NFKD", text).lower().translate(_LETTERS)
    return unicodedata.normalize("NFC", _ACCENTS.sub("", letters))


def accents(text: str) -> list[str]:
    """The accents of a text, in order."""
    return _MARK.findall(unicodedata.normalize("NFD", _HEAP.sub("", text)))


def hyphenated(words: Sequence[str]) -> set[tuple[str, ...]]:
    """The ways to write a term of one folded word or more, each as a row of words.

    A hyphen may be a space, and a space a hyphen: "follow-up visit", "follow up visit", "follow up-visit" and
    "follow-up-visit" are one.
    """
    parts = tuple(" ".join(words).replace("-", " ").split()) or tuple(words)
    if len(parts) == 2:
        return {tuple(words), parts, (f"{parts[0]}-{parts[1]}",)}
    found = {tuple(words), parts}
    if 1 < len(parts) <= _MOST:
        found.add(("-".join(parts),))
        found.update([(*parts[:at], f"{parts[at]}-{parts[at + 1]}", *parts[at + 2 :]) for at in range(len(parts) - 1)])
    return found
