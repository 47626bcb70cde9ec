"""YAML, TOML and JSON with the place of every scalar value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ..document import Piece

_SPACE = re.compile(r"\s+")
_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^\s])|''")
_FOLD = re.compile(r"\\\s*\n\s*")
_EXPANDED = 20_000  # nodes after aliases are followed


class Value(NamedTuple):
    """A scalar: its dotted key and the range of its text, quotes left out."""

    key: str
    start: int
    end: int


class BrokenError(Exception):
    """Data that cannot be read: what is wrong and where (an offset)."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class Loaded(NamedTuple):
    """Data, the places of its values, and keys that stand twice."""

    data: Any
    values: list[Value]
    twice: list[tuple[str, int]]


def align(value: str, raw: str, start: int) -> list[Piece]:
    """Pieces that lead from a value to the raw text it was written as: escapes and folds are atomic."""
    pieces: list[Piece] = []
    i = j = run = 0
    while i < len(value) and j < len(raw):
        if value[i] == raw[j] and raw[j] not in "\\'\r\n \t":
            i, j = i + 1, j + 1
            continue
        if i > run:
            pieces.append(Piece(value[run:i], start + j - (i - run), i - run))
        i, j, piece = _odd(value, i, raw, j, start)
        if piece is None:
            return [Piece(value, start, len(raw))]
        if piece.text:
            pieces.append(piece)
        run = i
    if i > run:
        pieces.append(Piece(value[run:i], start + j - (i - run), i - run))
    whole = i == len(value) and not raw[j:].strip()
    return pieces if whole else [Piece(value, start, len(raw))]


def _odd(value: str, i: int, raw: str, j: int, start: int) -> tuple[int, int, Piece | None]:
    """One step over what may be written otherwise than it reads: white space, an escape, a quote."""
    fold = _FOLD.match(raw, j)
    if fold:
        return i, fold.end(), Piece("", start + j, 0)
    space = _SPACE.match(raw, j)
    if space:
        blank = _SPACE.match(value, i)
        text = blank.group() if blank else ""
        return i + len(text), space.end(), Piece(text, start + j, space.end() - j)
    escape = _ESCAPE.match(raw, j)
    if escape and not (escape.group() == "''" and value.startswith("''", i)):
        return i + 1, escape.end(), Piece(value[i], start + j, escape.end() - j)
    if value[i] == raw[j]:
        return i + 1, j + 1, Piece(value[i], start + j, 1)
    return i, j, None


# YAML


_MENDS = (
    ("mapping values are not allowed", "a value holds a colon; put the value in quotes"),
    ("found character '\\t'", "a tab stands where YAML wants spaces; indent with spaces"),
    ("found character that cannot start", "a value begins with a sign that YAML keeps for itself; put it in quotes"),
    ("unexpected end of stream", "a quote is opened and never closed; close it"),
    ("unknown escape", "a backslash stands in double quotes; use single quotes or double it"),
    ("could not find expected ':'", "a line has no 'key: value'; add the colon, or indent the line"),
    ("undefined alias", "a value begins with '*'; put it in quotes"),
    ("unhashable", "a value begins with '{' or '['; put it in quotes"),
    ("did not find expected", "quotes, brackets or indentation do not match; put the value in quotes"),
    ("control characters", "a control character stands here; delete it"),
    ("special characters", "a control character stands here; delete it"),
)


_BLOCK_HEAD = re.compile(r"[|>][^\r\n]*(?:\r\n|\n|\r)\s*")


def read_yaml(body: str, offset: int) -> Loaded:
    """Read YAML that stands at ``offset`` in the source; raises ``BrokenError``."""
    import yaml  # noqa: PLC0415 -- only files with front matter pay for it

    if body.count("[") + body.count("{") > 2000 or re.search(r"(?:[-?][ \t]{1,9}){100}", body):
        raise BrokenError("it is nested too deeply", offset)
    loader: Any = None
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(body)
        node = loader.get_single_node()
        if node is None:
            return Loaded({}, [], [])
        values, twice = _walk_yaml(node, body, offset)
        try:
            return Loaded(loader.construct_document(node), values, twice)
        except (ValueError, OverflowError) as error:
            raise BrokenError(f"a date that does not exist ({error}); correct it", _bad_date(node, offset)) from error
    except yaml.MarkedYAMLError as error:
        raise BrokenError(_explain(str(error.problem)), offset + _mark(error, len(body))) from error
    except yaml.reader.ReaderError as error:
        raise BrokenError(_explain(str(error.reason)), offset + min(int(error.position), len(body))) from error
    except (yaml.YAMLError, RecursionError, ValueError, TypeError) as error:
        raise BrokenError(_explain(str(error).split("\n", 1)[0]), offset) from error
    finally:
        if loader is not None:
            loader.dispose()


def _mark(error: Any, size: int) -> int:
    mark = error.problem_mark or error.context_mark
    context = error.context_mark
    if context and ("quoted scalar" in str(error.context) or "end of stream" in str(error.problem)):
        mark = context
    return min(mark.index, size) if mark else 0


def _explain(problem: str) -> str:
    return next((mend for sign, mend in _MENDS if sign in problem), problem)


