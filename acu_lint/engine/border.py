"""The border between rules and the engine: what a hit must be, and the finding that is made of it."""

from __future__ import annotations

import re
from binascii import crc32
from collections.abc import Mapping
from json import JSONEncoder
from types import MappingProxyType
from typing import Any

from acu_lint.document.document import OBJECT, Document
from acu_lint.document.source import Source, Span
from acu_lint.parse.mask import VOID
from acu_lint.rules.card import Card
from acu_lint.rules.finding import Edit, Excerpt, Finding, Hit, Place, Position, Severity, edits_overlap

_CONTEXT = 40  # code points on either side that make up a finding's fingerprint
_EXCERPT = 160  # longest excerpt, code points
_FILLER = re.compile(f"[{OBJECT}{VOID}]+")  # what parsers put in the place of template values and code
_NOTHING: Mapping[str, object] = MappingProxyType({})
_to_json = JSONEncoder(allow_nan=False).encode


def check_hit(card: Card, doc: Document, hit: Hit) -> None:
    """Raise ``ValueError`` or ``TypeError`` where a hit is none: its rule is at fault."""
    size = len(doc.source.text)
    _check_span(hit.span, size)
    for related in hit.related:
        if not related.path:
            _check_span(related.span, size)
    for edit in hit.edits:
        _check_span(edit.span, size)
        edit.text.encode()  # raises ValueError where the text cannot stand in a file
    if hit.edits and edits_overlap(hit.edits):
        raise ValueError("two edits of one finding overlap")
    if hit.message not in card.messages:
        raise ValueError(f"the card has no message '{hit.message}'")
    _to_json(hit.data)  # raises ValueError or TypeError where data cannot go into a report


def _check_span(span: Span, size: int) -> None:
    start, end = span
    if not 0 <= start <= end <= size:
        raise ValueError(f"the span {start}..{end} is outside the file (0..{size})")


def finding_at(  # noqa: PLR0913 -- the parts of a finding
    doc: Document,
    span: Span,
    *,
    rule: str,
    severity: Severity,
    message: str,
    suggestion: str = "",
    expected: tuple[str, ...] = (),
    edits: tuple[Edit, ...] = (),
    related: tuple[Place, ...] = (),
    data: Mapping[str, object] = _NOTHING,
    url: str = "",
) -> Finding:
    """The finding at a span, with its place in lines, its words and its fingerprint.

    Parsers' fillers are no text: "…" stands for them in what is told; a wording or an edit that has one is left out.
    """
    source, (start, end) = doc.source, span
    text = source.text
    actual = text[start:end]
    context = " ".join(text[max(0, start - _CONTEXT) : end + _CONTEXT].split())
    return Finding(
        rule,
        doc.path,
        severity,
        _told(message),
        _told(suggestion),
        Position(start, *source.position(start)),
        Position(end, *source.position(end)),
        (source.lsp(start), source.lsp(end)),
        actual,
        _excerpt(text, start, end),
        _fingerprint("\0".join((rule, doc.path, actual, context)).encode(errors="replace")),
        expected=tuple([wording for wording in expected if _is_text(wording)]) if expected else (),
        edits=edits if all(_is_text(edit.text) for edit in edits) else (),
        related=related,
        data={key: _told(value) for key, value in data.items()},
        url=url,
    )


def _is_text(text: str) -> bool:
    return text.isascii() or not _FILLER.search(text)


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
    """A related place, in a file of its own (``source``) or in that of the finding, without fillers."""
    where, (start, end) = source or doc.source, span
    return Place(
        path or doc.path,
        Position(start, *where.position(start)),
        Position(end, *where.position(end)),
        _told(message),
    )


def _excerpt(text: str, start: int, end: int) -> Excerpt:
    """The line around a place, shortened to a window where it is long."""
    room = max(_EXCERPT - (end - start), 40) // 2  # what is further away is not shown
    first = max(start - room - 1, 0)
    left = max(text.rfind("\n", first, start), text.rfind("\r", first, start), start - room - 1, -1) + 1
    stop = min(len(text), end + room)
    for sign in "\n\r":
        at = text.find(sign, end, stop)
        stop = at if at >= 0 else stop
    before, words, after = _flat(text[left:start]), _flat(text[start:end]), _flat(text[end:stop])
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
