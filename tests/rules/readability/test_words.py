"""Hard words, terms and abbreviations."""

from __future__ import annotations

from typing import Any

import pytest

from acu_lint.document.vocabulary import Vocabulary
from acu_lint_rules.readability import (
    acronym,
    complex_word,
    jargon,
)
from tests.conftest import document


def expected(rule: Any, text: str, **options: Any) -> list[tuple[str, tuple[str, ...]]]:
    doc = document(text)
    return [(doc.source.text[slice(*hit.span)], hit.expected) for hit in rule.check(doc, **options)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Utilizing heat helps.", [("Utilizing", ("Using",))]),
        ("It was facilitated.", [("facilitated", ())]),
        ("A sufficient amount.", [("sufficient", ())]),
        ("Most need a numerous lot.", [("numerous", ())]),
        ("It helps the majority of people.", [("the majority of", ("most",))]),
        ("It helps the majority of the people.", [("the majority of", ())]),
        ("Prior to that, we rest. Later, prior to this.", [("Prior to", ("Before",))]),
        ("We commence to utilize it.", [("commence", ("start",))]),
        ("He expedites it.", [("expedites", ("speeds up",))]),
    ],
)
def test_the_everyday_word_replaces_the_formal_one_where_it_can(
    text: str, found: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert expected(complex_word, text) == found


def test_terms_have_plain_words_and_are_told_once() -> None:
    text = "Analgesics may help. Some analgesics make you sleepy. The vagus nerve slows the heart."
    assert expected(jargon, text) == [("Analgesics", ("Painkillers",)), ("vagus nerve", ())]


@pytest.mark.parametrize(
    "gloss",
    [
        "Fascia (the thin tissue around muscles) is tough.",
        "Fascia is the thin tissue around muscles.",
        "Fascia, the thin tissue around muscles, is tough.",
        "Fascia, which lies around the muscles, is tough.",
        "Fascia – thin tissue – is tough.",
        "The thin tissue around muscles (called the fascia) is tough.",
        "We speak of thin tissue, or fascia.",
        "There is a tissue called “fascia”.",
        "We press the fascia. This is a thin tissue.",
        "We press the [fascia](/words#fascia).",
        "We press the fascia. It is tough.\n\nFascia means a band.",
        "We press the fascia.\n\n- **Fascia**: a thin tissue",
    ],
)
def test_a_term_that_is_explained_somewhere_is_fine(gloss: str) -> None:
    assert expected(jargon, gloss) == []


def test_the_words_of_a_project_need_no_explanation() -> None:
    words = Vocabulary(interventions=("gua sha",), conditions=("Lordosis",), brands=("QXR Mat",))
    text = "We offer gua sha for lordosis on the QXR mat."
    assert [hit.data["match"] for hit in jargon.check(document(text))] == ["gua sha"]
    assert [hit.data["match"] for hit in acronym.check(document(text))] == ["QXR"]
    doc = document(text, vocabulary=words)
    assert not [*jargon.check(doc), *acronym.check(doc)]


def test_an_abbreviation_is_written_out_in_the_plural_too() -> None:
    text = "We read nine RCTs. An RCT takes years. We found QQRS scales."
    assert expected(acronym, text) == [("RCTs", ("randomised controlled trials (RCTs)",)), ("QQRS", ())]


@pytest.mark.parametrize(
    "text",
    [
        "A quick quiz on rest scores (QQRS) is new. The QQRS is short.",
        "The QQRS (quick quiz on rest scores) is short.",
        "The QQRS, or quick quiz, is short.",
        "QQRS stands for quick quiz. The QQRS is short.",
        "A quick quiz, also called QQRS, is short.",
        "QQRS: a quick quiz.\n\nThe QQRS is short.",
        "We use the Quick Quiz of Rest Scores. The QQRS is short.",
        "## What is the quick quiz (QQRS)?\n\nThe QQRS is short.",
        "The QQRS is short.\n\n*[QQRS]: quick quiz",
    ],
)
def test_an_abbreviation_that_is_written_out_somewhere_is_fine(text: str) -> None:
    assert expected(acronym, text) == []


def test_brackets_with_other_words_do_not_write_out_an_abbreviation() -> None:
    assert [words for words, _ in expected(acronym, "The QQRS (see below) is short.")] == ["QQRS"]
