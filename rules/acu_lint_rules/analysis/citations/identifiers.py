"""Identifiers of published work in running text: DOI, PMID, PMCID, arXiv, ISBN, trial registrations.

Patterns: Crossref 2015 (DOI), ctregistries (trial registries of the WHO network), NLM (PMID, PMCID, NBK).
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote


class Identifier(NamedTuple):
    """An identifier in a text: its kind, its normal form and the range it takes."""

    kind: str
    value: str
    start: int
    end: int


# Marks that end an address without a space: those of East Asian, Arabic and Indian writing, and quotation marks.
_MARKS = (
    r"\u3000-\u3002\u3008-\u3011\u3014-\u301f\ufe30-\ufe4f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
    r"\u060c\u061b\u061f\u06d4\u0964“”„«»…—"
)
_EAST_ASIAN = r"\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef"  # its letters end a DOI, too
# The end of a DOI made of a SICI (ANSI/NISO Z39.56-1996), as publishers made them until about 2003.
SICI = (
    r"(?:(?:<|&lt;|%3[Cc]|\[)[^\s<>\[\]&%]{1,80}(?:>|&gt;|%3[Ee]|\])"
    r"\d\.\d\.[A-Za-z]{2};\d(?:-(?:[\dA-Za-z\#]|%23)(?![\w]))?)?"
)
IN_DOI = rf"[^\s\"<>|{_MARKS}{_EAST_ASIAN}]"  # what may stand in one, however wrong
ADDRESS = re.compile(rf"\b(?:https?://|www\.)[^\s<>\"{_MARKS}]{{4,400}}{SICI}", re.I)

_EDGE = r"(?a:\b)"  # Chinese letters may stand next to an identifier
_DOI = rf"10\.\d{{4,9}}/(?:[^\s\"<>\[\]{{}}|\\^`\#,;{_MARKS}{_EAST_ASIAN}]|[,;](?!10\.\d)){{1,250}}{SICI}"
# The name of a group is the kind. Every repetition is bounded, and no two alternatives share a start.
_PATTERN = rf"""
    (?P<doi>      {_EDGE} {_DOI} )
  | (?P<pmid>     {_EDGE} PMID \s{{0,2}} [:：\#]? \s{{0,2}} \d{{1,8}} {_EDGE}
                | {_EDGE} (?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed) / \d{{1,8}} {_EDGE} )
  | (?P<pmcid>    {_EDGE} PMC \d{{4,9}} {_EDGE} )
  | (?P<arxiv>    {_EDGE} arXiv: \s{{0,2}} (?: \d{{4}}\.\d{{4,5}} (?:v\d{{1,2}})? | [a-z-]{{2,12}}/\d{{7}} ) {_EDGE}
                | {_EDGE} arxiv\.org/(?:abs|pdf)/\d{{4}}\.\d{{4,5}} {_EDGE} )
  | (?P<isbn>     {_EDGE} ISBN (?:-1[03])? \s{{0,2}} :? \s{{0,2}} [\d][\d\ -]{{8,16}}[\dXx] {_EDGE} )
  | (?P<bookshelf>{_EDGE} NBK \d{{3,7}} {_EDGE} )
  | (?P<cochrane> {_EDGE} CD \d{{6}} (?:\.pub\d{{1,2}})? {_EDGE} )
  | (?P<trial>    {_EDGE} (?: NCT \d{{8}} | ISRCTN \d{{8}} | ACTRN \d{{14}} p? | DRKS \d{{8}} | CRD \d{{11,13}}
                | ChiCTR (?: -? [A-Z]{{2,5}} -? )? \d{{8,10}} | (?:JPRN-)? (?:UMIN|JapicCTI-|jRCT[a-z]?) \d{{6,10}}
                | PACTR \d{{15,16}} | CTRI/\d{{4}}/\d{{2,3}}/\d{{6}} | KCT \d{{7}} | NTR \d{{3,5}} | IRCT \d{{11,16}}
                | EudraCT [\s:]{{0,2}} \d{{4}}-\d{{6}}-\d{{2}} ) {_EDGE} )
"""
_PLACEHOLDER_DOI = re.compile(r"10\.(?:0000|1234|9999)/")
_PREFIX = re.compile(
    r"\S{1,200}/(?:pubmed/|abs/|pdf/)?(?=\d)|(?:PMID|arXiv|ISBN(?:-1[03])?|EudraCT)[\s:：#]{0,9}", re.IGNORECASE
)
_DIGITS = re.compile(r"\d{3}")
_CLOSING = {")": "(", "]": "[", ">": "<", "}": "{"}


@cache
def _compiled() -> re.Pattern[str]:
    return re.compile(_PATTERN, re.VERBOSE)


def find(text: str) -> list[Identifier]:
    """Find the identifiers of a text in order; placeholders such as ``10.1234/abc`` are none."""
    found: list[Identifier] = []
    if _DIGITS.search(text) is None:
        return found
    for match in _compiled().finditer(text):
        kind = match.lastgroup or ""
        raw = trim(match.group()) if kind == "doi" else match.group()
        if kind == "doi" and (_PLACEHOLDER_DOI.match(raw) or raw.endswith("/")):
            continue
        found.append(Identifier(kind, normalise(kind, raw), match.start(), match.start() + len(raw)))
    return found


def trim(raw: str) -> str:
    """Strip a DOI or address of the punctuation of the sentence around it."""
    end = len(raw)
    while end:
        last = raw[end - 1]
        if last in ".,;:'\"’”*_" or (last in _CLOSING and raw.count(last, 0, end) > raw.count(_CLOSING[last], 0, end)):
            end -= 1
        else:
            break
    return raw[:end]


def normalise(kind: str, raw: str) -> str:
    """Bring an identifier to the form in which two spellings are equal: ``PMID: 123`` becomes ``123``."""
    if kind in {"pmid", "arxiv", "isbn"} or (kind == "trial" and raw.startswith("EudraCT")):
        raw = _PREFIX.sub("", raw, count=1)
    if kind == "doi":
        return (_spelt_out(raw) if "%" in raw or "&" in raw else raw).lower()
    if kind == "isbn":
        return raw.replace("-", "").replace(" ", "").upper()
    return raw


def escaped(doi: str) -> str:
    """A DOI as it stands in an address: old ones have signs that would end it."""
    return doi.replace("<", "%3C").replace(">", "%3E").replace("#", "%23")


def _spelt_out(doi: str) -> str:
    """A DOI without the escapes of addresses and HTML, up to the first sign that none has."""
    plain = unquote(unescape(doi))
    match = re.match(_DOI, plain)
    return trim(match.group()) if match else plain
