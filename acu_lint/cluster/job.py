"""The job: read, count, weigh and compare blocks of articles, each step a task for a worker.

1. *read*: the articles of one input file become blocks of at most ``BLOCK`` articles, written to the work folder as
   numbers (no text is kept), and the number of articles that have each term.
2. *merge*: those numbers are added up. Terms that one article alone has are dropped: they lengthen its vector, and no
   product needs them.
3. *weigh*: each block becomes a matrix of unit vectors of sublinear TF-IDF, as in ``corpus.cosine``.
4. *compare*: each block is compared with itself and with every later one by ``corpus.join``; a pair of articles is
   a pair of rows of exactly one of these products. So the pairs are those of the built-in join: all, and no other.

A worker holds one article's text and at most two blocks (some 10 MB per 1,000 articles of 800 words) with one product
of bounded size, however large the corpus is. Only step 2 grows: with 40 bytes for each different term of the corpus.
"""

from __future__ import annotations

import datetime
import json
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, combinations_with_replacement, islice
from typing import Any, NamedTuple

import fsspec
import numpy as np
from dask.distributed import Client, as_completed
from numpy.typing import NDArray
from scipy import sparse

from acu_lint.cluster.read import Fields, Record, records
from acu_lint.corpus.article import Article
from acu_lint.corpus.compare.join import all_pairs
from acu_lint.corpus.extract import hashes_of
from acu_lint.parse import parse

BLOCK = 5_000  # articles
_FAN_IN = 8  # tables of terms that are added up at once
_WAITING = 4  # tasks handed out per thread of the cluster

Ints = NDArray[np.int64]


class Pair(NamedTuple):
    """Two articles and their cosine (0 … 1)."""

    a: str
    b: str
    cosine: float


class Read(NamedTuple):
    """What became of one input file: its blocks, its table of terms, and what was left out (lines for people)."""

    blocks: list[str]
    articles: int
    terms: str
    notes: list[str]


