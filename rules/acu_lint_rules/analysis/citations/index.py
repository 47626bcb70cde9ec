"""What counts as a citation, and which sentences it covers.

A citation is something a reader can follow to the source: a link that leads to a page of another site, an
identifier (``identifiers``), a note or a numbered or author-year marker that meets an entry of the list of
references, a "Source:" line. Which sentences it covers is said at ``cited``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise, takewhile
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from acu_lint.api import Block, Document, Link, Sentence, measure
from acu_lint_rules.analysis.citations import identifiers
from acu_lint_rules.analysis.citations.anchors import anchors, squashed
from acu_lint_rules.analysis.text import layout, lexicon


class Mark(NamedTuple):
    """A citation in a block: its kind and its range in the block's text.

    Kinds: link, url, identifier, note, number, author-year, source ("Source: ...").
    """

    kind: str
    start: int
    end: int


_URL = re.compile(r"\b(?:https?://|www\.)[^\s<>\"]{4,400}", re.I)
BRACKET = re.compile(r"\[(\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,12})\]")
RAISED = re.compile(r"[⁰¹²³⁴-⁹]{1,3}(?:[,⁻–-][⁰¹²³⁴-⁹]{1,3}){0,8}")
# "…in most trials.3,4 Others": counts only where a numbered list of references has such an entry
_GLUED = re.compile(r"(?<=[a-z)%”\"][.,;])\d{1,3}(?:[,–-]\d{1,3}){0,8}(?=\s|$)|(?<=[a-z]{3})\d{1,3}(?=[\s.,;)]|$)")
_CITES = re.compile(r"[a-z)][.,;]?\[\d{1,3}\]")
_PAREN_NUMBER = re.compile(r"\((\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,12})\)")
_YEAR = r"(?:19|20)\d\d[a-z]?"
_NAME = r"[A-ZÀ-Þ][\w'’-]{1,30}"
AUTHOR_YEAR = re.compile(
    rf"\b({_NAME})(?:,?\s(?:et\sal\.?|and\scolleagues|(?:&|and)\s{_NAME}))?,?\s\(?({_YEAR})(?=[\s,;:.)]|$)"
)
_RAISED_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_NUMBERS = re.compile(r"(\d{1,3})(?:\s?[–-]\s?(\d{1,3}))?")
NOTE_TARGET = re.compile(r"#(?:fn|footnote|note|cite|ref|endnote|bib|source|en)", re.I)
_SOURCE_LINE = re.compile(
    r"[\[(*]{0,3}(?:sources?|references?|citations?|data\ssources?|adapted\sfrom|data\sfrom|quelle)"
    r"\s?:\s{0,3}\S|(?:adapted|data|reprinted|reproduced)\s(?:are\s)?from\s[A-Z]",
    re.I,
)
_AUTHOR = rf"{_NAME}(?:\s{_NAME})?,?\s[A-Z](?:\.?[\s-]?[A-Z]){{0,2}}"
# An entry of a bibliography: two authors with initials, one author with year, volume or identifier, or a title.
_ENTRY = re.compile(
    rf"(?:\[?\d{{1,3}}[\].)]\s{{0,3}})?"
    rf"(?:{_AUTHOR}\.?(?:[,;]\s(?:{_AUTHOR}|et\sal|&\s|and\s)|\s&\s|\s?\((?:19|20)\d\d)"
    rf"|(?P<one>{_AUTHOR}\.\s)|(?P<title>[“\"][^”\"]{{5,300}}[.?!,][”\"]\s{{1,2}}[A-Z]))"
)
_VOLUME = re.compile(r"\d;\s?\d|\d\(\d|:\s?\d|\bdoi|\bPMID|https?:|\bpp?\.\s?\d")
_SPOKEN = re.compile(r"\b(?:I|my|me|we|our|you|your)\b")
_CAPITAL = re.compile(r"\b[A-ZÀ-Þ][\w'’-]{1,30}")
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
_SOURCE = re.compile(r"[(\[][Ss]ources?:\s{0,2}\S|(?:^|(?<=[.!?)”\"] ))Sources?:\s{0,2}\S")
_WHOLE_TABLE = -1  # stands for every row
_LONG = 2000  # code points of a sentence that are searched for years
_ENTRY_NUMBER = re.compile(r"\s{0,3}[\[(]?(\d{1,3})[\].):]?\s")
_LEVEL = re.compile(r"^h[1-6]:")  # how a block's path marks the level of a heading
_HEADING_WORDS = re.compile(r"[^\W\d_]+")
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
_META_KEYS = ("sources", "references", "citations", "source", "reference", "citation", "bibliography")
_SITE_KEYS = (
    "site",
    "siteurl",
    "site_url",
    "baseurl",
    "base_url",
    "canonical",
    "canonical_url",
    "canonicalurl",
    "url",
    "og:url",
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


def declared(doc: Document) -> Sequence[str]:
    """Find the sources that front matter and JSON-LD declare, one text per entry."""
    return tuple(_declared(doc))


def matches_entry(doc: Document, sentence: Sentence) -> bool:
    """Whether a year and a name of the sentence stand together in an entry ("the 2018 Cochrane review")."""
    names = index(doc).names
    if not names or not (years := _YEARS.findall(sentence.text[:_LONG])):
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
    numbers that lead to an entry, ``notes`` the labels of the footnotes, ``names`` the years by author.
    ``extra`` are marks by block that count as citations beside those that lead somewhere.
    """

    def __init__(self, doc: Document, extra: Mapping[int, Sequence[Mark]] | None = None) -> None:
        self.doc = doc
        self.extra = extra or {}
        self.sections = _reference_blocks(doc)
        blocks = [doc.blocks[i] for i in sorted(self.sections)]
        self.listed = [b for b in blocks if b.kind != "heading" and not is_reference_heading(b.text)]
        self.declared = declared(doc)
        self.entries = (*(b.text for b in self.listed), *self.declared)
        self.numbers = _entry_numbers(self.listed) | set(range(1, len(self.entries) - len(self.listed) + 1))
        self.names = _names_and_years(self.entries)
        self.notes = frozenset(b.label for b in doc.blocks if b.kind == "footnote")
        self.hosts = _own_hosts(doc)
        self._declared_text = "\n".join(self.declared)
        self._marks: dict[int, Sequence[Mark]] = {}
        self._closed: dict[int, bool] = {}
        self._tables: dict[int, frozenset[int]] = {}

    def covers(self, sentence: Sentence) -> bool:
        """Whether a reader of the sentence can follow it to a source (see ``cited``)."""
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
            for match in _URL.finditer(text):
                if is_source(identifiers.trim(match.group()), self.hosts):
                    yield Mark("url", match.start(), match.end())
        if "ource" in text:
            for match in _SOURCE.finditer(text):
                yield Mark("source", match.start(), match.end())
        for found in identifiers.find(text):
            yield Mark("identifier", found.start, found.end)
        yield from self._markers(text)

    def _link_kind(self, link: Link, text: str) -> str:
        """note, link or number where the link is a citation, else nothing."""
        if link.kind == "footnote":
            return "note" if link.target in self.notes else ""
        if link.target.startswith("#"):
            if NOTE_TARGET.match(link.target) and (self.entries or self.notes):
                return "note"
            if self.resolves(text):
                return "number"
            listed = (
                NOTE_TARGET.match(link.target) and number_pairs(text) and squashed(link.target) in anchors(self.doc)
            )
            return "note" if listed else ""
        if _sells(text):
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
        if not _CONTINUES.match(sentence.text):
            return False
        before = list(_neighbours(sentence, -_REACH, 0))[:-1]
        missing = _REACH - len(before)
        previous = self._previous_prose(sentence.block) if missing else None
        if previous is not None:
            before = [*previous.sentences[-missing:], *before]
        return any(self.inside(each) for each in before)

    def _previous_prose(self, block: Block) -> Block | None:
        previous = self.doc.blocks[block.index - 1] if block.index else None
        return previous if previous is not None and previous.kind == block.kind else None

    def source_follows(self, block: Block) -> bool:
        """Whether a "Source:" line stands right below the block, or below the list that the block is in."""
        following = layout.below(self.doc, block)
        return following is not None and following.kind != "heading" and _is_source_line(following.text)

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
            or any(block.kind == "caption" and (_is_source_line(block.text) or self.marks(block)) for block in table)
            or (note is not None and _is_source_line(note.text))
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


