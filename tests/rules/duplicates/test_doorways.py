"""Sets of pages that differ in one slot only, by their words or by their title and headings."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acu_lint.rules.finding import Finding, Severity
from acu_lint_rules.duplicates._slots import masked, skeleton_keys
from tests.conftest import document
from tests.rules.duplicates.test_passages import LIGHT, SALT, SHOES, STAIRS, findings

DOORWAY = ("duplicates/doorway",)
TOWNS = ("Leeds", "Stoke Lyne", "Genève", "Newcastle upon Tyne")
OWN = (SHOES, LIGHT, SALT, STAIRS)  # nothing in common


def doorways(texts: dict[str, str], *only: str) -> list[Finding]:
    return findings(texts, *only, rules=DOORWAY)


def series(template: str, fillers: Sequence[str] = TOWNS, own: Sequence[str] = OWN) -> dict[str, str]:
    """A page for each filler; ``{0}`` is the filler, ``{1}`` a text of its own."""
    return {
        f"{number}.md": template.format(name, own[number % len(own)] if own else "")
        for number, name in enumerate(fillers)
    }


SKELETON = """---
title: {title}
---

# {title}

{{1}}

## Why {{0}} trusts us

We ask, listen and take our time.

## Book a visit in {{0}}

Our only room is in Dunmore.
"""


@pytest.mark.parametrize(
    "title",
    [
        "Podiatry in {0}", "Best Podiatry Near {0} | Fern House", "{0} Podiatry", "Podiatry {0} – Fern House",
        "Podiatry in {0}, Marlshire", "PODIATRY IN {0}", "The podiatrist serving {0}: Fern House",
    ],
)  # fmt: skip
def test_other_sentences_below_one_title_and_headings_are_a_doorway(title: str) -> None:
    template = SKELETON.format(title=f'"{title}"').replace('# "', "# ").replace('"\n\n{1}', "\n\n{1}")
    (finding,) = doorways(series(template))
    assert (finding.path, finding.severity, finding.data["slot"]) == ("3.md", Severity.WARNING, "place")
    assert finding.data["values"] == ["Newcastle upon Tyne", "Leeds", "Stoke Lyne", "Genève"]
    assert "4 pages have the same title and headings but for the place" in finding.message
    assert finding.suggestion.startswith("Merge them")
    assert [place.path for place in finding.related] == ["0.md", "1.md", "2.md"]


def test_a_changed_page_alone_has_the_finding() -> None:
    texts = series(SKELETON.format(title="Podiatry in {0}"))
    assert [finding.path for finding in doorways(texts, "1.md")] == ["1.md"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_town_is_found_however_its_accents_are_written(form: Literal["NFC", "NFD"]) -> None:
    towns = [unicodedata.normalize(form, name) for name in ("Genève", "Zürich", "Münster")]
    (finding,) = doorways(series(SKELETON.format(title="Podiatry in {0}"), towns))
    assert finding.data["count"] == 3


SHORT = "# Taping {0}\n\nThis is how we tape {1}. Bring shorts, and come ten minutes before your time.\n"


@pytest.mark.parametrize(
    ("slot", "fillers"),
    [
        ("complaint", ("for migraine", "for back pain", "for insomnia")),
        ("treatment", ("with reiki", "with cupping", "with acupuncture")),
        ("figure", ("in 2023", "in 2024", "in 2025")),
    ],
)
def test_short_pages_that_are_the_same_are_a_doorway(slot: str, fillers: Sequence[str]) -> None:
    (finding,) = doorways(series(SHORT, fillers, ["you"]))
    assert (finding.severity, finding.data["slot"]) == (Severity.ERROR, slot)


def test_short_pages_about_several_complaints_with_text_of_their_own_are_none() -> None:
    assert not doorways(series(SHORT, ("for migraine", "for back pain", "for insomnia")))


def test_hundreds_of_towns_are_one_finding() -> None:
    towns = [
        f"Qu{a}{b}" for a in "abcdefghijklmno" for b in ("ford", "ton", "by", "ham", "wick", "ley") for _ in range(3)
    ]
    towns = [f"{town}{'xyz'[number % 3]}" for number, town in enumerate(towns)]
    texts = {
        f"{number:03}.md": SKELETON.format(title="Podiatry in {0}").format(town, SHOES)
        for number, town in enumerate(towns)
    }
    assert len(texts) > 250
    (finding,) = doorways(texts)
    assert "41 or more pages" in finding.message
    assert [finding.path for finding in doorways(texts, "260.md")] == ["260.md"]


def test_two_pages_are_no_series() -> None:
    assert not doorways(series(SKELETON.format(title="Podiatry in {0}"), TOWNS[:2]))


def test_branches_with_an_address_and_hours_of_their_own_are_none() -> None:
    own = [
        "Dr Ann Pike sees you at 12 Mill Lane from 9 am to 5 pm.",
        "Dr Bo Hall sees you at 7 High Street from 10 am to 2 pm.",
        "Dr Cy Ford sees you at 30 Park Road from 8:30 am to 1 pm.",
        "Dr Di Lund sees you at 4 Tanner Street from 3 pm to 8 pm.",
    ]
    assert not doorways(series(SKELETON.format(title="Podiatry in {0}"), own=own))


def test_a_word_that_the_text_has_in_small_letters_is_no_place() -> None:
    text = "# Sleep in {0}\n\n{1}\n\n## Why {0} wakes us\n\nIn {2} we wake early.\n\n## What helps in {0}\n\nOur tea.\n"
    names = ("Pregnancy", "Menopause", "Winter")
    texts = {f"{name}.md": text.format(name, own, name.lower()) for name, own in zip(names, OWN, strict=False)}
    assert not doorways(texts)


@pytest.mark.parametrize(
    "key", ["noindex: true", "draft: true", "canonical_url: https://x.example/podiatry/", "robots: noindex"]
)
def test_pages_that_are_kept_from_search_are_none(key: str) -> None:
    template = SKELETON.format(title="Podiatry in {0}").replace("---\n", f"---\n{key}\n", 1)
    assert not doorways(series(template))


def test_skeleton_keys_name_no_town() -> None:
    doc = document("# Podiatry in Stoke Lyne\n\nText.\n\n## Why Stoke Lyne trusts us\n\nText.\n\n## Prices\n", "a.md")
    assert [page.filler.text for page in masked(doc)] == ["Stoke Lyne"]
    assert set(skeleton_keys(doc)) == {"* in podiatry", "* trusts us why"}


WORD = st.text("bcdfgklmnprst", min_size=4, max_size=8)
NAME = WORD.map(lambda word: f"Qu{word}")  # no word of the texts in small letters


@settings(deadline=None, max_examples=30)
@given(
    service=WORD,
    towns=st.lists(NAME, min_size=3, max_size=7, unique=True),
    headings=st.lists(WORD, min_size=2, max_size=5, unique=True),
    own=st.lists(st.lists(WORD, min_size=30, max_size=60), min_size=7, max_size=7),
)
def test_each_set_is_one_finding_whatever_its_words(
    service: str, towns: list[str], headings: list[str], own: list[list[str]]
) -> None:
    texts = {}
    for number, town in enumerate(towns):
        sections = "\n\n".join(f"## {head} for {town}\n\nWe book our {head} here." for head in headings)
        texts[f"{number}.md"] = f"# {service} in {town}\n\n{' '.join(own[number])}.\n\n{sections}\n"
    (finding,) = doorways(texts)
    assert finding.data["count"] == len(towns)
    values = finding.data["values"]
    assert isinstance(values, list)
    assert set(values) == set(towns)


@given(st.text(max_size=200))
def test_any_title_can_be_masked(title: str) -> None:
    doc = document(f"# {title}\n\nText in Leeds.\n", "a.md")
    for page in masked(doc):
        assert page.filler.text
        assert all(wording for wording in page.filler.wordings)
    assert all(skeleton_keys(doc))
