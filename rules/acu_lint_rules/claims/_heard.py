"""What the analysis hears of claims and what the reader adds, for the rules whose kind of claim both can hear."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module

from acu_lint.api import Document, Hit, Severity, measure
from acu_lint_rules.analysis.claims.claim import claims
from acu_lint_rules.analysis.reader.heard import Found, Placed, added, found_by_rules, judged, placed
from acu_lint_rules.analysis.reader.model import KINDS


def heard(doc: Document, kind: str, *, reader: bool) -> Iterator[Hit]:
    """The findings of a kind: those of the analysis, and with ``reader`` those that only the reader hears."""
    if not reader:
        yield from _analysed(doc, kind)
        return
    yield from judged("claim", _all(doc)[kind], _found(doc))
    yield from (hit for like, hit in _added(doc) if like == kind)


def _analysed(doc: Document, kind: str) -> Iterator[Hit]:
    """What the analysis hears of a kind."""
    return _analysis(kind)(doc)


@cache
def _analysis(kind: str) -> Callable[[Document], Iterator[Hit]]:
    """Each rule says in its own module what the analysis hears of its kind."""
    found: Callable[[Document], Iterator[Hit]] = import_module(
        f"acu_lint_rules.claims.{kind.replace('-', '_')}"
    ).analysed
    return found


@measure
def _all(doc: Document) -> Mapping[str, Sequence[Placed]]:
    """What the analysis hears, by kind: where one rule reports a sentence, the reader adds no second finding."""
    return {kind: placed(doc, _analysed(doc, kind)) for kind in KINDS}


@measure
def _found(doc: Document) -> Found:
    cures = (Hit(claim.span, severity=Severity.ERROR) for claim in claims(doc) if claim.kind == "cure" and claim.fires)
    return found_by_rules([*placed(doc, cures), *(hit for hits in _all(doc).values() for hit in hits)])


@measure
def _added(doc: Document) -> Sequence[tuple[str, Hit]]:
    """What the reader alone hears, each with the kind of claim that it reads like most."""
    return [(reading.kind, hit) for reading, hit in added(doc, "claim", _found(doc))]
