"""Front matter: YAML, TOML or JSON at the head of a file."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from ..document import Block, Meta, Piece, Problem
from ..source import Source, Span

_FENCE = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*(?:\r\n|\n|\r)")
_DESCRIPTIONS = ("description", "summary", "excerpt", "metaDescription", "meta_description")


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
    match = _FENCE.match(text)
    if not match:
        return Front(begin)
    close = re.compile(rf"^{re.escape(match[1])}[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE).search(text, match.end())
    if not close:
        return Front(begin)
    body = text[match.end() : close.start()]
    try:
        data = _load(match[1], body)
    except ValueError as error:
        problem = Problem(f"front matter: {error}", Span(match.start(), close.end()))
        return Front(close.end(), problems=(problem,))
    blocks = []
    for kind, keys in (("title", ("title",)), ("description", _DESCRIPTIONS)):
        for key in keys:
            value = data.get(key)
            if isinstance(value, str) and value.strip():
                at = body.find(value)
                place = match.end() + at if at >= 0 else match.end()
                blocks.append(Block(kind, [Piece(value, place, len(value) if at >= 0 else len(body))]))
                break
    return Front(close.end(), tuple(blocks), (), Meta(data, format="yaml" if match[1] == "---" else "toml"))


def _load(fence: str, body: str) -> dict[str, Any]:
    if fence == "+++":
        import tomllib

        data: Any = tomllib.loads(body)
    else:
        import yaml

        try:
            data = yaml.load(body, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except yaml.YAMLError as error:
            raise ValueError(str(error).splitlines()[0]) from error
    return data if isinstance(data, dict) else {}
