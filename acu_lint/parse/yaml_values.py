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
_INDENTED = "spaces stand before the key; take them away or, if it is a part of the text above, put that in quotes"
_BACKSLASH = "a backslash stands in double quotes; use single quotes or double it"
_MENDS = (
    ("mapping values are not allowed", "a value holds a colon; put the value in quotes"),
    ("found character '\\t'", _TAB),
    ("a tab character", _TAB),
    ("found character that cannot start", "a value begins with a sign that YAML keeps for itself; put it in quotes"),
    ("unexpected end of stream", "a quote is opened and never closed; close it"),
    ("unknown escape", _BACKSLASH),
    ("hexdecimal", _BACKSLASH),  # of libyaml, which spells it so
    ("hexadecimal", _BACKSLASH),
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
_WORD_KEY = re.compile(r" *+[\w-]++:")
# A key whose colon no space follows, which YAML takes for a text. "https://" is none.
_GLUED = re.compile(r" *+(?P<name>[A-Za-z_][\w-]*+|\"[\w -]++\"|'[\w -]++'):(?=[^ \t\r\n:/]|/(?!/))")
# "title:Tea: a guide" makes a key of what was meant to be one and its value; "og:title: Tea" is as it should be.
_GLUED_KEY = re.compile(r"(?:sub)?title:|description:|summary:|excerpt:|authors?:|date:", re.IGNORECASE)
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
        _check_keys(node, offset)
        values, twice = _walk_yaml(node, body, offset)
        data, faults = _construct(loader, node, body, offset)
        return Loaded(usable(data, body, offset), values, twice, tuple(faults))
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
    raw: list[Loaded] = []
    text = body
    for _ in range(max(1, min(_ROUNDS, _BUDGET // (len(body) + 1)))):
        try:
            loaded = read(text, offset)
            if isinstance(loaded.data, dict):
                return _joined(loaded, raw, faults)
            start = _first_line(text)
            if not _GLUED.match(text, start):
                break
            error = BrokenError("", offset + start)  # what is wrong with it is found below
        except BrokenError as broken:
            error = broken
        told, error = error, _told_there(error, text, offset)
        line = _line_start(body, error.offset - offset)
        if all(line != _line_start(body, fault.offset - offset) for fault in faults):
            faults.append(error)
        if error.message == _TAB and (spaced := _LEADING_TABS.sub(lambda tabs: " " * len(tabs[0]), text)) != text:
            text = spaced
            continue
        start, end = _entry_at(text, error.offset - offset, begins=told is not error)
        if start == end:
            break
        raw.append(_raw(text, start, end, offset, indented=error.message == _INDENTED))
        text = blanked(text, start, end)
    return Loaded({}, [], [], tuple(faults[:1]))


def _joined(loaded: Loaded, raw: list[Loaded], faults: list[BrokenError]) -> Loaded:
    """What was read of the rest, with the entries that were read on their own."""
    data = {key: value for entry in raw for key, value in entry.data.items()} | loaded.data
    values = [value for entry in (*raw, loaded) for value in entry.values]
    told = sorted([*faults, *loaded.faults], key=lambda fault: fault.offset)
    return Loaded(data, values, loaded.twice, tuple(told))


def _told_there(error: BrokenError, text: str, offset: int) -> BrokenError:
    """A fault at the line that is to blame for it, with what helps there."""
    place = error.offset - offset
    start = _line_start(text, place)
    glued, head, first = _GLUED.match(text, start), _HEAD.match(text, start), _first_line(text)
    if not glued and head and head.end() == place + 1:  # YAML has taken the line above and this key for one text
        glued = _GLUED.match(text, _line_above(text, start))
        if not glued and _indent(text, start) and _WORD_KEY.match(text, start):
            return BrokenError(_INDENTED, error.offset)
    if glued:
        name = glued["name"].strip("\"'")[:40]
        what = "a space of another kind" if text[glued.end()].isspace() else "no space"
        return BrokenError(f"{what} stands after the colon of '{name}'; put a space there", offset + glued.start())
    if first < start and _HEAD.match(text, first) and _indent(text, first) > _indent(text, start):
        return BrokenError(_INDENTED, offset + first)
    return error


def _raw(text: str, start: int, end: int, offset: int, *, indented: bool) -> Loaded:
    """An entry of the top level that stands in a range and cannot be read with the others; empty where it is none.

    ``indented`` says that spaces before its key are too many.
    """
    if indented and (not text[:start].strip() or not _indent(text, _line_above(text, start))):
        start += _indent(text, start)
    glued = _GLUED.match(text, start)
    key = glued if glued and glued.start("name") == start else _TOP_KEY.match(text, start)
    if not key:
        return Loaded({}, [], [])
    name = key[1].strip("\"'")
    begin = len(text) - len(text[key.end() :].lstrip("\u00a0\u2007\u202f\u3000"))  # no spaces for YAML
    loaded = _alone(text[begin:end], offset + begin) if key is glued or indented else None
    if loaded:
        values = [value._replace(key=f"{name}.{value.key}".rstrip(".")) for value in loaded.values]
        return Loaded({name: loaded.data}, values, [])
    place = bare_text(text, key.end(), end)
    if not place:
        return Loaded({}, [], [])
    value = " ".join(text[slice(*place)].split())
    return Loaded({name: value}, [Value(name, offset + place[0], offset + place[1])], [])


def _alone(text: str, offset: int) -> Loaded | None:
    """A value that is read without its key; None where it cannot be, or is a text that holds a colon."""
    try:
        loaded = read(text, offset)
    except BrokenError:
        return None
    return None if isinstance(loaded.data, dict) and not text.lstrip().startswith("{") else loaded


def _entry_at(body: str, place: int, *, begins: bool) -> tuple[int, int]:
    """Where the key or the item stands that an offset lies in or, where its line is blank, follows; with its lines.

    ``begins`` says that the line of the offset begins one, whatever it looks like.
    """
    above = body[: body.find("\n", place) + 1 or len(body)].rstrip()
    start = _line_start(above, len(above))
    if not begins and not _HEAD.match(body, start):  # a line that goes on with what stands above, if there is such
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


def _first_line(body: str) -> int:
    """Where the first line begins that is not blank."""
    return _line_start(body, len(body) - len(body.lstrip()))


def _line_above(body: str, start: int) -> int:
    """Where the line begins that stands above a place and is not blank, or the text."""
    above = body[:start].rstrip()
    return _line_start(above, len(above))


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


def _construct(loader: Any, root: Any, body: str, offset: int) -> tuple[Any, list[BrokenError]]:
    """The data of a document, and its values that are not what their tag or their looks promise: they stay texts."""
    try:
        return loader.construct_document(root), []
    # What PyYAML lets through where it takes a value apart: '!!bool x' is a KeyError, '!!int ""' an IndexError.
    except (ValueError, ArithmeticError, LookupError, AttributeError) as error:
        faults = list(_retagged(root, body, offset))
        if not faults:
            raise BrokenError(_explain(str(error)), offset) from error
        return yaml.constructor.SafeConstructor().construct_document(root), faults[:_ROUNDS]


def _retagged(root: Any, body: str, offset: int) -> Iterator[BrokenError]:
    """Make a text of each scalar that cannot be made the value it promises to be, and tell it."""
    maker = yaml.constructor.SafeConstructor()
    seen: set[int] = set()
    todo = [root]
    while todo:
        node = todo.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if node.id == "scalar":
            try:
                maker.construct_object(node)
            except (ValueError, ArithmeticError, LookupError, AttributeError) as error:
                yield BrokenError(_not_a_value(node, body, str(error)), offset + node.start_mark.index)
                node.tag = f"{_TAG}str"
            except yaml.YAMLError:  # '<<', which only has a meaning before its colon
                continue
        todo.extend(reversed(_children(node)))


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


def _check_keys(root: Any, offset: int) -> None:
    """Raise ``BrokenError`` for a key of the top level that holds the beginning of its value."""
    for name, _ in root.value if root.id == "mapping" else ():
        if name.id == "scalar" and name.style not in {"'", '"'} and _GLUED_KEY.match(name.value):
            raise BrokenError("no space stands after a colon; put a space there", offset + name.start_mark.index)


def _check_node(node: Any, offset: int) -> None:
    """Raise ``BrokenError`` for a tag that is not known, and for a number that takes long to read."""
    if node.tag not in _TAGS:
        tag = repr(node.tag.replace(_TAG, "!!", 1)[:40])
        message = f"the tag {tag} is not known here; delete it, or put the value in quotes"
        raise BrokenError(message, offset + node.start_mark.index)
    if node.tag == f"{_TAG}int" and len(node.value) > _LONGEST_NUMBER:
        raise BrokenError(TOO_LONG, offset + node.start_mark.index)
