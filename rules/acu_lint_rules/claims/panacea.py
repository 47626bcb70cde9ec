"""One therapy for everything, and health in general as its effect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from acu_lint.api import Document, Hit, Severity, Span
from acu_lint_rules.analysis.claims.claim import Claim, claims
from acu_lint_rules.analysis.claims.subjects import topic
from acu_lint_rules.analysis.claims.wordings import Wording, find, has, near, read, said, therapy, words
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.layout import shortened
from acu_lint_rules.analysis.text.lexicon import Range, fold, load, terms
from acu_lint_rules.analysis.text.sentence import SentenceView, english_views
from acu_lint_rules.analysis.text.tags import Tag

_REACH = 4  # words between "variety of" and "ailments"
_MANY, _FIELDS = 5, 3  # complaints in one sentence, and the fields of medicine they come from
# Words between "a range of" and "conditions" that name no field: others bound the claim, as in "shoulder conditions".
_UNBOUNDED = frozenset(
    "a the and or different various other many such common chronic acute serious complex health medical physical mental"
    " emotional everyday human painful difficult stubborn modern lifestyle related unrelated your our their".split()
)
_SINGULAR = frozenset({"ailment", "condition", "disease"})
_CLINIC = frozenset({"we", "i", "our"})


def check(doc: Document) -> Iterator[Hit]:
    """Report cure-alls, and wellness as the effect of a therapy; one finding per sentence."""
    seen: set[int] = set()
    for wording in (*read(doc, _READERS), *_lists(doc)):
        if id(wording.view.sentence) not in seen:
            seen.add(id(wording.view.sentence))
            severity = Severity.ERROR if wording.kind == "list" else Severity.WARNING
            yield Hit(wording.span, {"match": shortened(wording.text)}, wording.kind, severity)
    for claim in claims(doc):
        hit = _wellness(claim)
        if hit is not None and id(claim.sentence) not in seen:
            seen.add(id(claim.sentence))
            yield hit


def _wide(doc: Document, view: SentenceView, cue: Range) -> Wording | None:
    """'treats a wide range of conditions'."""
    start = max(cue.first - _REACH, 0)
    wide = find(view, "breadth", start, cue.first)
    if wide is None or (wide.term == "many" and "other" in view.tokens[start : cue.first]):
        return None
    if cue.term in _SINGULAR and wide.term not in {"any", "every"}:
        return None
    of = "of" in view.tokens[wide.last : cue.first]
    if not of and wide.term not in {"any", "every", "all", "countless", "numerous"}:
        return None
    if of and not _unbounded(view, cue):
        return None
    treats = find(view, "treating", max(wide.first - 8, 0), wide.first)
    if treats is None or not _acts(doc, view):
        return None
    return Wording(view, wide.first, cue.last, "wide") if said(doc, view, wide.first, cue.last) else None


def _unbounded(view: SentenceView, cue: Range) -> bool:
    """Whether no word between the last "of" and the conditions names a field."""
    start = cue.first
    while start and view.tokens[start - 1] != "of":
        start -= 1
    return _UNBOUNDED.issuperset(view.tokens[start : cue.first])


def _acts(doc: Document, view: SentenceView) -> bool:
    """Whether a therapy or the clinic is said to act."""
    return bool(near(doc, view)) or (bool(topic(doc)) and not _CLINIC.isdisjoint(view.tokens))


def _whole(doc: Document, view: SentenceView, cue: Range) -> Wording | None:
    """'from head to toe', 'whatever ails you'."""
    if not _acts(doc, view) or not (has(view, "treating") or has(view, "treating", cue.first, cue.last)):
        return None
    return Wording(view, cue.first, cue.last, "wide") if said(doc, view, cue.first, cue.last) else None


@cache
def _fields() -> dict[str, str]:
    """The field of medicine of every complaint."""
    return {
        fold(term): name.removesuffix("_supervised")
        for name, group in (*load("icd_conditions").items(), *load("conditions").items())
        if name != "generic_not_conditions"
        for term in group
    }


def _lists(doc: Document) -> Iterator[Wording]:
    """'We treat infertility, tinnitus, eczema, insomnia and IBS'."""
    for view in [view for view in english_views(doc) if len(view.tags) > _MANY]:
        named = [tag for tag in view.tags if tag.flags & t.CONDITION and fold(tag.term) in _fields()]
        if len(named) < _MANY or len({_fields()[fold(tag.term)] for tag in named}) < _FIELDS:
            continue
        if _treated(view, named) and said(doc, view, named[0].first, named[-1].last):
            yield Wording(view, named[0].first, named[-1].last, "list")


def _treated(view: SentenceView, named: Sequence[Tag]) -> bool:
    """Whether the sentence says of a therapy, or of the clinic, that it treats what it lists."""
    before = view.tokens[: named[0].first]
    if words("treating").isdisjoint(before):
        return False
    return bool(therapy(view)) or not _CLINIC.isdisjoint(before)


def _wellness(claim: Claim) -> Hit | None:
    """'enhances overall wellness' as a claim of a therapy."""
    view = claim.view
    if view is None or not claim.fires or claim.weak or claim.kind not in {"efficacy", "mechanism"}:
        return None
    if fold(claim.subject) in _everyday():
        return None
    offset = claim.sentence.start
    first = next((i for i, word in enumerate(view.words) if word.start - offset >= claim.start), len(view.tokens))
    last = next((i for i, word in enumerate(view.words) if word.start - offset >= claim.end), len(view.tokens))
    severe = find(view, "wellness_severe", first, last)
    if severe is None and find(view, "wellness", first, last) is None:
        return None
    span: Span = claim.span
    return Hit(
        span,
        {"match": shortened(claim.text)},
        "wellness",
        Severity.ERROR if severe or claim.boosters else Severity.WARNING,
    )


@cache
def _everyday() -> frozenset[str]:
    """Sport and food, of which a general benefit may be told."""
    return frozenset(fold(term) for term in terms("interventions", "lifestyle", "foods", "physio", "mind_body"))


_READERS = {"wide": _wide, "whole": _whole}
