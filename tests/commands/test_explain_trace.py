"""``acu-lint explain --trace``: why a rule fires on a line, and why it does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from acu_lint.testing import TODAY
from tests.conftest import AcuLint

ARTICLE = """\
---
title: Cupping for a stiff neck
---

Cupping cures a stiff neck.
Our door is blue.

Cupping may ease
back pain for some people, a small trial found ([Doe 2020](https://doi.org/10.1000/xyz)).

Our door is red.

<!-- acu-lint-disable-next-line claims -- the leaflet we write about -->
Cupping heals migraine.

Cupping relieves shoulder pain.
"""
APPROVED = "- {text: Cupping relieves shoulder pain, reference: LEGAL-7, expires: 2027-01-01}\n"


@pytest.fixture
def traced(acu_lint: AcuLint, write: Callable[[str, str | bytes], Path]) -> Callable[[int], str]:
    write("a.md", ARTICLE)
    write("approved.yml", APPROVED)
    write("acu-lint.toml", '[vocabulary]\napproved-claims = "approved.yml"\n')

    def call(line: int) -> str:
        ran = acu_lint("explain", "--today", str(TODAY), "--trace", f"a.md:{line}")
        assert ran.status == 0, ran.errors
        return ran.output

    return call


Traced = Callable[[int], str]


def test_why_a_rule_fires(traced: Traced) -> None:
    told = traced(5)
    for part in ("Cupping cures a stiff neck.", "subject: cupping", "predicate: cures", "stated as plain fact"):
        assert part in told
    assert "5:9  error  claims/cure" in told


def test_why_no_rule_fires(traced: Traced) -> None:
    told = traced(9)  # the sentence begins in the line above
    assert "hedges: may, for some people" in told
    assert "citation in reach: yes" in told
    assert "claims/" not in told
    assert "Our door" not in told


def test_a_sentence_without_a_claim(traced: Traced) -> None:
    told = traced(6)
    assert "no claim: no word says that something has an effect" in told
    assert told.rstrip().endswith("none")


@pytest.mark.parametrize(
    ("line", "reason"),
    [(14, "a comment or the front matter silences it"), (16, "an approved claim (LEGAL-7, until 2027-01-01)")],
)
def test_what_is_silent_says_why(traced: Traced, line: int, reason: str) -> None:
    assert f"Silent: {reason}." in traced(line)


def test_a_finding_that_another_one_speaks_for(acu_lint: AcuLint, write: Callable[[str, str | bytes], Path]) -> None:
    card = 'id: house/{}\ntitle: t\nmessage: "{{match}}"\nsources: [x]\nterms: [{}]\n{}'
    write("lint/one.yml", card.format("one", "gizmo", ""))
    write("lint/two.yml", card.format("two", "a gizmo", "yields-to: [house/one]\n"))
    write("acu-lint.toml", 'rule-paths = ["lint"]\n')
    write("a.md", "Here is a gizmo.\n")
    assert "Silent: house/one speaks for it." in acu_lint("explain", "--trace", "a.md:1").output


def test_a_line_without_prose(traced: Traced) -> None:
    assert "No sentence was read in line 4" in traced(4)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--trace", "a.md"), "write the file and the line"),
        (("--trace", "a.md:99"), "a.md has 17 lines"),
        (("--trace", "nowhere.md:1"), "nowhere.md: skipped: cannot be read"),
        (("--trace", "a.docx:1"), "not a format that acu-lint reads"),
        ((), "name a rule"),
        (("claims/cure", "--trace", "a.md:1"), "name a rule"),
    ],
)
def test_wrong_use_is_one_line(traced: Traced, acu_lint: AcuLint, arguments: tuple[str, ...], message: str) -> None:
    ran = acu_lint("explain", *arguments)
    assert (ran.status, ran.output, ran.errors.count("\n")) == (2, "", 1)
    assert message in ran.errors


def test_a_rule_is_still_explained(acu_lint: AcuLint) -> None:
    assert "Silence one instance" in acu_lint("explain", "claims/cure").output
    assert "approval has ended" in acu_lint("explain", "acu/approval-expired").output
