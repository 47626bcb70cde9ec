"""The places in a page that a link can lead to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from acu_lint.api import OBJECT, Block, Document, Flavour, anchor_flavour, measure
from acu_lint_rules.analysis.citations.slugs import OTHERS, STYLES, numbered, obsidian
from acu_lint_rules.analysis.text.patterns import lazy

_ID = lazy(r"\b(?:id|name)\s{0,2}=\s{0,2}[\"'{`]{0,2}([^\"'`\s>}]{1,200})")
_ATTRIBUTE = lazy(r"\{[^{}\n#]{0,200}#([\w:.-]{1,200})")  # {#id}, {: .class #id}, {/* #id */}
_OWN_ID = lazy(r"[ \t#]{0,9}(?:\r?\n(?=\{:))?\{[^{}\n#]{0,200}#[\w:.-]")
_PICTURE = lazy(r"(?:!\[([^\[\]\n]{0,200})\]\([^()\n]{0,300}\)|<img\b[^<>\n]{0,300}>)[ \t]{0,3}\Z")
_TAG = lazy(r"<[^<>]{0,200}>")
_BLOCK_ID = lazy(r"(?<=\s)\^([A-Za-z0-9-]{1,60})[ \t]{0,9}$", re.M)
_USE = lazy(r"(?<=fnref)\d{1,3}(?=:)|[:-]\d{1,3}\Z")  # what the mark of a note has from its second use on
_PREFIX = "user-content-"  # GitHub puts it before every id, and finds it with and without
_FROM_GITHUB = frozenset({Flavour.ANY, Flavour.COMMONMARK, Flavour.DOCUSAURUS})
_WITHOUT_ATTRIBUTES = frozenset({Flavour.COMMONMARK, Flavour.OBSIDIAN})
_NOTE_JOINTS = {  # between "fn" and the label or number of a note
    Flavour.COMMONMARK: "-",
    Flavour.DOCUSAURUS: "-",
    Flavour.MKDOCS: ":",
    Flavour.HUGO: ":",
    Flavour.JEKYLL: ":",
    Flavour.KRAMDOWN: ":",
    Flavour.PANDOC: "",
}


def leads(doc: Document, target: str) -> bool:
    """Whether a link such as ``#what-we-offer`` leads to a place in the page, as its generator makes it.

    Where the generator is not known the form of any will do.
    """
    name = unicodedata.normalize("NFC", unquote(target.strip().removeprefix("#"))).partition(":~:")[0]
    flavour = anchor_flavour(doc)
    names = {name}
    if flavour in _FROM_GITHUB:
        names |= {name.removeprefix(_PREFIX), name.removeprefix(_PREFIX).lower()}
    if flavour in {Flavour.ANY, Flavour.OBSIDIAN}:
        names.add(obsidian(name.rpartition("#")[2]))
    names |= {_USE.sub("", each) for each in names if "fnref" in each}
    return not names.isdisjoint(_places(doc))


@measure
def _places(doc: Document) -> frozenset[str]:
    """The names of the places in a page: its headings, its ids, its notes."""
    return frozenset(unicodedata.normalize("NFC", name) for name in (*_headings(doc), *_ids(doc), *_notes(doc)))


def _headings(doc: Document) -> Iterator[str]:
    flavour = anchor_flavour(doc)
    replaced = flavour not in _WITHOUT_ATTRIBUTES | {Flavour.ANY}
    blocks = [block for block in doc.blocks if block.kind == "heading" and not (replaced and _has_own_id(doc, block))]
    texts = [_as_written(doc, block) for block in blocks]
    pictures = [_picture_before(doc, block) for block in blocks]
    silent = [text if picture is None else f" {text}" for text, picture in zip(texts, pictures, strict=True)]
    spoken = [text if picture is None else f"{picture} {text}" for text, picture in zip(texts, pictures, strict=True)]
    readings = {tuple(texts), tuple(silent), tuple(spoken)}  # generators differ in what they read of a picture
    styles = STYLES.get(flavour) or (*(style for known in STYLES.values() for style in known), *OTHERS)
    for style in dict.fromkeys(styles):
        for reading in readings:
            yield from numbered(reading, style)


def _picture_before(doc: Document, heading: Block) -> str | None:
    """The text of a picture at the start of a heading, which is no part of the heading's own; None without one."""
    start = heading.span().start
    match = _PICTURE.search(doc.source.text[max(start - 500, 0) : start])
    return match and (match[1] or "")


def _as_written(doc: Document, heading: Block) -> str:
    """The text of a heading with its code, and the special spaces and letters that ``Block.text`` spells plainly."""
    source, span = doc.source.text, heading.span()
    raw = source[span.start : span.end]
    if heading.text.isascii() and raw.isascii() and "&" not in raw:
        return heading.text
    signs = []
    at = -1
    for place, sign in enumerate(heading.text):
        start, end = heading.span(place, place + 1)
        written = unescape(source[start:end])
        if sign == OBJECT:
            signs.append(_TAG.sub("", written).strip("`") if written.startswith(("`", "<")) else "")
        elif len(written) != 1:
            signs.append(sign)
        elif start != at:  # a ligature stands for several letters
            signs.append(written)
        at = start
    return "".join(signs)


def _has_own_id(doc: Document, heading: Block) -> bool:
    """Whether an id stands behind a heading, in place of the one that the generator would make."""
    return _OWN_ID.match(doc.source.text, heading.span().end) is not None


def _ids(doc: Document) -> Iterator[str]:
    text, flavour = doc.source.text, anchor_flavour(doc)
    yield from (match[1] for match in _ID.finditer(text))
    if flavour not in _WITHOUT_ATTRIBUTES:
        yield from (match[1] for match in _ATTRIBUTE.finditer(text))
    if flavour in {Flavour.ANY, Flavour.OBSIDIAN}:
        yield from (f"^{match[1].lower()}" for match in _BLOCK_ID.finditer(text))


def _notes(doc: Document) -> Iterator[str]:
    """The places of the notes and of their marks, which some generators name by label and others by number."""
    flavour = anchor_flavour(doc)
    joints = {_NOTE_JOINTS[flavour]} if flavour in _NOTE_JOINTS else {*_NOTE_JOINTS.values()}
    notes = [block.label for block in doc.blocks if block.kind == "footnote"]
    for number, label in enumerate(notes, 1):
        for joint in joints:
            for name in (label, str(number)):
                yield from (f"fn{joint}{name}", f"fnref{joint}{name}")
                yield from (f"{_PREFIX}fn{joint}{name}", f"{_PREFIX}fnref{joint}{name}")
