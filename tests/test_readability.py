"""Readability: textstat is the reference, the document model says what a sentence is, nothing is downloaded."""

from __future__ import annotations

import datetime
import importlib
import json
import math
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import make_syllables
from acu_lint.api import Document, Severity
from acu_lint.parse import parse
from acu_lint_rules.analysis import readability, syllables
from acu_lint_rules.readability import grade, long_sentence

ROOT = Path(__file__).parent.parent
TABLE = syllables.load()
WORDS = [
    "the", "pain", "often", "needle", "walking", "people", "medicine", "acupuncture", "inflammation", "physician",
    "don't", "area", "science", "treated", "table", "rhythm", "caused", "houses", "society", "naturally", "you",
]  # fmt: skip
SENTENCES = st.lists(st.lists(st.sampled_from(WORDS), min_size=3, max_size=25), min_size=1, max_size=12)


def document(text: str, path: str = "a.md") -> Document:
    return parse(path, text, today=datetime.date(2026, 11, 21))


def prose(sentences: list[list[str]]) -> str:
    return " ".join(" ".join(words).capitalize() + "." for words in sentences)


# --- against textstat


@pytest.fixture(scope="module")
def textstat() -> Iterator[Any]:
    """textstat as it comes, with the CMU dictionary in the shape in which nltk gives it."""
    readability.flesch_kincaid_grade(document("Get it imported without nltk."))
    counter = importlib.import_module("textstat.backend.counts._count_syllables")
    dictionary = {word: [["P", *(["AH0"] * TABLE[word])]] for word in WORDS}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counter, "get_cmudict", lambda lang: dictionary)
        yield importlib.import_module("textstat")


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
    ours = readability.readability(doc)
    assert {name: getattr(ours, name) for name in pairs} == pytest.approx(pairs)
    assert (ours.words, ours.sentences) == (sum(map(len, sentences)), len(sentences))
    assert readability.flesch_kincaid_grade(doc) == ours.flesch_kincaid_grade


def test_textstat_splits_at_decimals_and_we_do_not(textstat: Any) -> None:
    text = "The pain of some people helps 0.5 of the area. The pain of some people helps 1.5 of the area."
    assert textstat.sentence_count(text) == 4
    assert readability.readability(document(text)).sentences == 2


# --- what it does to a process

ISOLATED = """
import socket, sys

def refuse(*args, **kwargs):
    raise OSError("no network")

socket.socket = refuse
socket.create_connection = refuse
{before}
import datetime
from acu_lint.parse import parse
from acu_lint_rules.analysis import readability

text = "Acupuncture may ease chronic pain. Zorbulation is a word that nobody knows."
doc = parse("a.md", text, today=datetime.date(2026, 11, 21))
print(readability.readability(doc))
{after}
"""


