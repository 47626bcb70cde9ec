"""Under which keys the index of a corpus finds a page: its title, its description, what it wants to be found for.

Two pages whose titles, descriptions or keyphrases are equal or nearly equal share a key of that kind, so that no
article has to be read to know which others may repeat it. What shares a key is a candidate; the rules decide.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import cache
from zlib import crc32

from acu_lint.api import Document, Span, measure
from acu_lint_rules.analysis.keyphrases.chosen import focus
from acu_lint_rules.analysis.keyphrases.phrases import stems_of
from acu_lint_rules.analysis.keyphrases.text import is_content
from acu_lint_rules.analysis.page.metadata import Value, pagehead
from acu_lint_rules.analysis.page.titles import own_title, parted
from acu_lint_rules.analysis.text.inflection import stem
from acu_lint_rules.analysis.text.lexicon import fold, load
from acu_lint_rules.analysis.text.templates import has_template
from acu_lint_rules.duplicates._slots import skeleton_keys

VERSION = 5  # of the keys: an index with others is made again, so raise it with every change of what follows
SAME_TITLE = 0.95  # share of the words of two titles, and of two descriptions, that both have
SAME_DESCRIPTION = 0.9
BRAND_PAGES = 3  # what stands behind so many titles may be the site's name
_ROUNDING = 1e-9
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_TOPIC = 2  # content words that name a topic; one alone is a subject area
_SECTIONS_OF_NO_QUESTION = ("", "small", "modifiers", "turning")
_KEYPHRASE_NAME = re.compile(r"keyphrase|keyword|focuskw", re.I)

Key = tuple[str, str]  # kind, text


def index_keys(doc: Document) -> Iterator[Key]:
    """The keys of a page; a page that search engines are told not to list, a draft and a fragment have none.

    ``title``: see ``near_keys``, with and without what may be a brand behind it. ``brand``: what stands there.
    ``description``: see ``near_keys``. ``keyphrase``: the content words of a keyphrase that the front matter chooses.
    ``topic``: those of the title. ``skeleton``: title and headings without what may fill a slot (see ``_slots``).
    """
    if not is_listed(doc):
        return
    title = own_title(doc).text
    topic, brand = parted(title)
    yield from _kind("title", near_keys(words_of(title), SAME_TITLE))
    if brand:
        yield from _kind("title", near_keys(words_of(topic), SAME_TITLE))
        yield "brand", brand_key(brand)
    yield from description_keys(doc)
    yield from keyphrase_keys(doc)
    yield from _kind("skeleton", skeleton_keys(doc))


def title_keys(words: Iterable[str]) -> frozenset[Key]:
    """The keys of kind ``title`` of the pages whose title has these words or nearly these."""
    return frozenset(_kind("title", near_keys(words, SAME_TITLE)))


def description_keys(doc: Document) -> frozenset[Key]:
    """The keys of kind ``description`` of a page."""
    return frozenset(_kind("description", near_keys(words_of(description(doc).text), SAME_DESCRIPTION)))


def keyphrase_keys(doc: Document) -> frozenset[Key]:
    """The keys of kinds ``keyphrase`` and ``topic`` of a page."""
    keys = {("keyphrase", stems) for stems in chosen(doc)}
    wanted = topic(doc)
    return frozenset(keys | {("topic", wanted)} if wanted else keys)


def brand_key(brand: str) -> str:
    """A brand without case and punctuation."""
    return " ".join(words_of(brand))


def _kind(kind: str, texts: Iterable[str]) -> Iterator[Key]:
    return ((kind, text) for text in texts)


# --- nearly equal texts, the order of the words left aside


def near_keys(words: Iterable[str], least: float) -> set[str]:
    """Keys of which two texts have one in common wherever they are alike (``reaches(one, two, least)``).

    Proof. Let A and B be the bags of words, n and m their sizes, s = n + m. If 2|A ∩ B| >= least * s, they differ in
    at most d = (1 - least) * s words. The words are dealt to k = floor(d) + 1 classes by a hash of the word alone, so
    at least one class holds none of the d words and is the same in both (perhaps empty, which is a key as well). A
    text does not know m, but m lies between n * least / (2 - least) and n * (2 - least) / least; it gives the keys for
    every k that an m in this range makes, one to three. Short texts have k = 1: only equal bags share a key. Numbers
    must be equal (see ``reaches``), so they stand in every key.
    """
    own = _bag(words)
    numbers = " ".join(sorted(_numbers(own)))
    keys: set[str] = set()
    for classes in _numbers_of_classes(len(own), least) if own else ():
        dealt: list[list[str]] = [[] for _ in range(classes)]
        for word in own:
            dealt[crc32(word.encode(errors="replace")) % classes].append(word)
        keys.update(f"{classes}.{at} {numbers} {' '.join(sorted(each))}" for at, each in enumerate(dealt))
    return keys


def _bag(words: Iterable[str]) -> frozenset[str]:
    """The words, told apart where one occurs several times."""
    counts: Counter[str] = Counter()
    bag = set()
    for word in words:
        counts[word] += 1
        bag.add(word if counts[word] == 1 else f"{word}#{counts[word]}")
    return frozenset(bag)


def _numbers_of_classes(size: int, least: float) -> range:
    lowest = int(size * least / (2 - least) - _ROUNDING) + 1  # rounded up
    highest = int(size * (2 - least) / least + _ROUNDING)
    first, last = (int((1 - least) * (size + other) + _ROUNDING) + 1 for other in (min(lowest, size), highest))
    return range(first, last + 1)


def alike(one: Iterable[Hashable], two: Iterable[Hashable]) -> float:
    """The share of the words of two texts that both have, 0 … 1 (Sørensen and Dice); word order does not count."""
    first, second = Counter(one), Counter(two)
    size = first.total() + second.total()
    return 2 * (first & second).total() / size if size else 0.0


def reaches(one: Sequence[str], two: Sequence[str], least: float) -> bool:
    """Whether two texts are alike to a share, their numbers equal: part 1 is not part 2."""
    return _numbers(_bag(one)) == _numbers(_bag(two)) and alike(one, two) >= least - _ROUNDING


def _numbers(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in words if word[0].isdigit())


# --- what a page says


@measure
def is_listed(doc: Document) -> bool:
    """Whether search engines may list a page."""
    page = pagehead(doc)
    return not (page.noindex or page.draft or page.partial)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a title or description without case, punctuation and small words (all, where all are small)."""
    words = tuple(fold(word) for word in _WORD.findall(text))
    return tuple(word for word in words if word not in _section("small")) or words


