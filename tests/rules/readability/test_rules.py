"""The rules about grades, sentences, passive verbs, paragraphs and headings; their cards have more examples."""

from __future__ import annotations

import time

import pytest

from acu_lint.api import Severity
from acu_lint_rules.analysis.readability import counts, sections
from acu_lint_rules.analysis.readability import passive as passives
from acu_lint_rules.readability import (
    grade,
    heading_structure,
    long_paragraph,
    long_sentence,
    passive,
    wall_of_text,
)
from tests.conftest import document
from tests.rules.readability.texts import HARD, NEW


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


def test_nothing_that_is_hard_to_read_is_an_error_unless_a_site_says_so() -> None:
    endless = document("We sit and wait and look and talk and eat " * 20 + "and sleep.")
    assert {hit.severity for hit in grade.check(endless)} == {Severity.WARNING}
    assert {hit.severity for hit in long_sentence.check(endless)} == {Severity.WARNING}
    assert {hit.severity for hit in grade.check(endless, error=16)} == {Severity.ERROR}
    assert {hit.severity for hit in long_sentence.check(endless, error=60)} == {Severity.ERROR}


def test_lines_that_each_begin_with_a_capital_are_no_sentence() -> None:
    lines = ["A warm room with a soft light", "Clean towels and a blanket", "Tea and biscuits afterwards"] * 2
    assert not list(long_sentence.check(document("\n".join([*lines, "We look forward to you."]))))
    wrapped = "\n".join(line.lower() for line in lines).capitalize()
    assert list(long_sentence.check(document(f"{wrapped} make all the difference to our guests.")))


@pytest.mark.parametrize(
    "audience", ["professionals", "Clinicians", "for nurses and doctors", "[clinicians, students]"]
)
def test_no_grade_for_professionals(audience: str) -> None:
    assert list(grade.check(document(HARD), words=10))
    assert not list(grade.check(document(f"---\naudience: {audience}\n---\n{HARD}"), words=10))


@pytest.mark.parametrize(
    ("words", "severity"),
    [(30, None), (31, Severity.INFO), (40, Severity.INFO), (41, Severity.WARNING), (70, Severity.WARNING)],
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
    start = time.process_time()
    list(long_sentence.check(doc))
    list(grade.check(doc))
    for rule in NEW:
        list(rule.check(doc))
    sections.reading(doc)
    counts.readability(doc)
    assert time.process_time() - start < 3  # of the processor: other tests run beside this one


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
    assert not list(passive.check(doc))  # two are no habit
    (hit,) = passive.check(doc, least=2)
    assert (hit.data["percent"], hit.severity) == (20, Severity.INFO)
    assert [doc.source.text[slice(*row.span)] for row in hit.related] == ["are inserted", "is applied"]
    doc = document("Needles are inserted. " * 10)
    assert [hit.severity for hit in passive.check(doc, audience="patients")] == [Severity.WARNING]
    assert [hit.severity for hit in passive.check(doc)] == [Severity.INFO]


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
