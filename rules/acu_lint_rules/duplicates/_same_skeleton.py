"""Pages with one title and one set of headings but for a place: doorways whose sentences were worded anew.

Also short pages that are the same but for a place, a complaint, a treatment or a figure; they have no passage of 25
words that could be compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from acu_lint.api import PROSE, Corpus, Document, language, measure
from acu_lint_rules.analysis.text.lexicon import terms
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.duplicates._page_keys import alike, is_listed
from acu_lint_rules.duplicates._slots import MASK, Masked, masked, skeleton_keys, texts

COMPARED = 40  # pages at most, of those that share most the last by path: the same for each page of a series
_LINKS = 3  # sisters through which others are found
_NAMED = 201  # pages that the index names at most: where the page itself is none of them there are more
_FAILED = 12  # pages with one title that are different; then it is no series
_SAME_TITLE = 0.8  # of the words of two titles; the brand behind one may be left out
_SAME_HEADINGS = 0.75
_HEADINGS = 2  # without a title they say little
_SAME_TEXT = 0.5  # share of the content words, for pages that differ in a place
_SAME_TOPIC = 0.35  # with the same headings
_SAME_WORDS = 0.9  # for those that differ in what they are about
_OFFERS = 2  # words such as "our" and "book" in a page that offers something
_OWN = 2  # of staff, address, telephone and opening hours: a branch has its own

_SELLING = frozenset(terms("places", "selling"))
_STREET = lazy(
    r"\b\d{1,5}[a-z]?,? (?:[A-Z][\w'’.-]{0,20} ){1,3}(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Drive|Dr|Close|"
    r"Crescent|Boulevard|Blvd|Court|Square|Terrace|Parade|Way|Parkway|Pkwy|Highway|Hwy|Place|Pl)\b"
)
POSTCODE = lazy(r"\b(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]{2} \d{5}(?:-\d{4})?)\b")
_PHONE = lazy(r"(?<![\d/])(?:\+|\(0|0|\()?\d(?:[ ().-]{0,2}\d){8,12}(?!\d)")
_HOURS = lazy(r"\b\d{1,2}(?:[:.]\d\d)? ?(?:am|pm)\b|\b\d{1,2}[:.]\d\d ?[–-] ?\d{1,2}[:.]\d\d\b", re.IGNORECASE)
_STAFF = lazy(r"\b(?:Dr|Doctor|Mr|Mrs|Ms|Prof|Professor)\.? (?:[A-Z][\w'’.-]{0,20} ?){1,3}")


class Sister(NamedTuple):
    """Another page with the same skeleton: what fills the slot of either page, and whether the words are the same."""

    page: Document
    slot: str
    here: str
    there: str
    in_words: bool


def sisters(doc: Document, corpus: Corpus) -> Sequence[Sister]:
    """The pages that are the same as a page but for the filler of one slot, or as one of those: a set is one."""
    shared = _sharing(doc, corpus)
    found: list[Sister] = []
    others: list[Document] = []
    for path in sorted(shared, key=lambda path: (shared[path], path), reverse=True):
        other = corpus.document(path)
        one = _sister(doc, other) if is_listed(other) and language(doc) == language(other) else None
        if one and not corpus.is_meant(doc, other):
            found.append(one)
        else:
            others.append(other)
        if len(others) == _FAILED or len(found) == COMPARED:
            break
    return [*found, *_through(found[:_LINKS], others, corpus)]


def _sharing(doc: Document, corpus: Corpus) -> Mapping[str, int]:
    keys = [("skeleton", key) for key in skeleton_keys(doc)]
    return corpus.sharing_keys(doc, keys) if keys else {}


def is_told_among_the_first(doc: Document, corpus: Corpus) -> bool:
    """Whether a page stands behind more pages with its title than the index names, and the last of those is checked."""
    shared = _sharing(doc, corpus)
    last = max(shared, default="")
    return len(shared) >= _NAMED and corpus.is_checked(last) and not corpus.is_reported_there(doc, last)


def _through(found: Sequence[Sister], others: Sequence[Document], corpus: Corpus) -> Iterator[Sister]:
    """Pages that are the same as a sister, though not as the page itself."""
    for other in others if found else ():
        if is_listed(other) and language(other) == language(found[0].page):
            pairs = ((mate, one) for mate in found if (one := _sister(mate.page, other)))
            mate, one = next(pairs, (None, None))
            if mate and one and one.slot == mate.slot and not corpus.is_meant(mate.page, other):
                yield one._replace(here=mate.here)


def _sister(doc: Document, other: Document) -> Sister | None:
    for here in masked(doc):
        for there in masked(other):
            if _is_one_slot(here, there) and _is_one_title(here, there):
                text = alike(texts(doc)[here.filler], texts(other)[there.filler])
                if _is_same(doc, here, other, there, text):
                    same = text >= _SAME_WORDS
                    return Sister(other, here.filler.kind, here.filler.text, there.filler.text, same)
    return None


def _is_one_slot(here: Masked, there: Masked) -> bool:
    return here.filler.kind == there.filler.kind and here.filler.wordings[-1] != there.filler.wordings[-1]


def _is_one_title(here: Masked, there: Masked) -> bool:
    return any(
        alike(one, two) >= _SAME_TITLE for one in here.titles for two in there.titles if MASK in one and MASK in two
    )


def _is_same(doc: Document, here: Masked, other: Document, there: Masked, text: float) -> bool:
    """Whether two pages with one title are the same; ``text`` is the share of content words that both have."""
    if here.filler.kind != "place":
        return text >= _SAME_WORDS
    if _is_branch(doc, other):
        return False
    if not _same_headings(here, there):
        return text >= _SAME_TEXT
    if any(MASK in heading for heading in here.headings):
        return text >= _SAME_TOPIC or _offers(doc) or _offers(other)
    return text >= _SAME_TOPIC or (here.headings == there.headings and _offers(doc) and _offers(other))


def _same_headings(here: Masked, there: Masked) -> bool:
    if min(len(here.headings), len(there.headings)) < _HEADINGS:
        return False
    return alike(here.headings, there.headings) >= _SAME_HEADINGS


@measure
def _offers(doc: Document) -> bool:
    """Whether a page offers something: advice on Kenya and on Peru has the same headings for good reason."""
    words = (word for block in doc.blocks for word in block.folded_words())
    return sum(word in _SELLING for word in words) >= _OFFERS


# --- branches


def _is_branch(doc: Document, other: Document) -> bool:
    """Whether each page has staff, an address, a telephone number or opening hours that the other has not."""
    pairs = zip(_details(doc), _details(other), strict=True)
    return sum(bool(here - there and there - here) for here, there in pairs) >= _OWN


@measure
def _details(doc: Document) -> tuple[frozenset[str], ...]:
    """The staff, addresses, telephone numbers and opening hours that a page names."""
    text = "\n".join(block.text for block in doc.blocks if block.kind in PROSE)
    patterns = ((_STAFF,), (_STREET, POSTCODE), (_PHONE,), (_HOURS,))
    return tuple(frozenset(match.group() for each in kind for match in each.finditer(text)) for kind in patterns)
