"""What counts as a risk, an exclusion, a warning sign and a limit of the evidence, and what only looks like one."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acu_lint.parse import parse
from acu_lint_rules.trust._dates import contradiction
from acu_lint_rules.trust._reviewed import unsigned
from acu_lint_rules.trust._signals import signals, trust

TODAY = datetime.date(2026, 11, 21)


def found(text: str, title: str = "Cupping for back pain") -> set[str]:
    """The signals of a page."""
    return set(signals(parse("page.md", f"# {title}\n\n{text}\n", today=TODAY)))


@pytest.mark.parametrize(
    "text",
    [
        "You may be sore for a day afterwards.",
        "A session can leave the skin tender, and the treatment may sting.",
        "Cupping is not suitable if your skin is broken.",
        "## Who should avoid it\n\nThis is a list of who should avoid it.",
        "Speak to your doctor first if you take steroids.",
        "Talk to your GP before you start if you bleed easily.",
        "The treatment is unsuitable for toddlers.",
        "The cups can be uncomfortable.",
        "Contra-indications: fresh burns.",
    ],
)
def test_soreness_and_exclusions_are_risks(text: str) -> None:
    assert "risks" in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Cupping relieves soreness.",
        "You feel sore after a day in the garden.",
        "You should avoid sugar.",
        "Eat until you feel full, not uncomfortable.",
        "See your doctor before your birthday if you like.",
        "It has no side effects.",
    ],
)
def test_complaints_and_advice_on_food_are_none(text: str) -> None:
    assert "risks" not in found(text)


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("I was so sore that my back could hurt after every session before I came here.", "risks"),
        ("Yes, cupping is one of the safest treatments if you are pregnant.", "caution"),
    ],
)
def test_a_patients_story_and_praise_are_none(text: str, signal: str) -> None:
    assert signal not in found(text)


def test_a_page_about_no_therapy_has_no_risks_to_tell() -> None:
    doc = parse("page.md", "# What arthritis is\n\nAn infection can make a joint worse.\n", today=TODAY)
    assert trust(doc)["risks"] is trust(doc)["contraindications"] is False


def test_the_risks_of_an_operation_are_its_own_in_an_article_about_it() -> None:
    text = "Surgery carries risks."
    assert "risks" in found(text, "Sleeve surgery")
    assert "risks" not in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Go to A&E if you cannot feel your legs.",
        "Get help straight away if a leg gives way.",
        "Ring 111 if it gets worse.",
        "Call 000 for an ambulance.",
        "See a doctor if it lasts for six weeks.",
        "## When to worry\n\nYour legs tingle.",
        "Some people lose control of the bladder. In that case somebody should look at you immediately.",
    ],
)
def test_warning_signs_in_other_words(text: str) -> None:
    assert "red_flags" in found(text)


@pytest.mark.parametrize(
    "text", ["Book without delay.", "We are open on 24 hours of the day.", "It reaches the bladder."]
)
def test_hurry_alone_is_no_warning_sign(text: str) -> None:
    assert "red_flags" not in found(text)


@pytest.mark.parametrize("text", ["It is anecdotal.", "It has not been studied in people.", "Experts disagree."])
def test_limits_of_the_evidence_in_other_words(text: str) -> None:
    assert "uncertainty" in found(text)


@pytest.mark.parametrize("text", ["Ask your dentist.", "Your dermatologist can tell.", "Report it to your prescriber."])
def test_other_doctors_are_doctors(text: str) -> None:
    assert "disclaimer" in found(text)


def test_a_dentist_who_sells_is_nobody_to_ask() -> None:
    assert "disclaimer" not in found("Visit our dentist. A skilled dentist can help your smile.")


LABELS = ["Medically reviewed", "Fact-checked by our medical team", "Expert-reviewed", "Reviewed by qualified dentists"]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize(
    "frame", ["{}", "✓ {}", "willow.example • {} • 3 May 2026", "- {} on 3 May 2026", "**{}**", "{}\r\n"]
)
def test_a_review_by_nobody_is_marked_by_its_words(label: str, frame: str) -> None:
    doc = parse("page.md", f"# Cups é\n\n{frame.format(label)}\n\nMarks fade.\n", today=TODAY)
    claim = unsigned(doc)
    assert claim
    assert doc.source.text[slice(*claim.span)] == label == claim.text


@pytest.mark.parametrize(
    "text",
    [
        "Medically reviewed by Ana Silva, MD",
        "Medically reviewed\n\nBy Ana Silva",
        "Reviewed by the Willow Vale Hospital medical team",
        "Have it checked by your doctor.",
        "- Checked by your doctor",
        "Doctor-reviewed plans from 40 pounds",
        "This page has not been medically reviewed.",
        "Choose medically reviewed websites.",
        "Is this page medically reviewed?",
        "> Medically reviewed",
        "The results are reviewed by our doctors before you come.",
    ],
)
def test_other_reviews_are_left_alone(text: str) -> None:
    assert unsigned(parse("page.md", f"# Cups\n\n{text}\n\nMarks fade.\n", today=TODAY)) is None


def test_a_reviewer_in_front_matter_or_structured_data_signs_the_badge() -> None:
    badge = "\n\nMedically reviewed\n\nMarks fade.\n"
    assert unsigned(parse("page.md", f"---\nreviewed_by: Ana Silva\n---{badge}", today=TODAY)) is None
    assert unsigned(parse("page.md", f"---\nreviewed: true\n---{badge}", today=TODAY)) is not None


@given(
    st.lists(
        st.sampled_from([*LABELS, "by", "Ana Silva", "•", "\n", "our", "team", "?", "reviewed", "é", "“"]), max_size=12
    )
)
def test_what_is_marked_stands_in_the_text(parts: list[str]) -> None:
    doc = parse("page.md", " ".join(parts), today=TODAY)
    claim = unsigned(doc)
    assert claim is None or doc.source.text[slice(*claim.span)].split() == claim.text.split()


@pytest.mark.parametrize("front", ["updated: 9999-12-31\ndate: 2024-01-01", "date: 9999-12-31\ndraft: true"])
def test_the_last_day_of_the_calendar_is_a_date(front: str) -> None:
    doc = parse("page.md", f"---\n{front}\n---\n\n# Cupping\n\nPublished: 1 May 2020.\n", today=TODAY)
    contradiction(doc, days_ahead=180)
