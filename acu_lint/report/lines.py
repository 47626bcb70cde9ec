"""What is printed, line by line: texts and names of articles are data, and nothing in them may act.

A terminal obeys escape sequences, a bidirectional override turns a line around, a CI system takes lines that begin with
``::`` or hold ``##[`` for commands, and a line end in a file name begins a line of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from itertools import islice

import click

# Controls (C0, DEL, C1), line and paragraph separators, marks that change the direction of text, lone surrogates.
_ACTIVE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_AT_ONCE = 100  # lines that are printed together
_on_one_line = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
_NAMES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_COLOUR = re.compile("\x1b\\[(?:0|1|2|4|3[0-7]|39|9[0-7])m|\n")  # what click's styles print, and ends of lines
# What GitHub obeys at the start of a line, "::"; and what GitHub, Azure and TeamCity obey anywhere: "##[", "##vso[".
_COMMAND = re.compile(r"^\s*:(?=:)|#(?=#\w{0,20}\[)", re.MULTILINE)


def visible(text: str) -> str:
    """A text with everything that would act rather than be seen written as an escape, on one line."""
    return text if text.isprintable() else _ACTIVE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return _NAMES.get(match[0]) or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")


def harmless(text: str) -> str:
    """Styled lines without anything that a terminal obeys but colours, and that no CI system takes for a command."""
    if not text.isprintable():
        colours = [*_COLOUR.findall(text), ""]
        parts = _COLOUR.split(text)
        text = "".join(visible(part) + colour for part, colour in zip(parts, colours, strict=True))
    if ":" not in text and "#" not in text:
        return text
    plain = click.unstyle(text)  # as it is printed where there is no terminal
    return _COMMAND.sub(lambda match: f"{match[0]}\\", plain) if _COMMAND.search(plain) else text


def say(line: str = "", *, err: bool = False) -> None:
    """Print a line for people; colours are left out where there is no terminal."""
    click.echo(harmless(line), err=err)


def tell(message: str) -> None:
    """Print one line about the run itself on standard error."""
    say(f"acu-lint: {visible(message)}", err=True)


def dumps(value: object, *, indent: int | None = None) -> str:
    """JSON that is valid UTF-8 for every text: lone surrogates stand as escapes, like all that a terminal obeys."""
    text = _on_one_line(value) if indent is None else json.dumps(value, ensure_ascii=False, indent=indent)
    if not text.isprintable():
        text = _ACTIVE.sub(_json_escape, text)
    return text.replace("##", "#\\u0023") if "##" in text else text


def _json_escape(match: re.Match[str]) -> str:
    return match[0] if match[0] == "\n" else f"\\u{ord(match[0]):04x}"


def say_data(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print text for programs, in UTF-8 whatever the terminal's encoding is."""
    click.echo(text.encode(errors="replace"), err=err, nl=nl)


def say_lines(lines: Iterable[str], *, err: bool = False) -> None:
    """Print lines for programs, many at once: each call writes and flushes."""
    waiting = iter(lines)
    while some := list(islice(waiting, _AT_ONCE)):
        say_data("\n".join(some), err=err)


def csv_cell(value: object) -> object:
    """A value that a spreadsheet shows as it is: one that may be a formula gets an apostrophe in front (OWASP)."""
    if not isinstance(value, str):
        return value
    plain = visible(value)
    return f"'{plain}" if plain.lstrip(" \u00a0\u3000\u200b'\"").startswith(_FORMULA) else plain


# The signs that begin a formula, also as some spreadsheets read them in East Asian text.
_FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
