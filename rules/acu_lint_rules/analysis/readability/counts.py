"""How hard an article is to read: the formulas of textstat over counts made from the document model.

Counted is the prose: paragraphs, list items and quotations in sentences of the document model, without headings,
tables, notes, code, parts in another language and the list of references. Against textstat, whose five scores the
tests compare with ours:

* A sentence ends where the document model says, so neither "0.73" nor "Dr. Lee" ends one. In it, the sentences of
  a quotation count each, a question or exclamation that is followed by more counts as one, as does each item of a
  list run into a paragraph (" - Nausea - Dizziness"). Short sentences count as others do; textstat leaves those of
  one or two words out.
* The parts of a hyphenated word are words ("pain-free" is no long word). Whole numbers, symbols and words of
  other scripts are left out; a decimal number is one word with the syllables of its reading aloud.
* Syllables come from ``syllables``: offline, and for a word the same in every command.

Which words are difficult textstat says, once for each word of a run. Its scores are functions of a text, which it
counts anew for each and divides into sentences itself; so the sums over our counts are done here.
"""

from __future__ import annotations

import copy
import gc
import importlib
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import chain
from types import ModuleType
from typing import NamedTuple

from acu_lint.api import Block, Document, Sentence, language, language_of, measure
from acu_lint_rules.analysis.citations import index as citations
from acu_lint_rules.analysis.readability import syllables
from acu_lint_rules.analysis.text.patterns import lazy

_KINDS = frozenset({"paragraph", "item", "quote"})
_LANG = "en_US"
_TOKEN = lazy(r"[^\W\d_][^\W_]*+(?:'[^\W_]++)*+|\d[\d,]{0,40}+(?:\.\d++)++|[^\W_]++(?:'[^\W_]++)*+")
_PARTS = lazy(r"[-_]")
_URL = lazy(r"(?:https?://|www\.)\S+")
_INNER_END = lazy(r"[!?][\"”’)\]]*\s+(?=[^\W_]|[\"“‘(\[])|(?<=[a-z]{3})\.[\"”’)\]]*\s+(?=[\"“‘(\[]?[A-Z])")
_ITEM = lazy(r"\s[-–•*]\s{1,3}")
_LIST = lazy(r"(?<=[.:;])\s[-–•*]\s|\s[-–•*]\s{1,3}[A-Z].{1,400}?\s[-–•*]\s{1,3}[A-Z]")


_new = tuple.__new__  # half the time of a record's own constructor, for every sentence


class SentenceCounts(NamedTuple):
    """A sentence of prose: its words as they are read, the syllables of each, and for how many sentences it counts."""

    sentence: Sentence
    words: Sequence[str]
    syllables: Sequence[int]
    sentences: int


@dataclass(frozen=True)
class Counts:
    """What the formulas need to know about a text."""

    rows: tuple[SentenceCounts, ...]
    words: int
    sentences: int
    syllables: int

    @cached_property
    def polysyllables(self) -> int:
        """Words of three syllables and more."""
        sizes = Counter(chain.from_iterable([row.syllables for row in self.rows]))
        return sum(count for size, count in sizes.items() if size > 2)

    @cached_property
    def vocabulary(self) -> Mapping[str, int]:
        """How often each word occurs."""
        return Counter(chain.from_iterable([row.words for row in self.rows]))


@dataclass(frozen=True, slots=True)
class Readability:
    """Scores of an article; all are 0 where it has no prose.

    ``flesch_reading_ease`` runs from about 0 (very hard) to 100 (very easy); ``flesch_kincaid_grade``, ``smog_index``
    and ``gunning_fog`` are US school grades; ``dale_chall`` is the new Dale-Chall score (above 8: college).
    """

    words: int
    sentences: int
    words_per_sentence: float
    flesch_reading_ease: float
    flesch_kincaid_grade: float
    smog_index: float
    dale_chall: float
    gunning_fog: float


# --- what is counted


@measure
def counted(doc: Document) -> tuple[SentenceCounts, ...]:
    """The sentences of the prose that have words."""
    return tuple(_counted(doc))


