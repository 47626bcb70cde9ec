"""The keyphrases of an article: what it declares, what it repeats, and every place where it does.

A keyphrase is compared by the stems of its content words, in any order, so that "acupuncture for back pain",
"back pain acupuncture" and "acupuncture for your back pain" are one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from unicodedata import normalize

from acu_lint.api import Document, hyphenated, measure
from acu_lint_rules.analysis.keyphrases.chosen import declared, focus
from acu_lint_rules.analysis.keyphrases.text import AT_LEAST, Occurrence, Text, has_stop, is_content, text, words_of
from acu_lint_rules.analysis.text.inflection import stem
from acu_lint_rules.analysis.text.lexicon import fold

BODY = frozenset({"paragraph", "item"})
LONGEST = 6  # words of a derived phrase
_TITLE_WORDS = 15  # words of a title that are read
DERIVED = 12  # no more phrases than this are looked at
_APART = 3  # places from a content word of a phrase to the next one: at most two small words between
_JOINS = frozenset("for of in to near with during and or".split())  # small words within a phrase
_LETTERS = re.compile(r"[^\W_]+(?:[’'+-][^\W_]+)*\+?")
_WORD = re.compile(r"\w[\w’'-]*")
_HYPHEN = re.compile(r"(?<=\w)[-‐‑–](?=\w)")


@dataclass(frozen=True)
class Keyphrase:
    """A phrase with its occurrences, in the order of the text.

    ``text`` is its usual wording, ``stems`` its content words in alphabetical order, ``size`` the number of words
    of the usual wording, ``total`` the number of counted words of the document.
    """

    text: str
    stems: tuple[str, ...]
    size: int
    declared: bool
    total: int
    occurrences: tuple[Occurrence, ...]

    @property
    def count(self) -> int:
        """How often it stands in headings and prose, in any order and inflection."""
        return len(self.occurrences)

    @property
    def density(self) -> float:
        """Share of the document's words that belong to it, in per cent."""
        return 100 * self.count * self.size / self.total if self.total else 0.0

    @cached_property
    def body(self) -> tuple[Occurrence, ...]:
        """The occurrences in sentences: no heading, no quotation, no line without a full stop."""
        return tuple(each for each in self.occurrences if each.block.kind in BODY and has_stop(each.block.text))

    @property
    def spread(self) -> float:
        """How much of the document it reaches: the share of ten equal parts that have it, 0 to 1."""
        return len({10 * each.first // max(self.total, each.first + 1) for each in self.occurrences}) / 10


@measure
def wordings(doc: Document) -> tuple[str, ...]:
    """The phrases of two words and more that stand three times or more, as written once, most telling first."""
    return tuple(_repeated(text(doc)))


@measure
def repeated(doc: Document) -> tuple[Keyphrase, ...]:
    """Find every place of the phrases that stand three times or more, most telling first."""
    found: dict[tuple[str, ...], Keyphrase] = {}
    for phrase in wordings(doc):
        stems = stems_of(phrase)
        if len(stems) > 1 and stems not in found:
            found[stems] = phrase_of(text(doc), phrase)
    return tuple(phrase for phrase in found.values() if phrase.count >= AT_LEAST)


@measure
def keyphrases(doc: Document) -> tuple[Keyphrase, ...]:
    """The chosen keyphrases, even where unused, then the repeated phrases that the article is about.

    Those stand in the title or a heading or reach three blocks; in a text of fewer blocks all do.
    """
    found: dict[tuple[str, ...], Keyphrase] = {}
    for chosen in declared(doc):
        found.setdefault(stems_of(chosen), phrase_of(text(doc), chosen, declared=True))
    for phrase in repeated(doc):
        blocks = {each.block for each in phrase.occurrences}
        wide = len(blocks) >= min(AT_LEAST, len(text(doc).blocks))
        if wide or any(block.kind == "heading" for block in blocks) or _entitled(doc, phrase):
            found.setdefault(phrase.stems, phrase)
    return tuple(found.values())


def _entitled(doc: Document, phrase: Keyphrase) -> bool:
    """Whether the title has all words of a phrase."""
    return doc.title is not None and present(phrase.text, doc.title.text) == 1


@measure
def main_keyphrase(doc: Document) -> Keyphrase | None:
    """The keyphrase that the article is about, or None where it has none.

    The first that is chosen for it, the most used of its ``keywords``, else the most repeated: before all others one
    that the title has, and one of three words and more before one of two. Where nothing is repeated three times, it is
    what the title says and the text twice.
    """
    phrases = keyphrases(doc)
    chosen = [phrase for phrase in phrases if phrase.declared]
    if chosen:
        return chosen[0] if focus(doc).explicit else max(chosen, key=lambda phrase: phrase.count)

    def weight(phrase: Keyphrase) -> tuple[bool, bool, int]:
        return _entitled(doc, phrase), phrase.size > 2, phrase.count * len(phrase.stems)

    return max(phrases, key=weight, default=None) or _of_title(doc)


def _of_title(doc: Document) -> Keyphrase | None:
    """The phrase of the title that the text says most often, twice at least."""
    if doc.title is None:
        return None
    words = [fold(word.text) for word in doc.title.words[:_TITLE_WORDS]]
    ends = [index for index, word in enumerate(words) if is_content(word)]
    grams = [
        " ".join(words[a : b + 1]) for a in ends for b in ends if 0 < b - a < LONGEST and _is_phrase(words[a : b + 1])
    ]
    phrases = [phrase_of(text(doc), gram) for gram in grams]
    return max((p for p in phrases if p.count > 1), key=lambda p: (p.count * len(p.stems), p.size), default=None)


@measure
def keyphrase(doc: Document) -> str:
    """The main keyphrase, "" where there is none (see ``main_keyphrase``)."""
    main = main_keyphrase(doc)
    return main.text if main else ""


@measure
def keyphrase_count(doc: Document) -> int:
    """How often the main keyphrase stands in headings and prose."""
    main = main_keyphrase(doc)
    return main.count if main else 0


@measure
def keyphrase_density(doc: Document) -> float:
    """Share of the words of headings and prose that belong to the main keyphrase, in per cent."""
    main = main_keyphrase(doc)
    return main.density if main else 0.0


@measure
def keyphrase_spread(doc: Document) -> float:
    """Share of ten equal parts of the article that have the main keyphrase, 0 to 1."""
    main = main_keyphrase(doc)
    return main.spread if main else 0.0


def phrase_of(row: Text, phrase: str, *, declared: bool = False) -> Keyphrase:
    """Find every place of a phrase; a declared one may have hyphens or spaces there."""
    stems = stems_of(phrase)
    if not declared:
        return phrase_with(row, phrase, stems)
    ways = {stems} | {_content_stems(words) for words in hyphenated([fold(word) for word in phrase.split()])}
    places = {place.first: place for way in sorted(ways) for place in occurrences(row, way)}
    ordered = tuple(places[first] for first in sorted(places))
    return Keyphrase(phrase, stems, len(phrase.split()), declared, row.size, ordered)


def phrase_with(row: Text, phrase: str, stems: tuple[str, ...]) -> Keyphrase:
    """Find every place where some stems stand together; ``phrase`` names them where there is none."""
    places = occurrences(row, stems)
    usual = Counter(each.text.lower() for each in places).most_common(1)
    wording = usual[0][0] if usual else phrase
    return Keyphrase(wording, stems, len(wording.split()), declared=False, total=row.size, occurrences=places)


def stems_of(phrase: str) -> tuple[str, ...]:
    """The stems of the content words of a phrase, in alphabetical order, each once."""
    return _content_stems(fold(word) for word in phrase.split())


def _content_stems(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({stem(word) for word in words if is_content(word)}))


def told(phrase: str, words: str) -> bool:
    """Whether a text tells that it is about a phrase: it has two thirds of its content words.

    "Back pain: what helps" tells it of "acupuncture for back pain"; to ask for all of a query is to ask for stuffing.
    """
    return 3 * present(phrase, words) >= 2


def present(phrase: str, words: str) -> float:
    """The share, 0 to 1, of the content words of a phrase that a text has, in any order and inflection.

    A hyphen may be a space, or nothing ("wellbeing"), on either side. The verb of a query ("cupping help neck pain")
    does not count where two other words are left.
    """
    there = _stems_there(words)
    ways = dict.fromkeys(stems_of(_HYPHEN.sub(sign, phrase)) for sign in (" ", ""))
    return max(_share(set(stems), there) for stems in ways)


@lru_cache(maxsize=64)
def _stems_there(words: str) -> frozenset[str]:
    """The stems of a text, its hyphens read as spaces and as nothing; several phrases are looked for in one text."""
    words = normalize("NFC", words)  # a mark of its own would end a word
    return frozenset([stem(fold(word)) for sign in (" ", "") for word in _WORD.findall(_HYPHEN.sub(sign, words))])


def _share(stems: set[str], there: frozenset[str]) -> float:
    """The share, 0 to 1, of the stems of a phrase that are there."""
    nouns = stems - words_of("verbs")
    wanted = nouns if len(nouns) > 1 else stems
    return len(there.intersection(wanted)) / len(wanted) if wanted else 0.0


def occurrences(row: Text, stems: Sequence[str]) -> tuple[Occurrence, ...]:
    """Every place where the stems stand together in any order, with nothing but function words between."""
    if not stems or any(stem not in row.counts for stem in stems):
        return ()
    wanted = frozenset(stems)
    reach = _APART * (len(stems) - 1)
    rarest = row.places_of(min(stems, key=lambda stem: row.counts[stem]))
    near = {place for rare in rarest for place in range(max(rare - reach, 0), rare + reach + 1)}
    marks = sorted(place for place in near if place < len(row.stems) and row.stems[place] in wanted)
    found: list[Occurrence] = []
    window: list[int] = []
    for place in marks:
        if window and not _joined(row, window[-1], place):
            window.clear()
        stem = row.stems[place]
        while any(row.stems[other] == stem for other in window):
            window.pop(0)
        window.append(place)
        if len(window) == len(wanted):
            each = row.occurrence(window[0], place)
            if each:
                found.append(each)
            window.clear()
    return tuple(found)


def _joined(row: Text, before: int, after: int) -> bool:
    """Whether at most two function words stand between two places."""
    return after - before <= _APART and all(word and not is_content(word) for word in row.words[before + 1 : after])


def _repeated(row: Text) -> list[str]:
    """The phrases of 2 to ``LONGEST`` words that are repeated, most telling first."""
    grams = _grams(row)
    ranked = sorted(grams, key=lambda gram: (-len(grams[gram]) * len(gram), gram))
    chosen: list[tuple[str, ...]] = []
    for gram in ranked:
        places = grams[gram]
        longer = [other for other in chosen if len(places) <= 1.25 * len(grams[other]) and _inside(gram, other)]
        if not longer and _is_phrase(row.words[places[0] : places[0] + len(gram)]):
            chosen.append(gram)
        if len(chosen) == DERIVED:
            break
    return [" ".join(row.words[grams[gram][0] : grams[gram][0] + len(gram)]) for gram in chosen]


def _grams(row: Text) -> dict[tuple[str, ...], list[int]]:
    """The places of the repeated rows of 2 to ``LONGEST`` stems that begin and end with a telling one.

    Only repeated rows are extended, one word at a time, as long as the longer one is repeated too.
    """
    stems, often = row.stems, row.often
    pairs = Counter([(one, two) for one, two in pairwise(stems) if one in often and two])
    again = {pair for pair, count in pairs.items() if count >= AT_LEAST}
    firsts = {pair[0] for pair in again}
    starts = [at for at, one in enumerate(stems) if one in firsts and (one, stems[at + 1]) in again] if again else []
    grams: dict[tuple[str, ...], list[int]] = {}
    size = 2
    while starts and size <= LONGEST:
        level: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for start in starts:
            if stems[start + size - 1]:
                level[tuple(stems[start : start + size])].append(start)
        kept = {gram: places for gram, places in level.items() if len(places) >= AT_LEAST}
        grams.update((gram, places) for gram, places in kept.items() if gram[-1] in often)
        starts = [start for places in kept.values() for start in places]
        size += 1
    return grams


def _is_phrase(words: Sequence[str]) -> bool:
    """Whether words may name what a page is about: no code, address, date, menu or call, and no part of a sentence."""
    if not all(map(_LETTERS.fullmatch, words)) or words[0] in words_of("calls"):
        return False
    if words[0].endswith("ed") and not is_content(words[1]):
        return False  # "led by an expert"
    if not (words_of("months").isdisjoint(words) and words_of("menus").isdisjoint(words)):
        return False
    return all(word in _JOINS or word.isdigit() or is_content(word) for word in words[1:-1])


def _inside(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether a row of words is a part of another one; no word has a line end."""
    return "\n".join(("", *short, "")) in "\n".join(("", *long, ""))
