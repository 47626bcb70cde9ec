"""A sentence as a row of folded words: the way the evidence analyses read it.

Word lists come from ``lexicons/evidence.txt``. All walks are bounded, so a line of any length costs linear time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from acu_lint.api import Block, Document, Sentence, Word
from acu_lint_rules.analysis.text import lexicon

BREAKS = frozenset(',;:()[]–—•|"“”')
POSSESSIVE = ("'s", "’s")
MAX_WORDS = 200  # words of one sentence that are read; the rest of a monster sentence is left alone


@cache
def words_of(*sections: str) -> frozenset[str]:
    """The words of sections of the evidence lexicon."""
    return frozenset(term.lower() for term in lexicon.terms("evidence", *sections))


class Verbs(NamedTuple):
    """The forms of a group of verbs."""

    base: frozenset[str]
    third: frozenset[str]
    past: frozenset[str]
    participle: frozenset[str]
    ing: frozenset[str]

    def finite(self, *, plural: bool) -> frozenset[str]:
        """The forms that follow a plural subject, or a singular one."""
        return self.base | self.past if plural else self.third | self.past


@cache
def verbs(*sections: str) -> Verbs:
    """The verbs of sections of the evidence lexicon, whose lines hold five forms."""
    rows = [term.split() for term in lexicon.terms("evidence", *sections)]
    base, third, past, participle, ing = (frozenset(column) for column in zip(*rows, strict=True))
    return Verbs(base, third, past, participle, ing)


class Phrase(NamedTuple):
    """Words ``first`` to ``last`` (inclusive) of a line that lean on evidence; ``form`` says how."""

    first: int
    last: int
    form: str


def speaks_of_health(words: Sequence[str]) -> bool:
    """Whether folded words name a therapy, a condition, or a symptom or outcome."""
    if not _outcome_words().isdisjoint(words):
        return True
    return any(lexicon.matcher(name).scan(words) for name in ("outcomes", "conditions", "interventions"))


@cache
def _outcome_words() -> frozenset[str]:
    return frozenset(lexicon.load("statistics")["outcomes"])


class Line:
    """One sentence: its folded words, where they stand, and the indexes of those that are cues."""

    __slots__ = ("_therapy", "cues", "raw", "sentence", "text", "words")

    def __init__(self, sentence: Sentence, raw: Sequence[Word], words: Sequence[str], cues: Sequence[int]) -> None:
        self.sentence = sentence
        self.cues = cues
        self.text = sentence.block.text
        self.raw = raw
        self.words = words
        self._therapy: bool | None = None

    @property
    def therapy(self) -> bool:
        """Whether the sentence names a therapy or a product."""
        if self._therapy is None:
            self._therapy = bool(lexicon.matcher("interventions").scan(self.words))
        return self._therapy

    @property
    def health(self) -> bool:
        """Whether the sentence names a therapy, a condition, or a symptom or outcome."""
        return self.therapy or speaks_of_health(self.words)

    def __len__(self) -> int:
        return len(self.words)

    def at(self, index: int) -> str:
        """The folded word at an index, or nothing outside the line."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def gap(self, index: int) -> str:
        """The text between a word and the next one."""
        if not 0 <= index < len(self.raw) - 1:
            return "."
        return self.text[self.raw[index].end : self.raw[index + 1].start]

    def broken(self, index: int) -> bool:
        """Whether punctuation stands between a word and the next one."""
        gap = self.gap(index)
        return gap != " " and not BREAKS.isdisjoint(gap)

    def capital(self, index: int) -> bool:
        """Whether a word starts with a capital."""
        return 0 <= index < len(self.raw) and self.raw[index].text[0].isupper()

    def possessive(self, index: int) -> bool:
        """Whether a word ends in a possessive 's."""
        return 0 <= index < len(self.raw) and self.raw[index].text.endswith(POSSESSIVE)

    def skip(self, index: int, over: Container[str], most: int = 4) -> int:
        """The first index from ``index`` on whose word is not in ``over``."""
        stop = index + most
        while index < stop and self.at(index) in over:
            index += 1
        return index

    def skip_back(self, index: int, over: Container[str], most: int = 4) -> int:
        """The first index from ``index`` down whose word is not in ``over``."""
        stop = index - most
        while index > stop and index >= 0 and self.words[index] in over and not self.broken(index):
            index -= 1
        return index

    def before(self, index: int, most: int) -> Iterator[int]:
        """The indexes of the words before one, nearest first, up to the last punctuation."""
        for at in range(index - 1, max(index - 1 - most, -1), -1):
            if self.broken(at):
                return
            yield at

    def any_before(self, index: int, among: Container[str], most: int = 4) -> bool:
        """Whether one of some words stands before an index, with no punctuation between."""
        return any(self.words[at] in among for at in self.before(index, most))

    def span(self, phrase: Phrase) -> tuple[int, int]:
        """The range of a phrase in the sentence's text."""
        start, end = self.raw[phrase.first].start, self.raw[phrase.last].end
        if self.text[end : end + 1] == ")" and "(" in self.text[start:end]:
            end += 1
        return start - self.sentence.start, end - self.sentence.start


def lines(doc: Document, block: Block, cues: Container[str], names: Container[str] = ()) -> Iterator[Line]:
    """Read the sentences of a block that hold one of some folded words; ``names`` count with a capital only."""
    folded = lexicon.folded(doc)[block.index]
    done = 0
    hits = [
        index
        for index, word in enumerate(folded)
        if word in cues and (word not in names or block.words[index].text[0].isupper())
    ]
    for place, cue in enumerate(hits):
        if cue < done:
            continue
        at = bisect_right(block.bounds, cue) - 1
        first, done = block.bounds[at], block.bounds[at + 1]
        last = min(done, first + MAX_WORDS)
        found = [index - first for index in hits[place : bisect_left(hits, last)]]
        if found:
            yield Line(block.sentences[at], block.words[first:last], folded[first:last], found)


Reader = Callable[[Line, int], Phrase | None]  # what it reads at a cue of a line


def first_phrase(line: Line, readers: Mapping[str, Sequence[Reader]]) -> Phrase | None:
    """The first phrase that a reader finds at a cue; ``readers`` are by the cue's word."""
    for index in line.cues:
        for reader in readers.get(line.words[index], ()):
            phrase = reader(line, index)
            if phrase is not None:
                return phrase
    return None
