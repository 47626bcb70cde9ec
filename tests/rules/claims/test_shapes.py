"""Claims in the shapes people write them, each beside a sentence of the same words that is fine."""

from __future__ import annotations

import json

import pytest

from acu_lint.engine.engine import Engine, Settings
from acu_lint.rules.finding import Finding, Severity
from acu_lint.testing import cases, load_pack, marked
from acu_lint_rules.analysis.claims.claim import claims
from acu_lint_rules.analysis.claims.promotion import promotes
from tests.conftest import document

PACK = load_pack("acu_lint_rules")
CLAIMS = frozenset(card.id for card in PACK.cards.values() if card.family == "claims")
ANALYSIS = Settings(CLAIMS, shared={"reader": False})
SHOP = "Our clinic in Leeds is open daily. Call us today and book a visit with our team.\n\n"
LEAFLET = "Ask your doctor if symptoms last. The evidence is limited, and trials disagree.\n\n"


def findings(text: str, path: str = "a.md") -> list[Finding]:
    """What the rules about claims say of a text, notes apart."""
    engine = Engine(PACK, ANALYSIS)
    found = engine.check(document(text, path))
    assert not engine.faults
    return [finding for finding in found if finding.severity is not Severity.INFO]


def heard(text: str) -> list[str]:
    return [finding.actual for finding in findings(SHOP + text)]


# --- whose claim it is


def test_a_page_that_sells_is_told_by_its_words() -> None:
    assert promotes(document(SHOP))
    assert not promotes(document(LEAFLET))
    assert not promotes(document("The weather was fine, and we went home."))


@pytest.mark.parametrize(
    ("sold", "fine"),
    [
        # what people do, and what no list knows
        ("These slow touches relieve back pain.", "A balanced diet helps prevent heart disease."),
        ("Tilting the sacrum restores balance.", "The brain helps to control balance."),
        ("It soothes sore throats.", "Cold weather worsens sore throats."),
        # the people of the clinic
        ("Our therapists eliminate neck pain.", "Our therapists treat neck pain."),
        ("We can relieve your migraine.", "We see people with migraine."),
        # slogans and orders
        ("Drug-free relief from back pain.", "Opening hours for people with back pain."),
        ("Restore your energy.", "Tips for better days:\n\n- Restore your energy with a walk"),
        # what it is made for, and what it can do
        ("A blend designed to relieve anxiety.", "A room designed for people with anxiety."),
        ("This serum can reduce fine lines.", "Sunlight can cause fine lines."),
        # theory of the body
        ("A blockage of the chakras causes fatigue.", "A blockage of the drain causes floods."),
        ("Fatigue is a sign of stagnation.", "Fatigue is a sign of anaemia."),
        ("Subluxations irritate your nerves.", "Wasps irritate your guests."),
        # what hands do is no effect
        ("Our filler smooths your fine lines.", "The dentist removes the tooth and cleans the gap."),
        ("The serum reduces wrinkles.", "Your symptoms may include swelling and reduced mobility."),
    ],
)
def test_what_a_page_that_sells_leaves_unsaid_is_its_offer(sold: str, fine: str) -> None:
    assert heard(sold)
    assert not heard(fine)


@pytest.mark.parametrize(
    "text",
    ["It soothes sore throats.", "Restore your energy.", "Our way of working reduces stress.", "Fewer headaches."],
)
def test_the_same_words_on_a_leaflet_sell_nothing(text: str) -> None:
    assert not findings(LEAFLET + text)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("---\nproduct: Velluna\n---\nVelluna relieves back pain.", "a.md"),
        (
            '<script type="application/ld+json">{"@type": "Product", "name": "Velluna"}</script>'
            "<p>Velluna relieves back pain.</p>",
            "a.html",
        ),
    ],
)
def test_the_product_of_a_page_is_known(text: str, path: str) -> None:
    assert [finding.actual for finding in findings(text, path)] == ["relieves back pain"]
    assert not findings("Velluna relieves back pain.")


# --- lists and their leads

COMPLAINTS = "\n\n- Sciatica\n- Neck pain\n- Whiplash\n- Migraine\n"


@pytest.mark.parametrize(
    "lead",
    [
        "## Conditions we treat", "## What we treat", "Reiki helps with:", "We offer massage. It is effective for:",
        "## Which conditions do chiropractors treat?",
    ],
)  # fmt: skip
def test_a_list_of_complaints_is_one_finding_on_its_lead(lead: str) -> None:
    (finding,) = findings(f"{SHOP}{lead}{COMPLAINTS}")
    assert finding.actual in lead
    assert [place.start.line for place in finding.related] == [5, 6, 7, 8]
    assert "4 complaints" in finding.message


