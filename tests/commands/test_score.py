"""``acu-lint score``: a fair number, the changes that matter most, a page and a table that people can read."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from acu_lint.project.project import Options
from acu_lint.project.runner import Runner
from acu_lint.report import score as report
from acu_lint.report.score_data import as_csv, in_order
from acu_lint.report.text import columns
from acu_lint.rules.finding import Excerpt, Finding, Position, Severity
from acu_lint.score import COSTS, GRADES, SHORTEST, Article, Faults, Mark, points, score_file
from acu_lint.system.errors import UsageError
from acu_lint.testing import TODAY
from tests.conftest import ROOT, AcuLint, Write, git

FAULTY = """\
---
title: "Gong baths: a miracle cure for back pain"
author: Ann Writer
date: 2026-11-01
---

# Gong baths: a miracle cure for back pain

Acupuncture cures back pain. Studies show that it always works.

## What it does

{careful}

Needles are completely safe, and acupuncture cures sciatica for everyone.
"""
CAREFUL = "We ask about your sleep and your work. You can stop at any time, and you may feel a little sore later. "
ARTICLE = FAULTY.format(careful=CAREFUL * 12)
CLEAN = (ROOT / "examples" / "content" / "guides" / "better-sleep-habits.md").read_text(encoding="utf-8")
ON_DAY = ("--today", str(TODAY))


# --- the formula


def finding(rule: str, severity: Severity, line: int = 1) -> Finding:
    at = Position(line * 10, line, 1)
    end = Position(line * 10 + 5, line, 6)
    return Finding(rule, "a.md", severity, "m", "s", at, end, ((0, 0), (0, 0)), "words", Excerpt("", 0, 0), "")


FINDINGS = st.lists(
    st.builds(finding, st.sampled_from(["a/x", "a/y", "b/x", "c/x"]), st.sampled_from(Severity), st.integers(1, 50)),
    max_size=12,
)
WORDS = st.integers(0, 20_000)


def marked(findings: Sequence[Finding], words: int, whole: Sequence[int] = ()) -> Mark:
    return Faults(findings, words, whole).mark(range(len(findings)))


@given(FINDINGS, WORDS, st.data())
def test_mending_a_finding_never_lowers_a_score(findings: list[Finding], words: int, data: st.DataObject) -> None:
    assume(findings)
    whole = data.draw(st.sets(st.integers(0, len(findings) - 1)))
    gone = data.draw(st.integers(0, len(findings) - 1))
    rest = findings[:gone] + findings[gone + 1 :]
    rest_whole = [at - (at > gone) for at in whole if at != gone]
    before, after = marked(findings, words, sorted(whole)), marked(rest, words, rest_whole)
    assert after.points > before.points
    assert after.score >= before.score


@given(FINDINGS, WORDS)
def test_a_hundred_is_nothing_found(findings: list[Finding], words: int) -> None:
    mark = marked(findings, words)
    assert (mark.score == 100) == (not findings)
    assert 0 <= mark.score <= 100


@given(FINDINGS, WORDS)
def test_the_score_is_the_product_of_the_families(findings: list[Finding], words: int) -> None:
    faults = Faults(findings, words)
    product = 100.0
    for family in {one.rule[0] for one in findings}:
        product *= faults.mark([at for at, one in enumerate(findings) if one.rule[0] == family]).points / 100
    assert product == pytest.approx(marked(findings, words).points)


@given(FINDINGS, st.integers(SHORTEST, 20_000))
def test_twice_the_length_with_twice_the_findings_is_the_same(findings: list[Finding], words: int) -> None:
    assert marked(findings * 2, words * 2).points == pytest.approx(marked(findings, words).points)


@given(st.sampled_from(Severity), WORDS, WORDS)
def test_what_is_about_the_whole_article_does_not_depend_on_its_length(
    severity: Severity, words: int, more: int
) -> None:
    one = [finding("a/x", severity)]
    assert marked(one, words, [0]).points == marked(one, more, [0]).points


@given(FINDINGS, WORDS)
def test_no_a_with_an_error(findings: list[Finding], words: int) -> None:
    findings.append(finding("a/x", Severity.ERROR))
    assert marked(findings, words).grade != "A"


def test_severities_cost_in_their_order() -> None:
    for words in (100, 1_000, 20_000):
        one, two, three = (marked([finding("a/x", severity)], words).points for severity in sorted(Severity))
        assert one > two > three


@given(FINDINGS, WORDS)
def test_a_change_is_worth_what_mending_it_gives(findings: list[Finding], words: int) -> None:
    faults = Faults(findings, words)
    changes = faults.changes()
    assert [change.gain for change in changes] == sorted((change.gain for change in changes), reverse=True)
    for change in changes:
        rest = [one for one in findings if one.rule != change.finding.rule]
        assert marked(findings, words).points + change.gain == pytest.approx(marked(rest, words).points)
        same = [one for one in findings if one.rule == change.finding.rule]
        assert set(change.lines) == {one.start.line for one in same}
        assert change.finding.severity == max(one.severity for one in same)


def test_the_document_tells_the_numbers() -> None:
    text = (ROOT / "docs" / "score.md").read_text(encoding="utf-8")
    for severity, cost in COSTS.items():
        first = f"{cost.first:g} more" if cost.first else ""
        assert f"| {severity.label} | {cost.per_1000_words:g} | {cost.whole:g} | {first}".rstrip() in text
    assert f"fewer than {SHORTEST} words counts as one of {SHORTEST}" in text
    assert f"| from | {' | '.join(str(lowest) for lowest in GRADES.values())} |" in text
    assert points(10) == pytest.approx(90, abs=0.5)
    assert points(20) == pytest.approx(81, abs=1)


# --- articles


def test_json_tells_everything(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", ARTICLE)
    write("b.md", CLEAN)
    ran = acu_lint("score", "--format", "json", *ON_DAY, ".")
    bad, good = ran.json["documents"]
    assert ran.status == 0
    assert (bad["path"], good["path"]) == ("./a.md", "./b.md")
    assert bad["score"] < 60
    assert good["score"] >= 90
    assert (bad["grade"], good["grade"]) == ("F", "A")
    assert bad["families"]["claims"]["score"] < bad["families"]["readability"]["score"]
    assert bad["errors"] == sum(family["errors"] for family in bad["families"].values()) > 0
    assert len(bad["changes"]) == 3
    gains = [change["points"] for change in bad["changes"]]
    assert gains == sorted(gains, reverse=True)
    assert bad["ungraded"] == good["ungraded"] == ""
    assert all(change["message"] and change["line"] and change["suggestion"] for change in bad["changes"])
    assert bad["reading"]["sections"]
    assert "count" in bad["keyphrase_map"]
    assert bad["trust"]["author"] == "Ann Writer"
    assert ran.json["skipped"] == []


def test_a_mended_article_scores_higher(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", ARTICLE)
    write("b.md", ARTICLE.replace("Acupuncture cures back pain", "Acupuncture may ease back pain a little"))
    before, after = acu_lint("score", "--format", "json", "--sort", "path", ".").json["documents"]
    assert after["score"] > before["score"]


def test_length_does_not_matter(tmp_path: Path, write: Write) -> None:
    runner = Runner(Options((str(tmp_path),), isolated=True, today=TODAY))
    body = "Acupuncture cures back pain.\n\n" + (CAREFUL * 4 + "\n\n") * 6
    scores = []
    for times in (1, 4):
        path = write(f"{times}.md", "# Needles and backs, a plain guide\n\n" + body * times)
        scores.append(score_file(runner, str(path)))
    one, four = (article.families["claims"].points for article in scores if isinstance(article, Article))
    assert four == pytest.approx(one, abs=0.5)


def test_a_family_that_is_turned_off_has_no_score(acu_lint: AcuLint, write: Write) -> None:
    write("acu-lint.toml", 'ignore = ["claims", "trust"]\n')
    write("a.md", ARTICLE)
    (article,) = acu_lint("score", "--format", "json", "a.md").json["documents"]
    assert not {"claims", "trust"} & set(article["families"])
    assert "claims" not in acu_lint("score", "a.md").output.split("What to change first")[0]


def test_an_article_in_another_language_says_what_was_checked(acu_lint: AcuLint, write: Write) -> None:
    text = "Die Nadeln bleiben eine halbe Stunde liegen, und danach kann man nach Hause gehen. " * 20
    write("a.md", f"---\nlang: de\n---\n\n# Akupunktur in der Praxis\n\n{text}\n")
    page = acu_lint("score", "a.md").output
    assert "The article seems to be in German" in page
    assert "Reading level" not in page
    (article,) = acu_lint("score", "--format", "json", "a.md").json["documents"]
    assert article["reading"] is article["keyphrase_map"] is None
    assert "claims" not in article["families"]


def test_without_records_of_a_pack(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(write("a.md", ARTICLE))
    runner = Runner(Options((path,), isolated=True))
    runner.projects.of(path).registry.extractor_loaders.clear()
    article = score_file(runner, path)
    assert isinstance(article, Article)
    assert article.records == {}
    page = "\n".join(report.page(article, 80))
    assert "What to change first" in page
    assert "Reading level" not in page


def test_drafts_and_unreadable_files_are_told(acu_lint: AcuLint, write: Write) -> None:
    write("acu-lint.toml", "skip-drafts = true\n")
    write("a.md", ARTICLE)
    write("draft.md", "---\ndraft: true\n---\n\n# A draft\n")
    write("bad.md", b"# Caf\xe9\n")
    ran = acu_lint("score", "--format", "json", ".")
    assert [article["path"] for article in ran.json["documents"]] == ["./a.md"]
    assert [skipped["path"] for skipped in ran.json["skipped"]] == ["./bad.md", "./draft.md"]
    assert "./bad.md: skipped: not UTF-8" in ran.errors
    assert ran.status == 0


def test_a_broken_rule_is_status_2_and_does_not_touch_the_score(acu_lint: AcuLint, write: Write) -> None:
    write("b.md", CLEAN)
    before = acu_lint("score", "--format", "json", *ON_DAY, "b.md").json["documents"][0]["score"]
    write("lint/mine.yml", "id: project/mine\ntitle: t\nmessage: m\nsources: [s]\npython: mine.py:check\n")
    write("lint/mine.py", "def check(doc):\n    raise KeyError('oops')\n")
    write("acu-lint.toml", 'rule-paths = ["lint"]\n')
    ran = acu_lint("score", "--format", "json", "--allow-local-code", *ON_DAY, "b.md")
    assert ran.status == 2
    assert "acu-lint: b.md: The rule project/mine broke down here: KeyError: 'oops' (mine.py:2)" in ran.errors
    assert ran.json["documents"][0]["score"] == before


def test_jobs_change_nothing(acu_lint: AcuLint, write: Write) -> None:
    for number in range(200):
        write(f"content/{number}.md", ARTICLE if number % 3 else CLEAN)
    one, two = (acu_lint("score", "--format", "json", "--jobs", jobs, *ON_DAY, "content") for jobs in ("1", "2"))
    assert one.output == two.output
    assert len(one.json["documents"]) == 200


# --- pages without a grade, and what a finding weighs

THIN = "# Our new room\n\nAcupuncture cures back pain, and the new room is warm.\n"
PEOPLE = f"---\ntitle: Contact us\n---\n\n# Contact us\n\nCall us or write to us.\n\n{CAREFUL * 6}\n"


@pytest.mark.parametrize(
    ("text", "reason"), [(THIN, "only 10 words in sentences"), (PEOPLE, "a page of contact details")]
)
def test_what_is_no_article_gets_a_reason_instead_of_a_grade(
    acu_lint: AcuLint, write: Write, text: str, reason: str
) -> None:
    write("contact.md" if text is PEOPLE else "room.md", text)
    write("z.md", CLEAN)
    page, good = acu_lint("score", "--format", "json", *ON_DAY, ".").json["documents"][::-1]
    assert page["score"] is page["grade"] is None
    assert reason in page["ungraded"]
    assert good["grade"] == "A"
    assert page["path"] != "./z.md"
    told = acu_lint("score", "--pages", "--min-score", "50", *ON_DAY, ".")
    assert told.status == 0
    assert re.search(r"^  no grade   ", told.output, re.MULTILINE)
    assert "Worth" not in told.output.split("z.md")[0]
    assert "1 page without a grade" in told.output
    assert "1 article: " in told.output
    rows = list(csv.DictReader(io.StringIO(acu_lint("score", "--format", "csv", *ON_DAY, ".").output)))
    assert [row["score"] for row in rows] == [str(good["score"]), ""]


TOWN = """# Podiatry in {0}

