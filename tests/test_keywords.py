"""Keyphrases, pasted queries and the stuffing score, as a writer meets them."""

from __future__ import annotations

import datetime
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acu_lint.api import Document, Hit, Severity
from acu_lint.parse import parse
from acu_lint_rules.analysis.keyphrases import (
    declared,
    keyphrase,
    keyphrase_count,
    keyphrases,
    repeated,
    stems_of,
)
from acu_lint_rules.analysis.queries import queries
from acu_lint_rules.analysis.stuffing import parts, stuffing_score
from acu_lint_rules.keywords import pasted_query, stuffing

WORDS = st.sampled_from(
    "massage cupping helps help relieve knee neck pain for the best cheap clinic near me it they because walk. Today, "
    "session; “quoted” therapies stories story 12 3.5 \n\n - # * I'm café 😀".split(" ")
)
TEXTS = st.lists(WORDS, max_size=120).map(" ".join)

HONEST = """# Walking with a sore knee

Most sore knees calm down within a month. Keep moving: a short walk twice a day is better than a week on the sofa.

See a doctor when the joint is hot or locked. They will look at it, bend it, and send you for a scan only if a fracture
is likely.

Some people try massage. It feels good, and for a day or two it may take the edge off the pain.
"""
STUFFED = """# Knee massage

Looking for the best knee massage? Our knee massage is the best knee massage for sale online. Buy cheap knee massage
from us, because knee massage for runners and knee massage for seniors is what we sell. The best price for knee massage
is right here: great knee massage deals, free knee massage samples, perfect knee massage for you.
"""


def document(text: str, path: str = "a.md") -> Document:
    return parse(path, text, today=datetime.date(2026, 11, 21))


def actual(doc: Document, hit: Hit) -> str:
    return doc.source.text[hit.span.start : hit.span.end]


def stuffed(text: str, **options: float) -> list[Hit]:
    return list(stuffing.check(document(text), **options))  # type: ignore[arg-type]


# --- keyphrases


@pytest.mark.parametrize(
    ("front", "phrases"),
    [
        ("keyphrase: knee massage", ("knee massage",)),
        ("focus_keyword: knee massage, massage leeds", ("knee massage", "massage leeds")),
        ("focusKeyword: knee massage", ("knee massage",)),
        ("_yoast_wpseo_focuskw: knee massage", ("knee massage",)),
        ("yoast: {focuskw: knee massage}", ("knee massage",)),
        ("rank_math_focus_keyword: knee massage", ("knee massage",)),
        ("keywords: [knee massage, health]", ("knee massage",)),  # a single word is a tag, not a keyphrase
        ("keyphrase: 12", ()),
        ("keyphrase: [", ()),
    ],
)
def test_the_front_matter_declares_keyphrases(front: str, phrases: tuple[str, ...]) -> None:
    assert declared(document(f"---\n{front}\n---\n\nText.")) == phrases


def test_html_keywords_declare_keyphrases() -> None:
    page = '<html><head><meta name="keywords" content="knee massage, leeds"></head><body><p>Text.</p></body></html>'
    assert declared(document(page, "a.html")) == ("knee massage",)


def test_order_inflection_and_small_words_do_not_matter() -> None:
    doc = document(
        "---\nkeyphrase: massage for knee pain\n---\n\nA massage for knee pain. Knee pain massages? "
        "Massages for your knee pain. No massage, knee pain. Massage worsens knee pain."
    )
    assert [place.text for place in keyphrases(doc)[0].occurrences] == [
        "massage for knee pain", "Knee pain massages", "Massages for your knee pain",
    ]  # fmt: skip
    assert keyphrase_count(doc) == 3


def test_a_declared_keyphrase_that_is_never_used_is_known() -> None:
    doc = document("---\nkeyphrase: knee massage\n---\n\nWe like tea.")
    assert (keyphrase(doc), keyphrase_count(doc)) == ("knee massage", 0)


