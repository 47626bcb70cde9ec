"""The one view of a sentence: its words folded and as written, what they are, its clauses, and where it stands.

The views of a document are made once, for all rules (``views``). What costs time (words as written, tags, marks,
clauses) is worked out when it is first asked for. All walks are bounded, so that a sentence of any length costs time
in proportion to it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from acu_lint.api import Block, Document, Sentence, Span, Words, language, language_of, measure
from acu_lint_rules.analysis.text import layout
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.inflection import STEMS
from acu_lint_rules.analysis.text.lexicon import Matcher, Range, Tagger, folded, matcher, terms
from acu_lint_rules.analysis.text.marks import Mark, marker
from acu_lint_rules.analysis.text.rare_phrases import quoted
from acu_lint_rules.analysis.text.tags import Tag, TagFlag, content

LONGEST = 200  # words of one view; a sentence that is longer is no prose, and has several
BREAKS = frozenset(',;:()[]–—•|"“”')
POSSESSIVE = ("'s", "’s")
_SUBORDINATE = frozenset(terms("grammar", "subordinate"))
_AFTER_COMMA = _SUBORDINATE | frozenset(terms("grammar", "after_comma"))
_COORDINATE = frozenset(terms("grammar", "coordinate"))
_FRONTED = frozenset(terms("grammar", "fronted"))
_SUBJECT_LIKE = frozenset(terms("grammar", "subject_like"))
_HARD = frozenset(";:()[]—–•|")
_CLOSERS = "\"'”’»)]*_ "
_WHY_NOT = re.compile(r", (?:so|and) why not\b|, right\?$", re.IGNORECASE)
_AUXILIARIES = frozenset(terms("grammar", "question_auxiliaries"))
_QUESTION_WORDS = frozenset(terms("grammar", "question_words"))
_AFTER_QUESTION_WORD = _AUXILIARIES | {"to", "much", "many", "long", "often", "else"}


class Clause(NamedTuple):
    """Words ``first`` to ``last`` (exclusive); ``opener`` is the first word."""

    first: int
    last: int
    opener: str


@dataclass(eq=False)
class SentenceView:
    """A sentence, or ``LONGEST`` words of one that is longer.

    ``tokens`` are its folded words, ``first`` the number of the first one in the block; every index that a method
    takes or gives counts from there. ``tags`` are the words of content: therapies, conditions, effects (in English
    texts). ``number`` is that of the view in its block.
    """

    doc: Document
    block: Block
    number: int
    sentence: Sentence
    first: int
    tokens: Sequence[str]
    tags: Sequence[Tag]

    def __len__(self) -> int:
        return len(self.tokens)

    @property
    def kind(self) -> str:
        """The kind of the block: paragraph, item, heading ..."""
        return self.block.kind

    @property
    def continued(self) -> bool:
        """Whether the sentence began in an earlier view."""
        return self.number > 0 and in_block(self.doc, self.block)[self.number - 1].sentence is self.sentence

    # --- words

    @cached_property
    def words(self) -> Words:
        """The words as written, each made when it is asked for."""
        return self.block.words[self.first : self.first + len(self.tokens)]

    @cached_property
    def lemmas(self) -> Sequence[str]:
        """The words as they are counted: "relieves" and "relieved" as "relieve"."""
        return [STEMS[token] for token in self.tokens]

    @cached_property
    def gaps(self) -> Sequence[str]:
        """What stands before each word: white space and punctuation."""
        return self.words.gaps(self.sentence.start)

    def token(self, index: int) -> str:
        """The folded word at an index, or nothing outside the sentence."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else ""

    def gap_after(self, index: int) -> str:
        """What stands between a word and the next one; a full stop outside the sentence."""
        if not 0 <= index < len(self.tokens) - 1:
            return "."
        return self.words.gap(index)

    def parted(self, index: int) -> bool:
        """Whether punctuation stands between a word and the next one."""
        gap = self.gap_after(index)
        return gap != " " and not BREAKS.isdisjoint(gap)

    def capital(self, index: int) -> bool:
        """Whether a word starts with a capital."""
        return 0 <= index < len(self.tokens) and self.words.initial(index).isupper()

    def possessive(self, index: int) -> bool:
        """Whether a word ends in a possessive 's."""
        return 0 <= index < len(self.tokens) and self.words[index].text.endswith(POSSESSIVE)

    def text_range(self, first: int, last: int) -> tuple[int, int]:
        """Where the words ``first`` to ``last`` (exclusive) stand in the sentence's text."""
        start = self.sentence.start
        return self.words[first].start - start, self.words[last - 1].end - start

    def span(self, first: int, last: int) -> Span:
        """Where the words ``first`` to ``last`` (exclusive) stand in the source: what a hit marks."""
        return self.sentence.span(*self.text_range(first, last))

    # --- walks

    def skip(self, index: int, over: Container[str], most: int = 4) -> int:
        """The first index from ``index`` on whose word is not in ``over``."""
        stop = index + most
        while index < stop and self.token(index) in over:
            index += 1
        return index

    def skip_back(self, index: int, over: Container[str], most: int = 4) -> int:
        """The first index from ``index`` down whose word is not in ``over``."""
        stop = index - most
        while index > stop and index >= 0 and self.tokens[index] in over and not self.parted(index):
            index -= 1
        return index

    def before(self, index: int, most: int) -> Iterator[int]:
        """The indexes of the words before one, nearest first, up to the last punctuation."""
        for at in range(index - 1, max(index - 1 - most, -1), -1):
            if self.parted(at):
                return
            yield at

    def any_before(self, index: int, among: Container[str], most: int = 4) -> bool:
        """Whether one of some words stands before an index, with no punctuation between."""
        return any(self.tokens[at] in among for at in self.before(index, most))

    # --- what the words are

    @cached_property
    def tag_of_word(self) -> Sequence[Tag | None]:
        """The tag of each word, or None, by its index."""
        table: list[Tag | None] = [None] * len(self.tokens)
        for tag in self.tags:
            for index in range(tag.first, tag.last):
                table[index] = tag
        return table

    def flags(self, index: int) -> TagFlag:
        """The flags of a word (none where it is none of ours, or there is no such word)."""
        tag = self.tag_of_word[index] if 0 <= index < len(self.tokens) else None
        return tag.flags if tag else t.NOTHING

    @cached_property
    def marks(self) -> Sequence[Mark]:
        """The words that frame the statement: hedges, negation and the like."""
        return marker().tags(self.tokens)

    @cached_property
    def names_therapy(self) -> bool:
        """Whether the sentence has the name of a therapy or a product, or of somebody who gives one."""
        return bool(matcher("interventions").scan(self.tokens))

    # --- clauses

    @cached_property
    def clauses(self) -> Sequence[Clause]:
        """The clauses, left to right."""
        starts = [0, *(i for i in range(1, len(self.tokens)) if self._starts_clause(i)), len(self.tokens)]
        return [Clause(a, b, self.tokens[a]) for a, b in pairwise(starts) if a < b]

    def clause_number(self, index: int) -> int:
        """The number of the clause that a word stands in."""
        for number, clause in enumerate(self.clauses):
            if index < clause.last:
                return number
        return len(self.clauses) - 1

    def _starts_clause(self, index: int) -> bool:
        gap, token = self.gaps[index], self.tokens[index]
        if gap in {" ", "\n"}:
            return token in _SUBORDINATE and not (token in {"but", "so"} and self._coordinates(index))
        if not _HARD.isdisjoint(gap) or " - " in gap:
            return True
        if "," not in gap:
            return False
        if token in _AFTER_COMMA:
            return not (token in _COORDINATE and self._coordinates(index))
        return self.tokens[0] in _FRONTED and (
            token in _SUBJECT_LIKE
            or bool(self.flags(index) & (t.THERAPY | t.ANAPHOR))
            or (token.endswith("ing") and bool((self.flags(index + 1) | self.flags(index + 2)) & t.THERAPY))
        )

    def _coordinates(self, index: int) -> bool:
        """Whether the conjunction joins a further verb to the same subject."""
        index += 1
        while index < len(self.tokens) and (
            self.tokens[index] in {"also", "even", "then"} or self.tokens[index].endswith("ly")
        ):
            index += 1
        flags = self.flags(index)
        return bool(flags & (t.VERB | t.GIVE)) and not flags & (t.THERAPY | t.ANAPHOR)

    def clause_end(self, tag: Tag) -> int:
        """Where the clause of a term ends."""
        return self.clauses[self.clause_number(tag.first)].last

    # --- searches

    def near(self, start: int, stop: int, wanted: TagFlag) -> bool:
        """Whether one of the words ``start`` to ``stop`` has a flag: a cheap test before clauses are looked at."""
        return any(tag is not None and tag.flags & wanted for tag in self.tag_of_word[max(start, 0) : max(stop, 0)])

    def find_word(self, start: int, stop: int, wanted: TagFlag = t.THERAPY) -> int:
        """The first word from ``start`` on that has a flag, or -1."""
        for index in range(start, min(stop, len(self.tokens))):
            if self.flags(index) & wanted:
                return index
        return -1

    def find_tag(self, start: int, stop: int, wanted: TagFlag = t.OBJECT) -> Tag | None:
        """The first term from ``start`` on that has a flag, with the nouns that belong to it."""
        stop = min(stop, len(self.tokens))
        for index in range(start, stop):
            tag = self.tag_of_word[index]
            if tag is not None and tag.flags & wanted and tag.first >= start:
                return tag._replace(last=self._noun_end(tag.last, stop, wanted))
        return None

    def _noun_end(self, last: int, stop: int, wanted: TagFlag) -> int:
        """Where 'tension headaches' or "the body's natural painkillers" ends, from the end of its first term."""
        reach = 4 if self.possessive(last - 1) else 1
        for index in range(last, min(last + reach, stop)):
            if self.gaps[index] != " ":
                return last
            tag = self.tag_of_word[index]
            if tag is not None and tag.flags & wanted and not tag.flags & t.VERB:
                return tag.last
        return last

    def verb_left(self, tag: Tag, wanted: TagFlag, reach: int) -> Tag | None:
        """The nearest verb of a kind to the left, in the same clause."""
        clause = self.clauses[self.clause_number(tag.first)]
        for index in range(tag.first - 1, max(tag.first - reach, clause.first) - 1, -1):
            found = self.tag_of_word[index]
            if found is not None and found.flags & wanted and not found.flags & t.OBJECT:
                return found
        return None

    # --- how it stands

    @property
    def is_question(self) -> bool:
        """Whether the sentence asks (see ``asks``), or is a heading that asks without a question mark."""
        text = self.sentence.text
        if "?" in text and text.rstrip(_CLOSERS).endswith("?"):
            return asks(text)
        if self.kind not in {"heading", "title"} or len(self.tokens) < 2:
            return False
        first, second = self.tokens[0], self.tokens[1]
        return first in _AUXILIARIES or (first in _QUESTION_WORDS and second in _AFTER_QUESTION_WORD)

    def around(self, before: int, after: int) -> Sequence[SentenceView]:
        """The sentences of the same block from ``before`` ones before this one to ``after`` ones behind it.

        It is one of them itself, unless ``after`` is -1.
        """
        return in_block(self.doc, self.block)[max(self.number - before, 0) : self.number + 1 + after]

    def in_quotation(self, first: int, last: int) -> bool:
        """Whether the words ``first`` to ``last`` (exclusive) stand within quotation marks."""
        return quoted(self.block.text, self.words[first].start, self.words[last - 1].end)

    @property
    def heading(self) -> str:
        """The nearest heading above, or nothing."""
        return self.block.path[-1] if self.block.path else ""

    @cached_property
    def lead(self) -> SentenceView | None:
        """The last sentence above the list or table that an item or a cell stands in."""
        above = layout.above(self.doc, self.block) if self.kind in {"item", "cell"} else None
        found = in_block(self.doc, above) if above is not None else ()
        return found[-1] if found else None


