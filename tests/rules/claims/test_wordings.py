"""Claims that go by their wording: comparisons, stories, promises, complaints that may not be advertised."""

from __future__ import annotations

import datetime
import inspect
import time
import tomllib
from collections.abc import Callable, Iterable

import pytest

from acu_lint.document.document import Document
from acu_lint.rules.finding import Hit, Severity
from acu_lint_rules.analysis.claims import wordings
from acu_lint_rules.analysis.claims.claim import claims
from acu_lint_rules.analysis.text.lexicon import load
from acu_lint_rules.claims import (
    comparative,
    condition,
    coverage,
    fear,
    panacea,
    promise,
    replaces_care,
    supplement_disclaimer,
    testimonial,
    tradition,
)
from tests.conftest import ROOT, document

Rule = Callable[..., Iterable[Hit]]
LEXICONS = ROOT / "rules" / "acu_lint_rules" / "lexicons"
BY_WORDING = (comparative, replaces_care, testimonial, promise, panacea, tradition, fear, coverage)
RULES: tuple[Rule, ...] = (*(rule.check for rule in BY_WORDING), condition.check, supplement_disclaimer.check)
READING = frozenset(rule for rule in RULES if "reader" in inspect.signature(rule).parameters)


def analysed(rule: Rule, text: str, **options: object) -> tuple[Document, list[Hit]]:
    """What a rule finds without the trained reader."""
    doc = document(text)
    return doc, list(rule(doc, **options, **({"reader": False} if rule in READING else {})))


def found(rule: Rule, text: str, **options: object) -> list[str]:
    doc, hits = analysed(rule, text, **options)
    return [doc.source.text[slice(*hit.span)] for hit in hits]


def severities(rule: Rule, text: str) -> list[Severity | None]:
    return [hit.severity for hit in analysed(rule, text)[1]]


STORY = """# Acupuncture and migraine

A woman came to see us with migraine. Before acupuncture she felt better only in the dark.

{after} {result}

{later}
"""


def test_a_story_starts_when_treatment_does() -> None:
    text = STORY.format(
        after="She was treated with acupuncture every week.",
        result="After a month her attacks had decreased.",
        later="Today she no longer stays at home.",
    )
    assert found(testimonial.check, text) == ["decreased", "no longer"]


def test_a_story_ends_when_the_text_speaks_of_others() -> None:
    others = "Needles are thin. They are used once. The rooms are warm. Tea is served. We close at six."
    text = STORY.format(after="After starting acupuncture she slept better.", result=others, later="Her bus was late.")
    assert found(testimonial.check, text) == ["slept better"]


def test_a_colleague_and_a_case_of_harm_are_no_success_stories() -> None:
    colleague = (
        "# Acupuncture\n\nAnna, our acupuncturist, came to us from Leeds. After treatment she feels better here."
    )
    harm = "# Acupuncture\n\nOne patient had a pneumothorax after acupuncture. After two days he recovered."
    assert not found(testimonial.check, colleague)
    assert not found(testimonial.check, harm)


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("Many of our patients sleep better after acupuncture.", True),
        ("Acupuncture patients recover without medication.", True),
        ("Many of our patients come to acupuncture because they want to sleep better.", False),
        ("If our patients sleep better after acupuncture, we are glad.", False),
        ("Compared with no treatment, people had less pain after acupuncture.", False),
    ],
)
def test_a_group_is_a_witness_only_where_it_vouches(text: str, reported: bool) -> None:
    assert bool(found(testimonial.check, text)) is reported


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Acupuncture is better than surgery.", Severity.ERROR),
        ("Acupuncture is better than physiotherapy.", Severity.WARNING),
    ],
)
def test_medicine_and_surgery_make_a_comparison_an_error(text: str, severity: Severity) -> None:
    assert severities(comparative.check, text) == [severity]


def test_a_named_study_without_a_link_does_not_excuse_a_comparison() -> None:
    text = "A 2019 study in The Lancet found that acupuncture is more effective than surgery{}."
    assert found(comparative.check, text.format("")) == ["more effective than surgery"]
    assert not found(comparative.check, text.format(" ([study](https://doi.org/10.1000/182))"))


