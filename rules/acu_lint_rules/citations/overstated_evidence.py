"""Evidence that is made stronger than it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from acu_lint.api import Document, Hit, Sentence, Severity
from acu_lint_rules.analysis.citations.broken import excused
from acu_lint_rules.analysis.evidence.strength import find
from acu_lint_rules.analysis.text.patterns import lazy

# "Whether that matters to anybody is debated" says itself what the rule asks for.
_WEIGHED = lazy(r"\b(?:whether|unclear|unknown|uncertain|debated|not (?:yet )?known)\b", re.I)
_BEHIND = 160  # characters, about a sentence


def _weighed(sentence: Sentence) -> bool:
    """Whether a sentence asks, or it or the next one weighs what a measurement means."""
    if sentence.text.rstrip().endswith("?"):
        return True
    return bool(_WEIGHED.search(sentence.block.text, sentence.start, sentence.start + len(sentence.text) + _BEHIND))


def check(doc: Document) -> Iterator[Hit]:
    """Report proof, grades and labels that no citation bears out; with one, only words that end every doubt."""
    for item in find(doc):
        if item.form == "marker" and _weighed(item.sentence):
            continue
        cited = excused(doc, item.sentence)
        if cited and not item.final:
            continue
        severity = Severity.ERROR if item.final else None
        if cited or item.form == "marker":
            severity = Severity.INFO
        yield Hit(
            item.sentence.span(item.start, item.end),
            {"match": " ".join(item.sentence.text[item.start : item.end].split())},
            message=item.form,
            severity=severity,
        )