def asks(text: str) -> bool:
    """Whether a text ends as a question, in quotation marks or brackets too.

    'Why not?' and 'right?' behind a statement do not make it one.
    """
    return text.rstrip(_CLOSERS).endswith("?") and not _WHY_NOT.search(text)


def views(doc: Document) -> Iterator[SentenceView]:
    """The views of all sentences of a document, in order."""
    for row in _by_block(doc):
        yield from row


def in_block(doc: Document, block: Block) -> Sequence[SentenceView]:
    """The views of the sentences of a block."""
    return _by_block(doc)[block.index]


@measure
def english_views(doc: Document) -> Sequence[SentenceView]:
    """The views of what is English in an English document; of others none, since the word lists are English."""
    if language(doc) != "en":
        return ()
    return tuple(view for view in views(doc) if not view.block.lang or language_of(doc, view.block) == "en")


def holding(doc: Document, terms: Matcher) -> list[tuple[SentenceView, list[Range]]]:
    """The English views that hold terms of a matcher, each with these terms; one scan serves all views."""
    words, starts = in_a_row(doc)
    views = english_views(doc)
    found: list[tuple[SentenceView, list[Range]]] = []
    before = -1
    for first, last, term, section in terms.scan(words):
        at = bisect_right(starts, first) - 1
        if at != before:
            found.append((views[at], []))
            before = at
        found[-1][1].append(Range(first - starts[at], last - starts[at], term, section))
    return found


