"""YAML with the place of every scalar value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from acu_lint.parse.values import (
    DEEPEST,
    LONGEST_PATH,
    TOO_DEEP,
    TOO_LONG,
    BrokenError,
    Loaded,
    Value,
    bare_text,
    blanked,
    usable,
)

_EXPANDED = 20_000  # nodes that aliases may add
_TAG = "tag:yaml.org,2002:"
_TAGS = frozenset(_TAG + name for name in "null bool int float str timestamp seq map merge value".split())
_TAB = "a tab stands where YAML wants spaces; indent with spaces"
_MENDS = (
    ("mapping values are not allowed", "a value holds a colon; put the value in quotes"),
    ("found character '\\t'", _TAB),
    ("a tab character", _TAB),
    ("found character that cannot start", "a value begins with a sign that YAML keeps for itself; put it in quotes"),
    ("unexpected end of stream", "a quote is opened and never closed; close it"),
    ("unknown escape", "a backslash stands in double quotes; use single quotes or double it"),
    ("could not find expected ':'", "a line has no 'key: value'; add the colon, or indent the line"),
    ("undefined alias", "a value begins with '*'; put it in quotes"),
    ("unhashable", "a value begins with '{' or '['; put it in quotes"),
    ("did not find expected", "quotes, brackets or indentation do not match; put the value in quotes"),
    ("control characters", "a control character stands here; delete it"),
    ("special characters", "a control character stands here; delete it"),
    ("sequence entries are not allowed", "a value begins with '- '; put it in quotes"),
    ("mapping keys are not allowed", "a value begins with '? '; put it in quotes"),
    ("could not determine a constructor", "a value begins with '=' or '<<'; put it in quotes"),
    ("for merging", "'<<' takes keys with values, or a list of such; correct it"),
    ("tag handle", "a value begins with '!'; put it in quotes"),
    ("node, but found", "a tag does not fit its value; delete the tag"),
    ("maximum nesting depth", TOO_DEEP),
    ("single document", "a line begins with '---'; indent it"),
    ("another document", "a line begins with '---'; indent it"),
    ("second occurrence", "an anchor ('&' and a name) is given twice; rename one"),
    ("character escape code", "an escape names no character; write the character itself"),
    ("indentation indicator", "after '>' or '|' stands a number that is not 1 to 9; correct it"),
    ("directive", "a line begins with '%'; put it in quotes"),
    ("non-alphabetical character", "a line begins with '%'; put it in quotes"),
)
_ROUNDS = 20  # faults of one front matter that are looked for
_BUDGET = 400_000  # characters that are read again in all
_LEADING_TABS = re.compile(r"^[ ]*+\t[ \t]*+", re.MULTILINE)
_NAME = r"[\w-][\w .-]*+|\"[^\"\r\n]++\"|'[^'\r\n]++'"
_TOP_KEY = re.compile(rf"({_NAME}):(?=\s)")
_HEAD = re.compile(rf" *+(?:(?:{_NAME}):(?!\S)|-(?!\S))")  # of an entry
_SPACES = re.compile(" *+")
_MANY_DASHES = re.compile(r"(?:[-?][ \t]{1,9}){100}")
_LONGEST_NUMBER = 200  # characters
_BLOCK_HEAD = re.compile(r"[|>][^\r\n]*(?:\r\n|\n|\r)\s*")
_PROPERTIES = re.compile(r"(?:[&!]\S*+(?:\s++(?:#[^\r\n]*+)?+)*+)*+")  # an anchor and a tag before a value


def read(body: str, offset: int) -> Loaded:
    """Read YAML that stands at ``offset`` in the source; raises ``BrokenError``."""
    kind: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader: Any = None
    try:
        if body.count("[") + body.count("{") > 2000 or _MANY_DASHES.search(body):
            _check_depth(kind, body, offset)
        loader = kind(body)
        node = loader.get_single_node()
        if node is None:
            return Loaded({}, [], [])
        _check(node, offset)
        values, twice = _walk_yaml(node, body, offset)
        return Loaded(usable(_construct(loader, node, body, offset), body, offset), values, twice)
    except yaml.MarkedYAMLError as error:
        place = _mark(error, len(body))
        raise BrokenError(_explain_there(str(error.problem), body, place), offset + place) from error
    except yaml.reader.ReaderError as error:
        raise BrokenError(_explain(str(error.reason)), offset + min(int(error.position), len(body))) from error
    except RecursionError as error:
        raise BrokenError(TOO_DEEP, offset) from error
    except (yaml.YAMLError, ValueError, TypeError) as error:
        raise BrokenError(_explain(str(error).split("\n", 1)[0]), offset) from error
    finally:
        if loader is not None:
            loader.dispose()


def recovered(body: str, offset: int) -> Loaded:
    """Read what can be read of YAML that ``read`` finds broken, line by line.

    A key of the top level that cannot be read has as its value the text that stands after it.
    """
    faults: list[BrokenError] = []
    raw: list[Value] = []
    text = body
    for _ in range(max(1, min(_ROUNDS, _BUDGET // (len(body) + 1)))):
        try:
            loaded = read(text, offset)
        except BrokenError as error:
            if all(
                _line_start(body, error.offset - offset) != _line_start(body, told.offset - offset) for told in faults
            ):
                faults.append(error)
            if error.message == _TAB and (spaced := _LEADING_TABS.sub(lambda tabs: " " * len(tabs[0]), text)) != text:
                text = spaced
                continue
            start, end = _entry_at(text, error.offset - offset)
            if start == end:
                break
            if (key := _TOP_KEY.match(text, start)) and (place := bare_text(text, key.end(), end)):
                raw.append(Value(key[1].strip("\"'"), offset + place[0], offset + place[1]))
            text = blanked(text, start, end)
        else:
            if isinstance(loaded.data, dict):
                texts = {value.key: " ".join(body[value.start - offset : value.end - offset].split()) for value in raw}
                data, values = {**texts, **loaded.data}, [*loaded.values, *raw]
                return Loaded(data, values, loaded.twice, tuple(sorted(faults, key=lambda fault: fault.offset)))
            break
    return Loaded({}, [], [], tuple(faults[:1]))


def _entry_at(body: str, place: int) -> tuple[int, int]:
    """Where the key or the item stands that an offset lies in or, where its line is blank, follows; with its lines."""
    above = body[: body.find("\n", place) + 1 or len(body)].rstrip()
    start = _line_start(above, len(above))
    if not _HEAD.match(body, start):  # a line that goes on with what stands above, if there is such
        owner, indent = start, _indent(body, start)
        while owner and indent and (_indent(body, owner) >= indent or not _HEAD.match(body, owner)):
            owner = _line_start(body, owner - 1)
        start = owner if _HEAD.match(body, owner) else start
    further = re.compile(rf"[^\r\n]*+(?:(?:\r\n|\n|\r)(?: {{{_indent(body, start) + 1}}}|: )[^\r\n]*+)*+")
    lines = further.match(body, start)
    return start, lines.end() if above and lines else start


def _indent(body: str, start: int) -> int:
    """How many spaces a line begins with."""
    spaces = _SPACES.match(body, start)
    return len(spaces[0]) if spaces else 0


def _line_start(body: str, place: int) -> int:
    """Where the line begins that holds an offset."""
    return max(body.rfind("\n", 0, place), body.rfind("\r", 0, place)) + 1


def _check_depth(kind: Any, body: str, offset: int) -> None:
    """Raise ``BrokenError`` for what would exhaust the stack of the loader, which is recursive."""
    depth = 0
    event: Any
    for event in yaml.parse(body, Loader=kind):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise BrokenError(TOO_DEEP, offset + event.start_mark.index)


def _construct(loader: Any, root: Any, body: str, offset: int) -> Any:
    """The data of a document; raises ``BrokenError`` for a value that is not what its tag or its looks promise."""
    try:
        return loader.construct_document(root)
    # What PyYAML lets through where it takes a value apart: '!!bool x' is a KeyError, '!!int ""' an IndexError.
    except (ValueError, ArithmeticError, LookupError, AttributeError) as error:
        node = _culprit(root)
        if node is None:
            raise BrokenError(_explain(str(error)), offset) from error
        raise BrokenError(_not_a_value(node, body, str(error)), offset + node.start_mark.index) from error


def _culprit(root: Any) -> Any:
    """The first scalar that cannot be made a value of, or None."""
    todo = [root]
    while todo:
        node = todo.pop()
        if node.id == "scalar":
            try:
                yaml.constructor.SafeConstructor().construct_object(node)
            except (ValueError, ArithmeticError, LookupError, AttributeError):
                return node
            except yaml.YAMLError:  # '<<', which only has a meaning before its colon
                continue
        todo.extend(reversed(_children(node)))
    return None


def _not_a_value(node: Any, body: str, error: str) -> str:
    shown = repr(node.value[:40])
    if len(node.value) > _LONGEST_NUMBER:
        return TOO_LONG
    if body.startswith("!", node.start_mark.index):
        return f"{shown} is not what its tag '!!{node.tag.removeprefix(_TAG)}' says; correct it or delete the tag"
    if node.tag == f"{_TAG}timestamp":
        return f"{shown} is a date that does not exist ({error}); correct it"
    return f"{shown} looks like a number and is none; put it in quotes"


def _mark(error: Any, size: int) -> int:
    mark = error.problem_mark or error.context_mark
    context = error.context_mark
    told = str(error.context)
    opened = "quoted scalar" in told or "simple key" in told or "flow" in told
    if context and (opened or "end of stream" in str(error.problem)):
        mark = context
    return min(mark.index, size) if mark else 0


def _explain_there(problem: str, body: str, place: int) -> str:
    """What is wrong and what helps, where the signs at the place tell more than the loader does."""
    if body.startswith("\t", place) and "cannot start" in problem:
        return _TAB
    if place and body[place - 1] in "\"'" and "did not find expected" in problem:
        return "a quote within the text ends it; put the text in quotes of the other kind"
    return _explain(problem)


def _explain(problem: str) -> str:
    return next((mend for sign, mend in _MENDS if sign in problem), f"{problem}; put the value in quotes")


def _walk_yaml(root: Any, body: str, offset: int) -> tuple[list[Value], list[tuple[str, int]]]:
    values: list[Value] = []
    twice: list[tuple[str, int]] = []
    seen: set[int] = set()
    todo = [("", root)]
    while todo:
        key, node = todo.pop()
        if id(node) in seen or len(key) > LONGEST_PATH:
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
    properties = _PROPERTIES.match(body, start, end)
    start = properties.end() if properties else start
    if node.style in {"'", '"'}:
        return Value(key, offset + start + 1, offset + end - 1, "double" if node.style == '"' else "single")
    if node.style in {"|", ">"}:
        head = _BLOCK_HEAD.match(body, start, end)
        start = head.end() if head else start
        end = start + len(body[start:end].rstrip())
        return Value(key, offset + start, offset + end, "block")
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


def _check(root: Any, offset: int) -> None:
    """Raise ``BrokenError`` where aliases run in a circle or expand to very much; see also ``_check_node``."""
    size: dict[int, int] = {}
    todo = [(root, False)]
    open_nodes: set[int] = set()
    while todo:
        node, done = todo.pop()
        if done:
            open_nodes.discard(id(node))
            size[id(node)] = 1 + sum(size.get(id(child), 1) for child in _children(node))
            if size[id(node)] > _EXPANDED + len(size):
                raise BrokenError("aliases expand to too much; write the values out", offset + node.start_mark.index)
        elif id(node) in open_nodes:
            raise BrokenError("an alias holds itself; write the value out", offset + node.start_mark.index)
        elif id(node) not in size:
            _check_node(node, offset)
            todo.append((node, True))
            if node.id != "scalar":
                open_nodes.add(id(node))
                todo.extend((child, False) for child in _children(node) if id(child) not in size)


def _check_node(node: Any, offset: int) -> None:
    """Raise ``BrokenError`` for a tag that is not known, and for a number that takes long to read."""
    if node.tag not in _TAGS:
        tag = repr(node.tag.replace(_TAG, "!!", 1)[:40])
        message = f"the tag {tag} is not known here; delete it, or put the value in quotes"
        raise BrokenError(message, offset + node.start_mark.index)
    if node.tag == f"{_TAG}int" and len(node.value) > _LONGEST_NUMBER:
        raise BrokenError(TOO_LONG, offset + node.start_mark.index)
