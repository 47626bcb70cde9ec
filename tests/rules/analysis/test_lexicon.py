"""Terms are found as somebody would who tries each of them at each word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from acu_lint_rules.analysis.text.lexicon import Matcher, Range, folded, matcher, spellings, terms
from acu_lint_rules.analysis.text.rare_phrases import phrases_of
from tests.conftest import document

WORDS = ("in", "the", "a", "back", "pain", "pain-free", "wellbeing", "well-being", "non-invasive", "noninvasive")
PHRASES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
RARE = tuple(term for name in ("boilerplate", "clickbait", "placeholder") for term in terms(name))


def _tried(lists: Mapping[str, Sequence[str]], words: Sequence[str]) -> list[Range]:
    """The longest term at each word behind the last one found; the first section that has it wins."""
    found: list[Range] = []
    at = 0
    while at < len(words):
        rows = [
            (row, term, section)
            for section, group in lists.items()
            for term in group
            for row in spellings(term)
            if tuple(words[at : at + len(row)]) == row
        ]
        if rows:
            row, term, section = max(rows, key=lambda each: len(each[0]))
            found.append(Range(at, at + len(row), term, section))
        at = found[-1].last if rows else at + 1
    return found


@given(
    st.dictionaries(st.sampled_from(("one", "two")), st.lists(PHRASES, min_size=1, max_size=6), min_size=1),
    st.lists(st.sampled_from((*WORDS, "free", "well", "being", "knee")), max_size=20),
)
def test_terms_are_found_longest_first_from_left_to_right(lists: dict[str, list[str]], words: list[str]) -> None:
    assert Matcher(lists).scan(words) == _tried(lists, words)


@settings(deadline=None)  # the first example reads the lists
@given(st.lists(st.lists(st.sampled_from((*RARE, "and", "we", "know", "today")), max_size=4).map(" ".join), max_size=5))
def test_rare_phrases_are_found_in_every_block_that_has_one(paragraphs: list[str]) -> None:
    doc = document("\n\n".join(paragraphs))
    for name in ("boilerplate", "clickbait", "placeholder"):
        found = [(block.index, each) for block, each in phrases_of(doc, name)]
        assert found == [
            (block.index, each)
            for block, words in zip(doc.blocks, folded(doc), strict=True)
            for each in matcher(name).scan(words)
        ]
