"""What the reader sees of a sentence: numbers of rows in its tables of weights.

Training and the run-time reader ask this module, so that both see the same. A sentence is a bag of features: its words
and pairs of neighbours, the beginnings of its words, what the word lists and the analysis of claims make of it, what
kind of block it is, and what the page is about. Each feature is hashed to a row of a table of ``ROWS`` weights; a
feature that occurs twice counts twice. Hashing needs no list of words, so nothing can be read out of the weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple, cast
from zlib import crc32

from acu_lint.api import Document, measure
from acu_lint_rules.analysis.claims.claim import Claim, claims
from acu_lint_rules.analysis.claims.promotion import promotes, sells
from acu_lint_rules.analysis.claims.subjects import topic
from acu_lint_rules.analysis.evidence.evidence import Evidence, evidence
from acu_lint_rules.analysis.evidence.unsourced import unsourced
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.lexicon import Matcher, matcher
from acu_lint_rules.analysis.text.sentence import SentenceView, holding

ROWS = 1 << 18  # of a table of weights; more rows gave no better figures
_MASK = ROWS - 1
_PAIR = 31  # mixes two hashes; any odd number would do
_BEGINNING = 5  # letters that stand for the forms of a word
_KNOWN = 1 << 16  # words whose hashes are kept
_LONG = 7  # bits of the number of words beyond which all sentences are alike
_ENDS = frozenset(".!?:…")
_QUOTES = frozenset("\"'“‘")
_FLAGS = {
    name: cast("t.TagFlag", value) for name, value in vars(t).items()
    if name.isupper() and isinstance(value, int) and value.bit_count() == 1
}  # fmt: skip


class _Hashes(dict[str, int]):
    """Hashes of words, each worked out once; forgotten together where a text has more words than any language."""

    def __init__(self, letters: int | None, salt: str) -> None:
        super().__init__()
        self._letters, self._salt = letters, salt

    def __missing__(self, word: str) -> int:
        if len(self) >= _KNOWN:
            self.clear()
        text = "0" if word[:1].isdigit() else word[: self._letters]  # every number is alike
        self[word] = found = crc32((self._salt + text).encode()) & _MASK
        return found


_WORDS, _BEGINNINGS = _Hashes(None, ""), _Hashes(_BEGINNING, "begin ")


@cache
def _row(feature: str) -> int:
    """The row of a feature that is not a word."""
    return crc32(("is " + feature).encode()) & _MASK


_FIRST, _LAST = _row("first"), _row("last")


class Context(NamedTuple):
    """What the analyses say about a document, by the view of the sentence.

    ``page`` is what kind of page it is; ``praise`` are the sections of the words of praise.
    """

    claims: dict[int, list[Claim]]
    evidence: dict[int, Evidence]
    figures: dict[tuple[int, int], str]
    page: tuple[bool, bool, bool]
    praise: dict[int, list[str]]


@measure
def context(doc: Document) -> Context:
    """What the features of all sentences of a document need, worked out once."""
    by_view: dict[int, list[Claim]] = {}
    for claim in claims(doc):
        by_view.setdefault(id(claim.view), []).append(claim)
    leaning = {id(item.view): item for item in evidence(doc)}
    figures = {(sentence.block.index, sentence.start): figure.form for sentence, figure in unsourced(doc)}
    praise = {id(view): [word.section for word in found] for view, found in holding(doc, _praise())}
    return Context(by_view, leaning, figures, (promotes(doc), sells(doc), bool(topic(doc))), praise)


def rows(view: SentenceView, around: Context) -> list[int]:
    """The rows of a sentence's features, some of them more than once.

    First the words, then their beginnings, the pairs of neighbours (one more than words: the ends count), the tags and
    their pairs; behind them what stands on no word. ``around`` is the ``context`` of the document.
    """
    words = [row for each in zip(*map(word_rows, view.tokens), strict=True) for row in each]
    pairs = pair_rows([*view.tokens, ""], [0])
    return [*words, *pairs, *other_rows(view, around), *outer_rows(view, around)]


def word_rows(token: str) -> tuple[int, int]:
    """The rows of a word and of its beginning."""
    return _WORDS[token], _BEGINNINGS[token]


def pair_rows(words: Sequence[str], starts: Sequence[int]) -> list[int]:
    """The row of each word with the word before it.

    ``words`` are those of sentences in a row with an empty one behind each, ``starts`` say where each sentence begins.
    """
    behind = list(map(_WORDS.__getitem__, words))
    for start in starts:
        behind[start - 1] = _LAST  # of the sentence before; of the first one -1 is the last one's
    before = [_FIRST, *behind[:-1]]
    for start in starts:
        before[start] = _FIRST
    return [(one * _PAIR + other) & _MASK for one, other in zip(before, behind, strict=True)]


def other_rows(view: SentenceView, around: Context) -> list[int]:
    """The rows of all features that are neither those of words and pairs of words, nor of the outer form."""
    found = [_of_flags(tag.flags) for tag in view.tags]
    found += [(one * _PAIR + other) & _MASK for one, other in pairwise(found)]
    said = around.claims.get(id(view))
    if said is None:
        found.append(_NO_CLAIM)
    else:
        found += map(_row, _of_claims(said))
    leaning = around.evidence.get(id(view))
    if leaning is not None:
        found.append(_row(f"evidence {leaning.kind} {leaning.form}"))
    if around.figures and (form := around.figures.get((view.block.index, view.sentence.start))):
        found.append(_row(f"figure {form}"))
    if sections := around.praise.get(id(view)):
        found += [_row(f"praise {section}") for section in sections]
        found += [_row(f"praise {one} {other}") for one, other in pairwise(sections)]
    return found


def outer_rows(view: SentenceView, around: Context) -> tuple[int, ...]:
    """The rows of the outer form of a sentence (its block, length, ends and signs) and of the page it stands on."""
    text = view.sentence.text
    money = "$" in text or "£" in text or "€" in text
    bits = min(len(view.tokens).bit_length(), _LONG)
    return _of_shape((view.block.kind, bits, text[-1], text[0], "%" in text, money), around.page)


def tag_places(view: SentenceView) -> list[tuple[int, int]]:
    """The first and last (exclusive) word of each tag and of each two neighbours, in the order of ``rows``."""
    tags = view.tags
    return [(tag.first, tag.last) for tag in tags] + [(one.first, other.last) for one, other in pairwise(tags)]


_NO_CLAIM = _row("no claim")


@cache
def _of_flags(flags: t.TagFlag) -> int:
    """The row of what a word is, by the names of its flags, which stay when their bits move."""
    return _row("tag " + " ".join(name for name, flag in _FLAGS.items() if flags & flag))


@lru_cache(maxsize=1 << 14)
def _of_shape(shape: tuple[str, int, str, str, bool, bool], page: tuple[bool, bool, bool]) -> tuple[int, ...]:
    """Few shapes and pages are met, so their rows are worked out once."""
    kind, bits, last, first, percent, money = shape
    promoting, selling, about_therapy = page
    end = last if last in _ENDS else ""
    names = [
        f"kind {kind}", f"words {bits}", f"kind {kind} words {bits}", f"end {end}", f"end {end} kind {kind}",
        f"page {promoting} {selling}", f"topic {about_therapy}",
    ]  # fmt: skip
    signs = {"percent": percent, "money": money, "quoted": first in _QUOTES}
    return tuple([_row(name) for name in (*names, *(sign for sign, there in signs.items() if there))])


def _of_claims(said: list[Claim]) -> Iterator[str]:
    """What the analysis makes of a sentence: which claims, and whether they stand there as plain fact."""
    for claim in said:
        state = "plain" if claim.fires else "exempt" if claim.exempt else "hedged"
        yield f"claim {state}"
        yield f"claim {claim.kind} {state}"
        if claim.weak and claim.fires:
            yield "claim weak"
        for exempt in claim.exempt:
            yield f"claim {exempt.exemption.name}"


@cache
def _praise() -> Matcher:
    return matcher("puffery")
