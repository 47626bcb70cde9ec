"""Expertise that is claimed without a name, and titles that are restricted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from acu_lint.api import Document, Hit, Sentence, Severity
from acu_lint_rules.analysis.evidence.phrases import cued
from acu_lint_rules.analysis.page.kind import is_article
from acu_lint_rules.analysis.page.metadata import pagemeta
from acu_lint_rules.analysis.page.people import named_with_credential
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.rare_phrases import blocks_with, quoted
from acu_lint_rules.trust._article import informs
from acu_lint_rules.trust._reviewed import unsigned

PROFILES = ("us", "uk", "au", "de", "eu", "ca")
_ALL = frozenset(PROFILES)
_CUES = frozenset(
    "certified board-certified licensed licenced accredited registered qualified trained experience experienced "
    "specialist specialists specialise specialises specialize specializes specialised specialized specialising "
    "specializing expert experts physician physicians master treated helped decades".split()
)
_WHO = frozenset(
    "i we my our i'm we're i've we've by author clinic center centre acupuncture wellness chiropractic practice studio "
    "therapy".split()
)
_SELF = lazy(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur)\b|\b(?:I|[Ww]e)['’]")
_BYLINE = r"^\s{0,3}(?:By|(?:Article\s|Written\s)by|Author:)\s"
_CLINIC = (
    r"(?:[A-Z][\w'’&-]{1,30}\s){1,4}(?:Clinic|Cent(?:er|re)|Acupuncture|Wellness|Chiropractic|Practice|Studio|Therapy)"
)
_LETTERS = r"(?:board[- ]certified|certified|licen[sc]ed|accredited|registered|qualified|trained)"
_EXPERTS = (
    r"(?:acupuncturists?|clinicians?|doctors?|experts?|healers?|physicians?|practitioners?|specialists?|staff|team"
    r"|therapists?)"
)
_SOME = r"(?:[\w-]{1,20}\s){0,3}"


class _Pattern(NamedTuple):
    """A way to claim expertise, or a title; ``profiles`` are the countries that restrict it."""

    kind: str
    text: str
    profiles: frozenset[str] = _ALL

    def search(self, text: str) -> re.Match[str] | None:
        """Find it in a sentence; compiled at its first use."""
        return re.compile(self.text).search(text)


_NUMBER = (
    r"(?:(?:over|more\sthan|nearly|almost|about|some)\s)?(?:\d[\d,]{0,6}\+?|hundreds|thousands|tens\sof\sthousands)"
)
_OUR = r"\b(?:[Oo]ur|[Mm]y)\s"
_I_AM = r"\b(?:I\sam|I['’]m|[Ww]e\sare|[Ww]e['’]re)\s(?:an?\s)?"
_SPECIALISTS = frozenset({"au", "uk", "ca"})
_PATTERNS = (
    _Pattern("claim", rf"\b[Aa]s\san?\s{_SOME}(?:{_LETTERS}|experienced|leading)\s{_SOME}[\w-]+"),
    _Pattern("claim", rf"{_NUMBER}\syears['’]?(?:\sof)?\s(?:[\w-]+\s){{0,4}}experience\b"),
    _Pattern("claim", rf"\bdecades\sof\s{_SOME}experience\b"),
    _Pattern("claim", rf"\b(?:treated|helped)\s{_NUMBER}\s(?:[\w-]+\s){{0,4}}(?:people|patients|clients|cases)\b"),
    _Pattern("claim", r"\b(?:treated|helped)\s(?:hundreds|thousands)\b"),
    _Pattern(
        "claim",
        rf"(?:\b(?:I|[Ww]e)|{_OUR}{_SOME}{_EXPERTS})(?:['’]ve|\shave|\swas|\swere)?\s(?:also\s)?trained\s(?:with|under|at|by)\b",
    ),
    _Pattern("claim", rf"{_I_AM}(?:[\w-]+\s){{0,2}}{_LETTERS}\b(?!\s(?:to|by|with)\b)"),
    _Pattern("team", rf"{_OUR}(?:team\sof\s)?{_SOME}(?:{_LETTERS}|expert|experienced)\s{_SOME}{_EXPERTS}\b"),
    _Pattern("team", rf"\b(?:team\sof|staffed\sby|run\sby)\s{_SOME}(?:experts|specialists|professionals)\b"),
    _Pattern("title", rf"{_I_AM}{_SOME}experts?\sin\b", _SPECIALISTS),
    _Pattern("title", r"\b(?:I|[Ww]e)\s(?:also\s)?speciali[sz]e\sin\b", _SPECIALISTS),
    _Pattern("title", rf"{_CLINIC}\s(?:speciali[sz]es\sin|offers\s{_SOME}speciali[sz]ed)\b", _SPECIALISTS),
    _Pattern("title", rf"(?:{_OUR}|{_I_AM}|{_BYLINE}[^;|\n]{{3,60}},\s){_SOME}specialists?\b", _SPECIALISTS),
    _Pattern(
        "title",
        rf"(?:{_OUR}|{_I_AM}|{_BYLINE}[^;|\n]{{3,60}},\s){_SOME}(?:TCM\sphysician|physician\sof\sTCM|master\sacupuncturist)s?\b",
    ),
)
_NAMED = lazy(r"\bDr\.?\s[A-Z]\w|\bconsecutive\b")  # somebody who is named; the patients of a study
_JOB = lazy(r"\b(?:hiring|vacanc(?:y|ies)|applicants?|apply\sfor|looking\sfor|join\sour)\b", re.I)
_PROFILE_LINK = lazy(r"/(?:about|team|our-team|staff|people|practitioners?|bio|authors?|meet)\b", re.I)


def check(doc: Document, *, min_words: int = 100, profile: tuple[str, ...] = PROFILES) -> Iterator[Hit]:
    """Find the first claim of expertise in a health article that no name stands behind, else the first such title.

    Before these, a review that an article of any length claims and nobody signs.
    A claim is a warning; one about the team, or a title, a note: restricted titles of the countries in ``profile``,
    a warning where these are Australia alone.
    """
    if is_article(doc) and (claim := unsigned(doc)):
        yield Hit(claim.span, {"match": _shortened(claim.text)}, "review", Severity.WARNING)
    if not informs(doc, min_words=min_words):
        return
    found = [(pattern.kind, sentence, match) for pattern, sentence, match in _found(doc, profile)]
    if found and _verifiable(doc):
        found = [each for each in found if each[0] == "title"]
    for kind, sentence, match in sorted(found, key=lambda each: ("claim", "title", "team").index(each[0]))[:1]:
        grave = kind == "claim" or (kind == "title" and set(profile) == {"au"})
        yield Hit(
            sentence.span(*match.span()),
            {"match": _shortened(match.group())},
            message="title" if kind == "title" else "default",
            severity=Severity.WARNING if grave else Severity.INFO,
        )


def _shortened(words: str) -> str:
    return words if len(words) <= 60 else words[:57].rstrip() + "…"


def _found(doc: Document, profile: tuple[str, ...]) -> Iterator[tuple[_Pattern, Sentence, re.Match[str]]]:
    """The claims and titles, the first per sentence."""
    for block, words in blocks_with(doc, _CUES):
        if block.kind == "quote" or _WHO.isdisjoint(words):
            continue
        for view, _ in cued(doc, block, _CUES):
            sentence, text = view.sentence, view.sentence.text
            own = _SELF.search(text) or re.search(_CLINIC, text) or re.match(_BYLINE, text)
            if not own or view.is_question or _JOB.search(text) or _NAMED.search(text):
                continue
            for pattern in _PATTERNS:
                match = pattern.search(text) if not pattern.profiles.isdisjoint(profile) else None
                if match and not quoted(text, *match.span()):
                    yield pattern, sentence, match
                    break


def _verifiable(doc: Document) -> bool:
    """Whether the page names somebody with a qualification, or links to those who write it."""
    page = pagemeta(doc)
    if any(person.identified and person.credential for person in (*page.authors, *page.reviewers)):
        return True
    if any(_PROFILE_LINK.search(link.target) for link in doc.links):
        return True
    return any(named_with_credential(block.text) for block in doc.blocks)
