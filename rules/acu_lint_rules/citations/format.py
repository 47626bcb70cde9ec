"""Entries of a list of references that lack what is needed to find the work."""

from __future__ import annotations

import re
from collections.abc import Iterator

from acu_lint.api import Block, Document, Hit, Severity
from acu_lint_rules.analysis.citations import identifiers
from acu_lint_rules.analysis.citations.index import index
from acu_lint_rules.analysis.citations.sources import is_source
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.templates import has_template

_NUMBER = lazy(r"\A\s{0,3}\[?\d{1,3}[\].)]\s{1,3}")
_YEAR = lazy(r"\b(?:19|20)\d\d\b")
_URL = lazy(r"(?:https?://|www\.)\S{4,400}")
_AUTHOR = lazy(
    r"\A\W{0,3}(?:[A-ZÀ-Þ][\w'’-]{1,30}(?:\s[A-ZÀ-Þ][\w'’-]{1,30}){0,3},?\s[A-Z]{1,3}\b|[A-Z][\w&'’ -]{1,60}[.,:(])"
)
_SECTION = lazy(r"§|\b(?:CFR|Act|Regulations?|Directive|Code|Rule)\b")
_BACK = "↩"


def check(doc: Document) -> Iterator[Hit]:
    """Report entries with fewer than three of: author, title, year, journal or site, identifier or address."""
    for number, block in enumerate(index(doc).listed, 1):
        text = _NUMBER.sub("", block.text).replace(_BACK, "").strip()
        if text.isdecimal() or len(text) > 1500 or _SECTION.search(text):
            continue
        if has_template(text) or not any(map(str.isalnum, text)):  # what a template fills is not known
            continue
        parts = _parts(doc, block, text)
        missing = [name for name, there in parts.items() if not there]
        if len(parts) - len(missing) >= 3 or (parts["an identifier or address"] and parts["the title"]):
            continue
        weak = not parts["the year"] and not parts["an identifier or address"]
        data = {"number": block.label or number, "missing": ", ".join(missing)}
        yield Hit(block.span(), data, severity=Severity.WARNING if weak else Severity.INFO)


def _parts(doc: Document, block: Block, text: str) -> dict[str, bool]:
    """Which parts of a reference an entry has."""
    links = [link.target for link in doc.links_by_block.get(block.index, ())]
    addresses = [*links, *(identifiers.trim(match.group()) for match in _URL.finditer(text))]
    plain = _URL.sub("", text)
    pieces = [piece for piece in re.split(r"[.?!:;]\s|[.?!]\Z", plain) if len(piece.strip()) > 3]
    return {
        "the author": bool(_AUTHOR.match(text)) and len(pieces) > 1,
        "the title": any(len(piece.split()) >= 3 for piece in pieces),
        "the year": _YEAR.search(plain) is not None,
        "the journal or site": len(pieces) > 2,
        "an identifier or address": bool(identifiers.find(text)) or any(is_source(target) for target in addresses),
    }
