"""Readability: textstat is the reference, the document model says what a sentence is, nothing is downloaded."""

from __future__ import annotations

import datetime
import importlib
import json
import math
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import make_syllables
from acu_lint.api import Document, Severity
from acu_lint.document.vocabulary import Vocabulary
from acu_lint.project.project import Options
from acu_lint.project.runner import Runner
from acu_lint_rules.analysis.readability import counts, sections, syllables
from acu_lint_rules.analysis.readability import passive as passives
from acu_lint_rules.readability import (
    acronym,
    complex_word,
    grade,
    heading_structure,
    jargon,
    long_paragraph,
    long_sentence,
    passive,
    truncated_sentence,
    wall_of_text,
)
from tests.conftest import ROOT, AcuLint, Write, document

NEW: list[Any] = [
    acronym, complex_word, heading_structure, jargon, long_paragraph, passive, truncated_sentence, wall_of_text
]  # fmt: skip
TABLE = syllables.load()
WORDS = [
    "the", "pain", "often", "needle", "walking", "people", "medicine", "acupuncture", "inflammation", "physician",
    "don't", "area", "science", "treated", "table", "rhythm", "caused", "houses", "society", "naturally", "you",
]  # fmt: skip
SENTENCES = st.lists(st.lists(st.sampled_from(WORDS), min_size=3, max_size=25), min_size=1, max_size=12)


def prose(sentences: list[list[str]]) -> str:
    return " ".join(" ".join(words).capitalize() + "." for words in sentences)


# --- against textstat


def cmudict(folder: Path, sizes: Mapping[str, int]) -> Path:
    """A folder in which nltk finds a dictionary with words of these sizes."""
    corpus = folder / "corpora" / "cmudict"
    corpus.mkdir(parents=True)
    (corpus / "cmudict").write_text("".join(f"{word} 1 P{' AH0' * size}\n" for word, size in sizes.items()))
    return folder


@pytest.fixture(scope="module")
def textstat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """textstat as it comes, with our counts of these words as its dictionary."""
    nltk, textstat = importlib.import_module("nltk"), importlib.import_module("textstat")
    folder = cmudict(tmp_path_factory.mktemp("nltk_data"), {word: TABLE[word] for word in WORDS})
    textstat.backend.utils.get_cmudict.cache_clear()
    textstat.backend.counts.count_syllables.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nltk.data, "path", [str(folder)])
        yield textstat


@settings(deadline=None)
@given(SENTENCES)
def test_scores_are_those_of_textstat(textstat: Any, sentences: list[list[str]]) -> None:
    text = prose(sentences)
    doc = document(text)
    pairs = {
        "flesch_reading_ease": textstat.flesch_reading_ease(text),
        "flesch_kincaid_grade": textstat.flesch_kincaid_grade(text),
        "smog_index": textstat.smog_index(text),
        "dale_chall": textstat.dale_chall_readability_score(text),
        "gunning_fog": textstat.gunning_fog(text),
        "words_per_sentence": textstat.words_per_sentence(text),
    }
    ours = counts.readability(doc)
    assert {name: getattr(ours, name) for name in pairs} == pytest.approx(pairs)
    assert (ours.words, ours.sentences) == (sum(map(len, sentences)), len(sentences))
    assert counts.flesch_kincaid_grade(doc) == ours.flesch_kincaid_grade


def test_textstat_splits_at_decimals_and_we_do_not(textstat: Any) -> None:
    text = "The pain of some people helps 0.5 of the area. The pain of some people helps 1.5 of the area."
    assert textstat.sentence_count(text) == 4
    assert counts.readability(document(text)).sentences == 2


# --- what it does to a process

ISOLATED = """
import os, socket, sys, tempfile

tempfile.gettempdir()  # nltk asks which it is, and Python tries it out once
sys.dont_write_bytecode = True
sys.path[:0] = {paths!r}

def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "os.mkdir"):
        print(event, arguments, file=sys.stderr)
    if event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and arguments[0] != os.devnull:
        print(event, arguments, file=sys.stderr)

sys.addaudithook(watch)
{before}
import datetime
from acu_lint.parse import parse
from acu_lint_rules.analysis.readability import counts

text = "Acupuncture may ease chronic pain. Zorbulation is a word that nobody knows."
doc = parse("a.md", text, today=datetime.date(2026, 11, 21))
print(counts.readability(doc))
{after}
"""


