"""The keyphrases of an article: what it declares, what it repeats, and every place where it does.

A keyphrase is compared by the stems of its content words, in any order, so that "acupuncture for back pain",
"back pain acupuncture" and "acupuncture for your back pain" are one. Headings and prose count; tables,
captions, notes, references and blocks that are one link (navigation) do not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple

from acu_lint.api import Block, Document, Span, hyphenated, measure
from acu_lint_rules.analysis.citations.index import in_references
from acu_lint_rules.analysis.text.inflection import STEMS, stem
from acu_lint_rules.analysis.text.lexicon import fold, folded, terms

COUNTED = frozenset({"heading", "paragraph", "item", "quote"})
BODY = frozenset({"paragraph", "item"})
AT_LEAST = 3  # a derived phrase is repeated so often, in as many blocks
LONGEST = 6  # words of a derived phrase
_TITLE_WORDS = 15  # words of a title that are read
DERIVED = 12  # no more phrases than this are looked at
_APART = 3  # places from a content word of a phrase to the next one: at most two small words between
_DECLARED = (
    "keyphrase", "focus_keyphrase", "focuskeyphrase", "focus_keyword", "focuskeyword", "focuskw", "target_keyword",
    "primary_keyword", "yoast_wpseo_focuskw", "rank_math_focus_keyword",
)  # fmt: skip
_NESTED = ("yoast", "rank_math", "rankmath", "seo")
_NESTED_KEYS = ("keyphrase", "focuskw", "focus_keyword", "focus_keyphrase", "focuskeyword", "keyword")
_CLOSERS = " \t\n\"'”’)*]"
_WORD = re.compile(r"\w[\w’'-]*")
_HYPHEN = re.compile(r"(?<=\w)[-‐‑–](?=\w)")
_QUOTES = str.maketrans("", "", '"“”„«»')
_GAP = re.compile(r"[\s/&+~’'\"“”‘*_-]*")  # what may stand between the words of one phrase


@cache
def words_of(section: str) -> frozenset[str]:
    """The words of one section of ``lexicons/keywords.txt``."""
    return frozenset(terms("keywords", section))


def has_stop(line: str) -> bool:
    """Whether a line ends as a sentence does, and not as a heading."""
    return line.rstrip(_CLOSERS)[-1:] in set(".!?:;…")


def is_content(word: str) -> bool:
    """Whether a folded word or stem carries the topic: no function word, no number, no single letter."""
    return len(word) > 1 and word not in words_of("function-words") and not word[0].isdigit()


class Text:
    """The counted words of a document in one row; an empty word stands behind every block.

    ``words`` and ``stems`` run in parallel; ``size`` is the number of real words.
    """

    def __init__(self, doc: Document) -> None:
        self.words: list[str] = []
        self.blocks: list[Block] = []
        self._starts: list[int] = []
        rows = folded(doc)
        for block in doc.blocks:
            if block.kind in COUNTED and rows[block.index] and not _left_out(doc, block):
                self.blocks.append(block)
                self._starts.append(len(self.words))
                self.words += rows[block.index]
                self.words.append("")
        self.stems = [STEMS[word] for word in self.words]
        self.size = len(self.words) - len(self.blocks)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How often each stem stands in the text."""
        return Counter(self.stems)

    @cached_property
    def content(self) -> Mapping[str, int]:
        """The counts of the stems that carry the topic."""
        function = words_of("function-words")
        return {
            stem: count
            for stem, count in self.counts.items()
            if len(stem) > 1 and stem not in function and not stem[0].isdigit()
        }

    @cached_property
    def often(self) -> frozenset[str]:
        """The content stems that are there three times or more."""
        return frozenset(stem for stem, count in self.content.items() if count >= AT_LEAST)

    @cached_property
    def places(self) -> Mapping[str, list[int]]:
        """The places of the stems in ``often``."""
        often = {each: list[int]() for each in self.often}
        for place, each in enumerate(self.stems):
            if each in often:
                often[each].append(place)
        return often

    def places_of(self, stem: str) -> Sequence[int]:
        """The places of any stem."""
        found = self.places.get(stem)
        if found is None:
            found = [place for place, other in enumerate(self.stems) if other == stem] if stem in self.counts else []
        return found

    def locate(self, place: int) -> tuple[Block, int]:
        """The block of a word and the index of the word in it."""
        index = bisect_right(self._starts, place) - 1
        return self.blocks[index], place - self._starts[index]

    def occurrence(self, first: int, last: int) -> Occurrence | None:
        """The range of the words from ``first`` to ``last``, or None where punctuation parts them."""
        block, index = self.locate(first)
        words = block.words[index : index + last - first + 1]
        if any(not _GAP.fullmatch(block.text, a.end, b.start) for a, b in pairwise(words)):
            return None
        return Occurrence(block, words[0].start, words[-1].end, first, last)


