"""'Medically reviewed', 'fact-checked by our medical team': a review that is claimed and that nobody signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from acu_lint.api import Block, Document, Span
from acu_lint_rules.analysis.citations.index import in_references
from acu_lint_rules.analysis.page import people
from acu_lint_rules.analysis.page.metadata import pagemeta, unsigned_reviews
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.rare_phrases import blocks_with, quoted, vocabulary

_CUES = frozenset("reviewed checked verified vetted approved".split())
_EXPERT = (
    r"(?:experts?|doctors?|physicians?|clinicians?|dentists?|pharmacists?|nurses?|dietitians?|nutritionists?|therapists?"
    r"|psychologists?|dermatologists?|specialists?|professionals?|practitioners?|team|staff|panel|board|editors)"
)
_REVIEWED = r"(?:reviewed|fact[\s-]checked|checked|vetted)"
_ADVERB = r"(?:medically|clinically|scientifically|professionally|editorially|independently)"
# "by our medical team", "by a qualified dentist"
_BY = rf"\sby\s(?!your\b|my\b|their\b)(?:[\w-]{{1,20}}\s){{0,5}}?{_EXPERT}\b"
_CLAIM = (
    rf"(?P<claim>(?:{_ADVERB}[\s-]{_REVIEWED}|{_EXPERT}[\s-]{_REVIEWED}|fact[\s-]checked)(?P<by>{_BY})?"
    rf"|(?:{_REVIEWED}|verified|approved)(?P<only>{_BY}))"
)
# A label stands by itself: at the start of a line or behind a mark, and a date, a mark or the end behind it.
_LABEL = lazy(
    rf"(?:^|[^\w\s'’\"“‘-]|\n)\s{{0,3}}(?:(?:written|edited|authored)\s(?:and|&)\s)?{_CLAIM}"
    r"(?=\s{0,3}(?:$|[^\w\s-]|\s[–—-]|\n|(?:on|in|for\saccuracy|content|article|guide|information|page|and)\b|\d))",
    re.I,
)
# A sentence says it of the page: "All our articles are fact-checked", "this page was reviewed by a dentist".
_SAID = lazy(
    r"\b(?:this|our|all|every|each|the)\s(?:[\w-]{1,20}\s){0,3}?(?:page|article|content|guide|post|information|text"
    r"|resource|blog)s?\s(?:is|are|was|were|has\sbeen|have\sbeen)\s"
    rf"(?:[\w-]{{1,20}}\s(?:and|&)\s|(?!not\b|never\b|to\b)[\w-]{{1,20}}\s)?{_CLAIM}",
    re.I,
)
_LEAD = lazy(r"(?:\bby\b|[:：|·•–—-])\s{0,3}", re.I)
_SEE = lazy(r"\s{0,3}(?:by\b|reviewer\b|[:：])", re.I)
_REACH = 120  # characters behind a claim in which the name may stand
_BLOCKS = 2  # short blocks behind a badge in which it may stand
_LONGEST = 600  # characters of a block that is read
_SHORT = 120  # characters of a block that may be a name


class Claim(NamedTuple):
    """Words that claim a review, and where they stand."""

    text: str
    span: Span


def unsigned(doc: Document) -> Claim | None:
    """Find the first claim of a review on a page that names no reviewer."""
    page = pagemeta(doc)
    if "reviewer" in page.filled or any(person.identified for person in page.reviewers):
        return None
    if (value := next(iter(unsigned_reviews(doc)), None)) and value.span:
        return Claim(value.text, value.span)
    return next(_in_text(doc), None)


def _in_text(doc: Document) -> Iterator[Claim]:
    known = vocabulary(doc)
    line = " ".join(known)
    likely = [cue for cue in _CUES if cue in line]
    # "expert-reviewed" is one word
    cues = [word for word in known if word.rpartition("-")[2] in _CUES] if likely else []
    for block, _ in blocks_with(doc, cues):
        if len(block.text) > _LONGEST or block.kind in {"quote", "title", "heading"}:
            continue
        for match in (*_LABEL.finditer(block.text), *_SAID.finditer(block.text)):
            start, end = match.span("claim")
            signed = _names(match) or any(map(_is_name, _behind(doc, block)))
            if not (signed or _asks(block, start) or quoted(block.text, start, end) or in_references(doc, block)):
                yield Claim(" ".join(match["claim"].split()), block.span(start, end))


def _asks(block: Block, at: int) -> bool:
    """Whether the sentence around an offset is a question, or says what should be."""
    sentence = next((each for each in block.sentences if each.start <= at < each.end), None)
    return sentence is not None and sentence.text.rstrip().endswith("?")


def _names(claim: re.Match[str]) -> bool:
    """Whether a claim or the words behind it name a person or body: 'by Ana Silva', ': Dr Ana Silva'."""
    by = (claim["by"] or claim["only"] or "").split()[1:]
    if by and by[0].lower() not in {"a", "an"} and people.identifies(" ".join(filter(_is_capital, by))):
        return True
    behind = claim.string[claim.end("claim") : claim.end("claim") + _REACH]
    if people.named_with_credential(claim.string):
        return True
    found = (people.name_at(behind, lead.end()) for lead in _LEAD.finditer(behind))
    return any(named and people.identifies(named.name) for named in found)


def _is_capital(word: str) -> bool:
    return word[0].isupper()


def _behind(doc: Document, block: Block) -> Iterator[str]:
    """The texts of the short blocks behind one."""
    for each in doc.blocks[block.index + 1 : block.index + 1 + _BLOCKS]:
        if len(each.text) <= _SHORT and each.kind != "heading":
            yield each.text


def _is_name(text: str) -> bool:
    lead = _SEE.match(text)
    named = people.name_at(text, lead.end() if lead else 0)
    return named is not None and people.identifies(named.name) and (bool(lead) or named.end == len(text.rstrip(" .")))
