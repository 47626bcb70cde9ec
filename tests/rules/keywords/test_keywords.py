"""Keyphrases, pasted queries and the stuffing score, as a writer meets them."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acu_lint.api import Document, Hit, Severity, Vocabulary
from acu_lint_rules.analysis.keyphrases.map import keyphrase_map
from acu_lint_rules.analysis.keyphrases.phrases import (
    declared,
    focus,
    keyphrase,
    keyphrase_count,
    keyphrase_density,
    keyphrase_spread,
    keyphrases,
    main_keyphrase,
    repeated,
    stems_of,
    told,
)
from acu_lint_rules.analysis.keyphrases.queries import queries
from acu_lint_rules.analysis.keyphrases.stuffing import keyphrase_surprise, parts, stuffing_score, usual_count
from acu_lint_rules.keywords import heading_stuffing, location_list, pasted_query, placement, stuffing
from tests.conftest import AcuLint, document

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
        ("focus-keyphrase: [knee massage, massage leeds]", ("knee massage", "massage leeds")),
        ("seo: {focus_keyword: knee massage}", ("knee massage",)),
        ("keyphrase: knee massage\nkeywords: massage leeds, spa", ("knee massage", "massage leeds")),
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


# --- the keyphrase map

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


def test_a_count_is_surprising_for_the_length_of_the_text() -> None:
    assert usual_count(300, 2) < usual_count(1200, 2) < 4 * usual_count(300, 2)
    assert usual_count(300, 3) < usual_count(300, 2)
    doc = document(STUFFED)
    assert keyphrase_surprise(doc) > 2
    assert keyphrase_surprise(document(HONEST)) == 0
    longer = document(STUFFED + "\n\nSomething else is told here, about tea and the sea, and it takes its time." * 60)
    assert main_keyphrase(longer) is not None
    assert keyphrase_surprise(longer) < keyphrase_surprise(doc)


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
    assert (hit.data["count"], hit.data["broken"], hit.data["variants"]) == (4, 2, 1)
    assert hit.data["what"] == "'massage relieve neck pain' 4 times"
    assert hit.data["more"] == "; two of them break the sentence"
    assert hit.span.start == text.index("massage")
    assert [place.message for place in hit.related] == [
        "here: 'Massage relieves neck pain'",
        "here: 'massage relieves neck pain'",
        "here it breaks the sentence: 'massage relieve neck pain'",
    ]


def test_the_finding_explains_itself() -> None:
    text = (
        "# Massage for knee pain\n\nmassage relieve knee pain\n\nSee why massage relieve knee pain so well.\n\n"
        "We offer knee pain massage, massage therapy for knee pain and knee pain treatment.\n"
    )
    (hit,) = stuffing.check(document(text))
    assert hit.data["what"] == "5 variants of 'massage relieve knee pain'"
    assert hit.data["more"] == "; two of them break the sentence, one stands as a line of its own"
    assert len(hit.related) == hit.data["count"] - 1 == 5  # type: ignore[operator]


def test_the_title_and_images_are_related_too() -> None:
    text = "---\ntitle: Knee massage\ndescription: Tea.\n---\n\n![A knee massage](a.png)\n\n" + STUFFED
    doc = document(text)
    (hit,) = stuffing.check(doc)
    assert [place.message for place in hit.related[-2:]] == [
        "here, in the title: 'Knee massage'",
        "here, in the description of an image: 'A knee massage'",
    ]


def test_a_query_that_is_far_too_frequent_is_reported_in_a_long_text() -> None:
    starts = "Monday Tuesday noon dawn spring winter May July".split()
    ends = ["is early", "suits runners", "takes long", "has no queue"]
    lines = [
        f"On {start}, your {{}} {end}; bring tea, a rug and a book, as {start} is cold and nobody lights the stove."
        for start in starts
        for end in ends
    ]
    text = "# Prices\n\n" + "\n\n".join(line.format("knee pain massage") for line in lines)
    (hit,) = stuffed(text, deviations=2.0)
    assert (hit.message, hit.data["count"]) == ("surprising", 32)
    assert not stuffed(text, deviations=9.0)
    assert not stuffed(text.replace("knee pain massage", "clinical trial"))


# --- headings, places, placement


def test_headings_are_counted_and_related() -> None:
    text = "# Tea\n\n" + "".join(
        f"## Massage for knee pain {end}\n\nText.\n\n" for end in ("prices", "risks", "tips", "oils")
    )
    (hit,) = heading_stuffing.check(document(text))
    assert (hit.message, hit.severity, hit.data["count"], len(hit.related)) == ("default", Severity.WARNING, 4, 3)
    assert hit.data["phrase"] == "massage for knee pain"
    assert not list(heading_stuffing.check(document(text), least=5, share=1.0))[1:]


def test_names_of_complaints_and_questions_are_no_stuffing() -> None:
    named = "".join(f"## {start} knee pain\n\nText.\n\n" for start in ("Acute", "Chronic", "Living with", "Causes of"))
    asked = "".join(f"## Does massage for knee pain {end}?\n\nText.\n\n" for end in ("hurt", "help", "last", "cost"))
    assert not list(heading_stuffing.check(document("# Tea\n\n" + named + asked)))


@pytest.mark.parametrize(
    "text",
    [
        "We see people in Dover and Deal, at Walmer Castle, and near the Ramsgate harbour.",
        "Our team: Ana Silva, Bo Lind, Cy Young, Di Prince, Ed Stone, Flo Rivers.",
        "In our clinic we follow Cochrane, NICE, WHO, Medline, Embase and Scopus.",
        "The areas of the brain are the Amygdala, Thalamus, Insula, Cerebellum, Hippocampus and Cortex.",
        "In our kitchen you find Ginger, Garlic, Turmeric, Cinnamon, Nutmeg and Pepper at hand.",
    ],
)
def test_not_every_row_of_names_is_a_list_of_places(text: str) -> None:
    hits = [actual(document(text), hit) for hit in location_list.check(document(text))]
    assert not hits


def test_the_limits_of_place_lists_are_options() -> None:
    text = "We offer massage in Dover, Deal, Walmer and Hythe."
    assert not list(location_list.check(document(text)))
    assert [hit.data["count"] for hit in location_list.check(document(text), places=4)] == [4]


def test_only_a_chosen_keyphrase_is_looked_for() -> None:
    text = "# Our work\n\n" + "Knee massage is nice.\n\n" * 5
    assert not list(placement.check(document(text)))
    (hit,) = placement.check(document(f"---\nkeyphrase: sore feet\ndescription: Nice.\n---\n\n{text}"))
    assert hit.data["missing"] == ["title", "first 100 words", "description"]
    assert "the title, the first 100 words or the description" in str(hit.data["places"])


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
        "## yoga for neck pain\n",
        "Leeds, ",
        "yoga Leeds ",
        "Serving Leeds and ",
        "- Leeds\n",
        "0113 496 0000 ",
        "A-b ",
    ],
)
def test_hostile_text_takes_no_long_time(unit: str) -> None:
    doc = document(unit * (100_000 // len(unit)))
    start = time.process_time()
    list(pasted_query.check(doc))
    for rule in (stuffing, heading_stuffing, location_list, placement):
        list(rule.check(doc))
    keyphrase_map(doc)
    assert time.process_time() - start < 15  # seconds; quadratic time would be minutes
