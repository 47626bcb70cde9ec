"""What the analysis of claims saw in each sentence, in words: what ``acu-lint explain --trace`` prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from acu_lint.api import Document, Span
from acu_lint_rules.analysis.citations.index import cited
from acu_lint_rules.analysis.claims.claim import Claim, claims, lines, topic
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.sentence import Line
from acu_lint_rules.analysis.text.tags import Tag

_CONTENT = {
    t.THERAPY: "therapy", t.PEOPLE: "practitioner", t.ANAPHOR: "stands for a therapy", t.CONDITION: "condition",
    t.OUTCOME: "symptom", t.BODY: "body", t.TRADITION: "tradition", t.EFFECT: "verb of effect",
    t.MECHANISM: "verb of mechanism", t.CURE: "verb of cure", t.CURE_PHRASE: "cure", t.CURE_NOUN: "cure",
    t.SELF_HEALING: "self-healing", t.ADJECTIVE: "praise", t.STRONG: "strong praise", t.NOUN: "noun of effect",
    t.SAFE: "safety", t.SAFE_ABSOLUTE: "safety without limits", t.UNIVERSAL: "absolute", t.GUARANTEE: "guarantee",
    t.COMPARATIVE: "comparative",
}  # fmt: skip
_FRAMES = {
    t.HEDGE: "hedge", t.AFTER: "hedge", t.FREQUENCY: "frequency", t.WEAK: "weak", t.PURPOSE: "purpose",
    t.BOOSTER: "booster", t.NEGATION: "negation", t.PSEUDO: "no real negation", t.DENIED_AFTER: "negation",
    t.BELIEF: "belief", t.EVIDENCE: "evidence", t.NAMED: "named source", t.REPORTING: "report",
    t.CONDITIONAL: "condition", t.REJECTING: "rejection", t.RISK: "risk", t.QUALIFIER: "limit",
    t.UNKNOWN: "not known",
}  # fmt: skip


def trace(doc: Document) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Yield for every sentence that the claims analysis read its place and what was seen there, line by line."""
    by_sentence: dict[int, list[Claim]] = {}
    for claim in claims(doc):
        by_sentence.setdefault(id(claim.sentence), []).append(claim)
    for line in lines(doc):
        found = by_sentence.get(id(line.sentence), [])
        yield line.sentence.span(), tuple(_told(doc, line, found))


def _told(doc: Document, line: Line, found: list[Claim]) -> Iterator[str]:
    yield f"words: {_words(line) or 'none that speak of a therapy or an effect'}"
    if about := topic(doc):
        yield f"the article is about: {about}"
    yield f"citation in reach: {'yes' if cited(doc, line.sentence) else 'no'}"
    if not found:
        yield f"no claim: {_missing(line)}"
    for claim in found:
        yield from _claim(claim)


def _words(line: Line) -> str:
    """The words that the lists know, each with what it is."""
    told = [*_named(line.tags, _CONTENT), *_named(line.marks, _FRAMES)]
    return ", ".join(f"{tag.term} ({name})" for tag, name in sorted(told))


def _named(tags: Iterable[Tag], names: Mapping[int, str]) -> Iterator[tuple[Tag, str]]:
    for tag in tags:
        if name := " or ".join(dict.fromkeys(name for flag, name in names.items() if tag.flags & flag)):
            yield tag, name


def _missing(line: Line) -> str:
    """Why there can be no claim in a sentence, as far as its words tell."""
    union = 0
    for tag in line.tags:
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
    for name, values in (("hedges", claim.hedges), ("boosters", claim.boosters), ("stands because", claim.licences)):
        if values:
            yield f"  {name}: {', '.join(values)}"
    if claim.weak:
        yield "  a weak wording"
    yield f"  {_verdict(claim)}"


def _verdict(claim: Claim) -> str:
    if claim.fires:
        return "stated as plain fact"
    return "may stand: hedged" if not claim.licences else "may stand"
