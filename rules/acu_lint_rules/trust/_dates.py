"""Dates of a page that cannot all be true."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from acu_lint.api import Document, Hit
from acu_lint_rules.analysis.page.bylines import PageDate
from acu_lint_rules.analysis.page.metadata import pagemeta
from acu_lint_rules.analysis.text.patterns import lazy

_MACHINE = lazy(r"\d{4}-\d\d-\d\d[T ]")  # a time that a machine wrote
_DAY = datetime.timedelta(days=1)  # what the zones of the world, and two clocks, may differ by


def told(date: PageDate) -> str:
    """A date as the page writes it, without the time that a machine added."""
    return date.text[:10] if _MACHINE.match(date.text) else date.text


def contradiction(doc: Document, *, days_ahead: int) -> Hit | None:
    """Find an update before publication, a publication more than ``days_ahead`` days away, or two dates of one event.

    Two are a date in the text and another one in front matter or structured data.
    """
    page = pagemeta(doc)
    published, updated = (_of(page.dates, kind) for kind in ("published", "updated"))
    if published and updated:
        first = min(published, key=lambda date: date.when.first)
        newest = max(updated, key=lambda date: date.when.last)
        if first.when.first - newest.when.last > _DAY:
            return _hit(doc, newest, "updated", published=told(first))
    if published and not page.draft:
        first = min(published, key=lambda date: date.when.first)
        days = (first.when.first - doc.today).days
        if days > days_ahead:
            return _hit(doc, first, "future", days=days)
    return _differs(doc, published) or _differs(doc, updated)


def _of(dates: Sequence[PageDate], kind: str) -> list[PageDate]:
    return [date for date in dates if date.kind == kind]


def _differs(doc: Document, dates: Sequence[PageDate]) -> Hit | None:
    """A date in the text that none of the declared dates of its kind agrees with."""
    declared = [date for date in dates if not date.shown]
    for date in dates:
        if date.shown and declared and not any(_agree(date, other) for other in declared):
            return _hit(doc, date, "differs", declared=told(declared[0]), kind=date.kind)
    return None


def _agree(one: PageDate, other: PageDate) -> bool:
    # Differences, since there is no day behind 9999-12-31.
    return one.when.first - other.when.last <= _DAY and other.when.first - one.when.last <= _DAY


def _hit(doc: Document, date: PageDate, message: str, **data: str | int) -> Hit:
    return Hit(date.span or doc.whole, {"date": told(date), **data}, message=message)
