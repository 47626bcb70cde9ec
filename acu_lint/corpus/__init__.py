"""Articles compared with each other: which ones repeat which, how much, and where.

Nothing heavy is imported here; scikit-learn and its like are loaded with the first comparison.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..document import Document
from ..source import Source, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of ``words`` words that two articles share: its source on this side and the other."""

    here: Span
    there: Span
    words: int


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Another article of the corpus that nearly repeats a document.

    ``cosine``, ``jaccard`` and ``containment`` lie between 0 and 1; ``title`` is where the other
    article's title stands in its ``source`` (empty at 0 where it has none).
    """

    path: str
    source: Source
    title: Span
    cosine: float
    jaccard: float
    containment: float
    passages: tuple[Passage, ...]


class Corpus:
    """The articles that a document is compared with."""

    def __init__(self, documents: Iterable[Document] = (), *, checked: Iterable[str] = ()) -> None:
        self._documents = tuple(documents)
        self._checked = frozenset(checked)

    def duplicates_of(self, doc: Document, threshold: float) -> Sequence[Duplicate]:
        """Articles whose cosine with ``doc`` reaches ``threshold``, the nearest first."""
        raise NotImplementedError
