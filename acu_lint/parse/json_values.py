"""JSON with the place of every scalar value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from acu_lint.parse.values import TOO_DEEP, TOO_LONG, BrokenError, Loaded, Value, long_number, readable, usable

_JSON = re.compile(r'"(?P<string>(?:[^"\\]|\\.)*+)"|(?P<sign>[{}\[\],])|(?P<bare>[^\s{}\[\],:"]++)', re.DOTALL)

_TEXT = r'"(?:[^"\\\n]|\\.)*+"'
_JSON_LINE = re.compile(
    rf"^(?P<indent>[ \t]*+)\{{?[ \t]*+(?P<key>{_TEXT})[ \t]*+:[ \t]*+"
    rf'(?P<value>"(?P<text>(?:[^"\\\n]|\\.)*+)"|-?\d{{1,15}}|true|false)[ \t]*+,?[ \t]*+\r?$',
    re.MULTILINE,
)


def read(text: str, start: int) -> tuple[Loaded, int]:
    """Read the JSON value at ``start`` of the source, and where it ends; raises ``BrokenError``."""
    try:
        data, end = json.JSONDecoder().raw_decode(text, start)
    except json.JSONDecodeError as error:
        message = f"{error.msg[:1].lower()}{error.msg[1:]}; check quotes, commas and brackets"
        if "escape" in error.msg:
            message = "a backslash stands in a text; double it"
        raise BrokenError(message, error.pos) from error
    except RecursionError as error:
        raise BrokenError(TOO_DEEP, start) from error
    except ValueError as error:
        raise BrokenError(TOO_LONG, start + long_number(text[start:])) from error
    data = usable(data, text[start:end], start)
    twice: list[tuple[str, int]] = []
    return Loaded(data, list(_walk_json(text, start, end, twice)), twice), end


def recovered(text: str, start: int, end: int, error: BrokenError) -> Loaded:
    """The texts, numbers and flags of a broken JSON object that have a line of their own on its first level."""
    data: dict[str, object] = {}
    values: list[Value] = []
    indent = None
    for line in _JSON_LINE.finditer(text, start, end):
        indent = line["indent"] if indent is None else indent
        if line["indent"] == indent:
            key = str(_value(line["key"]))
            data[key] = _value(line["value"])
            place = line.span("text" if line["text"] is not None else "value")
            values.append(Value(key, *place, "json"))
    return Loaded(usable(data, "", start), values, [], (error,))


def _value(written: str) -> object:
    """A value as it is written, or a text as it stands where its escapes are none."""
    try:
        value = json.loads(written, strict=False)
    except ValueError:
        value = written.strip('"')
    return readable(value) if isinstance(value, str) else value


def _walk_json(text: str, start: int, end: int, twice: list[tuple[str, int]]) -> Iterator[Value]:
    """The scalars of valid JSON; ``path`` holds the key or index reached on every level."""
    path: list[str | int | None] = []
    seen: list[set[str]] = []
    for match in _JSON.finditer(text, start, end):
        if match["sign"]:
            _json_sign(match["sign"], path, seen)
            continue
        if path and path[-1] is None:
            path[-1] = name = readable(str(json.loads(match.group(), strict=False)))
            if name in seen[-1]:
                twice.append((name, match.start()))
            seen[-1].add(name)
            continue
        yield Value(".".join(map(str, path)), *match.span(match.lastgroup or 0), "json")


def _json_sign(sign: str, path: list[str | int | None], seen: list[set[str]]) -> None:
    if sign in "{[":
        path.append(None if sign == "{" else 0)
        seen.append(set())
    elif sign in "}]":
        path.pop()
        seen.pop()
    elif isinstance(path[-1], int):
        path[-1] += 1
    else:
        path[-1] = None
