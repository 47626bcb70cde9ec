"""Words that a find-and-replace broke: "adnces" where "va" was deleted, "dermatologyist" where a stem was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from acu_lint.api import Document, Severity, language, prepared
from acu_lint_rules.analysis.text import lexicon
from acu_lint_rules.analysis.text.rare_phrases import blocks_with, quoted, vocabulary
from acu_lint_rules.copy._left import Left, sentence_at

_LISTS = Path(lexicon.__file__).parents[2] / "lexicons"
_LEAST = 6  # letters of a word that is looked at
_START, _END = 2, 2  # letters at both ends that the replacement left
_KEPT = 5  # of them together
_STEM = 4  # of them before an ending that no longer fits
_ENDINGS = frozenset({"ed", "er", "ers", "es", "est", "ing", "ings", "ly", "ness"})  # fit any word
_LONGEST = 5  # letters that were taken out
_LOOKED_AT, _CUTS, _WORDS = 200, 3, 2_000  # strange words, causes, and unknown words of a page that are looked at


class _Broken(NamedTuple):
    """A word that is none, the word that was meant, and what took the place of what in it."""

    text: str
    meant: str
    new: str
    old: str


def damage(doc: Document) -> Iterator[Left]:
    """Find words that are none and would be known ones without the replacement of some letters.

    The letters put in end a word that the page has elsewhere, or none were put in and several taken out. A single such
    word is advice; where the same letters broke several words, each is a warning.
    """
    broken = _broken(vocabulary(doc), doc.source.text) if language(doc) == "en" else {}
    causes = Counter((each.new, each.old) for each in broken.values())
    for block, words in blocks_with(doc, broken):
        for number in (number for number, word in enumerate(words) if word in broken and block.kind != "alt"):
            found, word = broken[words[number]], block.words[number]
            if word.text.islower() and not quoted(block.text, word.start, word.end):  # with a capital it may be a name
                severity = Severity.WARNING if causes[found.new, found.old] > 1 else Severity.INFO
                span = block.span(word.start, word.end)
                yield Left(sentence_at(block, word.start), span, "damage", severity, better=(found.meant,))


def _broken(known: frozenset[str], source: str) -> Mapping[str, _Broken]:
    """The broken words among those of a page; most that look so are names, which stand nowhere in small letters."""
    strange = _strange(known)
    if len(strange) > _LOOKED_AT:
        strange = [word for word in strange if word in source][:_LOOKED_AT]
    found = {word: mend for word in strange if _guesses(word) and (mend := _mend(word, known)) and word in source}
    for old in sorted({each.old for each in found.values() if not each.new})[:_CUTS]:
        found |= {each.text: each for each in _cut_alike(sorted(known - found.keys() - _words())[:_WORDS], old)}
    return found


_SOUND: set[str] = set()  # words that are not strange, remembered over all pages
_MOST_SOUND = 50_000  # of them: hostile input must not fill the memory


def _strange(known: frozenset[str]) -> list[str]:
    """The strange words among those of a page, in order."""
    new = known - _SOUND
    strange = sorted(filter(_is_strange, new))
    if len(_SOUND) > _MOST_SOUND:
        _SOUND.clear()
    _SOUND.update(new.difference(strange))
    return strange


@lru_cache(maxsize=1 << 14)
def _is_strange(word: str) -> bool:
    """Whether no English word is spelt like this: three letters that do not stand together in any."""
    return len(word) >= _LEAST and word.isascii() and word.isalpha() and not _known_triples().issuperset(triples(word))


def triples(word: str) -> Iterable[str]:
    """All three letters that stand together in a word."""
    return map("".join, zip(word, word[1:], word[2:], strict=False))


def _mend(word: str, known: frozenset[str]) -> _Broken | None:
    """The known word that was meant, where one replacement explains what is strange; of several the most alike."""
    return next((broken for broken, stem in _guesses(word) if not stem or stem in known), None)


@lru_cache(maxsize=1 << 14)
def _guesses(word: str) -> Sequence[tuple[_Broken, str]]:
    """What may have made a word of others, the most alike first; each with the word that the page must then have."""
    found: list[tuple[int, _Broken, str]] = []
    for meant in _by_ends().get(word[:_START] + word[-_END:], "").split():
        start = _common(word, meant)
        end = min(_common(word[::-1], meant[::-1]), len(word) - start, len(meant) - start)
        if start + end >= _KEPT and len(meant) - start - end <= _LONGEST:
            found += [(start + end, *guess) for guess in _explain(word, meant, start, end)]
    return tuple((broken, stem) for _, broken, stem in sorted(found, key=lambda each: -each[0]))


def _explain(word: str, meant: str, start: int, end: int) -> Iterator[tuple[_Broken, str]]:
    """What made one word of another, of which so many letters are left at the start and the end."""
    stem, ending = word[: len(word) - end], word[len(word) - end :]
    new, old = stem[start:], meant[start : len(meant) - end]
    cut = not new and len(old) > 1  # one letter is a slip of the finger
    bent = start >= _STEM and len(old) < len(new) and ending not in _ENDINGS
    if (cut or bent) and _is_seam(word, len(stem)):
        yield _Broken(word, meant, new, old), "" if cut else stem


def _cut_alike(unknown: Iterable[str], old: str) -> Iterator[_Broken]:
    """Other words of the page that letters are missing from, of which one word told that they were taken out."""
    for word in unknown:
        for at in range(1, len(word)) if word.isascii() and word.isalpha() else ():
            meant = word[:at] + old + word[at:]
            if meant in _words():
                yield _Broken(word, meant, "", old)
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
    return frozenset(" ".join(_by_ends().values()).split())


@cache
def _known_triples() -> frozenset[str]:
    """All three letters that stand together in English words."""
    return frozenset(prepared("triples", _triples).split())


def _triples() -> str:
    pairs = (line.split(" = ") for line in lexicon.load("spelling")["third"])
    return " ".join([two + third for two, thirds in pairs for third in thirds])


@cache
def _by_ends() -> Mapping[str, str]:
    """The words by their first and last letters, which a replacement must have left."""
    ends = _START + _END
    return {row[:ends]: row[ends:] for row in prepared("words by ends", _rows).split("\n")}


def _rows() -> str:
    """A line for each two ends: the letters, and the words that have them, each behind a space."""
    texts = (path.read_text("utf-8") for path in _LISTS.glob("*.txt"))
    table: dict[str, list[str]] = {}
    for word in sorted({word for text in texts for word in re.findall(r"[a-z]{3,30}", text.lower())}):
        table.setdefault(word[:_START] + word[-_END:], []).append(f" {word}")
    return "\n".join(["".join((ends, *words)) for ends, words in table.items()])
