"""A sentence cut into clauses, its words tagged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from acu_lint.api import Sentence, Word
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.lexicon import terms
from acu_lint_rules.analysis.text.tags import Tag, frames

_SUBORDINATE = frozenset(terms("grammar", "subordinate"))
_AFTER_COMMA = _SUBORDINATE | frozenset(terms("grammar", "after_comma"))
_COORDINATE = frozenset(terms("grammar", "coordinate"))
_FRONTED = frozenset(terms("grammar", "fronted"))
_SUBJECT_LIKE = frozenset(terms("grammar", "subject_like"))
_HARD = frozenset(";:()[]—–•|")


class Clause(NamedTuple):
    """Words ``first`` to ``last`` (exclusive); ``opener`` is the first word."""

    first: int
    last: int
    opener: str


@dataclass(eq=False)
class Line:
    """One sentence: its folded words and their tags; ``at`` is the number of its first word in the block."""

    sentence: Sentence
    at: int
    tokens: Sequence[str]
    tags: Sequence[Tag]

    @cached_property
    def words(self) -> Sequence[Word]:
        """The words as written."""
        return list(self.sentence.block.words[self.at : self.at + len(self.tokens)])

    @cached_property
    def tag(self) -> list[Tag | None]:
        """The tag of every word."""
        table: list[Tag | None] = [None] * len(self.tokens)
        for tag in self.tags:
            for index in range(tag.first, tag.last):
                table[index] = tag
        return table

    @cached_property
    def marks(self) -> list[Tag]:
        """The words that frame the statement: hedges, negation and the like."""
        return frames().tags(self.tokens)

    @cached_property
    def gaps(self) -> list[str]:
        """What stands before each word: white space and punctuation."""
        text, end = self.sentence.block.text, self.sentence.start
        found: list[str] = []
        for word in self.words:
            found.append(text[end : word.start])
            end = word.end
        return found

    def flags(self, index: int) -> int:
        """The flags of a word (0 where it is none of ours, or there is no such word)."""
        tag = self.tag[index] if 0 <= index < len(self.tokens) else None
        return tag.flags if tag else 0

    @cached_property
    def clauses(self) -> list[Clause]:
        """The clauses, left to right."""
        starts = [0, *(i for i in range(1, len(self.tokens)) if self._starts_clause(i)), len(self.tokens)]
        return [Clause(a, b, self.tokens[a]) for a, b in pairwise(starts) if a < b]

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

    def clause(self, index: int) -> int:
        """The number of the clause that a word stands in."""
        for number, clause in enumerate(self.clauses):
            if index < clause.last:
                return number
        return len(self.clauses) - 1
