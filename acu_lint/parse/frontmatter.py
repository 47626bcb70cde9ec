"""Front matter: YAML, TOML or JSON at the head of a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from acu_lint.document.document import Block, Meta, Problem
from acu_lint.document.source import Source, Span
from acu_lint.parse.build import legible, trim
from acu_lint.parse.values import BrokenError, Loaded, Value, align

_LONGEST = 1 << 18  # characters; more is not front matter
_END = r"[ \t]*(?:\r\n|\n|\r|\Z)"
_FENCE = re.compile(rf"(---|\+\+\+|;;;){_END}")
_CLOSE = {
    "---": re.compile(rf"^(?:---|\.\.\.){_END}", re.MULTILINE),
    "+++": re.compile(rf"^\+\+\+{_END}", re.MULTILINE),
    ";;;": re.compile(rf"^;;;{_END}", re.MULTILINE),
}
_JSON_START = re.compile(r'\{\s*(?:"(?:[^"\\\n]|\\.)*"\s*:|\}\s*(?:\n|\r|\Z))')
_JSON_CLOSE = re.compile(rf"\}}{_END}(?:;;;{_END})?")
_AFTER_JSON = re.compile(rf"{_END}(?:;;;{_END})?")
_KEY = re.compile(r"^[ \t]*[\w\"'][\w \"'.-]*:(?:\s|\Z)", re.MULTILINE)
_UNCLOSED = re.compile(
    r"(?:[\w-]+:(?:[ \t][^\r\n]*)?(?:\r\n|\n|\r)|[ \t]+[^\r\n]*(?:\r\n|\n|\r)|-[ \t][^\r\n]*(?:\r\n|\n|\r))+"
)
_NAMES = {
    "title": ("title", "seo.title", "seo_title", "seoTitle", "metaTitle", "meta_title", "meta.title", "title.default"),
    "description": (
        "description", "metaDescription", "meta_description", "seo.description", "seo_description",
        "seoDescription", "meta.description", "summary", "excerpt",
    ),
}  # fmt: skip


class Front(NamedTuple):
    """Front matter as read; the text proper begins at ``end``."""

    end: int = 0
    blocks: tuple[Block, ...] = ()
    problems: tuple[Problem, ...] = ()
    meta: Meta = Meta()


def read(source: Source) -> Front:
    """Read the front matter of a file, if it has any."""
    text = source.text
    begin = 1 if text.startswith("\ufeff") else 0
    if not text.startswith(("---", "+++", ";;;", "{"), begin):
        return Front(begin)
    if text[begin] == "{":
        return _json(source, begin)
    fence = _FENCE.match(text, begin)
    if not fence:
        return Front(begin)
    close = _CLOSE[fence[1]].search(text, fence.end(), fence.end() + _LONGEST)
    if not close:
        return _unclosed(source, begin, fence)
    return _fenced(source, fence, close)


def exported(source: Source, start: int, end: int) -> Front:
    """Read an object of JavaScript that a module exports as if it were front matter: strings, not what is worked out.

    YAML's braces, quotes and names without quotes are those of JavaScript.
    """
    from acu_lint.parse import yaml_values  # noqa: PLC0415

    try:
        loaded = yaml_values.read(source.text[start:end], start)
    except BrokenError:
        return Front(end)
    if not isinstance(loaded.data, dict):
        return Front(end)
    bare = {value.key for value in loaded.values if value.style == "plain"}
    data = {key: value for key, value in loaded.data.items() if not (key in bare and isinstance(value, str))}
    return _front(source, loaded._replace(data=data), "yaml", start, end)


def _fenced(source: Source, fence: re.Match[str], close: re.Match[str]) -> Front:
    text, kind = source.text, {"---": "yaml", "+++": "toml", ";;;": "json"}[fence[1]]
    begin, start, stop = fence.start(), fence.end(), close.start()
    try:
        loaded = _load(kind, source, start, stop)
    except BrokenError as error:
        if kind == "yaml" and not _KEY.search(text, start, stop):
            return Front(begin)  # two rules across the page, not front matter
        return _broken(source, error, begin, close.end())
    if isinstance(loaded.data, str) and kind == "yaml":
        return Front(begin)
    return _front(source, loaded, kind, begin, close.end())


def _load(kind: str, source: Source, start: int, stop: int) -> Loaded:
    """Read the data; only the reader that is needed is imported."""
    body = source.text[start:stop]
    if kind == "yaml":
        from acu_lint.parse import yaml_values  # noqa: PLC0415

        return yaml_values.read(body, start)
    if kind == "toml":
        from acu_lint.parse import toml_values  # noqa: PLC0415

        return toml_values.read(body, start)
    from acu_lint.parse import json_values  # noqa: PLC0415

    return json_values.read(source.text, start + len(body) - len(body.lstrip()))[0]


def _unclosed(source: Source, begin: int, fence: re.Match[str]) -> Front:
    """Front matter that nothing closes: the lines that look like it are left out."""
    lines = _UNCLOSED.match(source.text, fence.end()) if fence[1] == "---" else None
    if not lines or not _KEY.match(source.text, fence.end()):
        return Front(begin)
    message = "front matter is never closed; add a line '---' after its last key"
    return Front(lines.end(), problems=(Problem(message, Span(fence.start(), fence.start() + 3)),))


def _json(source: Source, begin: int) -> Front:
    text = source.text
    if not _JSON_START.match(text, begin):
        return Front(begin)
    from acu_lint.parse import json_values  # noqa: PLC0415

    try:
        loaded, stop = json_values.read(text, begin)
    except BrokenError as error:
        close = _JSON_CLOSE.search(text, begin, begin + _LONGEST)
        return _broken(source, error, begin, close.end() if close else begin)
    after = _AFTER_JSON.match(text, stop)
    return _front(source, loaded, "json", begin, after.end() if after else stop)


def _broken(source: Source, error: BrokenError, begin: int, end: int) -> Front:
    place = min(error.offset, len(source.text))
    line = source.position(place)[0]
    stop = source.lines[line] if line < len(source.lines) else len(source.text)
    start = source.lines[line - 1]
    text = source.text[start:stop].rstrip("\r\n")
    message = f"front matter cannot be read, line {line}: {error.message}"
    return Front(max(begin, end), problems=(Problem(message, Span(start, start + len(text))),))


def _front(source: Source, loaded: Loaded, kind: str, begin: int, end: int) -> Front:
    problems = []
    for key, place in loaded.twice:
        line = source.position(place)[0]
        message = f"front matter, line {line}: '{key}' is given twice and the last one counts; remove one"
        problems.append(Problem(message, Span(place, place + len(key))))
    if not isinstance(loaded.data, dict):
        message = "front matter holds no 'key: value' pairs; write it as keys with values"
        problem = Problem(message, Span(begin, begin + 3))
        return Front(end, problems=(*problems, problem))
    data = {str(key): value for key, value in loaded.data.items()}
    values = {value.key: value for value in loaded.values}
    spans = {key: Span(value.start, value.end) for key, value in values.items()}
    blocks = _blocks(source, data, values)
    return Front(end, tuple(blocks), tuple(problems), Meta(data, spans, format=kind))


def _blocks(source: Source, data: Mapping[str, Any], values: Mapping[str, Value]) -> list[Block]:
    """Title and description, and other wordings of them, as blocks."""
    blocks: list[Block] = []
    seen = set()
    for kind, keys in _NAMES.items():
        for key in keys:
            value, place = _get(data, key), values.get(key)
            if place is None or value is None or isinstance(value, (dict, list)):
                continue
            raw = source.text[place.start : place.end]
            pieces = trim(legible(align(value if isinstance(value, str) else raw, raw, place.start, place.style)))
            block = Block(kind, pieces) if pieces else None
            if block and (kind, block.text) not in seen:
                seen.add((kind, block.text))
                blocks.append(block)
    return blocks


def _get(data: Mapping[str, Any], key: str) -> object:
    if key in data:
        return data[key]
    head, _, rest = key.partition(".")
    inner = data.get(head)
    return inner.get(rest) if isinstance(inner, dict) else None
