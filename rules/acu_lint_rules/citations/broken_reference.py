"""References that lead nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.citations.broken import (
    MARKERS,
    Broken,
    broken,
    duplicated,
    empty_lists,
    hidden_list,
    leads,
    sentence_of,
    uncited,
)
from acu_lint_rules.analysis.citations.index import entries

_LOST = 2  # different markers without any list: the list was lost


def check(doc: Document) -> Iterator[Hit]:
    """Report markers without an entry, dead links, empty lists, and entries that nothing cites.

    A page without a list of references gets one finding for all its markers.
    """
    items = broken(doc)
    for heading in empty_lists(doc):
        yield Hit(heading.span(), {"match": heading.text}, message="empty")
    if hidden_list(doc):
        items = tuple(item for item in items if item.form not in MARKERS)
    markers = [item for item in items if item.form in MARKERS]
    labels = {item.label for item in markers}
    if len(labels) >= _LOST and not leads(doc):
        first = markers[0]
        yield _hit(first, "lost", count=len(markers))
        items = tuple(item for item in items if item.form not in MARKERS)
    yield from _each(items)
    if entries(doc):
        yield from _list(doc)


def _each(items: tuple[Broken, ...]) -> Iterator[Hit]:
    """Report every label once, and one per sentence."""
    uses = Counter((item.form, item.label) for item in items)
    done: set[object] = set()
    for item in items:
        sentence = sentence_of(item)
        keys = {(item.form, item.label), (item.block.index, sentence.start if sentence else -1)}
        if item.form in {"link", "scheme", "undefined"}:
            keys = {(item.block.index, item.start)}
        if done.isdisjoint(keys):
            yield _hit(item, item.form, count=uses[item.form, item.label])
        done.update(keys)


def _hit(item: Broken, message: str, count: int) -> Hit:
    return Hit(
        item.block.span(item.start, item.end),
        {"match": item.label, "count": count, "better": item.better},
        message=message,
        severity=Severity.INFO if message == "fragment" else None,
    )


def _list(doc: Document) -> Iterator[Hit]:
    for number, block in duplicated(doc).items():
        yield Hit(block.span(), {"match": str(number), "count": 2}, message="twice", severity=Severity.INFO)
    left = uncited(doc)
    if left:
        numbers = [item.number for item in left]
        shown = ", ".join(numbers[:12]) + (" …" if len(numbers) > 12 else "")
        yield Hit(left[0].block.span(), {"match": shown, "count": len(left)}, message="uncited", severity=Severity.INFO)