def run(before: str = "", after: str = "") -> str:
    """The scores of a text, as a program of its own prints them, which neither writes a file nor asks the network."""
    code = ISOLATED.format(paths=[str(ROOT), str(ROOT / "rules")], before=before, after=after)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_no_dictionary_is_needed_and_none_is_fetched() -> None:
    before = "import nltk; nltk.data.path.clear()"
    after = "import textstat; print(textstat.syllable_count('people'), nltk.data.path)"
    scores, count = run(before, after).splitlines()
    assert "gunning_fog=" in scores
    assert count == "2 []"


def test_others_who_use_nltk_get_its_own_dictionary(tmp_path: Path) -> None:
    folder = cmudict(tmp_path, {"pain": 9})
    before = f"import nltk; from nltk.corpus import cmudict; nltk.data.path = [{str(folder)!r}]"
    after = "print(nltk.data.path, nltk.corpus.cmudict is cmudict, *(len(phones) for phones in cmudict.dict()['pain']))"
    assert run(before, after).splitlines()[1] == f"[{str(folder)!r}] True 10"


@pytest.mark.parametrize("reader", ["textstat.syllable_count", "nltk.corpus.cmudict.dict().get"])
def test_a_dictionary_that_was_read_before_stays_and_does_not_change_the_scores(tmp_path: Path, reader: str) -> None:
    folder = cmudict(tmp_path, {"pain": 9})
    before = f"import nltk, textstat; nltk.data.path = [{str(folder)!r}]; {reader}('pain')"
    scores, count = run(before, "print(textstat.syllable_count('pain pain'))").splitlines()
    assert count == "18"
    assert scores == run().splitlines()[0]


# --- syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("pain", 1), ("needles", 2), ("acupuncture", 4), ("every", 3), ("people", 2), ("area", 3), ("idea", 3),
        ("patients", 2), ("natural", 3), ("healed", 1), ("treated", 2), ("don't", 1), ("wasn't", 2), ("nurse's", 2),
        ("chronic", 2), ("inflammation", 4), ("therapy", 3), ("physiotherapist", 6), ("zorbulation", 4), ("café", 2),
    ],
)  # fmt: skip
def test_syllables(word: str, count: int) -> None:
    assert TABLE[word] == count


@pytest.mark.parametrize("word", ["2019", "1,200", "7", "针灸", "β"])
def test_whole_numbers_and_other_scripts_are_no_words(word: str) -> None:
    assert syllables.load()[word] == 0


@pytest.mark.parametrize(("number", "count"), [("0.5", 4), ("2.4", 3), ("0.73", 6), ("1.38", 4)])
def test_decimals_count_as_they_are_read_aloud(number: str, count: int) -> None:
    assert TABLE[number] == count


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    table = syllables.load()
    monkeypatch.setattr(syllables, "_LIMIT", len(table) + 1)
    assert [table["zorbu"], table["zorbula"], table["zorbula"]] == [2, 3, 3]
    assert "zorbu" in table
    assert "zorbula" not in table


def test_the_table_is_made_from_first_pronunciations() -> None:
    lines = ["record R AH0 K AO1 R D", "record(2) R EH1 K ER0 D", "a.m. EY2 EH1 M", "aalto AA1 L T OW2 # name"]
    assert make_syllables.counts(lines) == {"record": 2, "aalto": 2}


# --- what is counted


def counted(text: str, path: str = "a.md") -> tuple[int, int]:
    made = counts.readability(document(text, path))
    return made.words, made.sentences


