"""Numbers that state how common, how big or how likely something is: percentages, shares, folds, ranks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from acu_lint.api import Block, Document, Sentence, compiled, measure
from acu_lint_rules.analysis.evidence.phrases import are_about_health
from acu_lint_rules.analysis.text import layout, lexicon
from acu_lint_rules.analysis.text.lexicon import fold
from acu_lint_rules.analysis.text.rare_phrases import vocabulary
from acu_lint_rules.analysis.text.sentence import asks


class Figure(NamedTuple):
    """A number in a sentence's text: its range and its form (a message of the card)."""

    start: int
    end: int
    form: str


class _Number(NamedTuple):
    """A match with the sentence's text, its folded words, and the words before and after the number."""

    match: re.Match[str]
    text: str
    words: Sequence[str]
    before: Sequence[str]
    after: Sequence[str]


@cache
def _set(section: str) -> frozenset[str]:
    return frozenset(lexicon.load("statistics")[section])


_N = r"(?:\d{1,3}(?:,\d{3}){1,3}|\d{1,9})(?:\.\d{1,3})?"
_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|fifty|hundred"
_ANY = rf"(?:{_N}|{_WORDS})"
_TO = r"\s?(?:-|–|—|to|or|and)\s?"
_PER = r"(?:%|percent\b|per\scent\b)"
# The name of a group is the kind of the number; PEOPLE is filled in from the lexicon.
# The letters and signs that a number can begin with come first: most words are told by them.
_PATTERN = rf"""(?<![\w.,]) (?=[\d↑↓≥≤<>~+−$£€\#adefhlmnoqst]) (?:
    (?P<percent>  (?:[↑↓≥≤<>~+−]\s?)? \d{{1,7}}(?:[.,]\d{{1,3}})? (?:\s?{_PER})? (?:{_TO}{_N})? \s?{_PER} )
  | (?P<sample>   n \s?=\s? \d[\d,]{{0,9}} )
  | (?P<share>    (?P<part>{_ANY}) (?:{_TO}{_ANY})? \s (?P<link>out\sof|in|of) (?:\severy)? \s (?P<whole>{_ANY})\b
                  (?!\s(?:minute|hour|day|week|month|year|session|visit|step|way)) )
  | (?P<count>    {_ANY} (?:{_TO}{_ANY})? \s (?:million|billion|hundred\sthousand|thousand) \s PEOPLE )
  | (?P<cost>     [$£€]\s?{_N}\s(?:million|billion)\b )
  | (?P<crowd>    \d{{1,3}}(?:,\d{{3}}){{1,3}} \s PEOPLE )
  | (?P<times>    (?:{_ANY}[\s-]?fold|twofold|threefold|fourfold|fivefold|tenfold) \b
                | (?:{_ANY}(?:{_TO}{_ANY})?\stimes|twice) \s
                  (?:more|as|higher|greater|less|lower|better|faster|stronger)\b )
  | (?P<change>   (?:doubles?|doubled|triples?|tripled|quadrupled?|halves|halved)\b (?!-) )
  | (?P<half>     half\sof\b )
  | (?P<fraction> (?:(?:two|three)[\s-](?:thirds|quarters|fifths)|(?:one|a)[\s-](?:third|quarter|fifth)) \sof\b )
  | (?P<majority> majority\sof\s (?:[\w'’-]{{1,20}}\s){{0,3}}? (?:patients|people|clients|women|men|adults)\b )
  | (?P<crowds>   (?:tens\sof\s|hundreds\sof\s)? millions\b )
  | (?P<rank>     (?:most\scommon|leading|number\sone|no\.\s1|\#1) \s (?:reason|cause|complaint)\b )
)"""
_WHOLES = frozenset([*_WORDS.split("|"), *map(str, range(2, 101)), "200", "500", "1000", "1,000", "10,000", "100,000"])
_SHARE = frozenset({"in", "of", "every"})
_PERCENT = re.compile("%")
_WORD = re.compile(r"[\w'’-]+")
_ALL_OR_NONE = re.compile(r"[↑↓≥≤<>~+−\s]{0,3}(?:0|100|110|1000)\s?(?:%|p)")
_SUCCESS = re.compile(
    r"\b(?:success|improvement|cure|response|pregnancy|recovery|sustained)[\w\s-]{0,14}\srates?\b"
    r"|\bof\s(?:our|my|the\sclinic['’]s)\s(?:[\w'’-]{1,20}\s){0,4}(?:patients|clients|women|couples)\b",
    re.I,
)
_TREATED = re.compile(
    r"\b(?:we|i|i['’]ve|we['’]ve|our|my|having)\s(?:[\w'’]{1,20}\s){0,3}(?:treated|helped|seen|served)\b", re.I
)
_TRADITION = re.compile(
    r"\baccording\sto\s(?:the\s)?(?:\w{1,20}\s)?(?:tcm|tradition|chinese\smedicine|ayurveda|legend|ancient)", re.I
)
_BETTER = re.compile(r"\b(?:help|improv|respon|benefit|relie|better|recover|success|find|report|experience)", re.I)
_START = attrgetter("start")
_CELLS = 30  # cells of a table that are looked at on either side
_READ = 2000  # code points of a sentence that are read
_BACK, _AHEAD, _NEAR = 40, 70, 16  # code points that are read around a cue, and between two cues
_VALUES = {word: value for value, word in enumerate(_WORDS.split("|"), 1)}
_VALUES |= {"twenty": 20, "thirty": 30, "fifty": 50, "hundred": 100}


