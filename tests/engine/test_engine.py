"""What the engine promises: folding, suppressions, borders, breakdowns."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from acu_lint.engine.engine import Engine, Settings
from acu_lint.rules.card import CardError, build, read
from acu_lint.rules.finding import Finding, Severity
from acu_lint.rules.registry import Registry
from tests.conftest import document

CURE: Mapping[str, Any] = {
    "id": "claims/cure",
    "title": "t",
    "message": "'{match}' is a cure",
    "sources": ["https://example.org"],
    "terms": ["cures", "miracle cure"],
}
WIDER: Mapping[str, Any] = {**CURE, "id": "claims/wide", "terms": ["cures"], "yields-to": ["claims/cure"]}


def check(text: str, *cards: Mapping[str, Any], path: str = "a.md", **settings: Any) -> list[Finding]:
    registry = Registry()
    for card in cards or (CURE,):
        registry.add(build(dict(card), "test.yml"))
    rules = frozenset({*registry.cards, "acu/unused-suppression", "acu/unknown-suppression", "acu/missing-reason"})
    return Engine(registry, Settings(rules, **settings)).check(document(text, path))


def found(text: str, *cards: Mapping[str, Any], path: str = "a.md", **settings: Any) -> list[tuple[str, str]]:
    return [(finding.rule, finding.actual) for finding in check(text, *cards, path=path, **settings)]


def test_the_longest_term_wins() -> None:
    card = {**CURE, "terms": ["cure", "miracle cure"]}
    assert found("A miracle cure is no cure.", card) == [("claims/cure", "miracle cure"), ("claims/cure", "cure")]


def test_terms_cross_emphasis_and_line_ends() -> None:
    assert found("A **miracle**\ncure!") == [("claims/cure", "miracle**\ncure")]


def test_positions_in_code_points_and_utf16() -> None:
    (finding,) = check("\ufeffIntro.\r\n\r\n😀 It cures.\r\n")
    assert finding.start == (16, 3, 6)
    assert finding.lsp == ((2, 6), (2, 11))


def test_the_more_specific_twin_reports() -> None:
    (finding,) = check("It cures.", CURE, WIDER)
    assert finding.rule == "claims/cure"
    assert finding.data["also"] == ["claims/wide"]


def test_twins_apart_are_both_reported() -> None:
    other = {**WIDER, "terms": ["heals"]}
    assert found("It cures. It heals.", CURE, other) == [("claims/cure", "cures"), ("claims/wide", "heals")]


SUPPRESSED = {
    "next line": "<!-- acu-lint-disable-next-line claims/cure -- a quotation -->\nIt cures.\n",
    "next line after a blank one": "<!-- acu-lint-disable-next-line -->\n\nIt cures.\n",
    "the line itself": "It cures. <!-- acu-lint-disable-line claims -->\n",
    "region": "<!-- acu-lint-disable claims/cure -->\n\nIt cures.\n\n<!-- acu-lint-enable -->\n",
    "file": "It cures.\n\n<!-- acu-lint-disable-file claims/cure -->\n",
    "front matter": "---\nacu-lint:\n  disable: [claims/cure]\n---\nIt cures.\n",
}


@pytest.mark.parametrize("text", SUPPRESSED.values(), ids=SUPPRESSED.keys())
def test_suppressed(text: str) -> None:
    assert found(text) == []


def test_suppressed_in_mdx() -> None:
    assert found("{/* acu-lint-disable-next-line claims/cure */}\nIt cures.\n", path="a.mdx") == []


def test_suppressed_in_html() -> None:
    assert found("<p><!-- acu-lint-disable-line --> It cures.</p>", path="a.html") == []


def test_a_region_ends() -> None:
    text = "<!-- acu-lint-disable -->\n\nIt cures.\n\n<!-- acu-lint-enable -->\n\nIt cures.\n"
    assert [finding.start.line for finding in check(text)] == [7]


def test_an_example_of_a_comment_is_no_comment() -> None:
    assert found("`<!-- acu-lint-disable-file -->` silences. It cures.") == [("claims/cure", "cures")]


def test_unused_suppression_is_reported() -> None:
    (finding,) = check("<!-- acu-lint-disable-file claims/cure -->\nFine.\n")
    assert finding.rule == "acu/unused-suppression"
    assert finding.actual == "<!-- acu-lint-disable-file claims/cure -->"


def test_unknown_rule_in_a_suppression_suggests_the_right_one() -> None:
    first, second = check("<!-- acu-lint-disable-next-line claims/cur -->\nIt cures.\n")
    assert first.rule == "acu/unknown-suppression"
    assert "did you mean 'claims/cure'?" in first.message
    assert second.rule == "claims/cure"


def test_unknown_verb() -> None:
    assert "did you mean 'disable-next-line'?" in check("<!-- acu-lint-disable-nextline -->\nFine.\n")[0].message


def test_a_reason_can_be_required() -> None:
    bare = "<!-- acu-lint-disable-next-line claims/cure -->\nIt cures.\n"
    told = "<!-- acu-lint-disable-next-line claims/cure -- quoted from a leaflet -->\nIt cures.\n"
    assert found(bare, require_reason=("claims",))[0][0] == "acu/missing-reason"
    assert found(told, require_reason=("claims",)) == []


def test_a_rule_that_breaks_down_is_a_finding_and_the_others_go_on() -> None:
    broken = {k: v for k, v in CURE.items() if k != "terms"} | {"id": "x/broken", "python": "math:sqrt"}
    failed, cure = check("It cures.", broken, CURE)
    assert failed.rule == "acu/rule-failed"
    assert "x/broken" in failed.message
    assert cure.rule == "claims/cure"


def test_severity_from_the_settings() -> None:
    (finding,) = check("It cures.", severities={"claims/cure": Severity.INFO})
    assert finding.severity is Severity.INFO


def test_a_fingerprint_survives_edits_elsewhere() -> None:
    text = "The first words of this line are far enough from the place. It cures pain today, they say, and so on."
    (one,), (two,) = check(text), check(f"A new paragraph.\n\n{text}")
    assert one.start != two.start
    assert one.fingerprint == two.fingerprint


def test_broken_front_matter_is_told_and_the_text_still_linted() -> None:
    registry = Registry()
    registry.add(build(dict(CURE), "test.yml"))
    engine = Engine(registry, Settings(frozenset({"claims/cure", "acu/front-matter"})))
    findings = engine.check(document("---\ntitle: [open\n---\n\nIt cures.\n"))
    assert [finding.rule for finding in findings] == ["acu/front-matter", "claims/cure"]


KINDS = {
    "pattern": ("pattern", r"detox(?:es|ing)?", "It detoxes.", ["detoxes"]),
    "pattern, narrowed": ("pattern", r"feel (?P<match>amazing)", "You feel amazing.", ["amazing"]),
    "occurrence, too many": ("occurrence", {"pattern": "miracle", "max": 1}, "A miracle, a miracle.", ["miracle"]),
    "occurrence, too few": ("occurrence", {"pattern": "risk", "min": 1}, "# Title\n\nText.", ["Title"]),
    "metric": ("metric", {"measure": "words", "max": 2}, "# Title\n\nThree more words.", ["Title"]),
    "require": ("require", {"meta": ["author"], "text": "written by"}, "# Title\n\nText.", ["Title"]),
}


@pytest.mark.parametrize(("kind", "body", "text", "actual"), KINDS.values(), ids=KINDS.keys())
def test_kinds(kind: str, body: object, text: str, actual: list[str]) -> None:
    card = {key: value for key, value in CURE.items() if key != "terms"} | {kind: body, "message": "m"}
    assert [words for _, words in found(text, card)] == actual


def test_require_is_content_with_one_of_its_places() -> None:
    card = {k: v for k, v in CURE.items() if k != "terms"} | {"require": {"meta": ["author"], "text": "written by"}}
    assert found("---\nauthor: Ada\n---\nText.", card) == []
    assert found("Written by Ada.", card) == []


def test_a_hostile_pattern_is_stopped_and_named() -> None:
    card = {k: v for k, v in CURE.items() if k != "terms"} | {"pattern": "(a+)+$"}
    (finding,) = check("a" * 5000 + "!", card)
    assert finding.rule == "acu/rule-failed"
    assert "takes too long" in finding.message


BAD_CARDS = {
    "unknown key": (
        "id: a/b\ntitle: t\nmesage: m\n",
        r"card\.yml:3: unknown key 'mesage' \(did you mean 'message'\?\)",
    ),
    "no source": ("id: a/b\ntitle: t\nmessage: m\nterms: [x]\n", "the key 'sources' is missing"),
    "no kind": ("id: a/b\ntitle: t\nmessage: m\nsources: [s]\n", "exactly one of: terms, pattern"),
    "two kinds": ("id: a/b\ntitle: t\nmessage: m\nsources: [s]\nterms: [x]\npattern: x\n", r"card\.yml:6:"),
    "severity": ("id: a/b\ntitle: t\nmessage: m\nsources: [s]\nseverity: fatal\nterms: [x]\n", r"card\.yml:5:"),
    "id": ("id: cure\ntitle: t\nmessage: m\nsources: [s]\nterms: [x]\n", "write family/name"),
    "scope": ("id: a/b\ntitle: t\nmessage: m\nsources: [s]\nscope: [headin]\nterms: [x]\n", "did you mean 'heading'"),
    "broken YAML": ("id: [a\n", r"card\.yml:\d+: broken YAML"),
    "no mapping": ("- a\n", "a card is a mapping"),
}


@pytest.mark.parametrize(("text", "message"), BAD_CARDS.values(), ids=BAD_CARDS.keys())
def test_a_faulty_card_is_told_by_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "card.yml").write_text(text)
    with pytest.raises(CardError, match=message):
        read(tmp_path / "card.yml")