@pytest.mark.parametrize(
    "lead",
    [
        "## Symptoms that need a doctor", "Massage may help with:", "Massage does not help with:",
        "See a doctor if you have:",
        "## Types of headache", "## When not to have a massage",
    ],
)  # fmt: skip
def test_other_lists_of_complaints_are_fine(lead: str) -> None:
    assert not heard(f"{lead}{COMPLAINTS}")


def test_can_help_with_is_a_note() -> None:
    found = Engine(PACK, ANALYSIS).check(document(f"{SHOP}Massage can help with:{COMPLAINTS}"))
    assert [finding.severity for finding in found] == [Severity.INFO]


def test_a_forbidden_complaint_of_a_list_is_one_finding_more() -> None:
    text = "# Acupuncture\n\nAcupuncture helps with:\n\n- neck pain\n- cancer\n- diabetes\n"
    assert [(f.rule, f.actual, f.severity) for f in findings(text)] == [
        ("claims/efficacy", "Acupuncture helps with", Severity.WARNING),
        ("claims/condition", "cancer", Severity.ERROR),
        ("claims/condition", "diabetes", Severity.ERROR),
    ]


def test_the_head_of_a_column_leads_its_cells() -> None:
    table = "| We treat | Minutes |\n|---|---|\n| Sciatica | 20 |\n| Migraine | 30 |\n| Neck pain | 30 |\n"
    assert heard(table) == ["We treat"]
    assert not heard(table.replace("We treat", "Symptoms"))


@pytest.mark.parametrize(
    "text",
    [
        "Benefits of reiki:\n\nStage one\n\n- reduces stress\n- costs little",
        "<p>Benefits of reiki:</p><ol><li>reduces stress</li><li>costs little</li></ol>",
        "## Benefits\n\n- reduces stress\n- costs little",
    ],
)
def test_an_item_inherits_from_its_lead(text: str) -> None:
    path = "a.html" if text.startswith("<") else "a.md"
    text = text if path == "a.html" else SHOP + text
    assert [finding.actual for finding in findings(text, path)] == ["reduces stress"]


# --- patients


REVIEW = "> I came to Dr Reed in May. My knees are so much better. I sleep through. I thank the whole team.\n"


def test_a_review_is_one_passage() -> None:
    found = findings(SHOP + REVIEW)
    assert [(f.rule, f.actual) for f in found] == [
        ("claims/testimonial", "My knees are so much better"), ("claims/testimonial", "sleep through"),
    ]  # fmt: skip
    assert found[0].related[0].start == found[1].start
    assert found[1].related[0].start == found[0].start


def test_praise_of_the_service_is_none() -> None:
    assert not heard("> I came to Dr Reed in May. The rooms are bright and parking is easy. I thank the whole team.\n")


def test_a_therapist_who_speaks_of_a_trade_is_no_patient() -> None:
    assert not heard("I thank my clients for their trust. It is so much better to work here.")


def test_a_success_rate_of_ones_own_is_an_error() -> None:
    (finding,) = findings(SHOP + "Our success rate is 92%.")
    assert (finding.rule, finding.severity) == ("claims/testimonial", Severity.ERROR)
    assert not heard("Several factors affect the success rate of each clinic in 2024.")


def test_reviews_in_structured_data_are_told() -> None:
    data = {"@type": "Product", "name": "Balm", "aggregateRating": {"ratingValue": 4.9, "reviewCount": 12}}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    page = f"<html><head>{head}</head><body><p>{SHOP}</p></body></html>"
    found = Engine(PACK, ANALYSIS).check(document(page, "a.html"))
    assert [finding.data["match"] for finding in found] == ["review"]


# --- comparisons, safety, promises in other words


