"""YAML with the place of every scalar value."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from typing import Any

import yaml

from .values import BrokenError, Loaded, Value

_EXPANDED = 20_000  # nodes after aliases are followed
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


def read(body: str, offset: int) -> Loaded:
    """Read YAML that stands at ``offset`` in the source; raises ``BrokenError``."""
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
    return calendar.monthrange(year, month)[1] if year else 31
