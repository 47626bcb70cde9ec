"""A cure, a permanent end of a complaint, or self-healing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.claims.claim import Claim, claims
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.claims._report import hit, strongest

# What people do themselves: nobody is said to do it to a complaint.
_OWN = lazy(r"heal(?:s|ed|ing)? from\b|reclaim your life", re.I)
_NOUN = lazy(r"healing\s*(?:&|and\b)", re.I)  # "healing & recovery"
_WITH = lazy(r"\bwith\b")  # "eliminates donors with liver disease"


def _grade(claim: Claim) -> Severity:
    """A hedge makes a cure claim milder, never silent; so do 'the body heals itself' and 'heal from trauma'."""
    return Severity.WARNING if claim.hedges or claim.weak or _OWN.match(claim.text) else Severity.ERROR


def _promised(claim: Claim) -> bool:
    """Whether the words are a verb done to a complaint: not 'healing signals', 'our healing comes from ...'."""
    if claim.verb.casefold() == "healing":
        parted = claim.sentence.text[: claim.start].rstrip().endswith(",")
        return not _NOUN.match(claim.text) and (claim.use != "tail" or parted or bool(_OWN.match(claim.text)))
    return not _WITH.search(claim.object) and not claim.sentence.text.startswith(" time", claim.end)  # "recovery time"


def _mild(claim: Claim) -> bool:
    """'We believe that the body can heal itself' is an opinion."""
    return bool(claim.hedges) and claim.weak


def check(doc: Document) -> Iterator[Hit]:
    """Report promises of a cure."""
    cures = (claim for claim in claims(doc) if claim.kind == "cure" and claim.asserted and not _mild(claim))
    found = filter(_promised, cures)
    for claim in strongest(found, _grade):
        kind = "hedged" if claim.hedges else "default"
        yield hit(claim, _grade(claim), kind, "hedged_unworded" if claim.hedges else "unworded")
