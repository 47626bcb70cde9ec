"""Word lists, and a matcher that finds their terms among the words of a sentence.

A list is a text file in ``lexicons/``, whose README describes it: the top declares the sections and their kind, then
one entry per line under ``[section]`` lines, and comments on lines of their own. Terms are compared as ``fold`` spells
them: in lower case, without accents, with plain apostrophes and hyphens; a possessive 's is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Generic, NamedTuple, TypeVar, cast

from acu_lint.api import APOSTROPHES, Document, Word, hyphenated, measure
from acu_lint.api import fold as spelled

_FOLDER = Path(__file__).parents[2] / "lexicons"
_PREFIXES = ("anti", "electro", "hyper", "micro", "multi", "neuro", "non", "post", "pre", "psycho", "re")
# 's is a verb here, not a possessive
_CONTRACTIONS = frozenset(
    [
        "it's",
        "that's",
        "this's",
        "there's",
        "here's",
        "what's",
        "who's",
        "where's",
        "how's",
        "he's",
        "she's",
        "let's",
        "one's",
    ]
)


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """A word as the matcher compares it: spelled for comparison, without a possessive 's.

    ``Acupuncture’s`` becomes ``acupuncture``.
    """
    text = spelled(word)
    return text[:-2] if text.endswith("'s") and text not in _CONTRACTIONS else text


class LexiconError(ValueError):
    """A list breaks the contract of ``lexicons/README.md``, or lacks a section that is asked for."""


class _Sections(dict[str, tuple[str, ...]]):
    """The entries of a list by section; asking for a section that the list does not have is a ``LexiconError``."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def __missing__(self, section: str) -> tuple[str, ...]:
        raise LexiconError(f"lexicons/{self._name}.txt: there is no section [{section}]; it has {', '.join(self)}")


@cache
def load(name: str) -> Mapping[str, tuple[str, ...]]:
    """The entries of ``lexicons/NAME.txt`` by section, in the order of the file.

    Raises ``LexiconError`` with the line of what breaks the contract of ``lexicons/README.md``, and on a look at a
    section that is not there. What would cost time to see in every run is left to ``lexicon_check``.
    """
    text = _FOLDER.joinpath(f"{name}.txt").read_text("utf-8")
    head, *blocks = text.split("\n[")
    sections = _Sections(name)
    for block in blocks:
        section, _, body = block.partition("]\n")
        sections[section] = tuple([line for line in body.split("\n") if line and line[0] != "#"])
    if len(blocks) != len(sections) or not (_declared(head, sections) and _sound(sections)):
        from acu_lint_rules.analysis.text.lexicon_check import faults  # noqa: PLC0415 -- only a list with a fault needs it

        raise LexiconError("lexicons/" + next(faults(f"{name}.txt", text)))
    return MappingProxyType(sections)


