"""The names that a rule author may import; everything else may change between versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .document import META, OBJECT, PROSE, Block, Comment, Document, Image, Link, Meta, Sentence, Word
from .finding import Edit, Hit, Related, Severity
from .language import language
from .measure import measure
from .references import Bibliography, Reference
from .source import Source, Span
from .vocabulary import Approval, Vocabulary

if TYPE_CHECKING:
    from .corpus import Article, Corpus, Duplicate, Passage, Run

__all__ = [
    "META", "OBJECT", "PROSE", "Approval", "Article", "Bibliography", "Block", "Comment", "Corpus", "Document",
    "Duplicate", "Edit", "Hit", "Image", "Link", "Meta", "Passage", "Reference", "Related", "Run", "Sentence",
    "Severity", "Source", "Span", "Vocabulary", "Word", "language", "measure",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import what only corpus rules need when one of them asks for it."""
    if name in {"Article", "Corpus", "Duplicate", "Passage", "Run"}:
        from . import corpus  # noqa: PLC0415 -- most rules do without

        return getattr(corpus, name)
    raise AttributeError(name)
