"""One therapy for everything, and health in general as its effect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from acu_lint.api import Document, Hit, Severity, Span
from acu_lint_rules.analysis.claims.claim import Claim, claims, lines, topic
from acu_lint_rules.analysis.claims.wordings import Wording, find, has, near, read, said, therapy, words
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.lexicon import Range, fold, load, terms
from acu_lint_rules.analysis.text.sentence import Line
from acu_lint_rules.analysis.text.tags import Tag
from acu_lint_rules.claims._report import quoted

_REACH = 4  # words between "variety of" and "ailments"
_MANY, _FIELDS = 5, 3  # complaints in one sentence, and the fields of medicine they come from
_SINGULAR = frozenset({"ailment", "condition", "disease"})
_CLINIC = frozenset({"we", "i", "our"})


def check(doc: Document) -> Iterator[Hit]:
    """Report cure-alls, and wellness as the effect of a therapy; one finding per sentence."""
    seen: set[int] = set()
    for wording in (*read(doc, _READERS), *_lists(doc)):
        if id(wording.line.sentence) not in seen:
            seen.add(id(wording.line.sentence))
            severity = Severity.ERROR if wording.kind == "list" else Severity.WARNING
            yield Hit(wording.span, {"match": quoted(wording.text)}, wording.kind, severity)
    for claim in claims(doc):
        hit = _wellness(claim)
        if hit is not None and id(claim.sentence) not in seen:
            seen.add(id(claim.sentence))
            yield hit


def _wide(doc: Document, line: Line, cue: Range) -> Wording | None:
    """'treats a wide range of conditions'."""
    start = max(cue.first - _REACH, 0)
    wide = find(line, "breadth", start, cue.first)
    if wide is None or (wide.term == "many" and "other" in line.tokens[start : cue.first]):
        return None
    if cue.term in _SINGULAR and wide.term not in {"any", "every"}:
        return None
    of = "of" in line.tokens[wide.last : cue.first]
    if not of and wide.term not in {"any", "every", "all", "countless", "numerous"}:
        return None
    treats = find(line, "treating", max(wide.first - 8, 0), wide.first)
    if treats is None or not _acts(doc, line):
        return None
    return Wording(line, wide.first, cue.last, "wide") if said(doc, line, wide.first, cue.last) else None


def _acts(doc: Document, line: Line) -> bool:
    """Whether a therapy or the clinic is said to act."""
    return bool(near(doc, line)) or (bool(topic(doc)) and not _CLINIC.isdisjoint(line.tokens))


def _whole(doc: Document, line: Line, cue: Range) -> Wording | None:
    """'from head to toe', 'whatever ails you'."""
    if not _acts(doc, line) or not (has(line, "treating") or has(line, "treating", cue.first, cue.last)):
        return None
    return Wording(line, cue.first, cue.last, "wide") if said(doc, line, cue.first, cue.last) else None


@cache
def _fields() -> dict[str, str]:
    """The field of medicine of every complaint."""
    return {
        fold(term): name.removesuffix("_supervised")
        for name, group in load("conditions").items()
        if name != "generic_not_conditions"
        for term in group
    }


def _lists(doc: Document) -> Iterator[Wording]:
    """'We treat infertility, tinnitus, eczema, insomnia and IBS'."""
    for line in lines(doc):
        if len(line.tags) <= _MANY:
            continue
        named = [tag for tag in line.tags if tag.flags & t.CONDITION and fold(tag.term) in _fields()]
        if len(named) < _MANY or len({_fields()[fold(tag.term)] for tag in named}) < _FIELDS:
            continue
        if _treated(line, named) and said(doc, line, named[0].first, named[-1].last):
            yield Wording(line, named[0].first, named[-1].last, "list")


def _treated(line: Line, named: Sequence[Tag]) -> bool:
    """Whether the sentence says of a therapy, or of the clinic, that it treats what it lists."""
    before = line.tokens[: named[0].first]
    if words("treating").isdisjoint(before):
        return False
    return bool(therapy(line)) or not _CLINIC.isdisjoint(before)


def _wellness(claim: Claim) -> Hit | None:
    """'enhances overall wellness' as a claim of a therapy."""
    line = claim.line
    if line is None or not claim.fires or claim.weak or claim.kind not in {"efficacy", "mechanism"}:
        return None
    if fold(claim.subject) in _everyday():
        return None
    offset = claim.sentence.start
    first = next((i for i, word in enumerate(line.words) if word.start - offset >= claim.start), len(line.tokens))
    last = next((i for i, word in enumerate(line.words) if word.start - offset >= claim.end), len(line.tokens))
    severe = find(line, "wellness_severe", first, last)
    if severe is None and find(line, "wellness", first, last) is None:
        return None
    span: Span = claim.span
    return Hit(
        span,
        {"match": quoted(claim.text)},
        "wellness",
        Severity.ERROR if severe or claim.boosters else Severity.WARNING,
    )


@cache
def _everyday() -> frozenset[str]:
    """Sport and food, of which a general benefit may be told."""
    return frozenset(fold(term) for term in terms("interventions", "lifestyle", "foods", "physio", "mind_body"))


_READERS = {"wide": _wide, "whole": _whole}
