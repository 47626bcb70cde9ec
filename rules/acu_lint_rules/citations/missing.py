"""Pages that lean on evidence and have no source at all."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.citations.broken import broken
from acu_lint_rules.analysis.citations.index import index
from acu_lint_rules.analysis.citations.malformed import readers
from acu_lint_rules.analysis.claims.claim import claims
from acu_lint_rules.analysis.evidence.evidence import evidence
from acu_lint_rules.analysis.evidence.unsourced import unsourced
from acu_lint_rules.analysis.page.kind import is_article

_MANY = 6  # statements from which on a page without any source must not ship
# letters without which a text has no citation but links
_CUES = ("://", "www.", "10.", "NBK", "ource")
_CLAIMS = 3  # claims of effect that count as one appeal to evidence


def check(doc: Document, *, least: int = 2) -> Iterator[Hit]:
    """Report a page once where it appeals to evidence, or makes claims of effect, and cites nothing.

    ``least`` is how many such statements a page must make.
    """
    if not is_article(doc):
        return
    leaning = len(evidence(doc)) + len(unsourced(doc))
    effects = sum(1 for claim in claims(doc) if claim.kind == "efficacy" and claim.fires)
    count = leaning + effects
    if count >= least and (leaning or effects >= _CLAIMS) and not _has_source(doc):
        yield Hit(doc.whole, {"count": count}, severity=Severity.ERROR if leaning >= _MANY else Severity.INFO)


def _has_source(doc: Document) -> bool:
    """Whether a page has any citation, or markers that once led to one (these have their own rule)."""
    found = index(doc)
    if found.entries or found.notes:
        return True
    cues = [cue for cue in _CUES if cue in doc.source.text]
    identified = bool(readers(doc))
    places = (
        block
        for block in doc.blocks
        if block.index in doc.links_by_block or identified or any(cue in block.text for cue in cues)
    )
    return any(found.marks(block) for block in places) or bool(broken(doc))
