"""The bibliography of an article: the sources it cites, and those it names without a way to get there."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from acu_lint.api import Bibliography, Block, Document, Link, Reference, Span, measure
from acu_lint_rules.analysis.citations import identifiers
from acu_lint_rules.analysis.citations.broken import Broken, broken
from acu_lint_rules.analysis.citations.entries import declared
from acu_lint_rules.analysis.citations.index import (
    Mark,
    cited,
    in_references,
    index,
    marks,
    matches_entry,
    number_pairs,
)
from acu_lint_rules.analysis.citations.malformed import is_minor, wrong_identifiers
from acu_lint_rules.analysis.citations.sources import is_source
from acu_lint_rules.analysis.claims.claim import claims
from acu_lint_rules.analysis.evidence import figures
from acu_lint_rules.analysis.evidence.evidence import evidence, leaning
from acu_lint_rules.analysis.evidence.mentions import mentions

# The order says which identifier a source is known by where it has several.
_KINDS = ("doi", "pmid", "pmcid", "trial", "arxiv", "isbn", "bookshelf", "link")
_ADDRESSES = {
    "doi": "https://doi.org/{}",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/{}/",
    "arxiv": "https://arxiv.org/abs/{}",
    "bookshelf": "https://www.ncbi.nlm.nih.gov/books/{}/",
}
_COCHRANE = "10.1002/14651858.{}"  # the DOI of a Cochrane review is made of its number
_FAULTS = {
    "number": "no entry of the references has this number",
    "note": "there is no such note",
    "author": "no entry of the references has this author and year",
    "anchor": "the references have no such place",
    "fragment": "the page has no such place",
    "link": "the link leads nowhere",
    "scheme": "the address does not begin with https://",
    "undefined": "the page does not say where the link leads",
    "placeholder": "a placeholder, not a source",
}
_LINKS = frozenset({"link", "fragment", "scheme", "undefined"})
_FAMILIAR = {"DOI": "doi", "PubMed number": "pmid", "PubMed Central number": "pmcid", "ISBN": "isbn"}  # else a trial
_META = re.compile(r"(?:source|reference|citation)s?\b|bibliography\b", re.I)
_TRACKING = re.compile(r"(?:utm_\w{1,20}|fbclid|gclid|mc_[ce]id)=[^&]*&?")
_YEAR = re.compile(r"(?<![\d-])(?:19|20)\d\d(?![\d-])")
_NUMBER = re.compile(r"\s{0,3}[\[(]?(\d{1,3})[\].):]?\s")
_LISTED_AS = re.compile(r"(?:\[\d{1,3}\][.:]?|\(\d{1,3}\)|\d{1,3}[.):])\s")
_VISIT = re.compile(r"\b(?:accessed|retrieved|viewed|visited)\b[^.;)\]]{0,40}", re.I)
_SOURCE_LINE = re.compile(r"[(\[]?sources?:\s{0,2}([^.;)\]\n]{1,300})", re.I)
_STOP = re.compile(r"[.!?;:]")
_QUOTED = re.compile(r"[“\"]([^”\"]{12,300})[”\"]")
_PART = re.compile(r"(?<=[.?!])\s+|(?<=\))\s+(?=[A-Z])")
_FOUR = re.compile(r"\d{4}")
_START = attrgetter("start")
_WIDEST = 50  # entries that a marker such as [3-9] may span
_SHORT = 80  # code points of an entry that holds a title and an address, nothing else
_NEAR = 14  # code points beside a link in which a year belongs to it


class _Source(NamedTuple):
    """What a stretch of text leads to."""

    kind: str
    value: str
    url: str


class _Entry(NamedTuple):
    """An entry of the references: its text and years, the number and the label that markers name, and its records."""

    text: str
    years: frozenset[int]
    number: int
    label: str
    records: tuple[Reference, ...]


def bibliography(doc: Document) -> Bibliography:
    """Collect what an article cites and names, in the order of the text."""
    found = [record for entry in _entries(doc) for record in entry.records]
    found += _cited(doc)
    found += _named(doc)
    wrong = list(_malformed(doc))
    places = {each.span for each in wrong}
    found = [each for each in found if each.span not in places]
    found += [*wrong, *map(_broken, broken(doc))]
    return Bibliography(tuple(sorted(found, key=lambda each: (each.span, each.kind, each.value))), _claims(doc))


def _claims(doc: Document) -> int:
    """How many sentences lean on evidence, give a figure about health or say what a therapy does."""
    places = set(leaning(doc))
    places.update((claim.sentence.block.index, claim.sentence.start) for claim in claims(doc) if claim.asserted)
    for block in doc.blocks:
        places.update((block.index, sentence.start) for sentence, _ in figures.find(doc, block))
    return sum(not in_references(doc, doc.blocks[at]) for at, _ in places)


def _broken(item: Broken) -> Reference:
    words, span = item.block.text[item.start : item.end], item.block.span(item.start, item.end)
    kind = "footnote" if item.form == "note" else "link" if item.form in _LINKS else "entry"
    fault = _FAULTS[item.form] + (f"; write {item.better}" if item.better else "")
    return Reference(kind, "", words, span, state="broken", fault=fault)


def _malformed(doc: Document) -> Iterator[Reference]:
    """The identifiers that cannot be right."""
    for wrong in wrong_identifiers(doc):
        if not is_minor(wrong.fault):
            kind, better = wrong.fault.kind, wrong.fault.better
            fault = f"not a valid {kind}" + (f"; write {better}" if better else "")
            yield Reference(_FAMILIAR.get(kind, "trial"), "", wrong.text, wrong.span, state="broken", fault=fault)


# --- what a text leads to


def _sources(text: str, targets: Iterable[str], *, any_page: bool) -> list[_Source]:
    """The sources of a stretch of text and of its links, each once, the best known first.

    ``any_page`` takes addresses too that count as no source in running text, such as home pages.
    """
    found: list[_Source] = []
    for target in (*targets, *(identifiers.trim(match.group()) for match in identifiers.ADDRESS.finditer(text))):
        found += _of_address(target, any_page=any_page)
    found += [_identified(each.kind, each.value) for each in identifiers.find(identifiers.ADDRESS.sub(" ", text))]
    return sorted(dict.fromkeys(found), key=lambda each: _KINDS.index(each.kind))


def _of_address(target: str, *, any_page: bool) -> list[_Source]:
    """What an address stands for: its identifier where it has one (or two of a kind, run together), else the page."""
    if known := identifiers.find(unquote(target)):
        return [_identified(each.kind, each.value) for each in known if each.kind == known[0].kind]
    if is_source(target) or (any_page and target.lower().startswith(("http://", "https://", "www."))):
        return [_Source("link", _plain(target), target if "//" in target else f"https://{target}")]
    return []


def _identified(kind: str, value: str) -> _Source:
    if kind == "cochrane":
        kind, value = "doi", _COCHRANE.format(value.lower())
    return _Source(kind, value, _ADDRESSES.get(kind, "").format(identifiers.escaped(value)))


def _plain(target: str) -> str:
    """An address without what does not change the page: scheme, www, fragment, tracking."""
    try:
        parts = urlsplit(target if "//" in target else f"https://{target}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return target
    query = _TRACKING.sub("", parts.query).strip("&")
    return host + parts.path.rstrip("/") + (f"?{query}" if query else "")


# --- the list of references


@measure
def _entries(doc: Document) -> tuple[_Entry, ...]:
    """The entries of the references: those of the text, the notes, then those of front matter and JSON-LD."""
    place = next((span for key, span in doc.meta.spans.items() if _META.match(key)), Span(0, 0))
    return (
        *(_entry(doc, blocks, at) for at, blocks in enumerate(_listed(doc), 1)),
        *(
            _Entry(text, frozenset(_years(text)), at, "", _records(text, (), place))
            for at, text in enumerate(declared(doc), 1)
        ),
    )


def _listed(doc: Document) -> Iterator[Sequence[Block]]:
    """The blocks of each entry: one of the list of references, or the paragraphs of a note."""
    paragraphs: dict[str, list[Block]] = {}
    for block in doc.blocks:
        if block.kind == "footnote":
            paragraphs.setdefault(block.label, []).append(block)
    for block in index(doc).listed:
        if block.kind != "footnote":
            yield (block,)
        elif block.label in paragraphs:
            yield paragraphs.pop(block.label)
    yield from paragraphs.values()


def _entry(doc: Document, blocks: Sequence[Block], place: int) -> _Entry:
    first, text = blocks[0], "\n".join(block.text for block in blocks)
    number = _NUMBER.match(text)
    if first.label.isdecimal() and len(first.label) < 10:
        place = int(first.label)
    elif number and first.kind != "item":
        place = int(number[1])
    links = [link for block in blocks for link in doc.links_by_block.get(block.index, ())]
    label = first.label if first.kind == "footnote" else ""
    span = Span(first.span().start, blocks[-1].span().end)
    targets = [link.target for link in links if link.kind == "link"]
    records = _records(text, targets, span, nothing="footnote" if label else "entry")
    return _Entry(text, frozenset(_years(text)), place, label, records)


@measure
def _by_number(doc: Document) -> Mapping[int, _Entry]:
    """The entries by number; of several with one number the first."""
    table: dict[int, _Entry] = {}
    for entry in _entries(doc):
        table.setdefault(entry.number, entry)
    return table


def _records(text: str, targets: Sequence[str], span: Span, *, nothing: str = "entry") -> tuple[Reference, ...]:
    """The records of an entry: one work with all its identifiers, or each work of a list in one paragraph.

    ``nothing`` is the kind of an entry that leads nowhere.
    """
    found = _sources(text, targets, any_page=True)
    shown = " ".join(text.split())
    if not found:
        words = _LISTED_AS.sub("", shown, count=1).casefold() if _LISTED_AS.match(shown) else shown.casefold()
        title = _title(text) if nothing == "entry" else ""
        return (Reference(nothing, words, shown, span, title, _years(text), state="unlinked", listed=True),)
    first, *rest = found
    kinds = [each.kind for each in found if each.kind != "link" or first.kind == "link"]
    if len(set(kinds)) < len(kinds):
        return tuple(Reference(each.kind, each.value, shown, span, url=each.url, listed=True) for each in found)
    also = tuple((each.kind, each.value) for each in rest if each.kind != "link")
    title = _title(text)
    return (Reference(first.kind, first.value, shown, span, title, _years(text), first.url, also, listed=True),)


def _years(text: str) -> tuple[int, ...]:
    """The years of a text; those inside addresses and identifiers, and of a visit to the page, are left out."""
    plain = _VISIT.sub(" ", identifiers.ADDRESS.sub(" ", text))
    for each in reversed(identifiers.find(plain)):
        plain = f"{plain[: each.start]} {plain[each.end :]}"
    return tuple(dict.fromkeys(int(match.group()) for match in _YEAR.finditer(plain)))


def _title(text: str) -> str:
    """The title that an entry gives: what is quoted, else its first part that reads like one."""
    if quoted := _QUOTED.search(text):
        return quoted[1].strip(" .,")
    for part in _PART.split(_NUMBER.sub("", identifiers.ADDRESS.sub(" ", text), count=1)):
        small = sum(word[0].islower() for word in part.split())
        if small >= 3 and "ournal" not in part and ";" not in part:
            return part.strip(" .,")
    rest = " ".join(identifiers.ADDRESS.sub(" ", text).split())
    return rest.strip(" .,:") if "://" in text and len(rest) < _SHORT else ""


# --- citations in the text


def _cited(doc: Document) -> Iterator[Reference]:
    """One record for each source that a link, an address, an identifier or a marker of the text leads to."""
    for block in doc.blocks:
        if in_references(doc, block) or block.kind == "footnote":
            continue
        links = sorted(doc.links_by_block.get(block.index, ()), key=_START)
        for mark in marks(doc, block):
            inside = links[bisect_left(links, mark.start, key=_START) : bisect_left(links, mark.end, key=_START)]
            if mark.kind == "source":
                yield from _of_source_line(block, mark)
            elif mark.kind in {"note", "number", "author-year"}:
                yield from _of_marker(doc, block, mark)
            else:
                yield from _of_link(block, mark, [link.target for link in inside if link.kind == "link"])


def _of_link(block: Block, mark: Mark, targets: Sequence[str]) -> Iterator[Reference]:
    """The sources of a link, an address or an identifier."""
    words, span = block.text[mark.start : mark.end], block.span(mark.start, mark.end)
    years = _years(_beside(block.text, mark))
    for each in _sources(words, targets, any_page=False):
        yield Reference(each.kind, each.value, words, span, years=years, url=each.url)


def _beside(text: str, mark: Mark) -> str:
    """A citation and the few words beside it: "a 2018 [review](...)", "[review](...) (2018)"."""
    before, after = text[max(mark.start - _NEAR, 0) : mark.start], text[mark.end : mark.end + _NEAR]
    return _STOP.split(before)[-1] + text[mark.start : mark.end] + _STOP.split(after)[0]


def _of_source_line(block: Block, mark: Mark) -> Iterator[Reference]:
    """What stands behind "Source:" in a text, where it is more than a link or an identifier with its own record."""
    found = _SOURCE_LINE.match(block.text, mark.start)
    if found and not _sources(found[1], (), any_page=True) and len(words := found[1].split()) > 1:
        shown, span = " ".join(words), block.span(found.start(1), found.end(1))
        yield Reference("entry", shown.casefold(), shown, span, _title(shown), _years(shown), state="unlinked")


def _of_marker(doc: Document, block: Block, mark: Mark) -> Iterator[Reference]:
    """The works of the entries that a marker names."""
    words, span = block.text[mark.start : mark.end], block.span(mark.start, mark.end)
    note = _notes(doc).get((block.index, mark.start))
    if note is not None:
        words, span = f"[^{note.target}]", note.span
        named = _by_label(doc).get(note.target, [])
    elif mark.kind == "author-year":
        named = _by_author(doc, words)
    else:
        named = [entry for number in sorted(_numbers(words)) if (entry := _by_number(doc).get(number))]
    for work in (work for entry in named for work in entry.records):
        yield Reference(work.kind, work.value, words, span, work.title, work.years, work.url, work.also, work.state)


@measure
def _notes(doc: Document) -> Mapping[tuple[int, int], Link]:
    """The footnote markers by block and place."""
    return {(link.block, link.start): link for link in doc.links if link.kind == "footnote"}


@measure
def _by_label(doc: Document) -> Mapping[str, list[_Entry]]:
    """The notes by label."""
    return {entry.label: [entry] for entry in _entries(doc) if entry.label}


def _by_author(doc: Document, marker: str) -> list[_Entry]:
    """The entry that a marker such as ``Roe et al., 2019`` names."""
    name, years = marker.split(maxsplit=1)[0].rstrip(","), {int(year) for year in _FOUR.findall(marker)}
    return [entry for entry in _entries(doc) if years & entry.years and name in entry.text][:1]


def _numbers(marker: str) -> set[int]:
    """The numbers of a marker, ranges included: ``[2, 5-7]``."""
    found: set[int] = set()
    for first, last in number_pairs(marker):
        found.update(range(int(first), min(int(last or first), int(first) + _WIDEST) + 1))
    return found


# --- names


def _named(doc: Document) -> Iterator[Reference]:
    """The studies, journals and bodies that the text leans on."""
    for item in evidence(doc):
        if item.kind == "vague":
            continue
        block = item.sentence.block
        linked = cited(doc, item.sentence) or matches_entry(doc, item.sentence)
        for each in mentions(item):
            words, span = block.text[each.start : each.end], block.span(each.start, each.end)
            yield Reference(
                each.kind, each.name, words, span, years=_years(words), state="linked" if linked else "unlinked"
            )
