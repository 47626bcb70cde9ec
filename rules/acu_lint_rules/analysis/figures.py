"""Numbers that state how common, how big or how likely something is: percentages, shares, folds, ranks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from acu_lint.api import Block, Document, Sentence

from . import lexicon
from .lexicon import fold
from .line import speaks_of_health


class Figure(NamedTuple):
    """A number in a sentence's text: its range and its form (a message of the card)."""

    start: int
    end: int
    form: str


@cache
def _set(section: str) -> frozenset[str]:
    return frozenset(lexicon.load("statistics")[section])


_N = r"(?:\d{1,3}(?:,\d{3}){1,3}|\d{1,9})(?:\.\d{1,3})?"
_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|fifty|hundred"
_ANY = rf"(?:{_N}|{_WORDS})"
_TO = r"\s?(?:-|–|—|to|or|and)\s?"
_PATTERN = rf"""
    (?<![\w.,]) (?: (?P<percent> (?:[↑↓≥≤<>~+−]\s?)? \b\d{{1,7}}(?:[.,]\d{{1,3}})?(?:\s?(?:%|percent|per\scent))?(?:{_TO}{_N})?
                 \s?(?:%|percent\b|per\scent\b) )
  | (?P<sample>  \b n \s?=\s? \d[\d,]{{0,9}} )
  | (?P<share>   \b(?P<part>{_ANY})(?:{_TO}{_ANY})? \s (?P<link>out\sof|in|of) (?:\severy)? \s
                 (?P<whole>{_N}|{_WORDS})\b (?!\s(?:minute|hour|day|week|month|year|session|visit|step|way)) )
  | (?P<count>   (?<![$£€\d]) \b{_ANY} (?:{_TO}{_ANY})? \s (?:million|billion|hundred\sthousand|thousand)
                 \s PEOPLE )
  | (?P<cost>    [$£€]\s?{_N}\s(?:million|billion)\b )
  | (?P<crowd>   (?<![$£€\d.,]) \b\d{{1,3}}(?:,\d{{3}}){{1,3}}\s PEOPLE )
  | (?P<times>   \b(?:{_ANY}[\s-]?fold|twofold|threefold|fourfold|fivefold|tenfold)\b
               | \b(?:{_ANY}(?:{_TO}{_ANY})?\stimes|twice)\s(?:more|as|higher|greater|less|lower|better|faster|stronger)\b )
  | (?P<change>  \b(?:doubles?|doubled|triples?|tripled|quadrupled?|halves|halved)\b (?!-) )
  | (?P<part_of> \b(?:(?:two|three)[\s-](?:thirds|quarters|fifths)|(?:one|a)[\s-](?:third|quarter|fifth)|half)\s of \b )
  | (?P<majority>\b majority \s of \s (?:[\w'’-]{{1,20}}\s){{0,3}}? (?:patients|people|clients|women|men|adults)\b )
  | (?P<crowds>  \b (?:tens\sof\s|hundreds\sof\s)? millions \b )
  | (?P<rank>    \b (?:most\scommon|leading|number\sone|no\.\s1|\#1) \s (?:reason|cause|complaint) \b ) )
"""
# a sentence without one of these words, a share ("in five", "of 10") or a percent sign holds no figure
_CUES = _set("cues")
_WHOLES = frozenset([*_WORDS.split("|"), *map(str, range(2, 101)), *"200 500 1000 1,000 10,000 100,000".split()])
_WORTH = _CUES | _WHOLES
_SHARE = frozenset("in of every".split())
_OWN = re.compile(
    r"\b(?:success|improvement|cure|response|pregnancy|recovery|sustained)[\w\s-]{0,14}\srates?\b"
    r"|\bsuccess\srates?\b|\bof\s(?:our|my|the\sclinic['’]s)\s(?:[\w'’-]{1,20}\s){0,4}(?:patients|clients|women|couples)\b",
    re.I,
)
_OWN_PATIENTS = re.compile(
    r"\b(?:we|i|i['’]ve|we['’]ve|our|my|having)\s(?:[\w'’]{1,20}\s){0,3}(?:treated|helped|seen|served)\b", re.I
)
_TRADITION = re.compile(
    r"\baccording to (?:the )?(?:\w+ )?(?:tcm|tradition|chinese medicine|ayurveda|legend|ancient)", re.I
)
_SCALE = re.compile(
    r"\b(?:year|annually|worldwide|die|dies|died|suffer|affect|diagnosed|living with|globally|affected)", re.I
)
_BETTER = re.compile(
    r"\b(?:help|improv|respon|benefit|relie|better|recover|success|find|report|experience)\w{0,6}", re.I
)
_PERCENT = re.compile("%")
_START = attrgetter("start")
_READ = 2000  # code points of a sentence that are read
_BACK, _AHEAD, _NEAR = 40, 70, 16  # code points that are read around a cue, and between two cues
_VALUES = {word: value for value, word in enumerate(_WORDS.split("|"), 1)}
_VALUES |= {"twenty": 20, "thirty": 30, "fifty": 50, "hundred": 100}


