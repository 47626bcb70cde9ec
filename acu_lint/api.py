"""The names that a rule author may import; everything else may change between versions.

What a rule, a measure or an extractor says depends on its document, its options, the corpus and files of its own pack,
and on nothing else (clock, environment, network, other files): results are kept from run to run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from acu_lint.document.document import (
    META,
    OBJECT,
    PROSE,
    Block,
    Comment,
    Document,
    Image,
    Link,
    Meta,
    Sentence,
    Word,
    Words,
)
from acu_lint.document.flavour import Flavour
from acu_lint.document.language import language, language_of
from acu_lint.document.measure import measure
from acu_lint.document.page_flavour import anchor_flavour
from acu_lint.document.publication import CANONICAL_KEYS, Publication, plain_key, publication
from acu_lint.document.site import Site, SiteFile
from acu_lint.document.source import Source, Span
from acu_lint.document.spelling import APOSTROPHES, fold, hyphenated
from acu_lint.document.vocabulary import Approval, Vocabulary
from acu_lint.parse.mask import VOID
from acu_lint.rules.finding import Edit, Hit, Related, Severity
from acu_lint.system.patterns import compiled
from acu_lint.system.prepared import prepared

if TYPE_CHECKING:
    from acu_lint.corpus.corpus import Article, Corpus, Duplicate, Passage, Run
    from acu_lint.references.records import Bibliography, Reference

__all__ = [
    "APOSTROPHES", "CANONICAL_KEYS", "META", "OBJECT", "PROSE", "VOID", "Approval", "Article", "Bibliography",
    "Block", "Comment", "Corpus", "Document", "Duplicate", "Edit", "Flavour", "Hit", "Image", "Link", "Meta",
    "Passage", "Publication", "Reference", "Related", "Run", "Sentence", "Severity", "Site", "SiteFile", "Source",
    "Span", "Vocabulary", "Word", "Words", "anchor_flavour", "compiled", "fold", "hyphenated", "language",
    "language_of", "measure", "plain_key", "prepared", "publication",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import what few rules need when one of them asks for it."""
    if name in {"Bibliography", "Reference"}:
        from acu_lint.references import records  # noqa: PLC0415 -- for lists of sources only

        return getattr(records, name)
    if name in {"Article", "Corpus", "Duplicate", "Passage", "Run"}:
        from acu_lint.corpus import corpus  # noqa: PLC0415 -- most rules do without

        return getattr(corpus, name)
    raise AttributeError(name)
