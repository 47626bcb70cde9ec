"""Passages that two texts share or one has twice, and where they stand in the sources."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acu_lint.corpus.compare.passages import PASSAGE, Piece, Run, repeated, shared
from acu_lint.corpus.corpus import Corpus, Duplicate
from tests.conftest import document


class Words:
    """A text that is nothing but words."""

    def __init__(self, words: Sequence[str], breaks: Iterable[int] = ()) -> None:
        self.words = list(words)
        self.breaks = frozenset(breaks)


def numbered(prefix: str, count: int) -> list[str]:
    """Words that occur nowhere else."""
    return [f"{prefix}{number}" for number in range(count)]


def check_run(run: Run, one: Words, two: Words) -> None:
    """What holds for every passage."""
    for i, j, size in run.pieces:
        assert one.words[i : i + size] == two.words[j : j + size]
        assert size > 0
    for last, piece in pairwise(run.pieces):
        assert last.here + last.size <= piece.here
        assert last.there + last.size <= piece.there
        assert (last.here + last.size, last.there + last.size) != (piece.here, piece.there)
    assert run.words == max(run.here[1] - run.here[0], run.there[1] - run.there[0]) >= PASSAGE
    assert run.same > 0.75 * run.words
    assert run.exact == (run.same == run.words)
    assert not any(run.here[0] < at < run.here[1] for at in one.breaks)
    assert not any(run.there[0] < at < run.there[1] for at in two.breaks)


def check_apart(runs: Sequence[Run]) -> None:
    ranges = sorted(run.there for run in runs)
    assert all(one[1] <= two[0] for one, two in pairwise(ranges))


@st.composite
def edited(draw: st.DrawFn, least: int = 60) -> tuple[list[str], list[str]]:
    """A text of words that occur once, and the same with a word replaced, left out or added here and there."""
    original = numbered("p", draw(st.integers(least, 200)))
    copy = list(original)
    at = draw(st.integers(8, 20))
    edits = 0
    while at < len(copy) - 6:
        kind = draw(st.sampled_from(["replace", "drop", "add"]))
        copy[at : at + (kind != "add")] = [] if kind == "drop" else [f"new{edits}"]
        edits += 1
        at += draw(st.integers(7, 20))
    return original, copy


@settings(max_examples=80, deadline=None)
@given(texts=edited(), before=st.integers(0, 50), between=st.integers(0, 50), after=st.integers(0, 50))
def test_reworded_passage_is_found_with_exact_ranges(
    texts: tuple[list[str], list[str]], before: int, between: int, after: int
) -> None:
    """The oracle is difflib: with words that occur once, its matching blocks are the only longest ones."""
    original, copy = texts
    one = Words([*numbered("a", before), *original, *numbered("b", after)])
    two = Words([*numbered("c", between), *copy, *numbered("d", before)])
    (run,) = shared(one, two)
    check_run(run, one, two)
    blocks = SequenceMatcher(None, one.words, two.words, autojunk=False).get_matching_blocks()
    assert run.pieces == tuple(Piece(*block) for block in blocks if block.size)


VOCABULARY = st.sampled_from(["needle", "pain", "back", "knee", "sleep", "trial", "heat", "cold", "doctor", "week"])

PARTS = st.lists(st.lists(VOCABULARY, min_size=5, max_size=45), min_size=1, max_size=4)

PICKS = st.lists(st.integers(0, 3), min_size=1, max_size=5)


def twenty_fives(text: Words) -> dict[int, tuple[str, ...]]:
    """Every sequence of 25 words with no break inside, by its place."""
    return {
        at: tuple(text.words[at : at + PASSAGE])
        for at in range(len(text.words) - PASSAGE + 1)
        if not any(at < place < at + PASSAGE for place in text.breaks)
    }


@settings(max_examples=100, deadline=None)
@given(parts=PARTS, picks=PICKS, breaks=st.sets(st.integers(1, 200), max_size=3))
def test_every_copied_run_is_part_of_a_passage(parts: list[list[str]], picks: list[int], breaks: set[int]) -> None:
    """The oracle looks at every place: texts patched together from the same parts, repetitions and breaks included."""
    one = Words([word for part in parts for word in part], breaks)
    two = Words([word for pick in picks for word in parts[pick % len(parts)]], breaks)
    runs = shared(one, two)
    for run in runs:
        check_run(run, one, two)
    check_apart(runs)
    assert runs == sorted(runs)
    known = set(twenty_fives(one).values())
    wanted = {at for at, words in twenty_fives(two).items() if words in known}
    assert wanted <= {word for run in runs for word in range(*run.there)}


@pytest.mark.parametrize("size", [PASSAGE - 1, PASSAGE])
def test_a_passage_begins_at_25_words(size: int) -> None:
    copied = numbered("p", size)
    one = Words([*numbered("a", 30), *copied, *numbered("b", 30)])
    two = Words([*numbered("c", 10), *copied])
    assert shared(one, two) == ([Run((Piece(30, 10, 25),))] if size == PASSAGE else [])


def test_nothing_runs_across_a_break() -> None:
    copied = numbered("p", 40)
    assert not shared(Words(copied, [20]), Words(copied))
    assert not shared(Words(copied), Words(copied, [20]))
    assert shared(Words(copied, [0, 40]), Words(copied))
    (run,) = shared(Words(copied, [10]), Words(copied))
    assert run.here == (10, 40)


def test_half_the_words_equal_is_no_passage() -> None:
    copied = numbered("p", 200)
    other = [word if number % 8 < 4 else f"x{number}" for number, word in enumerate(copied)]
    assert not shared(Words(copied), Words(other))


def test_stretches_of_other_text_part_two_passages() -> None:
    one = Words([*numbered("p", 60), *numbered("a", 3), *numbered("q", 60), *numbered("b", 40), *numbered("r", 60)])
    two = Words([*numbered("p", 60), *numbered("c", 3), *numbered("q", 60), *numbered("d", 40), *numbered("r", 60)])
    assert [(run.here, run.same) for run in shared(one, two)] == [((0, 123), 120), ((163, 223), 60)]


def test_paragraphs_in_another_order_are_passages() -> None:
    parts = [numbered(name, 50) for name in "pqrs"]
    one, two = (Words([word for at in order for word in parts[at]]) for order in ((0, 1, 2, 3), (2, 0, 3, 1)))
    assert sorted(run.here for run in shared(one, two)) == [(0, 50), (50, 100), (100, 150), (150, 200)]


@settings(max_examples=50, deadline=None)
@given(texts=edited(), before=st.integers(0, 30), between=st.integers(0, 30))
def test_passage_that_one_text_has_twice(texts: tuple[list[str], list[str]], before: int, between: int) -> None:
    original, copy = texts
    text = Words([*numbered("a", before), *original, *numbered("b", between), *copy])
    (run,) = repeated(text)
    check_run(run, text, text)
    start = before + len(original) + between
    assert run.there == (before, before + len(original))
    assert run.here == (start, start + len(copy))


@settings(max_examples=100, deadline=None)
@given(parts=PARTS, picks=PICKS)
def test_places_in_one_text_do_not_overlap(parts: list[list[str]], picks: list[int]) -> None:
    text = Words([word for pick in picks for word in parts[pick % len(parts)]])
    runs = repeated(text)
    for run in runs:
        check_run(run, text, text)
        assert run.there[1] <= run.here[0]
    check_apart([Run(tuple(Piece(there, here, size) for here, there, size in run.pieces)) for run in runs])
    places: dict[tuple[str, ...], int] = {}
    for at, words in twenty_fives(text).items():
        if at - places.setdefault(words, at) >= PASSAGE:
            assert any(run.here[0] < at + PASSAGE and at < run.here[1] for run in runs)


def test_one_word_over_and_over() -> None:
    yes = ["yes"] * 100_000
    assert [run.words for run in shared(Words([*yes, *numbered("a", 50)]), Words([*yes, *numbered("b", 50)]))] == [
        100_000
    ]
    assert sum(run.words for run in repeated(Words(yes))) > 90_000


@pytest.mark.slow
@pytest.mark.parametrize("make", ["few words", "two words", "a period", "a gap"])
def test_time_grows_with_the_words_not_with_their_square(make: str) -> None:
    """Four times the words take about four times as long; sixteen times, were it quadratic."""

    def text(seed: int, size: int) -> Words:
        chance = random.Random(seed)
        if make in {"few words", "two words"}:
            return Words(chance.choices("abc" if make == "few words" else "ab", k=size))
        return Words(["x" if make == "a gap" and at % 23 == seed else f"w{at % 26}" for at in range(size)])

    def seconds(size: int) -> float:
        one, two = text(1, size), text(2, size)
        start = time.process_time()
        shared(one, two)
        repeated(one)
        return time.process_time() - start

    small, large = min(seconds(1_000) for _ in range(2)), seconds(4_000)
    assert large < max(9 * small, 0.5)


def pairs_of(texts: dict[str, str]) -> list[Duplicate]:
    documents = [document(text, path) for path, text in texts.items()]
    return list(Corpus(documents).repeats_of(documents[0]))


MARKUP = {
    "md": ("{}", "*{}*", "**{}**", "[{}](https://example.org/a)", "_{}_,", "{}\n", "{}!"),
    "mdx": ("{}", "*{}*", "**{}**", "<b>{}</b>", "{}\n", "{}{{/* a note */}}", "<Tip>{}</Tip>"),
    "html": ("{}", "<em>{}</em>", "<a href='b.html'>{}</a>", "{}&nbsp;", "{}<br>", "{},", "{}<!-- a note -->"),
}

FRAMES = {
    "md": "---\ntitle: 'A page'\n---\n\n# Heading\n\nBefore it 😀. {}\n\n{}\n",
    "mdx": "import Tip from './tip'\n\n# Heading\n\nBefore it 😀. {}\n\n<Tip>{}</Tip>\n",
    "html": "<html><head><title>A page</title></head><body><main><h1>Heading</h1>"
    "<p>Before it 😀. {}</p><p>{}</p></main></body></html>",
}


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_ranges_read_the_same_words_in_every_format(data: st.DataObject) -> None:
    original, copy = data.draw(edited())
    sources: dict[str, str] = {}
    for name, words, others in (("one", original, "Fill."), ("two", copy, "Stuff.")):
        kind = data.draw(st.sampled_from(sorted(FRAMES)))
        marks = data.draw(st.lists(st.sampled_from(MARKUP[kind]), min_size=len(words), max_size=len(words)))
        text = " ".join(mark.format(word) for mark, word in zip(marks, words, strict=True))
        sources[f"{name}.{kind}"] = FRAMES[kind].format(f"{others} {text}", others)
    (pair,) = pairs_of(sources)
    (passage,) = pair.passages
    for span, article, words in ((passage.here, pair.here, original), (passage.there, pair.there, copy)):
        source = article.source.text[slice(*span)]
        assert re.findall(r"(?<![a-z])(?:p|new)\d+", source) == words
        assert source.startswith(words[0])
        assert source.endswith(words[-1])
    assert passage.same == len(set(original) & set(copy))
    for here, there in passage.pieces:
        mine, theirs = pair.here.source.text[slice(*here)], pair.there.source.text[slice(*there)]
        assert re.findall(r"(?<![a-z])p\d+", mine) == re.findall(r"(?<![a-z])p\d+", theirs)
