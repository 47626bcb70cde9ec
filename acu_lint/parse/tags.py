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

from acu_lint.document.document import Piece

START, END, TEXT, COMMENT = range(4)
_NONE = (0, 0)
RAW = frozenset({"script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes"})

_TAG = re.compile(
    r"""<(/?)([a-zA-Z][^\s/><]*+)"""
    r"""((?:[\s/]++|[^\s/>="'<]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>]++))?+)*+)>"""
)
_NAME = re.compile(r"</?([a-zA-Z][^\s/>]*+)")
_ATTRIBUTE = re.compile(r"""[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|(?!["'])([^\s>]*+))?+)?+""")
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


class _Tokenizer:
    """Walks over a text from one ``<`` to the next."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self._simple = False  # a tag without an end was met: from there on a tag ends at the next ">"
        self._unclosed: set[str] = set()
        self._php = True  # until one was met that is not closed

    def __iter__(self) -> Iterator[Token]:
        size = len(self.text)
        while self.position < size:
            here = self._next()
            if here > self.position:
                yield Token(TEXT, "", self.position, here, _NONE)
                self.position = here
            if here == size:
                break
            token = self._markup(here)
            if token:
                yield token
                if token.kind == START and token.name in RAW:
                    yield from self._raw(token)

    def _next(self) -> int:
        """Where the next tag, comment or declaration begins."""
        here = self.text.find("<", self.position)
        while here >= 0:
            after = self.text[here + 1 : here + 2]
            if after.isascii() and (after.isalpha() or (after and after in "/!?")):
                return here
            here = self.text.find("<", here + 1)
        return len(self.text)

    def _markup(self, here: int) -> Token | None:
        """The tag or comment that begins here; None for a declaration, which says nothing."""
        if self.text.startswith("!--", here + 1):
            self.position = _comment_end(self.text, here)
            return Token(COMMENT, "", here, self.position, _NONE)
        name = _NAME.match(self.text, here)
        if name is None:
            self.position = self._declaration_end(here)
            return None
        token = self._tag(here, name) or Token(TEXT, "", here, len(self.text), _NONE)
        self.position = token.end
        return token

    def _declaration_end(self, here: int) -> int:
        """Where a declaration or a piece of PHP ends; in the latter a ``>`` may be an arrow."""
        if self._php and self.text.startswith("<?", here):
            end = self.text.find("?>", here)
            if end >= 0:
                return end + 2
            self._php = False
        return self.text.find(">", here) + 1 or len(self.text)

    def _tag(self, here: int, name: re.Match[str]) -> Token | None:
        match = None if self._simple else _TAG.match(self.text, here)
        if match:
            return Token(END if match[1] else START, match[2].lower(), here, match.end(), match.span(3))
        stop = -1 if self._simple else _tag_end(self.text, name.end())
        if stop < 0:
            self._simple = True
            stop = self.text.find(">", name.end())
        if stop < 0:
            return None
        kind = END if self.text[here + 1] == "/" else START
        return Token(kind, name[1].lower(), here, stop + 1, (name.end(), stop))

    def _raw(self, token: Token) -> Iterator[Token]:
        """The text up to the end tag of an element that holds no markup."""
        name = token.name
        if name in self._unclosed:
            return
        close = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self.text, self.position)
        if not close and name in {"title", "textarea"}:
            self._unclosed.add(name)  # better a page with a broken head than none
            return
        stop = close.start() if close else len(self.text)
        if stop > self.position:
            yield Token(TEXT, "raw", self.position, stop, _NONE)
        self.position = stop


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of an HTML text in order; together they cover it but for declarations."""
    return iter(_Tokenizer(text))


def _comment_end(text: str, here: int) -> int:
    if text.startswith(">", here + 4):
        return here + 5
    if text.startswith("->", here + 4):
        return here + 6
    match = _COMMENT_END.search(text, here + 4)
    return match.end() if match else len(text)


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
