"""Evidence that is said to be stronger than evidence can be, and measurements offered as benefits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from acu_lint.api import PROSE, Block, Document, Sentence
from acu_lint_rules.analysis.citations import index as citations
from acu_lint_rules.analysis.evidence.evidence import evidence
from acu_lint_rules.analysis.evidence.phrases import cued, speaks_of_health
from acu_lint_rules.analysis.text import lexicon
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.rare_phrases import blocks_with
from acu_lint_rules.analysis.text.sentence import SentenceView, asks

_READ = PROSE | {"heading", "title", "description"}
_ARROW = lazy(r"[↑↓]\s?(?:by\s)?\d|\d\s?%\s?[↑↓]|[↑↓]")
_PROOF = lazy(r"\b(?:prove|valid|confirm|verif|cement|highlight|underlin|underscor|establish|demonstrat)", re.I)
_GAP = 5  # words that may stand between a grade and the word for evidence, or a marker and its change


class Overstated(NamedTuple):
    """Words that claim too much: form (a message of the card), sentence, range in it, whether beyond all doubt."""

    form: str
    sentence: Sentence
    start: int
    end: int
    final: bool = False


@cache
def _words(section: str) -> frozenset[str]:
    return frozenset(term.lower() for term in lexicon.load("strength")[section])


@cache
def _cues() -> frozenset[str]:
    return _words("grades") | _label_cues()


@cache
def _label_cues() -> frozenset[str]:
    return _words("labels") | {phrase.split()[0].lower() for phrase in lexicon.load("strength")["label_phrases"]}


@cache
def _marker_cues() -> frozenset[str]:
    return frozenset(term.lower().split()[0] for term in lexicon.load("strength")["markers"])


def find(doc: Document) -> Iterator[Overstated]:
    """Find them in the order of the rules: proof, grades and labels, measurements; at most one per sentence."""
    done: set[tuple[int, int]] = set()
    for item in (*_proofs(doc), *_graded(doc)):
        key = item.sentence.block.index, item.sentence.start
        if key not in done:
            done.add(key)
            yield item


def _proofs(doc: Document) -> Iterator[Overstated]:
    """Appeals to evidence whose verb says that a matter is settled."""
    proof = _words("proof")
    for item in evidence(doc):
        if item.kind == "body":
            continue
        sentence = item.sentence
        if _PROOF.search(sentence.text, item.start, item.end + 24) is None:
            continue
        words = [(w.text.lower(), w.start - sentence.start, w.end - sentence.start) for w in sentence.words[:60]]
        verbs = proof | _words("conclusion") if item.form == "anaphor" else proof
        near = [place for place in words if item.start <= place[1] < item.end + 24 and place[0] in verbs]
        if not near or not _speaks(sentence, [word for word, _, _ in words]):
            continue
        text, start, end = near[0]
        if text not in proof and _words("effective").isdisjoint(word for word, _, _ in words):
            continue
        start, end = min(start, item.start), max(end, item.end)
        yield Overstated("proof", sentence, start, end, text in _words("final"))


def _speaks(sentence: Sentence, words: list[str]) -> bool:
    """Whether a sentence is about a therapy and leaves no doubt open."""
    if not _words("open").isdisjoint(words) or asks(sentence.text):
        return False
    return bool(lexicon.matcher("interventions").scan([lexicon.fold(word) for word in words]))


def _graded(doc: Document) -> Iterator[Overstated]:
    labels = _words("evidence") | _label_cues()
    for block, tokens in blocks_with(doc, _cues() | _marker_cues()):
        if block.kind not in _READ or citations.in_references(doc, block):
            continue
        if not labels.isdisjoint(tokens):
            yield from _in_block(doc, block)
        if lexicon.matcher("strength", "markers").scan(tokens):
            yield from _markers(doc, block)


def _in_block(doc: Document, block: Block) -> Iterator[Overstated]:
    for view, cues in cued(doc, block, _cues()):
        if view.is_question or not _words("open").isdisjoint(view.tokens):
            continue
        for index in cues:
            found = _label(view, index) or _grade(view, index)
            if found is not None:
                yield found
                break


def _label(view: SentenceView, index: int) -> Overstated | None:
    """Match "clinically proven", "evidence-backed"."""
    word = view.tokens[index]
    if word in _words("labels"):
        last = index
    else:
        phrase = f"{word} {view.token(index + 1)}"
        longer = f"{phrase} {view.token(index + 2)}"
        if phrase in _words("label_phrases"):
            last = index + 1
        elif longer in _words("label_phrases"):
            last = index + 2
        else:
            return None
    if not speaks_of_health(view) and word not in {
        "mechanism-verified",
        "policy-grade",
        "evidence-backed",
    }:
        return None
    return _found(view, "label", index, last, final="proven" in " ".join(view.tokens[index : last + 1]))


def _grade(view: SentenceView, index: int) -> Overstated | None:
    """Match "multiple high-quality studies support", "substantial clinical evidence"."""
    if view.tokens[index] not in _words("grades") or not view.names_therapy:
        return None
    for last in range(index + 1, min(index + _GAP, len(view))):
        if view.parted(last - 1):
            return None
        if view.tokens[last] in _words("evidence"):
            if _words("benefit").isdisjoint(view.tokens) and view.token(index - 1) != "on":
                return None
            return _found(view, "grade", index, last, final=view.tokens[index] in _words("certain"))
    return None


def _found(view: SentenceView, form: str, first: int, last: int, *, final: bool) -> Overstated:
    start, end = view.words[first].start - view.sentence.start, view.words[last].end - view.sentence.start
    return Overstated(form, view.sentence, start, end, final)


def _markers(doc: Document, block: Block) -> Iterator[Overstated]:
    """Measurements that change, offered as if a patient would feel it."""
    for view, _ in cued(doc, block, _marker_cues()):
        found = lexicon.matcher("strength", "markers").scan(view.tokens)
        if not found or not (view.names_therapy or block.kind == "cell"):
            continue
        words = set(view.tokens)
        if not words.isdisjoint(_words("felt")) or not words.isdisjoint(_words("open")):
            continue
        marker = found[0]
        arrow = block.kind == "cell" and _ARROW.search(view.sentence.text)
        near = view.tokens[max(marker.first - _GAP, 0) : marker.last + _GAP]
        if arrow or not _words("changes").isdisjoint(near):
            start = view.words[marker.first].start - view.sentence.start
            end = view.words[marker.last - 1].end - view.sentence.start
            yield Overstated("column" if arrow else "marker", view.sentence, start, end)
