"""Universal words in a health claim, and promised results."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.claims.claim import Claim, claims
from acu_lint_rules.analysis.text.layout import shortened
from acu_lint_rules.analysis.text.lexicon import terms
from acu_lint_rules.claims._heard import heard

_PROMISES = {"guarantee": Severity.ERROR, "promise": Severity.WARNING}


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
            seen.add(id(claim.sentence))
            yield Hit(claim.span, {"match": shortened(claim.text)}, claim.kind, _PROMISES[claim.kind])
        elif claim.kind in {"efficacy", "mechanism", "cure"} and claim.absolutes:
            seen.add(id(claim.sentence))
            yield _universal(claim, severe)


def _universal(claim: Claim, severe: frozenset[str]) -> Hit:
    text = claim.sentence.text
    first, last = max(claim.absolutes, key=lambda place: _bare(text[slice(*place)]) in severe)
    word = text[first:last]
    span = claim.sentence.span(min(first, claim.start), max(last, claim.end))
    severity = Severity.ERROR if _bare(word) in severe else Severity.WARNING
    return Hit(span, {"match": shortened(claim.text), "word": word}, severity=severity)


def _bare(word: str) -> str:
    """'Everyone' and '100%' as the word list has them."""
    return word.casefold().rstrip(" %")
