"""Identifiers that cannot be right: a DOI with spaces, a PubMed number with letters, a trial number cut short.

Patterns: Crossref 2015 (DOI), ctregistries (trial registries of the WHO network), NLM (PMID, PMCID).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple
from urllib.parse import unquote

from acu_lint.api import PROSE, Block, Document, Link, Span, measure
from acu_lint_rules.analysis.citations.identifiers import IN_DOI, SICI, escaped, trim
from acu_lint_rules.analysis.text.patterns import lazy


class Fault(NamedTuple):
    """A wrong identifier in a text: what is wrong (a message of the card), kind, range, and the right spelling."""

    form: str
    kind: str
    start: int
    end: int
    better: str = ""


class Wrong(NamedTuple):
    """A wrong identifier in a document: its fault, its place, the identifier, and whether it is a link's address."""

    fault: Fault
    span: Span
    text: str
    linked: bool = False


_READ = PROSE | {"heading", "title", "description"}
_MINOR = frozenset({"doi_old", "gap"})  # old or odd spellings that still lead to the work
_NEWEST_PMID = 50_000_000  # PubMed passed 41 million in 2026 and grows by 1.7 million a year
_NEWEST_PMCID = 25_000_000  # PubMed Central passed 13 million in 2026

_DOI = lazy(
    rf"(?P<host>(?:https?://)?(?:www\.)?(?P<dx>dx\.)?doi\.org/)(?P<path>{IN_DOI}{{0,300}}{SICI})"
    rf"|\bdoi\s?[:=]?\s{{0,2}}(?P<name>(?=1|xx|\[|https?://){IN_DOI}{{1,300}}{SICI})",
    re.I,
)
_DOI_OK = lazy(r"10\.\d{4,9}(?:\.\d{1,9}){0,3}/\S*\w\S*")
_SHORT_DOI = lazy(r"(?:10/)?[a-z0-9]{2,12}\Z")
_DOI_INVENTED = lazy(
    r"10\.(?:x{2,}|n{2,}|0000|0{4,}|1234|12345|9999)(?:/|\Z)|10\.\d{4,9}/(?:x{3,}|n{3,}|\.{3}|…|your|insert)|x{2,}",
    re.I,
)
_SIGNED = lazy(r"https?://(?:dx\.)?doi\.org/(10\.\d{4,9}/\S{1,250}?)[.,;:]{1,3}\Z", re.I)
_BROKEN_AFTER = lazy(r"\s{1,2}([a-z]{1,12}[./]?[a-z]{0,12}[./]\d{4}[.\d/-]{0,30}|\d{4}\.\d{2}\.\d{3})")
_PMID = lazy(
    r"\b(?:PMID|PubMed\sID)\s{0,2}[:#]?\s{0,2}(?P<id>[0-9xX][\w-]{0,20})"
    r"|\bpubmed\.ncbi\.nlm\.nih\.gov/(?P<url>\d[\w-]{0,20}|[xX]{3,10}\b)"
)
_PMC = lazy(r"\bPMC(?:ID)?(?P<gap>[\s:#]{0,3}(?:PMC)?)(?P<id>(?:\d{1,12}(?:-\d{1,6}){0,3}|[xX]{4,10})(?![\w-]))")
_REGISTRY = lazy(
    r"\b(?P<kind>NCT|ISRCTN|ACTRN|DRKS|CRD|ChiCTR(?:-?[A-Z]{2,5}-?)?)(?P<gap>[\s:#-]{0,2})(?P<id>\d{1,16}[A-Za-z]{0,2}|[xX]{4,14}|\#{4,12})(?![\w])"
)
_EUDRACT = lazy(r"\bEudraCT(?:\s(?:No|Number|number)\.?)?[\s:]{0,2}(?P<id>\d[\d-]{4,20})")
_ISBN = lazy(
    r"\bISBN(?:-1[03])?(?:\s\((?:print|online|pbk|hbk)\))?\s{0,2}:?\s{0,2}(?P<id>[\dXx][\d Xx-]{7,18}[\dXx])(?![\w])"
)
_LENGTHS = {"NCT": {8}, "ISRCTN": {8}, "ACTRN": {14}, "DRKS": {8}, "CRD": {11, 12, 13}, "ChiCTR": {8, 9, 10}}


