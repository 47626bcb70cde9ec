"""What Crossref and PubMed say about the works that articles cite, and whether it fits the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import quote

from acu_lint.references.verify.client import Client, UnavailableError
from acu_lint.references.verify.record import Record, Verdict, agency_of, from_crossref, from_pubmed
from acu_lint.references.works import Work

KINDS = ("doi", "pmid", "pmcid")
_BATCH = 100  # PubMed answers for so many in one request
_WORD = re.compile(r"[^\W_]{4,}")
_SAME = 0.5  # share of the words of the registered title that a title in the text must have
_NAMES = {"doi": "DOI", "pmid": "PMID", "pmcid": "PMCID"}


def verify(works: Sequence[Work], client: Client, tick: Callable[[int], object] = int) -> dict[int, Verdict]:
    """Ask about the works that have a DOI, PMID or PMCID; give the verdicts by place in ``works``.

    ``tick`` is told how many more answers there are. Works without an answer are "not verified"; why stands in
    ``client.troubles``.
    """
    asked = {at: dict(work.identifiers) for at, work in enumerate(works) if kinds(work.identifiers)}
    answers: dict[tuple[str, str], Record | None] = {}
    for database, kind in (("pubmed", "pmid"), ("pmc", "pmcid")):
        values = list(dict.fromkeys(known[kind] for known in asked.values() if kind in known))
        answers.update(((kind, value), record) for value, record in _pubmed(client, database, values, tick).items())
    for known in asked.values():
        archived = answers.get(("pmcid", known.get("pmcid", "")))
        if archived and archived.doi:  # PMC does not say whether a work was retracted, Crossref does
            known.setdefault("doi", archived.doi)
        if "doi" in known and ("doi", known["doi"]) not in answers:
            answers["doi", known["doi"]] = _crossref(client, known["doi"])
            tick(1)
    return {at: _verdict(works[at], known, answers) for at, known in asked.items()}


def kinds(identifiers: Mapping[str, str]) -> list[str]:
    """The kinds of identifiers that can be asked about."""
    return [kind for kind in KINDS if kind in identifiers]


# --- asking


def _crossref(client: Client, doi: str) -> Record | None:
    """What Crossref knows of a DOI; None where it gives no answer."""
    key, path = f"doi:{doi}", f"works/{quote(doi, safe='', errors='replace')}"
    if (kept := client.cache.get(key)) and (record := Record.of(kept)):
        return record
    try:
        answer = client.get("crossref", path)
        asked = Record(agency=agency_of(client.get("crossref", f"{path}/agency"))) if answer is None else None
        found = asked or from_crossref(answer)
        if found is None:
            raise client.unreadable("crossref")
    except UnavailableError:
        return None
    return _keep(client, key, found)


def _keep(client: Client, key: str, record: Record | None) -> Record | None:
    """Keep what was found; what was not there may be there tomorrow."""
    if record is not None and record.exists:
        client.cache.put(key, record.plain())
    return record


def _pubmed(
    client: Client, database: str, values: Sequence[str], tick: Callable[[int], object]
) -> dict[str, Record | None]:
    """What PubMed or PMC knows of some numbers; None where it gives no answer."""
    found: dict[str, Record | None] = {}
    for value in values:
        if (kept := client.cache.get(f"{database}:{value}")) and (record := Record.of(kept)):
            found[value] = record
    rest = [value for value in values if value not in found]
    tick(len(found))
    for at in range(0, len(rest), _BATCH):
        batch = rest[at : at + _BATCH]
        numbers = {value: value.removeprefix("PMC") for value in batch}
        query = {"db": database, "id": ",".join(numbers.values()), "retmode": "json"}
        try:
            answer = client.get("pubmed", "esummary.fcgi", query)
            records = {value: from_pubmed(answer, number) for value, number in numbers.items()}
        except UnavailableError:
            records = dict.fromkeys(batch)
        found.update({value: _keep(client, f"{database}:{value}", each) for value, each in records.items()})
        tick(len(batch))
    return found


# --- judging


def _verdict(work: Work, known: Mapping[str, str], answers: Mapping[tuple[str, str], Record | None]) -> Verdict:
    """Put together what the services say of the identifiers of one work."""
    records = {kind: answers[kind, known[kind]] for kind in kinds(known)}
    found = {kind: record for kind, record in records.items() if record is not None}
    faults = [f"there is no {_NAMES[kind]} {known[kind]}" for kind, each in found.items() if not each.exists]
    best = next((record for record in found.values() if record.title), next(iter(found.values()), Record()))
    faults += _other_work(found, known)
    faults += _unlike(work, [record for record in found.values() if record.title])
    retracted = next((record.retracted for record in found.values() if record.retracted), "")
    if retracted:
        return Verdict("retracted", best, (f"retracted: {retracted}", *faults))
    faults += [f"note: {record.concern}" for record in found.values() if record.concern]
    if any(not record.exists for record in found.values()):
        return Verdict("missing", best, tuple(faults))
    return Verdict("found" if found else "not verified", best, tuple(faults))


def _other_work(found: Mapping[str, Record], known: Mapping[str, str]) -> list[str]:
    """Whether a PMID and a DOI of one entry belong to two works."""
    doi = known.get("doi", "")
    return [
        f"{_NAMES[kind]} {known[kind]} has the DOI {record.doi}, not {doi}"
        for kind, record in found.items()
        if kind != "doi" and doi and record.doi and record.doi.lower() != doi
    ]


def _unlike(work: Work, records: Sequence[Record]) -> list[str]:
    """What the text says of a work and the services do not: its title, its year."""
    if not records:
        return []
    years = sorted({year for record in records for year in record.years})
    wrong: dict[tuple[object, ...], str] = {}
    for place in sorted(work.places, key=lambda place: not place.reference.listed):
        given, where = place.reference, f"{place.path}:{place.line}"
        if given.years and years and set(years).isdisjoint(given.years):
            wrong.setdefault(given.years, f"{where} says {_listed(given.years)}, it was published in {_listed(years)}")
        if given.title and not any(_alike(given.title, record.title) for record in records):
            wrong.setdefault((given.title,), f"{where} says “{given.title}”, its title is “{records[0].title}”")
    return list(wrong.values())


def _listed(years: Iterable[int]) -> str:
    return " or ".join(map(str, years))


def _alike(given: str, registered: str) -> bool:
    """Whether two titles share enough of their longer words; short titles are never unlike."""
    one, other = (set(_WORD.findall(text.casefold())) for text in (given, registered))
    if min(len(one), len(other)) < 3:
        return True
    return len(one & other) >= _SAME * min(len(one), len(other))
