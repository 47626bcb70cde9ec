"""The one view of a sentence: its words stand where the text has them, and a question is one wherever it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acu_lint.api import Document
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.lexicon import Matcher
from acu_lint_rules.analysis.text.sentence import LONGEST, SentenceView, english_views, holding, in_block, views
from acu_lint_rules.citations import unsourced_statistic
from acu_lint_rules.trust._signals import signals
from tests.conftest import document

WORDS = st.sampled_from(
    ["Acupuncture", "eases", "pain", "they’re", "low-back", "3.5", "well,", "(so", "said)", "—", "née"]
)
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=6).map(". ".join)


def only(doc: Document) -> SentenceView:
    (view,) = views(doc)
    return view


@given(TEXTS)
def test_the_views_of_a_block_hold_each_of_its_words_once_and_in_order(text: str) -> None:
    doc = document(text + ".", "a.txt")
    for block in doc.blocks:
        made = in_block(doc, block)
        assert [word for view in made for word in view.words] == list(block.words)
        assert all(view.block is block and view.number == number for number, view in enumerate(made))


@given(TEXTS)
def test_gaps_and_words_make_up_the_text_of_a_sentence(text: str) -> None:
    for view in views(document(text + ".", "a.txt")):
        pieces = (gap + word.text for gap, word in zip(view.gaps, view.words, strict=True))
        assert view.sentence.text.startswith("".join(pieces))


@given(TEXTS)
def test_one_scan_of_a_page_finds_what_a_scan_of_each_sentence_finds(text: str) -> None:
    doc = document(text + ".", "a.txt")
    terms = Matcher({"what": ["acupuncture eases", "pain", "pain acupuncture"], "how": ["low-back", "eases 3.5"]})
    each = [(view, terms.scan(view.tokens)) for view in english_views(doc)]
    assert holding(doc, terms) == [(view, found) for view, found in each if found]


@given(TEXTS, st.data())
def test_a_range_of_words_is_where_they_stand(text: str, data: st.DataObject) -> None:
    for view in views(document(text + ".", "a.txt")):
        first = data.draw(st.integers(0, len(view) - 1))
        last = data.draw(st.integers(first + 1, len(view)))
        start, end = view.text_range(first, last)
        assert view.sentence.text[start:end].startswith(view.words[first].text)
        assert view.sentence.text[start:end].endswith(view.words[last - 1].text)


@given(TEXTS)
def test_clauses_part_a_sentence_without_a_word_left_over(text: str) -> None:
    for view in views(document(text + ".", "a.txt")):
        assert [word for clause in view.clauses for word in view.tokens[clause.first : clause.last]] == list(
            view.tokens
        )
        assert [view.clause_number(clause.first) for clause in view.clauses] == list(range(len(view.clauses)))


def test_a_sentence_of_any_length_is_read_in_parts() -> None:
    doc = document("word " * (2 * LONGEST + 7) + "end.", "a.txt")
    assert [len(view) for view in views(doc)] == [LONGEST, LONGEST, 8]
    assert [view.continued for view in views(doc)] == [False, True, True]


def test_words_are_counted_by_their_lemmas_and_known_to_stand_in_a_quotation() -> None:
    view = only(document('Some say "cupping cures headaches" and mean it.', "a.txt"))
    assert list(view.lemmas)[2:5] == ["cupping", "cure", "headache"]
    assert view.in_quotation(2, 5)
    assert not view.in_quotation(0, 2)


def test_what_is_outside_a_sentence_is_nothing() -> None:
    view = only(document("Cupping eases pain.", "a.txt"))
    assert (view.token(-1), view.token(3), view.gap_after(2), view.flags(7)) == ("", "", ".", t.NOTHING)
    assert not view.capital(-1)
    assert not view.possessive(3)


@pytest.mark.parametrize(
    "text",
    [
        "Does cupping help {}?",
        '"Does cupping help {}?"',
        "(Does cupping help {}?)",
        "“Does cupping help {}?”",
        'A reader asks: "Does cupping help {}?"',
        "**Does cupping help {}?**",
    ],
)
def test_a_question_is_one_in_quotation_marks_and_brackets_too(text: str) -> None:
    doc = document(text.format("70% of patients"))
    assert only(doc).is_question
    assert list(unsourced_statistic.check(doc)) == []


@pytest.mark.parametrize("text", ["# Does cupping help", "# Why cupping is quick, and how to ask", "# What is cupping"])
def test_a_heading_asks_without_a_question_mark(text: str) -> None:
    assert only(document(text)).is_question == (text != "# Why cupping is quick, and how to ask")


@pytest.mark.parametrize(
    "text", ["Cupping eases pain, so why not try it?", "Cupping eases pain, right?", "It eases pain."]
)
def test_a_statement_with_a_tag_behind_it_is_none(text: str) -> None:
    assert not only(document(text, "a.txt")).is_question


def test_an_item_knows_what_introduces_it_and_a_paragraph_its_heading() -> None:
    doc = document("# Moxa\n\nSome text. It may ease:\n\n- pain\n- sleep\n")
    *_, paragraph, pain, sleep = views(doc)
    assert pain.lead is sleep.lead is paragraph
    assert (paragraph.lead, pain.kind, paragraph.heading) == (None, "item", pain.heading)
    assert "Moxa" in paragraph.heading


def test_the_views_are_made_once_and_none_of_them_in_another_language() -> None:
    doc = document("Acupuncture eases pain.", "a.txt")
    assert only(doc) is only(doc)
    german = document(
        "Die Akupunktur ist eine Methode, die sich an den Punkten der Haut und der Muskeln zeigt. " * 4, "a.txt"
    )
    assert english_views(german) == ()
    assert all(not view.tags for view in views(german))


def test_a_phrase_does_not_reach_over_the_end_of_a_sentence() -> None:
    """'leave marks' is a harm; with a dot between that ends a line it is two words of two sentences."""
    assert not signals(document("Cup leave \u00b7 marks"))
    assert "risks" in signals(document("The cups leave marks."))