@pytest.mark.parametrize(
    "text",
    [
        "# A heading about needles\n\nIt may help you.",
        "It may help you.\n\n| What | Price |\n|---|---|\n| A visit | 40 |\n",
        "It may help you.\n\n```\nprint('hello big world')\n```\n",
        "It may `needles()` help you.",
        "It may help you.\n\n## References\n\n1. Abel B, Cook D. A trial of heat. Made Up J. 2020;1(2):3-4.\n",
        "---\ntitle: A title of six words here\n---\nIt may help you.",
        "It may help 2,000 you.",
        "It may help you https://example.org/a-long/path .",
        "It may help you ✓ 针灸.",
    ],
)
def test_only_words_of_prose_count(text: str) -> None:
    assert counted(text) == (4, 1)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Signs are:\n\n- Nausea\n- Dizziness\n- Feeling very tired", 4),
        ("“Does it hurt?” she asked. Not much.", 3),
        ("Wake up! wake up!", 2),
        ("Signs in adults include - Nausea - Dizziness - Feeling very tired", 4),
        ("Call us about: - a fever - a rash; or - a cough", 4),
        ("A well-known, long-term plan - as we call it - may help.", 1),
        ("时间 10 来源 TCM\n\nIt may help.", 1),
    ],
)
def test_what_counts_as_a_sentence(text: str, sentences: int) -> None:
    assert counted(text)[1] == sentences


@pytest.mark.parametrize(
    ("path", "text"),
    [
        *[("a.md", text) for text in ("", "\n\n", "```\ncode only\n```", "# Title", "123 456", "----", "![x](y.png)")],
        *[("a.mdx", text) for text in ("", "export const a = 1\n", "{/* note */}")],
        *[("a.html", text) for text in ("", "<pre>code only</pre>", "<script>let a</script>", "<p>12</p>")],
        *[("a.txt", text) for text in ("", "\n", "123 456", "针灸")],
    ],
)
def test_without_prose_everything_is_zero(path: str, text: str) -> None:
    doc = document(text, path)
    scores = counts.readability(doc)
    assert {getattr(scores, name) for name in scores.__dataclass_fields__} == {0}
    assert not [*grade.check(doc, words=0), *long_sentence.check(doc)]
    assert not [hit for rule in NEW for hit in rule.check(doc)]
    assert sections.reading(doc)["hardest"] == sections.reading(doc)["sections"] == []


@settings(deadline=None)
@given(st.text(max_size=300), st.sampled_from(["a.md", "a.txt", "a.html"]))
def test_any_text_has_finite_scores(text: str, path: str) -> None:
    scores = counts.readability(document(text, path))
    assert all(math.isfinite(getattr(scores, name)) for name in scores.__dataclass_fields__)


# --- the scores move the right way


@settings(deadline=None)
@given(SENTENCES, st.data())
def test_splitting_a_sentence_never_makes_it_harder(sentences: list[list[str]], data: st.DataObject) -> None:
    which = data.draw(st.integers(0, len(sentences) - 1))
    words = sentences[which]
    at = data.draw(st.integers(1, len(words) - 1))
    split = [*sentences[:which], words[:at], words[at:], *sentences[which + 1 :]]
    before, after = (counts.readability(document(prose(each))) for each in (sentences, split))
    assert after.flesch_kincaid_grade < before.flesch_kincaid_grade
    assert after.flesch_reading_ease > before.flesch_reading_ease
    assert after.smog_index <= before.smog_index
    assert after.gunning_fog < before.gunning_fog
    assert after.dale_chall < before.dale_chall


@settings(deadline=None)
@given(SENTENCES, st.data())
def test_a_shorter_word_never_makes_it_harder(sentences: list[list[str]], data: st.DataObject) -> None:
    which = data.draw(st.integers(0, len(sentences) - 1))
    at = data.draw(st.integers(0, len(sentences[which]) - 1))
    eased = [list(words) for words in sentences]
    eased[which][at] = "the"
    before, after = (counts.readability(document(prose(each))) for each in (sentences, eased))
    assert after.flesch_kincaid_grade <= before.flesch_kincaid_grade
    assert after.flesch_reading_ease >= before.flesch_reading_ease
    assert after.smog_index <= before.smog_index
    assert after.dale_chall <= before.dale_chall


@settings(deadline=None)
@given(SENTENCES)
def test_order_of_paragraphs_does_not_matter(sentences: list[list[str]]) -> None:
    forth, back = ("\n\n".join(prose([each]) for each in order) for order in (sentences, sentences[::-1]))
    assert counts.readability(document(forth)) == counts.readability(document(back))


# --- the rules (their cards have more examples)

