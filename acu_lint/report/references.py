"""The works that articles lean on, as a table, as JSON, and for reference managers as CSL-JSON and BibTeX."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import fill, wrap

import click

from acu_lint.references.verify.record import Record, Verdict
from acu_lint.references.works import NAMES, Library, Place, Work
from acu_lint.report.lines import dumps, visible
from acu_lint.report.text import many

Verdicts = Mapping[int, Verdict]

_COLOURS = {"linked": None, "unlinked": "yellow", "broken": "red"}
_SHOWN = 3  # places of a work that the table names
_LONGEST = 240  # characters of a name or title
_INDENT = " " * 23


# --- the table


def as_text(library: Library, verdicts: Verdicts, width: int) -> Iterator[str]:
    """Yield the lines of a report for people."""
    if library.works:
        yield click.style(f"{'KIND':<13}{'STATE':<10}SOURCE AND PLACES", dim=True)
    for at, work in enumerate(library.works):
        yield from _row(work, verdicts.get(at), max(width, 60))
    if library.works:
        yield ""
    yield from _list("Sources that several articles share:", (_named(work) for work in library.shared))
    yield from _list("Articles with claims but no source:", library.unsourced)
    yield _summary(library)


def _row(work: Work, verdict: Verdict | None, width: int) -> Iterator[str]:
    kind, _ = work.identity
    name = _named(work)
    first, *rest = wrap(name[:_LONGEST], width - len(_INDENT)) or [""]
    yield f"{kind:<13}" + click.style(f"{work.state:<10}", fg=_COLOURS[work.state]) + click.style(first, bold=True)
    yield from (_INDENT + click.style(line, bold=True) for line in rest)
    if work.title and work.title not in name:
        yield _wrapped(work.title[:_LONGEST], width)
    for fault in (*_faults(work), *(verdict.faults if verdict else ())):
        yield click.style(_wrapped(fault, width), fg="red")
    if verdict is not None and not verdict.faults:
        by = f": registered with {verdict.record.agency}" if verdict.record.agency else ""
        yield _INDENT + verdict.status + by
    places = [f"{visible(place.path)}:{place.line}:{place.column}" for place in work.places]
    more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
    yield _wrapped(", ".join(places[:_SHOWN]) + more, width)


def _named(work: Work) -> str:
    """What a work is called in the table: its identifier or address, else the words that name it."""
    kind, value = work.identity
    return value if value and kind not in NAMES | {"entry", "footnote"} else work.text


def _faults(work: Work) -> list[str]:
    return list(dict.fromkeys(place.reference.fault for place in work.places if place.reference.fault))


def _wrapped(text: str, width: int) -> str:
    return fill(
        text, width, initial_indent=_INDENT, subsequent_indent=_INDENT, break_on_hyphens=False, break_long_words=False
    )


def _list(head: str, items: Iterable[str]) -> Iterator[str]:
    found = list(items)
    if found:
        yield from (head, *(f"  {item}" for item in found), "")


def _summary(library: Library) -> str:
    states = [work.state for work in library.works]
    counts = f"{states.count('unlinked')} unlinked, {states.count('broken')} broken"
    return f"{many(len(states), 'source')} in {many(len(library.claims), 'article')}: {counts}."


# --- JSON


def as_json(library: Library, verdicts: Verdicts) -> str:
    """One JSON object with everything that is known."""
    keys = _keys(library.works, verdicts)
    sourced = library.sourced()
    return dumps(
        {
            "version": 1,
            "documents": [
                {"path": path, "claims": claims, "sourced": path in sourced} for path, claims in library.claims.items()
            ],
            "references": [
                _entry(work, key, verdicts.get(at))
                for at, (work, key) in enumerate(zip(library.works, keys, strict=True))
            ],
            "shared": [key for work, key in zip(library.works, keys, strict=True) if len(work.paths) > 1],
            "unsourced": library.unsourced,
        },
        indent=2,
    )


def _entry(work: Work, key: str, verdict: Verdict | None) -> dict[str, object]:
    kind, value = work.identity
    return {
        "id": key,
        "kind": kind,
        "value": value,
        "identifiers": dict(work.identifiers),
        "title": work.title,
        "text": work.text,
        "years": list(work.years),
        "url": work.url,
        "state": work.state,
        "faults": _faults(work),
        "places": [_place(place) for place in work.places],
        "verification": None
        if verdict is None
        else {"status": verdict.status, "faults": list(verdict.faults), "record": verdict.record.plain()},
    }


def _place(place: Place) -> dict[str, object]:
    each = place.reference
    return {
        "path": place.path,
        "start": {"offset": place.start, "line": place.line, "column": place.column},
        "end": {"offset": place.end},
        "text": each.text,
        "listed": each.listed,
        "state": each.state,
    }


# --- what reference managers read

_TYPES = {  # kind or type of Crossref: type of CSL, type of BibTeX
    "doi": ("article-journal", "article"),
    "pmid": ("article-journal", "article"),
    "pmcid": ("article-journal", "article"),
    "arxiv": ("article", "misc"),
    "isbn": ("book", "book"),
    "bookshelf": ("book", "book"),
    "link": ("webpage", "misc"),
    "book": ("book", "book"),
    "monograph": ("book", "book"),
    "book-chapter": ("chapter", "incollection"),
    "proceedings-article": ("paper-conference", "inproceedings"),
    "dissertation": ("thesis", "phdthesis"),
    "report": ("report", "techreport"),
    "posted-content": ("article", "misc"),
    "dataset": ("dataset", "misc"),
}
_OTHER = ("document", "misc")
_VARIABLES = {"doi": "DOI", "pmid": "PMID", "pmcid": "PMCID", "isbn": "ISBN"}


def _exported(works: Sequence[Work], verdicts: Verdicts) -> Iterator[tuple[str, Work, Record]]:
    """Key, work and what is known of it: names that lead nowhere and broken places are left out."""
    for at, (work, key) in enumerate(zip(works, _keys(works, verdicts), strict=True)):
        if work.identity[0] not in NAMES | {"footnote"} and work.state != "broken":
            verdict = verdicts.get(at)
            yield key, work, verdict.record if verdict else Record()


def _types(work: Work, record: Record) -> tuple[str, str]:
    return _TYPES.get(record.type) or _TYPES.get(work.identity[0], _OTHER)


def _title(work: Work, record: Record) -> str:
    return record.title or work.title or work.text


def _year(work: Work, record: Record) -> int:
    return (record.years or work.years or (0,))[0]


def as_csl(library: Library, verdicts: Verdicts) -> str:
    """A list of CSL-JSON items."""
    return dumps([_csl(key, work, record) for key, work, record in _exported(library.works, verdicts)], indent=2)


def _csl(key: str, work: Work, record: Record) -> dict[str, object]:
    item: dict[str, object] = {"id": key, "type": _types(work, record)[0], "title": _title(work, record)}
    if record.authors:
        item["author"] = [_person(name) for name in record.authors]
    if year := _year(work, record):
        item["issued"] = {"date-parts": [[year]]}
    known = {
        "container-title": record.journal,
        "volume": record.volume,
        "issue": record.issue,
        "page": record.pages,
        "URL": work.url,
        **{variable: work.identifiers.get(kind, "") for kind, variable in _VARIABLES.items()},
        "number": work.identifiers.get("trial", ""),
        "note": work.text if work.places[0].reference.listed and work.text != item["title"] else "",
    }
    return item | {variable: value for variable, value in known.items() if value}


def _person(name: str) -> dict[str, str]:
    family, comma, given = name.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": name}


def as_bibtex(library: Library, verdicts: Verdicts) -> str:
    """The entries of a BibTeX file."""
    return "\n".join(_bibtex(key, work, record) for key, work, record in _exported(library.works, verdicts))


def _bibtex(key: str, work: Work, record: Record) -> str:
    known = {
        "title": f"{{{_escaped(_title(work, record))}}}",  # double braces keep the capitals
        "author": " and ".join(_escaped(name) if "," in name else f"{{{_escaped(name)}}}" for name in record.authors),
        "journal": _escaped(record.journal),
        "year": str(_year(work, record) or ""),
        "volume": _escaped(record.volume),
        "number": _escaped(record.issue),
        "pages": _escaped(record.pages),
        "doi": _verbatim(work.identifiers.get("doi", "")),
        "pmid": work.identifiers.get("pmid", ""),
        "pmcid": work.identifiers.get("pmcid", ""),
        "isbn": work.identifiers.get("isbn", ""),
        "url": _verbatim(work.url),
    }
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in known.items() if value)
    return f"@{_types(work, record)[1]}{{{key},\n{fields}}}\n"


_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # an escaped brace would still count when a reader looks for the end of the field
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}


def _escaped(text: str) -> str:
    """A text as BibTeX and LaTeX read it."""
    plain = "".join(" " if unicodedata.category(sign) in {"Cc", "Cs"} else sign for sign in text)
    return "".join(_SPECIAL.get(sign, sign) for sign in " ".join(plain.split()))


def _verbatim(address: str) -> str:
    """An address as BibTeX reads it: nothing is escaped there, so braces and backslashes are percent-encoded."""
    return re.sub(r"[\s{}\\]", lambda found: f"%{ord(found.group()):02X}", address)


def _keys(works: Sequence[Work], verdicts: Verdicts) -> list[str]:
    """A key for each work: surname and year where they are known, else its name; no two are equal."""
    taken: set[str] = set()
    keys = []
    for at, work in enumerate(works):
        verdict = verdicts.get(at)
        base = key = _key(work, verdict.record if verdict else Record())
        number = 1
        while key in taken:
            number += 1
            key = f"{base}-{number}"
        taken.add(key)
        keys.append(key)
    return keys


_KEY = frozenset(string.ascii_lowercase + string.digits)


def _key(work: Work, record: Record) -> str:
    kind, value = work.identity
    if record.authors and record.years:
        name = f"{record.authors[0].partition(',')[0].split(' ')[0]}{record.years[0]}"
    else:
        name = f"{kind} {value or work.text}"
    letters = unicodedata.normalize("NFKD", name.casefold())
    words = "".join(sign if sign in _KEY else " " for sign in letters if not unicodedata.combining(sign)).split()
    return "-".join(words)[:48].strip("-") or kind