def _walk_yaml(root: Any, body: str, offset: int) -> tuple[list[Value], list[tuple[str, int]]]:
    values: list[Value] = []
    twice: list[tuple[str, int]] = []
    seen: set[int] = set()
    _check_size(root, offset)
    todo = [("", root)]
    while todo:
        key, node = todo.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        dot = f"{key}." if key else ""
        if node.id == "scalar":
            values.append(_yaml_scalar(key, node, body, offset))
        elif node.id == "sequence":
            todo.extend((f"{dot}{index}", item) for index, item in reversed(list(enumerate(node.value))))
        else:
            pairs = [(name, item) for name, item in node.value if name.id == "scalar"]
            twice.extend(_repeated(pairs, offset))
            todo.extend((f"{dot}{name.value}", item) for name, item in reversed(pairs))
    return values, twice


def _yaml_scalar(key: str, node: Any, body: str, offset: int) -> Value:
    start, end = node.start_mark.index, node.end_mark.index
    if node.style in {"'", '"'}:
        return Value(key, offset + start + 1, offset + end - 1)
    if node.style in {"|", ">"}:
        head = _BLOCK_HEAD.match(body, start, end)
        start = head.end() if head else start
        end = start + len(body[start:end].rstrip())
    return Value(key, offset + start, offset + end)


def _repeated(pairs: list[tuple[Any, Any]], offset: int) -> Iterator[tuple[str, int]]:
    names = set()
    for name, _ in pairs:
        if name.value in names and name.value != "<<":
            yield name.value, offset + name.start_mark.index
        names.add(name.value)


def _children(node: Any) -> list[Any]:
    if node.id == "scalar":
        return []
    return list(node.value) if node.id == "sequence" else [part for pair in node.value for part in pair]


def _check_size(root: Any, offset: int) -> None:
    """Raise ``BrokenError`` where aliases run in a circle or expand to very much."""
    size: dict[int, int] = {}
    todo = [(root, False)]
    open_nodes: set[int] = set()
    while todo:
        node, done = todo.pop()
        if done:
            open_nodes.discard(id(node))
            size[id(node)] = 1 + sum(size.get(id(child), 1) for child in _children(node))
            if size[id(node)] > _EXPANDED:
                raise BrokenError("aliases expand to too much; write the values out", offset + node.start_mark.index)
        elif id(node) in open_nodes:
            raise BrokenError("an alias holds itself; write the value out", offset + node.start_mark.index)
        elif id(node) not in size:
            todo.append((node, True))
            if node.id != "scalar":
                open_nodes.add(id(node))
                todo.extend((child, False) for child in _children(node) if id(child) not in size)


def _bad_date(root: Any, offset: int) -> int:
    todo = [root]
    while todo:
        node = todo.pop()
        if node.tag == "tag:yaml.org,2002:timestamp":
            parts = [int(part) for part in re.findall(r"\d+", node.value)[:3]]
            if len(parts) == 3 and not (1 <= parts[1] <= 12 and 1 <= parts[2] <= _days(*parts[:2])):
                return int(offset + node.start_mark.index)
        todo.extend(_children(node))
    return offset


def _days(year: int, month: int) -> int:
    import calendar  # noqa: PLC0415

    return calendar.monthrange(year, month)[1] if year else 31


# TOML


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


def read_toml(body: str, offset: int) -> Loaded:
    """Read TOML that stands at ``offset`` in the source; raises ``BrokenError``."""
    import tomllib  # noqa: PLC0415

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


# JSON


_JSON = re.compile(r'"(?P<string>(?:[^"\\]|\\.)*+)"|(?P<sign>[{}\[\],])|(?P<bare>[^\s{}\[\],:"]++)', re.DOTALL)


def read_json(text: str, start: int) -> tuple[Loaded, int]:
    """Read the JSON value at ``start`` of the source, and where it ends; raises ``BrokenError``."""
    try:
        data, end = json.JSONDecoder().raw_decode(text, start)
    except json.JSONDecodeError as error:
        message = f"{error.msg[:1].lower()}{error.msg[1:]}; check quotes, commas and brackets"
        raise BrokenError(message, error.pos) from error
    except (RecursionError, ValueError) as error:
        raise BrokenError("it is nested too deeply", start) from error
    twice: list[tuple[str, int]] = []
    return Loaded(data, list(_walk_json(text, start, end, twice)), twice), end


def _walk_json(text: str, start: int, end: int, twice: list[tuple[str, int]]) -> Iterator[Value]:
    """The scalars of valid JSON; ``path`` holds the key or index reached on every level."""
    path: list[str | int | None] = []
    seen: list[set[str]] = []
    for match in _JSON.finditer(text, start, end):
        if match["sign"]:
            _json_sign(match["sign"], path, seen)
            continue
        if path and path[-1] is None:
            path[-1] = name = str(json.loads(match.group(), strict=False))
            if name in seen[-1]:
                twice.append((name, match.start()))
            seen[-1].add(name)
            continue
        yield Value(".".join(map(str, path)), *match.span(match.lastgroup or 0))


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
