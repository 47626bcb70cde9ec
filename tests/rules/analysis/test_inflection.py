"""The forms of words: one module makes all of them, and every rule hears an irregular verb."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acu_lint_rules.analysis.claims.claim import claims
from acu_lint_rules.analysis.text.inflection import forms, irregular_participles, lemmas, plural, stem
from acu_lint_rules.analysis.text.lexicon import load, terms
from tests.conftest import document

VERBS = sorted({*terms("efficacy", "verbs"), *terms("cure", "verbs"), *terms("evidence", "finding", "opining")})


@pytest.mark.parametrize(
    ("verb", "made"),
    [
        ("ease", ("eases", "eased", "eased", "easing")),
        ("carry", ("carries", "carried", "carried", "carrying")),
        ("annoy", ("annoys", "annoyed", "annoyed", "annoying")),
        ("soothe", ("soothes", "soothed", "soothed", "soothing")),
        ("wash", ("washes", "washed", "washed", "washing")),
        ("fix", ("fixes", "fixed", "fixed", "fixing")),
        ("stop", ("stops", "stopped", "stopped", "stopping")),
        ("stem", ("stems", "stemmed", "stemmed", "stemming")),
        ("heal", ("heals", "healed", "healed", "healing")),
        ("open", ("opens", "opened", "opened", "opening")),
        ("free", ("frees", "freed", "freed", "freeing")),
        ("overcome", ("overcomes", "overcame", "overcome", "overcoming")),
        ("control", ("controls", "controlled", "controlled", "controlling")),
        ("speed up", ("speeds up", "sped up", "sped up", "speeding up")),
    ],
)
def test_the_forms_of_a_verb(verb: str, made: tuple[str, str, str, str]) -> None:
    found = forms(verb)
    assert (found.base, found.third, found.past[0], found.participle[0], found.ing) == (verb, *made)


@pytest.mark.parametrize(
    ("noun", "many"),
    [
        ("allergy", "allergies"),
        ("rash", "rashes"),
        ("toe", "toes"),
        ("day", "days"),
        ("headache", "headaches"),
        ("coach", "coaches"),
    ],
)
def test_the_plural_of_a_noun(noun: str, many: str) -> None:
    assert plural(noun) == many
    assert stem(many) == noun


@pytest.mark.parametrize("verb", VERBS)
def test_every_form_leads_back_to_its_verb(verb: str) -> None:
    found = forms(verb)
    table = lemmas([verb])
    assert {table[form] for form in (found.base, found.third, *found.ended, found.ing)} == {verb}


def test_a_verb_that_breaks_the_rules_stands_in_the_list_once_for_each_spelling() -> None:
    rows = [row.split() for row in load("irregular_verbs")["verbs"]]
    assert len({row[0] for row in rows}) == len(rows)
    assert {"proven", "begun", "overcome"} <= irregular_participles()
    assert not any(participle.endswith("ed") for participle in irregular_participles())


@pytest.mark.parametrize("verb", ["overcame", "overcomes", "fought", "shrank"])
def test_a_claim_is_heard_in_irregular_forms(verb: str) -> None:
    doc = document(f"Acupuncture {verb} insomnia.", "a.txt")
    assert [claim.verb for claim in claims(doc) if claim.fires] == [verb]


@pytest.mark.parametrize("verb", ["overcomed", "shrinked", "beated", "feeded"])
def test_what_is_no_form_is_no_verb(verb: str) -> None:
    assert verb not in lemmas(["overcome", "shrink", "beat", "feed"])


@given(st.text(st.characters(min_codepoint=97, max_codepoint=122), min_size=1, max_size=9))
def test_any_word_has_forms_and_a_stem(word: str) -> None:
    found = forms(word)
    assert found.base == word
    assert all(form for form in (found.third, found.ing, *found.ended))
    assert stem(word)
