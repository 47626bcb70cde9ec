"""The border between rules and the engine: what a hit must be, and the finding that is made of it."""

from __future__ import annotations

import json
import re
from binascii import crc32
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from acu_lint.document.document import OBJECT, Document
from acu_lint.document.source import Source, Span
from acu_lint.parse.mask import VOID
from acu_lint.rules.card import Card
from acu_lint.rules.finding import Excerpt, Finding, Hit, Place, Position, edits_overlap

_CONTEXT = 40  # code points on either side that make up a finding's fingerprint
_EXCERPT = 160  # longest excerpt, code points
_FILLER = re.compile(f"[{OBJECT}{VOID}]+")  # what parsers put in the place of template values and code


def check_hit(card: Card, doc: Document, hit: Hit) -> None:
    """Raise ``ValueError`` or ``TypeError`` where a hit is none: its rule is at fault."""
    size = len(doc.source.text)
    for span in (hit.span, *(edit.span for edit in hit.edits), *(r.span for r in hit.related if not r.path)):
        if not 0 <= span[0] <= span[1] <= size:
            raise ValueError(f"the span {span[0]}..{span[1]} is outside the file (0..{size})")
    for edit in hit.edits:
        edit.text.encode()  # raises ValueError where the text cannot stand in a file
    if hit.edits and edits_overlap(hit.edits):
        raise ValueError("two edits of one finding overlap")
    if hit.message not in card.messages:
        raise ValueError(f"the card has no message '{hit.message}'")
    json.dumps(hit.data, allow_nan=False)  # raises ValueError or TypeError where data cannot go into a report


def finding_at(doc: Document, span: Span, **fields: object) -> Finding:
    """The finding at a span, with its place in lines, its words and its fingerprint; ``fields`` are the others.

    Parsers' fillers are no text: "…" stands for them in what is told; a wording or an edit that has one is left out.
    """
    source, (start, end) = doc.source, span
    text = source.text
    actual = text[start:end]
    context = " ".join(text[max(0, start - _CONTEXT) : end + _CONTEXT].split())
    key = "\0".join((str(fields["rule"]), doc.path, actual, context))
    finding = Finding(
        path=doc.path,
        start=Position(start, *source.position(start)),
        end=Position(end, *source.position(end)),
        lsp=(source.lsp(start), source.lsp(end)),
        actual=actual,
        excerpt=_excerpt(text, start, end),
        fingerprint=_fingerprint(key.encode(errors="replace")),
        **fields,  # type: ignore[arg-type]
    )
    return _without_fillers(finding)


def _without_fillers(finding: Finding) -> Finding:
    """The finding as people may see it."""
    edits = () if any(_FILLER.search(edit.text) for edit in finding.edits) else finding.edits
    return replace(
        finding,
        message=_told(finding.message),
        suggestion=_told(finding.suggestion),
        expected=tuple(wording for wording in finding.expected if not _FILLER.search(wording)),
        edits=edits,
        related=tuple(place._replace(message=_told(place.message)) for place in finding.related),
        data=_told(finding.data),
    )


def _told(value: Any) -> Any:
    """A text without fillers, or lists and mappings of such."""
    if isinstance(value, str):
        return value if value.isascii() else _FILLER.sub("…", value)
    if isinstance(value, Mapping):
        return {key: _told(item) for key, item in value.items()}
    return [_told(item) for item in value] if isinstance(value, list | tuple) else value


def _fingerprint(key: bytes) -> str:
    """64 bits that tell findings apart; no secret, and hashlib takes 4 ms to import."""
    return f"{crc32(key):08x}{crc32(key[::-1]):08x}"


def place_of(doc: Document, path: str, source: Source | None, span: Span, message: str) -> Place:
    """A related place, in a file of its own (``source``) or in that of the finding."""
    where = source or doc.source
    start, end = (Position(offset, *where.position(offset)) for offset in span)
    return Place(path or doc.path, start, end, message)


def _excerpt(text: str, start: int, end: int) -> Excerpt:
    """The line around a place, shortened to a window where it is long."""
    room = max(_EXCERPT - (end - start), 40) // 2
    first, last = max(start - room - 1, 0), end + room + 1  # what is further away is not shown
    left = max(text.rfind("\n", first, start), text.rfind("\r", first, start), start - room - 1, -1) + 1
    stop = min((at for at in (text.find("\n", end, last), text.find("\r", end, last)) if at >= 0), default=len(text))
    stop = min(stop, end + room)
    before, words, after = (_flat(part) for part in (text[left:start], text[start:end], text[end:stop]))
    if left > 0 and text[left - 1] not in "\r\n":
        before = "…" + before
    if stop < len(text) and text[stop] not in "\r\n":
        after += "…"
    before = before.lstrip()
    return Excerpt(before + words + after.rstrip(), len(before), len(before) + len(words))


def _flat(text: str) -> str:
    """The text on one line, one character for one character."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else " " for char in text)
