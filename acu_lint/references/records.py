"""What an article leans on: the records that a pack's extractor ``references`` gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from acu_lint.document.source import Span

State = Literal["linked", "unlinked", "broken"]


class Reference(NamedTuple):
    """One place where an article cites or names a source.

    ``kind`` says what the source is known by: an identifier (doi, pmid, pmcid, arxiv, isbn, bookshelf, trial), an
    address (link), an entry of the references without either (entry), or a name alone (named-study, journal, body).
    ``value`` is its normal form: places with equal kind and value speak of the same source, and so do places that
    share one of ``also``, the pairs of kind and value that the source is known by besides. ``text`` is how the article
    puts it; ``title`` and ``years`` are what the article says about the work, where it does. ``listed`` means that the
    place belongs to a list of references. ``state`` is linked where something leads a reader to the source (nobody has
    looked whether it is there), unlinked where nothing does, broken where something should and does not; ``fault`` then
    says why.
    """

    kind: str
    value: str
    text: str
    span: Span
    title: str = ""
    years: tuple[int, ...] = ()
    url: str = ""
    also: tuple[tuple[str, str], ...] = ()
    state: State = "linked"
    fault: str = ""
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The references of an article in the order of the text, and how many of its sentences make a claim."""

    references: tuple[Reference, ...] = ()
    claims: int = 0
