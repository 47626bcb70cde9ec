"""Measure the comparison of articles: all pairs, how it grows, and which planted copies are found.

    python benchmarks/duplicates.py pairs 20000 0.7  # from texts in memory to pairs
    python benchmarks/duplicates.py growth           # the same for 1,000 to 100,000 articles, with the exponent
    python benchmarks/duplicates.py recall 20000     # planted copies that the rules of `check` find, and false ones

Articles and copies are those of ``corpus.py``: 100 copies of each kind, fewer in a smaller corpus.
"""

from __future__ import annotations

import datetime
import math
import multiprocessing
import os
import re
import subprocess
import sys
import threading
import time
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from hashlib import sha1
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from corpus import KINDS, article, copies
from scipy import sparse

from acu_lint.corpus.compare.join import all_pairs
from acu_lint.corpus.compare.similarity import unit_vectors
from acu_lint.corpus.corpus import Article, Corpus
from acu_lint.corpus.extract import Extract, extract
from acu_lint.corpus.index.store import Store
from acu_lint.engine.engine import Engine, Settings
from acu_lint.parse import parse
from acu_lint.testing import load_pack

JOBS = 2
SIZES = (1_000, 5_000, 20_000, 100_000)
_CHUNK = 200  # texts handed to a process at once
_WORD = re.compile(r"\w+")
_PROPORTIONAL = re.compile(rb"^Pss: *(\d+) kB", re.MULTILINE)
_FORK = multiprocessing.get_context("fork")
RULES = ("duplicates/article", "duplicates/doorway", "duplicates/passage")


class Planted(NamedTuple):
    """A text, and where it is a copy its kind and the number of the article copied."""

    text: str
    kind: str = ""
    original: int = -1


