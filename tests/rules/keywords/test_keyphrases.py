"""Keyphrases of an article, and the map that tells where they stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given

from acu_lint.api import Vocabulary
from acu_lint_rules.analysis.keyphrases.chosen import declared, focus
from acu_lint_rules.analysis.keyphrases.map import keyphrase_map
from acu_lint_rules.analysis.keyphrases.phrases import (
    keyphrase,
    keyphrase_count,
    keyphrase_density,
    keyphrase_spread,
    keyphrases,
    repeated,
    stems_of,
    told,
)
from tests.conftest import AcuLint, document
from tests.rules.keywords.texts import TEXTS


@pytest.mark.parametrize(
    ("front", "phrases"),
    [
        ("keyphrase: knee massage", ("knee massage",)),
        ("keyword: knee massage", ("knee massage",)),
        ("focus_keyword: knee massage, massage leeds", ("knee massage", "massage leeds")),
        ("focusKeyword: knee massage", ("knee massage",)),
        ("_yoast_wpseo_focuskw: knee massage", ("knee massage",)),
        ("yoast: {focuskw: knee massage}", ("knee massage",)),
        ("rank_math_focus_keyword: knee massage", ("knee massage",)),
        ("keywords: [knee massage, health]", ("knee massage",)),  # a single word is a tag, not a keyphrase
        ("keyphrase: 12", ()),
        ("keyphrase: [", ()),
        ("focus-keyphrase: [knee massage, massage leeds]", ("knee massage", "massage leeds")),
        ("seo: {focus_keyword: knee massage}", ("knee massage",)),
        ("keyphrase: knee massage\nkeywords: massage leeds, spa", ("knee massage", "massage leeds")),
        ("keyphrase: '\"knee massage\"'", ("knee massage",)),
        ("keyphrase: “knee massage”, massage leeds", ("knee massage", "massage leeds")),
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


@pytest.mark.parametrize("phrase", ["check-up visit", "check up visit", "check‑up visit", "chéck-up visit"])
def test_a_declared_keyphrase_is_found_with_hyphens_and_with_spaces(phrase: str) -> None:
    doc = document(f"---\nkeyphrase: {phrase}\n---\n\nA check-up visit is short. Every check up visit is. Book it.")
    assert [place.text for place in keyphrases(doc)[0].occurrences] == ["check-up visit", "check up visit"]


@pytest.mark.parametrize(
    ("phrase", "title"),
    [
        ("crème bath", "Cre\u0300me bath"),
        ("wellbeing at work", "Well-being at work"),
        ("well-being at work", "Wellbeing at work"),
        ("tai chi", "Tai-chi"),
    ],
)
def test_a_title_tells_a_phrase_however_its_hyphens_are_written(phrase: str, title: str) -> None:
    assert told(phrase, title)


def test_the_configuration_names_a_keyphrase_where_the_page_names_none() -> None:
    words = Vocabulary(keyphrases=("knee massage", "massage leeds"))
    own = "---\nkeywords: [sore knees, spa]\n---\n\nText."
    plain = document("Text.", vocabulary=words)
    named = document(own, vocabulary=words)
    assert (focus(plain).phrases, focus(plain).source) == (("knee massage", "massage leeds"), "configured")
    assert (focus(named).phrases, focus(named).source) == (("sore knees",), "declared")
    assert keyphrase(plain) == "knee massage"


def test_the_keyphrase_of_an_override_wins(acu_lint: AcuLint, tmp_path: Path) -> None:
    (tmp_path / "acu-lint.toml").write_text(
        '[vocabulary]\nkeyphrase = "massage"\n[[overrides]]\nfiles = ["knees/**"]\n'
        '[overrides.vocabulary]\nkeyphrase = ["knee massage", "massage for knees"]\n'
    )
    (tmp_path / "knees").mkdir()
    (tmp_path / "knees" / "a.md").write_text("# Knees\n\nText.\n")
    (tmp_path / "b.md").write_text("# Backs\n\nText.\n")
    ran = acu_lint("stats", "--format", "json", "b.md", "knees")
    assert {row["path"]: row["keyphrase"] for row in ran.json["documents"]} == {
        "b.md": "massage", "knees/a.md": "knee massage",
    }  # fmt: skip
    found = acu_lint("check", "--format", "json", "--select", "keywords", "b.md", "knees").json["findings"]
    assert [(each["path"], each["rule"], each["data"]["source"]) for each in found] == [
        ("b.md", "keywords/placement", "configured"),
        ("knees/a.md", "keywords/placement", "configured"),
    ]


@pytest.mark.parametrize("value", ['""', "3", '["a", 3]', '"--"'])
def test_a_keyphrase_without_words_is_an_error(acu_lint: AcuLint, tmp_path: Path, value: str) -> None:
    (tmp_path / "acu-lint.toml").write_text(f"[vocabulary]\nkeyphrase = {value}\n")
    ran = acu_lint("check", ".")
    assert ran.status == 2
    assert "acu-lint.toml:2" in ran.errors
    assert "keyphrase" in ran.errors


def test_the_most_used_of_the_keywords_is_the_main_one() -> None:
    doc = document("---\nkeywords: [health advice, knee massage]\n---\n\nKnee massage. A knee massage.")
    assert keyphrase(doc) == "knee massage"


def test_the_forms_of_a_verb_are_one_phrase() -> None:
    doc = document(
        "---\nkeyphrase: relieve neck pain\n---\n\nRelieving neck pain. It relieved neck pain, relieves neck pain."
    )
    assert keyphrase_count(doc) == 3


@pytest.mark.parametrize(
    ("phrase", "text", "enough"),
    [
        ("massage for knee pain", "Pain in the knee", True),
        ("massage for knee pain", "A painful knee", False),
        ("gua sha", "Sha", False),
        ("gua sha", "SHA and gua", True),
        ("relieving neck pain", "What pain in the neck means", True),
        ("of the", "of the", False),
    ],
)
def test_two_thirds_of_a_phrase_tell_the_topic(phrase: str, text: str, enough: bool) -> None:
    assert told(phrase, text) is enough


def test_a_declared_keyphrase_that_is_never_used_is_known() -> None:
    doc = document("---\nkeyphrase: knee massage\n---\n\nWe like tea.")
    assert (keyphrase(doc), keyphrase_count(doc)) == ("knee massage", 0)


def test_without_a_declaration_the_most_repeated_phrase_is_the_keyphrase() -> None:
    text = "## Thai foot massage\n\nA Thai foot massage is slow.\n\nWho has Thai foot massages? Sore feet do."
    doc = document(text)
    assert keyphrase(doc) == "thai foot massage"
    assert keyphrase_count(doc) == 3
    assert keyphrase_spread(doc) == pytest.approx(0.3)
    assert keyphrase_density(doc) == pytest.approx(100 * 9 / 17)


@pytest.mark.parametrize(
    "words",
    ["book your visit", "privacy policy", "late in march", "led by an expert", "data_layer push", "12 mill road"],
)
def test_calls_menus_dates_code_and_addresses_are_no_keyphrases(words: str) -> None:
    assert not keyphrase(document(f"# Tea\n\nHere {words}.\n\nThere {words}.\n\nEverywhere {words}."))


@pytest.mark.parametrize("words", ["herniated disc", "type 2 diabetes", "women with lipoedema", "red light therapy"])
def test_a_phrase_of_the_trade_is_a_keyphrase(words: str) -> None:
    assert keyphrase(document(f"# Tea\n\nHere {words}.\n\nThere {words}.\n\nEverywhere {words}.")) == words


def test_what_the_title_says_and_the_text_twice_is_a_keyphrase() -> None:
    doc = document(
        "---\ntitle: Foot baths for cold feet\n---\n\nFoot baths are old. A foot bath is warm.\n\nFeet are cold."
    )
    assert (keyphrase(doc), keyphrase_count(doc)) == ("foot baths", 2)
    assert keyphrase(document("# Foot baths\n\nWe like tea.")) == ""


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


MAPPED = """---
title: Massage for knee pain
description: What a massage may do.
keyphrase: massage for knee pain
---

