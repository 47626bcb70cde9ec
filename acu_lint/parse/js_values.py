"""Front matter in JavaScript (``---js``): texts, numbers and flags that are written out, with their places.

Nothing is run, so what is worked out is not known.
"""

from __future__ import annotations

import re
from typing import Any

from acu_lint.parse.values import BrokenError, Loaded, Value, readable

_TOKEN = re.compile(
    r"//[^\r\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?"
    r"|(?P<text>\"(?:[^\"\\\r\n]|\\.)*+\"|'(?:[^'\\\r\n]|\\.)*+'|`(?:[^`\\$]|\\.|\$(?!\{))*+`)"
    r"|(?P<word>[\w$.-]++)|(?P<sign>[^\s])",
    re.DOTALL,
)
_PLAIN = re.compile(r"true|false|-?\d{1,15}")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(\r\n|.))", re.DOTALL)
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_BEFORE = frozenset({"", "{", ",", "const", "let", "var"})  # a name
_AFTER = frozenset({"", "}", ",", ";"})  # a value


def read(body: str, offset: int) -> Loaded:
    """Read the names of an object, or of declarations, that have a value; ``body`` stands at ``offset``.

    What stands deeper is left out. Raises ``BrokenError`` where there is none.
    """
    tokens = [token for token in _TOKEN.finditer(body) if token.lastgroup]
    signs = ["", *(token[0] for token in tokens), ""]
    data: dict[str, Any] = {}
    values: list[Value] = []
    depth = 0
    for at, token in enumerate(tokens):
        depth += (token[0] in "{[(") - (token[0] in "}])") if token["sign"] else 0
        if depth > 1 or at + 2 >= len(tokens) or signs[at] not in _BEFORE or token["sign"]:
            continue
        value, after = tokens[at + 2], signs[at + 4]
        ends = after in _AFTER or _on_new_lines(body, value, tokens[at + 3])
        if signs[at + 2] not in {":", "="} or not ends or not (value["text"] or _PLAIN.fullmatch(value[0])):
            continue
        name = _unescaped(token[0][1:-1]) if token["text"] else token[0]
        quotes = bool(value["text"])
        data[name] = _unescaped(value[0][1:-1]) if quotes else _plain(value[0])
        values.append(Value(name, offset + value.start() + quotes, offset + value.end() - quotes, "json"))
    if not data:
        raise BrokenError("JavaScript is not run, and no text is written out here; write it as YAML", offset)
    return Loaded(data, values, [])


def _on_new_lines(body: str, one: re.Match[str], two: re.Match[str]) -> bool:
    """Whether a line end, which may end a statement, stands between two tokens."""
    return two["word"] is not None and "\n" in body[one.end() : two.start()]


def _plain(word: str) -> object:
    return word == "true" if word in {"true", "false"} else int(word)


def _unescaped(text: str) -> str:
    """The text that a literal stands for."""

    def char(escape: re.Match[str]) -> str:
        code = escape[1] or escape[2]
        return chr(int(code, 16)) if code else _LETTERS.get(escape[3], escape[3].strip("\r\n"))

    return readable(_ESCAPE.sub(char, text))
