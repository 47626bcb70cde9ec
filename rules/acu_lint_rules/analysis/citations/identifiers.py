"""Identifiers of published work in running text: DOI, PMID, PMCID, arXiv, ISBN, trial registrations.

Patterns: Crossref 2015 (DOI), ctregistries (trial registries of the WHO network), NLM (PMID, PMCID, NBK).
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from acu_lint.api import compiled


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
_NO_DATE = r"(?!(?:(?<=\b\d\.)|(?<=\b\d\d\.))10\.(?:19|20)\d\d/)"  # "01.10.2020/05.10.2020"
_DOI = rf"10\.\d{{4,9}}[/／](?:[^\s\"<>\[\]{{}}|\\^`\#,;{_MARKS}{_EAST_ASIAN}]|[,;](?!10\.\d)){{1,250}}{SICI}"
# The name of a group is the kind. Every repetition is bounded, and no two alternatives share a start.
_PATTERN = rf"""
    (?P<doi>      {_EDGE} {_NO_DATE} {_DOI} )
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
# Every identifier has one of these in it.
_CUES = ("10.", "PM", "CT", "ncbi", "arXiv", "arxiv", "ISBN", "NBK", "CD", "DRKS", "CRD", "UMIN", "NTR")
# What the address of a publisher's page has behind the DOI: what is shown of the work, in which form, to whom.
_SHOWN = (
    r"abs(?:tract)?|appendices|ep(?:df|ub)|extract|figures?|full(?:[_-]?text)?|html?|information|long|meta|metrics"
    r"|pdf(?:direct)?|references|related-content|short|summary|suppl(?:ementary-material)?|tables?|xml"
)
_OF_PAGE = re.compile(rf"(?:[/.](?:{_SHOWN})(?=[/.+]|$)|[/.]?[?]|;jsessionid=|&\w{{1,40}}=).*", re.DOTALL)
# Publishers that put a number of their own behind it: of the version (bioRxiv, medRxiv), of the article (Oxford).
_VERSION = re.compile(r"(10\.(?:1101|64898)/(?:\d{4}\.\d\d\.\d\d\.)?\d{6,8})v\d{1,2}\b.*", re.DOTALL)
_ARTICLE = re.compile(r"(10\.1093/[a-z]{1,40}/[a-z0-9]{1,20})/\d{4,9}")
_CLOSING = {")": "(", "]": "[", ">": "<", "}": "{"}


@cache
def _compiled() -> re.Pattern[str]:
    return compiled(_PATTERN, re.VERBOSE)


def find(text: str) -> list[Identifier]:
    """Find the identifiers of a text in order; placeholders such as ``10.1234/abc`` are none."""
    found: list[Identifier] = []
    if not any(map(text.__contains__, _CUES)) or _DIGITS.search(text) is None:
        return found
    for match in _compiled().finditer(text):
        kind = match.lastgroup or ""
        raw = trim(match.group(), "/／") if kind == "doi" else match.group()
        value = normalise(kind, raw)
        if kind == "doi" and (_PLACEHOLDER_DOI.match(value) or "/" not in value):
            continue
        found.append(Identifier(kind, value, match.start(), match.start() + len(raw)))
    return found


def trim(raw: str, also: str = "") -> str:
    """Strip a DOI or address of the punctuation of the sentence around it, and of the signs in ``also``."""
    signs = f".,;:'\"’”*_{also}"
    end = len(raw)
    while end:
        last = raw[end - 1]
        opening = _CLOSING.get(last)
        if last in signs or (opening and raw.count(last, 0, end) > raw.count(opening, 0, end)):
            end -= 1
        else:
            break
    return raw[:end]


def normalise(kind: str, raw: str) -> str:
    """Bring an identifier to the form in which two spellings are equal: ``PMID: 123`` becomes ``123``."""
    if kind in {"pmid", "arxiv", "isbn"} or (kind == "trial" and raw.startswith("EudraCT")):
        raw = _PREFIX.sub("", raw, count=1)
    if kind == "doi":
        return _without_page((_spelt_out(raw) if "%" in raw or "&" in raw else raw).lower().replace("／", "/", 1))
    if kind == "isbn":
        return raw.replace("-", "").replace(" ", "").upper()
    return raw


def escaped(doi: str) -> str:
    """A DOI as it stands in an address: old ones have signs that would end it."""
    return doi.replace("<", "%3C").replace(">", "%3E").replace("#", "%23")


def _without_page(doi: str) -> str:
    """A DOI without what the address of its page has behind it."""
    prefix, slash, suffix = doi.partition("/")
    doi = prefix + slash + _OF_PAGE.sub("", suffix, count=1)
    own = _VERSION.fullmatch(doi) or _ARTICLE.fullmatch(doi)
    return own[1] if own else doi


def _spelt_out(doi: str) -> str:
    """A DOI without the escapes of addresses and HTML, up to the first sign that none has."""
    plain = unquote(unescape(doi))
    match = re.match(_DOI, plain)
    return trim(match.group()) if match else plain
