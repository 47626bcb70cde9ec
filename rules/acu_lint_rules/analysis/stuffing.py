"""How much a text reads as written for a search engine: one number, explained by its parts.

The score is a logistic of four shares and of the pasted queries:

* ``repeat``: the chance (its square root) that two letters drawn from the content words belong to two
  occurrences of the same word. Letters, not words, because a long word that comes back is a rarer and so more
  surprising one; a chance, not a count, because it hardly depends on the length of the text.
* ``phrases``: the share of words that belong to a repeated run of three words.
* ``adverts``: the share of words such as "best", "cheap", "sale".
* ``pronouns``: the share of words such as "it" and "they", which stand where a stuffed text repeats the noun.

The weights were fitted by logistic regression to public human judgements (five votes a text on 596 texts of a
ranking competition, ASRC, Raifer et al., SIGIR 2017), then rounded; the list of adverts was made on the same texts.
ROC-AUC there: {AUC}. A text at the default threshold (0.5) is what at least three of five people call stuffed in
one case out of four; density at 3 % is right in one of six.
"""

from __future__ import annotations

from collections import Counter
from math import exp, sqrt
from typing import NamedTuple

from acu_lint.api import Document, measure

from .keyphrases import Text, text, words_of
from .queries import queries

PER_QUERY = 1.0  # what one pasted query adds


class Parts(NamedTuple):
    """The parts of the score: shares from 0 to 1, and the number of pasted queries."""

    repeat: float
    phrases: float
    adverts: float
    pronouns: float
    queries: int

    @property
    def score(self) -> float:
        """The logistic of the parts, 0 to 1."""
        shares = 21 * self.repeat + 8 * self.phrases + 30 * self.adverts - 38 * self.pronouns
        return 1 / (1 + exp(THRESHOLD - shares - PER_QUERY * self.queries))


THRESHOLD = 4.0  # the sum of shares at which the score is one half


@measure
def parts(doc: Document) -> Parts:
    """Measure what the score is made of."""
    row = text(doc)
    size = max(row.size, 1)
    return Parts(
        _repeat(row),
        _phrases(row) / size,
        _number(row, "advertising") / size,
        _number(row, "pronouns") / size,
        sum(query.kind in {"clause", "line", "run"} for query in queries(doc)),
    )


@measure
def stuffing_score(doc: Document) -> float:
    """How much the text reads as stuffed with keywords, 0 to 1; 0 for a text without words."""
    return round(parts(doc).score, 4) if text(doc).size else 0.0


def _repeat(row: Text) -> float:
    """Chance that two letters of content words belong to different occurrences of one word, square root."""
    letters = sum(len(stem) * count for stem, count in row.content.items())
    if not letters:
        return 0.0
    same = sum(count * (count - 1) * len(stem) ** 2 for stem, count in row.content.items())
    return sqrt(same) / letters


def _phrases(row: Text) -> int:
    """Number of words in runs of three that are repeated and hold a content word."""
    stems = row.stems
    triples = Counter(zip(stems, stems[1:], stems[2:], strict=False))
    covered: set[int] = set()
    for place, triple in enumerate(zip(stems, stems[1:], stems[2:], strict=False)):
        if triples[triple] > 1 and "" not in triple and any(stem in row.content for stem in triple):
            covered.update((place, place + 1, place + 2))
    return len(covered)


def _number(row: Text, section: str) -> int:
    """Number of words of a word list."""
    wanted = words_of(section)
    return sum(word in wanted for word in row.words)
