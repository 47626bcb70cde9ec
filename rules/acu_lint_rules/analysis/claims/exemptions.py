"""Why a claim may stand in a text that does not hedge it: it is denied, asked, cited, reported and the like."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Exemption(Enum):
    """A reason why a claim may stand; its value is what a trace says of it."""

    QUESTION = "a question"
    EMBEDDED_QUESTION = "an embedded question"
    INSTRUCTION = "an instruction"
    EXPERIMENT = "an experiment"
    NEGATED = "negated"
    DOUBTED = "reported to be doubted"
    UNPROVEN = "evidence denied"
    UNKNOWN = "said to be unknown"
    BELIEF = "a belief"
    CONDITIONAL = "a condition"
    ATTRIBUTED = "the finding of a named source"
    CITED = "cited"
    QUOTED_CLAIM = "a claim quoted as such"
    MENTIONED = "quoted, and spoken about"
    OWN_WORDS = "a person's own words"
    RISK = "about risks"
    RISKS_BESIDE = "risks named beside it"
    QUALIFIED = "qualified"
    HEDGED = "hedged above the list"


class Exempt(NamedTuple):
    """An exemption, with the word of the text that gives it where there is one."""

    exemption: Exemption
    term: str = ""

    def __str__(self) -> str:
        """What a trace says: "negated: not"."""
        return f"{self.exemption.value}: {self.term}" if self.term else self.exemption.value
