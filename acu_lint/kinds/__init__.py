"""The declarative kinds of rule: what a card may say instead of Python.

Each module has ``make(card, measures) -> check``: the check takes a document and keyword-only options,
as a Python rule does. ``terms`` cards are merged into one table instead, so that a text is scanned once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

from ..card import Card, CardError
from ..document import META, PROSE, Block, Document
from ..errors import did_you_mean
from ..finding import Hit

Check = Callable[..., Iterable[Hit]]
Measures = Mapping[str, Callable[[Document], object]]

EVERYWHERE = PROSE | META | {"heading"}


def blocks_in_scope(doc: Document, card: Card) -> Iterable[Block]:
    """The blocks a card applies to: its ``scope``, else all prose, headings and page metadata."""
    scope = card.scope or EVERYWHERE
    return (block for block in doc.blocks if block.kind in scope)


def body_of(card: Card, known: Sequence[str], required: Sequence[str] = ()) -> dict[str, Any]:
    """The mapping under the card's kind, its keys checked; raises ``CardError``."""
    if not isinstance(card.body, dict):
        raise CardError(f"{card.origin}: '{card.kind}' has keys: {', '.join(known)}")
    body = cast("dict[str, Any]", card.body)
    for key in body:
        if key not in known:
            raise CardError(f"{card.origin}: '{card.kind}' has no key '{key}'{did_you_mean(str(key), known)}")
    for key in required:
        if key not in body:
            raise CardError(f"{card.origin}: '{card.kind}' lacks the key '{key}'")
    return body


def number_in(card: Card, body: Mapping[str, Any], key: str) -> float | None:
    """A bound of the body, or None where it is not given; raises ``CardError``."""
    value = body.get(key)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise CardError(f"{card.origin}: '{key}' is a number, not '{value}'")
    return value


def texts_in(card: Card, raw: object, what: str) -> list[str]:
    """A text or a list of texts as a list; raises ``CardError``."""
    texts = [raw] if isinstance(raw, str) else raw
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) and text for text in texts):
        raise CardError(f"{card.origin}: '{what}' is a text or a list of texts")
    return cast("list[str]", texts)
