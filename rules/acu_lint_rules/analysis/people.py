"""Names of people and organisations in bylines, and whether they identify anybody."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from acu_lint.api import Span

from .lexicon import load


class Person(NamedTuple):
    """Somebody whom a page names: as written, with the first credential behind the name, and its place."""

    name: str
    credential: str = ""
    span: Span | None = None

    @property
    def identified(self) -> bool:
        """Whether a reader can tell who this is."""
        return identifies(self.name)


class Named(NamedTuple):
    """A name found in a text: the person's words, the credential behind them, and the words' range."""

    name: str
    credential: str
    start: int
    end: int


# Where the words of a name end. A full stop ends them only behind a word ("Dr. K" goes on).
_END = re.compile(
    r"[,|·•\n(;:—–/]|\s-\s|(?<=[^\W\d_]{4})\.(?=\s|$)"
    r"|\s(?:on|in|at|for|from|who|is|was|last|first|updated|reviewed|published|posted|edited|medically|clinically"
    r"|fact|with|and\s(?:medically\s|clinically\s)?reviewed|\d)",
    re.I,
)
_LONGEST = 60  # characters of a name
_TOKEN = re.compile(r"[^\W_](?:[\w'’.-]*\w)?")
_PARTICLES = frozenset("van von de der den da do dos du del della di la le el al bin ibn ben ter and".split())
_REGISTER = re.compile(
    r"\b(?:reg(?:istration)?|licen[sc]e|NPI|no)\.?\s{0,3}(?:no\.?|number|#)?\s{0,3}:?\s{0,3}[A-Z]{0,3}\d{4,8}\b", re.I
)
_SLUG = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")


def identifies(name: str) -> bool:
    """Whether a name has two real parts: ``Li Wei`` and ``Mayo Clinic Staff`` do, ``Dr. K`` and ``Our team`` do not.

    A part is a word of two letters or more that is no title, credential or role; where there is a surname,
    initials count as the other part.
    """
    titles, credentials, roles = _words()
    parts = initials = roled = 0
    for token in _TOKEN.findall(name.replace("_", " ")):
        plain = token.replace(".", "")
        if plain.lower() in titles or plain in credentials:
            continue
        for part in plain.split("-"):
            if part.lower() in roles or plain.lower() in roles:
                roled += 1
            elif len(part) > 1 and not (part.isdigit() or (part.isupper() and len(part) == 2)):
                parts += 1
            else:
                initials += 1
    return parts > 1 or (parts == 1 and (initials > 0 or roled > 0) and not _only_first_name(name))


def _only_first_name(name: str) -> bool:
    """Whether a name is like ``Sarah K.``: the initial stands for the surname."""
    return bool(re.fullmatch(r"\s*(?:[A-Z][a-z]{1,4}\.?\s+)?[^\W\d_]{2,}\s+[^\W\d_]\.?\s*", name)) and not bool(
        re.match(r"\s*[A-Z]\.", name)
    )


def is_key(name: str) -> bool:
    """Whether a front matter value is the key of an entry in the site's list of authors (``jdoe``)."""
    return bool(_SLUG.fullmatch(name)) and not name.isdigit() and name not in _words()[2]


def name_at(text: str, start: int) -> Named | None:
    """Read the name that stands at an offset of a text; None where no name can stand there.

    Every word of a name begins with a capital, is a particle ("van") or a role ("our team").
    """
    limit = min(len(text), start + _LONGEST)
    while start < limit and text[start].isspace():
        start += 1
    end = _END.search(text, start + 1, limit)
    stop = end.start() if end else limit
    name = text[start:stop].rstrip(" .")
    tokens = _TOKEN.findall(name)
    if not tokens or len(tokens) > 7 or (end is None and limit < len(text)):
        return None
    roles = _words()[2]
    if not all(_starts_name(token) or token.lower() in roles or token in _PARTICLES for token in tokens):
        return None
    return Named(name, _credential(text[stop : stop + 100]), start, start + len(name))


def _starts_name(token: str) -> bool:
    return not token[0].islower() and not (token.lower().endswith("ing") and len(token) > 5)


def _credential(text: str) -> str:
    """The first credential or register number in the words behind a name."""
    behind = re.split(r"[|·•\n;]", text, maxsplit=1)[0]
    credentials = _words()[1]
    for token in _TOKEN.findall(behind):
        if token.replace(".", "") in credentials:
            return token
    number = _REGISTER.search(behind)
    return number.group() if number else ""


def credential_in(name: str) -> str:
    """The first credential that a name itself holds: ``Li Wei, L.Ac.``"""
    credentials = _words()[1]
    return next((t for t in _TOKEN.findall(name)[1:] if t.replace(".", "") in credentials), "")


@cache
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Titles (lower case), credentials (as written, without stops) and role words (lower case)."""
    table = load("people")
    credentials = frozenset(term.replace(".", "") for term in table["credential"])
    return frozenset(table["title"]), credentials, frozenset(table["role"])