@measure
def in_a_row(doc: Document) -> tuple[Sequence[str], Sequence[int]]:
    """The words of all English views, with one that is no word behind each, so that no term joins two; their starts."""
    words: list[str] = []
    starts: list[int] = []
    for view in english_views(doc):
        starts.append(len(words))
        words += view.tokens
        words.append("")
    return words, starts


@measure
def _by_block(doc: Document) -> Sequence[Sequence[SentenceView]]:
    own, none = doc.vocabulary, Tagger[TagFlag](())
    tagger = content((*own.interventions, *own.brands), own.conditions) if language(doc) == "en" else none
    return [
        _views(doc, block, tokens, none if block.lang and language_of(doc, block) != "en" else tagger)
        for block, tokens in zip(doc.blocks, folded(doc), strict=True)
    ]


def _views(doc: Document, block: Block, tokens: Sequence[str], tagger: Tagger[TagFlag]) -> Sequence[SentenceView]:
    """The views of a block; the tags of all of them are found in one scan."""
    if not tokens:
        return ()
    bounds, sentences = [0], []
    for sentence, last in zip(block.sentences, block.bounds[1:], strict=True):
        while bounds[-1] < last:
            sentences.append(sentence)
            bounds.append(min(last, bounds[-1] + LONGEST))
    parts = zip(sentences, bounds, bounds[1:], tagger.within(tokens, bounds), strict=False)
    return [
        SentenceView(doc, block, number, sentence, first, tokens[first:last], found)
        for number, (sentence, first, last, found) in enumerate(parts)
    ]