Reader = Callable[[str], Iterable[Fault]]


def is_minor(fault: Fault) -> bool:
    """Whether an identifier still leads to the work, though it is spelt in an old or odd way."""
    return fault.form in _MINOR


@measure
def wrong_identifiers(doc: Document) -> tuple[Wrong, ...]:
    """The wrong identifiers in the text and in the addresses of links, one per place."""
    found = readers(doc)
    blocks = [each for each in doc.blocks if each.kind in _READ] if found else []
    return tuple([wrong for block in blocks for wrong in _in_block(doc, found, block)])


def _in_block(doc: Document, found: tuple[Reader, ...], block: Block) -> Iterator[Wrong]:
    taken: list[tuple[int, int]] = []
    for fault in find(found, block.text):
        taken.append((fault.start, fault.end))
        yield Wrong(fault, block.span(fault.start, fault.end), block.text[fault.start : fault.end])
    taken.sort()
    for link in doc.links_by_block.get(block.index, ()):
        at = bisect_left(taken, (link.end, 0))  # faults do not overlap
        if not at or taken[at - 1][1] <= link.start:
            yield from _in_link(found, block, link)


def _in_link(found: tuple[Reader, ...], block: Block, link: Link) -> Iterator[Wrong]:
    target = link.target.strip()
    fault = next(iter(in_address(found, target)), None)
    if fault is not None and link.kind == "link" and link.end > link.start:
        yield Wrong(fault, block.span(link.start, link.end), target[fault.start : fault.end], linked=True)


# few and short, because a whole document is searched for each
_ANNOUNCING = ("doi", "DOI", "PM", "CT", "DRKS", "CRD", "ISBN", "pubmed", "PubMed ID")


@measure
def readers(doc: Document) -> tuple[Reader, ...]:
    """Choose what can find anything in a document, by the letters that announce an identifier."""
    seen = {cue for cue in _ANNOUNCING if cue in doc.source.text}
    return tuple(reader for cues, reader in _readers() if not seen.isdisjoint(cues)) if seen else ()


def find(found: Iterable[Reader], text: str) -> Iterator[Fault]:
    """Find the wrong identifiers of a text with the readers chosen for its document."""
    for reader in found:
        yield from reader(text)


@cache
def _readers() -> tuple[tuple[tuple[str, ...], Reader], ...]:
    return (
        (("doi", "DOI"), partial(_read, _dois, ("doi.", "doi:", "doi 1", "doi=", "DOI"))),
        (("PM", "PubMed ID", "pubmed"), partial(_read, _pmids, ("PMID", "PubMed ID", "pubmed."))),
        (("PM",), partial(_read, _pmcids, ("PMC",))),
        (("CT", "DRKS", "CRD"), partial(_read, _trials, ("NCT", "ISRCTN", "ACTRN", "ChiCTR", "DRKS", "CRD"))),
        (("CT",), partial(_read, _eudract, ("EudraCT",))),
        (("ISBN",), partial(_read, _isbns, ("ISBN",))),
    )


def _read(reader: Reader, cues: Sequence[str], text: str) -> Iterable[Fault]:
    for cue in cues:
        if cue in text:
            return reader(text)
    return ()


def _dois(text: str) -> Iterator[Fault]:
    for match in _DOI.finditer(text):
        group = "path" if match["host"] else "name"
        raw = trim(match[group])
        start, end = match.start(), match.start(group) + len(raw)
        if text[end : end + 1] == "／":  # as East Asian keyboards write it
            continue
        form, better = _doi_fault(raw, bool(match["host"]), text[end : end + 60])
        if not form and match[group][len(raw) :].startswith(("...", "…")):
            form, better = "cut", ""
        if not form and match["dx"]:
            form, better = "doi_old", f"https://doi.org/{escaped(raw)}"
        if form:
            yield Fault(form, "DOI", start, end, better)