@pytest.mark.parametrize(
    ("claim", "fine"),
    [
        ("Our reiki is the best in town.", "Ask which therapy is best for you."),
        ("Reiki lasts longer than medication.", "A session lasts longer than an hour."),
        ("The laser is painless.", "Show a painless lump to a doctor."),
        ("Our massage is suitable for all ages.", "The waiting room has toys for all ages."),
        ("Cupping with no downtime.", "Rest for a day after cupping."),
        ("Feel relief in just three sessions.", "A course has three sessions."),
        ("Our herbs do not have any side effects.", "Our herbs can have side effects."),
        ("A massage with us is completely safe.", "Keep the oil in a safe place."),
        ("We fix the root cause of your pain.", "We look for the cause with you."),
        ("You can heal without surgery.", "Plan a break of six weeks after surgery."),
        ("Medication only masks your pain.", "Take your medication as usual."),
        ("The results last a lifetime.", "Habits last a lifetime."),
    ],
)
def test_other_words_for_the_best_the_safest_and_the_fastest(claim: str, fine: str) -> None:
    assert heard(claim)
    assert not heard(fine)


# --- exemptions


@pytest.mark.parametrize(
    "text",
    [
        "Thyme fights infections.",  # the complaint is no risk that is named
        "Massage relieves pain from an old injury.",
        "Reiki reduces stress without serious side effects and with few complications.",
    ],
)
def test_a_complaint_that_is_fought_or_denied_is_no_warning(text: str) -> None:
    assert heard(text)


@pytest.mark.parametrize(
    "text",
    [
        "Massage relaxes you, but it may cause bruising and soreness.",
        "Avoid:\n\n- “Cures arthritis”\n- “Relieves all pain”",
        "A common argument is that “reiki relieves pain”.",
        "Some herbs can reduce stress.",
        "A friend said: “Reiki relieves back pain.” But trials found no difference.",
        "The supplement confers no benefits to muscle strength.",
    ],
)
def test_what_is_warned_of_quoted_or_denied_stands(text: str) -> None:
    assert not heard(text)


def test_the_no_of_a_name_denies_nothing() -> None:
    assert heard("Our No Ache Balm with arnica relieves back pain.") == ["relieves back pain"]
    assert not heard("Our balm is no cure, and arnica does not relieve back pain.")


def test_what_a_therapy_is_for_is_a_definition_in_neutral_text() -> None:
    text = "Acupuncture involves inserting needles to stimulate nerves.\n\n"
    assert not findings(text + LEAFLET)
    assert findings(text + SHOP)


# --- several claims, severities, advice


def test_two_claims_of_a_sentence_are_two_findings() -> None:
    assert heard("Massage relieves back pain and improves your sleep.") == ["relieves back pain", "improves your sleep"]
    assert heard("Massage relieves back pain and eases back pain.") == ["relieves back pain"]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Reiki cures migraine.", Severity.ERROR),
        ("In all, 80% of patients were cured.", Severity.ERROR),
        ("Reiki fixes the root cause of migraine.", Severity.ERROR),
        ("Reiki has no side effects.", Severity.ERROR),
        ("We guarantee relief from migraine.", Severity.ERROR),
        ("Choose reiki instead of medication.", Severity.ERROR),
        ("Reiki relieves stress permanently.", Severity.ERROR),
        ("Reiki relieves stress.", Severity.WARNING),
        ("Reiki balances your chakras.", Severity.WARNING),
        ("Our reiki is the best choice.", Severity.WARNING),
    ],
)
def test_the_table_of_severities(text: str, severity: Severity) -> None:
    assert max(finding.severity for finding in findings(SHOP + text)) is severity


@pytest.mark.parametrize("text", ["Reiki can help you relax and reduce stress.", "Reiki is used to ease stress."])
def test_can_help_and_purposes_are_notes(text: str) -> None:
    assert not heard(text)
    assert any(claim.fires and claim.weak for claim in claims(document(SHOP + text)))


EXAMPLES = [
    case
    for case in cases(card for card in PACK.cards.values() if card.family == "claims")
    if case.example in case.card.bad
]


@pytest.mark.parametrize("case", EXAMPLES, ids=str)
def test_advice_can_be_published(case) -> None:  # type: ignore[no-untyped-def]
    """Every wording that a finding offers, put where it belongs, is not reported itself."""
    text, _ = marked(case.example.text)
    for finding in findings(text, case.example.file):
        for wording in finding.expected:
            mended = text[: finding.start.offset] + wording + text[finding.end.offset :]
            spans = range(finding.start.offset, finding.start.offset + len(wording))
            assert not [f for f in findings(mended, case.example.file) if f.start.offset in spans], mended
        rewrite = str(finding.data.get("rewrite", ""))
        if rewrite:
            assert rewrite.startswith("may ")
            assert not findings(f"The treatment {rewrite}."), rewrite
        advice = finding.message.casefold()
        assert "researchers think" not in advice
        assert "studies show" not in advice