def run(before: str = "", after: str = "") -> str:
    code = ISOLATED.format(before=before, after=after)
    paths = f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'rules')!r}]\n"
    done = subprocess.run([sys.executable, "-c", paths + code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_works_offline_and_loads_nothing_heavy() -> None:
    heavy = "print([name for name in ('nltk', 'scipy', 'sklearn', 'numpy') if name in sys.modules])"
    assert run(after=heavy).splitlines()[1] == "[]"


FAKE_NLTK = """
import types
nltk = types.ModuleType("nltk")
nltk.data = types.SimpleNamespace(find=lambda name: None)
nltk.corpus = types.SimpleNamespace(cmudict=types.SimpleNamespace(dict=lambda: {"pain": [["AH0"] * 9]}))
sys.modules["nltk"] = nltk
"""


def test_others_who_use_textstat_get_its_own_dictionary() -> None:
    after = f"{FAKE_NLTK}\nimport textstat\nprint(textstat.syllable_count('pain'))"
    assert run(after=after).splitlines()[1] == "9"


def test_an_imported_textstat_and_nltk_are_left_as_they_are() -> None:
    before = f"{FAKE_NLTK}\nimport textstat\nbefore = dict(sys.modules)"
    after = """
assert sys.modules["nltk"] is nltk
assert all(sys.modules[name] is module for name, module in before.items())
print(textstat.syllable_count('pain'))
"""
    scores, count = run(before, after).splitlines()
    assert count == "9"
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
    made = readability.readability(document(text, path))
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
    scores = readability.readability(doc)
    assert {getattr(scores, name) for name in scores.__dataclass_fields__} == {0}
    assert not [*grade.check(doc, words=0), *long_sentence.check(doc)]


@given(st.text(max_size=300), st.sampled_from(["a.md", "a.txt", "a.html"]))
def test_any_text_has_finite_scores(text: str, path: str) -> None:
    scores = readability.readability(document(text, path))
    assert all(math.isfinite(getattr(scores, name)) for name in scores.__dataclass_fields__)


# --- the scores move the right way


@given(SENTENCES, st.data())
def test_splitting_a_sentence_never_makes_it_harder(sentences: list[list[str]], data: st.DataObject) -> None:
    which = data.draw(st.integers(0, len(sentences) - 1))
    words = sentences[which]
    at = data.draw(st.integers(1, len(words) - 1))
    split = [*sentences[:which], words[:at], words[at:], *sentences[which + 1 :]]
    before, after = (readability.readability(document(prose(each))) for each in (sentences, split))
    assert after.flesch_kincaid_grade < before.flesch_kincaid_grade
    assert after.flesch_reading_ease > before.flesch_reading_ease
    assert after.smog_index <= before.smog_index
    assert after.gunning_fog < before.gunning_fog
    assert after.dale_chall < before.dale_chall


@given(SENTENCES, st.data())
def test_a_shorter_word_never_makes_it_harder(sentences: list[list[str]], data: st.DataObject) -> None:
    which = data.draw(st.integers(0, len(sentences) - 1))
    at = data.draw(st.integers(0, len(sentences[which]) - 1))
    eased = [list(words) for words in sentences]
    eased[which][at] = "the"
    before, after = (readability.readability(document(prose(each))) for each in (sentences, eased))
    assert after.flesch_kincaid_grade <= before.flesch_kincaid_grade
    assert after.flesch_reading_ease >= before.flesch_reading_ease
    assert after.smog_index <= before.smog_index
    assert after.dale_chall <= before.dale_chall


@given(SENTENCES)
def test_order_of_paragraphs_does_not_matter(sentences: list[list[str]]) -> None:
    forth, back = ("\n\n".join(prose([each]) for each in order) for order in (sentences, sentences[::-1]))
    assert readability.readability(document(forth)) == readability.readability(document(back))


# --- the rules (their cards have more examples)

HARD = (
    "# Evidence\n\nThe interpretation of contemporary investigations is complicated by considerable variability. "
    "Easy as it is, this is a short one that we can all read and like. The sun is out and it is warm today.\n"
)


def test_the_grade_has_its_severity_and_shows_the_hardest_sentence() -> None:
    doc = document(HARD)
    (hit,) = grade.check(doc, words=10)
    score = round(readability.flesch_kincaid_grade(doc), 1)
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


@pytest.mark.parametrize(
    "line", ["(" * 50_000, "(a 2020 " * 12_000, "! a " * 25_000, " - A" * 25_000, "“a " * 30_000, "et al " * 17_000]
)
def test_hostile_lines_take_no_time(line: str) -> None:
    doc = document(f"The {line}.", "a.txt")
    start = datetime.datetime.now(datetime.UTC)
    list(long_sentence.check(doc))
    list(grade.check(doc))
    readability.readability(doc)
    assert datetime.datetime.now(datetime.UTC) - start < datetime.timedelta(seconds=3)


def test_the_measures_of_stats_are_numbers() -> None:
    names = [line.split(":")[0] for line in (ROOT / "rules/acu_lint_rules/measures.yml").read_text().splitlines()]
    assert {"flesch_kincaid_grade", "flesch_reading_ease", "smog_index", "dale_chall"} <= set(names)
    for name in ("flesch_kincaid_grade", "flesch_reading_ease", "smog_index", "dale_chall", "gunning_fog"):
        assert isinstance(getattr(readability, name)(document("")), float)
        assert json.loads(json.dumps(getattr(readability, name)(document(HARD)))) > 0