def _doi_fault(raw: str, linked: bool, after: str) -> tuple[str, str]:  # noqa: FBT001 -- private
    inner = re.sub(r"\A(?:https?://(?:dx\.)?doi\.org/|doi:\s?|doi\.org/)+", "", raw, flags=re.I)
    if _DOI_INVENTED.match(inner):
        return "invented", ""
    if _DOI_OK.fullmatch(unquote(inner)):
        doubled = inner != raw and (linked or "doi.org" not in raw.lower() or raw.lower().count("doi.org") > 1)
        if not doubled:
            return "", ""
        return "doi_twice", f"https://doi.org/{inner}"
    if not inner.startswith("10") or (linked and _SHORT_DOI.match(inner)):
        return "", ""
    return ("doi_space" if _BROKEN_AFTER.match(after) or after[:2].strip().isdigit() else "doi"), ""


def in_address(found: Iterable[Reader], target: str) -> Iterator[Fault]:
    """Find what is wrong with the address of a link, a sign behind the DOI included."""
    yield from find(found, target)
    signed = _SIGNED.match(target)
    if signed:
        yield Fault("doi_sign", "DOI", 0, len(target), f"https://doi.org/{signed[1]}")


def _pmids(text: str) -> Iterator[Fault]:
    for match in _PMID.finditer(text):
        raw = match["id"] or match["url"]
        if not raw.isdecimal():
            form = "invented" if set(raw.lower()) == {"x"} else "pmid"
        elif len(raw) > 8 or int(raw) > _NEWEST_PMID:
            form = "pmid_high"
        else:
            form = "pmid_year" if match["id"] and len(raw) == 4 and 1900 <= int(raw) <= 2040 else ""
        if raw.isdecimal() and int(raw) == 0:
            form = "invented"
        if form:
            yield Fault(form, "PubMed number", match.start(), match.end())


def _pmcids(text: str) -> Iterator[Fault]:
    for match in _PMC.finditer(text):
        raw = match["id"]
        spaced = match["gap"].strip(" ") == "" and match["gap"] != ""
        if not raw.isdecimal():
            yield Fault("invented" if raw.lower().strip("x") == "" else "pmcid", "PubMed Central number", *match.span())
        elif len(raw) >= 4 and (int(raw) > _NEWEST_PMCID or len(raw) > 8):
            yield Fault("pmcid", "PubMed Central number", *match.span())
        elif spaced and len(raw) >= 6:
            yield Fault("gap", "PubMed Central number", *match.span(), f"PMC{raw}")


def _trials(text: str) -> Iterator[Fault]:
    for match in _REGISTRY.finditer(text):
        kind = next(name for name in _LENGTHS if match["kind"].startswith(name))
        raw = match["id"].removesuffix("p") if kind == "ACTRN" else match["id"]
        if len(raw) < 4 and raw.isdecimal():
            continue
        if not raw.isdecimal():
            yield Fault("invented" if raw.lower().strip("x#") == "" else "trial", kind, *match.span())
        elif int(raw) == 0 or (kind == "NCT" and raw == "12345678"):
            yield Fault("invented", kind, *match.span())
        elif len(raw) not in _LENGTHS[kind] and not (kind == "ChiCTR" and "-" in match["kind"]):
            yield Fault("trial", kind, *match.span())
        elif match["gap"]:
            yield Fault("gap", kind, *match.span(), f"{match['kind']}{match['id']}")


def _eudract(text: str) -> Iterator[Fault]:
    for match in _EUDRACT.finditer(text):
        raw = match["id"].rstrip("-")
        if not re.fullmatch(r"(?:19|20)\d\d-\d{6}-\d\d(?:-\d\d)?", raw):
            yield Fault("trial", "EudraCT", match.start(), match.start("id") + len(raw))


def _isbns(text: str) -> Iterator[Fault]:
    for match in _ISBN.finditer(text):
        from stdnum import isbn  # noqa: PLC0415 -- few articles name a book

        if not isbn.is_valid(match["id"]):
            yield Fault("isbn", "ISBN", *match.span())