def _counted(doc: Document) -> Iterator[SentenceCounts]:
    count = _syllables().__getitem__
    for block in doc.blocks:
        if block.kind not in _KINDS or citations.in_references(doc, block) or _is_foreign(doc, block):
            continue
        all_words, bounds = block.folded, block.bounds
        all_sizes = list(map(count, all_words))
        addresses = "://" in block.text or "www." in block.text
        for sentence, first, last in zip(block.sentences, bounds, bounds[1:], strict=False):
            words: Sequence[str] = all_words[first:last]
            sizes = all_sizes[first:last]
            text = sentence.text
            if addresses and ("://" in text or "www." in text):
                words = _TOKEN.findall(_URL.sub(" ", text).lower().replace("’", "'"))
                sizes = list(map(count, words))
            if 0 in sizes:
                words, sizes = _countable(words, count)
            if words:
                yield _new(SentenceCounts, (sentence, words, sizes, len(_cuts(text)) + 1))


def _is_foreign(doc: Document, block: Block) -> bool:
    """Whether a part of the page says that it is in another language than the page."""
    return bool(block.lang) and language_of(doc, block) != language(doc)


def _countable(tokens: Sequence[str], count: Callable[[str], int]) -> tuple[list[str], list[int]]:
    """The words of a sentence in their parts, without what is no word, and their syllables.

    Nothing where the sentence is mostly numbers or another script.
    """
    split = [part for token in tokens for part in (_PARTS.split(token) if "-" in token or "_" in token else (token,))]
    words = [part for part in split if count(part)]
    return (words, list(map(count, words))) if 2 * len(words) >= len(split) else ([], [])


def parts(sentence: Sentence) -> list[tuple[int, int]]:
    """Ranges of the sentence's text that a reader takes for sentences; most often the whole of it.

    The document model keeps together what stands in one quotation or bracket, and what goes on after a question or
    exclamation ("Help! she cried"); and lists get pasted as one line.
    """
    text = sentence.text
    cuts = _cuts(text)
    return list(zip([0, *cuts], [*cuts, len(text)], strict=True))


def _cuts(text: str) -> Sequence[int]:
    """Where the text of a sentence is cut in ``parts``: most have no place for it, and a look is cheap."""
    cuts: Sequence[int] = ()
    if ". " in text or "?" in text or "!" in text or '." ' in text or ".” " in text or ".) " in text:
        cuts = [match.end() for match in _INNER_END.finditer(text)]
    if (" - " in text or "•" in text or "–" in text or " * " in text) and _LIST.search(text):
        cuts = sorted({*cuts, *(match.end() for match in _ITEM.finditer(text))})
    return cuts


@cache
def _syllables() -> syllables.Syllables:
    return syllables.load()


@measure
def counts(doc: Document) -> Counts:
    """The counts of the whole prose."""
    return added_up(counted(doc))


def added_up(rows: tuple[SentenceCounts, ...]) -> Counts:
    """Add up the counts of sentences."""
    words = sum([len(row.words) for row in rows])
    return Counts(rows, words, sum([row.sentences for row in rows]), sum([sum(row.syllables) for row in rows]))


def with_familiar(made: Counts, words: tuple[str, ...]) -> Counts:
    """The counts with some words taken for words of one syllable."""
    if not words:
        return made
    known = {word.lower() for word in words}
    saved = sum(made.vocabulary.get(word, 0) * (_syllables()[word] - 1) for word in known if _syllables()[word])
    return replace(made, syllables=made.syllables - saved)


# --- textstat


_handing_over = threading.Lock()


