"""What is kept of an article: the same numbers everywhere, and no shared run of 25 words is missed."""

from __future__ import annotations

import os
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from acu_lint.corpus.article import Article
from acu_lint.corpus.extract import extract, fingerprints, hashes_of
from acu_lint.testing import TODAY
from tests.conftest import ROOT, document
from tests.corpus.index.sites import text


@given(
    st.lists(st.integers(0, 6), max_size=60),
    st.lists(st.integers(0, 6), max_size=60),
    st.lists(st.integers(0, 6), min_size=25, max_size=40),
    st.data(),
)
def test_no_shared_run_of_25_words_is_missed(
    one: list[int], two: list[int], run: list[int], data: st.DataObject
) -> None:
    for words in (one, two):
        at = data.draw(st.integers(0, len(words)))
        words[at:at] = run
    first, second = (fingerprints(hashes_of(map(str, words)))[1] for words in (one, two))
    assert first & second


def test_long_articles_keep_some_fingerprints_and_short_ones_all() -> None:
    words = hashes_of(map(str, range(2000)))
    short, long = fingerprints(words)
    assert 400 < len(short) < 600
    assert 200 < len(long) < 350
    assert len(fingerprints(words[:100])[0]) == 96
    assert all(number % 2 == 0 for number in short)
    assert all(number % 2 for number in long)


def test_blocks_at_the_edge_are_told_by_their_sign() -> None:
    doc = document("\n\n".join(["word " * 10] * 2 + ["other " * 60] * 2 + ["last " * 40]))
    assert extract(Article(doc)).sizes.tolist() == [-10, -10, 60, 60, -40]


def test_an_article_is_the_same_numbers_in_every_process() -> None:
    code = (
        "import datetime; from acu_lint.parse import parse; from acu_lint.corpus.article import Article;"
        "from acu_lint.corpus.extract import extract;"
        f"doc = parse('a.md', {text(1)!r}, today={TODAY!r});"
        "print([part.tolist() for part in extract(Article(doc))[1:7]])"
    )
    told = set()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "rules")])}
        told.add(subprocess.run([sys.executable, "-c", code], env=env, check=True, capture_output=True).stdout)
    assert len(told) == 1