We open at nine. A massage for knee pain takes an hour.

## Massage for knee pain at home

Rub it in. Massage relieve knee pain, they say. Or try knee pain massages.

![A massage for knee pain](a.png) ![A lamp](b.png)

## Prices

See [massage for knee pain](/m), [our prices](/p) and the knee pain treatment.
"""


def test_the_map_tells_where_the_keyphrase_stands() -> None:
    doc = document(MAPPED)
    found = keyphrase_map(doc)
    json.dumps(found, allow_nan=False)
    assert {key: found[key] for key in ("keyphrase", "source", "count", "broken")} == {
        "keyphrase": "massage for knee pain", "source": "declared", "count": 4, "broken": 1,
    }  # fmt: skip
    assert (found["in_title"], found["in_description"], found["in_opening"]) == (True, False, True)
    assert [found[key] for key in ("headings", "headings_total", "alts", "alts_total", "links", "links_total")] == [
        1, 2, 1, 2, 1, 2,
    ]  # fmt: skip
    assert found["by_section"] == [
        {"heading": "", "level": 0, "words": 12, "count": 1},
        {"heading": "Massage for knee pain at home", "level": 2, "words": 20, "count": 2},
        {"heading": "Prices", "level": 2, "words": 13, "count": 1},
    ]
    assert {each["text"]: each["count"] for each in found["variants"]} == {  # type: ignore[attr-defined]
        "massage for knee pain": 3, "knee pain massages": 1, "massage relieve knee pain": 1, "knee pain treatment": 1,
    }  # fmt: skip


def test_the_map_of_a_text_without_a_keyphrase_is_empty() -> None:
    for text in ("", "We like tea."):
        found = keyphrase_map(document(text))
        assert (found["keyphrase"], found["source"], found["count"], found["in_title"]) == ("", "", 0, False)
        assert found["in_description"] is None


@given(TEXTS)
def test_the_map_of_any_text_is_json_and_adds_up(text: str) -> None:
    found = keyphrase_map(document(text))
    json.dumps(found, allow_nan=False)
    assert sum(each["count"] for each in found["by_section"]) == found["count"]  # type: ignore[attr-defined]
    assert sum(each["words"] for each in found["by_section"]) == found["words"]  # type: ignore[attr-defined]
