"""What the readers of YAML, TOML and JSON have in common: values that know their place."""

from __future__ import annotations

import datetime
import math
import re
from typing import Any, NamedTuple

from acu_lint.document.document import Piece

LONGEST_PATH = 500  # characters of the keys that lead to a value, joined by dots
DEEPEST = 50  # levels of tables and lists
TOO_DEEP = "it is nested too deeply; write it with fewer levels and shorter keys"
TOO_LONG = "a number has too many digits; put it in quotes"

_BREAK = r"(?:\r\n|[\n\r\x85\u2028\u2029])"  # what YAML takes for the end of a line
# Several spaces are taken at once, with or without a line end after them: so no space is looked at twice.
_FOLD = rf"(?P<fold>[ \t]*+(?:{_BREAK}[ \t]*+)++)|[ \t]{{2,}}+"
_ESCAPE = r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)"
_PAIR = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # two halves of one character
# What does not read as it is written, by the style that a value is written in.
_LOOSE = re.compile(r"(?P<run>\s+)")  # of front matter that is broken: words as they stand, white space apart
_ODD = {
    "plain": re.compile(_FOLD),
    "single": re.compile(rf"(?P<one>'')|{_FOLD}"),
    "double": re.compile(rf"(?P<cut>\\{_BREAK}(?:[ \t]*+{_BREAK})*+[ \t]*+)|(?P<one>{_ESCAPE})|{_FOLD}", re.DOTALL),
    "block": re.compile(_FOLD.replace("fold", "run")),
    "toml": re.compile(rf"(?P<gone>\\[ \t]*+[\r\n][ \t\r\n]*+)|(?P<one>{_ESCAPE}|\r\n?)", re.DOTALL),
    "toml literal": re.compile(r"(?P<one>\r\n?)"),
    "json": re.compile(rf"(?P<one>{_PAIR}|{_ESCAPE})", re.DOTALL),
}
_BREAKS = re.compile(_BREAK)
_RUN = re.compile(r"[ \t\n\r\x85\u2028\u2029]*")
_HALF = re.compile(r"[\ud800-\udfff]")
_LONG_NUMBER = re.compile(r"(?<![\w.:])\d[\w:]{200}")
_BRACKETED = re.compile(r"\{\{|[\[{][^\[\]{}\r\n]*+[\]}][ \t]*+[^\s,#\]}]")  # a text that begins with brackets
_MOST_BITS = 1000  # a larger number is no decimal fraction of Python's, and a much larger one cannot be printed
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = re.compile(
    rf"""\s*+(?:(?P<y1>[12]\d\d\d)(?P<s1>[-/.])(?P<m1>\d\d?)(?P=s1)(?P<d1>\d\d?)(?!\d)
    |(?P<e2>)(?P<d2>\d\d?)(?P<s2>[-/.])(?P<m2>\d\d?)(?P=s2)(?P<y2>[12]\d\d\d)(?!\d)
    |(?P<d3>\d\d?)(?:st|nd|rd|th)?\s(?P<m3>{_MONTH}),?\s(?P<y3>[12]\d\d\d)(?!\d)
    |(?P<m4>{_MONTH})\s(?P<d4>\d\d?)(?:st|nd|rd|th)?,?\s(?P<y4>[12]\d\d\d)(?!\d))""",
    re.IGNORECASE | re.VERBOSE,
)
_SHOWN = 80  # characters of a value that is shown as a whole


class Value(NamedTuple):
    """A scalar: its dotted key, the range of its text (quotes left out), and the style it is written in."""

    key: str
    start: int
    end: int
    style: str = "plain"


