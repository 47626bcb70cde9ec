"""Every study, journal and body that a sentence names, where ``evidence`` looks for the first one only."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from acu_lint_rules.analysis.evidence import named
from acu_lint_rules.analysis.evidence.evidence import Evidence
from acu_lint_rules.analysis.evidence.phrases import words_of
from acu_lint_rules.analysis.text import lexicon
from acu_lint_rules.analysis.text.sentence import SentenceView

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
    view = item.view
    journals = list(_journals(view))
    taken = {at for first, last, _ in journals for at in range(first, last + 1)}
    if item.kind == "study" and (study := _study(view, item, journals)) is not None:
        yield study
    seen = set()
    for kind, found in (("journal", journals), ("body", list(_bodies(view, taken)))):
        for first, last, name in found:
            if (kind, name) not in seen:
                seen.add((kind, name))
                yield Mention(kind, name, view.words[first].start, view.words[last].end)


# --- studies


def _study(view: SentenceView, item: Evidence, journals: list[tuple[int, int, str]]) -> Mention | None:
    """The study that a sentence speaks of, together with the journal behind it."""
    first, last = _words_of_phrase(view, item)
    if any(start <= first and last <= end for start, end, _ in journals):
        return None  # a journal alone
    while first < last and view.tokens[first] in {"in", "according", "to"}:
        first += 1
    if view.tokens[first] == "published":
        first = next(reversed(list(view.before(first, _PHRASE))), first)
    for start, end, _ in journals:
        if first < start and all(word in _SMALL | _SITE for word in view.tokens[last + 1 : start]):
            last = max(last, end)
    before = last
    last = _counted(view, last)
    counted = last > before
    if view.gap_after(last).endswith("(") and view.token(last + 1).isdecimal():
        last += 1
    words = [word for word in view.tokens[first : last + 1] if word not in _SMALL]
    named_so = any(view.capital(at) and view.tokens[at] not in _NOUNS for at in range(first + 1, last + 1))
    certain = named_so or counted or any(len(word) == 4 and word.isdecimal() for word in words)
    end = view.words[last].end
    end += view.block.text[end : end + 1] == ")" and "(" in view.block.text[view.words[first].start : end]
    return Mention("named-study", " ".join(words) if certain else "", view.words[first].start, end)


def _counted(view: SentenceView, last: int) -> int:
    """Where "of 22 acupuncture trials" behind the noun ends."""
    if view.token(last + 1) == "of" and view.token(last + 2).isdecimal():
        for at in range(last + 3, min(last + 6, len(view))):
            if view.tokens[at] in _NOUNS and not any(view.parted(gap) for gap in range(last, at)):
                return at
    return last


def _words_of_phrase(view: SentenceView, item: Evidence) -> tuple[int, int]:
    """The first and last word of the phrase that was found in a sentence."""
    start, end = item.sentence.start + item.start, item.sentence.start + item.end
    inside = [at for at, word in enumerate(view.words) if start <= word.start < end]
    return (inside[0], inside[-1]) if inside else (0, 0)


# --- journals


def _journals(view: SentenceView) -> Iterator[tuple[int, int, str]]:
    """The journals of a sentence: first word, last word, normal form."""
    at = 0
    while at < len(view):
        found = _listed_journal(view, at) or _journal_by_form(view, at) or _journal_by_place(view, at)
        if found:
            first, last = found
            words = view.tokens[first : last + 1]
            yield first, last, " ".join(words[1:] if words[0] == "the" else words)
            at = last
        at += 1


def _listed_journal(view: SentenceView, index: int) -> tuple[int, int] | None:
    if view.capital(index):
        for title in named.names().get(view.tokens[index], ()):
            if tuple(view.tokens[index : index + len(title)]) == title:
                last = index + len(title) - 1
                return None if view.token(index - 1) == "of" or view.tokens[last] == "journal" else (index, last)
    return None


def _journal_by_form(view: SentenceView, index: int) -> tuple[int, int] | None:
    """Match "The Journal of Pain", "American Journal of ...", "the journal Spine"."""
    if view.tokens[index] not in {"journal", "annals", "archives"}:
        return None
    if not view.capital(index):
        named_next = view.capital(index + 1) and not view.parted(index)
        return (index + 1, _end(view, index + 1, _LINKS)) if named_next else None
    first = index
    while view.capital(first - 1) and not view.parted(first - 1) and view.token(first - 1) not in {"the", "a"}:
        first -= 1
    last = _end(view, index, _LINKS | {"the"})
    return (first, last) if last > first else None


def _journal_by_place(view: SentenceView, index: int) -> tuple[int, int] | None:
    """Match "published in Pain Medicine", "a study in Pain Medicine"."""
    if view.tokens[index] != "in" or view.token(index - 1) not in _NOUNS | {"published", "online", "appeared"}:
        return None
    first = view.skip(index + 1, _SITE, 4)
    if not view.capital(first) or view.parted(index) or view.token(first) in _MONTHS:
        return None
    last = _end(view, first, _LINKS | {"&"})
    words = view.tokens[first : last + 1]
    return None if _journal_words().isdisjoint(words) or not _ORGS.isdisjoint(words) else (first, last)


@cache
def _journal_words() -> frozenset[str]:
    return frozenset(lexicon.terms("journal_words"))


# --- bodies


def _bodies(view: SentenceView, taken: set[int]) -> Iterator[tuple[int, int, str]]:
    """The bodies of a sentence outside some words: first word, last word, normal form."""
    at = 0
    while at < len(view):
        found = None if at in taken or not view.capital(at) else _listed_body(view, at) or _body_by_form(view, at)
        if found:
            yield found
            at = found[1]
        at += 1


def _listed_body(view: SentenceView, index: int) -> tuple[int, int, str] | None:
    for words, name, short in _listed().get(view.tokens[index], ()):
        last = index + len(words) - 1
        if tuple(view.tokens[index : last + 1]) == words and (not short or view.words[index].text.isupper()):
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


def _body_by_form(view: SentenceView, index: int) -> tuple[int, int, str] | None:
    """Match "the American Headache Society", "the University of Sheffield"; of two joined by "and" the first."""
    first = index + (view.tokens[index] in {"the", "a", "according"})
    last = _end(view, first, frozenset({"of", "for", "on"}))
    if view.token(last + 1) == "and" and not view.parted(last) and _ORGS.isdisjoint(view.tokens[first : last + 1]):
        last = _end(view, first, _LINKS)
    if last <= first or not view.capital(first) or _ORGS.isdisjoint(view.tokens[first : last + 1]):
        return None
    return first, last, " ".join(view.tokens[first : last + 1])


def _end(view: SentenceView, index: int, links: frozenset[str]) -> int:
    """The last word of a name in capitals that starts at ``index``; ``links`` may stand inside it."""
    while not view.parted(index):
        if view.capital(index + 1):
            index += 1
        elif view.token(index + 1) in links and not view.parted(index + 1):
            step = 3 if "the" in links and view.token(index + 2) == "the" else 2
            if not view.capital(index + step):
                break
            index += step
        else:
            break
    return index
