"""Identifiers of published work in running text: DOI, PMID, PMCID, arXiv, ISBN, trial registrations.

Patterns: Crossref 2015 (DOI), ctregistries (trial registries of the WHO network), NLM (PMID, PMCID, NBK).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple


class Identifier(NamedTuple):
    """An identifier in a text: its kind, its normal form and the range it takes."""

    kind: str
    value: str
    start: int
    end: int


# The name of a group is the kind. Every repetition is bounded, and no two alternatives share a start.
_PATTERN = r"""
    (?P<doi>      \b 10\.\d{4,9}/[^\s"<>\[\]{}|\\^`]{1,250} )
  | (?P<pmid>     \b PMID \s{0,2} [:\#]? \s{0,2} \d{1,8} \b
                | \b (?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed) / \d{1,8} \b )
  | (?P<pmcid>    \b PMC \d{4,9} \b )
  | (?P<arxiv>    \b arXiv: \s{0,2} (?: \d{4}\.\d{4,5} (?:v\d{1,2})? | [a-z-]{2,12}/\d{7} ) \b
                | \b arxiv\.org/(?:abs|pdf)/\d{4}\.\d{4,5} \b )
  | (?P<isbn>     \b ISBN (?:-1[03])? \s{0,2} :? \s{0,2} [\d][\d\ -]{8,16}[\dXx] \b )
  | (?P<bookshelf>\b NBK \d{3,7} \b )
  | (?P<cochrane> \b CD \d{6} (?:\.pub\d{1,2})? \b )
  | (?P<trial>    \b (?: NCT \d{8} | ISRCTN \d{8} | ACTRN \d{14} p? | DRKS \d{8} | CRD \d{11,13}
                | ChiCTR (?: -? [A-Z]{2,5} -? )? \d{8,10} | (?:JPRN-)? (?:UMIN|JapicCTI-|jRCT[a-z]?) \d{6,10}
                | PACTR \d{15,16} | CTRI/\d{4}/\d{2,3}/\d{6} | KCT \d{7} | NTR \d{3,5} | IRCT \d{11,16}
                | EudraCT [\s:]{0,2} \d{4}-\d{6}-\d{2} ) \b )
"""
_PLACEHOLDER_DOI = re.compile(r"10\.(?:0000|1234|9999)/")
_PREFIX = re.compile(r"\S{1,200}/(?:pubmed/|abs/|pdf/)?(?=\d)|(?:PMID|arXiv|ISBN(?:-1[03])?|EudraCT)[\s:#]{0,9}", re.I)
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
        return raw.lower()
    if kind == "isbn":
        return raw.replace("-", "").replace(" ", "").upper()
    return raw
