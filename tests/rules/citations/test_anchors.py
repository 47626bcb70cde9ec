"""The places that links into a page lead to, as the generators make them."""

from __future__ import annotations

import time

import pytest

from acu_lint.document.flavour import Flavour
from acu_lint.parse import parse
from acu_lint.testing import TODAY
from acu_lint_rules.analysis.citations import anchors

GENERATORS = (
    Flavour.DOCUSAURUS,
    Flavour.MKDOCS,
    Flavour.KRAMDOWN,
    Flavour.JEKYLL,
    Flavour.HUGO,
    Flavour.PANDOC,
)
# What github-slugger 2.0.0, Python-Markdown 3.11.3, kramdown 2.4.0, its GFM parser 1.1.0, Hugo 0.168.0 and Pandoc 3.9
# made of these headings, each alone on a page.
HEADINGS = (
    (
        "Before your visit",
        "before-your-visit",
        "before-your-visit",
        "before-your-visit",
        "before-your-visit",
        "before-your-visit",
        "before-your-visit",
    ),
    (
        "Step 2: Breathe out",
        "step-2-breathe-out",
        "step-2-breathe-out",
        "step-2-breathe-out",
        "step-2-breathe-out",
        "step-2-breathe-out",
        "step-2-breathe-out",
    ),
    (
        "What's in the kit?",
        "whats-in-the-kit",
        "whats-in-the-kit",
        "whats-in-the-kit",
        "whats-in-the-kit",
        "whats-in-the-kit",
        "whats-in-the-kit",
    ),
    (
        "What’s in the kit?",
        "whats-in-the-kit",
        "whats-in-the-kit",
        "whats-in-the-kit",
        "whats-in-the-kit",
        "whats-in-the-kit",
        "whats-in-the-kit",
    ),
    ("Über uns", "über-uns", "uber-uns", "ber-uns", "über-uns", "über-uns", "über-uns"),
    ("Café & crêpes", "café--crêpes", "cafe-crepes", "caf--crpes", "café--crêpes", "café--crêpes", "café-crêpes"),
    (
        "1. Wash your hands",
        "1-wash-your-hands",
        "1-wash-your-hands",
        "wash-your-hands",
        "1-wash-your-hands",
        "1-wash-your-hands",
        "wash-your-hands",
    ),
    ("2026 prices", "2026-prices", "2026-prices", "prices", "2026-prices", "2026-prices", "prices"),
    (
        "3.5 hours of rest",
        "35-hours-of-rest",
        "35-hours-of-rest",
        "hours-of-rest",
        "35-hours-of-rest",
        "35-hours-of-rest",
        "hours-of-rest",
    ),
    (
        "Heat / cold packs",
        "heat--cold-packs",
        "heat-cold-packs",
        "heat--cold-packs",
        "heat--cold-packs",
        "heat--cold-packs",
        "heat-cold-packs",
    ),
    (
        "Heat - cold packs",
        "heat---cold-packs",
        "heat-cold-packs",
        "heat---cold-packs",
        "heat---cold-packs",
        "heat---cold-packs",
        "heat---cold-packs",
    ),
    (
        "Heat – cold packs",
        "heat--cold-packs",
        "heat-cold-packs",
        "heat--cold-packs",
        "heat--cold-packs",
        "heat--cold-packs",
        "heat-cold-packs",
    ),
    (
        "Heat -- cold packs",
        "heat----cold-packs",
        "heat-cold-packs",
        "heat----cold-packs",
        "heat--cold-packs",
        "heat--cold-packs",
        "heat-cold-packs",
    ),
    (
        "Heat---cold packs",
        "heat---cold-packs",
        "heat-cold-packs",
        "heat---cold-packs",
        "heatcold-packs",
        "heatcold-packs",
        "heatcold-packs",
    ),
    ("Tea (green)", "tea-green", "tea-green", "tea-green", "tea-green", "tea-green", "tea-green"),
    (
        "The snake_case knee",
        "the-snake_case-knee",
        "the-snake_case-knee",
        "the-snakecase-knee",
        "the-snake_case-knee",
        "the-snake_case-knee",
        "the-snake_case-knee",
    ),
    ("🧊 Ice packs", "-ice-packs", "ice-packs", "ice-packs", "-ice-packs", "-ice-packs", "ice-packs"),
    ("Ice packs 🧊", "ice-packs-", "ice-packs", "ice-packs-", "ice-packs-", "ice-packs-", "ice-packs"),
    ("🛠\ufe0f Tools", "\ufe0f-tools", "tools", "tools", "\ufe0f-tools", "-tools", "tools"),
    (
        "针灸 and cupping",
        "针灸-and-cupping",
        "and-cupping",
        "and-cupping",
        "针灸-and-cupping",
        "针灸-and-cupping",
        "针灸-and-cupping",
    ),
    ("Боль в спине", "боль-в-спине", "_1", "section", "боль-в-спине", "боль-в-спине", "боль-в-спине"),
    ("50% off!", "50-off", "50-off", "off", "50-off", "50-off", "off"),
    ("A.B.C. rules", "abc-rules", "abc-rules", "abc-rules", "abc-rules", "abc-rules", "a.b.c.-rules"),
    ("Wait... what", "wait-what", "wait-what", "wait-what", "wait-what", "wait-what", "wait-what"),
    ("½ dose", "-dose", "12-dose", "dose", "-dose", "-dose", "dose"),
    ("H₂O intake", "ho-intake", "h2o-intake", "ho-intake", "ho-intake", "ho-intake", "h₂o-intake"),
    (
        "Temperature ≥ 38 °C",
        "temperature--38-c",
        "temperature-38-c",
        "temperature--38-c",
        "temperature--38-c",
        "temperature--38-c",
        "temperature-38-c",
    ),
    ("x² = y", "x--y", "x2-y", "x--y", "x--y", "x--y", "x²-y"),
    (
        "A heading with:a colon",
        "a-heading-witha-colon",
        "a-heading-witha-colon",
        "a-heading-witha-colon",
        "a-heading-witha-colon",
        "a-heading-witha-colon",
        "a-heading-witha-colon",
    ),
    ("Straße", "straße", "strae", "strae", "straße", "straße", "straße"),
    ("हिन्दी दर्द", "हिन्दी-दर्द", "_1", "section", "हिन्दी-दर्द", "हनद-दरद", "हनद-दरद"),
    ("A, B & C: D/E", "a-b--c-de", "a-b-c-de", "a-b--c-de", "a-b--c-de", "a-b--c-de", "a-b-c-de"),
    (
        "naïve déjà-vu",
        "naïve-déjà-vu",
        "naive-deja-vu",
        "nave-dj-vu",
        "naïve-déjà-vu",
        "naïve-déjà-vu",
        "naïve-déjà-vu",
    ),
)
SPECIAL_SIGNS = (  # the same programs
    ("Tea\u00a0room hours", "tearoom-hours", "tea-room-hours", "tearoom-hours", "tearoom-hours", "tearoom-hours"),
    ("Non\u2011stop care", "nonstop-care", "nonstop-care", "nonstop-care", "nonstop-care", "nonstop-care"),
    ("So\u00adft cups", "soft-cups", "soft-cups", "soft-cups", "soft-cups", "soft-cups"),
)
# The same of pymdownx.slugs 13.1.2, of "slugify_unicode", and of Hugo's "github-ascii" and "blackfriday".
BY_SETTINGS = (
    ("Café & crêpes", "café--crêpes", "café-crêpes", "cafe--crepes", "café-crêpes"),
    ("3.5 hours of rest", "35-hours-of-rest", "35-hours-of-rest", "35-hours-of-rest", "3-5-hours-of-rest"),
    ("Heat - cold packs", "heat---cold-packs", "heat-cold-packs", "heat---cold-packs", "heat-cold-packs"),
    ("🧊 Ice packs", "-ice-packs", "ice-packs", "-ice-packs", "ice-packs"),
    ("½ dose", "½-dose", "½-dose", "-dose", "½-dose"),
    (
        "A heading with:a colon",
        "a-heading-witha-colon",
        "a-heading-witha-colon",
        "a-heading-witha-colon",
        "a-heading-with-a-colon",
    ),
    ("Straße", "straße", "straße", "strae", "straße"),
)


