"""Universal words in a health claim, and promised results."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.claims.claim import Claim, claims
from acu_lint_rules.analysis.text.layout import shortened
from acu_lint_rules.analysis.text.lexicon import terms
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.claims._heard import heard

_PROMISES = {"guarantee": Severity.ERROR, "promise": Severity.WARNING}
# "makes sure to", "language that promises guaranteed results", "you're guaranteeing": no guarantee of the page's own
_NO_GUARANTEE = lazy(
    r"\b(?:mak(?:e|es|ing)|made|be)\s+sure to$|\byou(?:['’]re|\s+are)\s+guaranteeing$"
    r"|\b(?:avoid|wording|language|words|phrases|red flags?)\b.{0,60}\bguarantee\w*$",
    re.I,
)
_DENIED = lazy(r"(?:\bnot|n['’]t|\bas)\s+$", re.I)  # "won't instantly stop", "as always with massage"
_MANNER = lazy(r"\b(?:\w{1,30}ly|always)$", re.I)  # how something is done; the others say to whom or when
_BEFORE = 120  # characters in front of a word that are looked at
_WHOLE = frozenset({"100", "one hundred percent"})
# Of an effect: "100 % effective", "relieves stress 100 %"; others are what something holds: "100 % oxygen".
_OF_EFFECT = lazy(
    r"\s*%?\s*(?:of\b|effective|safe|success|relief|result|recover|cure|certain|sure|guarantee|[^\s\w]|$)", re.I
)


def check(doc: Document, *, reader: bool = True) -> Iterator[Hit]:
    """Report what the analysis hears, and what the trained reader hears unless ``reader`` is false."""
    return heard(doc, "absolute", reader=reader)


def analysed(doc: Document) -> Iterator[Hit]:
    """Report one absolute or promise per sentence."""
    severe = frozenset(terms("absolutes", "severe"))
    seen: set[int] = set()
    for claim in claims(doc):
        if not claim.fires or id(claim.sentence) in seen:
            continue
        if claim.kind in _PROMISES:
            if _NO_GUARANTEE.search(claim.sentence.text[max(claim.end - _BEFORE, 0) : claim.end]):
                continue
            seen.add(id(claim.sentence))
            yield Hit(claim.span, {"match": shortened(claim.text)}, claim.kind, _PROMISES[claim.kind])
        elif claim.kind in {"efficacy", "mechanism", "cure"} and (places := _meant(claim)):
            seen.add(id(claim.sentence))
            yield _universal(claim, places, severe)


def _meant(claim: Claim) -> Sequence[tuple[int, int]]:
    """The absolute words that are about the effect, as ranges of the sentence's text."""
    return [place for place in claim.absolutes if _of_effect(claim, *place)]


def _of_effect(claim: Claim, first: int, last: int) -> bool:
    text = claim.sentence.text
    if _DENIED.search(text[max(first - _BEFORE, 0) : first]):
        return False
    if _bare(text[first:last]) in _WHOLE:
        return bool(_OF_EFFECT.match(text, last))
    if not _MANNER.fullmatch(text[first:last]):
        return True
    between = text[last : claim.start].split()  # "always rinse to soothe the skin": of another verb
    return "," not in text[claim.end : first] and all(word.endswith("ly") for word in between)


def _universal(claim: Claim, places: Sequence[tuple[int, int]], severe: frozenset[str]) -> Hit:
    text = claim.sentence.text
    first, last = max(places, key=lambda place: _bare(text[slice(*place)]) in severe)
    word = text[first:last]
    span = claim.sentence.span(min(first, claim.start), max(last, claim.end))
    severity = Severity.ERROR if _bare(word) in severe else Severity.WARNING
    return Hit(span, {"match": shortened(claim.text), "word": word}, severity=severity)


def _bare(word: str) -> str:
    """'Everyone' and '100%' as the word list has them."""
    return word.casefold().rstrip(" %")
