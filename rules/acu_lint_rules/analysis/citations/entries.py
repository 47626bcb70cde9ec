"""The list of references: which blocks belong to it, its entries, and by what a marker in the text can name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from acu_lint.api import Block, Document
from acu_lint_rules.analysis.citations import identifiers
from acu_lint_rules.analysis.citations.sources import strings
from acu_lint_rules.analysis.text import lexicon

BRACKET = re.compile(r"\[(\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,12})\]")
YEARS = re.compile(r"\b(?:19|20)\d\d\b")
NAME = r"[A-ZÀ-Þ][\w'’-]{1,30}"
_AUTHOR = rf"{NAME}(?:\s{NAME})?,?\s[A-Z](?:\.?[\s-]?[A-Z]){{0,2}}"
# An entry of a bibliography: two authors with initials, one author with year, volume or identifier, or a title.
_ENTRY = re.compile(
    rf"(?:\[?\d{{1,3}}[\].)]\s{{0,3}})?"
    rf"(?:{_AUTHOR}\.?(?:[,;]\s(?:{_AUTHOR}|et\sal|&\s|and\s)|\s&\s|\s?\((?:19|20)\d\d)"
    rf"|(?P<one>{_AUTHOR}\.\s)|(?P<title>[“\"][^”\"]{{5,300}}[.?!,][”\"]\s{{1,2}}[A-Z]))"
)
_SOURCE_LINE = re.compile(
    r"[\[(*]{0,3}(?:sources?|references?|citations?|data\ssources?|adapted\sfrom|data\sfrom|quelle)"
    r"\s?:\s{0,3}\S|(?:adapted|data|reprinted|reproduced)\s(?:are\s)?from\s[A-Z]",
    re.I,
)
_VOLUME = re.compile(r"\d;\s?\d|\d\(\d|:\s?\d|\bdoi|\bPMID|https?:|\bpp?\.\s?\d")
_SPOKEN = re.compile(r"\b(?:I|my|me|we|our|you|your)\b")
_CAPITAL = re.compile(r"\b[A-ZÀ-Þ][\w'’-]{1,30}")
_ENTRY_NUMBER = re.compile(r"\s{0,3}[\[(]?(\d{1,3})[\].):]?\s")
_LEVEL = re.compile(r"^h[1-6]:")  # how a block's path marks the level of a heading
_HEADING_WORDS = re.compile(r"[^\W\d_]+")
_META_KEYS = ("sources", "references", "citations", "source", "reference", "citation", "bibliography")
NOTE_TARGET = re.compile(r"#(?:fn|footnote|note|cite|ref|endnote|bib|source|en)", re.I)
_REMARK = 2  # words: a shorter note may be the name of a source, or "ibid."
_NAMES_SHARE = 3  # fewer words than one in three begin with a capital: prose, not a title or names
_OPENS = re.compile(r"(?:[*_]|<(?:b|strong|em|i|u)>)\Z", re.I)
_CLOSES = re.compile(r"[*_]|</", re.I)
_LONGEST = 1200  # code points of an entry
_HEADING = 60  # code points of a heading of references
_CITES = re.compile(r"[a-z)][.,;]?\[\d{1,3}\]")


def declared(doc: Document) -> Sequence[str]:
    """Find the sources that front matter and JSON-LD declare, one text per entry."""
    data = {str(key).lower(): value for key, value in doc.meta.data.items()}
    values = [data[key] for key in _META_KEYS if data.get(key)]
    values += [item["citation"] for item in doc.meta.json_ld if item.get("citation")]
    entries = [entry for value in values for entry in (value if isinstance(value, list | tuple) else (value,))]
    return tuple(" ".join(strings(entry)) or str(entry) for entry in entries)


def names_and_years(entries: Iterable[str]) -> Mapping[str, set[str]]:
    """The years that stand in an entry together with a word in capitals, by the word."""
    table: dict[str, set[str]] = {}
    for entry in entries:
        years = {*YEARS.findall(entry)}  # each once: an entry may be a whole list
        for name in {*_CAPITAL.findall(entry)} if years else ():
            table.setdefault(name, set()).update(years)
    return table


def entry_numbers(listed: Sequence[Block]) -> set[int]:
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


def reference_blocks(doc: Document) -> frozenset[int]:
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
    found.update(_lists_beside(doc))
    own = {block.path for block in doc.blocks if block.index in found and _has_marker(doc, block)}
    return frozenset(found - {block.index for block in doc.blocks if block.path in own}) if own else frozenset(found)


def _lists_beside(doc: Document) -> Iterator[int]:
    """Find the blocks of lists whose headings ("Books") follow the heading of the references and are not below it."""
    blocks = doc.blocks
    heads = [block.index for block in blocks if block.kind == "heading"]
    ends = dict(zip(heads, [*heads[1:], len(blocks)], strict=False))
    at = 0
    for first in heads:
        if first < max(at, 1) or not is_reference_heading(blocks[first - 1].text):
            continue
        at = first
        while at in ends and blocks[at].level >= blocks[first].level and _holds_sources(blocks[at + 1 : ends[at]]):
            yield from range(at, ends[at])
            at = ends[at]


def _holds_sources(blocks: Sequence[Block]) -> bool:
    """Whether each block under a heading reads like an entry; of an item a year is enough."""
    return bool(blocks) and all(
        len(block.text) < _LONGEST
        and (
            (block.kind == "item" and YEARS.search(block.text)) or is_entry(block.text) or identifiers.find(block.text)
        )
        for block in blocks
    )


def is_small_heading(doc: Document, block: Block) -> bool:
    """Whether a block of the references stands for a heading: a few words in bold, or with a colon, above entries."""
    text = block.text.strip()
    if block.kind not in {"paragraph", "item"} or len(text) > 60 or block.index + 1 == len(doc.blocks):
        return False
    if any(map(str.isdigit, text)) or block.index in doc.links_by_block:
        return False
    following = doc.blocks[block.index + 1]
    if block.kind == "item":
        return following.kind == "item" and following.level > block.level
    if following.kind != "item" and not YEARS.search(following.text):
        return False
    start, end = block.span()
    source = doc.source.text
    around = source[max(start - 8, 0) : start], source[end : end + 9]
    return text.endswith(":") or bool(_OPENS.search(around[0]) and _CLOSES.match(around[1]))


def _has_marker(doc: Document, block: Block) -> bool:
    """Whether a block of a section named "Sources" itself cites: then the section speaks of other sources."""
    return any(
        NOTE_TARGET.match(link.target) and BRACKET.search(block.text[max(link.start - 1, 0) : link.end + 1])
        for link in doc.links_by_block.get(block.index, ())
        if link.start and link.target.startswith("#")
    )


def is_reference_heading(text: str) -> bool:
    """Whether a heading announces a list of references."""
    return len(text) <= _HEADING and _announces(text)


@lru_cache(maxsize=1 << 12)  # a heading is asked about for itself and for each path that it is in
def _announces(text: str) -> bool:
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


def is_source_line(text: str) -> bool:
    """Whether a block is a "Source:" line."""
    return len(text) < 600 and (":" in text[:24] or "from" in text[:24]) and _SOURCE_LINE.match(text) is not None


def is_entry(text: str) -> bool:
    """Whether a block reads like an entry of a bibliography."""
    if len(text) > _LONGEST or (match := _ENTRY.match(text)) is None or YEARS.search(text) is None:
        return False
    if match["one"]:
        return _VOLUME.search(text) is not None
    return not (match["title"] and _SPOKEN.search(match["title"]))


def comments_only(doc: Document, block: Block) -> bool:
    """Whether a footnote explains something and names no source: no link, no year, and hardly a name."""
    text = block.text
    if doc.links_by_block.get(block.index) or "http" in text or YEARS.search(text) or identifiers.find(text):
        return False
    words = block.words
    names = sum(word.text[0].isupper() for word in words[1:])
    return len(words) >= _REMARK and _NAMES_SHARE * names <= len(words)


def _gives_source(doc: Document, block: Block) -> bool:
    """Whether a block does nothing but give a source: a source line, an entry, a footnote with a link."""
    if is_source_line(block.text) or is_entry(block.text):
        return True
    if block.kind != "footnote":
        return False
    return bool(doc.links_by_block.get(block.index) or "http" in block.text or identifiers.find(block.text))
