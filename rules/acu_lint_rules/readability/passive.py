"""``readability/passive``: an article in which much is done and nobody does it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import starmap

from acu_lint.api import Block, Document, Hit, Related, Severity
from acu_lint_rules.analysis.citations.own_voice import aside
from acu_lint_rules.analysis.page.audience import Audience, audience_of
from acu_lint_rules.analysis.readability.passive import passive_sentences

_KINDS = frozenset({"paragraph", "item"})
_SHOWN = 5


def check(  # noqa: PLR0913 -- one parameter per option
    doc: Document,
    *,
    audience: Audience = "general",
    info: int = 15,
    warning: int = 25,
    sentences: int = 10,
    least: int = 5,
) -> Iterator[Hit]:
    """Yield one hit where more than ``info`` percent of the sentences have a passive verb.

    More than ``warning`` percent are a warning in texts for patients. Articles of fewer than ``sentences`` sentences,
    those with fewer than ``least`` passive ones and those for professionals are left alone, as is the passive that says
    who acts ("is checked by a nurse").
    """
    who = audience_of(doc, audience)
    if who == "professionals":
        return
    others = aside(doc)
    total = 0
    verbs: list[tuple[Block, int, int]] = []
    for block in doc.blocks:
        if block.kind in _KINDS and block.index not in others:
            total += len(block.bounds) - 1
            verbs += [(block, first, last) for _, first, last in passive_sentences(block)]
    share = 100 * len(verbs) / max(total, 1)
    if total >= sentences and len(verbs) >= least and share > info:
        data = {"percent": round(share), "passive": len(verbs), "sentences": total}
        severity = Severity.WARNING if share > warning and who == "patients" else Severity.INFO
        yield Hit(doc.whole, data, severity=severity, related=tuple(starmap(_shown, verbs[:_SHOWN])))


def _shown(block: Block, first: int, last: int) -> Related:
    start, end = block.words[first].start, block.words[last - 1].end
    return Related(block.span(start, end), f"passive: '{block.text[start:end]}'")
