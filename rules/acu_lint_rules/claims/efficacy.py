"""An effect on a symptom or a disease, stated as plain fact."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit, Related, Severity
from acu_lint_rules.analysis.claims.claim import Claim, claims
from acu_lint_rules.analysis.claims.lists import ComplaintList, complaint_lists
from acu_lint_rules.analysis.text.layout import shortened
from acu_lint_rules.analysis.text.lexicon import fold
from acu_lint_rules.claims._heard import heard
from acu_lint_rules.claims._report import hit, strongest

_NOUNS = frozenset({"control condition", "control group"})  # of a trial
_MOST_RELATED = 50  # complaints of a list that a finding names


def grade(claim: Claim) -> Severity:
    """Error with a booster, info for 'can', purposes and frequencies, warning in between."""
    if claim.weak:
        return Severity.WARNING if claim.boosters else Severity.INFO
    return Severity.ERROR if claim.boosters else Severity.WARNING


def check(doc: Document, *, reader: bool = True) -> Iterator[Hit]:
    """Report what the analysis hears, and what the trained reader hears unless ``reader`` is false."""
    return heard(doc, "efficacy", reader=reader)


def analysed(doc: Document) -> Iterator[Hit]:
    """Report the claims of effect that nothing bounds."""
    leads = {id(listed.lead.sentence) for listed in complaint_lists(doc)}
    found = (
        claim for claim in claims(doc)
        if claim.kind == "efficacy" and claim.fires
        and id(claim.sentence) not in leads and fold(claim.text) not in _NOUNS
    )  # fmt: skip
    for claim in strongest(found, grade):
        kind = "boosted" if claim.boosters else "default"
        yield hit(claim, grade(claim), kind, "boosted" if claim.boosters else "unworded")
    for listed in complaint_lists(doc):
        if not listed.bounded:
            yield _listed(listed)


def _listed(found: ComplaintList) -> Hit:
    """One finding on the line that leads a list of complaints."""
    text = found.lead.sentence.text
    return Hit(
        found.lead.span(0, len(found.lead)),
        {"match": shortened(text), "count": len(found.items)},
        "listed",
        Severity.INFO if found.weak else Severity.WARNING,
        related=tuple(Related(item.view.sentence.span(), "in this list") for item in found.items[:_MOST_RELATED]),
    )
