"""Comments that silence rules: every way in which people write them works, or the tool says what to write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from acu_lint.engine.engine import Engine, Settings
from acu_lint.rules.card import build
from acu_lint.rules.registry import Registry
from tests.conftest import document

IDS = ("claims/cure", "claims/absolute", "copy/puffery")
WORDS = {"claims/cure": "cures", "claims/absolute": "always", "copy/puffery": "amazing"}
TEXT = "Tea cures, always, amazing.\n"


def findings(text: str, path: str = "a.md") -> list[tuple[int, str, str]]:
    """Line, rule and message of each finding."""
    registry = Registry()
    for rule in IDS:
        card: Mapping[str, Any] = {"id": rule, "title": "t", "message": "m", "sources": ["x"], "terms": [WORDS[rule]]}
        registry.add(build(dict(card), "test.yml"))
    settings = Settings(frozenset({*IDS, "acu/unused-suppression", "acu/unknown-suppression"}))
    found = Engine(registry, settings).check(document(text, path))
    return [(finding.start.line, finding.rule, finding.message) for finding in found]


def rules(text: str, path: str = "a.md") -> list[str]:
    return sorted(rule for _, rule, _ in findings(text, path))


BOTH = ["claims/absolute", "copy/puffery"]  # what is left when claims/cure is silent
SILENT = {
    "capitals": "<!-- ACU-LINT-DISABLE-NEXT-LINE CLAIMS/CURE -->",
    "a colon, as for proselint": "<!-- acu-lint: disable claims/cure -->",
    "a colon behind the verb": "<!-- acu-lint-disable: claims/cure -->",
    "an equals sign, as for pylint": "<!-- acu-lint: disable=claims/cure -->",
    "a space": "<!-- acu-lint disable-next-line claims/cure -->",
    "only spaces": "<!-- acu-lint disable next line claims/cure -->",
    "underscores": "<!-- acu_lint_disable_next_line claims/cure -->",
    "names on the next line": "<!-- acu-lint-disable-next-line\n     claims/cure -- from the leaflet -->",
    "a list": "<!--\nacu-lint-disable-next-line\n- claims/cure\n-->",
    "a stop": "<!-- acu-lint-disable-next-line claims/cure. -->",
    "quotes": "<!-- acu-lint-disable-next-line 'claims/cure' -->",
    "a long dash": "<!-- acu-lint-disable-next-line claims/cure — from the leaflet -->",
    "three hyphens": "<!--- acu-lint-disable-next-line claims/cure --->",
    "no space at the end": "<!--acu-lint-disable-next-line claims/cure-->",
    "blank lines below": "<!-- acu-lint-disable-next-line claims/cure -->\n\n",
    "Liquid": "{% comment %}acu-lint-disable-next-line claims/cure{% endcomment %}",
    "Hugo": "{{/* acu-lint-disable-next-line claims/cure */}}",
    "Hugo, trimmed": "{{- /* acu-lint-disable-next-line claims/cure */ -}}",
    "Handlebars": "{{!-- acu-lint-disable-next-line claims/cure --}}",
    "Liquid, inline": "{% # acu-lint-disable-next-line claims/cure %}",
    "en dashes": "<!-- acu–lint–disable–next–line claims/cure -->",
    "a definition": "[//]: # (acu-lint-disable-next-line claims/cure)",
    "a definition in quotes": "[comment]: <> 'acu-lint-disable-next-line claims/cure'\n",
    "a definition with a reason": '[c]: # "acu-lint-disable-next-line claims/cure -- said so (2019)"',
    "a definition, indented": "  [//]: # (acu-lint-disable-next-line claims/cure -- said so (2019))",
    "another tool's comment below": (
        "<!-- acu-lint-disable-next-line claims/cure -->\n\n<!-- mdlint-disable-next-line -->\n[//]: # (what tea does)"
    ),
    "Jinja": "{# acu-lint-disable-next-line claims/cure #}",
}


@pytest.mark.parametrize("comment", SILENT.values(), ids=SILENT.keys())
def test_silenced(comment: str) -> None:
    assert rules(f"{comment}\n{TEXT}") == BOTH


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("<!-- acu-lint-disable-next-line claims, copy -->", []),
        ("<!-- acu-lint-disable-next-line claims/* and copy -->", []),
        ("<!-- acu-lint-disable-next-line\n  claims/cure,\n  copy/puffery -->", ["claims/absolute"]),
        (
            "<!-- acu-lint-disable-next-line claims/cure -->\n<!-- acu-lint-disable-next-line copy -->",
            ["claims/absolute"],
        ),
        ("<!-- acu-lint-disable-next-line all -->", []),
        ("<!-- acu-lint-disable-next-line * -->", []),
        ("<!-- acu-lint-disable-next-line claims/cure; acu-lint-disable-next-line copy -->", ["claims/absolute"]),
        ("<!-- acu-lint-disable-next-line claims/cure -- said so\n acu-lint-disable copy -->", ["claims/absolute"]),
    ],
)
def test_several_names_and_several_directives(comment: str, left: list[str]) -> None:
    assert rules(f"{comment}\n{TEXT}") == left


@pytest.mark.parametrize("above", ["- ", "1. ", "| ", "> "])
def test_the_next_line_may_be_a_list_a_table_or_a_quotation(above: str) -> None:
    rest = " |\n|---|\n" if above == "| " else "\n"
    text = f"# T\n\n<!-- acu-lint-disable-next-line -->\n\n{above}Tea cures{rest}"
    assert rules(text) == []


def test_a_comment_in_between_is_part_of_the_next_line() -> None:
    above = "<!-- acu-lint-disable-next-line claims/cure -->\n<!-- tidy-next-line -->\n"
    assert rules(f"{above}{TEXT}\n{TEXT}") == sorted([*BOTH, *BOTH, "claims/cure"])


def test_in_a_block_quotation_comments_stand_above_their_line() -> None:
    comments = "> <!-- acu-lint-disable-next-line claims -->\n> <!-- acu-lint-disable-next-line copy -->\n>\n"
    assert rules(f"{comments}> {TEXT}") == []


@pytest.mark.parametrize("name", ["claims/cure", "claims", ""])
def test_a_claim_further_down_in_the_paragraph_is_shown(name: str) -> None:
    comment = f"<!-- acu-lint-disable-next-line {name} -->"
    told = [
        message for _, rule, message in findings(f"{comment}\nWe say that tea\ncures.\n") if rule.startswith("acu/")
    ]
    assert len(told) == 1
    assert "on line 3" in told[0]
    assert f"acu-lint-disable-line {name}".strip() in told[0]


def test_a_claim_in_another_paragraph_is_not_meant() -> None:
    comment = "<!-- acu-lint-disable-next-line claims/cure -->"
    (told,) = [message for _, rule, message in findings(f"{comment}\nTea.\n\nTea cures.\n") if rule.startswith("acu/")]
    assert "line" not in told


@pytest.mark.parametrize(
    ("comments", "told"),
    [
        ("<!-- acu-lint-enable -->", 1),
        ("<!-- acu-lint-enable claims/cure -->", 1),
        ("<!-- acu-lint-disable copy --><!-- acu-lint-enable claims -->", 1),
        ("<!-- acu-lint-disable-file claims --><!-- acu-lint-enable claims -->", 1),
        ("<!-- acu-lint-disable claims --><!-- acu-lint-enable claims/cure -->", 0),
        ("<!-- acu-lint-disable claims/cure --><!-- acu-lint-enable claims -->", 0),
        ("<!-- acu-lint-disable claims/cure --><!-- acu-lint-enable -->", 0),
        ("<!-- acu-lint-disable --><!-- acu-lint-enable claims/cure -->", 0),
    ],
)
def test_what_is_enabled_must_have_been_disabled(comments: str, told: int) -> None:
    ends = [message for _, _, message in findings(f"{comments}\n\n{TEXT}") if "ends nothing" in message]
    assert len(ends) == told


@pytest.mark.parametrize(
    ("comment", "better"),
    [
        ("acu-lint claims/cure = NO", "acu-lint-disable claims/cure"),
        ("acu-lint: claims.cure = YES", "acu-lint-enable claims/cure"),
    ],
)
def test_what_vale_reads_is_told(comment: str, better: str) -> None:
    told = [
        message for _, rule, message in findings(f"<!-- {comment} -->\n{TEXT}") if rule == "acu/unknown-suppression"
    ]
    assert len(told) == 1
    assert better in told[0]


def test_comments_of_jsx() -> None:
    assert rules(f"{{/**\n * acu-lint-disable-next-line\n * claims/cure\n */}}\n{TEXT}", "a.mdx") == BOTH


UNKNOWN = {
    "<!-- acu-lint-ignore claims/cure -->": "write one of: acu-lint-disable,",
    "<!-- acu-lint: ignore -->": "write one of: acu-lint-disable,",
    "<!-- acu-lint off -->": "write one of: acu-lint-disable,",
    "<!-- acu-lint: disabel-next-line claims -->": "did you mean 'disable-next-line'?",
    "<!-- acu-lint-disable-next-line cure -->": "did you mean 'claims/cure'?",
    "<!-- acu-lint-disable-next-line because the leaflet says so -->": "write the reason after ' -- '",
    "<!-- acu-lint-disable-next-line claims/cure\n  because the leaflet says so -->": "write the reason after ' -- '",
}


@pytest.mark.parametrize("comment", UNKNOWN)
def test_what_is_not_read_is_told_with_what_to_write(comment: str) -> None:
    first, *others = findings(f"{comment}\n{TEXT}")
    assert first[:2] == (1, "acu/unknown-suppression")
    assert UNKNOWN[comment] in first[2]
    assert [rule for _, rule, _ in others] == ["claims/cure", "claims/absolute", "copy/puffery"]


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- acu-lint finds this line; the lawyers know -->",
        "<!-- see acu-lint-disable in the handbook -->",
        "<!-- acu-lint enable it again once legal has answered -->",
        "<!-- acu-lint: ask Ann before you change this -->",
        "<!-- We use acu-lint.\nacu-lint-disable silences it. -->",
    ],
)
def test_prose_about_the_tool_is_no_directive(comment: str) -> None:
    assert rules(f"{comment}\n{TEXT}") == ["claims/absolute", "claims/cure", "copy/puffery"]


@pytest.mark.parametrize(
    ("off", "on", "left"),
    [
        ("", "claims/cure", ["claims/cure"]),
        ("", "claims", ["claims/absolute", "claims/cure"]),
        ("", "", ["claims/absolute", "claims/cure", "copy/puffery"]),
        ("claims", "claims/cure", ["claims/cure", "copy/puffery"]),
        ("claims/cure copy", "claims/cure", ["claims/absolute", "claims/cure"]),
        ("claims/cure", "claims", ["claims/absolute", "claims/cure", "copy/puffery"]),
        ("claims", "copy", ["copy/puffery"]),
    ],
)
def test_what_is_enabled_speaks_again_and_nothing_else(off: str, on: str, left: list[str]) -> None:
    text = f"<!-- acu-lint-disable {off} -->\n\n{TEXT}\n<!-- acu-lint-enable {on} -->\n\n{TEXT}"
    assert sorted(rule for line, rule, _ in findings(text) if line == 7) == left


def test_what_is_disabled_again_is_silent_again() -> None:
    parts = ["disable", "enable claims", "disable claims/cure", "enable"]
    text = "".join(f"<!-- acu-lint-{part} -->\n\n{TEXT}\n" for part in parts)
    assert [(line, rule) for line, rule, _ in findings(text)] == [
        (7, "claims/cure"), (7, "claims/absolute"), (11, "claims/absolute"),
        (15, "claims/cure"), (15, "claims/absolute"), (15, "copy/puffery"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("front", "left"),
    [
        ("acu-lint: {disable: [claims]}", ["copy/puffery"]),
        ("acu-lint: {disable: Claims/Cure, copy}", None),
        ("acu-lint: {disable: 'Claims/Cure, copy', reason: quoted}", ["claims/absolute"]),
        ("acu-lint: {disable: all}", []),
        ("acu-lint: disable", None),
        ("acu-lint-disable: [claims]", None),
        ("acu-lint: {ignore: [claims]}", None),
        ("# acu-lint-disable claims\ntitle: x", None),
        ("title: x\n# acu-lint: disable claims", None),
    ],
)
def test_front_matter(front: str, left: list[str] | None) -> None:
    told = ["acu/unknown-suppression", "claims/absolute", "claims/cure", "copy/puffery"]
    assert rules(f"---\n{front}\n---\n\n{TEXT}") == (told if left is None else left)


def test_a_heading_about_the_tool_is_no_directive() -> None:
    text = f"---\ntitle: x # by acu-lint\n---\n\n# acu-lint disable\n\n{TEXT}"
    assert rules(text) == ["claims/absolute", "claims/cure", "copy/puffery"]
