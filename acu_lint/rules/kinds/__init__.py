"""The declarative kinds of rule: what a card may say instead of Python.

Each module has ``make(card, measures) -> check``: the check takes a document and keyword-only options,
as a Python rule does. ``terms`` cards are merged into one table instead, so that a text is scanned once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

from acu_lint.document.document import META, PROSE, Block, Document
from acu_lint.rules.card import Card, located
from acu_lint.rules.finding import Hit
from acu_lint.system.errors import did_you_mean

# The values that a message may name, by the kind of the card; of "pattern" its named groups too, of "python" any.
_VALUES = {
    "terms": ("match", "better"),
    "pattern": ("match",),
    "occurrence": ("count", "min", "max", "match"),
    "metric": ("measure", "value", "bound"),
    "require": (),
}
_GROUP = re.compile(r"\(\?P?<([A-Za-z_]\w*)>")
_SPEC = re.compile(r",?(?:\.\d)?[a-z%]?")  # how a number is written: ".1f", "g"; no width, which could be anything

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
        raise located(card, card.kind, f"'{card.kind}' has keys: {', '.join(known)}")
    body = cast("dict[str, Any]", card.body)
    for key in body:
        if key not in known:
            raise located(card, card.kind, f"'{card.kind}' has no key '{key}'{did_you_mean(str(key), known)}")
    for key in required:
        if key not in body:
            raise located(card, card.kind, f"'{card.kind}' lacks the key '{key}'")
    return body


def number_in(card: Card, body: Mapping[str, Any], key: str) -> float | None:
    """A bound of the body, or None where it is not given; raises ``CardError``."""
    value = body.get(key)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise located(card, card.kind, f"'{key}' is a number, not '{value}'")
    return value


def texts_in(card: Card, raw: object, what: str) -> list[str]:
    """A text or a list of texts as a list; raises ``CardError``."""
    texts = [raw] if isinstance(raw, str) else raw
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) and text for text in texts):
        raise located(card, card.kind, f"'{what}' is a text or a list of texts")
    return cast("list[str]", texts)


def check_texts(card: Card) -> None:
    """Check that the messages of a card can be filled in; raises ``CardError`` with the line and the mend."""
    known: Sequence[str] | None = _VALUES.get(card.kind)
    if known is not None and card.kind == "pattern":
        known = (*known, *_GROUP.findall(str(card.body)))
    for key, texts in (("message", card.messages), ("suggest", card.suggestions)):
        for name, text in texts.items():
            if fault := _fault(text, known):
                raise located(card, key if name == "default" or key == "suggest" else "messages", fault)


def _fault(text: str, known: Sequence[str] | None) -> str:
    """What is wrong with the values that a message names, or nothing."""
    from string import Formatter  # noqa: PLC0415 -- only projects with cards need it

    try:
        fields = [part[1:] for part in Formatter().parse(text) if part[1] is not None]
    except ValueError as error:
        return f"'{text}': {error}; write {{{{ or }}}} for a brace that is meant"
    for name, spec, conversion in fields:
        if not str(name).isidentifier() or conversion or not _SPEC.fullmatch(spec or ""):
            return f"'{text}': write a plain name in braces, as in {{match}}"
        if known is not None and name not in known:
            return f"there is no value '{name}' to name in braces{did_you_mean(str(name), known)}; there are: " + (
                ", ".join(known) or "none"
            )
    return ""
