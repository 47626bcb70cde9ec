"""A result promised soon, or promised to last."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.claims.subjects import topic
from acu_lint_rules.analysis.claims.wordings import Wording, find, joined, near, read, said, therapy, words
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.layout import shortened
from acu_lint_rules.analysis.text.lexicon import Range, terms
from acu_lint_rules.analysis.text.sentence import SentenceView
from acu_lint_rules.claims._heard import heard

_REACH = 8  # words between a word of speed and the result
_BEHIND = 3  # words between 'lasting' and 'relief'
_NUMBERS = frozenset("one two three four five six a few single first".split())
_ENDED = t.CURE | t.EFFECT | t.IMPROVING


def check(doc: Document, *, reader: bool = True) -> Iterator[Hit]:
    """Report what the analysis hears, and what the trained reader hears unless ``reader`` is false."""
    return heard(doc, "promise", reader=reader)


def analysed(doc: Document) -> Iterator[Hit]:
    """Report promises of speed and of lasting effects."""
    for wording in read(doc, _READERS):
        text = wording.text.casefold()
        severe = text.startswith(terms("wordings", "severe_promises")) or text.endswith("permanently")
        yield Hit(
            wording.span,
            {"match": shortened(wording.text)},
            wording.kind,
            Severity.ERROR if severe else Severity.WARNING,
        )


def _about(doc: Document, view: SentenceView) -> bool:
    """Whether the sentence speaks of a therapy: it names one, or the text around it does."""
    return bool(near(doc, view) or (topic(doc) and view.kind in {"item", "heading", "title", "cell"}))


def _speed(doc: Document, view: SentenceView, cue: Range) -> Wording | None:
    """'instant relief', 'improvements in just three sessions'."""
    if not words("not_promised").isdisjoint(view.tokens) or _told(view, cue):
        return None
    first, last = cue.first, cue.last
    if cue.term not in words("whole_promises"):
        counted = (
            cue.term.startswith(("in ", "within ", "after ", "as ", "one ", "from ")) and "minutes" not in cue.term
        )
        if counted:
            spell = find(view, "spells", first + 1, last + _BEHIND)
            if spell is None or not _few(view, cue, spell):
                return None
            last = max(last, spell.last)
        result = find(view, "outcomes", last, last + _BEHIND) or _before(view, first)
        if result is None:
            return None
        first, last = min(first, result.first), max(last, result.last)
    visited = bool(topic(doc)) and not words("visits").isdisjoint(view.tokens[first:last])
    if not (visited or _about(doc, view)) or not joined(view, first, last) or not said(doc, view, first, last):
        return None
    return Wording(view, first, last, "speed")


def _told(view: SentenceView, cue: Range) -> bool:
    """'stop immediately if you feel faint', 'seek immediate help': what the reader is to do at once."""
    before, after = view.tokens[max(cue.first - 1, 0) : cue.first], view.tokens[cue.last : cue.last + 1]
    return cue.term.startswith("immediate") and (before == ("seek",) or after == ("if",))


def _few(view: SentenceView, cue: Range, spell: Range) -> bool:
    """'in three sessions', 'in just 1-3 sessions'; not 'in three 60-minute sessions a week'."""
    between = view.tokens[cue.first + 1 : spell.first]
    counted = any(token in _NUMBERS or token[0].isdigit() for token in between) or spell.first < cue.last
    return counted and "per" not in view.tokens[spell.last : spell.last + 1]


def _before(view: SentenceView, first: int) -> Range | None:
    """The result told before: 'notice improvements in ...', 'feel better overnight'."""
    start = max(first - _REACH, 0)
    found = find(view, "outcomes", start, first)
    while found is not None and (after := find(view, "outcomes", found.last, first)) is not None:
        found = after if after.first > found.last else Range(found.first, after.last, after.term, after.section)
    return found


def _lasting(doc: Document, view: SentenceView, cue: Range) -> Wording | None:
    """'lasting relief', 'more than just temporary', 'gone for good'."""
    if not _about(doc, view) or not words("not_promised").isdisjoint(view.tokens[cue.first : cue.last + _BEHIND]):
        return None
    first, last = cue.first, cue.last
    if cue.term.startswith(("effects", "benefits", "relief", "more than", "not just", "keeps", "never")):
        pass
    elif cue.term in words("lasting_verbs"):
        if find(view, "outcomes", 0, first) is None and not therapy(view):
            return None
    elif cue.term in {"for good", "for life", "forever", "permanently", "stays away", "for years to come"}:
        verb = next((tag for tag in view.tags if tag.flags & _ENDED and first - _REACH <= tag.first < last + 2), None)
        stands_alone = last == len(view.tokens) or view.gaps[last] != " " or cue.term == "permanently"
        if verb is None or not stands_alone:
            return None
        first, last = min(first, verb.first), max(last, verb.last)
    else:
        result = _benefit(view, last)
        if result is None:
            return None
        last = result.last
    return Wording(view, first, last, "lasting") if said(doc, view, first, last) else None


def _benefit(view: SentenceView, start: int) -> Range | None:
    """'relief' or 'pain relief' behind 'lasting'; not 'lasting pain'."""
    found = find(view, "outcomes", start, start + _BEHIND)
    if found is None or found.term in {"gone", "feel", "difference", "change", "changes", "cured", "healed"}:
        return None
    return found if joined(view, start, found.last) and "of" not in view.tokens[start : found.first] else None


_READERS = {"speed": _speed, "lasting": _lasting}
