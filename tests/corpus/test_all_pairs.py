"""All pairs of a corpus: exact, none missed and none invented, with scikit-learn as the oracle."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from acu_lint.corpus.compare import join
from acu_lint.corpus.compare.join import all_pairs
from acu_lint.corpus.compare.passages import PASSAGE
from acu_lint.corpus.corpus import Corpus
from acu_lint.corpus.extract import fingerprints, hashes_of
from tests.articles import DISCLAIMER, FEET, TEA, WORDS, corpus
from tests.conftest import document

THRESHOLDS = st.sampled_from([0.1, 0.3, 0.5, 0.65, 0.8, 0.95, 1.0])
Found = dict[tuple[int, int], float]


def oracle(texts: Sequence[str]) -> Any:
    """The cosines of all texts with all, computed densely by scikit-learn."""
    vectors = TfidfVectorizer(token_pattern=r"\S+", sublinear_tf=True).fit_transform(texts).toarray()
    return vectors @ vectors.T


def compare(mine: Found, cosines: Any, threshold: float) -> None:
    """Every pair that reaches the threshold, and no other; cosines right to a millionth."""
    for i, j in itertools.combinations(range(len(cosines)), 2):
        if (i, j) in mine:
            assert mine[i, j] == pytest.approx(cosines[i, j], abs=1e-6)
            assert cosines[i, j] >= threshold - 1e-6
        else:
            assert cosines[i, j] < threshold


def joined(vectors: Any, threshold: float, *, jobs: int = 1) -> Found:
    parts = list(all_pairs(vectors, threshold, jobs=jobs))
    rows = [(one, two) for part in parts for one, two in zip(part.one.tolist(), part.two.tolist(), strict=True)]
    assert rows == sorted(set(rows))
    return dict(zip(rows, (cosine for part in parts for cosine in part.cosine.tolist()), strict=True))


# --- the join ----------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.lists(st.integers(0, 12), max_size=14), max_size=14),
    threshold=THRESHOLDS,
    entries=st.sampled_from([1, 40, 10**7]),
)
def test_join_of_any_vectors(rows: list[list[int]], threshold: float, entries: int) -> None:
    """Empty rows, equal rows, rows of one word, rows without a word in common; blocks of any size."""
    counts = np.zeros((len(rows), 13))
    for row, words in enumerate(rows):
        np.add.at(counts[row], words, 1.0)
    vectors = counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-300)
    usual, join._ENTRIES = join._ENTRIES, entries
    try:
        compare(joined(sparse.csr_matrix(vectors), threshold), vectors @ vectors.T, threshold)
    finally:
        join._ENTRIES = usual


def articles(count: int, chance: random.Random) -> list[str]:
    """Articles whose words are as unequally frequent as in prose, every twentieth a changed copy of another."""
    vocabulary = [f"w{number}" for number in range(4000)]
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(vocabulary))))
    texts = [chance.choices(vocabulary, cum_weights=weights, k=chance.randint(30, 400)) for _ in range(count)]
    for number in range(0, count, 20):
        copied = list(chance.choice(texts))
        for at in chance.sample(range(len(copied)), int(len(copied) * chance.random() * 0.7)):
            copied[at] = chance.choice(vocabulary)
        texts[number] = copied
    return [" ".join(words) for words in texts]


@pytest.mark.slow
@pytest.mark.parametrize("threshold", [0.25, 0.5, 0.7, 0.9])
def test_join_of_2000_articles_is_brute_force(threshold: float) -> None:
    vectors = TfidfVectorizer(token_pattern=r"\S+", sublinear_tf=True).fit_transform(articles(2000, random.Random(5)))
    cosines = np.triu((vectors @ vectors.T).toarray(), 1)
    wanted = {(int(i), int(j)): float(cosines[i, j]) for i, j in np.argwhere(cosines >= threshold)}
    assert len(wanted) > 3
    mine = joined(vectors, threshold, jobs=2)
    assert mine.keys() == wanted.keys()
    assert max(abs(mine[pair] - cosine) for pair, cosine in wanted.items()) <= 1e-6


def test_join_does_not_depend_on_blocks_and_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = TfidfVectorizer(token_pattern=r"\S+", sublinear_tf=True).fit_transform(articles(300, random.Random(6)))
    whole = joined(vectors, 0.4)
    monkeypatch.setattr(join, "_ENTRIES", 3000)
    assert joined(vectors, 0.4, jobs=3) == whole


def test_threshold_is_a_cosine() -> None:
    with pytest.raises(ValueError, match="threshold"):
        next(all_pairs(sparse.csr_matrix((2, 2)), 0))


# --- the corpus --------------------------------------------------------------------------

ARTICLES = st.lists(st.lists(WORDS, min_size=PASSAGE, max_size=60).map(" ".join), min_size=2, max_size=8)


def found(texts: Sequence[str], threshold: float) -> Found:
    """The pairs of a corpus that reach the threshold; those below it share a passage."""
    every = list(corpus({f"{number:02}.md": text for number, text in enumerate(texts)}).pairs(threshold))
    assert all(pair.passages for pair in every if pair.cosine < threshold - 1e-9)
    pairs = [pair for pair in every if pair.cosine >= threshold - 1e-9]
    mine = {(int(pair.here.path[:2]), int(pair.there.path[:2])): pair.cosine for pair in pairs}
    assert list(mine) == sorted(mine)
    assert len(mine) == len(pairs)
    return mine


@settings(max_examples=60, deadline=None)
@given(texts=ARTICLES, threshold=THRESHOLDS)
def test_pairs_are_those_of_scikit_learn(texts: list[str], threshold: float) -> None:
    compare(found(texts, threshold), oracle(texts), threshold)


@settings(max_examples=40, deadline=None)
@given(texts=ARTICLES)
def test_one_article_has_the_same_cosines(texts: list[str]) -> None:
    """Computed without scikit-learn, also where the article is not in the corpus yet, or another version of it."""
    cosines = oracle(texts)
    names = [f"{number:02}.md" for number in range(len(texts))]
    doc = document(texts[0], names[0])
    for first in ({}, {names[0]: texts[0]}, {names[0]: TEA}):
        few = corpus(first | dict(zip(names[1:], texts[1:], strict=True)))
        for number, name in enumerate(names[1:], 1):
            assert few.cosine(doc, name) == pytest.approx(cosines[0, number], abs=1e-6)


def test_pairs_of_repetitive_and_of_very_long_articles() -> None:
    texts = ["ache " * 700 + "knee " * 40, "ache " * 300 + "back " * 40, "ache " * 60_000 + "knee " * 40]
    compare(found(texts, 0.2), oracle(texts), 0.2)


def test_order_of_the_articles_does_not_matter() -> None:
    texts = {"a.md": TEA, "b.md": TEA.replace("tea", "coffee"), "c.md": TEA.replace("green", "black"), "d.md": FEET}
    results = {
        tuple((pair.here.path, pair.there.path, pair.cosine, pair.passages) for pair in corpus(dict(order)).pairs(0.05))
        for order in itertools.permutations(texts.items())
    }
    assert len(results) == 1


def test_pair_that_shares_a_passage_is_listed_below_the_threshold() -> None:
    part = " ".join(FEET.split()[10:60])
    texts = {"a.md": TEA, "b.md": FEET, "c.md": f"{TEA}\n\nFor the feet: {part}.\n"}
    pairs = {(pair.here.path, pair.there.path): pair for pair in corpus(texts).pairs(0.7)}
    assert pairs.keys() == {("a.md", "c.md"), ("b.md", "c.md")}
    low = pairs["b.md", "c.md"]
    assert low.cosine < 0.7
    assert [passage.words for passage in low.passages] == [50]
    exact = {(pair.here.path, pair.there.path): pair.cosine for pair in corpus(texts).pairs(0.01)}
    assert low.cosine == pytest.approx(exact["b.md", "c.md"], abs=1e-9)


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [TEA],
        [""] * 3,
        ["Too short."] * 3,
        ["🙂 ? !\n\n" * 100] * 2,
        ["![](a.png)\n\n`code`\n\n" * 60] * 2,
    ],
)
def test_corpora_with_nothing_to_compare(texts: list[str]) -> None:
    named = {f"{n}.md": text for n, text in enumerate(texts)}
    few = corpus(named)
    assert len(few) == len(texts)
    assert list(few.pairs(0.01)) == []
    for path, text in named.items():
        assert not few.duplicates_of(document(text, path), 0.01, 0.01)
        assert not few.repeats_of(document(text, path))


def test_identical_articles() -> None:
    pairs = list(corpus({"a.md": TEA, "b.md": TEA, "c.md": TEA}).pairs(1))
    assert len(pairs) == 3
    assert all(pair.cosine == pytest.approx(1) and pair.jaccard == 1 and pair.containments == (1, 1) for pair in pairs)
    assert all(len(pair.passages) == 1 for pair in pairs)


# --- boilerplate -------------------------------------------------------------------------


def own_words(number: int, words: int = 150) -> str:
    chance = random.Random(number)
    return " ".join(f"w{chance.randrange(3000)}" for _ in range(words))


def site(footer: str, count: int = 6) -> dict[str, str]:
    """Articles with nothing in common but their last paragraph."""
    return {f"{n}.md": f"# Title {n}\n\n{own_words(n)}\n\n{own_words(50 + n)}\n\n{footer}" for n in range(count)}


def test_text_at_the_end_of_many_articles_is_boilerplate() -> None:
    many = corpus(site(DISCLAIMER))
    (shared,) = many.boilerplate()
    assert f"{shared.text}." == " ".join(DISCLAIMER.split())
    assert shared.articles == 6
    assert not list(many.pairs(0.3))
    assert not many.repeats_of(document(site(DISCLAIMER)["0.md"], "0.md"))


def test_text_in_few_articles_is_not_boilerplate() -> None:
    few = corpus(site(DISCLAIMER, 4))
    assert not few.boilerplate()
    assert len(list(few.pairs(0.9))) == 6


def test_paragraph_in_the_middle_of_some_articles_is_not_boilerplate() -> None:
    others = {f"other{n}.md": own_words(100 + n, 300) for n in range(8)}
    copied = {f"{n}.md": f"{own_words(n)}\n\n{DISCLAIMER.strip()}\n\n{own_words(50 + n)}" for n in range(6)}
    many = corpus(copied | others)
    assert not many.boilerplate()
    assert len(many.repeats_of(document(copied["5.md"], "5.md"))) == 5


def test_copies_and_doorway_pages_are_not_boilerplate() -> None:
    pages = {f"{town}.md": TEA.replace("older adults", f"{town} adults") + DISCLAIMER for town in "abcdef"}
    assert not corpus(pages).boilerplate()
    assert len(list(corpus(pages).pairs(0.9))) == 15


def test_named_beginnings_are_boilerplate() -> None:
    texts = {"a.md": TEA + DISCLAIMER, "b.md": FEET + DISCLAIMER}
    docs = [document(text, path) for path, text in texts.items()]
    named = Corpus(docs, shared_blocks=["This page informs"])
    assert [shared.articles for shared in named.boilerplate()] == [2]
    assert not list(named.pairs(0.65))
    assert not named.repeats_of(docs[0])
    assert Corpus(docs).repeats_of(docs[0])


def test_places_are_right_where_boilerplate_is_left_out() -> None:
    texts = site(DISCLAIMER) | {"copy.md": f"{DISCLAIMER}\n\n{own_words(3)}\n"}
    many = corpus(texts)
    (pair,) = many.repeats_of(document(texts["copy.md"], "copy.md"))
    (passage,) = pair.passages
    assert texts["copy.md"][slice(*passage.here)] == texts["3.md"][slice(*passage.there)] == own_words(3)


def test_stock_phrase_hides_no_passage() -> None:
    """Articles that share a sentence are not read for ever, and the copied passage among them is found."""
    phrase = " ".join(f"stock{n}" for n in range(14))
    texts = {
        f"{n:02}.md": f"{own_words(n)}\n\n{own_words(200 + n, 20)} {phrase} {own_words(99 + n)}" for n in range(80)
    }
    part = own_words(7, 60)
    texts["99.md"] = f"{own_words(300)} {phrase} {part} {own_words(301)}"
    many = corpus(texts)
    (pair,) = many.repeats_of(document(texts["99.md"], "99.md"))
    assert (pair.there.path, [run.words for run in pair.runs]) == ("07.md", [60])


@pytest.mark.parametrize("at_least", [1, 3])
def test_index_in_memory_gives_the_same_candidates(at_least: int) -> None:
    """Where many articles are checked the fingerprints are read as a whole."""
    texts = site(DISCLAIMER, 40) | {"copy.md": f"{own_words(3)}\n\n{own_words(4)}"}
    many = corpus(texts)
    asked = {number for text in texts.values() for part in fingerprints(hashes_of(text.split())) for number in part}
    one_by_one = many.store.sharing(asked, at_least)
    assert len(one_by_one) > 2
    many.store.load()
    assert many.store.sharing(asked, at_least) == one_by_one
    assert many.store.sharing([], at_least) == {}