@cache
def _pattern() -> re.Pattern[str]:
    people = rf"(?:[\w'’-]{{1,20}}\s){{0,2}}?(?:{'|'.join(sorted(_set('people')))})\b"
    return re.compile(_PATTERN.replace("PEOPLE", people), re.VERBOSE | re.IGNORECASE)


def find(doc: Document, block: Block) -> Iterator[tuple[Sentence, Figure]]:
    """Find the first figure of each sentence about people, a condition, a therapy or an outcome."""
    folded = lexicon.folded(doc)[block.index]
    if "%" not in block.text and _WORTH.isdisjoint(folded):
        return
    sentences = block.sentences
    done = -1
    for place in _places(block, folded):
        at = bisect_right(sentences, place, key=_START) - 1
        if at <= done or at < 0:
            continue
        sentence = sentences[at]
        figure = _figure(doc, sentence, place - sentence.start)
        if figure is not None:
            done = at
            yield sentence, figure


def _places(block: Block, folded: Sequence[str]) -> list[int]:
    """Offsets in the block near which a figure may be, in order, no two of them in the same few words."""
    places = [match.start() for match in _PERCENT.finditer(block.text)]
    places += [
        block.words[at].start
        for at, word in enumerate(folded)
        if word in _WORTH and (word in _CUES or (at and folded[at - 1] in _SHARE))
    ]
    places.sort()
    return [place for place, previous in zip(places, [-_NEAR, *places], strict=False) if place - previous >= _NEAR]


def _figure(doc: Document, sentence: Sentence, place: int) -> Figure | None:
    """Read the words around a place of a sentence."""
    text = sentence.text
    if place > _READ or text.endswith("?") or _TRADITION.search(text, 0, _READ):
        return None
    words: list[str] | None = None
    for match in _pattern().finditer(text, max(place - _BACK, 0), place + _AHEAD):
        if words is None:
            words = [fold(word.text) for word in sentence.words]
            if not _set("not_statistics").isdisjoint(words):
                return None
        form = _form(match, words)
        if form and _on_topic(doc, sentence, words):
            return Figure(match.start(), match.end(), form)
    return None


def _form(match: re.Match[str], words: list[str]) -> str:
    """The message for a number, or nothing where it is no statistic."""
    kind = match.lastgroup if match.lastgroup not in {"part", "link", "whole"} else "share"
    text = match.string
    after = [fold(word) for word in re.findall(r"[\w'’-]+", text[match.end() : match.end() + 60])[:5]]
    if kind == "percent":
        return _percent(match, after)
    if kind == "share":
        return "default" if _is_share(match, after) else ""
    if kind in {"count", "crowd"}:
        return _crowd(match, exact=kind == "crowd")
    if kind == "cost":
        return "default" if _SCALE.search(text) else ""
    if kind == "part_of":
        rough = match.group().lower().startswith("half")
        return ("fuzzy" if rough else "default") if _people_soon(after[:4]) else ""
    if kind == "majority":
        return "majority" if _BETTER.search(text, match.end(), match.end() + 80) else ""
    if kind == "change":
        return (
            "relative"
            if not {"risk", "chance", "chances", "odds", "pain", "relief", "rate", "symptoms"}.isdisjoint(words)
            else ""
        )
    if kind == "crowds":
        return "fuzzy" if _people_soon(after[:4]) or {"worldwide", "around", "globally"} & set(after[:3]) else ""
    if kind == "rank":
        return (
            "" if text[max(match.start() - 12, 0) : match.start()].lower().rstrip().endswith("one of the") else "fuzzy"
        )
    return "relative" if kind == "times" else "default"


