"""Texts that the tests of readability share, and the rules that have no limit of their own."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from acu_lint_rules.analysis.readability import syllables
from acu_lint_rules.readability import (
    acronym,
    complex_word,
    heading_structure,
    jargon,
    long_paragraph,
    passive,
    truncated_sentence,
    wall_of_text,
)

NEW: list[Any] = [
    acronym, complex_word, heading_structure, jargon, long_paragraph, passive, truncated_sentence, wall_of_text
]  # fmt: skip

TABLE = syllables.load()

WORDS = [
    "the", "pain", "often", "needle", "walking", "people", "medicine", "acupuncture", "inflammation", "physician",
    "don't", "area", "science", "treated", "table", "rhythm", "caused", "houses", "society", "naturally", "you",
]  # fmt: skip

SENTENCES = st.lists(st.lists(st.sampled_from(WORDS), min_size=3, max_size=25), min_size=1, max_size=12)


def prose(sentences: list[list[str]]) -> str:
    return " ".join(" ".join(words).capitalize() + "." for words in sentences)


HARD = (
    "# Evidence\n\nThe interpretation of contemporary investigations is complicated by considerable variability. "
    "Easy as it is, this is a short one that we can all read and like. The sun is out and it is warm today.\n"
)

LONG = (
    "Take the pills with water at the same time each day, and call the nurse if you feel sick or dizzy, "
    "or if your heart beats too fast.\n"
)