@cache
def _pattern() -> re.Pattern[str]:
    people = rf"(?:[\w'’-]{{1,20}}\s){{0,2}}?(?:{'|'.join(sorted(_set('people')))})\b"
    return compiled(_PATTERN.replace("PEOPLE", people), re.VERBOSE | re.IGNORECASE)


@cache
def _worth() -> frozenset[str]:
    """Words without which, and without a percent sign, a block holds no figure."""
    return _set("cues") | _WHOLES


@measure
def _worth_here(doc: Document) -> frozenset[str]:
    """Those that a document has at all."""
    return vocabulary(doc) & _worth()


def find(doc: Document, block: Block) -> Iterator[tuple[Sentence, Figure]]:
    """Find the first figure of each sentence about people, a condition, a therapy or an outcome."""
    folded = lexicon.folded(doc)[block.index]
    worth = _worth_here(doc)
    if worth.isdisjoint(folded) and "%" not in block.text:
        return
    sentences = block.sentences
    places = _places(block, folded, worth)
    for at, group in groupby(places, lambda place: bisect_right(sentences, place, key=_START) - 1):
        figure = _figure(doc, sentences[at], list(group)) if at >= 0 else None
        if figure is not None:
            yield sentences[at], figure


def _places(block: Block, folded: Sequence[str], worth: Set[str]) -> list[int]:
    """Offsets in the block near which a figure may be, in order, no two of them in the same few words."""
    cues = _set("cues")
    places = [match.start() for match in _PERCENT.finditer(block.text)] if "%" in block.text else []
    places += [
        block.words[at].start
        for at, word in enumerate(folded)
        if word in worth and (word in cues or (at and folded[at - 1] in _SHARE))
    ]
    places.sort()
    return [place for place, previous in zip(places, [-_NEAR, *places], strict=False) if place - previous >= _NEAR]


def _figure(doc: Document, sentence: Sentence, places: Sequence[int]) -> Figure | None:
    """Read the words around some places of a sentence."""
    text = sentence.text[:_READ]
    if asks(sentence.text):
        return None
    words: list[str] = []
    for place in (place - sentence.start for place in places):
        for match in _pattern().finditer(text, max(place - _BACK, 0), place + _AHEAD):
            if not words:
                words = [fold(word) for word in _WORD.findall(text)]
                if not _set("not_statistics").isdisjoint(words):
                    return None
            form = _form(match, text, words)
            if form and _on_topic(doc, sentence, words):
                return None if _TRADITION.search(text) else Figure(match.start(), match.end(), form)
    return None


def _form(match: re.Match[str], text: str, words: Sequence[str]) -> str:
    """The message for a number, or nothing where it is no statistic."""
    kind = match.lastgroup or ""
    before = [fold(word) for word in _WORD.findall(text[max(match.start() - 24, 0) : match.start()])]
    after = [fold(word) for word in _WORD.findall(text[match.end() : match.end() + 60])]
    return _KINDS[kind](_Number(match, text, words, before[-2:], after[:5]))


def _percent(number: _Number) -> str:
    follows, *rest = number.after or [""]
    if _is_setting(number, follows, rest):
        return ""
    if _SUCCESS.search(number.text):
        return "success"
    return "relative" if follows in _set("comparing") else "default"


def _is_setting(number: _Number, follows: str, rest: Sequence[str]) -> bool:
    """Whether a percentage is a dose, a target, a threshold or a boast."""
    whole = _ALL_OR_NONE.match(number.match.group()) is not None
    if whole and _set("people").isdisjoint(number.after):
        return True
    if follows in _set("not_after") and (follows != "effective" or whole):
        return True
    if not _set("products").isdisjoint([*number.after[:3], *number.before]):
        return True
    threshold = follows == "or" and rest[:1] and rest[0] in {"more", "less", "higher", "above"}
    return bool(threshold) or (follows in {"of", "or", "from"} and not _set("not_of").isdisjoint(rest[:3]))


