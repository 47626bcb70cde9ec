"""The words of an article that keyphrases are looked for in: its headings and prose, in one row.

Tables, captions, notes, references and blocks that are one link (navigation) do not count.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple

from acu_lint.api import Block, Document, Span, measure
from acu_lint_rules.analysis.citations.index import index
from acu_lint_rules.analysis.text.inflection import stem
from acu_lint_rules.analysis.text.lexicon import folded, terms

COUNTED = frozenset({"heading", "paragraph", "item", "quote"})
AT_LEAST = 3  # a derived phrase is repeated so often, in as many blocks
_CLOSERS = " \t\n\"'”’)*]"
_MOST = 50_000  # words that are remembered: hostile input must not fill the memory
_GAP = re.compile(r"[\s/&+~’'\"“”‘*_-]*")  # what may stand between the words of one phrase


@cache
def words_of(section: str) -> frozenset[str]:
    """The words of one section of ``lexicons/keywords.txt``."""
    return frozenset(terms("keywords", section))


def has_stop(line: str) -> bool:
    """Whether a line ends as a sentence does, and not as a heading."""
    return line.rstrip(_CLOSERS)[-1:] in set(".!?:;…")


class _Content(dict[str, bool]):
    """Folded word or stem to whether it carries the topic, remembered."""

    def __missing__(self, word: str) -> bool:
        if len(self) > _MOST:
            self.clear()
        self[word] = found = len(word) > 1 and word not in words_of("function-words") and not word[0].isdigit()
        return found


# Whether a folded word or stem carries the topic: no function word, no number, no single letter.
is_content = _Content().__getitem__


class Text:
    """The counted words of a document in one row; an empty word stands behind every block.

    ``words`` and ``stems`` run in parallel; ``size`` is the number of real words.
    """

    def __init__(self, doc: Document) -> None:
        self.words: list[str] = []
        self.blocks: list[Block] = []
        self._starts: list[int] = []
        rows, left_out = folded(doc), _left_out(doc)
        for block in doc.blocks:
            if block.kind in COUNTED and rows[block.index] and block.index not in left_out:
                self.blocks.append(block)
                self._starts.append(len(self.words))
                self.words += rows[block.index]
                self.words.append("")
        self.stems = list(map(stem, self.words))
        self.size = len(self.words) - len(self.blocks)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How often each stem stands in the text."""
        return Counter(self.stems)

    @cached_property
    def content(self) -> Mapping[str, int]:
        """The counts of the stems that carry the topic."""
        return {stem: count for stem, count in self.counts.items() if is_content(stem)}

    @cached_property
    def often(self) -> frozenset[str]:
        """The content stems that are there three times or more."""
        return frozenset([stem for stem, count in self.counts.items() if count >= AT_LEAST and is_content(stem)])

    @cached_property
    def places(self) -> Mapping[str, list[int]]:
        """The places of the stems in ``often``."""
        often = {each: list[int]() for each in self.often}
        for place, each in enumerate(self.stems):
            if each in often:
                often[each].append(place)
        return often

    def places_of(self, stem: str) -> Sequence[int]:
        """The places of any stem."""
        found = self.places.get(stem)
        if found is None:
            found = [place for place, other in enumerate(self.stems) if other == stem] if stem in self.counts else []
        return found

    def places_with(self, word: str) -> Sequence[int]:
        """The places of a folded word."""
        return [place for place in self.places_of(stem(word)) if self.words[place] == word]

    def locate(self, place: int) -> tuple[Block, int]:
        """The block of a word and the index of the word in it."""
        number = bisect_right(self._starts, place) - 1
        return self.blocks[number], place - self._starts[number]

    def capital(self, place: int) -> bool | None:
        """Whether the word at a place has a capital; None where every word would, at the start of a sentence."""
        block, at = self.locate(place)
        word = block.words[at]
        starts = not at or has_stop(block.text[block.words[at - 1].end : word.start].strip() or ",")
        return None if starts else word.text[:1].isupper()

    def is_name(self, stem: str) -> bool:
        """Whether a stem is written with a capital within sentences, half of the times and more."""
        capitals = [capital for place in self.places_of(stem) if (capital := self.capital(place)) is not None]
        return bool(capitals) and 2 * sum(capitals) >= len(capitals)

    def occurrence(self, first: int, last: int) -> Occurrence | None:
        """The range of the words from ``first`` to ``last``, or None where punctuation parts them."""
        block, at = self.locate(first)
        words = list(block.words[at : at + last - first + 1])
        gaps = [block.text[a.end : b.start] for a, b in pairwise(words)]
        if [gap for gap in gaps if gap != " " and not _GAP.fullmatch(gap)]:
            return None
        return Occurrence(block, words[0].start, words[-1].end, first, last)


def _left_out(doc: Document) -> set[int]:
    """The indexes of the blocks that are no text of the article's own: references, and one link and nothing else."""
    found = set(index(doc).sections)
    for number, links in doc.links_by_block.items():
        linked = sum([link.end - link.start for link in links if link.kind == "link"])
        block = doc.blocks[number]
        if linked and block.kind != "heading" and linked >= 0.8 * len(block.text.strip()):
            found.add(number)
    return found


class Occurrence(NamedTuple):
    """One place of a phrase: a range of a block's text, and of the text's words (last included)."""

    block: Block
    start: int
    end: int
    first: int
    last: int

    @property
    def text(self) -> str:
        """The words as written."""
        return self.block.text[self.start : self.end]

    @property
    def span(self) -> Span:
        """Where they stand in the source."""
        return self.block.span(self.start, self.end)


@measure
def text(doc: Document) -> Text:
    """The counted words of the document."""
    return Text(doc)
