"""Every study, journal and body that a sentence names, where ``evidence`` looks for the first one only."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from acu_lint_rules.analysis.evidence import named
from acu_lint_rules.analysis.evidence.evidence import Evidence
from acu_lint_rules.analysis.evidence.line import MAX_WORDS, Line, words_of
from acu_lint_rules.analysis.text import lexicon

_ORGS = words_of("orgs") | {"university"}
_SITE = words_of("site")
_MONTHS = words_of("months")
_NOUNS = words_of("single", "plural", "mass")
_LINKS = frozenset({"of", "for", "and", "in", "on"})
_SMALL = frozenset({"a", "an", "the", "one", "published", "in", "online", "of", "to", "according"})
_PHRASE = 6  # words before "published in ..." that belong to what was published


class Mention(NamedTuple):
    """A name in a block: its kind, its normal form (empty where it could be any), its range in the block's text.

    Kinds: named-study, journal, body.
    """

    kind: str
    name: str
    start: int
    end: int


def mentions(item: Evidence) -> Iterator[Mention]:
    """Find what a sentence that leans on evidence names, each name once, in order of kind."""
    raw = item.sentence.words[:MAX_WORDS]
    line = Line(item.sentence, raw, [lexicon.fold(word.text) for word in raw], ())
    journals = list(_journals(line))
    taken = {at for first, last, _ in journals for at in range(first, last + 1)}
    if item.kind == "study" and (study := _study(line, item, journals)) is not None:
        yield study
    seen = set()
    for kind, found in (("journal", journals), ("body", list(_bodies(line, taken)))):
        for first, last, name in found:
            if (kind, name) not in seen:
                seen.add((kind, name))
                yield Mention(kind, name, raw[first].start, raw[last].end)


# --- studies


def _study(line: Line, item: Evidence, journals: list[tuple[int, int, str]]) -> Mention | None:
    """The study that a sentence speaks of, together with the journal behind it."""
    first, last = _words_of_phrase(line, item)
    if any(start <= first and last <= end for start, end, _ in journals):
        return None  # a journal alone
    while first < last and line.words[first] in {"in", "according", "to"}:
        first += 1
    if line.words[first] == "published":
        first = next(reversed(list(line.before(first, _PHRASE))), first)
    for start, end, _ in journals:
        if first < start and all(word in _SMALL | _SITE for word in line.words[last + 1 : start]):
            last = max(last, end)
    before = last
    last = _counted(line, last)
    counted = last > before
    if line.gap(last).endswith("(") and line.at(last + 1).isdecimal():
        last += 1
    words = [word for word in line.words[first : last + 1] if word not in _SMALL]
    named_so = any(line.capital(at) and line.words[at] not in _NOUNS for at in range(first + 1, last + 1))
    certain = named_so or counted or any(len(word) == 4 and word.isdecimal() for word in words)
    end = line.raw[last].end
    end += line.text[end : end + 1] == ")" and "(" in line.text[line.raw[first].start : end]
    return Mention("named-study", " ".join(words) if certain else "", line.raw[first].start, end)


def _counted(line: Line, last: int) -> int:
    """Where "of 22 acupuncture trials" behind the noun ends."""
    if line.at(last + 1) == "of" and line.at(last + 2).isdecimal():
        for at in range(last + 3, min(last + 6, len(line))):
            if line.words[at] in _NOUNS and not any(line.broken(gap) for gap in range(last, at)):
                return at
    return last


def _words_of_phrase(line: Line, item: Evidence) -> tuple[int, int]:
    """The first and last word of the phrase that was found in a sentence."""
    start, end = item.sentence.start + item.start, item.sentence.start + item.end
    inside = [at for at, word in enumerate(line.raw) if start <= word.start < end]
    return (inside[0], inside[-1]) if inside else (0, 0)


# --- journals


def _journals(line: Line) -> Iterator[tuple[int, int, str]]:
    """The journals of a line: first word, last word, normal form."""
    at = 0
    while at < len(line):
        found = _listed_journal(line, at) or _journal_by_form(line, at) or _journal_by_place(line, at)
        if found:
            first, last = found
            words = line.words[first : last + 1]
            yield first, last, " ".join(words[1:] if words[0] == "the" else words)
            at = last
        at += 1


def _listed_journal(line: Line, index: int) -> tuple[int, int] | None:
    if line.capital(index):
        for title in named.names().get(line.words[index], ()):
            if tuple(line.words[index : index + len(title)]) == title:
                last = index + len(title) - 1
                return None if line.at(index - 1) == "of" or line.words[last] == "journal" else (index, last)
    return None


def _journal_by_form(line: Line, index: int) -> tuple[int, int] | None:
    """Match "The Journal of Pain", "American Journal of ...", "the journal Spine"."""
    if line.words[index] not in {"journal", "annals", "archives"}:
        return None
    if not line.capital(index):
        named_next = line.capital(index + 1) and not line.broken(index)
        return (index + 1, _end(line, index + 1, _LINKS)) if named_next else None
    first = index
    while line.capital(first - 1) and not line.broken(first - 1) and line.at(first - 1) not in {"the", "a"}:
        first -= 1
    last = _end(line, index, _LINKS | {"the"})
    return (first, last) if last > first else None


def _journal_by_place(line: Line, index: int) -> tuple[int, int] | None:
    """Match "published in Pain Medicine", "a study in Pain Medicine"."""
    if line.words[index] != "in" or line.at(index - 1) not in _NOUNS | {"published", "online", "appeared"}:
        return None
    first = line.skip(index + 1, _SITE, 4)
    if not line.capital(first) or line.broken(index) or line.at(first) in _MONTHS:
        return None
    last = _end(line, first, _LINKS | {"&"})
    words = line.words[first : last + 1]
    return None if _journal_words().isdisjoint(words) or not _ORGS.isdisjoint(words) else (first, last)


@cache
def _journal_words() -> frozenset[str]:
    return frozenset(lexicon.terms("journal_words"))


# --- bodies


def _bodies(line: Line, taken: set[int]) -> Iterator[tuple[int, int, str]]:
    """The bodies of a line outside some words: first word, last word, normal form."""
    at = 0
    while at < len(line):
        found = None if at in taken or not line.capital(at) else _listed_body(line, at) or _body_by_form(line, at)
        if found:
            yield found
            at = found[1]
        at += 1


def _listed_body(line: Line, index: int) -> tuple[int, int, str] | None:
    for words, name, short in _listed().get(line.words[index], ()):
        last = index + len(words) - 1
        if tuple(line.words[index : last + 1]) == words and (not short or line.raw[index].text.isupper()):
            return index, last, name
    return None


@cache
def _listed() -> dict[str, list[tuple[tuple[str, ...], str, bool]]]:
    """The names of bodies by first word, the longest first: words, full name, whether it is an abbreviation."""
    table: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
    for row in lexicon.terms("authorities"):
        spellings = [each.strip() for each in row.split("|")]
        for each in spellings:
            words = tuple(lexicon.fold(word) for word in each.replace("&", "").split())
            table.setdefault(words[0], []).append((words, spellings[0].casefold(), each.isupper()))
    for names in table.values():
        names.sort(key=lambda entry: -len(entry[0]))
    return table


def _body_by_form(line: Line, index: int) -> tuple[int, int, str] | None:
    """Match "the American Headache Society", "the University of Sheffield"; of two joined by "and" the first."""
    first = index + (line.words[index] in {"the", "a", "according"})
    last = _end(line, first, frozenset({"of", "for", "on"}))
    if line.at(last + 1) == "and" and not line.broken(last) and _ORGS.isdisjoint(line.words[first : last + 1]):
        last = _end(line, first, _LINKS)
    if last <= first or not line.capital(first) or _ORGS.isdisjoint(line.words[first : last + 1]):
        return None
    return first, last, " ".join(line.words[first : last + 1])


def _end(line: Line, index: int, links: frozenset[str]) -> int:
    """The last word of a name in capitals that starts at ``index``; ``links`` may stand inside it."""
    while not line.broken(index):
        if line.capital(index + 1):
            index += 1
        elif line.at(index + 1) in links and not line.broken(index + 1):
            step = 3 if "the" in links and line.at(index + 2) == "the" else 2
            if not line.capital(index + step):
                break
            index += step
        else:
            break
    return index