def _share(number: _Number) -> str:
    """Match "8 out of 10", "one in five", but not "two in 2019" or "three in one"."""
    part, whole = _value(number.match["part"]), _value(number.match["whole"])
    link = number.match["link"].lower()
    if not part < whole:
        return ""
    if link == "of" or 1900 < whole < 2100:
        return "default" if _names_people(number.after[:2]) else ""
    return "default" if link != "in" or whole >= 3 else ""


def _value(text: str) -> float:
    return float(text.replace(",", "")) if text[0].isdigit() else _VALUES[text.lower()]


def _count(number: _Number) -> str:
    """Match "20 million people": not the patients of the practice."""
    return "" if _TREATED.search(number.text) else "default"


def _crowd(number: _Number) -> str:
    """Match "300,000 adults", where the text says each year, worldwide, suffer ..."""
    return _count(number) if not _set("scale").isdisjoint(number.words) else ""


def _cost(number: _Number) -> str:
    return "default" if not _set("scale").isdisjoint(number.words) else ""


def _change(number: _Number) -> str:
    return "relative" if not _set("outcomes").isdisjoint(number.words) or "pain" in number.words else ""


def _half(number: _Number) -> str:
    return "fuzzy" if _names_people(number.after) else ""


def _fraction(number: _Number) -> str:
    return "default" if _names_people(number.after) else ""


def _majority(number: _Number) -> str:
    end = number.match.end()
    return "majority" if _BETTER.search(number.text, end, end + 80) else ""


def _crowds(number: _Number) -> str:
    """Match "Millions of people", "millions worldwide"."""
    around = {"worldwide", "around", "globally"}
    return "fuzzy" if _names_people(number.after) or not around.isdisjoint(number.after) else ""


def _rank(number: _Number) -> str:
    """Match "The leading cause", not "one of the most common causes"."""
    return "" if tuple(number.before) == ("of", "the") else "fuzzy"


_KINDS: Mapping[str, Callable[[_Number], str]] = {
    "percent": _percent,
    "sample": lambda _: "default",
    "share": _share,
    "count": _count,
    "cost": _cost,
    "crowd": _crowd,
    "times": lambda _: "relative",
    "change": _change,
    "half": _half,
    "fraction": _fraction,
    "majority": _majority,
    "crowds": _crowds,
    "rank": _rank,
}


def _names_people(words: Sequence[str]) -> bool:
    return not _set("people").isdisjoint(words)


# --- what the number is about


def _on_topic(doc: Document, sentence: Sentence, words: Sequence[str]) -> bool:
    """Whether the sentence, its table row or the lead-in of its list speaks of health."""
    if are_about_health(words) or lexicon.matcher("physiology", "body").scan(words):
        return True
    block, folded = sentence.block, lexicon.folded(doc)
    if block.kind == "cell":
        return any(are_about_health(folded[at]) for at in _table(doc, block))
    health = _health(doc)
    if _names_people(words) and (health.block(block) or any(map(health.heading, block.path)) or health.title):
        return True
    lead = layout.above(doc, block) if block.kind == "item" else None
    return lead is not None and health.block(lead)


class _Health:
    """Which blocks and headings of a document speak of health: each is read once, however many sentences ask."""

    def __init__(self, doc: Document) -> None:
        self._doc = doc
        self._known: dict[int | str, bool] = {}

    def block(self, block: Block) -> bool:
        """Whether a block does."""
        if block.index not in self._known:
            self._known[block.index] = are_about_health(lexicon.folded(self._doc)[block.index])
        return self._known[block.index]

    def heading(self, text: str) -> bool:
        """Whether a heading does."""
        if text not in self._known:
            self._known[text] = are_about_health([fold(word) for word in _WORD.findall(text)])
        return self._known[text]

    @property
    def title(self) -> bool:
        """Whether the title does."""
        return self._doc.title is not None and self.block(self._doc.title)


@measure
def _health(doc: Document) -> _Health:
    """What is known of the blocks of a document."""
    return _Health(doc)


def _table(doc: Document, cell: Block) -> list[int]:
    """The cells of the row and those of the table's first row."""
    first, last = layout.runs(doc)[cell.index]
    near = range(max(first, cell.index - _CELLS), min(last, cell.index + _CELLS) + 1)
    head = range(first, min(last, first + _CELLS) + 1)
    rows = {cell.group, doc.blocks[first].group}
    return [at for at in {*near, *head} if doc.blocks[at].group in rows]
