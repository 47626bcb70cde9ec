"""Sentences that one page says again and again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, starmap
from typing import NamedTuple

from acu_lint.api import Block, Document, Hit, Related, Severity, Span
from acu_lint_rules.duplicates._own_text import OwnSentences, is_shared_page

_LISTED = 20  # places listed
_QUOTED = 8  # words quoted
_ENDED = re.compile(r"[^\w\s]{0,3}[.!?…。！？]")  # behind the last word: labels and fragments end without
_SEPARATE = 3  # sentences of a page that are told one by one; more are told at once
_READ = frozenset({"paragraph"})  # in lists and tables a refrain is part of the form


class _Place(NamedTuple):
    """A sentence: the block it stands in, its number there, and where it is."""

    block: int
    number: int
    span: Span


class _Group(NamedTuple):
    """Sentences that stand together at several places: the words of the first one, and the places."""

    key: Sequence[str]
    places: Sequence[_Place]


def check(doc: Document, *, words: int = 8, times: int = 3, often: int = 5) -> Iterator[Hit]:
    """Yield one hit for each sentence of ``words`` words or more that stands ``times`` times or more in paragraphs.

    From ``often`` times on it is a warning. Sentences that follow each other wherever they stand are one hit, and so
    are those of a page that has more than a few.
    """
    found = _places(doc, words, times).items()
    if not found or is_shared_page(doc):
        return
    own = OwnSentences(doc)
    told = [(key, [place for place in places if own.has(place.block, place.number)]) for key, places in found]
    groups = _joined([(key, places) for key, places in told if len(places) >= times])
    most = max(groups, key=lambda group: len(group.places), default=None)
    if most and len(groups) > _SEPARATE:
        yield _hit(most, often, len(groups))
    else:
        yield from (_hit(group, often) for group in groups)


def _joined(found: Sequence[tuple[tuple[str, ...], Sequence[_Place]]]) -> list[_Group]:
    """Put sentences together that stand behind each other at all their places."""
    groups: list[_Group] = []
    for key, places in found:
        if groups and _follow(groups[-1].places, places):
            both = zip(groups[-1].places, places, strict=True)
            joined = [two._replace(span=Span(one.span.start, two.span.end)) for one, two in both]
            groups[-1] = groups[-1]._replace(places=joined)
        else:
            groups.append(_Group(key, places))
    return groups


def _places(doc: Document, words: int, times: int) -> dict[tuple[str, ...], list[_Place]]:
    """Where each sentence of some length stands that comes ``times`` times or more, by its words."""
    read = [block for block in doc.blocks if block.kind in _READ and len(block.folded) >= words]
    keys = [block.folded[a:b] for block in read for a, b in pairwise(block.bounds) if b - a >= words]
    if len(keys) - len(set(keys)) < times - 1:
        return {}
    found: dict[tuple[str, ...], list[tuple[Block, int]]] = {}
    for block in read:
        for number, (start, end) in enumerate(pairwise(block.bounds)):
            if end - start >= words:
                found.setdefault(block.folded[start:end], []).append((block, number))
    often = {key: list(filter(None, starmap(_place, at))) for key, at in found.items() if len(at) >= times}
    return {key: places for key, places in often.items() if len(places) >= times}


def _place(block: Block, number: int) -> _Place | None:
    """The place of a sentence; None where no stop ends it."""
    first, last = block.words[block.bounds[number]], block.words[block.bounds[number + 1] - 1]
    if not _ENDED.match(block.text, last.end):
        return None
    return _Place(block.index, number, block.span(first.start, last.end))


def _follow(one: Sequence[_Place], two: Sequence[_Place]) -> bool:
    """Whether sentences stand behind others at all their places."""
    ends = [(place.block, place.number + 1) for place in one]
    return ends == [(place.block, place.number) for place in two]


def _hit(group: _Group, often: int, sentences: int = 1) -> Hit:
    first, second, *rest = (place.span for place in group.places)
    related = [Related(first, "the same words, further up")]
    related += [Related(span, "the same words once more") for span in rest[: _LISTED - 1]]
    return Hit(
        second,
        {"quote": " ".join(group.key[:_QUOTED]), "count": len(group.places), "sentences": sentences},
        message="many" if sentences > 1 else "default",
        severity=Severity.WARNING if len(group.places) >= often else Severity.INFO,
        related=tuple(related),
    )
