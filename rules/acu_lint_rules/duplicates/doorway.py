"""Doorway pages: one text for many places, complaints or treatments."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Corpus, Document, Hit, Related, Severity
from acu_lint_rules.duplicates._own_text import is_shared_page
from acu_lint_rules.duplicates._same_skeleton import COMPARED, is_told_among_the_first
from acu_lint_rules.duplicates._series import in_series
from acu_lint_rules.duplicates._variants import variants

_SHOWN = 5  # pages named in the message
_RELATED = 20  # pages listed


def check(doc: Document, corpus: Corpus, *, series: tuple[str, ...] = ()) -> Iterator[Hit]:
    """Yield one hit for a page that is the same as two or more others but for one slot.

    An error where the words are the same, a warning where only the title and the headings are.
    Of several such pages that are checked together the last one by path has the finding. ``series`` holds globs
    of paths: pages that one glob matches share a template on purpose.
    """
    if is_shared_page(doc):
        return
    found = [one for one in variants(doc, corpus) if not in_series(doc.path, one.path, series)]
    if len(found) < 2 or any(corpus.is_reported_there(doc, one.path) for one in found):
        return
    if is_told_among_the_first(doc, corpus):
        return
    same = any(one.in_words for one in found)
    fillers = list(dict.fromkeys([found[0].here, *(one.there for one in found)]))
    yield Hit(
        doc.whole,
        data={
            "slot": found[0].slot,
            "fillers": _listed(fillers),
            "values": fillers,
            "count": f"{len(found) + 1} or more" if len(found) >= COMPARED else len(found) + 1,
            "other": found[0].path,
            "others": [one.path for one in found],
        },
        message="default" if same else "skeleton",
        severity=Severity.ERROR if same else Severity.WARNING,
        related=tuple(
            Related(one.title, f"the same page for '{one.there}'", one.path, one.source) for one in found[:_RELATED]
        ),
    )


def _listed(fillers: list[str]) -> str:
    """'Leeds, York and Hull'; the first few of many."""
    if len(fillers) <= _SHOWN:
        return " and ".join(filter(None, (", ".join(fillers[:-1]), fillers[-1])))
    return f"{', '.join(fillers[:_SHOWN])} and {len(fillers) - _SHOWN} more"
