"""Headings that lack the space behind their signs, in the dialects of Markdown."""

from __future__ import annotations

import pytest

from acu_lint.document.flavour import Flavour
from acu_lint.parse import parse
from acu_lint.rules.finding import Hit
from acu_lint.testing import TODAY
from acu_lint_rules.readability import heading_structure

TEXT = "# Sleep\n\n##Before bed\n\nDim the light.\n\n###In bed\nLie still.\n"


def broken(text: str, flavour: Flavour = Flavour.ANY, path: str = "a.md") -> list[Hit]:
    doc = parse(path, text, today=TODAY, flavour=flavour)
    return [hit for hit in heading_structure.check(doc) if hit.message == "no-space"]


@pytest.mark.parametrize("flavour", [Flavour.ANY, Flavour.COMMONMARK, Flavour.JEKYLL, Flavour.HUGO, Flavour.OBSIDIAN])
def test_readers_see_the_signs(flavour: Flavour) -> None:
    (hit,) = broken(TEXT, flavour)
    assert TEXT[slice(*hit.span)] == "##Before bed"
    assert hit.expected == ("## Before bed",)
    assert [TEXT[slice(*other.span)] for other in hit.related] == ["###In bed"]


@pytest.mark.parametrize("flavour", [Flavour.KRAMDOWN, Flavour.MKDOCS])
def test_some_generators_need_no_space(flavour: Flavour) -> None:
    assert broken(TEXT, flavour) == []


@pytest.mark.parametrize(
    "text",
    [
        "#sleep #rest\n",
        "##sleep ##rest\n",
        "#Rest well\n",
        "`##Rest` is a heading.\n",
        "```\n##Rest\n```\n",
        "    ##Rest\n",
        "\\##Rest\n",
        "Take gate ##3 to the clinic.\n",
    ],
)
def test_no_broken_heading(text: str) -> None:
    assert broken(text) == []


def test_signs_behind_the_words_go_too() -> None:
    (hit,) = broken("##Rest well##\r\n\r\nLie still.\r\n")
    assert hit.expected == ("## Rest well",)


def test_the_edits_make_headings_of_all_and_leave_tags_alone() -> None:
    text = "#Sleep\r\n\r\n#rest\r\n\r\n##Before bed##\r\n\r\n##----\r\n\r\n###In bed \r\nLie still.\r\n"
    (hit,) = broken(text)
    for edit in reversed(hit.edits):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert text == "# Sleep\r\n\r\n#rest\r\n\r\n## Before bed\r\n\r\n##----\r\n\r\n### In bed\r\nLie still.\r\n"
    assert broken(text) == []


def test_html_has_no_such_signs() -> None:
    assert broken("<p>\n##Rest\n</p>", path="a.html") == []
