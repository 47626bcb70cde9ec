"""Words that a find-and-replace broke: "adnces" where "va" was deleted, "dermatologyist" where a name was replaced."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from acu_lint.api import PROSE, Document, Severity, language
from acu_lint_rules.analysis.text import lexicon
from acu_lint_rules.analysis.text.rare_phrases import blocks_with, quoted, vocabulary
from acu_lint_rules.copy._left import Left, sentence_at

_LISTS = Path(lexicon.__file__).parents[2] / "lexicons"
_LEAST = 6  # letters of a word that is looked at
_START, _END = 2, 2  # letters at both ends that the replacement left
_KEPT = 5  # of them together
_STEM = 4  # of them before an ending that no longer fits
_ENDINGS = frozenset({"ed", "er", "ers", "es", "est", "ing", "ings", "ly", "ness"})  # fit any word
_INSERTED = 4  # letters of a word of the page that stands within another word
_LONGEST = 5  # letters that were taken out


class _Broken(NamedTuple):
    """A word that is none, the word that was meant, and what took the place of what in it."""

    text: str
    meant: str
    new: str
    old: str
    telling: bool  # without others that are broken alike


def damage(doc: Document) -> Iterator[Left]:
    """Find words that are none and would be known ones without the replacement of some letters.

    The letters put in are a word that the page has elsewhere, or none were put in and several taken out. A single such
    word is advice; where the same letters broke several words, each is a warning.
    """
    if language(doc) != "en":
        return
    known = vocabulary(doc)
    found_all = [found for word in sorted(filter(_is_strange, known)) if (found := _mend(word, known))]
    for old in {each.old for each in found_all if not each.new}:
        found_all += _cut_alike(known - {each.text for each in found_all}, old)
    causes = Counter((each.new, each.old) for each in found_all)
    broken = [each for each in found_all if each.telling or causes[each.new, each.old] > 1]
    if not broken:
        return
    by_word = {each.text: each for each in broken}
    for block, words in blocks_with(doc, by_word):
        if block.kind not in PROSE | {"heading", "title", "description"}:
            continue
        for number, word in enumerate(words):
            found = by_word.get(word)
            written = block.words[number] if found else None
            if found is None or written is None or not written.text.islower():
                continue
            if not quoted(block.text, written.start, written.end):
                again = causes[found.new, found.old] > 1
                severity = Severity.WARNING if again else Severity.INFO
                span = block.span(written.start, written.end)
                yield Left(sentence_at(block, written.start), span, "damage", severity, better=(found.meant,))


@lru_cache(maxsize=1 << 16)
def _is_strange(word: str) -> bool:
    """Whether no English word is spelt like this: three letters that do not stand together in any."""
    return len(word) >= _LEAST and word.isascii() and word.isalpha() and not _known_triples().issuperset(triples(word))


def triples(word: str) -> Iterable[str]:
    """All three letters that stand together in a word."""
    return map("".join, zip(word, word[1:], word[2:], strict=False))


def _mend(word: str, known: frozenset[str]) -> _Broken | None:
    """The known word that was meant, where one replacement explains what is strange; of several the most alike."""
    best, kept = None, _KEPT - 1
    for meant in _by_opening().get(word[:_START], ()):
        start = _common(word, meant)
        end = min(_common(word[::-1], meant[::-1]), len(word) - start, len(meant) - start)
        new, old = word[start : len(word) - end], meant[start : len(meant) - end]
        if start + end <= kept or end < _END or len(old) > _LONGEST or not _is_seam(word, len(word) - end):
            continue
        cut = not new and len(old) > 1  # one letter is a slip of the finger
        stem, ending = word[: len(word) - end], word[len(word) - end :]
        bent = start >= _STEM and len(old) < len(new) and stem in known and ending not in _ENDINGS
        if cut or bent or (len(new) >= _INSERTED and new in known):
            best, kept = _Broken(word, meant, new, old, cut or bent), start + end
    return best


def _cut_alike(known: frozenset[str], old: str) -> Iterator[_Broken]:
    """Other words of the page that letters are missing from, of which one word told that they were taken out."""
    for word in sorted(known - _words()):
        for at in range(1, len(word)) if word.isascii() and word.isalpha() else ():
            meant = word[:at] + old + word[at:]
            if meant in _words():
                yield _Broken(word, meant, "", old, telling=True)
                break


def _is_seam(word: str, at: int) -> bool:
    """Whether letters that do not stand together in English meet at a place in a word."""
    return not _known_triples().issuperset(triples(word[max(at - 2, 0) : at + 2]))


def _common(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


@cache
def _words() -> frozenset[str]:
    """The words of all our lists: some thousand that health pages are written with."""
    texts = (path.read_text("utf-8") for path in sorted(_LISTS.glob("*.txt")))
    return frozenset(word for text in texts for word in re.findall(r"[a-z]{3,30}", text.lower()))


@cache
def _known_triples() -> frozenset[str]:
    """All three letters that stand together in English words."""
    pairs = (line.split(" = ") for line in lexicon.load("spelling")["third"])
    return frozenset(two + third for two, thirds in pairs for third in thirds)


@cache
def _by_opening() -> Mapping[str, Sequence[str]]:
    """The words by their first letters."""
    table: dict[str, list[str]] = {}
    for word in sorted(_words()):
        table.setdefault(word[:_START], []).append(word)
    return table
