"""HTML to tokens with exact offsets, in time linear in the text whatever it holds.

The standard library's ``html.parser`` is not used: it gives lines and columns of its own, knows nothing
of where an attribute's value stands, reads the same page differently from one Python to the next, and
takes quadratic time for many unclosed tags in the versions before its repair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import NamedTuple

from ..document import Piece

START, END, TEXT, COMMENT = range(4)
RAW = frozenset({"script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes"})

_TAG = re.compile(
    r"""<(/?)([a-zA-Z][^\s/><]*+)"""
    r"""((?:[\s/]++|[^\s/>="'<]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>]++))?+)*+)>"""
)
_NAME = re.compile(r"</?([a-zA-Z][^\s/>]*+)")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|(?!["'])([^\s>]*+))?+)?+"""
)
_COMMENT_END = re.compile(r"--!?>")
_TEXT = re.compile(r"[^\s&]++(?:[ ][^\s&]++)*+|[ \t\n\r\f]++|&#?\w{1,32}+;?|[^\S \t\n\r\f]++|&")
_ROUGH = re.compile(r"[&\t\n\r\f]|  ")
_CODE_POINT = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,8}));?\Z")


class Token(NamedTuple):
    """A tag, text or comment; ``attributes`` is the range of a start tag's attributes."""

    kind: int
    name: str
    start: int
    end: int
    attributes: tuple[int, int]


class Attribute(NamedTuple):
    """The raw value of an attribute and where it begins."""

    value: str
    start: int

    @property
    def text(self) -> str:
        """The value with its entities resolved."""
        return "".join(piece.text for piece in resolve(self.value, self.start)).strip()


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of an HTML text in order; together they cover it but for declarations."""
    position, size, plain = 0, len(text), False
    none = (0, 0)
    while position < size:
        here = text.find("<", position)
        while here >= 0 and not _opens(text, here):
            here = text.find("<", here + 1)
        if here < 0:
            break
        if here > position:
            yield Token(TEXT, "", position, here, none)
        if text.startswith("!--", here + 1):
            position = _comment_end(text, here)
            yield Token(COMMENT, "", here, position, none)
            continue
        if text[here + 1] in "!?" or text.startswith("/", here + 1) and not text[here + 2 : here + 3].isalpha():
            position = text.find(">", here) + 1 or size
            continue
        token = _tag(text, here, plain)
        if token is None:
            if plain:
                position = here
                break
            plain = True
            token = _tag(text, here, plain)
            if token is None:
                position = here
                break
        yield token
        position = token.end
        if token.kind == START and token.name in RAW:
            close = re.compile(rf"</{token.name}(?=[\s/>])", re.IGNORECASE).search(text, position)
            if not close and token.name in {"title", "textarea"}:
                continue
            stop = close.start() if close else size
            if stop > position:
                yield Token(TEXT, "raw", position, stop, none)
            position = stop
    if position < size:
        yield Token(TEXT, "", position, size, none)


def _opens(text: str, here: int) -> bool:
    after = text[here + 1 : here + 2]
    return after.isascii() and (after.isalpha() or after in {"/", "!", "?"})


def _comment_end(text: str, here: int) -> int:
    if text.startswith(">", here + 4):
        return here + 5
    if text.startswith("->", here + 4):
        return here + 6
    match = _COMMENT_END.search(text, here + 4)
    return match.end() if match else len(text)


def _tag(text: str, here: int, plain: bool) -> Token | None:  # noqa: FBT001
    match = None if plain else _TAG.match(text, here)
    if match:
        kind = END if match[1] else START
        return Token(kind, match[2].lower(), here, match.end(), match.span(3))
    name = _NAME.match(text, here)
    if name is None:
        return None
    stop = text.find(">", name.end()) if plain else _tag_end(text, name.end())
    if stop < 0:
        return None
    kind = END if text[here + 1] == "/" else START
    return Token(kind, name[1].lower(), here, stop + 1, (name.end(), stop))


def _tag_end(text: str, position: int) -> int:
    """Where the ``>`` of a tag stands, or -1: attributes one by one, as a browser reads them."""
    while match := _ATTRIBUTE.match(text, position):
        position = match.end()
    while position < len(text) and text[position] in " \t\n\r\f/":
        position += 1
    return position if text.startswith(">", position) else -1


def attributes(text: str, span: tuple[int, int]) -> dict[str, Attribute]:
    """The attributes in a range of the text; the first of a name counts."""
    found: dict[str, Attribute] = {}
    for match in _ATTRIBUTE.finditer(text, *span):
        group = match.lastindex or 1
        value = Attribute(match[group], match.start(group)) if group > 1 else Attribute("", match.end())
        found.setdefault(match[1].lower(), value)
    return found


def resolve(text: str, start: int) -> list[Piece]:
    """Pieces of a text that begins at ``start`` of the source: entities resolved, white space collapsed."""
    if not _ROUGH.search(text):
        return [Piece(text, start, len(text))] if text else []
    if text.isspace() and text.isascii():
        return [Piece(" ", start, len(text))]
    pieces = []
    for match in _TEXT.finditer(text):
        run = match.group()
        if run[0] in " \t\n\r\f":
            pieces.append(Piece(" ", start + match.start(), len(run)))
        elif run[0] == "&" and len(run) > 1:
            pieces.extend(_entity(run, start + match.start()))
        else:
            pieces.append(Piece(run, start + match.start(), len(run)))
    return pieces


def _entity(run: str, start: int) -> list[Piece]:
    number = _CODE_POINT.match(run)
    if number:
        code = int(number[1], 16) if number[1] else int(number[2])
        bad = code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF
        return [Piece("\ufffd" if bad else chr(code), start, len(run))]
    for end in range(len(run), 2, -1):
        if run[1:end] in html5:
            pieces = [Piece(html5[run[1:end]], start, end)]
            return [*pieces, Piece(run[end:], start + end, len(run) - end)] if end < len(run) else pieces
    return [Piece(run, start, len(run))]
