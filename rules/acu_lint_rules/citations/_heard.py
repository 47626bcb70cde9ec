"""What the analysis hears of sources and figures, and what the reader adds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from acu_lint.api import Document, Hit
from acu_lint_rules.analysis.citations.broken import excused
from acu_lint_rules.analysis.evidence.evidence import leaning
from acu_lint_rules.analysis.reader import heard as together


def heard(doc: Document, label: str, analysed: Iterable[Hit], *, reader: bool) -> Iterator[Hit]:
    """The findings of a rule; with ``reader`` also those of the reader, where nothing else is said about the source."""
    if not reader:
        yield from analysed
        return
    told = leaning(doc)
    yield from together.heard(
        doc, label, analysed,
        lambda reading: (reading.view.block.index, reading.view.sentence.start) not in told
        and not excused(doc, reading.view.sentence),
    )  # fmt: skip