def leads(heading: str, target: str, flavour: Flavour, *, path: str = "a.md") -> bool:
    """Whether a link leads somewhere in a page with one heading, or with text of its own."""
    text = heading if "\n" in heading else f"## {heading}\n\nText.\n"
    doc = parse(path, text, today=TODAY, anchors=None if flavour is Flavour.ANY else flavour)
    return anchors.leads(doc, target)


@pytest.mark.parametrize("row", HEADINGS, ids=lambda row: row[0])
def test_a_heading_has_the_anchor_that_its_generator_makes(row: tuple[str, ...]) -> None:
    heading, *made = row
    for flavour, anchor in zip(GENERATORS, made, strict=True):
        assert leads(heading, f"#{anchor}", flavour), flavour
        assert leads(heading, f"#{anchor}", Flavour.ANY), flavour
        for other in set(made) - {anchor}:
            assert not leads(heading, f"#{other}", flavour), flavour


@pytest.mark.parametrize("row", SPECIAL_SIGNS, ids=lambda row: ascii(row[0]))
def test_special_spaces_and_hyphens_are_read_as_they_are_written(row: tuple[str, ...]) -> None:
    heading, *made = row
    for flavour, anchor in zip(GENERATORS, made, strict=False):
        assert leads(heading, f"#{anchor}", flavour), flavour


