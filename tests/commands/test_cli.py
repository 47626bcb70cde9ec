"""The command as scripts and writers meet it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT, AcuLint, Write

ARTICLE = "# A title of a proper length\r\n\r\n😀 Acupuncture *cures* sciatica &amp; more.\r\n"
KEYS = {
    "path", "rule", "severity", "message", "start", "end", "lsp", "actual", "expected", "edits", "related", "data",
    "url", "fingerprint",
}  # fmt: skip


def test_json_keeps_the_contract(acu_lint: AcuLint, write: Write) -> None:
    write("content/a.md", ARTICLE)
    write("content/b.txt", "A plain text\n\nNumerous studies show that cupping works for neck pain.\n")
    ran = acu_lint("check", "--format", "json", "--no-cache", "--fail-on", "never", "content")
    assert ran.status == 0
    document = ran.json
    assert document["version"] == 1
    assert document["tool"]["name"] == "acu-lint"
    assert document["summary"]["files"] == 2
    assert document["findings"]
    order = []
    for finding in document["findings"]:
        assert set(finding) >= KEYS
        text = Path(finding["path"]).read_bytes().decode()
        start, end = finding["start"]["offset"], finding["end"]["offset"]
        assert finding["actual"] in {text[start:end], ""}
        before = text[:start]
        assert finding["start"]["line"] == before.count("\n") + 1
        assert finding["lsp"]["start"]["character"] == len(before.rpartition("\n")[2].encode("utf-16-le")) // 2
        order.append((finding["path"], start, end, finding["rule"]))
    assert order == sorted(order)


def test_jsonl_is_one_finding_a_line(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", ARTICLE)
    lines = acu_lint("check", "--format", "jsonl", "a.md").output.splitlines()
    assert all(set(json.loads(line)) >= KEYS for line in lines)


@pytest.mark.parametrize(("level", "status"), [("error", 1), ("warning", 1), ("never", 0)])
def test_status(acu_lint: AcuLint, write: Write, level: str, status: int) -> None:
    write("a.md", ARTICLE)
    assert acu_lint("check", "--fail-on", level, "--select", "claims", "a.md").status == status


def test_a_finding_of_a_lower_severity_does_not_fail(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", ARTICLE)
    write("acu-lint.toml", '[rules."claims/cure"]\nseverity = "warning"\n')
    assert acu_lint("check", "--select", "claims/cure", "a.md").status == 0
    assert acu_lint("check", "--select", "claims/cure", "--fail-on", "warning", "a.md").status == 1


def test_the_full_view_shows_the_words_the_reason_and_the_mend(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", ARTICLE)
    lines = acu_lint("check", "--select", "claims/cure", "a.md").output.splitlines()
    assert "  3:16  error  claims/cure" in lines
    caret = next(i for i, line in enumerate(lines) if line.strip() == "^" * len("cures* sciatica"))
    shown = lines[caret - 1]
    # The emoji takes two columns, so the caret stands one further than the character's index.
    assert shown[lines[caret].index("^") - 1 :].startswith("cures")
    assert "cures" in lines[caret + 1]
    assert any(line.strip().startswith("Source: https://") for line in lines)
    assert lines[-3] == "1 error in 1 file."


def test_no_colour_codes_unless_on_a_terminal(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", ARTICLE)
    assert "\x1b[" not in acu_lint("check", "a.md").output


def test_concise_is_a_line_a_finding(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", ARTICLE)
    lines = acu_lint("check", "--format", "concise", "--quiet", "a.md").output.splitlines()
    assert lines
    assert all(re.fullmatch(r"a\.md:\d+:\d+: error: .* \[[a-z-]+/[a-z-]+\]", line) for line in lines)


def test_quiet_says_only_what_fails(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", "# A title of a proper length\n\nNothing to see.\n")
    assert acu_lint("check", "--quiet", "a.md").output == ""


def test_jobs_change_nothing(acu_lint: AcuLint, write: Write) -> None:
    for number in range(200):
        write(f"content/{number}.md", ARTICLE.replace("sciatica", f"sciatica {number}"))
    one = acu_lint("check", "--format", "json", "--jobs", "1", "content")
    two = acu_lint("check", "--format", "json", "--jobs", "2", "content")
    assert one.output == two.output
    assert one.status == two.status == 1


def test_stats(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", ARTICLE)
    write("code.md", "```\nonly code\n```\n")
    documents = acu_lint("stats", "--format", "json", ".").json["documents"]
    assert [document["path"] for document in documents] == ["./a.md", "./code.md"]
    names = ("words", "sentences", "flesch_reading_ease", "flesch_kincaid_grade", "smog_index", "dale_chall")
    assert all(name in document for document in documents for name in (*names, "keyphrase", "stuffing_score"))
    assert all(0 <= document["stuffing_score"] <= 1 for document in documents)


def test_rules_and_explain(acu_lint: AcuLint) -> None:
    assert "claims/cure" in acu_lint("rules").output
    assert any(rule["id"] == "claims/cure" for rule in acu_lint("rules", "--format", "json").json)
    explained = acu_lint("explain", "readability/long-sentence").output
    for heading in ("Sources", "Options", "Finds", "Leaves alone"):
        assert heading in explained


def test_explain_suggests_the_nearest_rule(acu_lint: AcuLint) -> None:
    ran = acu_lint("explain", "claims/cur")
    assert ran.status == 2
    assert "did you mean 'claims/cure'?" in ran.errors


def test_plugins_names_the_first_party_pack(acu_lint: AcuLint) -> None:
    assert acu_lint("plugins").output.startswith("core ")


def test_the_rule_reference_is_current(acu_lint: AcuLint) -> None:
    reference = ROOT / "docs" / "rules.md"
    made = acu_lint("rules", "--format", "markdown").output
    assert made == reference.read_text(encoding="utf-8"), "run: acu-lint rules --format markdown > docs/rules.md"
