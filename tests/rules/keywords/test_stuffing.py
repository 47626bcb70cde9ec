"""The stuffing score and its finding; headings, lists of places, and where a keyphrase belongs."""

from __future__ import annotations

import time

import pytest
from hypothesis import given

from acu_lint.api import Severity
from acu_lint_rules.analysis.keyphrases.map import keyphrase_map
from acu_lint_rules.analysis.keyphrases.phrases import (
    keyphrase,
    main_keyphrase,
)
from acu_lint_rules.analysis.keyphrases.stuffing import keyphrase_surprise, parts, stuffing_score, usual_count
from acu_lint_rules.keywords import heading_stuffing, location_list, pasted_query, placement, stuffing
from tests.conftest import document
from tests.rules.keywords.texts import HONEST, STUFFED, TEXTS, actual, stuffed


def test_a_count_is_surprising_for_the_length_of_the_text() -> None:
    assert usual_count(300, 2) < usual_count(1200, 2) < 4 * usual_count(300, 2)
    assert usual_count(300, 3) < usual_count(300, 2)
    doc = document(STUFFED)
    assert keyphrase_surprise(doc) > 2
    assert keyphrase_surprise(document(HONEST)) == 0
    longer = document(STUFFED + "\n\nSomething else is told here, about tea and the sea, and it takes its time." * 60)
    assert main_keyphrase(longer) is not None
    assert keyphrase_surprise(longer) < keyphrase_surprise(doc)


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
    assert "short" not in {hit.message for hit in stuffed(STUFFED, threshold=1.0, deviations=9.0)}


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


def test_any_phrase_that_fills_a_text_that_sells_is_reported() -> None:
    text = "Our {0} is new. Order {0} today, since {0} is on sale. Ask for {0} and the price of {0}. " * 2
    (hit,) = stuffed(text.format("porcelain bridge repair"))
    assert (hit.message, hit.data["count"]) == ("surprising", 10)
    assert not stuffed(text.format("Lindley Bridge Practice"))  # a name has to be repeated
    plain = "You may notice {0}. Tell a nurse about {0}, since {0} can last. Rest until {0} stops and {0} is gone. " * 2
    assert not stuffed(plain.format("sudden ankle swelling"))


def test_a_place_behind_every_service_is_reported_once() -> None:
    line = "{} in Dover is quick. Ask for the price of {} in Dover. We offer {} in Dover on Fridays. "
    text = "# Dover skin care\n\n" + line.format(*["a mole check"] * 3) + line.format(*["a wart check"] * 3)
    (hit,) = stuffed(text)
    assert (hit.message, hit.data["count"]) == ("placed", 6)
    assert "in Dover" in str(hit.data["phrase"])
    (two,) = stuffed(text.replace("Dover", "Salt Lake"))
    assert str(two.data["phrase"]).endswith("in Salt Lake")
    assert "placed" not in {hit.message for hit in stuffed(text.replace("Dover", "May"))}


@pytest.mark.parametrize(
    "rows",
    [
        " | ".join(f"Vet in {town}" for town in ("Dover", "Deal", "Hythe", "Walmer", "Margate", "Sandwich")),
        "\n".join(f"- Vet near {town}" for town in ("Dover", "Deal", "Hythe", "Walmer", "Margate", "Sandwich")),
    ],
)
def test_one_service_with_town_after_town_is_a_list_of_places(rows: str) -> None:
    (hit,) = location_list.check(document("# Pets\n\nWe like pets.\n\n" + rows))
    assert (hit.message, hit.data["match"], hit.data["count"]) == ("hub", hit.data["match"], 6)
    assert not list(location_list.check(document("# Pets\n\n" + rows.replace("Vet", "Our clinic"))))


def test_towns_in_the_footer_of_a_page_are_found() -> None:
    links = " ".join(f'<a href="/{town}">Vet in {town}</a>' for town in "Dover Deal Hythe Walmer Margate Eye".split())
    page = f"<html><body><main><p>We like pets.</p></main><footer>{links}</footer></body></html>"
    doc = document(page, "a.html")
    (hit,) = location_list.check(doc)
    assert actual(doc, hit).startswith("Vet in Dover")
    assert actual(doc, hit).endswith("Vet in Eye")
    assert not list(location_list.check(document(page.replace("</footer>", ""), "a.html")))


def test_towns_strung_in_headings_are_a_warning() -> None:
    text = "# Feet\n\n" + "".join(f"## Podiatrist in {town}\n\nText.\n\n" for town in "Dover Deal Hythe Eye".split())
    (hit,) = heading_stuffing.check(document(text))
    assert (hit.message, hit.severity, hit.data["count"]) == ("towns", Severity.WARNING, 4)


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


@pytest.mark.slow
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
        "Vet in Dover | ",
        "<footer><a href=x>Vet in Dover</a>",
        "vet in Dover ",
        "cheap vet Dover, ",
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