@cache
def _textstat() -> ModuleType:
    """textstat, with our syllable table as its dictionary; importing it takes a second, so a check does not.

    It reads nltk's corpus "cmudict" once, and downloads it where nltk finds none. Ours is such a corpus: its folder is
    the first that nltk looks in while textstat reads. A loader of nltk keeps to the first folder it finds, so textstat
    reads with a copy of it, and whoever else asks nltk in this process gets what they always got. A dictionary that
    textstat has read already stays.
    """
    nltk, textstat = importlib.import_module("nltk"), importlib.import_module("textstat")
    folder = str(syllables.NLTK_DATA)
    with _handing_over:
        loader = nltk.corpus.cmudict
        nltk.corpus.cmudict = copy.copy(loader)
        nltk.data.path.insert(0, folder)
        try:
            textstat.backend.counts.count_syllables("word", _LANG)
        finally:
            nltk.data.path.remove(folder)
            nltk.corpus.cmudict = loader
    gc.freeze()  # 100,000 objects that stay: looking through them after each part of a run takes 50 ms
    return textstat


@lru_cache(maxsize=1 << 16)
def _difficult(word: str) -> bool:
    """Whether textstat knows the word for a difficult one, however short it is."""
    return bool(_textstat().backend.validations.is_difficult_word(word, 0, _LANG))


# --- formulas: the last two need the difficult words


def grade_of(made: Counts) -> float:
    """Flesch-Kincaid grade (Kincaid et al. 1975); 0 without words."""
    return _grade(made.words, made.sentences, made.syllables)


def grade_of_row(row: SentenceCounts) -> float:
    """Flesch-Kincaid grade of one sentence."""
    return _grade(len(row.words), row.sentences, sum(row.syllables))


def _grade(words: int, sentences: int, syllables: int) -> float:
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59 if words else 0.0


def ease_of(made: Counts) -> float:
    """Flesch reading ease (Flesch 1948); 0 without words."""
    if not made.words:
        return 0.0
    return 206.835 - 1.015 * made.words / made.sentences - 84.6 * made.syllables / made.words


def smog_of(made: Counts) -> float:
    """SMOG grade (McLaughlin 1969); made for 30 sentences and more, rough below that; 0 without words."""
    return 1.043 * (30 * made.polysyllables / made.sentences) ** 0.5 + 3.1291 if made.words else 0.0


def dale_chall_of(made: Counts) -> float:
    """New Dale-Chall score (Chall and Dale 1995), higher by 3.6365 above 5 % of difficult words; 0 without words."""
    if not made.words:
        return 0.0
    percent = 100 * sum(n for word, n in made.vocabulary.items() if _difficult(word)) / made.words
    return 0.1579 * percent + 0.0496 * made.words / made.sentences + (3.6365 if percent > 5 else 0)


def fog_of(made: Counts) -> float:
    """Gunning fog index (Gunning 1952), with difficult words of three syllables and more; 0 without words."""
    if not made.words:
        return 0.0
    count = _syllables()
    long = sum(n for word, n in made.vocabulary.items() if count[word] > 2 and _difficult(word))
    return 0.4 * (made.words / made.sentences + 100 * long / made.words)


# --- measures


def flesch_kincaid_grade(doc: Document) -> float:
    """US school grade after Flesch and Kincaid; 0 without prose."""
    return grade_of(counts(doc))


def flesch_reading_ease(doc: Document) -> float:
    """Flesch reading ease: 100 very easy, 0 very hard; 0 without prose."""
    return ease_of(counts(doc))


def smog_index(doc: Document) -> float:
    """SMOG grade; 0 without prose."""
    return smog_of(counts(doc))


def dale_chall(doc: Document) -> float:
    """New Dale-Chall score; 0 without prose."""
    return dale_chall_of(counts(doc))


def gunning_fog(doc: Document) -> float:
    """Gunning fog index; 0 without prose."""
    return fog_of(counts(doc))


def words_per_sentence(doc: Document) -> float:
    """Mean length of a sentence of the prose in words; 0 without prose."""
    made = counts(doc)
    return made.words / made.sentences if made.sentences else 0.0


@measure
def readability(doc: Document) -> Readability:
    """All scores of an article."""
    made = counts(doc)
    return Readability(
        words=made.words,
        sentences=made.sentences,
        words_per_sentence=words_per_sentence(doc),
        flesch_reading_ease=ease_of(made),
        flesch_kincaid_grade=grade_of(made),
        smog_index=smog_of(made),
        dale_chall=dale_chall_of(made),
        gunning_fog=fog_of(made),
    )