HARD = (
    "# Evidence\n\nThe interpretation of contemporary investigations is complicated by considerable variability. "
    "Easy as it is, this is a short one that we can all read and like. The sun is out and it is warm today.\n"
)


def test_the_grade_has_its_severity_and_shows_the_hardest_sentence() -> None:
    doc = document(HARD)
    (hit,) = grade.check(doc, words=10)
    score = round(counts.flesch_kincaid_grade(doc), 1)
    assert hit.data["grade"] == score
    assert doc.source.text[slice(*hit.span)] == "Evidence"
    (related,) = hit.related
    assert doc.source.text[slice(*related.span)].startswith("The interpretation")
    assert "10 words" in related.message
    for info, warning, error, severity in (
        (score - 1, score + 1, score + 2, Severity.INFO),
        (score - 2, score - 1, score + 1, Severity.WARNING),
        (score - 3, score - 2, score - 1, Severity.ERROR),
    ):
        hits = grade.check(doc, words=10, info=info, warning=warning, error=error)
        assert [hit.severity for hit in hits] == [severity]
    assert not list(grade.check(doc, words=10, info=score + 1, warning=score + 1, error=score + 2))


@pytest.mark.parametrize(
    "audience", ["professionals", "Clinicians", "for nurses and doctors", "[clinicians, students]"]
)
def test_no_grade_for_professionals(audience: str) -> None:
    assert list(grade.check(document(HARD), words=10))
    assert not list(grade.check(document(f"---\naudience: {audience}\n---\n{HARD}"), words=10))


@pytest.mark.parametrize(
    ("words", "severity"), [(30, None), (31, Severity.WARNING), (40, Severity.WARNING), (41, Severity.ERROR)]
)
def test_length_of_a_sentence(words: int, severity: Severity | None) -> None:
    text = f"It rains. {' '.join(['the man went on to the next town and'] * 9)}"
    sentence = " ".join(text.split()[2 : 2 + words]).capitalize() + "."
    hits = list(long_sentence.check(document(f"It rains. {sentence}")))
    assert [hit.severity for hit in hits] == ([severity] if severity else [])
    assert all(hit.data["words"] == words for hit in hits)


def test_hyphens_join_words_and_dashes_part_them() -> None:
    start = "The man went on to the next town and " * 3
    joined = document(f"{start}saw a well-known, long-term fix.")
    parted = document(f"{start}saw—or so—a long—term fix.")
    assert next(long_sentence.check(joined, limit=20)).data["words"] == 32
    assert next(long_sentence.check(parted, limit=20)).data["words"] == 34


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [
        *("(" * 50_000, "(a 2020 " * 12_000, "! a " * 25_000, " - A" * 25_000, "“a " * 30_000, "et al " * 17_000),
        *("RCT (" * 20_000, "a (RCT, " * 12_000, "qi is " * 15_000, "is often " * 12_000, "in order to " * 8_000),
        *("“" * 40_000, '"a ' * 30_000, "#\n" * 40_000, "<h2></h2>" * 10_000, "ABCD EFGH " * 10_000),
    ],
)
def test_hostile_lines_take_no_time(line: str) -> None:
    doc = document(f"The {line}.", "a.txt")
    start = datetime.datetime.now(datetime.UTC)
    list(long_sentence.check(doc))
    list(grade.check(doc))
    for rule in NEW:
        list(rule.check(doc))
    sections.reading(doc)
    counts.readability(doc)
    assert datetime.datetime.now(datetime.UTC) - start < datetime.timedelta(seconds=3)


def test_the_measures_of_stats_are_numbers() -> None:
    names = [line.split(":")[0] for line in (ROOT / "rules/acu_lint_rules/measures.yml").read_text().splitlines()]
    assert {"flesch_kincaid_grade", "flesch_reading_ease", "smog_index", "dale_chall"} <= set(names)
    for name in ("flesch_kincaid_grade", "flesch_reading_ease", "smog_index", "dale_chall", "gunning_fog"):
        assert isinstance(getattr(counts, name)(document("")), float)
        assert json.loads(json.dumps(getattr(counts, name)(document(HARD)))) > 0


# --- whom a text is for

