"""TOML with the place of every scalar value."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from acu_lint.parse.values import (
    DEEPEST,
    TOO_DEEP,
    TOO_LONG,
    BrokenError,
    Loaded,
    Value,
    bare_text,
    long_number,
    usable,
)

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
_COLON = r":(?=[ \t]++(?:[\"'\[\d]|true\b|false\b))"  # in the place of "=", before what is a value
# Where a table or a key begins, as far as a line can tell.
_STATEMENT = re.compile(
    rf"^[ \t]*+(?:(?P<table>\[{{1,2}}(?P<name>(?:[^\[\]\n\"'#]|{_QUOTED})++)\])"
    rf"|(?P<key>(?:[\w-]++|{_QUOTED})(?:[ \t]*+\.[ \t]*+(?:[\w-]++|{_QUOTED}))*+)[ \t]*+(?:=|{_COLON})[ \t]*+)",
    re.MULTILINE,
)
_CURLY = "\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb"
_SHORT_DATE = re.compile(r"\d{4}-\d\d?-\d\d?(?!\d)")
_FAULTS = 20  # after which no further keys are read
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


def recovered(body: str, offset: int, error: BrokenError) -> Loaded:
    """Read what can be read of TOML that ``read`` finds broken, one key after the other.

    A key of the top level whose value cannot be read has the rest of its line as its value.
    """
    data: dict[str, Any] = {}
    made = Loaded(data, [], [])
    faults: list[BrokenError] = []
    table, known = "", True
    for head, end in _statements(body):
        if head["table"]:
            table = "" if head["table"].startswith("[[") else f"{_dotted(head['name'])}."
            # Of several tables of one name rules ask nothing, and one too deep is told by its error.
            known = not head["table"].startswith("[[") and head["name"].count(".") < DEEPEST
            continue
        if len(faults) >= _FAULTS:
            break
        loaded = _statement(body, head, end, offset, faults, top=not table)
        if not known:
            continue
        if _added(data, table.split(".")[:-1], loaded.data):
            made.twice.append((_dotted(head["key"]), offset + head.start("key")))
        made.values.extend(value._replace(key=f"{table}{value.key}") for value in loaded.values)
    told = tuple(faults) or (() if made.twice else (error,))
    try:
        return made._replace(data=usable(data, body, offset), faults=told)
    except BrokenError:
        return Loaded({}, [], [], (error,))


def _statements(body: str) -> Iterator[tuple[re.Match[str], int]]:
    """The beginnings of tables and keys, each with where the next one begins."""
    heads = [*_STATEMENT.finditer(body)]
    ends = [head.start() for head in heads[1:]] + [len(body)]
    yield from zip(heads, ends, strict=False)  # where nothing begins there is an end all the same


def _statement(  # noqa: PLR0913 -- a range and what is made of it
    body: str, head: re.Match[str], end: int, offset: int, faults: list[BrokenError], *, top: bool
) -> Loaded:
    """Read a key and its value, which end before ``end``; adds to the faults where they cannot be read."""
    start = head.start()
    try:
        return read(body[start:end], offset + start)
    except BrokenError as error:
        faults.append(error)
    if body[start : faults[-1].offset - offset].strip():  # what is wrong stands on a line below
        try:
            return read(body[start : faults[-1].offset - offset], offset + start)
        except BrokenError:
            pass
    line = body.find("\n", head.end(), end)
    place = bare_text(body, head.end(), end if line < 0 else line) if top else None
    if place is None:
        return Loaded({}, [], [])
    if body[place[0]] in _CURLY and body[place[1] - 1] in _CURLY and place[1] - place[0] > 2:
        place = place[0] + 1, place[1] - 1
    key = _dotted(head["key"])
    return Loaded({key: body[slice(*place)]}, [Value(key, offset + place[0], offset + place[1])], [])


def _added(data: dict[str, Any], path: list[str], new: Mapping[str, Any]) -> bool:
    """Add a key and its value to a table in the data; whether the table had it already."""
    for name in path:
        inner = data.setdefault(name, {})
        if not isinstance(inner, dict):
            return False
        data = inner
    again = False
    for name, value in new.items():
        old = data.get(name)
        if isinstance(old, dict) and isinstance(value, dict):
            again |= _added(old, [], value)
        else:
            again |= name in data
            data[name] = value
    return again


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
    lines = re.split(r"(?<=\n)", body.rstrip())
    line = min(int(match[1]) if match and match[1] else len(lines), len(lines))
    message = error[: match.start()] if match else error
    start = sum(len(part) for part in lines[: line - 1])
    head = _STATEMENT.match(body, start)
    after = body[head.end() : head.end() + 10] if head else ""
    if "date" in message:
        mend = "a date that does not exist; correct it"
    elif head and head["key"] and "=" not in body[head.end("key") : head.end()]:
        mend = "a colon stands after the key; put '=' there"
    elif "Unescaped" in message or "hex value" in message:
        mend = "a backslash stands in double quotes; use single quotes or double it"
    elif after[:1] in _CURLY and after:
        mend = "curly quotes stand around the value; put straight ones there"
    elif _SHORT_DATE.match(after):
        mend = "the month and the day of a date want two digits each, as in 2026-01-02"
    else:
        mend = f"{message}; a text needs quotes, and a key '=' after it"
    return BrokenError(mend, offset + start)


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