{1}

## Why {0} trusts us

We ask, listen and take our time. You can stop at any time, and you may feel a little sore later.

## Book a visit in {0}

Our only room is in Dunmore, and the tram stops at the door. Bring the shoes that you wear most often. We look at your
feet, at the way you walk and at the soles, and we write down what we see. You get the notes on the same day.
"""


def test_each_page_of_a_set_of_doorways_pays_for_it_and_is_told_to_merge(
    acu_lint: AcuLint, write: Write, tmp_path: Path
) -> None:
    for town in ("Leeds", "York", "Ripon"):
        write(f"{town}.md", TOWN.format(town, f"Many people in {town} stand all day. " + CAREFUL * 3))
    git(tmp_path, "init")
    git(tmp_path, "add", "-A")
    for article in acu_lint("score", "--format", "json", *ON_DAY, ".").json["documents"]:
        assert article["score"] < 60
        assert article["changes"][0]["rule"] == "duplicates/doorway"
        assert article["changes"][0]["suggestion"].startswith("Merge them")


@given(FINDINGS, WORDS, st.floats(1, 5))
def test_a_weight_multiplies_what_a_finding_costs(findings: list[Finding], words: int, weight: float) -> None:
    every = range(len(findings))
    plain = Faults(findings, words).cost(every)
    heavy = Faults(findings, words, weights=dict.fromkeys("abc", weight)).cost(every)
    assert heavy == pytest.approx(weight * plain)


def test_a_light_weight_spares_no_error_its_grade() -> None:
    light = Faults([finding("a/x", Severity.ERROR)], 5_000, weights={"a": 0.1})
    assert light.mark([0]).grade != "A"


# --- the gate


@pytest.mark.parametrize(("least", "status"), [("0", 0), ("60", 1), ("100", 1)])
def test_the_gate_names_what_is_below(acu_lint: AcuLint, write: Write, least: str, status: int) -> None:
    write("a.md", ARTICLE)
    write("b.md", CLEAN)
    ran = acu_lint("score", "--min-score", least, *ON_DAY, ".")
    assert ran.status == status
    named = re.findall(r"^acu-lint: (\S+): the score (\d+) is below (\d+)$", ran.errors, re.MULTILINE)
    assert bool(named) == bool(status)
    assert all(int(score) < int(least) == int(limit) for _, score, limit in named)
    assert ("./a.md" in [path for path, *_ in named]) == bool(status)


def test_a_missing_path_is_status_2(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", CLEAN)
    ran = acu_lint("score", "a.md", "nowhere")
    assert ran.status == 2
    assert ran.errors == "acu-lint: there is no file or folder nowhere\n"
    assert "a.md" in ran.output


# --- the page


def test_the_page_says_it_in_sentences(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", ARTICLE)
    page = acu_lint("score", *ON_DAY, "a.md").output
    assert re.search(r"^  \d+ out of 100, grade F   \d+ errors, .*in \d+ words$", page, re.MULTILINE)
    assert re.search(r"^  claims +\d+  F  █*░*  \d+ errors", page, re.MULTILINE)
    first = page.split("What to change first")[1]
    assert re.search(r"^  1\. Line \d+: .*", first, re.MULTILINE)
    assert re.search(r"Worth \d+ points?\. \(claims/", first)
    for head in ("Keyphrase", "Reading level", "What readers can trust"):
        assert f"\n{head}\n" in page
    assert re.search(r"^  \+ author +Ann Writer$", page, re.MULTILINE)
    assert "\x1b" not in page


def test_the_page_says_what_fix_can_do(acu_lint: AcuLint, write: Write) -> None:
    write("acu-lint.toml", 'select = ["seo/title"]\n')
    write("a.md", f"---\ntitle: Cupping marks today | Cupping marks today\n---\n\n{CAREFUL * 6}\n")
    assert "Worth 4 points. acu-lint check --fix does it. (seo/title)" in acu_lint("score", "a.md").output


def test_the_page_of_a_clean_article(acu_lint: AcuLint, write: Write) -> None:
    write("acu-lint.toml", 'select = ["claims", "copy"]\n')
    write("b.md", CLEAN)
    page = acu_lint("score", "b.md").output
    assert "100 out of 100, grade A   nothing found in" in page
    assert "What to change first" not in page


RICH: dict[str, dict[str, Any]] = {
    "keyphrase_map": {
        "keyphrase": "gong bath for tired feet", "source": "declared", "count": 12, "words": 900, "usual": 4.2,
        "broken": 1, "in_title": True, "in_opening": False, "in_description": None, "headings": 2,
        "headings_total": 7, "alts": 0, "alts_total": 3, "links": 0, "links_total": 0,
        "by_section": [{"heading": f"Section {n} " + "long " * 30, "words": 90, "count": n} for n in range(15)],
        "variants": [{"text": "gong baths for tired feet", "count": 7}, {"text": "tired feet gong bath", "count": 5}],
        "others": [{"keyphrase": "sound therapy", "count": 4}],
    },
    "reading": {
        "audience": "general", "target": 8, "limit": 10.5, "grade": 12.4,
        "sections": [{"heading": f"Section {n} \x1b[31m", "grade": n / 1.0, "words": 90} for n in range(25)]
        + [{"heading": "Short", "grade": None, "words": 3}],
        "hardest": [{"line": 4, "words": 60, "grade": 30.1, "why": ["60 words"], "text": "word " * 60}] * 10,
    },
    "trust": {"applies": True, "author": None, "disclaimer": True, "red_flags": False, "risks": "a long risk " * 40},
}  # fmt: skip


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
def test_nothing_is_wider_than_the_terminal(width: int) -> None:
    long = Faults([finding("claims/some-rule", Severity.ERROR, line) for line in range(1, 80)], 900)
    mark = long.mark(range(79))
    article = Article(
        "content/" + "deep/" * 30 + "a.md", "A title " * 30, 900, mark, {"claims": mark}, tuple(long.changes()), RICH
    )
    lines = list(report.page(article, width))
    assert all(columns(line) <= min(width, 100) for line in map(plain, lines[1:]))
    names = ("citations", "claims", "copy", "duplicates", "keywords", "readability", "seo", "trust")
    families = dict.fromkeys(names, mark)
    table = report.table([Article("content/" + "deep/" * 30 + "a.md", "", 900, mark, families, (), {})] * 3, width)
    assert all(columns(line) <= width for line in map(plain, table))


def plain(line: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", line)


def test_the_page_shows_what_the_pack_says() -> None:
    mark = marked([], 900)
    page = "\n".join(plain(line) for line in report.page(Article("a.md", "", 900, mark, {}, (), RICH), 100))
    assert "“gong bath for tired feet” (as the article says): 12 times in 900 words." in page
    assert "usually has its phrase 4 times. 1 of them breaks the sentence." in page
    assert "title yes · opening no · headings 2 of 7 · image texts 0 of 3" in page
    assert re.search(r"^    14  █{14} ", page, re.MULTILINE)
    assert "     0  1 section without it" in page
    assert "“gong baths for tired feet” (7), “tired feet gong bath” (5)" in page
    assert "School grade 12.4; for the general public, guidance asks for 8 or less." in page
    assert re.search(r"^  24\.0  █{20}  Section 24", page, re.MULTILINE)
    assert "and 15 sections with less" in page
    assert page.count("Line 4 (60 words): word word") == 3
    assert re.search(r"^  - author +nobody signed the article$", page, re.MULTILINE)
    assert re.search(r"^  \+ disclaimer +the page points to it$", page, re.MULTILINE)
    assert "when to get help" not in page
    assert "\x1b" not in page  # also none that a heading holds


@pytest.mark.parametrize(
    "record", [{"keyphrase_map": {"keyphrase": ""}}, {"reading": {"grade": None}}, {"trust": {"applies": False}}]
)
def test_a_pack_may_have_little_to_say(record: dict[str, dict[str, object]]) -> None:
    lines = list(report.page(Article("a.md", "", 0, marked([], 0), {}, (), record), 80))
    assert len(lines) < 12


# --- the table


def test_the_table_is_sorted_by_score(acu_lint: AcuLint, write: Write) -> None:
    write("content/a.md", CLEAN)
    write("content/b.md", ARTICLE)
    ran = acu_lint("score", *ON_DAY, "content")
    head, first, *rest = ran.output.splitlines()
    assert head.split() == ["SCORE", "WORDS", "ERRORS", "WARNINGS", "ARTICLE"]
    assert first.endswith("content/b.md")
    assert "claims" in rest[0]
    assert rest[1].endswith("content/a.md")
    assert any(line.startswith("2 articles: ") for line in rest)
    wide = acu_lint("score", *ON_DAY, "content", env={"COLUMNS": "130"}).output
    assert "CLAIMS" in wide.splitlines()[0]


def test_pages_come_before_the_table(acu_lint: AcuLint, write: Write) -> None:
    write("content/a.md", CLEAN)
    write("content/b.md", ARTICLE)
    output = acu_lint("score", "--pages", *ON_DAY, "content").output
    assert output.index("What to change first") < output.index("SCORE")
    assert output.count("out of 100, grade") == 2


def test_sorting_by_any_column(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", CLEAN)
    write("b.md", ARTICLE)
    write("c.md", ARTICLE + "\nAcupuncture cures gout.\n")

    def order(column: str) -> list[str]:
        articles = acu_lint("score", "--format", "json", "--sort", column, *ON_DAY, "a.md", "b.md", "c.md").json
        return [article["path"][0] for article in articles["documents"]]

    assert order("path") == ["a", "b", "c"]
    assert order("-path") == ["c", "b", "a"]
    assert order("errors") == ["c", "b", "a"]
    assert order("-errors") == ["a", "b", "c"]
    assert order("claims")[-1] == "a"
    refused = acu_lint("score", "--sort", "scor", "a.md")
    assert refused.status == 2
    assert refused.errors == "acu-lint: --sort scor: no such column (did you mean 'score'?)\n"


def test_what_has_no_value_comes_last() -> None:
    mark = marked([], 100)
    bare = Article("a.md", "", 1, mark, {}, (), {})
    full = Article("b.md", "", 1, mark, {}, (), {"reading": {"grade": 9.0}})
    for column in ("reading_grade", "-reading_grade"):
        assert [article.path for article in in_order([bare, full], column)] == ["b.md", "a.md"]
    with pytest.raises(UsageError, match="there are: path, title"):
        in_order([bare], "zzzzz")


def test_csv_is_for_spreadsheets(acu_lint: AcuLint, write: Write) -> None:
    write("a.md", ARTICLE.replace("Gong baths:", "=HYPERLINK(1), gongs"))
    write("b.md", CLEAN)
    ran = acu_lint("score", "--format", "csv", *ON_DAY, ".")
    worst, best = csv.DictReader(io.StringIO(ran.output))
    assert list(worst)[:8] == ["path", "title", "score", "grade", "words", "errors", "warnings", "infos"]
    assert (worst["path"], best["path"]) == ("./a.md", "./b.md")
    assert int(worst["score"]) < int(best["score"])
    assert int(worst["claims"]) < 100
    assert float(worst["reading_grade"]) > 0
    assert worst["title"].startswith("'=HYPERLINK")
    assert re.match(r"Line \d+: ", worst["change_1"])
    assert list(worst)[-4:] == ["reading_grade", "change_1", "change_2", "change_3"]


def test_csv_without_articles_has_a_head() -> None:
    assert as_csv([]).splitlines()[0].startswith("path,title,score,grade")


def test_help_tells_how_a_score_is_made(acu_lint: AcuLint) -> None:
    told = " ".join(acu_lint("score", "--help").output.split())
    assert f"fewer than {SHORTEST} words" in told
    assert "error 8 (about the whole article: 10), warning 3" in told
