"""Passages in which patients speak, or are told of: a quotation, a review, a case under 'Success stories'.

Each is one unit. What a page's own structured data holds of reviews and ratings is read as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from acu_lint.api import Block, Document, measure
from acu_lint_rules.analysis.claims.promotion import promotes
from acu_lint_rules.analysis.claims.subjects import topic
from acu_lint_rules.analysis.text.lexicon import Matcher, matcher, terms
from acu_lint_rules.analysis.text.sentence import SentenceView, english_views, in_block

_OPENING, _CLOSING = frozenset('"“„«'), frozenset('"”“»')
_LEAST = 20  # characters of a quotation that says something
_FIRST = frozenset("i i'm i've i'd my me".split())
_KINDS = frozenset({"paragraph", "item", "quote", "cell"})
_DEPTH = 6  # of nested structured data
_REVIEWS = frozenset({"review", "reviews", "aggregaterating", "reviewrating"})


@cache
def _announced() -> Matcher:
    return matcher("voices", "above")


@cache
def _review() -> frozenset[str]:
    return frozenset(terms("voices", "review"))


@measure
def voices(doc: Document) -> Sequence[Sequence[SentenceView]]:
    """The passages in which patients of a page about a therapy, or of one that sells, have their say."""
    if not (topic(doc) or promotes(doc)):
        return ()
    blocks = dict.fromkeys(view.block for view in english_views(doc) if view.block.kind in _KINDS)
    found = [unit for block in blocks for unit in _passages(in_block(doc, block)) if _spoken(block, unit)]
    return tuple(found)


def _passages(views: Sequence[SentenceView]) -> Iterator[Sequence[SentenceView]]:
    """The runs of sentences of a block in which somebody speaks for himself, one sentence before and after included."""
    if all(_FIRST.isdisjoint(view.tokens) for view in views):
        return
    trade = [bool(_trade().scan(view.tokens)) for view in views]
    spoken = [not own and not _FIRST.isdisjoint(view.tokens) for own, view in zip(trade, views, strict=True)]
    run: list[SentenceView] = []
    for number, view in enumerate(views):
        if any(spoken[max(number - 1, 0) : number + 2]) and not trade[number]:
            run.append(view)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _spoken(block: Block, unit: Sequence[SentenceView]) -> bool:
    """Whether a passage is quoted, announced as the voice of a patient, or thanks somebody."""
    text = block.text.strip()
    if block.kind == "quote" or (text[:1] in _OPENING and not _CLOSING.isdisjoint(text[_LEAST:])):
        return True
    for heading in block.path[-2:]:
        if _announced().scan(heading.partition(":")[2].casefold().replace("’", "'").split()):
            return True
    return any(not _review().isdisjoint(view.tokens) for view in unit)


@cache
def _trade() -> Matcher:
    return matcher("voices", "trade")


def published_reviews(doc: Document) -> bool:
    """Whether the structured data of a page publishes reviews or ratings."""
    return any(_holds(item, 0) for item in doc.meta.json_ld)


def _holds(item: object, depth: int) -> bool:
    if depth > _DEPTH:
        return False
    if isinstance(item, list):
        return any(_holds(part, depth + 1) for part in item)
    if not isinstance(item, Mapping):
        return False
    data: Mapping[str, Any] = item
    if any(str(key).casefold() in _REVIEWS and value for key, value in data.items()):
        return True
    return any(_holds(value, depth + 1) for value in data.values())