def _left_out(doc: Document, block: Block) -> bool:
    """Whether a block is no text of the article's own: a reference, or one link and nothing else."""
    if in_references(doc, block):
        return True
    links = doc.links_by_block.get(block.index, ()) if block.kind != "heading" else ()
    linked = sum(link.end - link.start for link in links if link.kind == "link")
    return bool(linked) and linked >= 0.8 * len(block.text.strip())


class Occurrence(NamedTuple):
    """One place of a phrase: a range of a block's text, and of the text's words (last included)."""

    block: Block
    start: int
    end: int
    first: int
    last: int

    @property
    def text(self) -> str:
        """The words as written."""
        return self.block.text[self.start : self.end]

    @property
    def span(self) -> Span:
        """Where they stand in the source."""
        return self.block.span(self.start, self.end)


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
def text(doc: Document) -> Text:
    """The counted words of the document."""
    return Text(doc)


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
    grams = [" ".join(words[a : b + 1]) for a in ends for b in ends if 0 < b - a < LONGEST]
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


# --- chosen keyphrases: front matter, else the configuration -------------------------------------


class Focus(NamedTuple):
    """The keyphrases that somebody chose: ``source`` is declared (front matter), configured, or "" for none.

    ``explicit``: they stand under a key of their own, and not in ``keywords``, where many pages list tags.
    """

    phrases: tuple[str, ...] = ()
    source: str = ""
    explicit: bool = False


@measure
def focus(doc: Document) -> Focus:
    """The keyphrases of the front matter (plugin keys and ``keywords`` included), else of the configuration."""
    data = {str(key).lower().lstrip("_").replace("-", "_"): value for key, value in doc.meta.data.items()}
    values: list[object] = [data.get(key) for key in _DECLARED]
    for name in _NESTED:
        nested = data.get(name)
        if isinstance(nested, Mapping):
            keys = {str(key).lower().lstrip("_").replace("-", "_"): value for key, value in nested.items()}
            values += [keys.get(key) for key in _NESTED_KEYS]
    explicit = tuple(_phrases(values))
    keywords = tuple(phrase for phrase in _phrases([data.get("keywords")]) if " " in phrase)
    if explicit or keywords:
        return Focus(tuple(dict.fromkeys([*explicit, *keywords])), "declared", bool(explicit))
    if configured := tuple(filter(None, map(_unquoted, doc.vocabulary.keyphrases))):
        return Focus(configured, "configured", explicit=True)
    return Focus()


def declared(doc: Document) -> tuple[str, ...]:
    """The keyphrases that somebody chose for the article (see ``focus``)."""
    return focus(doc).phrases


def _phrases(values: Iterable[object]) -> Iterator[str]:
    """Take single phrases out of strings with commas and lists."""
    for value in values:
        if isinstance(value, str):
            yield from filter(None, map(_unquoted, re.split(r"[,;\n]", value)))
        elif isinstance(value, list | tuple):
            yield from _phrases([item for item in value if isinstance(item, str)])


def _unquoted(phrase: str) -> str:
    """A phrase without quotation marks, by which Yoast is told to look for the exact words."""
    return phrase.translate(_QUOTES).strip()


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
    there = {stem(fold(word)) for sign in (" ", "") for word in _WORD.findall(_HYPHEN.sub(sign, words))}
    ways = dict.fromkeys(stems_of(_HYPHEN.sub(sign, phrase)) for sign in (" ", ""))
    return max(_share(set(stems), there) for stems in ways)


def _share(stems: set[str], there: set[str]) -> float:
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
    """The phrases of 2 to ``LONGEST`` words that are repeated, most telling first.

    Only repeated words are extended, one word at a time, as long as the longer phrase is repeated too.
    """
    counts, stems = row.counts, row.stems
    starts = [place for places in row.places.values() for place in places]
    grams: dict[tuple[str, ...], list[int]] = {}
    size = 1
    while starts and size < LONGEST:
        level: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for start in starts:
            end = stems[start + size]
            if end and counts[end] >= AT_LEAST:
                level[tuple(stems[start : start + size + 1])].append(start)
        size += 1
        kept = {gram: places for gram, places in level.items() if len(places) >= AT_LEAST}
        grams.update((gram, places) for gram, places in kept.items() if gram[-1] in row.often)
        starts = [start for places in kept.values() for start in places]
    ranked = sorted(grams, key=lambda gram: (-len(grams[gram]) * len(gram), gram))
    chosen: list[tuple[str, ...]] = []
    for gram in ranked:
        if not any(_inside(gram, other) and len(grams[gram]) <= 1.25 * len(grams[other]) for other in chosen):
            chosen.append(gram)
        if len(chosen) == DERIVED:
            break
    return [" ".join(row.words[grams[gram][0] : grams[gram][0] + len(gram)]) for gram in chosen]


def _inside(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    size = len(short)
    return any(long[start : start + size] == short for start in range(len(long) - size + 1))
