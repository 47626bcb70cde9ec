"""What Crossref and PubMed say about a work, in one form.

Shapes: Crossref REST API, works; NCBI E-utilities, esummary with retmode=json.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

_TAG = re.compile(r"<[^<>]{0,200}>")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_INVALID = re.compile(r"[Ii]nvalid uid (\d+)")
_LONGEST = 2000  # characters of a text in an answer
_RETRACTIONS = frozenset({"retraction", "withdrawal", "removal"})
_DATES = ("issued", "published-print", "published-online", "published")


@dataclass(frozen=True, slots=True)
class Record:
    """A work as a service describes it; ``agency`` is who registered a DOI that Crossref does not hold.

    ``retracted`` and ``concern`` say how and when, where that is so.
    """

    title: str = ""
    years: tuple[int, ...] = ()
    authors: tuple[str, ...] = ()  # "Family, Given" or as the service has it
    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    type: str = ""
    retracted: str = ""
    concern: str = ""
    agency: str = ""

    @property
    def exists(self) -> bool:
        """Whether there is such a work."""
        return bool(self.title or self.doi or self.agency)

    def plain(self) -> dict[str, Any]:
        """The record as JSON keeps it."""
        return asdict(self)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Record | None:
        """A record that JSON has kept; None where it does not have the fields of one."""
        if set(kept) != set(cls.__slots__):
            return None
        years, authors = (tuple(kept[name]) if isinstance(kept[name], list) else () for name in ("years", "authors"))
        return cls(**{**kept, "years": years, "authors": authors})


Status = Literal["found", "missing", "retracted", "not verified"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of asking about a work: the status, what is known about it, and what does not fit the text."""

    status: Status
    record: Record = field(default_factory=Record)
    faults: tuple[str, ...] = ()


def from_crossref(answer: Any) -> Record | None:
    """Read the answer to ``works/DOI``; None where it is no such answer."""
    message = _dict(_dict(answer).get("message"))
    if not _text(message.get("DOI")):
        return None
    return Record(
        title=_clean(_first(message.get("title"))),
        years=tuple(dict.fromkeys(year for key in _DATES if (year := _year_of(message.get(key))))),
        authors=tuple(name for each in _dicts(message.get("author")) if (name := _name(each))),
        journal=_clean(_first(message.get("container-title"))),
        volume=_text(message.get("volume")),
        issue=_text(message.get("issue")),
        pages=_text(message.get("page")),
        doi=_text(message.get("DOI")).lower(),
        type=_text(message.get("type")),
        **_notices(message),
    )


def _notices(message: Mapping[str, Any]) -> dict[str, str]:
    """What was published about the work afterwards, and whether it is itself such a notice."""
    found = {"retracted": "", "concern": ""}
    for update in _dicts(message.get("updated-by")):
        kind = _text(update.get("type")).replace("_", "-")
        year = _year_of(update.get("updated"))
        told = " ".join(filter(None, [kind.replace("-", " "), str(year or ""), _text(update.get("DOI"))]))
        if kind in _RETRACTIONS:
            found["retracted"] = told
        elif kind == "expression-of-concern":
            found["concern"] = told
    for update in _dicts(message.get("update-to")):
        if _text(update.get("type")) in _RETRACTIONS:
            found["concern"] = f"this is the notice that retracts {_text(update.get('DOI'))}"
    if not found["retracted"] and _first(message.get("title")).upper().startswith(("RETRACTED", "WITHDRAWN")):
        found["retracted"] = "its title says so"
    return found


def agency_of(answer: Any) -> str:
    """Read the answer to ``works/DOI/agency``: who has registered a DOI; empty where nobody has."""
    agency = _dict(_dict(_dict(answer).get("message")).get("agency"))
    return _text(agency.get("label")) or _text(agency.get("id"))


def from_pubmed(answer: Any, number: str) -> Record | None:
    """Read what ``esummary`` says about one number of a batch; None where it says nothing."""
    entry = _dict(_dict(_dict(answer).get("result")).get(number))
    if "error" in entry or (not entry and number in _invalid(_dict(answer))):
        return Record()
    title = _clean(_text(entry.get("title"))).rstrip(".")
    if not _text(entry.get("uid")) or not title:
        return None
    types = entry.get("pubtype")
    kinds = [_text(each) for each in types] if isinstance(types, list) else []
    names = {_text(each.get("idtype")): _text(each.get("value")) for each in _dicts(entry.get("articleids"))}
    dates = [_text(entry.get(key)) for key in ("pubdate", "epubdate", "printpubdate")]
    return Record(
        title=title,
        years=tuple(dict.fromkeys(int(found.group()) for date in dates if (found := _YEAR.match(date)))),
        authors=tuple(_text(each.get("name")) for each in _dicts(entry.get("authors"))),
        journal=_clean(_text(entry.get("fulljournalname"))),
        volume=_text(entry.get("volume")),
        issue=_text(entry.get("issue")),
        pages=_text(entry.get("pages")),
        doi=names.get("doi", "").lower(),
        retracted="PubMed marks it as a retracted publication" if "Retracted Publication" in kinds else "",
        concern="this is a retraction notice" if "Retraction of Publication" in kinds else "",
    )


def _invalid(answer: Mapping[str, Any]) -> list[str]:
    """The numbers that PubMed calls invalid, in a text or a list of texts at the top of its answer."""
    told = [text for value in answer.values() for text in (value if isinstance(value, list) else [value])]
    return [number for text in told for number in _INVALID.findall(_text(text))]


# --- answers come from outside: nothing about their shape is certain


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> Iterable[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    """A text or a number as text that can be encoded, without its end where it is very long; else nothing."""
    text = str(value) if isinstance(value, str | int) else ""
    return text[:_LONGEST].encode("utf-8", "replace").decode("utf-8")


def _first(value: Any) -> str:
    return _text(value[0]) if isinstance(value, list) and value else _text(value)


def _clean(text: str) -> str:
    """A title without tags and entities."""
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def _year_of(date: Any) -> int:
    """The year of ``{"date-parts": [[2020, 12, 11]]}``, or 0."""
    parts = _dict(date).get("date-parts")
    while isinstance(parts, list) and parts:
        parts = parts[0]
    return parts if isinstance(parts, int) and 1000 <= parts <= 9999 else 0


def _name(author: Mapping[str, Any]) -> str:
    family, given = _text(author.get("family")), _text(author.get("given"))
    return ", ".join(filter(None, [family, given])) or _text(author.get("name"))
