"""TOML with the place of every scalar value."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from .values import BrokenError, Loaded, Value

_TABLE = re.compile(r"[ \t]*(\[{1,2})[ \t]*([^\[\]\n]+?)[ \t]*\]{1,2}[ \t]*(?:#[^\n]*)?\r?(?:\n|\Z)")
_ASSIGN = re.compile(
    r"""[ \t]*((?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:[ \t]*\.[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*'))*)[ \t]*=[ \t]*"""
)
_TOML_STRING = re.compile(
    r'"""\r?\n?(?P<a>(?:[^"\\]|\\.|"{1,2}(?!"))*+)"""|\'\'\'\r?\n?(?P<b>(?:[^\']|\'{1,2}(?!\'))*+)\'\'\''
    r'|"(?P<c>(?:[^"\\\n]|\\.)*+)"|\'(?P<d>[^\'\n]*+)\'',
    re.DOTALL,
)
_TOML_SKIP = re.compile(r"(?:[\s,]++|#[^\n]*+)*+")
_TOML_BARE = re.compile(r"[^\s,#\[\]{}\"'=]++(?:[ ][\d:.]++)?")
_AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)\Z")


def read(body: str, offset: int) -> Loaded:
    """Read TOML that stands at ``offset`` in the source; raises ``BrokenError``."""
    plain = body.replace("\r\n", "\n").replace("\r", "\n")
    try:
        data = tomllib.loads(plain)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        match = _AT_LINE.search(str(error))
        lines = re.split(r"(?<=\n)", body)
        line = int(match[1]) if match and match[1] else len(lines)
        message = str(error)[: match.start()] if match else "nested too deeply"
        mend = f"{message}; a text needs quotes, and a key '=' after it"
        raise BrokenError(mend, offset + sum(len(part) for part in lines[: line - 1])) from error
    return Loaded(data, list(_walk_toml(body, offset)), [])


def _walk_toml(body: str, offset: int) -> Iterator[Value]:
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
            found, position = _toml_value(body, assign.end(), key)
            yield from (Value(name, offset + start, offset + end) for name, start, end in found)
        else:
            position = body.find("\n", position) + 1 or len(body)


def _dotted(name: str) -> str:
    return ".".join(part.strip(" \t\"'") for part in name.split("."))


def _toml_value(body: str, position: int, key: str) -> tuple[list[Value], int]:
    """The scalars of one value: itself, or the items of an array."""
    if not body.startswith("[", position):
        return _toml_scalar(body, position, key)
    found: list[Value] = []
    position += 1
    while True:
        skip = _TOML_SKIP.match(body, position)
        position = skip.end() if skip else position
        items, after = _toml_scalar(body, position, f"{key}.{len(found)}")
        if not items:
            return found, body.find("\n", position) + 1 or len(body)
        found.extend(items)
        position = after


def _toml_scalar(body: str, position: int, key: str) -> tuple[list[Value], int]:
    string = _TOML_STRING.match(body, position)
    if string:
        start, end = string.span(string.lastgroup or 0)
        return [Value(key, start, end)], string.end()
    bare = _TOML_BARE.match(body, position)
    if bare:
        return [Value(key, *bare.span())], bare.end()
    return [], body.find("\n", position) + 1 or len(body)
