"""The names that a rule author may import; everything else may change between versions."""

from .corpus import Corpus, Duplicate
from .document import META, OBJECT, PROSE, Block, Comment, Document, Image, Link, Meta, Sentence, Word
from .finding import Edit, Hit, Related, Severity
from .measure import measure
from .source import Source, Span

__all__ = [
    "META", "OBJECT", "PROSE", "Block", "Comment", "Corpus", "Document", "Duplicate", "Edit", "Hit", "Image",
    "Link", "Meta", "Related", "Sentence", "Severity", "Source", "Span", "Word", "measure",
]  # fmt: skip
