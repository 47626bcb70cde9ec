"""What an article promises of a therapy, as far as trust goes: how often, and by what kind of therapy."""

from __future__ import annotations

from collections.abc import Sequence

from acu_lint.api import Document, measure
from acu_lint_rules.analysis.claims.claim import Claim, claims
from acu_lint_rules.analysis.claims.exemptions import Exemption
from acu_lint_rules.analysis.page.regulation import kind
from acu_lint_rules.trust._article import subject

_KINDS = frozenset({"efficacy", "cure", "mechanism"})
_SOURCED = frozenset({Exemption.CITED, Exemption.ATTRIBUTED})
_HARMLESS = frozenset({"", "lifestyle", "foods"})  # nobody lists the risks of a walk or of berries


@measure
def benefits(doc: Document) -> Sequence[Claim]:
    """The effects of therapies that an article states: hedged and sourced ones too, not those denied or doubted.

    One for each sentence, a plain one where it has one.
    """
    found: dict[int, Claim] = {}
    for claim in claims(doc):
        if claim.kind in _KINDS and claim.exemptions <= _SOURCED and kind_of(doc, claim) not in _HARMLESS:
            key = id(claim.sentence)
            if key not in found or (claim.fires and not found[key].fires):
                found[key] = claim
    return tuple(found.values())


def kind_of(doc: Document, claim: Claim) -> str:
    """The kind of therapy that a claim is about ('it' is the one that the article is about)."""
    return kind(claim.subject) or subject(doc).kind
