"""Formal words and terms, and what to write instead: the lists ``plain_words`` and ``jargon``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from typing import NamedTuple

from acu_lint_rules.analysis.text.lexicon import Matcher, load


class Wording(NamedTuple):
    """What to write for a word: the head of its line in the list (one for all forms), and the plain word or ""."""

    head: str
    plain: str
    section: str = ""


class Wordings:
    """A list of terms with plain words, ready to be looked for."""

    def __init__(self, name: str, table: Mapping[str, Wording]) -> None:
        self._name = name
        self.table = table
        self.keys = frozenset(max(term.lower().split(), key=len) for term in table)  # one word of each, the longest

    @cached_property
    def matcher(self) -> Matcher:
        """Finds the terms; made when there may be one."""
        return Matcher.kept(f"wordings {self._name}", self.table.keys)


@cache
def plain_words() -> Wordings:
    """The formal words: on both sides of ``=`` forms in the same order; "-" stands for a space on the right."""
    table: dict[str, Wording] = {}
    for line in load("plain_words")["words"]:
        formal, _, plain = (part.strip() for part in line.partition("="))
        everyday = plain.split()
        forms = formal.split() if len(everyday) == len(formal.split()) else [formal]
        for form, word in zip(forms, everyday, strict=True):
            table[form] = Wording(forms[0], word.replace("-", " "))
    return Wordings("plain", table)


# Points of each channel of acupuncture by its codes (WHO Standard Acupuncture Nomenclature, 2nd edition 1993; older
# codes in use beside them).
_POINTS = {
    11: "lu", 20: "li", 45: "st", 21: "sp", 9: "ht pc", 19: "si", 67: "bl ub", 27: "ki kd", 23: "te tb sj", 44: "gb",
    14: "lr lv", 28: "gv du", 24: "cv ren",
}  # fmt: skip
POINT = "point"


@cache
def jargon() -> Wordings:
    """The terms that need an explanation, with a plain wording; the section ``POINT`` holds codes such as "LI4"."""
    table: dict[str, Wording] = {}
    for section, lines in load("jargon").items():
        for line in lines:
            term, _, plain = (part.strip() for part in line.partition("="))
            table[term] = Wording(term.removesuffix("s"), plain, section)
    for last, codes in _POINTS.items():
        for code in codes.split():
            for number in range(1, last + 1):
                for form in (f"{code}{number}", f"{code}-{number}"):
                    table[form] = Wording(f"{code}{number}", "", POINT)
    return Wordings("jargon", table)
