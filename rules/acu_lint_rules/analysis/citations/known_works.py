"""Well-known reviews, trials and guidelines: which of them a sentence means, and what the sentence says of them.

The table is ``lexicons/known_evidence.txt``; it is read when a sentence may speak of one of its records.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from acu_lint.api import PROSE, Document, Sentence, measure
from acu_lint_rules.analysis.citations import index as citations
from acu_lint_rules.analysis.text import lexicon
from acu_lint_rules.analysis.text.lexicon import fold, terms
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.rare_phrases import blocks_with


class Record(NamedTuple):
    """One work; the fields are told in the table."""

    id: str
    name: str
    year: int
    who: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    therapy: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    studies: int = 0
    participants: int = 0
    also: tuple[int, ...] = ()
    absent_years: tuple[int, ...] = ()
    not_said: tuple[str, ...] = ()
    verdict: str = ""
    doi: str = ""
    url: str = ""
    superseded_by: str = ""
    lapsed: int = 0
    aliases: tuple[str, ...] = ()
    undated: bool = False

    @property
    def where(self) -> str:
        """The DOI or address."""
        return f"doi:{self.doi}" if self.doi else self.url

    @property
    def size(self) -> str:
        """How many studies and people, in words; empty where the table does not tell."""
        parts = [f"{self.studies} studies"] if self.studies > 1 else []
        parts += [f"{self.participants:,} participants"] if self.participants else []
        return " and ".join(parts)


class Number:
    """A number a sentence gives: its value and range in the sentence's text, and whether it is rounded."""

    __slots__ = ("end", "rounded", "start", "value")

    def __init__(self, value: int, start: int, end: int, *, rounded: bool = False) -> None:
        self.value = value
        self.start = start
        self.end = end
        self.rounded = rounded


@cache
def records() -> Mapping[str, Record]:
    """The records of the table by id; raises ``ValueError`` where a line is wrong."""
    return {name: _record(name, lines) for name, lines in lexicon.load("known_evidence").items()}


def _record(name: str, lines: Sequence[str]) -> Record:
    values: dict[str, Any] = {"id": name}
    for line in lines:
        key, _, text = (part.strip() for part in line.partition(":"))
        if key not in Record._fields or not text:
            raise ValueError(f"known_evidence.txt: [{name}] has no line '{line}'; see the top of the file")
        parts = tuple(part.strip() for part in text.split(";"))
        if key in {"year", "studies", "participants", "lapsed"}:
            values[key] = int(text)
        elif key in {"also", "absent_years"}:
            values[key] = tuple(map(int, parts))
        elif key in {"name", "verdict", "doi", "url", "superseded_by"}:
            values[key] = text
        else:
            values[key] = text == "yes" if key == "undated" else parts
    return Record(**values)


# a block without one of these words quotes nobody; the table is not read for it
_TELLING = frozenset(terms("evidence", "telling"))
_READ = PROSE | {"heading", "title", "description"}
_DESIGN = (
    r"(?:(?:[Rr]andomi[sz]ed|[Cc]ontrolled|[Cc]linical|[Ss]ham-controlled|[Hh]igh-quality|[Pp]ublished|[Aa]cupuncture|"
    r"[Ii]ndividual|[Dd]ifferent|[Ss]eparate|[Qq]uality|[Rr]elevant|[Ee]ligible|[Ii]ncluded)[\s,-]{1,2}){0,4}"
)
_STUDIES = lazy(rf"(?<![\d.,-])(\d{{1,4}})\s{_DESIGN}(?:RCTs|trials|studies)\b")
_PEOPLE = lazy(
    r"(?<![\d.,-])(\d{1,3}(?:,\d{3})+|\d{2,6})\s(?:[a-z-]{2,20}\s){0,2}?"
    r"(?:participants|patients|people|adults|subjects|individuals|men\sand\swomen)\b"
    r"|\b[nN]\s?=\s?(\d{1,3}(?:,\d{3})+|\d{2,6})"
)
_YEARS = lazy(r"(?<![\d,./-])(?:19|20)\d\d(?![\d/%]|,\d|\s(?:participants|patients|people|adults|years))")
_ROUNDED = lazy(r"(?:about|around|over|than|nearly|almost|roughly|approximately|some|least|to|ca\.|~)\s?\Z", re.I)
_AUTHOR_TAIL = (
    r"(?=(?:['’]s?)?(?:,?\set\sal|\sand\s(?:colleagues|team|[A-Z])|,?\s\(?(?:19|20)\d\d"
    r"|\s(?:trial|review|study|meta-analysis|analysis)\b))"
)
_LONGEST, _WORDS = 1000, 200  # characters, and words, of a sentence that are read


