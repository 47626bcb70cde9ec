"""Complaints that may not be advertised, or that no regulator accepts for a therapy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from acu_lint.api import Document, Hit, Severity, Span
from acu_lint_rules.analysis.claims.claim import Claim, claims
from acu_lint_rules.analysis.claims.lists import Complaint, ComplaintList, complaint_lists
from acu_lint_rules.analysis.claims.subjects import is_therapy, topic
from acu_lint_rules.analysis.claims.wordings import Wording, said, words
from acu_lint_rules.analysis.page.regulation import kind, law, unaccepted
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.layout import shortened
from acu_lint_rules.analysis.text.rare_phrases import vocabulary
from acu_lint_rules.analysis.text.sentence import SentenceView, english_views
from acu_lint_rules.analysis.text.tags import Tag
from acu_lint_rules.claims._report import harms

PROFILES = ("us", "uk", "au", "de", "eu", "ca")
_KINDS = frozenset({"efficacy", "cure", "mechanism"})
_EASED = frozenset(
    "relief remission improvement improvements reduction reductions recovery decrease freedom fewer less better lower"
    " improved reduced".split()
)
_BEHIND = 3  # words behind a claim in which the complaint may be named: "relief from tinnitus"


def check(doc: Document, *, profile: tuple[str, ...] = PROFILES) -> Iterator[Hit]:
    """Report one restricted or unaccepted complaint per sentence, by the laws of ``profile``."""
    seen: set[int] = set()
    for claim in claims(doc):
        if claim.kind in _KINDS and claim.asserted and id(claim.sentence) not in seen:
            hit = _claimed(claim, claim.subject if kind(claim.subject) else topic(doc), profile)
            if hit is not None:
                seen.add(id(claim.sentence))
                yield hit
    for found in complaint_lists(doc):
        for item in found.items:
            if id(item.view.sentence) not in seen and (hit := _listed(found, item, profile)) is not None:
                seen.add(id(item.view.sentence))
                yield hit
    offering = words("offering") & vocabulary(doc)
    for view in english_views(doc) if offering else ():
        if offering.isdisjoint(view.tokens) or id(view.sentence) in seen:
            continue
        hit = _offered(doc, view, profile)
        if hit is not None:
            yield hit


def _claimed(claim: Claim, therapy: str, profile: tuple[str, ...]) -> Hit | None:
    """What a claim of effect says about a complaint."""
    view = claim.view
    if not therapy:
        return None
    offset = claim.sentence.start
    for tag in view.tags:
        if not tag.flags & t.CONDITION or not _within(view, tag, claim, offset) or _harmed(view, tag, claim, offset):
            continue
        hit = _judged(view, tag, _Case(therapy, profile, claim.span, claim))
        if hit is not None:
            return hit
    return None


def _within(view: SentenceView, tag: Tag, claim: Claim, offset: int) -> bool:
    """Whether a complaint is named in the words of a claim or just behind them."""
    if view.words[tag.first].start - offset < claim.start:
        return False
    between = [word for word in view.words[: tag.first] if word.start - offset >= claim.end]
    last = view.clauses[view.clause_number(tag.first)].first
    return len(between) < _BEHIND and (not between or view.words[last].start - offset < claim.end)


def _harmed(view: SentenceView, tag: Tag, claim: Claim, offset: int) -> bool:
    """'can lead to infertility', 'affects fertility': not said to treat, as 'leads to fewer migraines' is."""
    before = zip(view.words[: tag.first], view.tokens, strict=False)
    inside = {token for word, token in before if word.start - offset >= claim.start}
    return not harms().isdisjoint(inside) and _EASED.isdisjoint(inside)


def _listed(found: ComplaintList, item: Complaint, profile: tuple[str, ...]) -> Hit | None:
    """What the law says of a complaint in a list of those that are treated."""
    if found.bounded or not found.therapy:
        return None
    span = item.view.span(item.tag.first, item.tag.last)
    hit = _judged(item.view, item.tag, _Case(found.therapy, profile, span, bounded=found.weak))
    return hit if hit is not None and hit.message == "prohibited" else None


class _Case(NamedTuple):
    """What is judged: a claim, or an offer (no claim) of a therapy, by the laws of some countries."""

    therapy: str
    profile: tuple[str, ...]
    span: Span
    claim: Claim | None = None
    bounded: bool = False


def _judged(view: SentenceView, tag: Tag, case: _Case) -> Hit | None:
    """The finding about a complaint; a bounded claim is a note unless the clinic speaks of itself."""
    therapy, profile, span, claim, bounded = case
    name = view.block.text[view.words[tag.first].start : view.words[tag.last - 1].end]
    data = {"condition": name, "therapy": therapy, "match": shortened(claim.text if claim else name)}
    bounded = bounded or (claim is not None and (bool(claim.hedges) or claim.weak))
    forbidding = law(tag.term, therapy, profile)
    if forbidding:
        severity = Severity.ERROR
        if bounded:
            severity = Severity.INFO if words("offering").isdisjoint(view.tokens) else Severity.WARNING
        return Hit(span, {**data, "law": forbidding}, "prohibited", severity)
    source = "" if bounded else unaccepted(tag.term, therapy, profile)
    if not source:
        return None
    severity = Severity.ERROR if claim is not None and claim.boosters else Severity.WARNING
    return Hit(span, {**data, "source": source}, "unaccepted", severity)


def _offered(doc: Document, view: SentenceView, profile: tuple[str, ...]) -> Hit | None:
    """'We offer acupuncture for infertility, tinnitus and asthma'."""
    for tag in view.tags:
        if tag.flags & t.THERAPY and is_therapy(view, tag) and view.tokens[tag.last : tag.last + 1] == ("for",):
            named = [other for other in view.tags if other.flags & t.CONDITION and other.first > tag.last]
            if named and named[0].first <= tag.last + 3 and said(doc, view, tag.first, named[0].last):
                span = Wording(view, tag.first, named[-1].last).span
                found = (_judged(view, other, _Case(tag.term, profile, span)) for other in named)
                return next((hit for hit in found if hit is not None), None)
    return None
