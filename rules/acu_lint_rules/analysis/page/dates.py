"""Dates as writers and machines put them: ``2nd Dec 2021``, ``March 2018``, ``01/2019``, ``2026-05-03T10:00Z``."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple


class When(NamedTuple):
    """The days that a written date can mean: one day, a month, a year, or both readings of ``03/04/2020``."""

    first: datetime.date
    last: datetime.date


class Written(NamedTuple):
    """A date that stands in a text: what it means and its range there."""

    when: When
    start: int
    end: int


_MONTHS = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}  # fmt: skip
_MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"""(?<![\w/.-])(?:
      (?P<y1>{_YEAR})(?P<s>[-/.])(?P<m1>\d\d?)(?P=s)(?P<d1>\d\d?)(?!\d)
    | (?P<d2>\d\d?)(?:st|nd|rd|th)?(?:\s+of)?[\s.-]{{1,3}}(?P<m2>{_MONTH})\b\.?,?[\s-]{{1,3}}(?P<y2>{_YEAR})\b
    | (?P<m3>{_MONTH})\b\.?\s{{1,3}}(?P<d3>\d\d?)(?:st|nd|rd|th)?(?:,\s{{0,3}}|\s{{1,3}})(?P<y3>{_YEAR})\b
    | (?P<a>\d\d?)(?P<t>[/.])(?P<b>\d\d?)(?P=t)(?P<y4>{_YEAR})\b
    | (?P<m5>{_MONTH})\b\.?,?\s{{1,3}}(?P<y5>{_YEAR})\b
    | (?P<m6>\d\d?)/(?P<y6>{_YEAR})\b
    | (?P<y7>{_YEAR})\b
    )""",
    re.I | re.X,
)


def find(text: str) -> Written | None:
    """Find the first date of a text that is a day, month or year of the calendar."""
    for match in _DATE.finditer(text):
        when = _when({key: value for key, value in match.groupdict().items() if value})
        if when is not None:
            return Written(when, match.start(), match.end())
    return None


def read(value: object) -> When | None:
    """Read a date from front matter or JSON-LD: a date, or a text that starts with one."""
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        return When(value, value)
    if not isinstance(value, str):
        return None
    found = find(value[:40].replace("T", " ", 1) if value[:4].isdigit() else value[:40])
    return found.when if found and not value[: found.start].strip() else None


def months_between(earlier: datetime.date, later: datetime.date) -> int:
    """Count the full months from one day to a later one (negative where it is earlier)."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months - (later.day < earlier.day)


def _when(part: dict[str, str]) -> When | None:
    """Turn the named parts of a match into days; None for the 31st of June and the like."""
    try:
        if "a" in part:
            return _either(int(part["a"]), int(part["b"]), int(part["y4"]))
        year = int(next(value for key, value in part.items() if key[0] == "y"))
        month = next((_month(value) for key, value in part.items() if key[0] == "m"), None)
        day = next((int(value) for key, value in part.items() if key[0] == "d"), None)
        if month is None:
            return When(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
        first = datetime.date(year, month, day or 1)
        return When(first, first if day else _end_of_month(first))
    except ValueError:
        return None


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS[text[:3].lower()]


def _either(one: int, two: int, year: int) -> When | None:
    """Read ``03/04/2020`` as day and month both ways round."""
    days = [datetime.date(year, m, d) for m, d in ((one, two), (two, one)) if m <= 12 and 1 <= d <= 31 and m]
    return When(min(days), max(days)) if days else None


def _end_of_month(first: datetime.date) -> datetime.date:
    return (first.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(days=1)