@measure
def spoken(doc: Document) -> tuple[tuple[Sentence, tuple[Record, ...]], ...]:
    """Find the sentences that may speak of records: they name who they are by, and are about therapy and topic."""
    found: dict[int, tuple[Sentence, tuple[Record, ...]]] = {}
    for block, tokens in blocks_with(doc, _TELLING):
        heads = _heads()
        if heads.keys().isdisjoint(tokens) or block.kind not in _READ or citations.in_references(doc, block):
            continue
        for index, word in [(index, word) for index, word in enumerate(tokens) if word in heads]:
            if block.text.startswith(heads[word], start := block.words[index].start):
                at = bisect_right(block.sentences, start, key=lambda sentence: sentence.start) - 1
                sentence = block.sentences[at] if at >= 0 else None
                if sentence is not None and id(sentence) not in found:
                    found[id(sentence)] = sentence, _meant(doc, sentence)
    return tuple(pair for pair in found.values() if pair[1])


@cache
def _heads() -> Mapping[str, tuple[str, ...]]:
    """The names of the table by their first folded word."""
    table: dict[str, set[str]] = {}
    for record in records().values():
        for name in (*record.who, *record.authors, *record.aliases):
            table.setdefault(lexicon.fold(re.split(r"[\s/]", name)[0]), set()).add(name)
    return {head: tuple(names) for head, names in table.items()}


def _meant(doc: Document, sentence: Sentence) -> tuple[Record, ...]:
    """Find the records that a sentence can mean."""
    text = sentence.text[:_LONGEST]
    words: Sequence[str] = ()
    found = []
    for record in records().values():
        name = _stands(record.who + record.aliases, text, _named)
        author = _stands(record.authors, text, _authored)
        if not (name or author):
            continue
        words = words or [fold(word.text) for word in sentence.words[:_WORDS]]
        if _about(doc, fold(text), words, record) or (name and author and str(record.year) in text):
            found.append(record)
    return tuple(found)


def _stands(names: tuple[str, ...], text: str, pattern: Callable[[tuple[str, ...]], re.Pattern[str]]) -> bool:
    """Whether one of some names stands in a text in the way that a pattern asks for."""
    for name in names:
        if name in text:
            return pattern(names).search(text) is not None
    return False


@cache
def _named(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in names)})(?!\w)")


@cache
def _authored(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))}){_AUTHOR_TAIL}")


def _about(doc: Document, text: str, words: Sequence[str], record: Record) -> bool:
    """Whether a sentence, or its article where the sentence names nothing else, is about a record's matter.

    ``text`` and ``words`` are the sentence and its words, folded.
    """
    around = _around(doc)
    here = any(name in text for name in record.therapy)
    if not here and (not any(name in around for name in record.therapy) or _others("interventions", words, record)):
        return False
    here = any(name in text for name in record.topic)
    return here or (any(name in around for name in record.topic) and not _others("conditions", words, record))


def _others(lexicon_name: str, words: Sequence[str], record: Record) -> bool:
    """Whether words name a therapy or condition that a record is not about."""
    own = " ".join((*record.therapy, *record.topic))
    return any(found.term.lower() not in own for found in lexicon.matcher(lexicon_name).scan(words))


@measure
def _around(doc: Document) -> str:
    """The title and top headings of an article, folded."""
    texts = [doc.title.text] if doc.title else []
    texts += [block.text for block in doc.blocks if block.kind == "heading" and block.level == 1]
    return fold(" ".join(texts))


def years(text: str) -> list[Number]:
    """Find the years in a text."""
    return [Number(int(match.group()), match.start(), match.end()) for match in _YEARS.finditer(text)]


def studies(text: str) -> list[Number]:
    """Find the numbers of studies in a text."""
    return [
        Number(int(match[1]), match.start(), match.end(), rounded=_is_rounded(text, match.start()))
        for match in _STUDIES.finditer(text)
        if not 1900 <= int(match[1]) <= 2100
    ]


def people(text: str) -> list[Number]:
    """Find the numbers of people in a text."""
    found = []
    for match in _PEOPLE.finditer(text):
        value = int((match[1] or match[2]).replace(",", ""))
        if not 1900 <= value <= 2100 or "," in match.group():
            found.append(Number(value, match.start(), match.end(), rounded=_is_rounded(text, match.start())))
    return found


def _is_rounded(text: str, start: int) -> bool:
    return _ROUNDED.search(text[max(start - 16, 0) : start]) is not None


def said_otherwise(record: Record, text: str) -> re.Match[str] | None:
    """Find words of a text that a record contradicts."""
    return _contradicting(record.not_said).search(text) if record.not_said else None


@cache
def _contradicting(phrases: tuple[str, ...]) -> re.Pattern[str]:
    parts = [re.escape(phrase).replace(r"\ \*\ ", r"\s(?:[\w'’-]{1,20}\s){0,3}") for phrase in phrases]
    return re.compile(rf"\b(?:{'|'.join(sorted(parts, key=len, reverse=True))})\b")
