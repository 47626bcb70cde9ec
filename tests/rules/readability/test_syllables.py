"""Syllables of words, and the table of those that are known."""

from __future__ import annotations

import pytest

import make_syllables
from acu_lint_rules.analysis.readability import syllables
from tests.rules.readability.texts import TABLE


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("pain", 1), ("needles", 2), ("acupuncture", 4), ("every", 3), ("people", 2), ("area", 3), ("idea", 3),
        ("patients", 2), ("natural", 3), ("healed", 1), ("treated", 2), ("don't", 1), ("wasn't", 2), ("nurse's", 2),
        ("chronic", 2), ("inflammation", 4), ("therapy", 3), ("physiotherapist", 6), ("zorbulation", 4), ("café", 2),
    ],
)  # fmt: skip
def test_syllables(word: str, count: int) -> None:
    assert TABLE[word] == count


@pytest.mark.parametrize("word", ["2019", "1,200", "7", "针灸", "β"])
def test_whole_numbers_and_other_scripts_are_no_words(word: str) -> None:
    assert syllables.load()[word] == 0


@pytest.mark.parametrize(("number", "count"), [("0.5", 4), ("2.4", 3), ("0.73", 6), ("1.38", 4)])
def test_decimals_count_as_they_are_read_aloud(number: str, count: int) -> None:
    assert TABLE[number] == count


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    table = syllables.load()
    monkeypatch.setattr(syllables, "_LIMIT", len(table) + 1)
    assert [table["zorbu"], table["zorbula"], table["zorbula"]] == [2, 3, 3]
    assert "zorbu" in table
    assert "zorbula" not in table


def test_the_table_is_made_from_first_pronunciations() -> None:
    lines = ["record R AH0 K AO1 R D", "record(2) R EH1 K ER0 D", "a.m. EY2 EH1 M", "aalto AA1 L T OW2 # name"]
    assert make_syllables.counts(lines) == {"record": 2, "aalto": 2}
