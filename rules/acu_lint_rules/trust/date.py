"""When the page was published or last changed, and whether its dates can all be true."""

from __future__ import annotations

import re
from collections.abc import Iterator

from acu_lint.api import META, Document, Hit, Severity, Span
from acu_lint_rules.analysis.page.kind import is_article
from acu_lint_rules.analysis.page.metadata import pagemeta
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.trust._article import informs, is_offer
from acu_lint_rules.trust._dates import contradiction

_EMPTY = lazy(
    r"\s{0,3}((?:(?:last|date)\s)?(?:dates?|updated|published|reviewed|posted|publication date|review date)"
    r"|时间|日期|发布时间|更新时间)\s{0,3}[:：]\s{0,3}",
    re.I,
)
_LONGEST = 40  # characters of a line that is only a label


def check(doc: Document, *, min_words: int = 100, inherited_date: bool = False, days_ahead: int = 180) -> Iterator[Hit]:
    """Find a health article of ``min_words`` or more without any date of its own, or dates that contradict each other.

    ``inherited_date`` says that the site puts the date on the page, from git or the name of the file for example.
    ``days_ahead`` is how many days a post may be scheduled ahead.
    """
    page = pagemeta(doc)
    if page.dates:
        wrong = contradiction(doc, days_ahead=days_ahead) if is_article(doc) and not page.partial else None
        if wrong is not None:
            yield wrong
        return
    if inherited_date or "date" in page.filled or not informs(doc, min_words=min_words):
        return
    label = _empty_label(doc)
    if label is None:
        yield Hit(doc.whole, severity=Severity.INFO if is_offer(doc) else Severity.WARNING)
    else:
        yield Hit(label, {"label": doc.source.text[slice(*label)].strip()}, message="empty")


def _empty_label(doc: Document) -> Span | None:
    """A line that is only the label of a date ("Published:")."""
    for block in doc.blocks:
        if block.kind not in META and len(block.text) < _LONGEST and ":" in block.text.replace("：", ":"):
            label = _EMPTY.fullmatch(block.text)
            if label:
                return block.span(*label.span(1))
    return None
