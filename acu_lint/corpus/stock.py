"""Text that stands on page after page of any site and is not compared: links, cards, hours, contacts, filler.

Unlike boilerplate (``boilerplate.py``) it is told by its own form, so that two pages that share it are enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from acu_lint.document.document import PROSE, Block, Document

_CARD = 60  # words of a teaser between two links to pages; what is longer is an article of its own
_CARDS = 2  # of them in a row: a list of pages
_PARTS = 4  # blocks of one
_BUTTON = 3  # words: "Read more", "Find out more"
_BOX = 60  # words of a box with a help line or an address
_ROW = 40  # words of opening hours

# Words that opening hours consist of, besides figures.
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun weekdays "
    "weekends mondays tuesdays wednesdays thursdays fridays saturdays sundays daily closed am pm noon midday".split()
)
_AROUND_DAYS = frozenset(
    "to and from until till by appointment only open opens hours opening times time clinic reception office "
    "holidays bank public lunch midnight a.m p.m or day days on the except week weekday weekend evenings mornings "
    "o'clock".split()
)
_TIME = re.compile(r"\d{1,4}(?:[.:]\d\d)?(?:am|pm)?")
# Filler that templates come with; "Lorem ipsum" goes on for several paragraphs.
_FILLER = re.compile(
    r"\b(?:lorem ipsum|dolor sit amet|consectetu?r adipis[ci]|sed do eiusmod|ut enim ad minim|quis nostrud"
    r"|duis aute irure|excepteur sint|sed ut perspiciatis|nemo enim ipsam|at vero eos|temporibus autem|curabitur"
    r"|vestibulum|pellentesque)\b",
    re.IGNORECASE,
)
# What to ring in need: "If you are in crisis, call or text 988".
_HELP_LINE = re.compile(
    r"\b(?:call|dial|ring|phone|text|contact|reach)\b(?:\W+\w+){0,6}?\W+"
    r"(?:988|911|999|112|111|000|116\s?1(?:11|17|23)|13\s?11\s?14|741\s?741|85258|samaritans|lifeline|hotline|helpline"
    r"|crisis\s(?:text\s)?line|emergency\sservices|emergency\snumber)\b",
    re.IGNORECASE,
)
# Words of which one is in all that these two find: hardly any block is searched for them.
_SIGNS = frozenset(
    "988 911 999 112 111 000 116 116111 116117 116123 13 131114 741741 741 85258 samaritans lifeline hotline helpline "
    "crisis emergency ipsum dolor adipiscing adipisicing eiusmod enim nostrud irure excepteur perspiciatis ipsam eos "
    "autem curabitur vestibulum pellentesque".split()
)
_FIGURES = re.compile(r"\d[\d ().-]{4}")  # what a telephone number has
_CONTACT = re.compile(
    r"(?<![\d/])(?:\+\d|\(0|0)\d(?:[ ().-]{0,2}\d){6,12}(?!\d)"  # +44 20 7946 0000, (01632) 960 000
    r"|(?<![\d/])\(?\d{3}\)?[ .-]{1,2}\d{3}[ .-]\d{4}(?!\d)"  # (555) 010-0199
    r"|\b[\w.+-]{1,40}@[\w-]{1,40}\.\w"
)


def linked_blocks(doc: Document) -> frozenset[int]:
    """The indices of the blocks that lead to other pages: those that are links for the most part, and cards."""
    if not doc.links:
        return frozenset()
    found = (doc.blocks[index] for index in sorted(doc.links_by_block))
    linked = [block for block in found if _is_text(block) and _is_link(doc, block)]
    return frozenset(block.index for block in linked).union(_cards(doc, linked))


def is_stock(block: Block, words: Sequence[str]) -> bool:
    """Whether a block is opening hours, filler, or says whom to ring; ``words`` are its folded ones."""
    if not words:
        return False
    text = block.text
    if not _SIGNS.isdisjoint(words) and (_FILLER.search(text) or (len(words) <= _BOX and _HELP_LINE.search(text))):
        return True
    if len(words) <= _BOX and ("@" in text or _FIGURES.search(text)) and _CONTACT.search(text):
        return True
    return len(words) <= _ROW and _is_hours(words)


def _is_text(block: Block) -> bool:
    return block.kind == "heading" or block.kind in PROSE


def _is_link(doc: Document, block: Block) -> bool:
    """Whether most of a block is links: a menu, a card, the tags of an article."""
    links = doc.links_by_block.get(block.index, ())
    return 2 * sum(link.end - link.start for link in links if link.kind == "link") > len(block.text)


def _cards(doc: Document, linked: Sequence[Block]) -> Iterator[int]:
    """The blocks of teasers: short texts between links, several in a row."""
    row: list[Block] = []
    for block in linked:
        if row and _words(doc.blocks[row[-1].index + 1 : block.index]) > _CARD:
            yield from _in_row(doc, row)
            row = []
        row.append(block)
    yield from _in_row(doc, row)


def _in_row(doc: Document, row: Sequence[Block]) -> Iterator[int]:
    """The blocks between links in a row, with the first card above a button and the last one below a linked title."""
    if sum(one.index + 1 < two.index for one, two in pairwise(row)) < _CARDS:
        return
    first, last = row[0].index, row[-1].index
    yield from range(first, last)
    headings = (at for at in range(first - 1, max(first - _PARTS, -1), -1) if doc.blocks[at].kind == "heading")
    top = next(headings, first)
    if _words(doc.blocks[top:first]) <= _CARD:
        yield from range(top, first)
    below = doc.blocks[last + 1 : last + 2]
    if len(row[-1].words) > _BUTTON and _words(below) <= _CARD:
        yield from (block.index for block in below if block.kind != "heading")


def _words(blocks: Sequence[Block]) -> int:
    return sum(len(block.words) for block in blocks)


def _is_hours(words: Sequence[str]) -> bool:
    """Whether words are opening hours and nothing else: "Mon to Fri 9am-5pm, Sat closed"."""
    first = words[0]
    if first not in _DAYS and first not in _AROUND_DAYS and not first[0].isdigit() and "-" not in first:
        return False
    if not all(map(_is_hour, _parts(words))):
        return False
    return any(part in _DAYS or part.endswith(("am", "pm")) for part in _parts(words))


def _is_hour(word: str) -> bool:
    return word in _DAYS or word in _AROUND_DAYS or _TIME.fullmatch(word) is not None


def _parts(words: Sequence[str]) -> Iterator[str]:
    """The words, hyphenated ones (``mon-fri``, ``9am-5pm``) in parts."""
    return (part for word in words for part in word.split("-"))
