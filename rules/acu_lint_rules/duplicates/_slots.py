"""What the title of a page is filled with: a place, a complaint, a treatment or a figure; and the page without it.

A doorway page is a template with one slot. Its title and headings are those of its sisters but for what fills the
slot, also where every sentence has been worded anew. So the words of each page are *masked*: a sign stands for the
filler. Two pages with one masked title or heading share a key in the index, and no article has to be read to know it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, islice
from typing import NamedTuple

from acu_lint.api import PROSE, Block, Document, measure
from acu_lint_rules.analysis.keyphrases.text import is_content
from acu_lint_rules.analysis.page.titles import own_title
from acu_lint_rules.analysis.text.lexicon import fold, load, matcher

MASK = "*"
SHORT = 900  # characters, some 150 words
_FILLERS = 4  # of one title
_NAME_WORDS = 4
_TERMS = {"complaint": "conditions", "treatment": "interventions"}
_WORD = re.compile(r"[^\W_][\w.'’-]*")
_NEXT = re.compile(r" ?[ -] ?|, ")  # between two words of a name: 'Stoke Lyne', 'Ely, Cambridgeshire'

Words = tuple[str, ...]


class Filler(NamedTuple):
    """What fills the slot of a page: ``kind`` is place, complaint, treatment or figure, ``text`` as it is written.

    ``wordings`` are its folded words, the longest first: a town with its county, and without.
    """

    kind: str
    text: str
    wordings: tuple[Words, ...]


class Masked(NamedTuple):
    """A page with the mask in place of a filler: its title and top heading, and the other headings in their order."""

    filler: Filler
    titles: tuple[Words, ...]
    headings: tuple[Words, ...]


@measure
def texts(doc: Document) -> Mapping[Filler, Counter[str]]:
    """How often each content word stands in the page without each of its fillers (the mask included)."""
    bodies = _texts(doc, *PROSE)
    return {page.filler: Counter(filter(_counts, _every_word(page, bodies))) for page in masked(doc)}


def _every_word(page: Masked, bodies: Sequence[Words]) -> Iterator[str]:
    yield from chain.from_iterable((*page.titles, *page.headings))
    yield from chain.from_iterable(_without(words, page.filler) for words in bodies)


def skeleton_keys(doc: Document) -> Iterator[str]:
    """The masked titles of a page, and its headings that have the mask where it stands for a place.

    A long page that differs from others in a complaint, treatment or figure only is found by its passages.
    """
    is_short = sum(len(block.text) for block in doc.blocks if block.kind in PROSE) < SHORT
    for page in masked(doc):
        is_place = page.filler.kind == "place"
        found = (*page.titles, *page.headings) if is_place else page.titles if is_short else ()
        yield from (" ".join(sorted(words)) for words in found if MASK in words and len(words) > 1)


@measure
def masked(doc: Document) -> tuple[Masked, ...]:
    """The page without each of the words that its title may be filled with."""
    return tuple(_mask(doc, filler) for filler in islice(_fillers(doc), _FILLERS))


def _mask(doc: Document, filler: Filler) -> Masked:
    headings = _texts(doc, "heading")
    top = [headings.pop(0)] if _top(doc) else []
    titles = dict.fromkeys(_without(words, filler) for words in (_words(own_title(doc).text), *top) if words)
    return Masked(filler, tuple(titles), tuple(_without(words, filler) for words in headings))


def _counts(word: str) -> bool:
    return word == MASK or is_content(word)


def _without(words: Words, filler: Filler) -> Words:
    """The words with the mask for each place of the filler."""
    for wording in filler.wordings:
        words = _replaced(words, wording)
    return words


def _replaced(words: Words, wording: Words) -> Words:
    if wording[0] not in words:
        return words
    found: list[str] = []
    at = 0
    while at < len(words):
        here = words[at : at + len(wording)] == wording
        found.append(MASK if here else words[at])
        at += len(wording) if here else 1
    return tuple(found)


# --- what fills the title


def _fillers(doc: Document) -> Iterator[Filler]:
    top = _top(doc)
    seen: set[Words] = set()
    for title in dict.fromkeys((own_title(doc).text, top.text if top else "")):
        for filler in (*_places(doc, title), *_listed(title), *_figures(title)):
            if filler.wordings[0] not in seen:
                seen.add(filler.wordings[0])
                yield filler


def _places(doc: Document, title: str) -> Iterator[Filler]:
    """Names behind 'in', 'near' and the like in the title; or names in it that stand so in the text."""
    words = list(_WORD.finditer(title))
    behind = (at for at, word in enumerate(words) if fold(word.group()) in doorway_words("locating"))
    names = list(filter(None, (_name(title, words, at) for at in behind))) or list(_placed(doc, title, words))
    for name in names:
        text = title[words[name[0]].start() : words[name[1] - 1].end()]
        whole, town = _words(text), _words(text.partition(",")[0])
        if not _is_common(doc, town):
            yield Filler("place", text.partition(",")[0], tuple(dict.fromkeys((whole, town))))


def _name(title: str, words: Sequence[re.Match[str]], at: int) -> tuple[int, int] | None:
    """The range of the words of a name behind word ``at``."""
    end = last = at + 1
    while end < len(words) and end - at <= _NAME_WORDS:
        if end > at + 1 and not _NEXT.fullmatch(title[words[end - 1].end() : words[end].start()]):
            break
        if words[end].group()[0].isupper():
            last = end + 1
        elif end == at + 1 or words[end].group() not in doorway_words("in_names"):
            break
        end += 1
    return (at + 1, last) if last > at + 1 else None


def _placed(doc: Document, title: str, words: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """'Leeds' in 'Leeds dentist', where the text says 'in Leeds'."""
    at = 0
    while at < len(words):
        first = words[at].group()
        name = _name(title, words, at - 1) if first[0].isupper() and _stands_as_place(doc, first) else None
        if name:
            end = next(
                (end for end in range(name[1], at + 1, -1) if _stands_as_place(doc, _text(title, words, at, end))),
                at + 1,
            )
            yield at, end
        at = end if name else at + 1


def _text(title: str, words: Sequence[re.Match[str]], start: int, end: int) -> str:
    return title[words[start].start() : words[end - 1].end()]


def _stands_as_place(doc: Document, name: str) -> bool:
    """Whether a name stands behind 'in', 'near' and the like somewhere in the text."""
    for block in doc.blocks:
        if (block.kind in PROSE or block.kind == "heading") and name in block.text:
            before = block.text[: block.text.index(name)].rsplit(maxsplit=1)[-1:]
            if before and before[0].lower() in doorway_words("locating"):
                return True
    return False


def _is_common(doc: Document, name: Words) -> bool:
    """Whether the text has the words of a name in small letters too: 'menopause' is no place."""
    small = [word for word in name if word not in doorway_words("in_names")]
    return not small or any(
        re.search(rf"(?<!\w){re.escape(word)}(?!\w)", block.text)
        for word in small
        for block in doc.blocks
        if block.kind in PROSE and word in block.text
    )


def _listed(title: str) -> Iterator[Filler]:
    words = _words(title)
    for kind, name in _TERMS.items():
        for term in matcher(name).scan(words):
            found = words[term.first : term.last]
            yield Filler(kind, " ".join(found), (found,))


def _figures(title: str) -> Iterator[Filler]:
    yield from (Filler("figure", word, ((word,),)) for word in _words(title) if word[0].isdigit())


# --- words


def _top(doc: Document) -> Block | None:
    """The heading that is the title of the text, where the text begins with one."""
    first = next((block for block in doc.blocks if block.kind == "heading"), None)
    return first if first is not None and first.level == 1 else None


def _texts(doc: Document, *kinds: str) -> list[Words]:
    # Not "folded(doc)": the index has no use for the sentences that it makes.
    return [tuple(map(_plain, block.folded_words())) for block in doc.blocks if block.kind in kinds and block.text]


def _plain(word: str) -> str:
    return fold(word) if "'" in word else word


def _words(text: str) -> Words:
    return tuple(fold(match.group().rstrip(".'’-")) for match in _WORD.finditer(text))


@cache
def doorway_words(section: str) -> frozenset[str]:
    """The words of a section of ``lexicons/doorways.txt``."""
    return frozenset(load("doorways")[section])