def test_an_offer_is_a_warning_only_where_every_law_forbids_it() -> None:
    text = "Acupuncture: first session free this week!"

    def grades(*profile: str) -> list[Severity | None]:
        return [hit.severity for hit in coverage.check(document(text), profile=profile)]

    assert grades("au", "de") == [Severity.WARNING]
    assert grades("au", "us") == [Severity.INFO]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Acupuncture treats cancer.", [Severity.ERROR]),
        ("Acupuncture may treat cancer.", [Severity.INFO]),
        ("Our acupuncture may treat cancer.", [Severity.WARNING]),
        ("Acupuncture relieves tinnitus.", [Severity.WARNING]),
        ("Acupuncture dramatically relieves tinnitus.", [Severity.ERROR]),
        ("Acupuncture may relieve tinnitus.", []),
        ("Exercise helps people with diabetes: it improves diabetes.", []),
    ],
)
def test_a_hedge_bounds_a_complaint_unless_the_clinic_speaks(text: str, severity: list[Severity]) -> None:
    assert severities(condition.check, text) == severity


def test_the_profile_chooses_the_law() -> None:
    text = "Acupuncture treats hepatitis."
    laws = {
        profile: [hit.data["law"] for hit in condition.check(document(text), profile=(profile,)) if "law" in hit.data]
        for profile in ("us", "uk", "de", "au", "ca", "eu")
    }
    assert all("DE" in str(law) for law in laws["de"])
    assert laws["de"]
    assert laws["ca"]
    assert not laws["eu"]  # the regulation is about food


def test_the_regulated_complaints_are_known_and_sourced() -> None:
    data = tomllib.loads((LEXICONS / "regulated.toml").read_text("utf-8"))
    sections, therapies = load("conditions"), load("interventions")
    for entry in (*data["law"], *data["accepted"]):
        assert entry["url"].startswith("https://")
        assert isinstance(entry["checked"], datetime.date)
        assert set(entry.get("sections", ())) <= set(sections)
        assert set(entry.get("therapies", ())) <= set(therapies)
    assert {entry["profile"] for entry in data["law"]} == set(condition.PROFILES)


def test_every_cue_has_a_rule_that_reads_it() -> None:
    sections = {section for rule in BY_WORDING if hasattr(rule, "_READERS") for section in rule._READERS}
    assert set(load("cues")) == sections | testimonial._OPENERS


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__module__.rpartition(".")[2])
@pytest.mark.parametrize(
    "part",
    [
        "better than tablets ", "unlike surgery ", "an alternative to surgery. ", "our patients feel better ",
        "A patient came to us. She improved after treatment. ", "“my pain was gone” ", "instant relief. ",
        "lasting relief for good ", "treats a range of conditions ", "time-tested ", "your liver is stagnant ",
        "Medicare covers acupuncture. ", "first session free ", "- treats cancer\n", "acupuncture for asthma, we ",
        "instead of surgery ", "in one in two in three ",
    ],
)  # fmt: skip
def test_time_is_linear_on_hostile_lines(rule: Rule, part: str) -> None:
    def seconds(size: int) -> float:
        doc = document("# Acupuncture\n\nAcupuncture " + part * (size // len(part)))
        claims(doc)
        wordings.cues(doc)
        started = time.process_time()
        list(rule(doc))
        return time.process_time() - started

    seconds(1_000)  # reads the word lists
    assert seconds(100_000) < 15  # quadratic time would be minutes


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Our success rate with acupuncture is 92%.", Severity.ERROR),
        ("Our team is proud of its acupuncture. The success rate is 92%.", Severity.ERROR),
        ("The success rate of acupuncture is 92%.", Severity.WARNING),
    ],
)
def test_a_success_rate_is_an_error_where_it_is_the_clinics_own(text: str, severity: Severity) -> None:
    assert severities(testimonial.check, text) == [severity]


@pytest.mark.parametrize(
    "limit",
    [
        "Coverage varies by provider.",
        "They pay for ten visits. Check your plan first.",
        "We bill them for you. A deductible applies.",
    ],
)
def test_a_payer_with_its_limits_behind_it_is_no_finding(limit: str) -> None:
    assert found(coverage.check, "Most insurers cover acupuncture.") == ["insurers cover"]
    assert found(coverage.check, f"Most insurers cover acupuncture. {limit}") == []


def test_a_supplement_finding_marks_the_claim_and_names_the_product_as_the_page_does() -> None:
    doc = document("# CBD drops\n\nOur CBD is sold in drops. They taste of mint. CBD eases arthritis.")
    (hit,) = supplement_disclaimer.check(doc)
    assert doc.source.text[slice(*hit.span)] == "eases arthritis"
    assert (hit.data["product"], hit.severity) == ("CBD", Severity.ERROR)
