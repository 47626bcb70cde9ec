"""Every sentence of a document that leans on evidence: a named study, a named body, or nobody in particular."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from acu_lint.api import PROSE, Block, Document, Sentence, measure
from acu_lint_rules.analysis.citations import index as citations
from acu_lint_rules.analysis.evidence import named, vague
from acu_lint_rules.analysis.evidence.line import Line, Phrase, lines, words_of
from acu_lint_rules.analysis.text import lexicon

Kind = Literal["study", "body", "vague"]

_READ = PROSE | {"heading", "title", "description"}
_QUESTIONS = words_of("questions")
# the sentence warns of such phrases, or sends the reader to look for evidence
_REJECTING = words_of("rejecting")
_SENDING = words_of("sending")


class Evidence(NamedTuple):
    """An appeal to evidence: its kind and form, the sentence, and the range of the words in the sentence."""

    kind: Kind
    form: str
    sentence: Sentence
    start: int
    end: int


@measure
def evidence(doc: Document) -> tuple[Evidence, ...]:
    """Find the appeals to evidence outside the references, at most one per sentence, cited or not."""
    found: list[Evidence] = []
    folded = lexicon.folded(doc)
    for block in doc.blocks:
        if block.kind not in _READ or _cues().isdisjoint(folded[block.index]):
            continue
        if not citations.in_references(doc, block):
            found.extend(
                item
                for line in lines(doc, block, _cues(), named.capitals())
                if (item := _read(block, line)) is not None
            )
    return tuple(found)


@measure
def leaning(doc: Document) -> frozenset[tuple[int, int]]:
    """Block index and start of every sentence that leans on evidence."""
    return frozenset((item.sentence.block.index, item.sentence.start) for item in evidence(doc))


@cache
def _cues() -> frozenset[str]:
    return vague.cues() | named.cues()


def _read(block: Block, line: Line) -> Evidence | None:
    if _asks(block, line):
        return None
    study = named.find_study(line)
    if study is not None:
        return _evidence("study", line, study)
    body = named.find_body(line)
    if body is not None:
        return _evidence("body", line, body)
    if line.words[0] in _SENDING:
        return None
    phrase = vague.find(line)
    return _evidence("vague", line, phrase) if phrase is not None else None


def _asks(block: Block, line: Line) -> bool:
    """Whether the sentence asks, or rejects what it quotes."""
    if line.sentence.text.rstrip(' *_"”)').endswith("?") or not _REJECTING.isdisjoint(line.words):
        return True
    title = block.kind in {"heading", "title"} or (len(line) < 13 and line.sentence.text[-1] not in ".!:…")
    return title and line.words[0] in _QUESTIONS


def _evidence(kind: Kind, line: Line, phrase: Phrase) -> Evidence:
    return Evidence(kind, phrase.form, line.sentence, *line.span(phrase))
