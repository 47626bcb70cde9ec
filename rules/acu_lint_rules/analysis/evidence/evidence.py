"""Every sentence of a document that leans on evidence: a named study, a named body, or nobody in particular."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from acu_lint.api import PROSE, Document, Sentence, measure
from acu_lint_rules.analysis.citations import index as citations
from acu_lint_rules.analysis.evidence import named, vague
from acu_lint_rules.analysis.evidence.phrases import Phrase, cued, span, words_of
from acu_lint_rules.analysis.text.rare_phrases import blocks_with, vocabulary
from acu_lint_rules.analysis.text.sentence import SentenceView

Kind = Literal["study", "body", "vague"]

_READ = PROSE | {"heading", "title", "description"}
_QUESTIONS = words_of("questions")
# the sentence warns of such phrases, or sends the reader to look for evidence
_REJECTING = words_of("rejecting")
_SENDING = words_of("sending")


class Evidence(NamedTuple):
    """An appeal to evidence: its kind and form, the sentence, and the range of the words in the sentence's text."""

    kind: Kind
    form: str
    view: SentenceView
    start: int
    end: int

    @property
    def sentence(self) -> Sentence:
        """The sentence that leans on it."""
        return self.view.sentence


@measure
def evidence(doc: Document) -> tuple[Evidence, ...]:
    """Find the appeals to evidence outside the references, at most one per sentence, cited or not."""
    found: list[Evidence] = []
    cues = vocabulary(doc) & _cues()
    names = cues & named.capitals()
    for block, _ in blocks_with(doc, cues):
        if block.kind in _READ and not citations.in_references(doc, block):
            read = [_read(view, places) for view, places in cued(doc, block, cues, names)]
            found += [item for item in read if item is not None]
    return tuple(found)


@measure
def leaning(doc: Document) -> frozenset[tuple[int, int]]:
    """Block index and start of every sentence that leans on evidence."""
    return frozenset((item.view.block.index, item.view.sentence.start) for item in evidence(doc))


@cache
def _cues() -> frozenset[str]:
    return vague.cues() | named.cues()


def _read(view: SentenceView, cues: Sequence[int]) -> Evidence | None:
    if _asks(view):
        return None
    study = named.find_study(view, cues)
    if study is not None:
        return _evidence("study", view, study)
    body = named.find_body(view, cues)
    if body is not None:
        return _evidence("body", view, body)
    if view.tokens[0] in _SENDING:
        return None
    phrase = vague.find(view, cues)
    return _evidence("vague", view, phrase) if phrase is not None else None


def _asks(view: SentenceView) -> bool:
    """Whether the sentence asks, or rejects what it quotes."""
    if view.is_question or not _REJECTING.isdisjoint(view.tokens):
        return True
    title = view.kind in {"heading", "title"} or (len(view) < 13 and view.sentence.text[-1] not in ".!:…")
    return title and view.tokens[0] in _QUESTIONS


def _evidence(kind: Kind, view: SentenceView, phrase: Phrase) -> Evidence:
    return Evidence(kind, phrase.form, view, *span(view, phrase))
