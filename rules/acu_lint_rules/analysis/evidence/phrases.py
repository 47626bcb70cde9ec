"""Phrases that lean on evidence: the words they are made of (``evidence.txt``), and where they are looked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import cache
from typing import NamedTuple

from acu_lint.api import Block, Document
from acu_lint_rules.analysis.text import lexicon
from acu_lint_rules.analysis.text.inflection import forms
from acu_lint_rules.analysis.text.sentence import SentenceView, in_block


@cache
def words_of(*sections: str) -> frozenset[str]:
    """The words of sections of the evidence lexicon."""
    return frozenset(term.lower() for term in lexicon.terms("evidence", *sections))


class Verbs(NamedTuple):
    """The forms of a group of verbs."""

    base: frozenset[str]
    third: frozenset[str]
    past: frozenset[str]
    participle: frozenset[str]
    ing: frozenset[str]

    def finite(self, *, plural: bool) -> frozenset[str]:
        """The forms that follow a plural subject, or a singular one."""
        return self.base | self.past if plural else self.third | self.past


@cache
def verbs(*sections: str) -> Verbs:
    """The verbs of sections of the evidence lexicon."""
    rows = [forms(verb) for verb in lexicon.terms("evidence", *sections)]
    return Verbs(
        frozenset(row.base for row in rows),
        frozenset(row.third for row in rows),
        frozenset(form for row in rows for form in row.past),
        frozenset(form for row in rows for form in row.participle),
        frozenset(row.ing for row in rows),
    )


class Phrase(NamedTuple):
    """Words ``first`` to ``last`` (inclusive) of a sentence that lean on evidence; ``form`` says how."""

    first: int
    last: int
    form: str


def speaks_of_health(view: SentenceView) -> bool:
    """Whether a sentence names a therapy, a condition, or a symptom or outcome."""
    return view.names_therapy or _name_complaint_or_outcome(view.tokens)


def are_about_health(words: Sequence[str]) -> bool:
    """Whether folded words name a therapy, a condition, or a symptom or outcome."""
    return _name_complaint_or_outcome(words) or bool(lexicon.matcher("interventions").scan(words))


def _name_complaint_or_outcome(words: Sequence[str]) -> bool:
    if not _outcome_words().isdisjoint(words):
        return True
    return any(lexicon.matcher(name).scan(words) for name in ("outcomes", "conditions"))


@cache
def _outcome_words() -> frozenset[str]:
    return frozenset(lexicon.load("statistics")["outcomes"])


def cued(
    doc: Document, block: Block, cues: Set[str], names: Set[str] = frozenset()
) -> Iterator[tuple[SentenceView, Sequence[int]]]:
    """Yield the sentences of a block that hold one of some folded words, with the indexes of these words.

    ``names`` count with a capital only. Of a monster sentence the first words are read.
    """
    for view in in_block(doc, block):
        if cues.isdisjoint(view.tokens) or view.continued:
            continue
        found = [index for index, word in enumerate(view.tokens) if word in cues]
        if not names.isdisjoint(view.tokens):
            found = [index for index in found if _counts(view, index, names)]
        if found:
            yield view, found


def _counts(view: SentenceView, index: int, names: Set[str]) -> bool:
    """Whether a word is no name, or has the capital of one; the letters of the sentence say most of it at once."""
    word, text = view.tokens[index], view.sentence.text
    if word not in names:
        return True
    return (word[0].upper() in text or not text.isascii()) and view.capital(index)


Reader = Callable[[SentenceView, int], Phrase | None]  # what it reads at a cue of a sentence


def first_phrase(view: SentenceView, cues: Sequence[int], readers: Mapping[str, Sequence[Reader]]) -> Phrase | None:
    """The first phrase that a reader finds at a cue; ``readers`` are by the cue's word."""
    for index in cues:
        for reader in readers.get(view.tokens[index], ()):
            phrase = reader(view, index)
            if phrase is not None:
                return phrase
    return None


def span(view: SentenceView, phrase: Phrase) -> tuple[int, int]:
    """The range of a phrase in the sentence's text, with the bracket that closes behind it."""
    start, end = view.text_range(phrase.first, phrase.last + 1)
    text = view.sentence.text
    return start, end + (text[end : end + 1] == ")" and "(" in text[start:end])
