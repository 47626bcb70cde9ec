"""The other side of the benefits: risks, and who should take care."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.trust._article import full_article, subject
from acu_lint_rules.trust._benefits import benefits, kind_of
from acu_lint_rules.trust._signals import signals

# Needles, heat, herbs and the like: what nobody should have without being asked about their health.
_NEEDING_CARE = frozenset(
    {"acupuncture", "dry_needling", "cupping", "moxibustion", "gua_sha", "tcm", "herbs", "cannabis", "iv"}
)
_NEEDLES = frozenset({"acupuncture", "dry_needling"})
_WITH_RISKS = _NEEDING_CARE | {"supplements", "chiropractic", "osteopathy", "tui_na"}


def check(doc: Document, *, min_words: int = 100, least: int = 2, inherited_risks: bool = False) -> Iterator[Hit]:
    """Find an article that states ``least`` or more benefits of a therapy and no risks, or not who should take care.

    ``min_words`` is the length from which a text is an article; ``inherited_risks`` says that the site puts safety
    information on the page.
    """
    if inherited_risks or len(benefits(doc)) < least or not full_article(doc, min_words=min_words):
        return
    stated = benefits(doc)
    kinds = {kind_of(doc, claim) for claim in stated}
    plain = sum(claim.fires for claim in stated)
    data = {"count": len(stated), "therapy": stated[0].subject}
    if "risks" not in signals(doc):
        grave = plain >= least and bool(subject(doc).therapy) and not kinds.isdisjoint(_WITH_RISKS)
        message = "default" if kinds.isdisjoint(_NEEDLES) else "needles"
        yield Hit(doc.whole, data, message, Severity.WARNING if grave else Severity.INFO)
    elif "caution" not in signals(doc) and plain >= least and subject(doc).kind in _NEEDING_CARE:
        yield Hit(doc.whole, data, "caution", Severity.WARNING)
