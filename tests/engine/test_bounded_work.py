"""What keeps the work on a hostile file bounded does not change what a writer reads.

How time grows is measured by ``benchmarks/hostile.py``.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import AcuLint, Write

ODD = {
    "ligature": "ﬁbromyalgia",
    "dotted capital": "İstanbul",
    "sharp s": "Straße",
    "letter with an apostrophe": "ŉeedle",
    "Greek capitals": "ΟΔΟΣ",
    "modifier apostrophe": "needleʼs",
    "two endings": "needle's's",
    "plural of a verb form": "helpings",
    "long s": "maſſage",
    "micro sign": "µg",
}


def check(acu_lint: AcuLint, *arguments: str) -> list[dict[str, Any]]:
    findings: list[dict[str, Any]] = acu_lint("check", "--isolated", "--format", "json", *arguments).json["findings"]
    return findings


def places(findings: list[dict[str, Any]], rule: str) -> list[tuple[int, str]]:
    """Line and words of the findings of a rule."""
    return [(each["start"]["line"], each["actual"]) for each in findings if each["rule"] == rule]


@pytest.mark.parametrize("word", ODD.values(), ids=ODD)
def test_no_rule_breaks_down_on_a_word_that_changes_its_length_in_other_case(
    acu_lint: AcuLint, write: Write, word: str
) -> None:
    body = (
        f"Our {word} clinic is here. At our {word} clinic we treat it. Your {word} needs care, and {word.upper()} care"
        f" takes time. Ask our team when {word} wakes you, and read what {word} does. We know {word} well; acupuncture"
        f" cures {word}, studies show. You can book with us on any day of the week. {word.title()} is what we see."
    )
    write("short.md", f"# {word}\n\n{body}\n")
    write("long.md", f"---\ntitle: {word} clinic\nkeyphrase: {word} care\n---\n\n# {word}\n\n" + f"{body}\n\n" * 5)
    assert places(check(acu_lint, "."), "acu/rule-failed") == []


def test_an_enable_ends_only_what_it_names(acu_lint: AcuLint, write: Write) -> None:
    write(
        "a.md",
        "# Tea\n\n"
        "<!-- acu-lint-disable claims/cure -->\n\n"
        "<!-- acu-lint-disable claims/cure, copy -->\n\n"
        "Acupuncture cures sciatica one.\n\n"
        "<!-- acu-lint-enable claims/cure -->\n\n"
        "Acupuncture cures sciatica two.\n\n"
        "<!-- acu-lint-enable -->\n\n"
        "Acupuncture cures sciatica three.\n",
    )
    assert places(check(acu_lint, "a.md"), "claims/cure") == [(11, "cures sciatica"), (15, "cures sciatica")]


def test_every_region_that_silences_something_counts_as_used(acu_lint: AcuLint, write: Write) -> None:
    write(
        "a.md",
        "# Tea\n\n<!-- acu-lint-disable claims -->\n\n<!-- acu-lint-disable-next-line claims/cure, seo/link-text -->\n"
        "Acupuncture cures sciatica.\n",
    )
    findings = check(acu_lint, "a.md")
    assert places(findings, "claims/cure") == []
    assert [each["message"] for each in findings if each["rule"] == "acu/unused-suppression"] == [
        "'seo/link-text' finds nothing here, so this comment silences nothing."
    ]


def test_the_next_line_is_the_next_one_with_words(acu_lint: AcuLint, write: Write) -> None:
    write(
        "a.md",
        "# Tea\n\n<!-- acu-lint-disable-next-line claims -->\n\n  \n\nAcupuncture cures sciatica.\n\n"
        "Acupuncture cures migraine.\n\n<!-- acu-lint-disable-next-line claims -->\n\n",
    )
    findings = check(acu_lint, "a.md")
    assert places(findings, "claims/cure") == [(9, "cures migraine")]
    assert [line for line, _ in places(findings, "acu/unused-suppression")] == [11]


def test_a_comment_full_of_unknown_names_is_told_in_few_findings(acu_lint: AcuLint, write: Write) -> None:
    names = ", ".join(f"tea/rule-{number}" for number in range(500))
    write("a.md", f"# Tea\n\n<!-- acu-lint-disable {names} -->\n\nTea.\n")
    told = [each["message"] for each in check(acu_lint, "a.md") if each["rule"] == "acu/unknown-suppression"]
    assert len(told) == 21
    assert "There are 480 more names here that no rule or family has." in told


@pytest.mark.parametrize(
    ("comment", "silent"),
    [
        ("acu-lint-disable-next-line claims/cure -- a quotation", True),
        ("acu-lint-disable-next-line claims/cure --\n  a quotation", True),
        ("acu-lint-disable-next-line -- a quotation -- of 2019", True),
        ("\n  acu-lint-disable-next-line\n", True),
        ("acu-lint-disable-next-line claims/cure\nand more", False),
        ("see acu-lint-disable-next-line", False),
    ],
)
def test_how_a_comment_is_read(acu_lint: AcuLint, write: Write, comment: str, silent: bool) -> None:
    write("a.md", f"# Tea\n\n<!-- {comment} -->\nAcupuncture cures sciatica.\n")
    assert (places(check(acu_lint, "a.md"), "claims/cure") == []) is silent


def test_a_finding_about_an_image_marks_the_words_of_that_image(acu_lint: AcuLint, write: Write) -> None:
    write(
        "a.html",
        "<h1>Tea</h1>\n<p>A cup <img src=a alt='A cup of green tea'>\n<img src=b>\n<img src=c alt='IMG_0001.jpg'>\n"
        "<img src=d alt='A pot'></p>\n",
    )
    assert places(check(acu_lint, "a.html"), "seo/image-alt") == [(3, "<img src=b>"), (4, "IMG_0001.jpg")]


def test_positions_for_editors_count_two_units_for_an_emoji(acu_lint: AcuLint, write: Write) -> None:
    text = "😀 e\u0301 acupuncture cures sciatica 😀. Acupuncture cures migraine."
    write("a.md", f"# 😀😀\n\n{text}\n")
    findings = [each for each in check(acu_lint, "a.md") if each["rule"] == "claims/cure"]
    for each in findings:
        before = text[: each["start"]["column"] - 1]
        assert each["lsp"]["start"] == {"line": 2, "character": len(before.encode("utf-16-le")) // 2}
    assert findings


def test_vague_links_are_reported_once_in_each_sentence(acu_lint: AcuLint, write: Write) -> None:
    link = "[click here](https://a.example/b)"
    write("a.md", f"# Tea\n\nTo read more {link} or {link}. To book a visit {link}.\n")
    assert len(places(check(acu_lint, "a.md"), "seo/link-text")) == 2


def test_an_address_of_template_values_is_told_as_it_stands(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", "# Tea\n\n[Tea]({{ a }}/b{{ cc }}) and ![A cup ![of tea](x.png)]({{ d }}.png).\n")
    listed = acu_lint("references", "--isolated", "a.md")
    assert listed.status == 0
    assert places(check(acu_lint, "a.md"), "acu/rule-failed") == []


def test_a_page_of_abbreviations_is_told_about_no_more_than_anybody_reads(acu_lint: AcuLint, write: Write) -> None:
    letters = "ABCDEFGHJKLNPQRSTUWYZ"
    names = [f"{one}{two}Q" for one in letters for two in letters if one != two]
    write("a.md", "# Tea\n\n" + "".join(f"The {name} clinic is warm.\n\n" for name in names))
    assert len(names) > 400
    assert len(places(check(acu_lint, "a.md"), "readability/acronym")) == 300