# --- links


def is_source(target: str, own_hosts: Iterable[str] = ()) -> bool:
    """Whether a link target can be a source: a page of another site, not a home page, shop or network."""
    target = target.strip()
    if target.startswith("www."):
        target = f"https://{target}"
    elif target.startswith("//"):
        target = f"https:{target}"
    if target[:4].lower() == "doi:":
        return bool(identifiers.find(target))
    if not target.lower().startswith(("http://", "https://")):
        return False
    try:
        parts = urlsplit(target)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return False
    if "." not in host or _is_other(host) or any(host == own or host.endswith(f".{own}") for own in own_hosts):
        return False
    return parts.path.strip("/").lower() not in _not_sources("pages") or bool(parts.query)


def _is_other(host: str) -> bool:
    others = _not_sources("hosts")
    return host in others or host.partition(".")[2] in others


def _sells(text: str) -> bool:
    words = text.split(maxsplit=1)
    return bool(words) and words[0].lower() in _not_sources("texts")


@cache
def _not_sources(section: str) -> frozenset[str]:
    return frozenset({"", *lexicon.load("not_sources")[section]})


def _own_hosts(doc: Document) -> frozenset[str]:
    """Hosts of the site the article belongs to, as its front matter, head or JSON-LD says."""
    found: set[str] = set()
    values = [value for key, value in doc.meta.data.items() if str(key).lower() in _SITE_KEYS]
    values += [item.get(key) for item in doc.meta.json_ld for key in ("url", "mainEntityOfPage")]
    for value in values:
        for address in _strings(value):
            if address.lower().startswith(("http://", "https://")):
                try:
                    host = urlsplit(address).hostname or ""
                except ValueError:
                    continue
                found.add(host.removeprefix("www."))
    return frozenset(found)