LONG = (
    "Take the pills with water at the same time each day, and call the nurse if you feel sick or dizzy, "
    "or if your heart beats too fast.\n"
)
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


# --- the record of an article

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


def test_a_check_does_without_textstat() -> None:
    code = (
        f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'rules')!r}]\n"
        "from acu_lint.project.project import Options\n"
        "from acu_lint.project.runner import Runner\n"
        f"result = Runner(Options(isolated=True)).lint_text('a.md', {HARD * 5!r})\n"
        "print([f.rule for f in result.findings], 'textstat' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "'readability/grade'" in done.stdout
    assert done.stdout.strip().endswith("False")


# --- passive verbs


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("Needles are inserted.", ["are inserted"]),
        ("It has not yet been shown, and was never really tried.", ["been shown", "was never really tried"]),
        ("You may get hurt.", ["get hurt"]),
        ("The clinic is located in Elmford, and we are interested in you.", []),
        ("It is based on trust. She was very tired. They are used to it.", []),
        ("The skin is cleaned by a nurse.", []),
        ("It is red, and the need is clear.", []),
        ("We are a well-trained team.", []),
        ("She has inserted the needles.", []),
    ],
)
def test_passive_verbs(text: str, verbs: list[str]) -> None:
    (block,) = document(text).blocks
    found = passives.passives(block.folded)
    words = [block.text[block.words[first].start : block.words[last - 1].end] for first, last in found]
    assert words == verbs


def test_the_passive_of_one_sentence_does_not_reach_into_the_next() -> None:
    doc = document("How nice they are! Needed or not, we call.")
    assert passives.passive_sentences(doc.blocks[0]) == []


def test_the_passive_rule_shows_where() -> None:
    doc = document("# Us\n\nNeedles are inserted. Heat is applied. We rest. " + "You rest. " * 7)
    (hit,) = passive.check(doc)
    assert (hit.data["percent"], hit.severity) == (20, Severity.INFO)
    assert [doc.source.text[slice(*row.span)] for row in hit.related] == ["are inserted", "is applied"]
    doc = document("Needles are inserted. " * 10)
    assert [hit.severity for hit in passive.check(doc, audience="patients")] == [Severity.WARNING]
    assert [hit.severity for hit in passive.check(doc)] == [Severity.INFO]


# --- words


