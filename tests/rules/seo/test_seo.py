"""The rules of the family seo, as a writer meets them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acu_lint.document.document import Document, Meta, Parsed
from acu_lint.document.flavour import Flavour
from acu_lint.document.source import Source
from acu_lint.parse import parse
from acu_lint.rules.finding import Hit, Severity
from acu_lint.testing import TODAY
from acu_lint_rules.seo import (  # fmt: skip
    canonical,
    description,
    duplicate_heading,
    image_alt,
    link_text,
    slug,
    structured_data,
    title,
)
from tests.conftest import assert_quick, document

RULES: tuple[Callable[[Document], Iterable[Hit]], ...] = (
    canonical.check, description.check, duplicate_heading.check, image_alt.check, link_text.check, slug.check,
    structured_data.check, title.check,
)  # fmt: skip


def shown(doc: Document, hits: Iterable[Hit]) -> list[tuple[str, str]]:
    """The hits as words and message."""
    return [(doc.source.text[slice(*hit.span)], hit.message) for hit in hits]


def mended(doc: Document, hits: Iterable[Hit]) -> str:
    """The text with all edits of the hits applied."""
    text = doc.source.text
    edits = sorted((edit for hit in hits for edit in hit.edits), key=lambda edit: edit.span, reverse=True)
    for edit in edits:
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


# --- title and description


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Home\n", ("vague", Severity.WARNING)),
        ("---\ntitle: Untitled | Willow Clinic\n---\nText.\n", ("vague", Severity.WARNING)),
        (f"# {'Needles and moxa ' * 4}\n", ("default", Severity.INFO)),
        (f"# {'Needles and moxa ' * 6}\n", ("default", Severity.WARNING)),
        ("# 拔罐与艾灸对慢性颈痛患者的长期效果以及安全性与费用的系统回顾与展望总结\n", ("default", Severity.INFO)),
        ("Text without a title.\n", ("missing", Severity.WARNING)),
    ],
)
def test_titles(text: str, expected: tuple[str, Severity]) -> None:
    assert [(hit.message, hit.severity) for hit in title.check(document(text))] == [expected]


def test_the_title_for_search_results_counts_where_there_is_one() -> None:
    doc = document(f"---\ntitle: {'Needles and moxa ' * 5}\nseo_title: Needles and moxa\n---\nText.\n")
    assert not list(title.check(doc))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("needles, moxa, cups, gua sha", ("keywords", Severity.WARNING)),
        ("Needles and sleep", ("title", Severity.WARNING)),
        ("Needles.", ("short", Severity.INFO)),
        ("What needles do. " * 11, ("long", Severity.INFO)),
        ("What needles do. " * 20, ("long", Severity.WARNING)),
        ("", ("missing", Severity.INFO)),
    ],
)
def test_descriptions(value: str, expected: tuple[str, Severity]) -> None:
    doc = document(f'---\ntitle: Needles and sleep\ndescription: "{value}"\n---\nText.\n')
    assert [(hit.message, hit.severity) for hit in description.check(doc)] == [expected]


@pytest.mark.parametrize("path", ["page.txt", "page.md", "page.mdx"])
def test_a_text_without_front_matter_needs_no_description(path: str) -> None:
    assert not list(description.check(document("# Needles and sleep\n\nText.\n", path)))


# --- edits: a title or heading that stands twice, tracking codes


@pytest.mark.parametrize(
    ("rule", "path", "before", "after"),
    [
        (
            title.check,
            "a.md",
            "---\ntitle: Moxa for knees | Moxa for knees\n---\nText.\n",
            "---\ntitle: Moxa for knees\n---\nText.\n",
        ),
        (title.check, "a.md", "# Moxa for knees - Willow | Willow\n\nText.\n", "# Moxa for knees - Willow\n\nText.\n"),
        (
            title.check,
            "a.html",
            "<html><head><title>Moxa for knees | Moxa for Knees</title></head><body><p>Text.</p></body></html>",
            "<html><head><title>Moxa for knees</title></head><body><p>Text.</p></body></html>",
        ),
        (duplicate_heading.check, "a.md", "# Moxa\n\n# Moxa\n\nText.\n", "# Moxa\n\nText.\n"),
        (duplicate_heading.check, "a.md", "# Moxa #\r\n\r\n# Moxa #\r\n\r\nText.\r\n", "# Moxa #\r\n\r\nText.\r\n"),
        (duplicate_heading.check, "a.md", "Moxa\n====\n\nMoxa\n====\n\nText.\n", "Moxa\n====\n\nText.\n"),
        (
            duplicate_heading.check,
            "a.mdx",
            "# A\n\nText.\n\n## Cost\n## Cost\nText.\n",
            "# A\n\nText.\n\n## Cost\nText.\n",
        ),
        (
            slug.check,
            "a.md",
            "---\ncanonical_url: 'https://a.example/b?utm_source=x'\n---\nText.\n",
            "---\ncanonical_url: 'https://a.example/b'\n---\nText.\n",
        ),
        (
            slug.check,
            "a.md",
            "---\ncanonical: /b?utm_source=x&page=2&utm_term=y#top\n---\nText.\n",
            "---\ncanonical: /b?page=2#top\n---\nText.\n",
        ),
        (
            canonical.check,
            "a.html",
            '<html><head><link rel="canonical" href="https://a.example/?a=1&amp;gclid=2&amp;b=3"></head><body>T</body></html>',
            '<html><head><link rel="canonical" href="https://a.example/?a=1&amp;b=3"></head><body>T</body></html>',
        ),
    ],
)
def test_an_edit_mends_the_text_and_leaves_nothing_to_find(
    rule: Callable[[Document], Iterable[Hit]], path: str, before: str, after: str
) -> None:
    doc = document(before, path)
    assert mended(doc, rule(doc)) == after
    assert not [hit for hit in rule(document(after, path)) if hit.edits]


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (title.check, "a.md", "# Home | Home\n\nText.\n"),  # what is left would be as bad
        (title.check, "a.md", '---\ntitle: "Moxa\\x20tea | Moxa\\x20tea"\n---\nText.\n'),  # not letter for letter
        (duplicate_heading.check, "a.md", "# Moxa\n\nText.\n\n# Moxa\n\nMore.\n"),  # text between them
        (duplicate_heading.check, "a.md", "# A\n\n## Moxa\n\n![cups](a.png)\n\n## Moxa\n\nMore.\n"),
        (duplicate_heading.check, "a.html", "<main><h2>Moxa</h2><h2>Moxa</h2><p>Text.</p></main>"),
        (duplicate_heading.check, "a.md", "- # Moxa\n- # Moxa\n\nText.\n"),
    ],
)
def test_what_is_not_certain_is_reported_without_an_edit(
    rule: Callable[[Document], Iterable[Hit]], path: str, text: str
) -> None:
    doc = document(text, path)
    hits = list(rule(doc))
    assert hits
    assert not any(hit.edits for hit in hits)


def test_a_printed_title_is_said_once() -> None:
    text = "---\ntitle: Moxa for knees\n---\n\n# Moxa for knees\n\nText.\n"
    assert not list(duplicate_heading.check(document(text)))
    hits = list(duplicate_heading.check(document(text), title_printed=True))
    assert mended(document(text), hits) == "---\ntitle: Moxa for knees\n---\n\nText.\n"


def test_pandoc_prints_the_title() -> None:
    text = "---\ntitle: Moxa\n---\n\n# Moxa\n\nText.\n"
    (hit,) = duplicate_heading.check(parse("a.md", text, today=TODAY, flavour=Flavour.PANDOC))
    assert (hit.message, text[slice(*hit.span)], hit.span.start) == ("title", "Moxa", 23)


def test_a_part_that_was_pasted_in_again_is_one_finding() -> None:
    one = "## Mint tea\n\nPour hot water on six leaves and wait for ten minutes.\n\n### What you need\n\nA pot.\n\n"
    two = "## Sage tea\n\nPour cold water on two roots, then stir it for a long while.\n\n"
    (hit,) = duplicate_heading.check(document(f"# Teas\n\n{one}{two}{one}{two}"))
    assert (hit.message, hit.data["match"]) == ("pasted", "Mint tea")
    assert len(hit.related) == 2


def test_sub_headings_below_headings_that_repeat_are_not_told_again() -> None:
    part = "## What you need at home\n\nA.\n\n### For tea\n\nB.\n\n"
    hits = list(duplicate_heading.check(document(f"# Teas\n\n{part}{part}")))
    assert [hit.data["match"] for hit in hits] == ["What you need at home"]


def test_long_addresses_are_one_finding() -> None:
    long = "https://a.example/one/very/long/way/to"
    doc = document(f"See {long}/b now. Or {long}/c soon.\n\nPhoto: {long}/d\n\n- A work (2020). {long}/e\n")
    (hit,) = link_text.check(doc)
    assert (hit.message, hit.data["count"]) == ("address", 2)
    assert [doc.source.text[slice(*other.span)] for other in hit.related] == [f"{long}/c"]


@pytest.mark.parametrize(
    "name", ["%F0%9F%8C%BF-tea.md", "%E2%80%9Ctea%E2%80%9D.md", "tea-%FC.md", "tea%26herbs.md", "tea%e2%80%94herbs.mdx"]
)
def test_codes_of_signs_are_no_address(name: str) -> None:
    (hit,) = slug.check(document("# Tea\n\nText.\n", name))
    assert hit.message == "codes"


@pytest.mark.parametrize("name", ["%D1%87%D0%B0%D0%B9.md", "чай.md", "%E8%8C%B6.md", "50%-off.md", "tea-100%.md"])
def test_letters_of_other_scripts_may_be_codes(name: str) -> None:
    assert [hit.message for hit in slug.check(document("# Tea\n\nText.\n", name))] == []


def test_a_heading_that_stands_three_times_is_one_finding() -> None:
    (hit,) = duplicate_heading.check(document("# A\n\n## Cost\n\nB.\n\n## Costs\n\nC.\n\n## COST\n\nD.\n"))
    assert (hit.data["match"], hit.data["count"], len(hit.related)) == ("Costs", 3, 2)


# --- images and links


def test_only_some_empty_descriptions_are_faults() -> None:
    doc = document(
        '<main><p>A <img src="a.png" alt> <img src="b.png" alt=\'\'> <img src="c.png" data-alt="x"></p></main>',
        "a.html",
    )
    assert shown(doc, image_alt.check(doc)) == [('<img src="c.png" data-alt="x">', "missing")]


@pytest.mark.parametrize(
    "alt", ["hero.webp", "Screen Shot 2021_02_03", "photo", "IMG 0012 (1)", "Image 3", "Banner image"]
)
def test_a_file_name_is_no_description(alt: str) -> None:
    assert [hit.message for hit in image_alt.check(document(f"![{alt}](a.png)\n"))] == ["name"]


@pytest.mark.parametrize(
    "alt",
    ["Cups, needles and herbs", "A photo of Leeds, at dusk, from our door", "Dr. Li", "Pain diary (page 3)"],
)
def test_a_short_description_is_enough(alt: str) -> None:
    assert not list(image_alt.check(document(f"![{alt}](a.png)\n")))


def test_empty_links_are_found_where_nothing_names_them() -> None:
    doc = document('Text [](/a) and [b](/b), [![c](c.png)](/c) and <a href="/d" aria-label="D"></a> `[](/e)`.\n')
    assert shown(doc, link_text.check(doc)) == [("[](/a)", "empty")]


def test_vague_links_in_one_sentence_are_one_finding() -> None:
    doc = document("Look [here](/a) and [here](/b). Then [*click here!*](/c).\n")
    assert shown(doc, link_text.check(doc)) == [("here", "default"), ("click here!", "default")]


def test_a_chosen_keyphrase_linked_again_and_again() -> None:
    links = "Our [blue tea](/t) is blue. We love [Blue Tea](/t). Drink [blue teas](/t).\n"
    doc = document(f"---\nkeyphrase: blue tea\n---\n\n{links}")
    (hit,) = link_text.check(doc)
    assert (hit.message, hit.severity, hit.data["count"], len(hit.related)) == ("again", Severity.WARNING, 3, 2)
    assert not list(link_text.check(document(links)))


# --- addresses and structured data


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("content/Neck_Pain.md", "default"),
        ("2024-01-01-neck--pain.md", "default"),
        ("123.md", "number"),
        ("page/9f86d081884c7d65.html", "number"),
        ("neck-pain-neck-pain.md", "stuffed"),
        ("a" * 80 + ".md", "long"),
        ("naïve.md", "encoded"),
        ("index.html", ""),
        ("_partial.md", ""),
        ("LICENSE.md", ""),
        ("neck-pain-in-2026.md", ""),
        ("Neck_Pain.txt", ""),
    ],
)
def test_addresses_from_file_names(path: str, message: str) -> None:
    assert [hit.message for hit in slug.check(document("# Neck\n\nText.\n", path))] == ([message] if message else [])
    assert not list(slug.check(document("# Neck\n\nText.\n", path), file_names=False))


@pytest.mark.parametrize(
    "value",
    [None, True, 3, [], {}, "x", [["Article"]], {"@type": 3}, {"@graph": [None, [], {"author": 1}]}],
)
def test_json_ld_of_any_kind_breaks_nothing(value: object) -> None:
    item = {"@type": "Article", "author": value, "dateModified": value, "@graph": value, "mainEntity": value}
    parsed = Parsed(meta=Meta({}, json_ld=(item,), format="html"))
    doc = Document("a.html", Source("<html></html>"), parsed, format="html", today=TODAY)
    assert [hit.message for hit in structured_data.check(doc)] == ["default"]


# --- hostile text


@given(st.text(alphabet="#=-[]()!<a >\n\r\t&;\"'x|?", max_size=200))
def test_edits_never_break_a_text(text: str) -> None:
    for path in ("a.md", "a.mdx", "a.html", "a.txt"):
        doc = document(text, path)
        for rule in RULES:
            after = mended(doc, rule(doc))
            assert len(after) <= len(text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    ["# A\n" * 25_000, "[](/a) " * 14_000, "![](a) " * 14_000, "[here](/a) " * 9_000, "a | " * 25_000, "<a " * 33_000],
    ids=lambda line: line[:10],
)
@pytest.mark.parametrize("path", ["page.md", "page.html"])
def test_a_hostile_line_takes_no_time(line: str, path: str) -> None:
    assert_quick(document(line, path), RULES)
