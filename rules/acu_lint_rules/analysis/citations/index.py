"""What counts as a citation, and which sentences it covers.

A citation is something a reader can follow to the source: a link that leads to a page of another site, an
identifier (``identifiers``), a note or a numbered or author-year marker that meets an entry of the list of
references, a "Source:" line. Which sentences it covers is said at ``cited``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from acu_lint.api import Block, Document, Link, Sentence, measure
from acu_lint_rules.analysis.citations import anchors, identifiers
from acu_lint_rules.analysis.citations.entries import (
    BRACKET,
    NAME,
    NOTE_TARGET,
    YEARS,
    comments_only,
    declared,
    entry_numbers,
    is_reference_heading,
    is_small_heading,
    is_source_line,
    names_and_years,
    reference_blocks,
)
from acu_lint_rules.analysis.citations.sources import is_source, own_hosts, sells, whole_address
from acu_lint_rules.analysis.text import layout


class Mark(NamedTuple):
    """A citation in a block: its kind and its range in the block's text.

    Kinds: link, url, identifier, note, number, author-year, source ("Source: ...").
    """

    kind: str
    start: int
    end: int


RAISED = re.compile(r"[⁰¹²³⁴-⁹]{1,3}(?:[,⁻–-][⁰¹²³⁴-⁹]{1,3}){0,8}")
# "…in most trials.3,4 Others": counts only where a numbered list of references has such an entry
_GLUED = re.compile(r"(?<=[a-z)%”\"][.,;])\d{1,3}(?:[,–-]\d{1,3}){0,8}(?=\s|$)|(?<=[a-z]{3})\d{1,3}(?=[\s.,;)]|$)")
_PAREN_NUMBER = re.compile(r"\((\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,12})\)")
_YEAR = r"(?:19|20)\d\d[a-z]?"
AUTHOR_YEAR = re.compile(
    rf"\b({NAME})(?:,?\s(?:et\sal\.?|and\scolleagues|(?:&|and)\s{NAME}))?,?\s\(?({_YEAR})(?=[\s,;:.)]|$)"
)
_RAISED_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_NUMBERS = re.compile(r"(\d{1,3})(?:\s?[–-]\s?(\d{1,3}))?")
_SOURCE = re.compile(r"[(\[][Ss]ources?:\s{0,2}\S|(?:^|(?<=[.!?)”\"] ))Sources?:\s{0,2}\S")
_WHOLE_TABLE = -1  # stands for every row
_LONG = 2000  # code points of a sentence that are searched for years
_WORK = (
    r"(?:stud(?:y|ies)|trials?|reviews?|analys[ie]s|meta-analys[ie]s|research|authors?|researchers?|investigators?|"
    r"scientists?|team|results?|findings?|report|paper|survey|data|evidence|guidelines?)"
)
_CONTINUES = re.compile(
    r"(?:it|they|he|she|these|those|this|that|both|of\s(?:these|those)|participants?|compared\s(?:with|to)|"
    r"the\s(?:participants?|patients?|effects?|differences?|benefits?))\b"
    rf"|[^.]{{0,100}}\b(?:the|this|that|these|those|both)\s(?:same\s|new\s|latter\s)?{_WORK}\b",
    re.I,
)
_REACH = 2  # sentences over which "it" or "the trial" still speaks of a cited work (rule catalogue 2.13)


def cited(doc: Document, sentence: Sentence) -> bool:
    """Whether a reader of the sentence can follow it to a source.

    True where a citation stands in the sentence or in the next one of its block; where the sentence goes on
    about a work cited up to two sentences before ("It found …", "The trial …"); where one citation closes its
    paragraph and is the only one there; where a "Source:" line follows the block; where the sentence ends
    with a colon and the list below carries citations, or it is an item under a cited lead-in; and in a
    table whose row, header, caption or note has a citation. A heading is cited where the block below is, the
    title and the description where the article has any citation. The references themselves are cited.
    """
    return index(doc).covers(sentence)


def in_references(doc: Document, block: Block) -> bool:
    """Whether a block belongs to the list of references (heading included), or is an entry or source line."""
    return block.index in index(doc).sections


def marks(doc: Document, block: Block) -> Sequence[Mark]:
    """Find the citations of a block, in order."""
    return index(doc).marks(block)


def entries(doc: Document) -> Sequence[str]:
    """Give the texts of the entries of the list of references, those of the front matter included."""
    return index(doc).entries


def matches_entry(doc: Document, sentence: Sentence) -> bool:
    """Whether a year and a name of the sentence stand together in an entry ("the 2018 Cochrane review")."""
    names = index(doc).names
    if not names or not (years := YEARS.findall(sentence.text[:_LONG])):
        return False
    words = [word.text for word in sentence.words[1:40] if word.text[0].isupper() and len(word.text) > 2]
    return any(year in names.get(word, ()) for word in words for year in years)


@measure
def index(doc: Document) -> Index:
    """The references and citations of a document."""
    return Index(doc)


class Index:
    """The references of a document, and the citations of its blocks, found when they are asked for.

    ``sections`` are the indexes of the blocks that belong to references, ``listed`` those of them that are
    entries; ``entries`` are the texts of all entries, those of the front matter included; ``numbers`` are the
    numbers that lead to an entry, ``notes`` the labels of the footnotes that may name a source, ``names`` the years
    by author.
    ``extra`` are marks by block that count as citations beside those that lead somewhere.
    """

    def __init__(self, doc: Document, extra: Mapping[int, Sequence[Mark]] | None = None) -> None:
        self.doc = doc
        self.extra = extra or {}
        self.sections = reference_blocks(doc)
        blocks = [doc.blocks[i] for i in sorted(self.sections)]
        self.listed = [
            b
            for b in blocks
            if b.kind != "heading" and not is_reference_heading(b.text) and not is_small_heading(doc, b)
        ]
        self.declared = declared(doc)
        self.entries = (*(b.text for b in self.listed), *self.declared)
        self.numbers = entry_numbers(self.listed) | set(range(1, len(self.entries) - len(self.listed) + 1))
        self.names = names_and_years(self.entries)
        self.notes = frozenset(b.label for b in doc.blocks if b.kind == "footnote" and not comments_only(doc, b))
        self.hosts = own_hosts(doc)
        self._declared_text = "\n".join(self.declared)
        self._marks: dict[int, Sequence[Mark]] = {}
        self._closed: dict[int, bool] = {}
        self._covered: dict[tuple[int, int], bool] = {}
        self._tables: dict[int, frozenset[int]] = {}

    def covers(self, sentence: Sentence) -> bool:
        """Whether a reader of the sentence can follow it to a source (see ``cited``); several rules ask it."""
        place = sentence.block.index, sentence.start
        known = self._covered.get(place)
        if known is None:
            known = self._covered[place] = self._covers(sentence)
        return known

    def _covers(self, sentence: Sentence) -> bool:
        block = sentence.block
        if block.index in self.sections:
            return True
        if block.kind in {"cell", "caption"}:
            return self.table_cited(block)
        if block.kind in {"heading", "title", "description"}:
            return self.below(block)
        return (
            self.beside(sentence)
            or self.closed(block)
            or self.continued(sentence)
            or self.source_follows(block)
            or self.list_cited(sentence)
        )

    # --- the citations of a block

    def marks(self, block: Block) -> Sequence[Mark]:
        """Find the citations of a block, in order."""
        known = self._marks.get(block.index)
        if known is None:
            known = self._marks[block.index] = _outer(self._find(block))
        return known

    def _find(self, block: Block) -> Iterator[Mark]:
        text = block.text
        yield from self.extra.get(block.index, ())
        for link in self.doc.links_by_block.get(block.index, ()):
            kind = self._link_kind(link, text[link.start : link.end])
            if kind:
                yield Mark(kind, link.start, link.end)
        if "://" in text or "www." in text.lower():
            for match in identifiers.ADDRESS.finditer(text):
                address = identifiers.trim(match.group())
                if is_source(address, self.hosts):
                    yield Mark("url", match.start(), match.start() + len(address))
        if "ource" in text:
            for match in _SOURCE.finditer(text):
                yield Mark("source", match.start(), match.end())
        for found in identifiers.find(text):
            yield Mark("identifier", found.start, found.end)
        yield from self._markers(text)

    def _link_kind(self, link: Link, text: str) -> str:
        """note, link or number where the link is a citation, else nothing."""
        if link.kind == "footnote":
            return "note" if link.target in self.notes or link.target.startswith("@") else ""  # a key of Pandoc's
        if link.target.startswith("#"):
            if NOTE_TARGET.match(link.target) and (self.entries or self.notes):
                return "note"
            if self.resolves(text):
                return "number"
            listed = NOTE_TARGET.match(link.target) and number_pairs(text) and anchors.leads(self.doc, link.target)
            return "note" if listed else ""
        if sells(text) or whole_address(link.target):
            return ""
        declared = len(link.target) > 1 and link.target in self._declared_text
        return "link" if declared or is_source(link.target, self.hosts) else ""

    def _markers(self, text: str) -> Iterator[Mark]:
        if not self.entries:
            return
        if self.numbers:
            for pattern in (BRACKET, RAISED, _GLUED, _PAREN_NUMBER):
                for match in pattern.finditer(text):
                    if self.resolves(match.group()):
                        yield Mark("number", match.start(), match.end())
        for match in AUTHOR_YEAR.finditer(text):
            if match[2][:4] in self.names.get(match[1], ()):
                yield Mark("author-year", match.start(), match.end())

    def resolves(self, marker: str) -> bool:
        """Whether every number of a marker is that of an entry."""
        pairs = number_pairs(marker)
        return bool(pairs) and all(int(n) in self.numbers for pair in pairs for n in pair if n)

    # --- what they cover

    def inside(self, sentence: Sentence) -> bool:
        """Whether there is a citation between the start of the sentence and the first word of the next one."""
        found = self.marks(sentence.block)
        if not found:
            return False
        first = bisect_left(found, sentence.start, key=lambda mark: mark.end - 1)
        return first < len(found) and found[first].start < _reach_of(sentence)

    def beside(self, sentence: Sentence) -> bool:
        """Whether there is a citation in the sentence or the next one of its block."""
        if not self.marks(sentence.block):
            return False
        following = _neighbours(sentence, 0, 1)
        return any(self.inside(each) for each in following)

    def closed(self, block: Block) -> bool:
        """Whether the block's only citations stand at its very end."""
        known = self._closed.get(block.index)
        if known is None:
            known = self._closed[block.index] = self._is_closed(block)
        return known

    def _is_closed(self, block: Block) -> bool:
        found = self.marks(block)
        if not found or block.text[found[-1].end :].strip(' .)]"”’*'):
            return False
        gap = [block.text[a.end : b.start] for a, b in pairwise(found)]
        return all(not part.strip(" ,;–-[]()") for part in gap)

    def continued(self, sentence: Sentence) -> bool:
        """Whether the sentence goes on about a work cited in the two sentences before it."""
        before = list(_neighbours(sentence, -_REACH, 0))[:-1]
        missing = _REACH - len(before)
        previous = self._previous_prose(sentence.block) if missing else None
        if previous is not None:
            before = [*previous.sentences[-missing:], *before]
        return any(map(self.inside, before)) and _CONTINUES.match(sentence.text) is not None

    def _previous_prose(self, block: Block) -> Block | None:
        previous = self.doc.blocks[block.index - 1] if block.index else None
        return previous if previous is not None and previous.kind == block.kind else None

    def source_follows(self, block: Block) -> bool:
        """Whether a "Source:" line stands right below the block, or below the list that the block is in."""
        following = layout.below(self.doc, block)
        return following is not None and following.kind != "heading" and is_source_line(following.text)

    def list_cited(self, sentence: Sentence) -> bool:
        """Whether this is an item under a cited lead-in, or a lead-in above a cited item."""
        block, blocks = sentence.block, self.doc.blocks
        lead = layout.lead_in(self.doc, block)
        if lead is not None and self.inside(lead):
            return True
        if not layout.ends_with_colon(sentence.text) or block.index + 1 >= len(blocks):
            return False
        last = layout.runs(self.doc)[block.index + 1][1]
        listed = takewhile(
            lambda each: each.kind == "quote" or (each.kind == "item" and each.level > block.level),
            blocks[block.index + 1 : last + 1],
        )
        return any(self.marks(each) for each in listed)

    def below(self, block: Block) -> bool:
        """Whether what a heading announces is cited: the next block's text; the whole article's for a title."""
        if self.marks(block):
            return True
        blocks = self.doc.blocks
        if block.kind != "heading":
            return any(self.marks(each) for each in blocks if each.index not in self.sections)
        following = blocks[block.index + 1 : block.index + 2]
        return any(self.marks(each) for each in following if each.kind != "heading")

    def table_cited(self, cell: Block) -> bool:
        """Whether there is a citation in the cell's row, the table's first row, its caption, lead-in or note."""
        first, last = layout.runs(self.doc)[cell.index]
        rows = self._tables.get(first)
        if rows is None:
            rows = self._tables[first] = self._cited_rows(first, last)
        return cell.group in rows or bool(rows & {_WHOLE_TABLE})

    def _cited_rows(self, first: int, last: int) -> frozenset[int]:
        """Collect the rows of a table that have a citation, or the sign for the whole table."""
        table = self.doc.blocks[first : last + 1]
        head = next((block.group for block in table if block.kind == "cell"), 0)
        note, lead = layout.below(self.doc, table[0]), layout.lead_in(self.doc, table[0])
        rows = {block.group for block in table if self.marks(block)}
        whole = (
            head in rows
            or any(block.kind == "caption" and (is_source_line(block.text) or self.marks(block)) for block in table)
            or (note is not None and is_source_line(note.text))
            or (lead is not None and self.inside(lead))
        )
        return frozenset({_WHOLE_TABLE}) if whole else frozenset(rows)


def number_pairs(marker: str) -> list[tuple[str, str]]:
    """The numbers of a marker such as ``[1, 3-5]``: the first and last of each range, last empty for a single one."""
    return _NUMBERS.findall(marker.translate(_RAISED_DIGITS))


def _outer(marks: Iterable[Mark]) -> Sequence[Mark]:
    """The marks in order, without those inside another (an identifier in the text of its link)."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.end > kept[-1].end or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


# --- sentences and blocks


def _neighbours(sentence: Sentence, before: int, after: int) -> Sequence[Sentence]:
    """Take the sentences of the block from ``before`` (negative) to ``after`` places away, itself included."""
    sentences = sentence.block.sentences
    at = bisect_left(sentences, sentence.start, key=lambda each: each.start)
    return sentences[max(at + before, 0) : at + after + 1]


def _reach_of(sentence: Sentence) -> int:
    """Where the text that belongs to a sentence ends: a marker behind the full stop is still its own."""
    rest = sentence.block.text[sentence.end : sentence.end + 12]
    return sentence.end + len(rest) - len(rest.lstrip(" [(\u00a0")) + 1