def test_without_a_declaration_the_most_repeated_phrase_is_the_keyphrase() -> None:
    text = "## Thai foot massage\n\nA Thai foot massage is slow.\n\nWho has Thai foot massages? Sore feet do."
    doc = document(text)
    assert keyphrase(doc) == "thai foot massage"
    assert keyphrase_count(doc) == 3
    assert keyphrases(doc)[0].spread == pytest.approx(0.3)


def test_tables_references_and_links_do_not_count() -> None:
    row = "| sleep hygiene for adults | 1 |\n"
    links = "".join(f"- [sleep hygiene for adults](/{number})\n" for number in range(5))
    assert keyphrase(document(f"| a | b |\n| - | - |\n{row * 5}\n\n{links}\n\nText.")) == ""


@given(TEXTS)
def test_every_place_of_a_phrase_spells_its_words(text: str) -> None:
    doc = document(text)
    for phrase in (*keyphrases(doc), *repeated(doc)):
        for place in phrase.occurrences:
            assert place.text == place.block.text[place.start : place.end]
            assert stems_of(place.text) == phrase.stems
            assert doc.source.text[place.span.start : place.span.end].startswith(place.text.split()[0])


# --- pasted queries


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


# --- stuffing


def test_an_honest_text_is_left_alone_and_scores_low() -> None:
    assert not stuffed(HONEST)
    assert stuffing_score(document(HONEST)) < 0.1


def test_a_stuffed_text_scores_high_and_every_place_is_listed() -> None:
    doc = document(STUFFED)
    (hit,) = stuffing.check(doc)
    assert stuffing_score(doc) > 0.9
    assert actual(doc, hit) == "knee massage"
    assert hit.data["count"] == 11
    assert len(hit.related) == 10
    assert all(doc.source.text[r.span.start : r.span.end].lower() == "knee massage" for r in hit.related)


def test_density_alone_says_nothing() -> None:
    text = "# Gout\n\n" + "\n\n".join(
        f"{start} gout {rest}"
        for start, rest in [
            ("Attacks of", "begin at night, and the big toe is hot by morning."),
            ("Beer is a classic trigger of", "because of its purines; wine is less so."),
            ("A doctor who suspects", "takes fluid from the joint and looks for crystals."),
            ("Tablets against", "work best when they are begun on the first day."),
            ("Between the attacks of", "most people feel nothing at all."),
            ("Your weight matters in", "and losing a little is worth it, so we help you to plan meals."),
        ]
    )
    assert not stuffed(text)


def test_the_threshold_is_an_option() -> None:
    score = stuffing_score(document(STUFFED))
    assert stuffed(STUFFED, threshold=score)
    assert {hit.message for hit in stuffed(STUFFED, threshold=1.0)} <= {"crowded"}


def test_a_pasted_query_that_comes_back_is_an_error() -> None:
    broken = "Here is why massage relieve neck pain at night."
    text = f"{broken}\n\nMassage relieves neck pain.\n\nOn Sunday massage relieves neck pain.\n\n{broken}"
    doc = document(text)
    (hit,) = stuffing.check(doc)
    assert (hit.message, hit.severity) == ("broken", Severity.ERROR)
    assert (hit.data["count"], hit.data["broken"]) == (4, 2)
    assert hit.span.start == text.index("massage")


@given(TEXTS)
def test_the_score_is_between_0_and_1(text: str) -> None:
    doc = document(text)
    assert 0 <= stuffing_score(doc) <= 1
    assert all(0 <= share <= 1 for share in parts(doc)[:4])
    list(stuffing.check(doc))


def test_a_text_without_words_scores_0() -> None:
    assert stuffing_score(document("")) == 0
    assert keyphrase(document("")) == ""


@pytest.mark.parametrize(
    "unit",
    [
        "yoga ",
        "yoga for neck pain ",
        "yoga help neck pain. ",
        "massage near me ",
        "yoga neck pain, ",
        "asking about “Is ",
    ],
)
def test_hostile_text_takes_no_long_time(unit: str) -> None:
    doc = document(unit * (100_000 // len(unit)))
    start = time.process_time()
    list(pasted_query.check(doc))
    list(stuffing.check(doc))
    assert time.process_time() - start < 15  # seconds; quadratic time would be minutes
