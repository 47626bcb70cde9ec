"""Names of people and organisations in bylines, and whether they identify anybody."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from acu_lint.api import Span
from acu_lint_rules.analysis.text.lexicon import load, terms


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
_PARTICLES = frozenset(terms("people", "particle"))
_REGISTER = re.compile(
    r"\b(?:reg(?:istration)?|licen[sc]e|NPI|no)\.?\s{0,3}(?:no\.?|number|#)?\s{0,3}:?\s{0,3}[A-Z]{0,3}\d{4,8}\b", re.I
)
EAST_ASIAN = "\u2e80"
_SLUG = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")


def identifies(name: str) -> bool:
    """Whether a name has two real parts: ``Li Wei`` and ``Mayo Clinic Staff`` do, ``Dr. K`` and ``Our team`` do not.

    A part is a word that is no title, credential or role; initials in front of it, or a role with a capital
    behind it, count as the other part. 'a trained nurse' is nobody. A name in Chinese characters is one word.
    """
    if name.startswith(("a ", "an ")):
        return False
    titles, credentials, roles = _words()
    parts = initials = 0
    organisation = False
    for token in _TOKEN.findall(name.replace("_", " ")):
        plain = token.replace(".", "")
        if plain.lower() in titles or plain in credentials:
            continue
        if plain.lower() in roles:
            organisation = organisation or (parts > 0 and plain[0].isupper())
        elif len(plain) == 1 or (len(plain) == 2 and plain.isupper()):
            initials += parts == 0  # "Sarah K." hides the surname, "K. Jones" does not
        else:
            parts += 2 if plain[0] >= EAST_ASIAN else 1
    return parts > 1 or (parts == 1 and (initials > 0 or organisation))


def is_key(name: str) -> bool:
    """Whether a front matter value is the key of an entry in the site's list of authors (``jdoe``)."""
    roles = _words()[2]
    return bool(_SLUG.fullmatch(name)) and any(
        part not in roles and not part.isdigit() for part in re.split(r"[-_.]", name)
    )


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
    return token[0].isalpha() and not token[0].islower() and not (token.lower().endswith("ing") and len(token) > 5)


def _credential(text: str) -> str:
    """The first credential or register number in the words behind a name."""
    behind = re.split(r"[|·•\n;]", text, maxsplit=1)[0]
    credentials = _words()[1]
    tokens: list[str] = _TOKEN.findall(behind)
    for token in tokens:
        if token.replace(".", "") in credentials:
            return token
    number = _REGISTER.search(behind)
    return number.group() if number else ""


def credential_in(name: str) -> str:
    """The first credential that a name itself holds, as in ``Li Wei, L.Ac.``, or nothing."""
    credentials = _words()[1]
    tokens: list[str] = _TOKEN.findall(name)
    return next((token for token in tokens[1:] if token.replace(".", "") in credentials), "")


@cache
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Titles (lower case), credentials (as written, without stops) and role words (lower case)."""
    table = load("people")
    credentials = frozenset(term.replace(".", "") for term in table["credential"])
    return frozenset(table["title"]), credentials, frozenset(table["role"])


@cache
def ordinary_words() -> frozenset[str]:
    """Words that are no names though they bear a capital: 'By Age', 'Book Now'."""
    return frozenset((*terms("common_words"), *terms("people", "no_name")))


def named_with_credential(text: str) -> bool:
    """Whether a text holds a register number, or a name with a credential behind it as in ``Maria Chen, L.Ac.``."""
    credentials = _words()[1]
    for token in _TOKEN.finditer(text):
        if token[0].replace(".", "") in credentials:
            before = _TOKEN.findall(text, max(0, token.start() - _LONGEST), token.start())
            if len(before) > 1 and all(word[0].isupper() for word in before[-2:]):
                return True
    return _REGISTER.search(text) is not None
