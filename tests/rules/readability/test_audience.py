"""Whom a text is for, and the record of an article."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from acu_lint.api import Document, Severity
from acu_lint.project.project import Options
from acu_lint.project.runner import Runner
from acu_lint_rules.analysis.readability import counts, sections
from acu_lint_rules.readability import (
    grade,
)
from tests.conftest import AcuLint, Write, document
from tests.rules.readability.texts import HARD, LONG

AUDIENCES = {
    "nothing said": ("", "", []),
    "the site": ('audience = "patients"', "", ["warning"]),
    "a folder": ('[[overrides]]\nfiles = ["a.md"]\naudience = "patients"', "", ["warning"]),
    "the folder wins": ('audience = "patients"\n[[overrides]]\nfiles = ["a.md"]\naudience = "general"', "", []),
    "one rule": ('[rules."readability/long-sentence"]\naudience = "patients"', "", ["warning"]),
    "the rule wins": ('audience = "patients"\n[rules."readability/long-sentence"]\naudience = "general"', "", []),
    "the article": ("", "audience: Patients and carers", ["warning"]),
    "the article wins": ('audience = "patients"', "audience: nurses", []),
    "a limit of its own": ('audience = "patients"\n[rules."readability/long-sentence"]\nlimit = 40', "", []),
}


@pytest.mark.parametrize(("settings", "front", "severities"), AUDIENCES.values(), ids=AUDIENCES.keys())
def test_the_audience_decides_how_long_is_long(
    acu_lint: AcuLint, write: Write, settings: str, front: str, severities: list[str]
) -> None:
    write("acu-lint.toml", f'select = ["readability/long-sentence"]\n{settings}\n')
    write("a.md", f"---\ntitle: Pills\n{front}\n---\n\n{LONG}")
    found = acu_lint("check", "--format", "json", "a.md").json["findings"]
    assert [finding["severity"] for finding in found] == severities


def test_an_unknown_audience_is_one_clear_line(acu_lint: AcuLint, write: Write) -> None:
    write("acu-lint.toml", 'audience = "patient"\n')
    write("a.md", LONG)
    ran = acu_lint("check", "a.md")
    assert ran.status == 2
    assert ran.errors == "acu-lint: acu-lint.toml:1: no audience 'patient' (did you mean 'patients'?)\n"


def test_config_shows_the_audience(acu_lint: AcuLint, write: Write) -> None:
    write("acu-lint.toml", 'audience = "patients"\n')
    rows = [row.split() for row in acu_lint("config", "a.md").output.splitlines()]
    assert ["audience", '"patients"', "acu-lint.toml"] in rows


def test_the_grade_asks_more_of_texts_for_patients() -> None:
    doc = document("The nurse will explain the possible side effects of the medicine before you take it. " * 8)
    told = {
        who: [(hit.severity, hit.data["asked"]) for hit in grade.check(doc, audience=who)]
        for who in ("patients", "general", "professionals")
    }
    assert told == {"patients": [(Severity.INFO, "6")], "general": [], "professionals": []}


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("audience: General practitioners", "professionals"),
        ("audience: [clinicians, patients]", "patients"),
        ("readers: the general public", "general"),
        ("audience: {type: MedicalAudience, audienceType: Clinician}", "professionals"),
        ("audience: Leeds", "patients"),
        ("author: a doctor", "patients"),
    ],
)
def test_what_an_article_says_of_its_readers(said: str, who: str) -> None:
    doc = document(f"---\n{said}\n---\n\nRest.")
    assert sections.reading(doc, audience="patients")["audience"] == who


def test_the_audience_of_structured_data() -> None:
    data = '{"@type": "MedicalWebPage", "audience": {"@type": "Patient"}}'
    doc = document(f'<script type="application/ld+json">{data}</script><p>Rest.</p>', "a.html")
    assert sections.reading(doc)["audience"] == "patients"


ARTICLE = f"""# Heat for a sore neck

A warm cloth may help. Put it on for ten minutes.

## What trials say

{HARD.partition("# Evidence")[2].strip()}
Utilization of heat is ordinarily recommended, although contraindications such as inflammation necessitate caution.

### Small print

Short.

## When to stop

- Stop when it burns.
- Stop when the skin turns red, and let it cool down for a while before you try it once more with less heat.
"""


def test_the_record_tells_each_section_and_the_hardest_sentences() -> None:
    doc = document(ARTICLE)
    record = json.loads(json.dumps(sections.reading(doc)))
    assert {name: record[name] for name in ("audience", "target", "limit")} == {
        "audience": "general", "target": 8, "limit": 10.5,
    }  # fmt: skip
    whole = counts.readability(doc)
    scores = {
        "grade": whole.flesch_kincaid_grade, "flesch": whole.flesch_reading_ease, "smog": whole.smog_index,
        "dale_chall": whole.dale_chall, "fog": whole.gunning_fog,
    }  # fmt: skip
    assert {name: record[name] for name in scores} == {name: round(score, 1) for name, score in scores.items()}
    rows = [(row["heading"], row["level"], row["line"], row["grade"] is None) for row in record["sections"]]
    assert rows == [
        ("Heat for a sore neck", 1, 1, True), ("What trials say", 2, 5, False), ("Small print", 3, 10, True),
        ("When to stop", 2, 14, True),
    ]  # fmt: skip
    assert sum(row["words"] for row in record["sections"]) == record["words"]
    hardest = record["hardest"]
    assert [row["grade"] for row in hardest] == sorted((row["grade"] for row in hardest), reverse=True)
    assert all(row["grade"] > 8 and row["why"] for row in hardest)
    first = next(row for row in hardest if row["text"].startswith("Utilization"))
    assert doc.source.text[first["start"] : first["end"]] == first["text"]
    assert first["why"] == [
        "6 long words: utilization, ordinarily, recommended",
        "passive: 'is ordinarily recommended'",
        "formal: 'utilization' (use), 'necessitate' (need)",
        "to explain: 'contraindications' (reasons not to use it)",
    ]


def test_the_record_of_a_hard_article_names_ten_sentences_and_shortens_them() -> None:
    sentence = "The " + "individual variability of therapeutic expectations " * 8 + "{} remains.\n\n"
    record: Any = sections.reading(document("".join(sentence.format(number) for number in range(12))))
    assert len(record["hardest"]) == 10
    assert all(len(row["text"]) <= 122 and row["text"].endswith(" …") for row in record["hardest"])
    assert record["sections"][0]["heading"] == ""


def test_easy_sentences_are_not_told_and_professionals_have_no_target() -> None:
    easy = document("You can lie down on the bed and rest for a while if you like.")
    assert sections.reading(easy)["hardest"] == []
    record = sections.reading(easy, audience="professionals")
    assert (record["target"], record["limit"]) == (None, None)


def test_commands_get_the_record_for_the_audience_of_the_path(
    write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    write("acu-lint.toml", 'audience = "patients"\n')
    write("a.md", LONG)
    runner = Runner(Options())
    doc = runner.parse("a.md")
    assert isinstance(doc, Document)
    assert runner.settings_for("a.md").extract("reading", doc)["target"] == 6
    assert runner.settings_for("a.md").extract("nothing", doc) is None
