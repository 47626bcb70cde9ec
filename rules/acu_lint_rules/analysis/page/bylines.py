"""Bylines, review notes and dated lines in the text of a page: who wrote it, who reviewed it, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from acu_lint.api import META, OBJECT, Block, Document, Span
from acu_lint_rules.analysis.citations.index import in_references
from acu_lint_rules.analysis.page import dates, people
from acu_lint_rules.analysis.page.people import Person
from acu_lint_rules.analysis.text.lexicon import folded
from acu_lint_rules.analysis.text.rare_phrases import vocabulary

BY = re.compile(
    r"\s{0,9}(?:(?:(?:article|words|story|text|content|post|posted|written|authored|created)\s)?by\b|authors?\s?(?=[:：—–-]))"
    r"\s?[:：—–-]?\s?",
    re.I,
)
_LABEL = re.compile(
    r"\b(?:(?P<reviewed>reviewed|fact[ -]checked|verified|review)|(?P<updated>updated?|modified|revised|revision)"
    r"|(?P<published>published|posted|publication|date(?=\s?[:：])))\b",
    re.I,
)
_MODIFIERS = frozenset(
    "medically clinically fact content page article post guide leaflet factsheet information this was were is last "
    "first originally most recently latest date of and the has been expert by written on".split()
)
_LABEL_WORDS = frozenset(
    "reviewed checked fact-checked verified review updated update modified revised revision published posted "
    "publication date".split()
)
_OPENERS = _LABEL_WORDS | frozenset(
    "by written author authors authored words article posted last medically clinically fact story text content "
    "created originally".split()
)
_BETWEEN = re.compile(
    r"\s{0,9}(?:date)?\s{0,9}(?:by\s(?P<who>[^|\n]{1,100}?))?[\s:：,|–—-]{0,4}"
    r"(?:\b(?:on|in|at|as of|of))?[\s:：]{0,3}",
    re.I,
)
_ENDS = re.compile(r"\s{0,9}(?:$|[|·•\n);:.–—-]|(?:by|at|and)\b|\d)")
_ENDS_LOOSE = re.compile(r"\s{0,9}(?:$|[|·•\n);:.,–—-]|(?:by|at|and|last|updated|reviewed|medically)\b|\d)", re.I)
_LONG_BLOCK = 600  # characters; bylines and date lines are shorter
_SHORT_BLOCK = 250  # characters; in longer blocks only the beginning can be a byline or date line
_FEW = 20  # words of a line like "3 May 2026 | by Ana Silva | 5 min read"
_FILLED = re.compile(r"\s{0,3}(?:" + OBJECT + r"|<[%?]|\$\{)")  # a template value follows
_FILLED_LABEL = re.compile(r"\s{0,3}(?P<by>by\b)?(?:\s?on\b)?\s{0,3}[:：–—-]?" + _FILLED.pattern, re.I)
_PARTS = re.compile(r"[|·•]")
_HEADER = 6  # blocks at the head of a page among which a bare date is its date
_REACH = 140  # characters between a label and its date


class PageDate(NamedTuple):
    """A date that a page gives itself: published, updated or reviewed; ``shown``: its readers see it in the text."""

    kind: str
    when: dates.When
    text: str
    span: Span | None
    shown: bool = False


@dataclass(slots=True)
class Found:
    """Authors, reviewers and dates while they are collected; ``filled``: which of them a template gives."""

    authors: list[Person] = field(default_factory=list)
    reviewers: list[Person] = field(default_factory=list)
    dates: list[PageDate] = field(default_factory=list)
    filled: set[str] = field(default_factory=set)


def read_text(doc: Document, found: Found) -> None:
    """Read bylines, review notes and dated lines."""
    labels = _LABEL_WORDS & vocabulary(doc)
    for block, words in zip(doc.blocks, folded(doc), strict=True):
        if not words or block.kind in META or len(block.text) > _LONG_BLOCK:
            continue
        opens = words[0] in _OPENERS or (len(words) < _FEW and "by" in words and bool(_PARTS.search(block.text)))
        if opens or (len(block.text) < _SHORT_BLOCK and not labels.isdisjoint(words)):
            if not in_references(doc, block):
                _read_block(block, found, opens=opens)
        elif block.index < _HEADER and len(words) < 5 and block.kind != "cell":
            _read_bare_date(block, found)


def _read_block(block: Block, found: Found, *, opens: bool) -> None:
    """Read a block that may be a byline or a date line; ``opens``: it begins like one."""
    text = block.text
    for at in _starts(text, loose=opens):
        lead = BY.match(text, at)
        if lead and _FILLED.match(text, lead.end()):
            found.filled.add("author")
        elif lead:
            _read_byline(block, lead.end(), found)
    for label in _LABEL.finditer(text):
        before = text[max(0, label.start() - 60) : label.start()]
        start = max((before.rfind(mark) for mark in ("|·•\n(–—,." if opens else "|·•\n.")), default=-1) + 1
        words = before[start:].lower().replace("-", " ").split()
        if (label.start() <= 60 or start) and _MODIFIERS.issuperset(words):
            _read_label(block, label, found, opens=opens)


def _starts(text: str, *, loose: bool) -> Iterator[int]:
    """Where a byline may begin: at the start of the text and behind the marks that part a line's items."""
    yield 0
    if loose:
        for match in re.finditer(r"[|·•\n]|(?<=\d),?\s(?=by\s)|\s-\s", text):
            yield match.end()


