"""Spun prose: established terms in which a program put synonyms in the place of the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from acu_lint.api import Document, Severity, prepared
from acu_lint_rules.analysis.citations.index import in_references
from acu_lint_rules.analysis.text.lexicon import Matcher, load, spellings
from acu_lint_rules.analysis.text.rare_phrases import blocks_with, quoted, vocabulary
from acu_lint_rules.copy._left import Left, sentence_at


def spun(doc: Document) -> Iterator[Left]:
    """Find tortured phrases (Cabanac, Labbé and Magazinov 2021), each with the term it stands for.

    One that a writer may have chosen is advice, unless two other phrases stand in the same text.
    """
    known = vocabulary(doc)
    longest = _longest() & known
    present = {word for word in longest if any(map(known.issuperset, _phrases()[word]))}
    found = []
    for block, own in blocks_with(doc, present):
        hits = _matcher().scan(own) if block.kind != "alt" else []
        for hit in hits if hits and not in_references(doc, block) else ():
            start, end = block.words[hit.first].start, block.words[hit.last - 1].end
            if not quoted(block.text, start, end):
                found.append((block, start, end, hit))
    thick = len({hit.term for *_, hit in found}) > 2
    for block, start, end, hit in found:
        severity = Severity.WARNING if thick or hit.section == "certain" else Severity.INFO
        better = (_terms()[hit.term],)
        yield Left(sentence_at(block, start), block.span(start, end), "spun", severity, better=better)


@cache
def _terms() -> Mapping[str, str]:
    """The term that each phrase stands for."""
    return dict(line.split(" = ") for lines in load("tortured").values() for line in lines)


@cache
def _phrases() -> Mapping[str, Sequence[Sequence[str]]]:
    """The words of each phrase, by the longest of them."""
    rows = [row.split("\t") for row in prepared("phrases", _rows).split("\n")]
    return {longest: [phrase.split(" ") for phrase in phrases] for longest, *phrases in rows}


def _rows() -> str:
    """A line for each longest word: the word and the phrases, parted by tabs."""
    table: dict[str, list[str]] = {}
    for words in (words for phrase in _terms() for words in spellings(phrase)):
        table.setdefault(max(words, key=len), []).append(" ".join(words))
    return "\n".join(["\t".join((longest, *phrases)) for longest, phrases in table.items()])


@cache
def _longest() -> frozenset[str]:
    """The longest word of each phrase."""
    return frozenset(_phrases())


@cache
def _matcher() -> Matcher:
    return Matcher.kept("tortured", _by_section)


def _by_section() -> Mapping[str, Sequence[str]]:
    return {section: [line.split(" = ")[0] for line in lines] for section, lines in load("tortured").items()}
