"""Readability: textstat is the reference, the document model says what a sentence is, nothing is downloaded."""

from __future__ import annotations

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

from acu_lint_rules.analysis.readability import counts
from tests.conftest import ROOT, document
from tests.rules.readability.texts import HARD, SENTENCES, TABLE, WORDS, prose

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


@pytest.mark.slow
@pytest.mark.parametrize("reader", ["textstat.syllable_count", "nltk.corpus.cmudict.dict().get"])
def test_a_dictionary_that_was_read_before_stays_and_does_not_change_the_scores(tmp_path: Path, reader: str) -> None:
    folder = cmudict(tmp_path, {"pain": 9})
    before = f"import nltk, textstat; nltk.data.path = [{str(folder)!r}]; {reader}('pain')"
    scores, count = run(before, "print(textstat.syllable_count('pain pain'))").splitlines()
    assert count == "18"
    assert scores == run().splitlines()[0]


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


# --- what commands do with them


def test_the_measures_of_stats_are_numbers() -> None:
    names = [line.split(":")[0] for line in (ROOT / "rules/acu_lint_rules/measures.yml").read_text().splitlines()]
    assert {"flesch_kincaid_grade", "flesch_reading_ease", "smog_index", "dale_chall"} <= set(names)
    for name in ("flesch_kincaid_grade", "flesch_reading_ease", "smog_index", "dale_chall", "gunning_fog"):
        assert isinstance(getattr(counts, name)(document("")), float)
        assert json.loads(json.dumps(getattr(counts, name)(document(HARD)))) > 0


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