def _percent(match: re.Match[str], after: list[str]) -> str:
    number = match.group().lstrip("↑↓≥≤<>~+−  ")
    follows = after[0] if after else ""
    if follows in _set("not_after") and not (follows == "effective" and not number.startswith("100")):
        return ""
    before = re.findall(r"[\w'’-]+", match.string[max(match.start() - 24, 0) : match.start()])[-2:]
    if not _set("products").isdisjoint([*after[:3], *before]):
        return ""
    if follows in {"weight", "body"} or after[:2] in (
        ["or", "more"],
        ["or", "less"],
        ["or", "higher"],
        ["or", "above"],
    ):
        return ""
    if follows in {"of", "or", "from"} and not _set("not_of").isdisjoint(after[1:4]):
        return ""
    people = _people_soon(after[:5])
    if re.match(r"(?:0|100|110|1000)\s?(?:%|p)", number) and not people:
        return ""
    if _OWN.search(match.string):
        return "success"
    if follows in {
        "more",
        "less",
        "greater",
        "higher",
        "lower",
        "fewer",
        "faster",
        "better",
        "reduction",
        "increase",
        "decrease",
        "drop",
    }:
        return "relative"
    return "default"


def _is_share(match: re.Match[str], after: list[str]) -> bool:
    part, whole = _value(match["part"]), _value(match["whole"])
    if not part < whole or whole > 1_000_000:
        return False
    link = match["link"].lower()
    if link == "of" or 1900 < whole < 2100:
        return _people_soon(after[:2])
    return link != "in" or whole >= 3


def _value(text: str) -> float:
    return float(_VALUES.get(text.lower(), 0) or text.replace(",", "") if text[0].isdigit() else _VALUES[text.lower()])


def _crowd(match: re.Match[str], *, exact: bool) -> str:
    if _OWN_PATIENTS.search(match.string):
        return ""
    return "default" if not exact or _SCALE.search(match.string) else ""


def _people_soon(words: list[str]) -> bool:
    return not _set("people").isdisjoint(words)


def _on_topic(doc: Document, sentence: Sentence, words: list[str]) -> bool:
    """Whether the sentence, its table row or the lead-in of its list speaks of health."""
    if speaks_of_health(words) or lexicon.matcher("physiology", "body").scan(words):
        return True
    block = sentence.block
    folded = lexicon.folded(doc)
    if block.kind == "cell":
        return any(speaks_of_health(folded[at]) for at in _table(doc, block))
    if _people_soon(words) and any(speaks_of_health(each) for each in _around(doc, block)):
        return True
    if block.kind == "item":
        at = block.index - 1
        while at >= 0 and doc.blocks[at].kind == "item":
            at -= 1
        return at >= 0 and speaks_of_health(folded[at])
    return False


def _around(doc: Document, block: Block) -> Iterator[Sequence[str]]:
    """What the sentence stands in: its block, its headings, the title."""
    yield lexicon.folded(doc)[block.index]
    for title in block.path:
        yield [fold(word) for word in title.split()]
    if doc.title is not None:
        yield lexicon.folded(doc)[doc.title.index]


def _table(doc: Document, cell: Block) -> list[int]:
    """The cells of the row and those of the table's first row."""
    first = cell.index
    while first and doc.blocks[first - 1].kind == "cell":
        first -= 1
    head = doc.blocks[first].group
    found: list[int] = []
    for block in doc.blocks[first:]:
        if block.kind != "cell" or block.group > cell.group:
            break
        if block.group in {head, cell.group}:
            found.append(block.index)
    return found
