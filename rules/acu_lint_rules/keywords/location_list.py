"""keywords/location-list: a row of place names, or of telephone numbers, that is there to be found."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from acu_lint.api import Block, Document, Hit, Related, Span
from acu_lint_rules.analysis.citations.index import in_references
from acu_lint_rules.analysis.keyphrases.queries import therapy_words
from acu_lint_rules.analysis.keyphrases.text import text, words_of
from acu_lint_rules.analysis.text.layout import above, runs
from acu_lint_rules.analysis.text.lexicon import fold, folded, matcher, terms
from acu_lint_rules.analysis.text.patterns import lazy

_READ = frozenset({"paragraph", "item", "title", "description", "heading", "alt", "quote"})
_NAME = r"[A-Z][\w'’-]*+(?:[ -](?:(?:upon|of|on|by|in|under|le|the)[ -])?[A-Z][\w'’-]++){0,3}+"
_MARK = r"(?:[ \t]?+[,;|•·/][ \t]?+(?:(?:and|or|&)[ \t])?+|[ \t](?:and|or|&)[ \t])"
_ROW = lazy(rf"\b{_NAME}(?:{_MARK}{_NAME}){{3,}}+")
_SPLIT = lazy(_MARK)
_PHONE = lazy(r"\(?\+?\d(?:[ ().-]{0,2}\d){6,13}")
_EARLY = lazy(r"\D{0,20}\d{2}")
_START = attrgetter("start")
_LEAD = 12  # words before a row among which its cue stands
_CUES = frozenset(terms("places", "cues"))
_SELLING = frozenset(terms("places", "selling"))
_GUESTS = frozenset(terms("places", "guests"))
_OTHER_NEWS = frozenset(terms("places", "other_news"))
_NO_PLACES = frozenset(terms("places", "no_places"))
_NO_PLACE_ENDS = ("ology", "iatry", "ics", "therapy", "ing", "tion", "ment", "ness", "ist", "ists", "ism", "itis")
_GOODS = frozenset(terms("places", "goods"))
_LISTED = lazy(r"\b(?:areas?|locations?|towns|cities|suburbs|serv(?:e|es|ed|ing)|near)\b", re.IGNORECASE)


def check(doc: Document, *, places: int = 6, repeats: int = 4, phones: int = 5) -> Iterator[Hit]:
    """Report rows of place names in what the page sells, of a service with one place after another, and of numbers.

    ``places``: names in a row; ``repeats``: places that one service is named with; ``phones``: telephone numbers
    without other text.
    """
    often = therapy_words() & text(doc).often  # three times; a fourth may be in the title or a table
    done = -1  # the last block of a list that is reported
    for block in doc.blocks:
        if block.kind not in _READ or block.index <= done:
            continue
        listed = _listed(doc, block, places)
        if listed:
            done = listed[-1].index
            related = tuple(Related(each.span(), f"here: '{each.text.strip()}'") for each in listed[1:])
            yield Hit(block.span(), {"match": block.text.strip(), "count": len(listed)}, related=related)
            continue
        found = [*_rows(doc, block, places), *(_repeated(doc, block, often, repeats) if often else ())]
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


def _rows(doc: Document, block: Block, places: int) -> Iterator[Row]:
    """Find names between commas behind a word such as 'serving', or 'in' where something is sold."""
    line = block.text
    if sum(map(line.count, ",;|•·/")) < places - 2:
        return
    found = list(_named(line, places))
    words = folded(doc)[block.index] if found else ()
    if not found or not _OTHER_NEWS.isdisjoint(words):
        return
    selling = not (_SELLING.isdisjoint(words) and therapy_words().isdisjoint(words))
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
        good = sum(map(_is_place, names))
        if good >= places and good >= len(names) - 1:
            yield match.start() + lead, match.end(), good


def _is_place(name: str) -> bool:
    """Whether a name may be that of a town: no therapy, complaint, country, month, language or subject."""
    words = [fold(word) for word in name.split()]
    if not _NO_PLACES.isdisjoint(words) or words[-1].endswith(_NO_PLACE_ENDS):
        return False
    return not (matcher("interventions").scan(words) or matcher("conditions").scan(words))


def _is_offered(lead: Sequence[str], *, selling: bool) -> bool:
    """Whether the words before a row say that something is offered there."""
    if not _CUES.isdisjoint(lead) or {"areas", "served"} <= set(lead):
        return True
    welcomed = lead[-1:] == ("from",) and not _GUESTS.isdisjoint(lead)
    return selling and (lead[-1:] == ("in",) or welcomed)


def _listed(doc: Document, block: Block, places: int) -> Sequence[Block]:
    """The items of a list of places below a line such as 'Areas we serve', from its first item on."""
    if block.kind != "item":
        return ()
    first, last = runs(doc)[block.index]
    lead = above(doc, block)
    if block.index != first or last - first + 1 < places or lead is None or not _LISTED.search(lead.text[-100:]):
        return ()
    items = doc.blocks[first : last + 1]
    plain = all(_is_name(item.text.strip()) and item.index not in doc.links_by_block for item in items)
    return items if plain else ()


def _is_name(text: str) -> bool:
    return re.fullmatch(_NAME, text) is not None and _is_place(text)


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
    return word not in _GOODS and word not in words_of("offers") and _is_place(word.capitalize())


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