def expected(rule: Any, text: str, **options: Any) -> list[tuple[str, tuple[str, ...]]]:
    doc = document(text)
    return [(doc.source.text[slice(*hit.span)], hit.expected) for hit in rule.check(doc, **options)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Utilizing heat helps.", [("Utilizing", ("Using",))]),
        ("It was facilitated.", [("facilitated", ())]),
        ("A sufficient amount.", [("sufficient", ())]),
        ("Most need a numerous lot.", [("numerous", ())]),
        ("It helps the majority of people.", [("the majority of", ("most",))]),
        ("It helps the majority of the people.", [("the majority of", ())]),
        ("Prior to that, we rest. Later, prior to this.", [("Prior to", ("Before",))]),
        ("We commence to utilize it.", [("commence", ("start",))]),
        ("He expedites it.", [("expedites", ("speeds up",))]),
    ],
)
def test_the_everyday_word_replaces_the_formal_one_where_it_can(
    text: str, found: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert expected(complex_word, text) == found


def test_terms_have_plain_words_and_are_told_once() -> None:
    text = "Analgesics may help. Some analgesics make you sleepy. The vagus nerve slows the heart."
    assert expected(jargon, text) == [("Analgesics", ("Painkillers",)), ("vagus nerve", ())]


@pytest.mark.parametrize(
    "gloss",
    [
        "Fascia (the thin tissue around muscles) is tough.",
        "Fascia is the thin tissue around muscles.",
        "Fascia, the thin tissue around muscles, is tough.",
        "Fascia, which lies around the muscles, is tough.",
        "Fascia – thin tissue – is tough.",
        "The thin tissue around muscles (called the fascia) is tough.",
        "We speak of thin tissue, or fascia.",
        "There is a tissue called “fascia”.",
        "We press the fascia. This is a thin tissue.",
        "We press the [fascia](/words#fascia).",
        "We press the fascia. It is tough.\n\nFascia means a band.",
        "We press the fascia.\n\n- **Fascia**: a thin tissue",
    ],
)
def test_a_term_that_is_explained_somewhere_is_fine(gloss: str) -> None:
    assert expected(jargon, gloss) == []


def test_the_words_of_a_project_need_no_explanation() -> None:
    words = Vocabulary(interventions=("gua sha",), conditions=("Lordosis",), brands=("QXR Mat",))
    text = "We offer gua sha for lordosis on the QXR mat."
    assert [hit.data["match"] for hit in jargon.check(document(text))] == ["gua sha"]
    assert [hit.data["match"] for hit in acronym.check(document(text))] == ["QXR"]
    doc = document(text, vocabulary=words)
    assert not [*jargon.check(doc), *acronym.check(doc)]


def test_an_abbreviation_is_written_out_in_the_plural_too() -> None:
    text = "We read nine RCTs. An RCT takes years. We found QQRS scales."
    assert expected(acronym, text) == [("RCTs", ("randomised controlled trials (RCTs)",)), ("QQRS", ())]


@pytest.mark.parametrize(
    "text",
    [
        "A quick quiz on rest scores (QQRS) is new. The QQRS is short.",
        "The QQRS (quick quiz on rest scores) is short.",
        "The QQRS, or quick quiz, is short.",
        "QQRS stands for quick quiz. The QQRS is short.",
        "A quick quiz, also called QQRS, is short.",
        "QQRS: a quick quiz.\n\nThe QQRS is short.",
        "We use the Quick Quiz of Rest Scores. The QQRS is short.",
        "## What is the quick quiz (QQRS)?\n\nThe QQRS is short.",
        "The QQRS is short.\n\n*[QQRS]: quick quiz",
    ],
)
def test_an_abbreviation_that_is_written_out_somewhere_is_fine(text: str) -> None:
    assert expected(acronym, text) == []


def test_brackets_with_other_words_do_not_write_out_an_abbreviation() -> None:
    assert [words for words, _ in expected(acronym, "The QQRS (see below) is short.")] == ["QQRS"]


# --- paragraphs and headings


def test_only_texts_for_patients_are_warned_of_long_passages() -> None:
    paragraph = "The nurse will see you soon. " * 20
    doc = document(f"{paragraph}\n\n{paragraph}\n\n{paragraph}\n\n{paragraph}\n\n{paragraph}")
    for rule, hits in ((long_paragraph, 5), (wall_of_text, 1)):
        assert [hit.severity for hit in rule.check(doc)] == [Severity.INFO] * hits
        assert [hit.severity for hit in rule.check(doc, audience="patients")] == [Severity.WARNING] * hits


def test_a_wall_of_text_is_halved_by_the_proposed_heading() -> None:
    text = "\n\n".join(f"{name} paragraph has a few words of no weight." for name in ("One", "Two", "Three", "Four"))
    (hit,) = wall_of_text.check(document(text), limit=20)
    assert (hit.data["words"], hit.data["before"]) == (36, "Three paragraph has a")


def test_each_fault_of_the_headings_is_told_once_with_its_other_places() -> None:
    text = "# A\n\n### B\n\nb\n\n## C\n\n#### D.\n\nd\n\n# E\n\n##\n"
    doc = document(text)
    told = {
        hit.message: (doc.source.text[slice(*hit.span)], [doc.source.text[slice(*r.span)] for r in hit.related])
        for hit in heading_structure.check(doc)
    }
    assert told == {"skipped": ("B", ["D."]), "several": ("E", []), "empty": ("##", [])}
    (skipped,) = [hit for hit in heading_structure.check(doc) if hit.message == "skipped"]
    assert (skipped.data["above"], skipped.data["level"], skipped.data["count"]) == (1, 3, 2)


def test_a_title_in_the_front_matter_can_be_asked_to_stand_in_the_text_too() -> None:
    doc = document("---\ntitle: Heat\n---\n\n## A\n\na\n\n## B\n\nb\n")
    assert [hit.message for hit in heading_structure.check(doc)] == []
    assert [hit.message for hit in heading_structure.check(doc, h1_from_title=False)] == ["no-top"]
