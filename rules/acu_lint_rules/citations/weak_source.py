"""Health claims whose only source is not fit for them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from urllib.parse import urlsplit

from acu_lint.api import PROSE, Block, Document, Hit, Link, Sentence, measure
from acu_lint_rules.analysis.citations import index as citations
from acu_lint_rules.analysis.claims.claim import claims
from acu_lint_rules.analysis.evidence import figures
from acu_lint_rules.analysis.evidence.evidence import leaning
from acu_lint_rules.analysis.evidence.phrases import cued
from acu_lint_rules.analysis.text import lexicon
from acu_lint_rules.analysis.text.rare_phrases import blocks_with
from acu_lint_rules.analysis.text.sentence import SentenceView

_BEHIND = 3  # characters behind a sentence in which its mark may stand


def check(doc: Document) -> Iterator[Hit]:
    """Report weak sources of claims, and results of animals or cells that are told as effects on people."""
    tested = {block.index for block, _ in blocks_with(doc, _terms("animals"))}
    for index in sorted(tested.union(doc.links_by_block)):
        block = doc.blocks[index]
        if block.kind in PROSE and not citations.in_references(doc, block):
            yield from _links(doc, block)
            if index in tested:
                yield from _animals(doc, block)


def _links(doc: Document, block: Block) -> Iterator[Hit]:
    """The weak links of a block that stand alone in a sentence with a claim, one per sentence."""
    weak = [(link, name) for link in doc.links_by_block.get(block.index, ()) if (name := _weak(link, block))]
    if not weak:
        return
    places = {(link.start, link.end) for link, _ in weak}
    strong = [mark.start for mark in citations.marks(doc, block) if (mark.start, mark.end) not in places]
    done = -1
    for link, name in weak:
        sentence = _sentence(block, link)
        if sentence is None or sentence.start == done:
            continue
        done = sentence.start
        at = bisect_left(strong, sentence.start)
        supported = at < len(strong) and strong[at] < sentence.end + _BEHIND
        if not supported and sentence.start in _claiming(doc).get(block.index, ()):
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


@measure
def _claiming(doc: Document) -> Mapping[int, set[int]]:
    """The starts of the sentences that make a health claim, lean on evidence or give a health number, by block."""
    table: dict[int, set[int]] = defaultdict(set)
    for index, start in leaning(doc):
        table[index].add(start)
    for claim in claims(doc):
        table[claim.sentence.block.index].add(claim.sentence.start)
    for block in doc.blocks:
        if block.index in doc.links_by_block:
            table[block.index].update(sentence.start for sentence, _ in figures.find(doc, block))
    return table


def _animals(doc: Document, block: Block) -> Iterator[Hit]:
    for view, cues in cued(doc, block, _terms("animals")):
        if not _terms("caution").isdisjoint(view.tokens) or not view.names_therapy:
            continue
        first = cues[0]
        if _concludes(view, first):
            start, end = view.words[first].start, view.words[first].end
            start -= 3 * (view.token(first) == "vitro" and view.token(first - 1) == "in")
            yield Hit(block.span(start, end), {"match": block.text[start:end]}, message="animals")


def _concludes(view: SentenceView, after: int) -> bool:
    """Whether words behind the animals draw a conclusion: "so it eases arthritis"."""
    return any(
        view.tokens[at] in _terms("so")
        and view.token(at + 1) not in {"far", "much", "many", "that", "did", "do", "were"}
        for at in range(after + 1, len(view))
        if view.parted(at - 1)
    )


@cache
def _terms(section: str) -> frozenset[str]:
    return frozenset(lexicon.load("weak_sources")[section])
