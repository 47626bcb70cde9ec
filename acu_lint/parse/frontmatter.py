"""Front matter: YAML, TOML or JSON at the head of a file, or lines of metadata as Pelican and Pandoc take them.

What is wrong costs its own line: the other values are read all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from html import unescape
from itertools import islice
from typing import Any, NamedTuple

from acu_lint.document.document import Block, Comment, Meta, Piece, Problem
from acu_lint.document.source import Source, Span
from acu_lint.parse import line_values
from acu_lint.parse.build import legible, trim
from acu_lint.parse.values import BrokenError, Loaded, Value, align, blanked, is_no_day

_LONGEST = 1 << 18  # characters; more is not front matter
_END = r"[ \t]*(?:\r\n|\n|\r|\Z)"
_FENCE = re.compile(rf"(---|\+\+\+|;;;)[ \t]*+(?P<kind>ya?ml|toml|json|js|javascript)?{_END}", re.IGNORECASE)
_KINDS = {"---": "yaml", "+++": "toml", ";;;": "json"}
_FENCES = {kind: fence for fence, kind in _KINDS.items()}
_CLOSE = {
    "---": re.compile(rf"^(?:---|\.\.\.){_END}", re.MULTILINE),
    "+++": re.compile(rf"^\+\+\+{_END}", re.MULTILINE),
    ";;;": re.compile(rf"^;;;{_END}", re.MULTILINE),
}
_JSON_START = re.compile(r'\{\s*(?:"(?:[^"\\\n]|\\.)*"\s*:|\}\s*(?:\n|\r|\Z))')
_JSON_CLOSE = re.compile(rf"\}}{_END}(?:;;;{_END})?")
_JSON_LAST = re.compile(rf"^{_JSON_CLOSE.pattern}", re.MULTILINE)
_AFTER_JSON = re.compile(rf"{_END}(?:;;;{_END})?")
_KEY = re.compile(r"^[ \t]*[\w\"'][\w \"'.-]*:(?:\s|\Z)", re.MULTILINE)
_UNCLOSED = {
    "yaml": re.compile(
        r"(?:[\w-]+:(?:[ \t][^\r\n]*)?(?:\r\n|\n|\r)|[ \t]+[^\r\n]*(?:\r\n|\n|\r)|-[ \t][^\r\n]*(?:\r\n|\n|\r))+"
    ),
    "toml": re.compile(r"(?:(?:[\w.-]+[ \t]*=[^\r\n]*|\[[^\r\n]*|[ \t]+[^\r\n]*)(?:\r\n|\n|\r))+"),
}
# A character written with a name or a number.
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z\d]{1,31}|#\d{1,7}|#[xX][\da-fA-F]{1,6});")
# Keys without their case, "_", "-" and spaces: generators disagree about these.
_NAMES = {
    "title": ("title", "seo.title", "seotitle", "metatitle", "meta.title", "title.default"),
    "description": (
        "description", "metadescription", "seo.description", "seodescription", "meta.description", "summary", "excerpt",
    ),
}  # fmt: skip
_OF_NO_NAME = re.compile(r"[_\s-]+")
# Keys that tell front matter from text between two rules where its form leaves that open.
_KNOWN_KEY = re.compile(
    rf"^[ \t]*[\"']?(?:{'|'.join(sorted(line_values.KNOWN))})[\"']?[ \t]*[:=](?!//)", re.IGNORECASE | re.MULTILINE
)
_IMPOSSIBLE = 20  # days that are told
_OF_DAYS = re.compile(r"date|publish|modif|creat|review|lastmod|posted|revis|expir", re.IGNORECASE)
_TOML_LINE = re.compile(r"\s*+(?:#[^\r\n]*+\s*+)*+(?:[\w-]++[ \t]*+=[ \t]*+[^\s=]|\[)")
# What may stand above front matter that begins too late.
_REMARK = re.compile(r"<!--(?:[^-]|-(?!->))*+-->|\{/\*(?:[^*]|\*(?!/))*+\*/\}")
_ABOVE = re.compile(rf"(?:\s++|{_REMARK.pattern})*+")
_LATE_CLOSE = {
    kind: re.compile(rf"^[ \t]{{0,3}}{re.escape(kind)}{_END}", re.MULTILINE) for kind in ("---", "+++", ";;;")
}
_IN_CONFLICT = "marks of a merge conflict stand here; keep one side and delete the marks"
_CONFLICT = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?=[ \t\r\n]|\Z)[^\r\n]*+", re.MULTILINE)


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
    if not text.startswith(("---", "+++", ";;;", "{"), begin) or text.startswith("{/*", begin):
        found = line_values.read(text, begin)
        return _front(source, found[0], "lines", begin, found[1]) if found else _late(source, begin)
    if text[begin] == "{":
        return _json(source, begin)
    fence = _FENCE.match(text, begin)
    if not fence:
        return Front(begin)
    close = _CLOSE[fence[1]].search(text, fence.end(), fence.end() + _LONGEST)
    if not close:
        return _unclosed(source, begin, fence)
    return _fenced(source, fence, close)


def remarks_above(source: Source) -> Iterator[Comment]:
    """The comments that stand above front matter which begins too late: parsers begin below it."""
    begin = 1 if source.text.startswith("\ufeff") else 0
    if source.text.startswith(("<!--", "{/*"), begin) and (end := _late(source, begin).end) > begin:
        above = _ABOVE.match(source.text, begin, end)
        for remark in _REMARK.finditer(source.text, begin, above.end() if above else begin):
            inner = remark[0][4:-3] if remark[0].startswith("<") else remark[0][3:-3]
            yield Comment(inner, Span(*remark.span()))


def _late(source: Source, begin: int) -> Front:
    """Front matter that stands below blank lines or comments, or has spaces before its fence."""
    found = _late_fence(source.text, begin)
    if not found:
        return Front(begin)
    fence, close = found
    front = _fenced(source, fence, close)
    if not front.meta.data:
        return Front(begin)
    above = source.text[begin : fence.start()]
    mend = "delete the space before it"
    if above.strip():
        mend = "put what stands above it below it"
    elif "\n" in above or "\r" in above:
        mend = "delete the empty lines above it"
    message = f"front matter belongs at the very start of the file, else most generators show it as text; {mend}"
    problem = Problem(message, Span(fence.start(), fence.start() + 3))
    return front._replace(problems=(problem, *front.problems))


def _late_fence(text: str, begin: int) -> tuple[re.Match[str], re.Match[str]] | None:
    """The fences of front matter that begins too late: nothing but keys stands between them, one of them well known."""
    above = _ABOVE.match(text, begin, begin + _LONGEST)
    fence = _FENCE.match(text, above.end()) if above and above.end() > begin else None
    kind = _kind(fence) if fence else ""
    if not fence or kind not in _UNCLOSED:
        return None
    close = _LATE_CLOSE[fence[1]].search(text, fence.end(), fence.end() + _LONGEST)
    if not close or not _UNCLOSED[kind].fullmatch(text, fence.end(), close.start()):
        return None
    return (fence, close) if _KNOWN_KEY.search(text, fence.end(), close.start()) else None


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
    return _front(source, loaded._replace(data=data, faults=()), "yaml", start, end)


def _fenced(source: Source, fence: re.Match[str], close: re.Match[str]) -> Front:
    kind = _kind(fence)
    begin, start, stop = fence.start(), fence.end(), close.start()
    text, conflicts = _one_side(source.text, start, stop)
    other = _meant(kind, text, start, stop)
    try:
        loaded = _load(other or kind, text, start, stop)
    except BrokenError as error:
        if kind == "yaml" and not _KEY.search(text, start, stop) and not _KNOWN_KEY.search(text, start, stop):
            return Front(begin)  # two rules across the page, not front matter
        loaded = _recovered(other or kind, text, start, stop, error)
    if isinstance(loaded.data, str) and kind == "yaml":
        if not _KNOWN_KEY.search(text, start, stop):
            return Front(begin)
        loaded = _recovered(kind, text, start, stop, BrokenError("", start))
        if not loaded.data:
            return Front(begin)
    loaded = loaded._replace(faults=(*conflicts, *loaded.faults))
    front = _front(source, loaded, other or kind, begin, close.end())
    if other:
        message = f"{other.upper()} stands below '{fence[0].strip()}'; begin and end it with '{_FENCES[other]}'"
        front = front._replace(problems=(Problem(message, Span(begin, begin + 3)), *front.problems))
    return front


def _kind(fence: re.Match[str]) -> str:
    """Which language stands below a fence: the one it names, else its own."""
    named = (fence["kind"] or _KINDS[fence[1]]).lower()
    return {"yml": "yaml", "javascript": "js"}.get(named, named)


def _meant(kind: str, text: str, start: int, stop: int) -> str:
    """The language that front matter is in where that is another one than its fence says; else ""."""
    if kind == "yaml" and _TOML_LINE.match(text, start, stop) and not _KEY.search(text, start, stop):
        return "toml" if _KNOWN_KEY.search(text, start, stop) else ""
    if kind == "toml" and _UNCLOSED["yaml"].fullmatch(text, start, stop):
        return "yaml" if _KNOWN_KEY.search(text, start, stop) else ""
    return ""


def _one_side(text: str, start: int, stop: int) -> tuple[str, list[BrokenError]]:
    """A text that has in a range only the first side of each merge conflict; and where the conflicts are."""
    faults: list[BrokenError] = []
    cuts: list[tuple[int, int]] = []
    cut = -1  # where the other side begins
    for mark in _CONFLICT.finditer(text, start, stop):
        if mark[0][0] == "<":
            faults.append(BrokenError(_IN_CONFLICT, mark.start()))
            cuts.append(mark.span())
            cut = -1
        elif faults and mark[0][0] == ">":
            cuts.append((cut if cut > cuts[-1][1] else mark.start(), mark.end()))
        elif faults and cut < cuts[-1][1]:
            cut = mark.start()
    if not faults:
        return text, []
    parts, at = [], 0
    for first, last in cuts:
        parts += [text[at:first], blanked(text[first:last], 0, last - first)]
        at = last
    return "".join([*parts, text[at:]]), faults


def _load(kind: str, text: str, start: int, stop: int) -> Loaded:
    """Read the data; only the reader that is needed is imported."""
    body = text[start:stop]
    if kind == "yaml":
        from acu_lint.parse import yaml_values  # noqa: PLC0415

        return yaml_values.read(body, start)
    if kind == "toml":
        from acu_lint.parse import toml_values  # noqa: PLC0415

        return toml_values.read(body, start)
    if kind == "js":
        from acu_lint.parse import js_values  # noqa: PLC0415

        return js_values.read(body, start)
    from acu_lint.parse import json_values  # noqa: PLC0415

    return json_values.read(text, start + len(body) - len(body.lstrip()))[0]


def _recovered(kind: str, text: str, start: int, stop: int, error: BrokenError) -> Loaded:
    """What can be read of data that is broken; the faults are among it."""
    body = text[start:stop]
    if kind == "yaml":
        from acu_lint.parse import yaml_values  # noqa: PLC0415

        return yaml_values.recovered(body, start)
    if kind == "toml":
        from acu_lint.parse import toml_values  # noqa: PLC0415

        return toml_values.recovered(body, start, error)
    if kind == "js":
        return Loaded({}, [], [], (error,))
    from acu_lint.parse import json_values  # noqa: PLC0415

    return json_values.recovered(text, start, stop, error)


def _unclosed(source: Source, begin: int, fence: re.Match[str]) -> Front:
    """Front matter that nothing closes: the lines that look like it are left out."""
    kind = _kind(fence)
    lines = _UNCLOSED[kind].match(source.text, fence.end()) if kind in _UNCLOSED else None
    if not lines or (kind == "yaml" and not _KEY.match(source.text, fence.end())):
        return Front(begin)
    try:
        loaded = _load(kind, source.text, fence.end(), lines.end())
    except BrokenError as error:
        loaded = _recovered(kind, source.text, fence.end(), lines.end(), error)
    front = _front(source, loaded, kind, begin, lines.end())
    message = f"front matter is never closed; add a line '{fence[1]}' after its last key"
    problem = Problem(message, Span(fence.start(), fence.start() + 3))
    return front._replace(problems=(problem, *front.problems))


def _json(source: Source, begin: int) -> Front:
    text = source.text
    if not _JSON_START.match(text, begin):
        return Front(begin)
    from acu_lint.parse import json_values  # noqa: PLC0415

    try:
        loaded, stop = json_values.read(text, begin)
    except BrokenError as error:
        limit = begin + _LONGEST
        close = _JSON_LAST.search(text, begin, limit) or _JSON_CLOSE.search(text, begin, limit)
        stop = close.end() if close else begin
        loaded = json_values.recovered(text, begin, stop, error)
    after = _AFTER_JSON.match(text, stop)
    return _front(source, loaded, "json", begin, after.end() if after else stop)


def _problem(source: Source, error: BrokenError) -> Problem:
    """What is wrong, shown at its line."""
    place = min(error.offset, len(source.text))
    line = source.position(place)[0]
    stop = source.lines[line] if line < len(source.lines) else len(source.text)
    start = source.lines[line - 1]
    text = source.text[start:stop].rstrip("\r\n")
    return Problem(f"front matter, line {line}: {error.message}", Span(start, start + len(text)))


def _front(source: Source, loaded: Loaded, kind: str, begin: int, end: int) -> Front:
    problems = [_problem(source, error) for error in loaded.faults]
    for key, place in loaded.twice:
        line = source.position(place)[0]
        message = f"front matter, line {line}: '{key}' is given twice and the last one counts; remove one"
        problems.append(Problem(message, Span(place, place + len(key))))
    if not isinstance(loaded.data, dict):
        message = "front matter holds no 'key: value' pairs; write it as keys with values"
        problem = Problem(message, Span(begin, begin + 3))
        return Front(end, problems=(*problems, problem))
    data = {str(key): _without_entities(value) for key, value in loaded.data.items()}
    told = {problem.span.start for problem in problems}
    problems += islice(_impossible_days(source, loaded, told), _IMPOSSIBLE)
    values = {value.key: value for value in loaded.values}
    spans = {key: Span(value.start, value.end) for key, value in values.items()}
    blocks = _blocks(source, loaded.data, values)
    return Front(end, tuple(blocks), tuple(problems), Meta(data, spans, format=kind))


def _impossible_days(source: Source, loaded: Loaded, told: Set[int]) -> Iterator[Problem]:
    """Dates in texts that the calendar does not have, but for the lines that were told already (by their begin)."""
    for value in loaded.values:
        text = source.text[value.start : value.end]
        if is_no_day(text) and _OF_DAYS.search(value.key):
            fault = BrokenError(f"{text[:40]!r} is a date that does not exist; correct it", value.start)
            problem = _problem(source, fault)
            if problem.span.start not in told:
                yield problem


def _blocks(source: Source, data: Mapping[str, Any], values: Mapping[str, Value]) -> list[Block]:
    """Title and description, and other wordings of them, as blocks."""
    blocks: list[Block] = []
    named: dict[str, list[Value]] = {}
    for place in values.values():
        named.setdefault(_OF_NO_NAME.sub("", place.key.lower()), []).append(place)
    seen = set()
    for kind, keys in _NAMES.items():
        for place in (place for key in keys for place in named.get(key, ())):
            value = _get(data, place.key)
            if value is None or isinstance(value, (dict, list)):
                continue
            raw = source.text[place.start : place.end]
            aligned = align(value if isinstance(value, str) else raw, raw, place.start, place.style)
            pieces = trim(legible(_entities(aligned)))
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


def _without_entities(value: Any) -> Any:
    """A value as people read it: entities in its texts are the characters that they stand for."""
    if isinstance(value, str):
        return _ENTITY.sub(lambda entity: unescape(entity[0]), value) if "&" in value else value
    if isinstance(value, dict):
        return {key: _without_entities(inner) for key, inner in value.items()}
    return [_without_entities(inner) for inner in value] if isinstance(value, list) else value


def _entities(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces in which each entity is a piece of its own, with the character that it stands for."""
    made: list[Piece] = []
    for text, start, length in pieces:
        at = 0
        for entity in _ENTITY.finditer(text) if len(text) == length and "&" in text else ():
            if (char := unescape(entity[0])) != entity[0]:
                made.append(Piece(text[at : entity.start()], start + at, entity.start() - at))
                made.append(Piece(char, start + entity.start(), len(entity[0])))
                at = entity.end()
        made.append(Piece(text[at:], start + at, length - at))
    return [piece for piece in made if piece.text]
