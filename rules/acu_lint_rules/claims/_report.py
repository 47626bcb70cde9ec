"""What every claim rule says about a claim: the words, and a hedged wording."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from acu_lint.api import Hit, Severity
from acu_lint_rules.analysis.claims.claim import Claim
from acu_lint_rules.analysis.claims.rewrite import hedged, replacement, rewrite

_SHOWN = 90  # characters of a quotation in a message


def strongest(claims: Iterable[Claim], severity: Callable[[Claim], Severity]) -> Iterator[Claim]:
    """One claim per sentence: the most severe, of equals the first."""
    best: dict[int, Claim] = {}
    for claim in claims:
        key = id(claim.sentence)
        if key not in best or severity(claim) > severity(best[key]):
            best[key] = claim
    yield from best.values()


def quoted(text: str) -> str:
    """The words for a message, on one line and not too long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else f"{flat[:_SHOWN].rsplit(' ', 1)[0]} …"


def hit(claim: Claim, severity: Severity, message: str = "default") -> Hit:
    """The finding about a claim."""
    return Hit(
        claim.span,
        {
            "match": quoted(claim.text),
            "subject": claim.subject,
            "rewrite": rewrite(claim),
            "hedged": hedged(claim) or "may work in this way",
        },
        message=message,
        severity=severity,
        expected=replacement(claim),
    )
