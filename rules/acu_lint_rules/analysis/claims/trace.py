"""What the analysis of claims saw in each sentence, in words: what ``acu-lint explain --trace`` prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from acu_lint.api import Document, Span
from acu_lint_rules.analysis.citations.index import cited
from acu_lint_rules.analysis.claims.claim import Claim, claims
from acu_lint_rules.analysis.claims.promotion import promotes
from acu_lint_rules.analysis.claims.subjects import topic
from acu_lint_rules.analysis.text import marks as m
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.lexicon import Flag, Tagged
from acu_lint_rules.analysis.text.sentence import SentenceView, english_views

_CONTENT = {
    t.THERAPY: "therapy", t.PEOPLE: "practitioner", t.ANAPHOR: "stands for a therapy", t.CONDITION: "condition",
    t.OUTCOME: "symptom", t.BODY: "body", t.TRADITION: "tradition", t.EFFECT: "verb of effect",
    t.MECHANISM: "verb of mechanism", t.CURE: "verb of cure", t.CURE_PHRASE: "cure", t.CURE_NOUN: "cure",
    t.SELF_HEALING: "self-healing", t.ADJECTIVE: "praise", t.STRONG: "strong praise", t.NOUN: "noun of effect",
    t.SAFE: "safety", t.SAFE_ABSOLUTE: "safety without limits", t.UNIVERSAL: "absolute", t.GUARANTEE: "guarantee",
    t.COMPARATIVE: "comparative",
}  # fmt: skip
_FRAMES = {
    m.HEDGE: "hedge", m.AFTER: "hedge", m.FREQUENCY: "frequency", m.WEAK: "weak", m.PURPOSE: "purpose",
    m.BOOSTER: "booster", m.NEGATION: "negation", m.PSEUDO: "no real negation", m.DENIED_AFTER: "negation",
    m.BELIEF: "belief", m.EVIDENCE: "evidence", m.NAMED: "named source", m.REPORTING: "report",
    m.CONDITIONAL: "condition", m.REJECTING: "rejection", m.RISK: "risk", m.QUALIFIER: "limit",
    m.UNKNOWN: "not known",
}  # fmt: skip


def trace(doc: Document) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Yield for every sentence that the claims analysis read its place and what was seen there, line by line."""
    by_sentence: dict[int, list[Claim]] = {}
    for claim in claims(doc):
        by_sentence.setdefault(id(claim.sentence), []).append(claim)
    for view in english_views(doc):
        found = by_sentence.get(id(view.sentence), [])
        yield view.sentence.span(), tuple(_told(doc, view, found))


def _told(doc: Document, view: SentenceView, found: list[Claim]) -> Iterator[str]:
    yield f"words: {_words(view) or 'none that speak of a therapy or an effect'}"
    if about := topic(doc):
        yield f"the article is about: {about}"
    if promotes(doc):
        yield "the page promotes: what is said of nothing that a list knows is said of its offer"
    yield f"citation in reach: {'yes' if cited(doc, view.sentence) else 'no'}"
    if not found:
        yield f"no claim: {_missing(view)}"
    for claim in found:
        yield from _claim(claim)


def _words(view: SentenceView) -> str:
    """The words that the lists know, each with what it is."""
    told = [*_named(view.tags, _CONTENT), *_named(view.marks, _FRAMES)]
    return ", ".join(f"{term} ({name})" for _, term, name in sorted(told))


def _named(tags: Iterable[Tagged[Flag]], names: Mapping[Flag, str]) -> Iterator[tuple[int, str, str]]:
    """Where each term stands that has one of the flags, with the term and what it is."""
    for tag in tags:
        kinds = [name for flag, name in names.items() if cast("int", tag.flags) & cast("int", flag)]
        if kinds:
            yield tag.first, tag.term, " or ".join(dict.fromkeys(kinds))


def _missing(view: SentenceView) -> str:
    """Why there can be no claim in a sentence, as far as its words tell."""
    union = t.NOTHING
    for tag in view.tags:
        union |= tag.flags
    if not union & t.TRIGGER:
        return "no word says that something has an effect or is safe"
    if not union & (t.THERAPY | t.TRADITION | t.ANAPHOR):
        return "no therapy is named, and nothing stands for one"
    return "the words of effect are not said of the therapy"


def _claim(claim: Claim) -> Iterator[str]:
    yield f"claim: '{' '.join(claim.text.split())}' ({claim.kind})"
    yield f"  subject: {claim.subject or 'none'}"
    yield f"  predicate: {claim.verb}{f' ({claim.use})' if claim.use else ''}"
    yield f"  object: {claim.object or 'none'}"
    for name, values in (("hedges", claim.hedges), ("boosters", claim.boosters), ("stands because", claim.exempt)):
        if values:
            yield f"  {name}: {', '.join(map(str, values))}"
    if claim.weak:
        yield "  a weak wording"
    yield f"  {_verdict(claim)}"


def _verdict(claim: Claim) -> str:
    if claim.fires:
        return "stated as plain fact"
    return "may stand: hedged" if not claim.exempt else "may stand"
