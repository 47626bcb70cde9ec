"""What the analysis hears of sources and figures, and what the reader adds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from acu_lint.api import Document, Hit
from acu_lint_rules.analysis.citations.broken import excused
from acu_lint_rules.analysis.evidence.evidence import leaning
from acu_lint_rules.analysis.reader import heard as together
from acu_lint_rules.analysis.reader.reading import Reading
from acu_lint_rules.analysis.text import marks as m


def heard(doc: Document, label: str, analysed: Iterable[Hit], *, reader: bool) -> Iterator[Hit]:
    """The findings of a rule; with ``reader`` also those of the reader, where nothing else is said about the source."""
    if not reader:
        yield from analysed
        return
    told = leaning(doc)

    def wanted(reading: Reading) -> bool:
        """Whether nothing else is said about the source, and nothing is denied: 'has not been shown to help'."""
        view = reading.view
        if (view.block.index, view.sentence.start) in told or excused(doc, view.sentence):
            return False
        return not any(mark.flags & m.NEGATION and not mark.flags & m.PSEUDO for mark in view.marks)

    yield from together.heard(doc, label, analysed, wanted)
