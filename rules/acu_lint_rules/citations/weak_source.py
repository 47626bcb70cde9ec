"""Health claims whose only source is not fit for them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit

from acu_lint.api import PROSE, Block, Document, Hit, Link, Sentence
from acu_lint_rules.analysis import citations, figures, lexicon
from acu_lint_rules.analysis.claims import claims
from acu_lint_rules.analysis.evidence import leaning
from acu_lint_rules.analysis.line import Line, lines


def check(doc: Document) -> Iterator[Hit]:
    """Report weak sources of claims, and results of animals or cells that are told as effects on people."""
    animals = _terms("animals")
    for block, words in zip(doc.blocks, lexicon.folded(doc), strict=True):
        linked = block.index in doc.links_by_block
        tested = not animals.isdisjoint(words)
        if (linked or tested) and block.kind in PROSE and not citations.in_references(doc, block):
            yield from _links(doc, block)
            yield from _animals(doc, block)


def _links(doc: Document, block: Block) -> Iterator[Hit]:
    """The weak links of a block that stand alone in a sentence with a claim."""
    links = doc.links_by_block.get(block.index, ())
    for link in links:
        name = _weak(link, block)
        if not name:
            continue
        sentence = _sentence(block, link)
        if sentence is None or _supported(doc, sentence) or not _claims_something(doc, sentence):
            continue
        message = "default" if name == _host(link.target) else "text"
        yield Hit(block.span(link.start, link.end), {"match": name}, message=message)


def _weak(link: Link, block: Block) -> str:
    """The host, or the words, that show a link to be weak; empty where it is not."""
    host = _host(link.target)
    if not host:
        return ""
    if host in _terms("hosts") or host.partition(".")[2] in _terms("hosts"):
        return host
    text = f" {lexicon.fold(block.text[link.start : link.end])} "
    return next((word for word in _terms("texts") if f" {word} " in text), "")


def _host(target: str) -> str:
    try:
        return (urlsplit(target).hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return ""


def _sentence(block: Block, link: Link) -> Sentence | None:
    at = bisect_right(block.sentences, link.start, key=lambda each: each.start) - 1
    return block.sentences[at] if at >= 0 else None


def _supported(doc: Document, sentence: Sentence) -> bool:
    """Whether a sentence has another source than weak links."""
    block = sentence.block
    weak = {(link.start, link.end) for link in doc.links_by_block.get(block.index, ()) if _weak(link, block)}
    return any(
        (mark.start, mark.end) not in weak and sentence.start <= mark.start < sentence.end + 3
        for mark in citations.marks(doc, block)
    )


def _claims_something(doc: Document, sentence: Sentence) -> bool:
    """Whether a sentence makes a health claim, leans on evidence, or gives a health number."""
    key = sentence.block.index, sentence.start
    if key in leaning(doc) or any((c.sentence.block.index, c.sentence.start) == key for c in claims(doc)):
        return True
    return any(found.start == sentence.start for found, _ in figures.find(doc, sentence.block))


def _animals(doc: Document, block: Block) -> Iterator[Hit]:
    if _terms("animals").isdisjoint(lexicon.folded(doc)[block.index]):
        return
    for line in lines(doc, block, _terms("animals")):
        if not _terms("caution").isdisjoint(line.words) or not line.therapy:
            continue
        first = line.cues[0]
        if _concludes(line, first):
            start, end = line.raw[first].start, line.raw[first].end
            start -= 3 * (line.at(first) == "vitro" and line.at(first - 1) == "in")
            yield Hit(block.span(start, end), {"match": block.text[start:end]}, message="animals")


def _concludes(line: Line, after: int) -> bool:
    """Whether words behind the animals draw a conclusion: "so it eases arthritis"."""
    return any(
        line.words[at] in _terms("so") and line.at(at + 1) not in {"far", "much", "many", "that", "did", "do", "were"}
        for at in range(after + 1, len(line))
        if line.broken(at - 1)
    )


@cache
def _terms(section: str) -> frozenset[str]:
    return frozenset(lexicon.load("weak_sources")[section])
