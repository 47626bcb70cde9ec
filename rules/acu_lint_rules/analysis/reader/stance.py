"""What the analysis hears that bounds a sentence: then the reader does not warn, whatever its words weigh."""

from __future__ import annotations

from acu_lint_rules.analysis.citations.index import cited
from acu_lint_rules.analysis.claims.stance import frame
from acu_lint_rules.analysis.reader.features import context
from acu_lint_rules.analysis.text import marks as m
from acu_lint_rules.analysis.text.sentence import SentenceView

_BOUNDS = m.HEDGE | m.AFTER | m.REJECTING | m.UNKNOWN | m.BELIEF | m.DENIED_AFTER


def vetoed(view: SentenceView) -> bool:
    """Whether a sentence asks, hedges, denies proof, reports a belief or a doubt, or has a citation in reach.

    A plain "no" or "not" is no veto: "no side effects", "without surgery" and "you will not feel that pain again" are
    claims, and the reader has learnt such words. Where the analysis hears claims, and a reason for each why it may
    stand (denied, a condition ...), the reader has none to add.
    """
    if view.is_question or cited(view.doc, view.sentence):
        return True
    if any(mark.flags & _BOUNDS for mark in view.marks) or frame(view):
        return True
    said = context(view.doc).claims.get(id(view))
    return said is not None and not any(claim.fires for claim in said)
