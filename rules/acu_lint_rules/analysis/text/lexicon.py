"""Word lists, and a matcher that finds their terms among the words of a sentence.

A list is a text file in ``lexicons/``, whose README describes it: the top declares the sections and their kind, then
one entry per line under ``[section]`` lines, and comments on lines of their own. Terms are compared as ``fold`` spells
them: in lower case, without accents, with plain apostrophes and hyphens; a possessive 's is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar, cast

from acu_lint.api import APOSTROPHES, Document, Word, hyphenated, measure, prepared
from acu_lint.api import fold as spelled
from acu_lint_rules.analysis.text.kept_table import Tails, kept_table

Phrases = Mapping[str, Iterable[str]] | Iterable[str]  # terms, or terms by section

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


class _Sections(Mapping[str, tuple[str, ...]]):
    """The entries of a list by section; asking for a section that the list does not have is a ``LexiconError``."""

    def __init__(self, name: str, texts: Mapping[str, str]) -> None:
        self._name = name
        self._texts = texts  # the entries of each section, one a line
        self._entries: dict[str, tuple[str, ...]] = {}

    def __getitem__(self, section: str) -> tuple[str, ...]:
        if section not in self._entries:
            if section not in self._texts:
                has = ", ".join(self)
                raise LexiconError(f"lexicons/{self._name}.txt: there is no section [{section}]; it has {has}")
            self._entries[section] = tuple(self._texts[section].split("\n"))
        return self._entries[section]

    def __contains__(self, section: object) -> bool:
        return section in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


@cache
def load(name: str) -> Mapping[str, tuple[str, ...]]:
    """The entries of ``lexicons/NAME.txt`` by section, in the order of the file.

    Raises ``LexiconError`` with the line of what breaks the contract of ``lexicons/README.md``, and on a look at a
    section that is not there. What would cost time to see in every run is left to ``lexicon_check``.
    """
    sections = prepared(f"list {name}", lambda: "\n\n".join(chain.from_iterable(_read(name).items()))).split("\n\n")
    return _Sections(name, dict(zip(sections[::2], sections[1::2], strict=True)))


def _read(name: str) -> Mapping[str, str]:
    """The sections of a list, without its comments: the entries of each, one a line."""
    text = _FOLDER.joinpath(f"{name}.txt").read_text("utf-8")
    head, *blocks = text.split("\n[")
    sections: dict[str, str] = {}
    for block in blocks:
        section, _, body = block.partition("]\n")
        sections[section] = "\n".join([line for line in body.split("\n") if line and line[0] != "#"])
    if len(blocks) != len(sections) or not (_declared(head, sections) and all(map(_sound, sections.values()))):
        from acu_lint_rules.analysis.text.lexicon_check import faults  # noqa: PLC0415 -- only a list with a fault needs it

        raise LexiconError("lexicons/" + next(faults(f"{name}.txt", text)))
    return sections


def _declared(head: str, sections: Mapping[str, str]) -> bool:
    """Whether the lines before the first section declare the sections; those of records have names of their own."""
    rows = [line.partition(": ") for line in head.split("\n") if line and line[0] != "#"]
    names = {name for _, _, listed in rows for name in listed.split(", ")}
    return names == sections.keys() or any(kind == "records" for kind, _, _ in rows)


def _sound(entries: str) -> bool:
    """Whether a section has entries, none of them twice, or with a comment or a space behind it."""
    lines = entries.split("\n")
    return bool(entries) and len(set(lines)) == len(lines) and "#" not in entries and " \n" not in f"{entries}\n"


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

    def __init__(self, phrases: Phrases) -> None:
        """Take terms by section, or terms without sections; the first section that has a term wins."""
        self._use(_table_of(phrases))

    @classmethod
    def kept(cls, key: str, phrases: Callable[[], Phrases]) -> Matcher:
        """The matcher of terms that follow from the lists alone; its table is kept under a key that no other has."""
        made = cls.__new__(cls)
        made._use(kept_table(key, lambda: _table_of(phrases())))
        return made

    def _use(self, table: Mapping[str, Tails]) -> None:
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


_Entry = tuple[tuple[str, str] | None, dict[str, tuple[tuple[int, Tails], ...]]]


def _table_of(phrases: Phrases) -> dict[str, Tails]:
    """What may follow the first words of terms; of terms by section, the first section that has a term wins."""
    groups = phrases if isinstance(phrases, Mapping) else {"": phrases}
    table: dict[str, Tails] = {}
    for section, group in groups.items():
        for term in group:
            for words in spellings(term):
                table.setdefault(words[0], {}).setdefault(words[1:], (term, section))
    return table


def _entry(tails: Tails) -> _Entry:
    """The term of one word alone, if it is one, and the longer terms by their second word, longest first."""
    longer: dict[str, dict[int, Tails]] = {}
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
        self._use(Matcher(_by_flags(groups)))

    @classmethod
    def kept(cls, key: str, groups: Callable[[], Iterable[tuple[Flag, Iterable[str]]]]) -> Tagger[Flag]:
        """The tagger of terms that follow from the lists alone; its table is kept under a key that no other has."""
        made = cls.__new__(cls)
        made._use(Matcher.kept(key, lambda: _by_flags(groups())))
        return made

    def _use(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._flags: Mapping[str, Flag] = _Flags()

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


class _Flags(dict[str, Any]):
    """Flags by the names of sections, which are their numbers."""

    def __missing__(self, section: str) -> int:
        self[section] = flag = int(section)
        return flag


def _by_flags(groups: Iterable[tuple[object, Iterable[str]]]) -> dict[str, list[str]]:
    """The terms by all that they are."""
    flags: dict[str, int] = {}
    for flag, group in groups:
        for term in group:
            flags[term.casefold()] = flags.get(term.casefold(), 0) | cast("int", flag)
    sections: dict[str, list[str]] = {}
    for term, value in flags.items():
        sections.setdefault(str(value), []).append(term)
    return sections


@cache
def matcher(name: str, *sections: str) -> Matcher:
    """The matcher of some sections of a list (of all where none is named), built once."""

    def phrases() -> Phrases:
        table = load(name)
        return {section: table[section] for section in sections or table}

    return Matcher.kept(" ".join((name, *sections)), phrases)


@measure
def folded(doc: Document) -> tuple[tuple[str, ...], ...]:
    """The folded words of every block, by the block's index."""
    return tuple(
        tuple([fold(word) if "'" in word else word for word in block.folded])
        if any(sign in block.text for sign in APOSTROPHES) else block.folded
        for block in doc.blocks
    )  # fmt: skip