class Job:
    """One comparison: the cluster, the folder that every worker can write to, and the lowest cosine of a pair.

    ``work`` is a path or an address that fsspec knows; ``block`` is the number of articles in a block, which bounds the
    memory of a worker. ``tell`` hears what is left out, in one line each.
    """

    def __init__(
        self, client: Client, work: str, *, threshold: float, block: int = BLOCK, tell: Callable[[str], Any] = str
    ) -> None:
        self._client = client
        self._work = work.rstrip("/")
        self._threshold = threshold
        self._block = block
        self._tell = tell
        self.articles = 0

    def pairs(self, files: Sequence[str], fields: Fields) -> Iterator[Pair]:
        """Yield every pair once, in no order; ``articles`` is the number compared once the first pair has come."""
        tasks = [(file, number, fields, self._work, self._block) for number, file in enumerate(files)]
        read = sorted(self._each(_read, tasks), key=lambda each: each.terms)  # by number
        for note in chain.from_iterable(each.notes for each in read):
            self._tell(note)
        self.articles = sum(each.articles for each in read)
        terms = self._merged([each.terms for each in read])
        blocks = [block for each in read for block in each.blocks]
        list(self._each(_weigh, [(block, terms, self.articles) for block in blocks]))
        both = combinations_with_replacement(blocks, 2)
        for found in self._each(_compare, ((one, two, self._threshold) for one, two in both)):
            yield from (Pair(*pair) for pair in found)

    def _merged(self, tables: Sequence[str], turn: int = 0) -> str:
        """One table of terms out of many, in rounds."""
        groups = [tables[at : at + _FAN_IN] for at in range(0, len(tables), _FAN_IN)]
        last = len(groups) <= 1
        names = [f"{self._work}/terms-{turn}-{number}.npz" for number in range(len(groups))]
        tasks = [(group, name, last) for group, name in zip(groups, names, strict=True)]
        merged = sorted(self._each(_add, tasks))
        return next(iter(merged), "") if last else self._merged(merged, turn + 1)

    def _each(self, function: Callable[..., Any], tasks: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        """Run a function on tuples of arguments, a bounded number at a time; results as they come."""
        waiting = iter(tasks)
        threads = sum(self._client.nthreads().values())
        first = [self._client.submit(function, *task, pure=False) for task in islice(waiting, _WAITING * threads)]
        running = as_completed(first)
        for future in running:
            for task in islice(waiting, 1):
                running.add(self._client.submit(function, *task, pure=False))
            yield future.result()


# --- tasks -------------------------------------------------------------------------------


def _read(file: str, number: int, fields: Fields, work: str, size: int) -> Read:
    """Step 1 for one input file."""
    notes: list[str] = []
    articles = records(file, fields, notes.append)
    blocks: list[str] = []
    total = 0
    tables: list[tuple[Ints, Ints]] = []
    while part := list(islice(_counted(articles), size)):
        name = f"{work}/block-{number:06}-{len(blocks):06}"
        terms = np.concatenate([np.frombuffer(hashes, np.int64) for _, hashes, _ in part])
        counts = np.concatenate([np.frombuffer(counted, np.uint16) for _, _, counted in part])
        ends = np.cumsum([0, *(len(hashes) for _, hashes, _ in part)])
        names = np.frombuffer(json.dumps([name for name, _, _ in part]).encode(), np.uint8)
        _save(f"{name}.npz", terms=terms, counts=counts, ends=ends, names=names)
        tables.append(np.unique(terms, return_counts=True))
        blocks.append(name)
        total += len(part)
    table = f"{work}/terms-{number:06}.npz"
    _save_table(table, tables, least=1)
    return Read(blocks, total, table, notes)


def _counted(articles: Iterator[Record]) -> Iterator[tuple[str, array[int], array[int]]]:
    """Name, hashes of the terms and how often each occurs, for every article that has words."""
    for article in articles:
        doc = parse(article.file, article.text, today=datetime.date.min)
        counted = Counter(hashes_of(Article(doc).words))
        if counted:
            yield article.name, array("q", counted), array("H", [min(n, 0xFFFF) for n in counted.values()])


def _add(tables: Sequence[str], name: str, last: bool) -> str:  # noqa: FBT001 -- an argument of a task
    """Step 2 for some tables; the last round drops the terms that one article alone has."""
    loaded = map(_load, tables)
    _save_table(name, [(table["terms"], table["articles"]) for table in loaded], least=2 if last else 1)
    return name


def _save_table(name: str, parts: Sequence[tuple[Ints, Ints]], *, least: int) -> None:
    terms, place = np.unique(np.concatenate([np.empty(0, np.int64), *(part[0] for part in parts)]), return_inverse=True)
    articles = np.zeros(len(terms), np.int64)
    np.add.at(articles, place, np.concatenate([np.empty(0, np.int64), *(part[1] for part in parts)]))
    kept = articles >= least
    _save(name, terms=terms[kept], articles=articles[kept])


def _weigh(block: str, terms: str, total: int) -> None:
    """Step 3 for one block."""
    known, articles = _load(terms).values()
    hashes, counts, ends, _ = _load(f"{block}.npz").values()
    place = np.minimum(np.searchsorted(known, hashes), max(len(known) - 1, 0))
    shared = known[place] == hashes if len(known) else np.zeros(len(hashes), bool)
    having = np.where(shared, articles[place] if len(known) else 1, 1)
    weights = (1 + np.log(counts)) * (np.log((1 + total) / (1 + having)) + 1)
    rows = np.repeat(np.arange(len(ends) - 1), np.diff(ends))
    weights /= np.sqrt(np.bincount(rows, weights**2))[rows]
    matrix = sparse.csr_matrix((weights[shared], (rows[shared], place[shared])), (len(ends) - 1, max(len(known), 1)))
    _save(f"{block}-weights.npz", data=matrix.data, indices=matrix.indices, indptr=matrix.indptr, shape=matrix.shape)


def _compare(one: str, two: str, threshold: float) -> list[tuple[str, str, float]]:
    """Step 4 for two blocks, or for one with itself."""
    first, names = _weights(one)
    split = None
    if one != two:
        second, others = _weights(two)
        split = first.shape[0]
        first, names = sparse.vstack([first, second], format="csr"), names + others
    found = []
    for pairs in all_pairs(first, threshold, jobs=1, split=split):
        rows = zip(pairs.one.tolist(), pairs.two.tolist(), pairs.cosine.tolist(), strict=True)
        found += [(*sorted((names[a], names[b])), cosine) for a, b, cosine in rows]
    return found


def _weights(block: str) -> tuple[Any, list[str]]:
    data, indices, indptr, shape = _load(f"{block}-weights.npz").values()
    names = _load(f"{block}.npz")["names"]
    return sparse.csr_matrix((data, indices, indptr), tuple(shape)), json.loads(names.tobytes())


def _save(name: str, **arrays: Any) -> None:
    with fsspec.open(name, "wb") as file:
        np.savez(file, **arrays)


def _load(name: str) -> dict[str, NDArray[Any]]:
    with fsspec.open(name, "rb") as file, np.load(file) as arrays:
        return dict(arrays)
