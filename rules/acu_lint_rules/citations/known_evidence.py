"""Statements about well-known reviews and guidelines that do not match them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from acu_lint.api import Document, Hit, Sentence
from acu_lint_rules.analysis.citations.known_works import Number, Record, people, said_otherwise, spoken, studies, years
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.sentence import asks

_NEAR = 0.01  # a number of participants may differ by this share
_ROUNDED = 0.1  # ... and a rounded one by this
_DENIED = lazy(r"\b(?:not?|never|cannot|no\slonger|stopped|against|neither|nor|withdrew|withdrawn)\b|n['’]t\b", re.I)
_UNREAL = lazy(r"\b(?:no\ssuch|does\snot\sexist|not\sa\s20|misquoted|made\sup|invented|wrongly)\b", re.I)


def check(doc: Document) -> Iterator[Hit]:
    """Report years, numbers and gradings that contradict the table of known evidence."""
    for sentence, matched in spoken(doc):
        text = sentence.text
        if asks(text) or _UNREAL.search(text):
            continue
        hit = _numbers(sentence, matched) or _words(sentence, matched)
        if hit is not None:
            yield hit


class _Stated:
    """The years and numbers of a sentence."""

    def __init__(self, text: str) -> None:
        self.years = years(text)
        self.studies = studies(text)
        self.people = people(text)

    def fits(self, record: Record) -> bool | None:
        """Whether the numbers are a record's (None where there is nothing to compare)."""
        answers = []
        if self.studies and record.studies > 1:
            answers.append(any(_same(n, record.studies, record.also, 0) for n in self.studies))
        if self.people and record.participants:
            answers.append(any(_same(n, record.participants, record.also, _NEAR) for n in self.people))
        return all(answers) if answers else None

    def year_is(self, record: Record) -> bool | None:
        """Whether a record's year, give or take one, is among the years (None where there are none)."""
        return any(abs(year.value - record.year) <= 1 for year in self.years) if self.years else None


def _same(number: Number, value: int, also: Sequence[int], near: float) -> bool:
    reach = _ROUNDED if number.rounded else near
    return number.value in also or abs(number.value - value) <= value * reach


def _numbers(sentence: Sentence, matched: Sequence[Record]) -> Hit | None:
    stated = _Stated(sentence.text)
    if any(stated.fits(record) is not False and stated.year_is(record) is not False for record in matched):
        return None
    for test in (_other_year, _other_numbers, _absent):
        for record in matched:
            if test(stated, record):
                return _report(sentence, stated, record)
    return None


def _other_year(stated: _Stated, record: Record) -> bool:
    """The numbers are the record's, the year is not."""
    return stated.fits(record) is True and stated.year_is(record) is False


def _other_numbers(stated: _Stated, record: Record) -> bool:
    """The year is the record's, the numbers are not."""
    return stated.fits(record) is False and any(year.value == record.year for year in stated.years)


def _absent(stated: _Stated, record: Record) -> bool:
    """The series has no work of that year."""
    return any(year.value in record.absent_years for year in stated.years)


def _report(sentence: Sentence, stated: _Stated, record: Record) -> Hit:
    numbers = [*stated.years, *stated.studies, *stated.people]
    start, end = min(n.start for n in numbers), max(n.end for n in numbers)
    return _hit(sentence, start, end, record, "default" if record.size else "undetailed")


def _words(sentence: Sentence, matched: Sequence[Record]) -> Hit | None:
    stated = years(sentence.text)
    for record in matched:
        said = said_otherwise(record, sentence.text)
        if said is None or any(year.value < record.year for year in stated) or _DENIED.search(sentence.text):
            continue
        return _hit(sentence, said.start(), said.end(), record, "words")
    return None


def _hit(sentence: Sentence, start: int, end: int, record: Record, message: str) -> Hit:
    return Hit(
        sentence.span(start, end),
        {
            "match": " ".join(sentence.text[start:end].split())[:90],
            "name": record.name,
            "year": record.year,
            "size": record.size,
            "where": record.where,
            "verdict": record.verdict or "see there",
        },
        message=message,
    )
