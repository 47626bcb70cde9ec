"""One document against the index: candidates by their fingerprints, verified from their texts, in plain Python.

Candidates are the articles that share a long fingerprint with it, or at least three short ones. Every copied passage
of 25 words has a long one in common (see ``extract``), so that none is missed, with two bounds: the ``_VERIFIED``
candidates that share most are read, and a fingerprint that ``_STOCK`` of them share without a passage counts no more.
A reworded passage is found where three of its short fingerprints are left, a quarter of its 5-word sequences: of one of
60 words with every tenth exchanged in 99 cases of 100, with every fifth in 84; of one of 100 words in 98 or more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from acu_lint.corpus.article import Article
from acu_lint.corpus.compare.duplicate import Duplicate
from acu_lint.corpus.compare.passages import PASSAGE
from acu_lint.corpus.compare.similarity import Vector, cosine, idf, unit_vector
from acu_lint.corpus.extract import fingerprints, hashes_of

if TYPE_CHECKING:
    from acu_lint.corpus.corpus import Corpus
    from acu_lint.corpus.index.store import Store

_VERIFIED = 50  # articles that are read for one document
_SHORT = 3  # short fingerprints that make a candidate
_STOCK = 3  # candidates that share a fingerprint but no passage: from then on it is a stock phrase of the site
_KNOWN = 1_000_000  # words whose frequencies are kept: 100 MB


class Frequencies:
    """In how many articles of the index each word occurs, by its hash; what was asked is kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[int, int] = {}

    def of(self, words: Iterable[int]) -> Mapping[int, int]:
        """The frequencies of at least these words."""
        missing = [word for word in words if word not in self._known]
        if missing:
            if len(self._known) > _KNOWN:
                self._known.clear()
                return self.of(words)
            self._known.update(dict.fromkeys(missing, 0))
            self._known.update(self._store.document_frequencies(missing))
        return self._known


class Candidate(NamedTuple):
    """An article and the short and long fingerprints that it shares with the document."""

    name: str
    short: set[int]
    long: set[int]


class Query:
    """A document, without boilerplate, and the articles that repeat it; ``name`` is its name in the listing.

    The document takes the place of the version of it that is in the index.
    """

    def __init__(self, corpus: Corpus, whole: Article, name: str) -> None:
        self._corpus, self._whole, self._name = corpus, whole, name
        self.article = corpus.compared(whole)
        self._pairs: dict[str, Duplicate | None] = {}

    def nearest(self, least: float, overlap: float) -> Iterator[Duplicate]:
        """The articles that reach a cosine and a share of common 5-word sequences (Jaccard), in no order.

        Those whose pair is told on the other article are left out.
        """
        # A third of what is expected is more than four standard deviations below it, from 80 words on.
        enough = max(_SHORT, overlap * len(self._fingerprints[0]) / 3)
        likely = (
            candidate.name
            for candidate in self._ranked
            if len(candidate.short) >= enough and not self._corpus.is_told_there(self._name, candidate.name)
        )
        for name in islice(likely, _VERIFIED):
            pair = self.with_article(name)
            if pair and pair.jaccard >= overlap and pair.cosine >= least:
                yield pair

    @cached_property
    def repeating(self) -> Sequence[Duplicate]:
        """The articles that share a passage, those that share most first."""
        found: list[Duplicate] = []
        stock: Counter[int] = Counter()  # how many candidates have a fingerprint, but no passage
        tries = 0
        for candidate in self._ranked:
            if sum(stock[each] < _STOCK for each in candidate.short) < _SHORT and all(
                stock[each] >= _STOCK for each in candidate.long
            ):
                continue
            pair = self.with_article(candidate.name)
            if pair and pair.runs:
                found.append(pair)
            else:
                stock.update(candidate.short | candidate.long)
            tries += 1
            if tries == _VERIFIED:
                break
        return found

    def with_article(self, name: str) -> Duplicate | None:
        """The document and an article of the corpus; None where one is too short or cannot be read."""
        if name not in self._pairs:
            there = self._corpus.article(name) if self._is_judged and name != self._name else None
            near = there is not None and len(there.words) >= PASSAGE
            self._pairs[name] = Duplicate(self.article, there, partial(self._cosine, there)) if there and near else None
        return self._pairs[name]

    @property
    def _is_judged(self) -> bool:
        return len(self.article.words) >= PASSAGE

    @cached_property
    def _fingerprints(self) -> tuple[set[int], set[int]]:
        return fingerprints(hashes_of(self.article.words)) if self._is_judged else (set(), set())

    @cached_property
    def _ranked(self) -> Sequence[Candidate]:
        """The candidates, those that share most first."""
        store, own = self._corpus.store, self._own
        short, long = self._fingerprints
        few, one = store.sharing(short, _SHORT), store.sharing(long)
        names = store.paths(key for key in few.keys() | one.keys() if key != own)
        found = (Candidate(name, few.get(key, set()), one.get(key, set())) for key, name in names.items())
        return sorted(found, key=lambda each: (-len(each.short) - len(each.long), each.name))

    # --- cosines -------------------------------------------------------------------------

    def _cosine(self, there: Article) -> float:
        return cosine(self._vector, self._vector_of(there))

    @cached_property
    def _vector(self) -> Vector:
        return self._vector_of(self.article)

    def _vector_of(self, article: Article) -> Vector:
        counts = Counter(hashes_of(article.words))
        known = self._corpus.frequencies.of(counts)
        articles, changes = self._change
        return unit_vector(counts, lambda word: idf(known[word] + changes.get(word, 0), articles))

    @cached_property
    def _own(self) -> int | None:
        """The id of the version of this document that is in the index."""
        return self._corpus.store.id_of(self._name)

    @cached_property
    def _change(self) -> tuple[int, Mapping[int, int]]:
        """How many articles there are with this one, and how much more of them have a word than the index says."""
        store = self._corpus.store
        old = store.terms_of(self._own).keys() if self._own is not None else set()
        new = set(hashes_of(self._whole.words))
        changes = dict.fromkeys(new - old, 1) | dict.fromkeys(old - new, -1)
        return store.count() + (self._own is None), changes
