"""Whom an article is written for, and how hard it may be for them.

The guidance behind the figures: the American Medical Association asks for grade 6 in material for patients (Weiss,
Health Literacy and Patient Safety, 2nd edition 2007), the National Institutes of Health for grade 6 to 8 for the
public, the NHS digital service manual for a reading age of 9 to 11 years, WCAG 2.2 criterion 3.1.5 for no more than
nine years of school. Sentences: 15 to 20 words on average (Federal Plain Language Guidelines), at most 25 (GOV.UK).
Nobody gives a grade for professionals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from acu_lint.api import Document, measure
from acu_lint_rules.analysis.text.patterns import lazy

Audience = Literal["patients", "general", "professionals"]


class Target(NamedTuple):
    """What suits an audience, in school grades and words of a sentence.

    ``grade`` is what guidance asks for, None where it asks for nothing. Above ``info`` and ``warning`` a text is told
    to be hard: a warning leaves room for the ways to count syllables, which differ by up to 2.4 grades.
    ``sentence`` and ``long`` are the words above which a sentence is long, and too long.
    """

    grade: float | None
    info: float
    warning: float
    sentence: int
    long: int


_NEVER = 1000.0  # no text is as hard
TARGETS: dict[str, Target] = {
    "patients": Target(6, 6, 8.5, 25, 35),
    "general": Target(8, 8, 10.5, 30, 40),
    "professionals": Target(None, _NEVER, _NEVER, 40, 60),
}

_KEYS = ("audience", "target_audience", "targetAudience", "reader", "readers")
# In this order: what is for patients and their doctors has to be plain enough for patients.
_NAMES = {
    "patients": lazy(r"\b(?:patient|carer|caregiver|parent)s?\b|\bfamilies\b", re.I),
    "professionals": lazy(
        r"\b(?:professional|clinician|practitioner|provider|physician|doctor|nurse|therapist|acupuncturist|pharmacist"
        r"|researcher|scientist|academic|specialist|hcp)s?\b|\bmedicalaudience\b",
        re.I,
    ),
    "general": lazy(r"\b(?:general|public|everyone|everybody|consumer|lay|layperson|adult)s?\b", re.I),
}


def audience_of(doc: Document, default: Audience) -> Audience:
    """The audience that front matter or JSON-LD declares, else ``default``."""
    return declared(doc) or default


@measure
def declared(doc: Document) -> Audience | None:
    """The audience that front matter (``audience: clinicians``) or JSON-LD declares."""
    for value in _values(doc):
        for name, pattern in _NAMES.items():
            if pattern.search(value):
                return name  # type: ignore[return-value]  # the keys of the table are the names
    return None


def _values(doc: Document) -> Iterator[str]:
    for data in (doc.meta.data, *doc.meta.json_ld):
        yield from (str(data[key]) for key in _KEYS if data.get(key))
