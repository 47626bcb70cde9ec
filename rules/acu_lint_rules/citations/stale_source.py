"""Sources that are old, were replaced, or are no longer in force."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from acu_lint.api import Document, Hit, Sentence, Severity
from acu_lint_rules.analysis.citations.known_works import Record, records, spoken, years
from acu_lint_rules.analysis.evidence.evidence import Evidence, evidence
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.sentence import asks

_HISTORY = lazy(
    r"\b(?:since|until|formerly|former|historical|history|earlier|older|old|first|replac(?:ed|es)|supersed\w{1,4}|"
    r"updat(?:ed|es)|withdr[ae]wn?|lapsed|expired|no\slonger|back\sin|then|originally|previous(?:ly)?|outdated)\b",
    re.I,
)
_NEW = lazy(
    r"\b(?:latest|newest|most\srecent|current|recent|new|up-to-date)\s(?:[\w-]{1,20}\s){0,3}?"
    r"(?:guidelines?|stud(?:y|ies)|reviews?|trials?|research|evidence|meta-analys[ie]s|recommendations?)\b",
    re.I,
)
_NEAR = 40  # characters around the words that lean on evidence
_VIEW = lazy(
    r"\b(?:recommend\w{0,3}|advis\w{1,3}|guidelines?|endors\w{1,3}|according|says?|states?|lists?|listed|recogni[sz]\w{1,2}|"
    r"suggest\w{0,3}|should|found|conclud\w{1,3}|prov\w{1,3}|review|statement|shows?|explore)\b",
    re.I,
)


def check(doc: Document, *, max_age: int = 10, recent: int = 5) -> Iterator[Hit]:
    """Report works of the table that were replaced, old studies, and "latest" works that are not.

    ``max_age`` is how many years old a named study may be, ``recent`` how old one called new or latest may be.
    """
    done: set[tuple[int, int]] = set()
    for sentence, meant in spoken(doc):
        hit = _replaced(doc, sentence, meant)
        if hit is not None:
            done.add((sentence.block.index, sentence.start))
            yield hit
    for item in evidence(doc):
        key = item.sentence.block.index, item.sentence.start
        if item.kind != "vague" and key not in done:
            hit = _old(doc, item, max_age, recent)
            if hit is not None:
                yield hit


def _replaced(doc: Document, sentence: Sentence, meant: Sequence[Record]) -> Hit | None:
    """A work of the table that another one replaced, or that lapsed."""
    text = sentence.text
    if _HISTORY.search(text) or asks(text) or not _VIEW.search(text):
        return None
    matched = sorted(meant, key=lambda record: not _alias(record, text))
    given = {year.value for year in years(text)}
    for record in matched:
        newer = records().get(record.superseded_by)
        place = _place(record, text, given)
        if place is None or not (newer or (record.lapsed and record.lapsed <= doc.today.year)):
            continue
        if (given and max(given) > record.year) or (newer is not None and _alias(newer, text)):
            continue
        data: dict[str, object] = {"match": text[place[0] : place[1]], "name": record.name, "year": record.year}
        if newer is None:
            data |= {"newer": "", "newer_year": 0, "where": ""}
            return Hit(sentence.span(*place), data, message="lapsed")
        data |= {"newer": newer.name, "newer_year": newer.year, "where": newer.where}
        return Hit(sentence.span(*place), data)
    return None


def _place(record: Record, text: str, given: set[int]) -> tuple[int, int] | None:
    """Where a text means this very work: an alias, its year, or its body where the record stands without a year."""
    alias = _alias(record, text)
    if alias:
        return alias
    if record.year in given or (record.undated and not given):
        return _first(record.who + record.authors, text)
    return None


def _alias(record: Record, text: str) -> tuple[int, int] | None:
    return _first(record.aliases, text)


def _first(names: tuple[str, ...], text: str) -> tuple[int, int] | None:
    for name in names:
        match = re.search(rf"\b{re.escape(name)}(?!\w)", text)
        if match:
            return match.span()
    return None


def _old(doc: Document, item: Evidence, max_age: int, recent: int) -> Hit | None:
    """A study of long ago that the text itself dates; the years in its citations do not count."""
    sentence = item.sentence
    given = [year for year in years(sentence.text) if item.start - _NEAR <= year.start <= item.end + _NEAR]
    if not given or _HISTORY.search(sentence.text):
        return None
    newest = max(given, key=lambda year: year.value)
    age = doc.today.year - newest.value
    called = _NEW.search(sentence.text[max(item.start - _NEAR, 0) : item.end + _NEAR])
    around = years(sentence.block.text[max(sentence.start - 400, 0) : sentence.end + 400])
    if any(year.value > newest.value for year in around):
        return None
    plain = "al" not in sentence.text[item.start : item.end + 4].split()
    form = "new" if called and age > recent else "old" if plain and age > max_age else ""
    if not form:
        return None
    data = {"match": str(newest.value), "age": age, "called": called.group() if called else ""}
    return Hit(sentence.span(newest.start, newest.end), data, message=form, severity=Severity.INFO)