def planted(count: int) -> list[Planted]:
    """The articles of a corpus, then their copies."""
    with ProcessPoolExecutor(JOBS, _FORK) as pool:
        texts = [Planted(text) for text in pool.map(article, range(count), chunksize=_CHUNK)]
    return texts + [Planted(copy.text, copy.kind, copy.original) for copy in copies(count, min(100, count // 20))]


class Memory:
    """The largest memory of this process and its children while it is measured, shared pages once."""

    def __init__(self) -> None:
        self._most = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def _watch(self) -> None:
        while not self._done.wait(0.1):
            self._most = max(self._most, sum(map(_kilobytes, [os.getpid(), *_children()])))

    def stop(self) -> float:
        """The memory in MiB."""
        self._done.set()
        self._thread.join()
        return self._most / 1024


def _kilobytes(process: int) -> int:
    try:
        found = _PROPORTIONAL.search(Path(f"/proc/{process}/smaps_rollup").read_bytes())
    except OSError:
        return 0
    return int(found[1]) if found else 0


def _children() -> list[int]:
    return [child.pid for child in multiprocessing.active_children() if child.pid]


# --- all pairs ---------------------------------------------------------------------------

_texts: Sequence[str] = ()  # what forked processes share


def _counts(start: int, end: int) -> tuple[list[str], Any]:
    """The different words of some texts, and how often each text (row) has each of them."""
    known: dict[str, int] = {}
    numbers, ends = array("i"), [0]
    for at in range(start, end):
        numbers.extend([known.setdefault(word, len(known)) for word in _WORD.findall(_texts[at].lower())])
        ends.append(len(numbers))
    return list(known), _matrix(np.frombuffer(numbers, np.int32), ends, len(known))


def _matrix(columns: Any, ends: Sequence[int], width: int) -> Any:
    counts = sparse.csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape=(len(ends) - 1, width))
    counts.sum_duplicates()
    return counts


def vectors(texts: Sequence[str]) -> Any:
    """The matrix of unit vectors of texts, counted in two processes."""
    global _texts  # noqa: PLW0603
    _texts = texts
    starts = range(0, len(texts), 5_000)
    words: dict[str, int] = {}
    parts = []
    with ProcessPoolExecutor(JOBS, _FORK) as pool:
        for known, counts in pool.map(_counts, starts, [min(start + 5_000, len(texts)) for start in starts]):
            ids = np.array([words.setdefault(word, len(words)) for word in known], np.int32)
            counts.indices = ids[counts.indices]
            parts.append(counts)
    for counts in parts:
        counts.resize(counts.shape[0], len(words))
        counts.has_sorted_indices = False
    whole = sparse.vstack(parts, format="csr", dtype=np.float64)
    del parts
    return unit_vectors(whole, whole)


def pairs(count: int, threshold: float) -> None:
    """Print one row: articles, pairs, seconds to the vectors, to the pairs and of both processors, largest memory."""
    texts = [each.text for each in planted(count)]
    used = _processors()
    memory = Memory()
    start = time.perf_counter()
    matrix = vectors(texts)
    middle = time.perf_counter()
    found = sum(len(part.one) for part in all_pairs(matrix, threshold, jobs=JOBS))
    end = time.perf_counter()
    row = f"| {len(texts):,} | {found:,} | {middle - start:.2f} s | {end - start:.2f} s |"
    print(f"{row} {_processors() - used:.2f} s | {memory.stop():.0f} MiB |")


def _processors() -> float:
    """Seconds that the processors worked for this process and those that it has ended."""
    return sum(os.times()[:4])


def growth() -> None:
    """Print a table of all sizes, each measured in a process of its own, with the exponents between them."""
    print("| articles | pairs from 0.7 on | until vectors | until pairs | of processors | memory | exponents of both |")
    print("|---|---|---|---|---|---|---|")
    last: list[float] = []
    for size in SIZES:
        command = [sys.executable, __file__, "pairs", str(size), "0.7"]
        row = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        numbers = [float(number.replace(",", "")) for number in re.findall(r"[\d.,]+", row)]
        told = [math.log(numbers[at] / last[at]) / math.log(numbers[0] / last[0]) for at in (4, 5)] if last else []
        print(row, ", ".join(f"{exponent:.2f}" for exponent in told), "|", flush=True)
        last = numbers


# --- planted copies ----------------------------------------------------------------------


class Texts:
    """Texts as the library of a corpus; the copies are mixed among the articles."""

    def __init__(self, texts: Sequence[Planted]) -> None:
        self.texts = texts

    def name(self, path: str) -> str:
        """A name is a path."""
        return path

    def path(self, name: str) -> str:
        """A path is a name."""
        return name

    def text(self, name: str) -> str:
        """The text of an article."""
        return self.texts[int(name[1:-3])].text

    def unread(self) -> Sequence[str]:
        """All can be read."""
        return ()


def _path(number: int) -> str:
    return f"a{number:06}.md"


_planted: Sequence[Planted] = ()


def _extract(number: int) -> Extract:
    return extract(Article(parse(_path(number), _planted[number].text, today=datetime.date.min)))


def index(texts: Sequence[Planted]) -> Store:
    """The index of texts in memory."""
    global _planted  # noqa: PLW0603
    _planted = texts
    store = Store()
    with store.writing() as writer, ProcessPoolExecutor(JOBS, _FORK) as pool:
        for number, numbers in enumerate(pool.map(_extract, range(len(texts)), chunksize=_CHUNK)):
            content = sha1(texts[number].text.encode(), usedforsecurity=False).digest()
            writer.add(_path(number), content, numbers)
    return store


def recall(count: int) -> None:
    """Check every copy and as many articles of which there is no copy; print which pairs the rules report."""
    texts = planted(count)
    store = index(texts)
    corpus = Corpus.of(store, Texts(texts))
    engine = Engine(load_pack(), Settings(frozenset(RULES), {}), lambda: corpus)
    report = partial(_reported, engine, texts)
    copied = {each.original for each in texts if each.kind}
    others = [number for number in range(count) if number not in copied][: len(texts) - count]
    found, total, seconds = Counter[str](), Counter[str](), 0.0
    false: list[tuple[int, int]] = []
    for number in [*range(count, len(texts)), *others]:
        start = time.process_time()
        paths = set(report(number))
        seconds += time.process_time() - start
        kind, original = texts[number].kind, texts[number].original
        if kind:
            total[kind] += 1
            found[kind] += original in paths
        false += [(number, other) for other in paths - {original}]
    print("| kind | found |\n|---|---|")
    for kind in KINDS:
        print(f"| {kind} | {found[kind]} of {total[kind]} |")
    right = sum(found.values())
    print(f"| precision | {right / (right + len(false)):.4f}: {right} true pairs, {len(false)} false |")
    print(f"| time of a check | {1000 * seconds / (2 * (len(texts) - count)):.1f} ms, parsing included |")
    for number, other in false[:10]:
        print(texts[number].kind, _path(number), _path(other), file=sys.stderr)


def _reported(engine: Engine, texts: Sequence[Planted], number: int) -> Iterator[int]:
    doc = parse(_path(number), texts[number].text, today=datetime.date.min)
    for finding in engine.check(doc):
        data: Mapping[str, Any] = finding.data
        for path in {*data["others"], data["other"]}:
            yield int(path[1:-3])


def main() -> None:
    """Measure what the first argument names."""
    what, *arguments = sys.argv[1:]
    if what == "pairs":
        pairs(int(arguments[0]), float(arguments[1]))
    elif what == "growth":
        growth()
    elif what == "recall":
        recall(int(arguments[0]))


if __name__ == "__main__":
    main()
