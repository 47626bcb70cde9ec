"""Readers steered away from medicines, surgery or a doctor."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.claims.subjects import topic
from acu_lint_rules.analysis.claims.wordings import Wording, find, has, joined, near, read, said, words
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.layout import shortened
from acu_lint_rules.analysis.text.lexicon import Range, terms
from acu_lint_rules.analysis.text.sentence import SentenceView
from acu_lint_rules.claims._heard import heard

_REACH = 5  # words between 'without the need for' and the care that is left out
_FORBIDDEN = frozenset({"shouldn't", "mustn't"})
_DENYING = frozenset({"not", "never", "aren't", "isn't", "cannot", "don't"})
_TIMED = frozenset(
    {"before", "prior", "hours", "days", "until", "prolonged"}
)  # of advice: "avoid aspirin for two days"
_RELATIVES = frozenset({"that", "which", "who"})
_FROM_NOW = frozenset({"anymore", "again", "longer", "ever", "never", "with", "after", "thanks"})


def check(doc: Document, *, reader: bool = True) -> Iterator[Hit]:
    """Report what the analysis hears, and what the trained reader hears unless ``reader`` is false."""
    return heard(doc, "replaces-care", reader=reader)


def analysed(doc: Document) -> Iterator[Hit]:
    """Report wordings that offer a therapy in the place of care."""
    for wording in read(doc, _READERS):
        mild = wording.text.casefold().startswith(terms("wordings", "mild_replacements"))
        severity = Severity.WARNING if mild else Severity.ERROR
        yield Hit(wording.span, {"match": shortened(wording.text)}, wording.kind, severity)


def _care(view: SentenceView, start: int) -> Range | None:
    """The medicine, surgery or doctor that is named from a word on."""
    found = find(view, "comparators", start, start + _REACH)
    if found is None or found.term.casefold() in words("not_care"):
        return None
    after = view.tokens[found.last] if found.last < len(view.tokens) else ""
    return None if after in words("not_left_out") else found


def _replace(doc: Document, view: SentenceView, cue: Range) -> Wording | None:
    """'without the need for medication', 'a replacement for surgery'."""
    if cue.term in {"substitute medicine", "beyond masking symptoms", "move beyond masking"}:
        known = near(doc, view) or topic(doc)
        return Wording(view, cue.first, cue.last) if known and said(doc, view, cue.first, cue.last) else None
    if cue.term.endswith("need") and _FROM_NOW.isdisjoint(view.tokens):
        return None
    other = _care(view, cue.last - (cue.term.split()[-1] in words("left_out")))
    if other is None or not near(doc, view) or not joined(view, cue.first, other.last):
        return None
    lead = view.lead.tokens if view.kind == "item" and view.lead else ()  # "Herbs are not meant to:"
    if not _FORBIDDEN.isdisjoint(view.tokens[: cue.first]) or not _DENYING.isdisjoint(lead):
        return None
    asking = words("asking_first") - {cue.term.split()[0]}  # "before turning to surgery"
    if not (words("alongside") | asking).isdisjoint(view.tokens) or _told(view, cue):
        return None
    return Wording(view, cue.first, other.last) if said(doc, view, cue.first, other.last) else None


def _told(view: SentenceView, cue: Range) -> bool:
    """'Avoid aspirin before your session' tells the reader what to do."""
    if not cue.term.startswith(terms("wordings", "mild_replacements")):
        return False
    before = view.tokens[cue.first - 1] if cue.first else ""
    avoided = view.tokens[cue.first : cue.last + _REACH]
    if avoided[0].startswith("avoid") and (before == "i" or not (_TIMED | _RELATIVES).isdisjoint(avoided)):
        return True  # "avoid aspirin for two days", "I avoid drugs", "avoid extremes that disturb hormones"
    starts = view.clauses[view.clause_number(cue.first)].first == cue.first
    benefit = any(tag.flags & (t.EFFECT | t.NOUN | t.ADJECTIVE) for tag in view.tags)
    told = starts and not benefit and cue.term.startswith("avoid")
    return told or (before in {"to", "should", "must", "please", "and"} and "help" not in view.tokens)


def _stop(doc: Document, view: SentenceView, cue: Range) -> Wording | None:
    """'get off your tablets', 'throw away your painkillers'."""
    other = _care(view, cue.last)
    if other is None or not (near(doc, view) or topic(doc)):
        return None
    if not words("asking_first").isdisjoint(view.tokens[: cue.first]) or has(view, "clinicians"):
        return None
    return Wording(view, cue.first, other.last, "stop") if said(doc, view, cue.first, other.last) else None


def _needless(doc: Document, view: SentenceView, cue: Range) -> Wording | None:
    """'surgery is not necessary', 'tablets are no longer needed'."""
    other = _care(view, cue.first - _REACH)
    if other is None or other.last > cue.first or not (near(doc, view) or topic(doc)):
        return None
    if not words("asking_first").isdisjoint(view.tokens) or has(view, "clinicians"):
        return None
    return Wording(view, other.first, cue.last) if said(doc, view, other.first, other.last) else None


_READERS = {"replace": _replace, "stop": _stop, "needless": _needless}
