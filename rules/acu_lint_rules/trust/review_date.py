"""When the page was last looked at."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from acu_lint.api import Document, Hit
from acu_lint_rules.analysis.page.bylines import PageDate
from acu_lint_rules.analysis.page.dates import months_between
from acu_lint_rules.analysis.page.kind import is_article
from acu_lint_rules.analysis.page.metadata import PageMeta, pagemeta
from acu_lint_rules.trust._dates import told

_LABELS = {"published": "Published", "updated": "Last updated", "reviewed": "Last reviewed"}
_TOMORROW = datetime.timedelta(days=1)  # the writer's clock may be a day ahead


def check(doc: Document, *, max_age_months: int = 36) -> Iterator[Hit]:
    """Find a page whose newest date is ``max_age_months`` old or older.

    Also a review that lies in the future or before publication. Ages are full months.
    """
    page = pagemeta(doc)
    if not page.dates or page.evergreen or page.partial or not is_article(doc):
        return
    wrong = _impossible(doc, page.dates)
    if wrong is not None:
        yield wrong
        return
    newest = max(page.dates, key=lambda date: (date.when.last, date.kind == "reviewed", date.span is not None))
    months = months_between(newest.when.last, doc.today)
    if months >= max_age_months:
        yield Hit(
            newest.span or doc.whole,
            {**_told(newest), "months": months, "limit": max_age_months, "reviewer": _vague_reviewer(page, newest)},
            message="unidentified" if _vague_reviewer(page, newest) else "default",
        )


def _told(date: PageDate) -> dict[str, str]:
    return {"label": _LABELS[date.kind], "date": told(date), "day": date.when.last.isoformat()}


def _impossible(doc: Document, dates: Sequence[PageDate]) -> Hit | None:
    """A review or update in the future, or a review before publication."""
    published = max((d.when.first for d in dates if d.kind == "published"), default=None)
    for date in dates:
        span = date.span or doc.whole
        if date.kind != "published" and date.when.first > doc.today + _TOMORROW:
            return Hit(span, _told(date), message="future")
        if date.kind == "reviewed" and published is not None and date.when.last < published <= doc.today:
            data = {**_told(date), "published": published.isoformat()}
            return Hit(span, data, message="before")
    return None


def _vague_reviewer(page: PageMeta, newest: PageDate) -> str:
    """The reviewer's name where the newest date is a review and the name identifies nobody."""
    if newest.kind != "reviewed" or any(person.identified for person in page.reviewers):
        return ""
    return page.reviewers[0].name if page.reviewers else ""