def _declared(head: str, sections: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the lines before the first section declare the sections; those of records have names of their own."""
    rows = [line.partition(": ") for line in head.split("\n") if line and line[0] != "#"]
    names = {name for _, _, listed in rows for name in listed.split(", ")}
    return names == sections.keys() or any(kind == "records" for kind, _, _ in rows)


def _sound(sections: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether every section has entries, none of them twice, or with a comment or a space behind it."""
    for entries in sections.values():
        text = "\n".join(entries) + "\n"
        if not entries or len(set(entries)) < len(entries) or "#" in text or " \n" in text:
            return False
    return True


def terms(name: str, *sections: str) -> tuple[str, ...]:
    """The terms of some sections of a list (of all sections where none is named)."""
    table = load(name)
    return tuple(term for section in sections or table for term in table[section])


class Range(NamedTuple):
    """A term found among folded words: words ``first`` to ``last`` (exclusive)."""

    first: int
    last: int
    term: str
    section: str


class Match(NamedTuple):
    """A term found in a block: a range of the block's text."""

    start: int
    end: int
    term: str
    section: str


_new = tuple.__new__  # half the time of the class's own constructor, in the innermost loop


class Matcher:
    """Finds terms among words, longest first, left to right, without overlaps.

    It costs one table look-up per word: the first word of a term leads to the few terms that start with it.
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]] | Iterable[str]) -> None:
        """Take terms by section, or terms without sections; the first section that has a term wins."""
        groups = phrases if isinstance(phrases, Mapping) else {"": phrases}
        table: dict[str, dict[tuple[str, ...], tuple[str, str]]] = {}
        for section, group in groups.items():
            for term in group:
                for words in spellings(term):
                    table.setdefault(words[0], {}).setdefault(words[1:], (term, section))
        self._table = table
        self._entries: dict[str, _Entry] = {}  # of the words that were met: few of a list's ever are

    def __contains__(self, word: str) -> bool:
        """Whether a term starts with this folded word."""
        return word in self._table

    def scan(self, words: Sequence[str]) -> list[Range]:
        """The terms among folded words."""
        table = self._table
        if table.keys().isdisjoint(words):  # as of four texts in five
            return []
        found: list[Range] = []
        done, last = 0, len(words) - 1
        for index in [number for number, word in enumerate(words) if word in table]:
            if index < done:
                continue
            word = words[index]
            value, longer = self._entries.get(word) or self._enter(word)
            end = index + 1
            for size, tails in longer.get(words[end], ()) if longer and index < last else ():
                tail = tails.get(tuple(words[end + 1 : end + 1 + size]))
                if tail is not None:
                    value, end = tail, end + 1 + size
                    break
            if value is not None:
                done = end
                found.append(_new(Range, (index, end, *value)))
        return found

    def _enter(self, word: str) -> _Entry:
        return self._entries.setdefault(word, _entry(self._table[word]))

    def find(self, words: Sequence[Word]) -> list[Match]:
        """The terms among the words of a sentence or block; the offsets are the block's."""
        return [
            Match(words[first].start, words[last - 1].end, term, section)
            for first, last, term, section in self.scan([fold(word.text) for word in words])
        ]


_Tails = dict[tuple[str, ...], tuple[str, str]]


_Entry = tuple[tuple[str, str] | None, dict[str, tuple[tuple[int, _Tails], ...]]]


def _entry(tails: _Tails) -> _Entry:
    """The term of one word alone, if it is one, and the longer terms by their second word, longest first."""
    longer: dict[str, dict[int, _Tails]] = {}
    for rest, value in tails.items():
        if rest:
            longer.setdefault(rest[0], {}).setdefault(len(rest) - 1, {})[rest[1:]] = value
    groups = {second: tuple(sorted(group.items(), reverse=True)) for second, group in longer.items()}
    return tails.get(()), groups


def spellings(term: str) -> set[tuple[str, ...]]:
    """The rows of words that count as a term, whose hyphens may be spaces and spaces hyphens.

    A word with a hyphen may be written as one ("wellbeing"), and one with a prefix may have one ("non-invasive").
    """
    if term.isalpha():
        word = fold(term)
        if not word.startswith(_PREFIXES) or word in _PREFIXES:
            return {(word,)}
        prefix = next(each for each in _PREFIXES if word.startswith(each))
        return {(word,), (f"{prefix}-{word[len(prefix) :]}",)}
    words = tuple([fold(word) for word in term.split()])
    found = hyphenated(words)
    if "-" in term:
        found.add(tuple([word.replace("-", "") or word for word in words]))
    return found


Flag = TypeVar("Flag")


class Tagged(NamedTuple, Generic[Flag]):
    """Words ``first`` to ``last`` (exclusive) of a sentence and what they are."""

    first: int
    last: int
    flags: Flag
    term: str


class Tagger(Generic[Flag]):
    """A matcher whose sections are sets of flags."""

    def __init__(self, groups: Iterable[tuple[Flag, Iterable[str]]]) -> None:
        flags: dict[str, int] = {}
        for flag, group in groups:
            for term in group:
                flags[term.casefold()] = flags.get(term.casefold(), 0) | cast("int", flag)
        sections: dict[str, list[str]] = {}
        for term, value in flags.items():
            sections.setdefault(str(value), []).append(term)
        self._matcher = Matcher(sections)
        self._flags = {section: cast("Flag", int(section)) for section in sections}

    def tags(self, words: Sequence[str]) -> list[Tagged[Flag]]:
        """The terms among folded words, in order, longest first, without overlaps."""
        found = self._matcher.scan(words)
        if not found:
            return []
        flags = self._flags
        return [_new(Tagged, (first, last, flags[section], term)) for first, last, term, section in found]

    def within(self, words: Sequence[str], bounds: Sequence[int]) -> Iterator[list[Tagged[Flag]]]:
        """The terms between each two neighbours of ``bounds``, numbered from the first of them; one scan serves all."""
        flags = self._flags
        found = self._matcher.scan(words)
        at, count = 0, len(found)
        for start, end in pairwise(bounds):
            tags: list[Tagged[Flag]] = []
            while at < count and found[at][0] < end:
                first, last, term, section = found[at]
                if last <= end:
                    tags.append(_new(Tagged, (first - start, last - start, flags[section], term)))
                at += 1
            yield tags


@cache
def matcher(name: str, *sections: str) -> Matcher:
    """The matcher of some sections of a list (of all where none is named), built once."""
    table = load(name)
    return Matcher({section: table[section] for section in sections or table})


@measure
def folded(doc: Document) -> tuple[tuple[str, ...], ...]:
    """The folded words of every block, by the block's index."""
    return tuple(
        tuple([fold(word) if "'" in word else word for word in block.folded])
        if any(sign in block.text for sign in APOSTROPHES) else block.folded
        for block in doc.blocks
    )  # fmt: skip
