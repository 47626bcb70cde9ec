"""keywords/location-list: a row of place names, or of telephone numbers, that is there to be found."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from acu_lint.api import Block, Document, Hit, Related, Span
from acu_lint_rules.analysis.citations.index import in_references
from acu_lint_rules.analysis.keyphrases.places import NAME, is_place, strung
from acu_lint_rules.analysis.keyphrases.queries import therapy_words
from acu_lint_rules.analysis.keyphrases.text import text, words_of
from acu_lint_rules.analysis.text.layout import above, runs
from acu_lint_rules.analysis.text.lexicon import fold, folded, terms
from acu_lint_rules.analysis.text.patterns import lazy

_READ = frozenset({"paragraph", "item", "title", "description", "heading", "alt", "quote"})
_MARK = r"(?:[ \t]?+[,;|•·/][ \t]?+(?:(?:and|or|&)[ \t])?+|[ \t](?:and|or|&)[ \t])"
_ROW = lazy(rf"\b{NAME}(?:{_MARK}{NAME}){{3,}}+")
_SPLIT = lazy(_MARK)
_PHONE = lazy(r"\(?\+?\d(?:[ ().-]{0,2}\d){6,13}")
_EARLY = lazy(r"\D{0,20}\d{2}")
_START = attrgetter("start")
_CAPITAL = re.compile(r"[A-Z]")
_LEAD = 12  # words before a row among which its cue stands
_CUES = frozenset(terms("places", "cues"))
_AREAS = frozenset({"areas", "served"})
_LEADS = _CUES | _AREAS  # one of these stands before a row
_SELLING_LEADS = _LEADS | {"in", "from"}  # ... where something is sold
_SELLING = frozenset(terms("places", "selling"))
_GUESTS = frozenset(terms("places", "guests"))
_OTHER_NEWS = frozenset(terms("places", "other_news"))
_GOODS = frozenset(terms("places", "goods"))
_PIECES = lazy(r"[|•·;,\n]")
_ANCHOR = lazy(r"<a\s[^<>]{0,400}>([^<>]{3,80})</a>")
_STREETS = frozenset(terms("places", "streets"))
_LISTED = lazy(r"\b(?:areas?|locations?|towns|cities|suburbs|serv(?:e|es|ed|ing)|near)\b", re.IGNORECASE)


def check(doc: Document, *, places: int = 6, repeats: int = 4, phones: int = 5) -> Iterator[Hit]:
    """Report rows of place names in what the page sells, of a service with one place after another, and of numbers.

    ``places``: names in a row; ``repeats``: places that one service is named with; ``phones``: telephone numbers
    without other text.
    """
    often = therapy_words() & text(doc).often  # three times; a fourth may be in the title or a table
    done = -1  # the last block of a list that is reported
    yield from _hubs(doc, places)
    for block in doc.blocks:
        if block.kind not in _READ or block.index <= done:
            continue
        listed = _listed(doc, block, places) if block.kind == "item" else ()
        if listed:
            done = listed[-1].index
            related = tuple(Related(each.span(), f"here: '{each.text.strip()}'") for each in listed[1:])
            yield Hit(block.span(), {"match": block.text.strip(), "count": len(listed)}, related=related)
            continue
        found = [*_rows(doc, block, places)] if _may_list(block.text, places) else []
        if not often.isdisjoint(folded(doc)[block.index]):
            found += _repeated(doc, block, often, repeats)
        if found and not in_references(doc, block):
            yield from _one_to_a_sentence(block, found)
        if (span := _numbers(block, phones)) is not None:
            yield Hit(span, {"count": len(_PHONE.findall(block.text))}, message="numbers")


Row = tuple[int, int, int]  # a range of a block's text, and the number of places in it


def _one_to_a_sentence(block: Block, found: Sequence[Row]) -> Iterator[Hit]:
    first: dict[int, Row] = {}
    for row in found:
        at = bisect_right(block.sentences, row[0], key=_START) - 1
        if at >= 0 and row[0] < block.sentences[at].end:
            first.setdefault(at, row)
    for at in sorted(first):
        start, end, count = first[at]
        yield Hit(block.span(start, end), {"match": block.text[start:end], "count": count})


# --- 'Massage in Leeds, Bradford, Wakefield, Halifax, York and Hull'


def _may_list(line: str, places: int) -> bool:
    """Whether a text has the signs and the capitals of a row of names."""
    return sum(map(line.count, ",;|•·/")) >= places - 2 and len(_CAPITAL.findall(line)) >= places


def _rows(doc: Document, block: Block, places: int) -> Iterator[Row]:
    """Find names between commas behind a word such as 'serving', or 'in' where something is sold."""
    words = folded(doc)[block.index]
    selling = not (_SELLING.isdisjoint(words) and therapy_words().isdisjoint(words))
    leads = _SELLING_LEADS if selling else _LEADS
    found = list(_named(block.text, places)) if not leads.isdisjoint(words) and _OTHER_NEWS.isdisjoint(words) else ()
    if not found:
        return
    links = sorted(link.start for link in doc.links_by_block.get(block.index, ()))
    for start, end, count in found:
        here = block.words.before(start)
        linked = bisect_left(links, end) - bisect_left(links, start)  # such places lead to pages of their own
        if 2 * linked < count and _is_offered(words[max(here - _LEAD, 0) : here], selling=selling):
            yield start, end, count


def _named(line: str, places: int) -> Iterator[Row]:
    """Find rows of names that may be those of towns."""
    for match in _ROW.finditer(line):
        names = [name for name in _SPLIT.split(match.group()) if name]
        first = names[0].split(maxsplit=1)
        lead = 0
        if len(first) == 2 and fold(first[0]) in _CUES | {"in"}:
            lead, names[0] = len(names[0]) - len(first[1]), first[1]
        if not _STREETS.isdisjoint(fold(word) for name in names for word in name.split()):
            continue  # an address
        good = sum(map(is_place, names))
        if good >= places and good >= len(names) - 1:
            yield match.start() + lead, match.end(), good


def _is_offered(lead: Sequence[str], *, selling: bool) -> bool:
    """Whether the words before a row say that something is offered there."""
    if not _CUES.isdisjoint(lead) or set(lead) >= _AREAS:
        return True
    welcomed = lead[-1:] == ("from",) and not _GUESTS.isdisjoint(lead)
    return selling and (lead[-1:] == ("in",) or welcomed)


def _listed(doc: Document, block: Block, places: int) -> Sequence[Block]:
    """The items of a list of places below a line such as 'Areas we serve', from its first item on."""
    first, last = runs(doc)[block.index]
    lead = above(doc, block)
    if block.index != first or last - first + 1 < places or lead is None or not _LISTED.search(lead.text[-100:]):
        return ()
    items = doc.blocks[first : last + 1]
    plain = all(_is_name(item.text.strip()) and item.index not in doc.links_by_block for item in items)
    return items if plain else ()


def _is_name(text: str) -> bool:
    return re.fullmatch(NAME, text) is not None and is_place(text)


# --- 'cupping Sydney cupping Parramatta cupping Penrith cupping Ryde'


def _repeated(doc: Document, block: Block, therapies: Iterable[str], repeats: int) -> Iterator[Row]:
    """Find a service that one place after another follows, in text that says little else."""
    words = folded(doc)[block.index]
    services = {word for word in therapies if words.count(word) >= repeats}
    if not services:
        return
    row = block.words
    found: dict[str, list[int]] = defaultdict(list)
    for index, word in enumerate(words[:-1]):
        after = row[index + 1]
        joined = block.text[row[index].end : after.start].isspace()
        if word in services and joined and after.text[:1].isupper() and _may_follow(words[index + 1]):
            found[word].append(index)
    for places in found.values():
        first, last = places[0], places[-1] + 1
        names = {words[index + 1] for index in places}
        if len(names) >= repeats and 2 * len(places) >= 0.6 * (last - first + 1):
            yield row[first].start, row[last].end, len(names)


def _may_follow(word: str) -> bool:
    return word not in _GOODS and word not in words_of("offers") and is_place(word.capitalize())


# --- 'Dentist in Dover | Dentist in Deal | Dentist in Walmer'


def _hubs(doc: Document, places: int) -> Iterator[Hit]:
    """Find one service in ``places`` towns, strung together in one line or in the footer of an HTML page."""
    for span, pieces in (*_lines(doc, places), *_footers(doc)):
        service, towns = strung(pieces)
        if towns >= places:
            yield Hit(span, {"match": service, "count": towns}, message="hub")


def _lines(doc: Document, places: int) -> Iterator[tuple[Span, Sequence[str]]]:
    """The parts of each block that bars, dots, commas or line ends keep apart, and the items of each list."""
    for items, run in groupby(doc.blocks, key=lambda block: block.kind == "item"):
        blocks = list(run)
        if items and len(blocks) >= places:
            yield blocks[0].span(), [block.text for block in blocks]
        for block in blocks:
            if block.kind in _READ and block.text.count(" in ") + block.text.count(" near ") >= places:
                yield block.span(), _PIECES.split(block.text)


def _footers(doc: Document) -> Iterator[tuple[Span, Sequence[str]]]:
    """The words of the links of each footer, which are no part of the article and so no blocks."""
    if doc.format != "html":
        return
    source = doc.source.text
    end = 0
    while (start := source.find("<footer", end)) >= 0:
        end = source.find("</footer", start)
        if end < 0:
            return
        links = list(_ANCHOR.finditer(source, start, end))
        if links:
            yield Span(links[0].start(1), links[-1].end(1)), [link[1] for link in links]


# --- telephone numbers


def _numbers(block: Block, phones: int) -> Span | None:
    """The numbers of a block that holds nothing else worth reading."""
    if not _EARLY.match(block.text):
        return None
    found = list(_PHONE.finditer(block.text))
    letters = sum(map(str.isalpha, block.text)) - sum(map(str.isalpha, "".join(m.group() for m in found)))
    if len(found) < phones or letters > 4 * len(found):
        return None
    return block.span(found[0].start(), found[-1].end())
