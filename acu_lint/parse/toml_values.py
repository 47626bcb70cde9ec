"""TOML with the place of every scalar value."""

from __future__ import annotations

import re
import tomllib

from acu_lint.parse.values import DEEPEST, TOO_DEEP, TOO_LONG, BrokenError, Loaded, Value, long_number, usable

_QUOTED = r'"(?:[^"\\\n]|\\.)*+"|\'[^\'\n]*+\''
_TABLE = re.compile(rf"[ \t]*+(\[{{1,2}})((?:[^\[\]\n\"'#]|{_QUOTED})++)\]")
_ASSIGN = re.compile(rf"[ \t]*+((?:[\w-]++|{_QUOTED}|[ \t]++|\.)++)=[ \t]*+")
_TOML_STRING = re.compile(
    r'"""\r?\n?(?P<a>(?:[^"\\]|\\.|"{1,2}(?!"))*+"{0,2}?)"""(?!")'
    r"|\'\'\'\r?\n?(?P<b>(?:[^']|'{1,2}(?!'))*+'{0,2}?)'''(?!')"
    r'|"(?P<c>(?:[^"\\\n]|\\.)*+)"|\'(?P<d>[^\'\n]*+)\'',
    re.DOTALL,
)
_TOML_SKIP = re.compile(r"(?:[\s,]++|#[^\n]*+)*+")
_TOML_BARE = re.compile(r"[^\s,#\[\]{}\"'=]++(?:[ ]\d\d:[^\s,#\[\]{}]++)?")
_AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)\Z")
# The dots of keys, among what may stand around them. A string that nothing closes ends with the text.
_DOTS = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*+(?:"{3,5}|\\?\Z)|\'\'\'(?:[^\']|\'{1,2}(?!\'))*+(?:\'{3,5}|\Z)'
    r'|"(?:[^"\\\n]|\\.)*+"?|\'[^\'\n]*+\'?|#[^\n]*+|[\w-]++|[ \t]++|(?P<dot>\.)|(?P<sign>.)',
    re.DOTALL,
)


def read(body: str, offset: int) -> Loaded:
    """Read TOML that stands at ``offset`` in the source; raises ``BrokenError``."""
    check_dots(body, offset)
    plain = body.replace("\r\n", "\n").replace("\r", "\n")
    try:
        data = tomllib.loads(plain)
    except tomllib.TOMLDecodeError as error:
        raise _broken(str(error), body, offset) from error
    except RecursionError as error:
        raise BrokenError(TOO_DEEP, offset) from error
    except ValueError as error:
        raise BrokenError(TOO_LONG, offset + long_number(body)) from error
    data = usable(data, body, offset)
    found: list[Value] = []
    _walk_toml(body, found)
    return Loaded(data, [Value(key, offset + start, offset + end, style) for key, start, end, style in found], [])


def check_dots(body: str, offset: int) -> None:
    """Raise ``BrokenError`` for a key of many parts, which tomllib reads in quadratic time and memory."""
    if body.count(".") < DEEPEST:
        return
    dots = 0
    for token in _DOTS.finditer(body):
        if token["sign"]:
            dots = 0
        elif token["dot"]:
            dots += 1
            if dots >= DEEPEST:
                raise BrokenError(TOO_DEEP, offset + token.start())


def _broken(error: str, body: str, offset: int) -> BrokenError:
    match = _AT_LINE.search(error)
    lines = re.split(r"(?<=\n)", body)
    line = int(match[1]) if match and match[1] else len(lines)
    message = error[: match.start()] if match else error
    mend = f"{message}; a text needs quotes, and a key '=' after it"
    return BrokenError(mend, offset + sum(len(part) for part in lines[: line - 1]))


def _walk_toml(body: str, found: list[Value]) -> None:
    """Add the scalars of valid TOML to ``found``."""
    table, position, tables = "", 0, dict[str, int]()
    while position < len(body):
        head = _TABLE.match(body, position)
        assign = None if head else _ASSIGN.match(body, position)
        if head:
            table = _dotted(head[2])
            if head[1] == "[[":
                tables[table] = tables.get(table, -1) + 1
                table = f"{table}.{tables[table]}"
            position = head.end()
        elif assign:
            key = ".".join(part for part in (table, _dotted(assign[1])) if part)
            position = _toml_value(body, assign.end(), key, found)
        position = body.find("\n", position) + 1 or len(body)


def _dotted(name: str) -> str:
    return ".".join(part.strip(" \t\"'") for part in name.split("."))


def _toml_value(body: str, position: int, key: str, found: list[Value]) -> int:
    """Add the scalars of one value, itself or what it holds; gives back where it ends."""
    sign = body[position : position + 1]
    if sign in {"[", "{"}:
        return _toml_items(body, position + 1, key, found, array=sign == "[")
    string = _TOML_STRING.match(body, position)
    if string:
        style = "toml" if string.lastgroup in {"a", "c"} else "toml literal"
        found.append(Value(key, *string.span(string.lastgroup or 0), style))
        return string.end()
    bare = _TOML_BARE.match(body, position)
    if bare:
        found.append(Value(key, *bare.span()))
    return bare.end() if bare else len(body)


def _toml_items(body: str, position: int, key: str, found: list[Value], *, array: bool) -> int:
    """Add the scalars of an array or an inline table that begins before ``position``; gives back where it ends."""
    index = 0
    while True:
        skip = _TOML_SKIP.match(body, position)
        position = skip.end() if skip else position
        if position >= len(body) or body[position] in "]}":
            return position + 1
        assign = None if array else _ASSIGN.match(body, position)
        name = _dotted(assign[1]) if assign else str(index)
        position = _toml_value(body, assign.end() if assign else position, f"{key}.{name}", found)
        index += 1
