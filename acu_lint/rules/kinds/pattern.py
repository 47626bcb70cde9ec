"""``pattern``: one or more regular expressions, matched in each block of the scope.

    pattern: 'detox(?:es|ing)?'      or a list of them

Case is ignored (``(?-i:…)`` for a part where it matters). A group named ``match`` narrows the span;
all named groups may stand in the message.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import regex

from acu_lint.document.document import Document
from acu_lint.rules.card import Card, located
from acu_lint.rules.finding import Hit
from acu_lint.rules.kinds import Check, Measures, blocks_in_scope, texts_in

# Comments, the flag for spaced patterns, and recursion: what they hide or grow into cannot be told from the text.
_REFUSED = re.compile(r"(?<!\\)\(\?(?:#|[a-zA-Z]*x|R|[+-]?\d|&|P>)")
_LONGEST = 10_000  # characters of a pattern, and
_LARGEST = 100_000  # parts once its counted repeats are written out, which is how it is compiled
_PART = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<open>\()|(?P<close>\))|.", re.DOTALL)
_COUNT = re.compile(r"\{(\d*)(?:,(\d*))?\}")


def compile_pattern(card: Card, texts: list[str]) -> regex.Pattern[str]:
    """One pattern of several; raises ``CardError`` for a broken one.

    The ``regex`` package is used for its time-outs: a card's author cannot hang the linter.
    """
    for text in texts:
        if found := _REFUSED.search(text):
            mend = "write the pattern without comments, spacing and recursion"
            raise located(card, card.kind, f"'{found[0]}' is not allowed in patterns: {mend}")
        if len(text) > _LONGEST or _size(text) > _LARGEST:
            raise located(
                card, card.kind, f"the pattern '{text[:60]}' is too large; repeat fewer times, or use 'terms'"
            )
        try:
            regex.compile(text)
        except regex.error as error:
            raise located(card, card.kind, f"the pattern '{text[:60]}' is broken: {error}") from None
    return regex.compile("|".join(f"(?:{text})" for text in texts), regex.IGNORECASE)


def _size(text: str) -> int:
    """How many parts a pattern has once its counted repeats are written out."""
    sizes = [0]
    at = last = 0
    while match := _PART.match(text, at):
        at = match.end()
        if match["open"]:
            sizes.append(0)
            continue
        last = sizes.pop() if match["close"] and len(sizes) > 1 else 1
        if count := _COUNT.match(text, at):
            at = count.end()
            last *= max(int(number[:9] or 1) for number in count.groups(default="1"))
        sizes[-1] += last
    return sum(sizes)


class Clock:
    """How long a pattern may take on a document: a second, and one more per million characters."""

    def __init__(self, doc: Document) -> None:
        self._end = time.monotonic() + 1 + len(doc.source.text) / 1_000_000

    def left(self) -> float:
        """Seconds that are left, a hundredth at least."""
        return max(self._end - time.monotonic(), 0.01)


def matches(pattern: regex.Pattern[str], text: str, clock: Clock) -> Iterator[regex.Match[str]]:
    """The matches that are not empty; raises ``TimeoutError`` with the mend."""
    try:
        yield from (match for match in pattern.finditer(text, timeout=clock.left()) if match.group())
    except TimeoutError:
        raise TimeoutError("the pattern takes too long here; avoid repeats inside repeats, as in (a+)+") from None


def make(card: Card, measures: Measures) -> Check:  # noqa: ARG001 -- one signature for all kinds
    """Build the check of a ``pattern`` card."""
    pattern = compile_pattern(card, texts_in(card, card.body, "pattern"))
    narrowed = "match" in pattern.groupindex

    def check(doc: Document) -> Iterator[Hit]:
        clock = Clock(doc)
        for block in blocks_in_scope(doc, card):
            for match in matches(pattern, block.text, clock):
                group = "match" if narrowed and match.group("match") else 0
                groups = {name: text or "" for name, text in match.groupdict().items()}
                yield Hit(block.span(*match.span(group)), {**groups, "match": match.group(group)})

    return check