@pytest.mark.parametrize("row", BY_SETTINGS, ids=lambda row: row[0])
def test_a_form_that_settings_can_ask_for_is_right_where_no_generator_is_known(row: tuple[str, ...]) -> None:
    heading, *made = row
    for anchor in made:
        assert leads(heading, f"#{anchor}", Flavour.ANY)


TWICE = "## Price list\n\nText.\n\n## Price list\n\nText.\n\n## Price list\n"
OWN = "## Opening hours {#hours}\n\nText.\n"
OWN_BELOW = "## Opening hours\n{: .wide #hours}\n\nText.\n"
NOTE = "Warm cups.[^roe]\n\n[^roe]: Roe J. Cups. 2019.\n"
PAGES = {
    "the second of two": (TWICE, "#price-list-1", Flavour.HUGO, True),
    "the third": (TWICE, "#price-list-2", Flavour.DOCUSAURUS, True),
    "there is no fourth": (TWICE, "#price-list-3", Flavour.DOCUSAURUS, False),
    "the second of two in Python-Markdown": (TWICE, "#price-list_1", Flavour.MKDOCS, True),
    "a hyphen before the number in Python-Markdown": (TWICE, "#price-list-1", Flavour.MKDOCS, False),
    "the second, generator not known": (TWICE, "#price-list_1", Flavour.ANY, True),
    "a name of its own": (OWN, "#hours", Flavour.HUGO, True),
    "a name of its own takes the place of the other": (OWN, "#opening-hours", Flavour.HUGO, False),
    "both, generator not known": (OWN, "#opening-hours", Flavour.ANY, True),
    "a name in the line below": (OWN_BELOW, "#hours", Flavour.KRAMDOWN, True),
    "a name in the line below takes the place of the other": (OWN_BELOW, "#opening-hours", Flavour.KRAMDOWN, False),
    "braces are text in CommonMark": (OWN, "#hours", Flavour.COMMONMARK, False),
    "a ligature": ("## Oﬃce hours\n\n", "#oﬃce-hours", Flavour.HUGO, True),
    "an entity": ("## Tea&nbsp;room &amp; desk\n\n", "#tearoom--desk", Flavour.JEKYLL, True),
    "code": ("## The `--x` option\n\n", "#the---x-option", Flavour.DOCUSAURUS, True),
    "code in HTML": ("## The <code>--x</code> option\n\n", "#the---x-option", Flavour.DOCUSAURUS, True),
    "a picture": ("## ![A cup](cup.png) Tea\n\n", "#-tea", Flavour.DOCUSAURUS, True),
    "a picture by its text": ("## ![A cup](cup.png) Tea\n\n", "#a-cup-tea", Flavour.HUGO, True),
    "a picture in HTML": ("## <img src='cup.png'> Tea\n\n", "#-tea", Flavour.JEKYLL, True),
    "an escaped sign": ("## Ｗide \\*stars\\*\n\n", "#ｗide-stars", Flavour.DOCUSAURUS, True),
    "an id in HTML": ('Text.\n\n<a id="desk"></a>\n', "#desk", Flavour.COMMONMARK, True),
    "an id is compared to the letter": ('Text.\n\n<a id="front-desk"></a>\n', "#frontdesk", Flavour.ANY, False),
    "a name in HTML": ("Text.\n\n<a name='desk'></a>\n", "#desk", Flavour.JEKYLL, True),
    "GitHub's prefix": ("## Price list\n\n", "#user-content-price-list", Flavour.COMMONMARK, True),
    "GitHub finds it in capitals": ("## Price list\n\n", "#Price-List", Flavour.COMMONMARK, True),
    "Hugo does not": ("## Price list\n\n", "#Price-List", Flavour.HUGO, False),
    "percent signs": ("## Über uns\n\n", "#%C3%BCber-uns", Flavour.HUGO, True),
    "Obsidian's own heading": ("## Price list: 2026\n\n", "#Price%20list%202026", Flavour.OBSIDIAN, True),
    "Obsidian's heading below a heading": ("# Desk\n\n## Price list\n", "#Desk#Price list", Flavour.OBSIDIAN, True),
    "another heading": ("## Price list: 2026\n\n", "#price-list-2026", Flavour.OBSIDIAN, False),
    "Obsidian's block": ("Ring the desk. ^call\n\n", "#^call", Flavour.OBSIDIAN, True),
    "no such block": ("Ring the desk. ^call\n\n", "#^ring", Flavour.OBSIDIAN, False),
    "a note": (NOTE, "#fn:roe", Flavour.JEKYLL, True),
    "a note by its number": (NOTE, "#fn1", Flavour.PANDOC, True),
    "a note of GitHub": (NOTE, "#user-content-fn-roe", Flavour.DOCUSAURUS, True),
    "a mark of a note, second use": (NOTE, "#fnref:roe:1", Flavour.KRAMDOWN, True),
    "the note of another generator": (NOTE, "#fn-roe", Flavour.MKDOCS, False),
    "words cut elsewhere": ("## Price list\n\n", "#pri-ce-list", Flavour.ANY, False),
    "signs that none keeps": ("## Price list\n\n", "#price.list", Flavour.HUGO, False),
    "signs that markdown-it-anchor keeps": ("## Price: list\n\n", "#price:-list", Flavour.ANY, True),
    "a text fragment": ("## Price list\n\n", "#price-list:~:text=cups", Flavour.HUGO, True),
}