def _read_byline(block: Block, at: int, found: Found) -> None:
    named = people.name_at(block.text, at)
    if named is None or named.name.lower() in people.ordinary_words():  # "By Age"
        return
    person = Person(named.name, named.credential, block.span(named.start, named.end))
    if person.identified or len(block.words) <= 8:
        found.authors.append(person)
    written = dates.find(block.text[named.end : named.end + _REACH])
    if written is not None and not _LABEL.search(block.text) and written.when.first.month == written.when.last.month:
        _keep(block, "published", written, named.end, found)


def _read_label(block: Block, label: re.Match[str], found: Found, *, opens: bool) -> None:
    """Read what follows "reviewed", "updated" or "published": who and when."""
    kind = str(label.lastgroup)
    if filled := _FILLED_LABEL.match(block.text, label.end()):
        found.filled.add("reviewer" if filled["by"] and kind == "reviewed" else "date")
    rest = block.text[label.end() : label.end() + _REACH]
    written = dates.find(rest)
    between = _BETWEEN.fullmatch(rest, 0, written.start) if written else None
    if kind == "reviewed":
        _read_reviewer(block, label.end(), found)
    if written is None or between is None or not (_ENDS_LOOSE if opens else _ENDS).match(rest, written.end):
        return
    year_only = written.end - written.start == 4
    if not year_only or (kind != "published" and not rest[written.end :].strip(" .)")):
        _keep(block, kind, written, label.end(), found)


def _read_reviewer(block: Block, at: int, found: Found) -> None:
    by = re.compile(r"\s{0,9}(?:for accuracy\s)?by\b[\s:]{0,3}", re.I).match(block.text, at)
    named = people.name_at(block.text, by.end()) if by else None
    if named is not None:
        found.reviewers.append(Person(named.name, named.credential, block.span(named.start, named.end)))


def _read_bare_date(block: Block, found: Found) -> None:
    written = dates.find(block.text)
    if written is not None and written.end - written.start == len(block.text.strip()) and written.end > 4:
        _keep(block, "published", written, 0, found)


def _keep(block: Block, kind: str, written: dates.Written, shift: int, found: Found) -> None:
    start, end = written.start + shift, written.end + shift
    found.dates.append(PageDate(kind, written.when, block.text[start:end], block.span(start, end), shown=True))
