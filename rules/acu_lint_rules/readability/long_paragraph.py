"""``readability/long-paragraph``: a paragraph that holds more than a reader takes in at a glance."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.citations.own_voice import paragraphs
from acu_lint_rules.analysis.page.audience import Audience, audience_of
from acu_lint_rules.analysis.page.kind import is_article
from acu_lint_rules.analysis.text.layout import is_ended

_WORD, _SENTENCE = 3, 10  # characters, at least; for a first look at the length of a paragraph


def check(  # noqa: PLR0913 -- one parameter per option
    doc: Document,
    *,
    audience: Audience = "general",
    words: int = 150,
    sentences: int = 8,
    note_words: int = 100,
    note_sentences: int = 5,
) -> Iterator[Hit]:
    """Yield each paragraph of more than ``words`` words or ``sentences`` sentences: a warning in texts for patients.

    One of more than ``note_words`` words and ``note_sentences`` sentences is a note, and so are all in texts for
    others. References, legal text, quotations and conversations are left alone.
    """
    if not is_article(doc):
        return
    strict = Severity.WARNING if audience_of(doc, audience) == "patients" else Severity.INFO
    floor = min(_WORD * min(words, note_words), _SENTENCE * sentences)
    for block in paragraphs(doc):
        if len(block.text) <= floor:
            continue
        size, parts = len(block.folded), len(block.bounds) - 1
        if parts > note_sentences:  # lines and facts are no sentences that make a paragraph long
            parts = max(sum(map(is_ended, block.sentences)), 1)
        noted = size > note_words and parts > note_sentences
        long = size > words or parts > sentences
        if long or noted:
            told = f"{parts} sentences" if parts > 1 else "one sentence"
            data = {"words": size, "sentences": parts, "parts": told}
            yield Hit(block.span(), data, severity=strict if long else Severity.INFO)
