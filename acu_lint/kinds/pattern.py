"""``pattern``: one or more regular expressions, matched in each block of the scope.

    pattern: 'detox(?:es|ing)?'      or a list of them

Case is ignored (``(?-i:…)`` for a part where it matters). A group named ``match`` narrows the span;
all named groups may stand in the message.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from ..card import Card, CardError
from ..document import Document
from ..finding import Hit
from . import Check, Measures, blocks_in_scope, texts_in


def compile_pattern(card: Card, texts: list[str]) -> regex.Pattern[str]:
    """One pattern of several; raises ``CardError`` for a broken one.

    The ``regex`` package is used for its time-outs: a card's author cannot hang the linter.
    """
    for text in texts:
        try:
            regex.compile(text)
        except regex.error as error:
            raise CardError(f"{card.origin}: the pattern '{text}' is broken: {error}") from None
    return regex.compile("|".join(f"(?:{text})" for text in texts), regex.IGNORECASE)


def seconds_for(doc: Document) -> float:
    """How long a pattern may take on a document: a second, and one more per million characters."""
    return 1 + len(doc.source.text) / 1_000_000


def matches(pattern: regex.Pattern[str], text: str, seconds: float) -> Iterator[regex.Match[str]]:
    """The matches that are not empty; raises ``TimeoutError`` with the mend."""
    try:
        yield from (match for match in pattern.finditer(text, timeout=seconds) if match.group())
    except TimeoutError:
        raise TimeoutError("the pattern takes too long here; avoid repeats inside repeats, as in (a+)+") from None


def make(card: Card, measures: Measures) -> Check:  # noqa: ARG001 -- one signature for all kinds
    """Build the check of a ``pattern`` card."""
    pattern = compile_pattern(card, texts_in(card, card.body, "pattern"))
    narrowed = "match" in pattern.groupindex

    def check(doc: Document) -> Iterator[Hit]:
        for block in blocks_in_scope(doc, card):
            for match in matches(pattern, block.text, seconds_for(doc)):
                group = "match" if narrowed and match.group("match") else 0
                groups = {name: text or "" for name, text in match.groupdict().items()}
                yield Hit(block.span(*match.span(group)), {**groups, "match": match.group(group)})

    return check
