"""Age offered as evidence."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.claims.subjects import topic
from acu_lint_rules.analysis.claims.wordings import Wording, find, near, read, said, therapy, words
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.layout import shortened
from acu_lint_rules.analysis.text.lexicon import Range
from acu_lint_rules.analysis.text.sentence import SentenceView

_BENEFIT = t.EFFECT | t.CURE | t.ADJECTIVE | t.NOUN | t.WORK
_REACH = 8  # words around a count of years in which the word of proof stands


def check(doc: Document) -> Iterator[Hit]:
    """Report praise of age: a warning where the sentence also claims a benefit, else a note."""
    for wording in read(doc, _READERS):
        view = wording.view
        benefit = any(tag.flags & _BENEFIT and not (tag.flags & (t.THERAPY | t.OBJECT)) for tag in view.tags)
        health = any(tag.flags & (t.CONDITION | t.OUTCOME) for tag in view.tags)
        severity = Severity.WARNING if wording.kind == "proof" or (benefit and health) else Severity.INFO
        yield Hit(wording.span, {"match": shortened(wording.text)}, severity=severity)


def _age(doc: Document, view: SentenceView, cue: Range) -> Wording | None:
    """'time-tested', 'an ancient remedy'."""
    if not (near(doc, view) or (topic(doc) and view.kind in {"item", "heading", "title"})):
        return None
    return Wording(view, cue.first, cue.last) if said(doc, view, cue.first, cue.last) else None


def _years(doc: Document, view: SentenceView, cue: Range) -> Wording | None:
    """'trusted for thousands of years', 'refined over millennia'."""
    proof = find(view, "proof", cue.first - _REACH, cue.first) or find(view, "proof", cue.last, cue.last + _REACH)
    if proof is None or not (therapy(view) or near(doc, view)):
        return None
    first, last = min(proof.first, cue.first), max(proof.last, cue.last)
    kind = "default" if proof.term in words("craft") else "proof"
    return Wording(view, first, last, kind) if said(doc, view, first, last) else None


_READERS = {"age": _age, "years": _years}
