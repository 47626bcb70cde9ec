"""The works that articles lean on: references that speak of the same source, put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from acu_lint.document.document import Document
from acu_lint.references.records import Bibliography, Reference, State

_ORDER = (
    "doi", "pmid", "pmcid", "trial", "arxiv", "isbn", "bookshelf", "link", "entry", "footnote",
    "named-study", "journal", "body",
)  # fmt: skip
NAMES = frozenset({"named-study", "journal", "body"})  # kinds that name a source and do not lead to it


class Place(NamedTuple):
    """Where an article uses a source: path, range, line and column from 1, and the words."""

    path: str
    start: int
    end: int
    line: int
    column: int
    reference: Reference


@dataclass
class Work:
    """One source, the places that use it, and what it is known by: normal form by kind, nothing for a mere name."""

    places: list[Place] = field(default_factory=list)
    identifiers: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        places, self.places = self.places, []
        for place in places:
            self.add(place)

    def add(self, place: Place) -> None:
        """Add a place and what it says of the identifiers."""
        self.places.append(place)
        each = place.reference
        for kind, value in ((each.kind, each.value), *each.also):
            if value and kind not in NAMES | {"entry", "footnote"}:
                self.identifiers.setdefault(kind, value)

    def _first(self, name: str) -> str:
        return next((value for place in self.places if (value := str(getattr(place.reference, name)))), "")

    @property
    def identity(self) -> tuple[str, str]:
        """Kind and normal form: of all the identifiers, the one that leads furthest."""
        names = ((place.reference.kind, place.reference.value) for place in self.places)
        return min((*names, *self.identifiers.items()), key=lambda name: _rank(name[0]))

    @property
    def title(self) -> str:
        """What the articles call it, where they do."""
        return self._first("title")

    @property
    def text(self) -> str:
        """The entry of the references, else the longest words that name it."""
        listed = [place.reference.text for place in self.places if place.reference.listed]
        return listed[0] if listed else max((place.reference.text for place in self.places), key=len)

    @property
    def url(self) -> str:
        """The address that leads to it."""
        return self._first("url")

    @property
    def years(self) -> tuple[int, ...]:
        """The years that the articles give for it."""
        return tuple(dict.fromkeys(year for place in self.places for year in place.reference.years))

    @property
    def state(self) -> State:
        """The worst state of its places."""
        states = {place.reference.state for place in self.places}
        return "broken" if "broken" in states else "unlinked" if "unlinked" in states else "linked"

    @property
    def paths(self) -> list[str]:
        """The articles that use it."""
        return list(dict.fromkeys(place.path for place in self.places))


@dataclass
class Library:
    """The works of some articles, and how many sentences of each article make a claim."""

    works: list[Work] = field(default_factory=list)
    claims: dict[str, int] = field(default_factory=dict)
    _known: dict[tuple[str, str], Work] = field(default_factory=dict)

    def add(self, doc: Document, found: Bibliography) -> None:
        """Add the references of an article."""
        self.claims[doc.path] = found.claims
        for reference in found.references:
            place = Place(doc.path, *reference.span, *doc.source.position(reference.span.start), reference)
            names = [(kind, value) for kind, value in (_name(reference), *reference.also) if value]
            self._work(names).add(place)

    def _work(self, names: list[tuple[str, str]]) -> Work:
        """The work of some names; works that turn out to be the same become one."""
        found = {id(work): work for name in names if (work := self._known.get(name))}.values()
        known = [work for work in found if not _differ(work, names)]
        work = known[0] if known else Work()
        if not known:
            self.works.append(work)
        for other in known[1:]:
            for place in other.places:
                work.add(place)
            self.works = [each for each in self.works if each is not other]
            self._known = {name: work if each is other else each for name, each in self._known.items()}
        for name in names:
            self._known.setdefault(name, work)
        return work

    def sort(self) -> None:
        """Bring the works in order: by kind, then by name, then by the first place; names stay in the text's order."""
        for work in self.works:
            work.places.sort(key=lambda place: place[:5])
        self.works.sort(key=lambda work: (_rank(work.identity[0]), work.identity[1].casefold(), work.places[0][:5]))

    def sourced(self) -> set[str]:
        """The articles from which a reader can follow at least one source."""
        return {place.path for work in self.works for place in work.places if _leads(place.reference)}

    @property
    def unsourced(self) -> list[str]:
        """The articles that make claims and lead to no source."""
        sourced = self.sourced()
        return [path for path, claims in self.claims.items() if claims and path not in sourced]

    @property
    def shared(self) -> list[Work]:
        """The works that several articles use."""
        return [work for work in self.works if len(work.paths) > 1]


def _differ(work: Work, names: Iterable[tuple[str, str]]) -> bool:
    """Whether a work has another identifier of a kind: then one of the two articles has copied it wrongly."""
    return any(work.identifiers.get(kind, value) != value for kind, value in names)


def _name(reference: Reference) -> tuple[str, str]:
    return reference.kind, reference.value


def _leads(reference: Reference) -> bool:
    """Whether a reader can find the source: by a link, an identifier or an entry of the references."""
    return reference.kind not in NAMES | {"footnote"} and reference.state != "broken"


def _rank(kind: str) -> int:
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)