@pytest.mark.parametrize(("text", "target", "flavour", "expected"), PAGES.values(), ids=PAGES.keys())
def test_places_of_a_page(text: str, target: str, flavour: Flavour, expected: bool) -> None:
    assert leads(text, target, flavour) is expected


@pytest.mark.parametrize("mark", ["{: .wide}", "See [[Warm cups]]."])
def test_marks_that_several_generators_know_do_not_decide_the_anchors(mark: str) -> None:
    text = f"Text.\n{mark}\n\n## 1. Café\n\nText.\n"
    assert leads(text, "#1-café", Flavour.ANY)
    assert leads(text, "#1-cafe", Flavour.ANY)


def test_a_mark_that_one_generator_knows_decides_the_anchors() -> None:
    text = "!!! note\n    Bring a towel.\n\n## Café & tea\n\nText.\n"
    assert leads(text, "#cafe-tea", Flavour.ANY)
    assert not leads(text, "#café--tea", Flavour.ANY)


def test_mdx_has_the_anchors_of_github_slugger() -> None:
    assert leads("Café & crêpes", "#café--crêpes", Flavour.ANY, path="a.mdx")
    assert not leads("Café & crêpes", "#cafe-crepes", Flavour.ANY, path="a.mdx")


def test_a_page_of_headings_that_are_all_alike_is_read_in_good_time() -> None:
    text = "## a\n\n" * 20_000
    doc = parse("a.md", text, today=TODAY)
    start = time.process_time()
    assert anchors.leads(doc, "#a-19999")
    assert time.process_time() - start < 5
