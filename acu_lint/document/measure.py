"""Facts about a document, computed once however many rules ask for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from acu_lint.document.document import PROSE, Document

T = TypeVar("T")


def measure(function: Callable[[Document], T]) -> Callable[[Document], T]:
    """Memoise a function of a document; its result is shared, so callers must not change it."""

    @wraps(function)
    def wrapper(doc: Document) -> T:
        try:
            known: T = doc.memo[function]
        except KeyError:
            known = doc.memo[function] = function(doc)
        return known

    return wrapper


@measure
def words(doc: Document) -> int:
    """Words of headings and prose."""
    return sum([len(block.folded) for block in doc.blocks if block.kind in PROSE or block.kind == "heading"])


@measure
def sentences(doc: Document) -> int:
    """Sentences of prose, headings left out."""
    return sum(len(block.sentences) for block in doc.blocks if block.kind in PROSE)