class BrokenError(Exception):
    """Data that cannot be read: what is wrong and where (an offset)."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class Loaded(NamedTuple):
    """Data, the places of its values, keys that stand twice, and what could not be read where the rest could."""

    data: Any
    values: list[Value]
    twice: list[tuple[str, int]]
    faults: tuple[BrokenError, ...] = ()


def usable(data: Any, body: str, offset: int) -> Any:
    """The data as every rule and every report can take it: keys are texts, numbers are finite.

    ``body`` is what was read, and stands at ``offset``. Raises ``BrokenError`` where tables and lists are nested more
    than ``DEEPEST`` levels, the keys to a value are longer than ``LONGEST_PATH``, or a number is huge.
    """
    try:
        return _usable(data, 0, 0)
    except RecursionError:
        raise BrokenError(TOO_DEEP, offset) from None
    except OverflowError:
        raise BrokenError(TOO_LONG, offset + long_number(body)) from None


def _usable(data: Any, depth: int, path: int) -> Any:
    """See ``usable``; raises ``RecursionError`` for what is too deep and ``OverflowError`` for huge numbers."""
    if depth > DEEPEST or path > LONGEST_PATH:
        raise RecursionError
    if isinstance(data, str):
        return readable(data)
    if isinstance(data, dict):
        names = [(readable(str(key)), value) for key, value in data.items()]
        return {name: _usable(value, depth + 1, path + len(name) + 1) for name, value in names}
    if isinstance(data, list):
        return [_usable(value, depth + 1, path + 1) for value in data]
    if isinstance(data, int) and data.bit_length() > _MOST_BITS:
        raise OverflowError
    return str(data) if isinstance(data, float) and not math.isfinite(data) else data


def readable(text: str) -> str:
    """The text without lone halves of a surrogate pair, which no file can hold: U+FFFD stands for each."""
    return text if text.isascii() else _HALF.sub("\ufffd", text)


def bare_text(body: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the text stands in a range, without spaces and quotes around it; None where there is a list or the like."""
    bare = body[start:end].strip()
    if not bare or bare.startswith("- ") or (bare[0] in "[{|>&!#" and not _BRACKETED.match(bare)):
        return None
    start = body.index(bare, start)
    end = start + len(bare)
    if bare[0] in "\"'":
        start += 1
        end -= len(bare) > 1 and bare[-1] == bare[0]
    return (start, end) if start < end else None


def is_no_day(text: str) -> bool:
    """Whether a text is a date with its day that the calendar does not have, as numbers or with the month's name."""
    written = _DAY.match(text)
    if not written:
        return False
    part = {name[0]: value for name, value in written.groupdict().items() if value is not None}
    month = int(part["m"]) if part["m"].isdigit() else _MONTHS.index(part["m"][:3].lower()) // 3 + 1
    pairs = [(month, int(part["d"]))]
    if "e" in part:  # 03/04/2026 may be the third of April, or the fourth of March
        pairs.append((int(part["d"]), month))
    return not any(_exists(int(part["y"]), *pair) for pair in pairs)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def blanked(body: str, start: int, end: int) -> str:
    """A text in which a range is spaces, but for its line ends: offsets stay true."""
    return body[:start] + re.sub(r"[^\r\n]", " ", body[start:end]) + body[end:]


def long_number(body: str) -> int:
    """Where the first very long number begins (0: nowhere)."""
    found = _LONG_NUMBER.search(body)
    return found.start() if found else 0


def align(value: str, raw: str, start: int, style: str) -> list[Piece]:
    """Pieces that lead from a value to the raw text it was written as, which stands at ``start``.

    Escapes and folds are atomic. ``style`` is a key of ``_ODD``.
    """
    if style == "block":  # its first and last line ends are not part of what is shown
        value = value.strip()
    found = _aligned(value, raw, start, _ODD[style])
    return found or _aligned(value, raw, start, _LOOSE) or _whole(value, raw, start)


def _aligned(value: str, raw: str, start: int, odd: re.Pattern[str]) -> list[Piece]:
    """The pieces, or none where value and raw text are not the same words."""
    pieces: list[Piece] = []
    i = j = 0  # how much of the value and of the raw text is done
    for token in odd.finditer(raw) if value != raw else ():
        if token.lastgroup is None:
            continue
        same = raw[j : token.start()]
        if not value.startswith(same, i):
            return []
        i += len(same)
        text = _reads(token, value, i)
        pieces += [Piece(same, start + j, len(same)), Piece(text, start + token.start(), len(token[0]))]
        i, j = i + len(text), token.end()
    if value[i:] != raw[j:]:
        return []
    pieces.append(Piece(raw[j:], start + j, len(raw) - j))
    return [piece for piece in pieces if piece.text]


def _reads(token: re.Match[str], value: str, i: int) -> str:
    """What an odd token reads as; the value goes on at ``i``."""
    if token.lastgroup == "one":
        return value[i : i + 1]
    if token.lastgroup == "run":
        run = _RUN.match(value, i)
        return run[0] if run else ""
    if token.lastgroup == "gone":
        return ""
    breaks = [found if found in "\u2028\u2029" else "\n" for found in _BREAKS.findall(token[0])]
    if token.lastgroup == "cut":
        return "".join(breaks[1:])
    if breaks[0] == "\n":  # a line end alone is a space, and an empty line a line end
        return "".join(breaks[1:]) or " "
    return "".join(breaks)


def _whole(value: str, raw: str, start: int) -> list[Piece]:
    """A value whose words cannot be found: the first line stands for each of them, so that none is shown at length."""
    length = len(raw[:_SHOWN].splitlines()[0]) if raw.strip() else 0
    if length != len(value):
        return [Piece(value, start, length)]
    # Pieces as long as their source would read the same.
    return [Piece(value[:1], start, length), Piece(value[1:], start, length)]