def description(doc: Document) -> Value:
    """The description of a page ("" where it has none, or a template fills it)."""
    found = pagehead(doc).description
    return found if found and not has_template(found.text) else Value("", None)


@measure
def chosen(doc: Document) -> tuple[str, ...]:
    """The keyphrases that the front matter chooses for the page, each as its content words in alphabetical order."""
    found = focus(doc)
    if found.source != "declared" or not found.explicit:
        return ()
    return tuple(filter(None, (" ".join(stems_of(phrase)) for phrase in found.phrases)))


def phrase_span(doc: Document) -> Span | None:
    """Where the front matter chooses the keyphrase."""
    return next((span for key, span in doc.meta.spans.items() if _KEYPHRASE_NAME.search(key.replace("_", ""))), None)


@measure
def topic(doc: Document) -> str:
    """What the title is about: content words without "how", "guide", "relief" and the like; "" where it is unclear.

    Numbers count unless they open the title ("5 facts about …"), so that week 12 is not week 13.
    """
    text, _ = parted(own_title(doc).text)
    words = [fold(word) for word in _WORD.findall(text)]
    stems = {stem(word) for word in words if is_content(word) and word not in _section("modifiers")}
    if len(stems) < _TOPIC:
        return ""
    turning = _section("turning").intersection(words)
    return " ".join([*sorted(stems), *sorted(turning), *sorted(_numbers(words[1:]))])


@measure
def questions(doc: Document) -> frozenset[str]:
    """Which questions of readers the title names: cost, risks, evidence and the like."""
    words = {fold(word) for word in _WORD.findall(own_title(doc).text)}
    return frozenset(
        name
        for name, section in load("page_titles").items()
        if name not in _SECTIONS_OF_NO_QUESTION and not words.isdisjoint(section)
    )


@cache
def _section(name: str) -> frozenset[str]:
    return frozenset(load("page_titles")[name])
