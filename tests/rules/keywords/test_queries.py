"""Pasted queries, as a writer meets them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from acu_lint.api import Severity
from acu_lint_rules.analysis.keyphrases.queries import queries
from acu_lint_rules.keywords import pasted_query
from tests.conftest import document
from tests.rules.keywords.texts import TEXTS, actual


@given(TEXTS)
def test_every_query_is_inside_its_block_and_none_overlap(text: str) -> None:
    doc = document(text)
    found = queries(doc)
    for query in found:
        assert 0 <= query.start < query.end <= len(query.block.text)
        assert query.block.text[query.start : query.end].strip() == query.block.text[query.start : query.end]
    for first, later in pairwise(found):
        assert first.block is not later.block or first.end <= later.start


@pytest.mark.parametrize(
    "subject", ["yoga", "Gua sha", "dry needling", "CBD oil", "traditional Chinese medicine", "laser therapy"]
)
def test_any_therapy_in_the_singular_needs_a_verb_that_agrees(subject: str) -> None:
    doc = document(f"This is why {subject} reduce chronic shoulder pain for many.")
    assert [actual(doc, hit) for hit in pasted_query.check(doc)] == [f"{subject} reduce chronic shoulder pain"]
    assert not queries(document(f"This is why {subject} reduces chronic shoulder pain for many."))


@pytest.mark.parametrize(
    "text",
    [
        "Can daily yoga reduce stress?",
        "Would you let massage ease your headache?",
        "Both yoga and massage reduce stress.",
        "Patients who try massage manage pain with fewer pills.",
        "Studies of massage reduce pain to one number.",
        "Doctors recommend that massage relieve the tension first.",
        "Use massage. Treat pain early.",
        "Physical therapy exercises help back pain.",
    ],
)
def test_correct_grammar_is_left_alone(text: str) -> None:
    assert not queries(document(text))


def test_a_clause_is_an_error_and_a_bare_line_a_warning() -> None:
    clause, line = pasted_query.check(document("Our massage. See how yoga cure asthma.\n\nyoga for asthma near me"))
    assert clause.severity is None  # the card's own: error
    assert clause.data == {"query": "yoga cure asthma", "therapy": "yoga", "condition": "asthma"}
    assert line.severity is Severity.WARNING


def test_wrapped_lines_of_plain_text_are_no_orphans() -> None:
    wrapped = "Before you book\nmassage for knee pain\nask your doctor."
    assert not queries(document(wrapped, "a.txt"))
    assert queries(document(wrapped.replace("\n", "\n\n"), "a.txt"))