def _strings(value: Any) -> Iterator[str]:
    """Find the strings of a value of front matter or JSON-LD, nested ones included."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, Mapping):
            stack.extend(item.values())
        elif isinstance(item, list | tuple):
            stack.extend(item)


# --- the list of references


def _declared(doc: Document) -> Iterator[str]:
    """One text per entry of the sources in front matter and JSON-LD."""
    data = {str(key).lower(): value for key, value in doc.meta.data.items()}
    values = [data[key] for key in _META_KEYS if data.get(key)]
    values += [item["citation"] for item in doc.meta.json_ld if item.get("citation")]
    for value in values:
        for entry in value if isinstance(value, list | tuple) else (value,):
            yield " ".join(_strings(entry)) or str(entry)


def _names_and_years(entries: Iterable[str]) -> Mapping[str, set[str]]:
    """The years that stand in an entry together with a word in capitals, by the word."""
    table: dict[str, set[str]] = {}
    for entry in entries:
        years = {*_YEARS.findall(entry)}  # each once: an entry may be a whole list
        for name in {*_CAPITAL.findall(entry)} if years else ():
            table.setdefault(name, set()).update(years)
    return table


def _entry_numbers(listed: Sequence[Block]) -> set[int]:
    """Collect the numbers that markers can name: written in front of an entry, else its place in the list."""
    numbers: set[int] = set()
    for place, block in enumerate(listed, 1):
        match = _ENTRY_NUMBER.match(block.text)
        if match and block.kind != "item":
            numbers.add(int(match[1]))
        elif block.kind in {"item", "footnote"}:
            numbers.add(place)
            if block.label.isdecimal() and len(block.label) < 10:
                numbers.add(int(block.label))
    return numbers


def _reference_blocks(doc: Document) -> frozenset[int]:
    """Collect the blocks of the reference sections, entries and source lines that stand elsewhere included."""
    found: set[int] = set()
    titles: dict[tuple[str, ...], bool] = {}
    open_list: list[int] = []  # blocks below a paragraph that serves as heading ("**References**")
    for block in doc.blocks:
        if open_list and (block.kind == "heading" or _CITES.search(block.text)):
            if block.kind != "heading":  # running text below the word "Sources"
                found.difference_update(open_list)
            open_list = []
        if block.path not in titles:
            titles[block.path] = any(is_reference_heading(_LEVEL.sub("", name)) for name in block.path)
        if block.kind in {"heading", "paragraph", "quote"} and is_reference_heading(block.text):
            open_list = [*open_list, block.index] if block.kind != "heading" else []
            found.add(block.index)
        elif titles[block.path] or open_list or _gives_source(doc, block):
            found.add(block.index)
            if open_list:
                open_list.append(block.index)
    own = {block.path for block in doc.blocks if block.index in found and _has_marker(doc, block)}
    return frozenset(found - {block.index for block in doc.blocks if block.path in own}) if own else frozenset(found)


def _has_marker(doc: Document, block: Block) -> bool:
    """Whether a block of a section named "Sources" itself cites: then the section speaks of other sources."""
    return any(
        NOTE_TARGET.match(link.target) and BRACKET.search(block.text[max(link.start - 1, 0) : link.end + 1])
        for link in doc.links_by_block.get(block.index, ())
        if link.start and link.target.startswith("#")
    )


def is_reference_heading(text: str) -> bool:
    """Whether a heading announces a list of references."""
    if len(text) > 60:
        return False
    words = [word.lower() for word in _HEADING_WORDS.findall(text)]
    if not words or len(words) > 6:
        return False
    names, modifiers = _heading_names()
    core = [word for word in words if word not in modifiers]
    return " ".join(words) in names or (bool(core) and all(word in names for word in core))


@cache
def _heading_names() -> tuple[frozenset[str], frozenset[str]]:
    table = lexicon.load("reference_headings")
    return frozenset(table["heading"]), frozenset(table["modifier"])


def _is_source_line(text: str) -> bool:
    return len(text) < 600 and (":" in text[:24] or "from" in text[:24]) and _SOURCE_LINE.match(text) is not None


def is_entry(text: str) -> bool:
    """Whether a block reads like an entry of a bibliography."""
    if len(text) > 1200 or (match := _ENTRY.match(text)) is None or _YEARS.search(text) is None:
        return False
    if match["one"]:
        return _VOLUME.search(text) is not None
    return not (match["title"] and _SPOKEN.search(match["title"]))


def _gives_source(doc: Document, block: Block) -> bool:
    """Whether a block does nothing but give a source: a source line, an entry, a footnote with a link."""
    if _is_source_line(block.text) or is_entry(block.text):
        return True
    if block.kind != "footnote":
        return False
    return bool(doc.links_by_block.get(block.index) or "http" in block.text or identifiers.find(block.text))
