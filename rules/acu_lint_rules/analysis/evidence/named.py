"""Evidence with a name: a particular study, a journal, a researcher, a body that is said to hold a view."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from acu_lint_rules.analysis.evidence.line import Line, Phrase, Reader, first_phrase, verbs, words_of
from acu_lint_rules.analysis.text import lexicon

_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")
_INDEFINITE = words_of("indefinite")
_DEFINITE = words_of("definite")
_STOPS = words_of("stops")
_LOOSE = words_of("loose")
_SITE = words_of("site")
_PLACES = words_of("places")
_MONTHS = words_of("months")
_ORGS = words_of("orgs")
_ORG_LINKS = words_of("org_links")
_BIOGRAPHY = words_of("biography")
_ENDORSED = words_of("endorsed")
_PLAIN_GAP = frozenset(" (),.&\u00a0")
_FULL_STOPS = frozenset(".;:!?[")
_STANDARDS = words_of("standards")
_QUIET = words_of("quiet")
_TEAM = words_of("team")


def find_study(line: Line) -> Phrase | None:
    """Find the first particular study, review, journal or researcher of a line."""
    return first_phrase(line, _study_readers())


def find_body(line: Line) -> Phrase | None:
    """Find the first body whose view on a matter of health is reported."""
    phrase = first_phrase(line, _body_readers())
    return phrase if phrase is not None and line.health else None


@cache
def cues() -> frozenset[str]:
    """Every word that starts a look; a sentence without one of them is clean."""
    return frozenset(_study_readers()) | frozenset(_body_readers())


@cache
def capitals() -> frozenset[str]:
    """Those cues that count only with a capital: the first words of names."""
    return (frozenset(names()) | frozenset(_body_readers()) | {"annals", "archives"}) - {"journal"}


@cache
def _study_readers() -> Mapping[str, tuple[Reader, ...]]:
    table: dict[str, tuple[Reader, ...]] = {}

    def add(words: frozenset[str], *readers: Reader) -> None:
        for word in words:
            table[word] = (*table.get(word, ()), *readers)

    add(words_of("single"), _dated, _single, _titled)
    add(words_of("plural", "mass", "guidelines"), _dated, _counted)
    add(frozenset({"cochrane"}), _cochrane)
    add(frozenset(names()), _journal)
    add(frozenset({"journal", "annals", "archives"}), _journal_of)
    add(frozenset({"published"}), _published)
    add(frozenset({"according"}), _according)
    add(_TEAM, _team)
    add(frozenset({"study", "trial", "research", "experiment", "paper", "studies"}), _person)
    add(frozenset({"al", "colleagues"}), _authors)
    return table


@cache
def _body_readers() -> Mapping[str, tuple[Reader, ...]]:
    table: dict[str, tuple[Reader, ...]] = dict.fromkeys(_bodies(), (_listed_body,))
    for word in _ORGS:
        table[word] = (*table.get(word, ()), _body_by_form)
    return table


@cache
def names() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Journal titles by their first folded word, the longest first."""
    titles: dict[str, list[tuple[str, ...]]] = {}
    for title in lexicon.terms("journals"):
        words = tuple(lexicon.fold(word) for word in title.replace("&", "").replace(",", "").split())
        titles.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(rest, key=len, reverse=True)) for first, rest in titles.items()}


# --- shared steps


def _verb_after(line: Line, start: int, *sections: str, most: int = 26) -> int | None:
    """The first finite verb of finding within reach, before any modal or doubt."""
    forms = verbs(*sections)
    finite = forms.third | forms.past
    for at in range(start, min(start + most, len(line))):
        word = line.words[at]
        if word in _STOPS or ";" in line.gap(at - 1):
            return None
        if word in finite or (word in forms.base and line.words[at - 1] in {"and", "also"}):
            return at
    return None


def _year_near(line: Line, index: int) -> int | None:
    """The index of a year that belongs to the noun at ``index``: "2017 meta-analysis", "trial (2019)"."""
    for way, reach in ((-1, 6), (1, 12)):
        for step in range(1, reach):
            at = index + way * step
            if not 0 <= at < len(line) or not _FULL_STOPS.isdisjoint(line.gap(min(at, at - way))):
                break
            if _YEAR.fullmatch(line.words[at]):
                return at
    return None


def _unreal(line: Line, first: int) -> bool:
    """Whether the study is denied, wished for or asked about."""
    return line.any_before(first, words_of("negative") | {"would", "should", "need", "needs"}, 4)


# --- studies


def _dated(line: Line, index: int) -> Phrase | None:
    """Match "A 2017 meta-analysis", "a trial from 2014 found", "the 2017 guideline"."""
    year = _year_near(line, index)
    if year is None or (line.words[index].startswith("guideline") and _view(line, index) is None):
        return None
    if year < index:
        between = line.words[year + 1 : index]
        if any(line.broken(at) and line.gap(at).strip() != ")" for at in range(year, index)) and len(between) > 1:
            return None
        first = year - 1 if line.at(year - 1) in _INDEFINITE | {"the"} else year
        told = len(between) <= 3 and line.words[index] not in {"report", "reports", "paper", "papers", "reviews"}
        if told and not _unreal(line, first) and line.at(first - 1) not in {"since", "until"}:
            return Phrase(first, index, "default")
    found = _verb_after(line, index + 1, "finding", "examining")
    if found is None or _unreal(line, index):
        return None
    first = min(index, year)
    article = _article(line, index) if first == index else None
    return Phrase(first if article is None else article, max(index, year), "default")


def _single(line: Line, index: int) -> Phrase | None:
    """Match "A clinical trial by ... found", "in one study of 60 women", "a recent analysis of 22 trials showed"."""
    first = _article(line, index)
    if first is None or _unreal(line, first) or _everyday(line, index):
        return None
    last = _outlet(line, index)
    if line.at(first - 1) == "to":
        return Phrase(first - 2, last, "default") if line.at(first - 2) == "according" else None
    loose = line.words[index] in _LOOSE
    if line.at(first - 1) == "in" and line.at(first - 2) in {"", "and", "but", "that"} and not loose:
        return Phrase(first - 1, last, "default")
    sections = ("finding",) if loose else ("finding", "examining")
    verb = _verb_after(line, index + 1, *sections)
    if verb is None or (verb == index + 1 and line.at(verb + 1) in {"by", "of", "from"}):  # "a research report by"
        return None
    return Phrase(first, last if last > index or verb - index > 4 else verb, "default")


def _everyday(line: Line, index: int) -> bool:
    """Whether the noun means something else: "a review of your symptoms", "a trial of life"."""
    if line.at(index + 1) != "of":
        return False
    following = line.at(index + 2)
    return following in {"life", "time"} or (
        line.words[index] in _LOOSE and following in {"your", "the", "symptoms", "systems"}
    )


def _outlet(line: Line, index: int) -> int:
    """The last word of "published in the Journal of ..." behind a noun, else the noun."""
    at = index + 1 + (line.at(index + 1) == "published")
    if line.at(at) not in {"in", "by"}:
        return index
    first = line.skip(at + 1, _SITE, 4)
    return _name_end(line, first) if line.capital(first) and line.at(first) not in _MONTHS else index


def _name_end(line: Line, index: int) -> int:
    """The last word of a name in capitals that starts at ``index``."""
    while (
        index + 1 < len(line)
        and not line.broken(index)
        and (line.capital(index + 1) or (line.at(index + 1) in _ORG_LINKS and _capital_soon(line, index + 1)))
    ):
        index += 1
    return index


def _article(line: Line, index: int) -> int | None:
    """The index of "a", "one", "another" ... of the noun at ``index``, where it is indefinite."""
    for at in line.before(index, 6):
        word = line.words[at]
        if word in _DEFINITE:
            return None
        if word in _INDEFINITE:
            return at - 1 if at and line.words[at - 1] in {"a", "an", "the", "one"} else at
        if word in verbs("finding").third or word in {"to", "of", "is", "was"}:
            return None
    return None


def _counted(line: Line, index: int) -> Phrase | None:
    """Match "Analyzed 33 clinical trials", "an analysis of 22 trials": what a review did."""
    if line.words[index] not in {"trials", "studies", "rcts", "reviews"}:
        return None
    examining = verbs("examining")
    for at in line.before(index, 4):
        number = line.raw[at].text.replace(",", "")
        if number.isdecimal() and (len(number) < 4 or "," in line.raw[at].text):
            told = {line.at(at - 1), line.at(at - 2)}
            did = not (examining.past | examining.third).isdisjoint(told) and not line.any_before(at, {"we", "i"})
            return Phrase(at, index, "default") if did or _verb_after(line, index + 1, "finding") else None
    return None


def _titled(line: Line, index: int) -> Phrase | None:
    """Match "The Framingham Heart Study", "the SPRINT trial"."""
    if line.sentence.block.kind in {"heading", "title"} or line.words[index] not in {"study", "trial", "survey"}:
        return None
    first = index
    while first > 1 and line.capital(first - 1) and index - first < 5 and not line.broken(first - 1):
        first -= 1
    acronym = first < index and sum(c.isupper() for c in line.raw[index - 1].text) > 1
    if first == index or not (acronym or line.capital(index)):
        return None
    verb = _verb_after(line, index + 1, "finding", "examining")
    return Phrase(first, index, "default") if verb is not None else None


def _cochrane(line: Line, index: int) -> Phrase | None:
    """Match "The 2020 Cochrane review", "Cochrane concluded"."""
    last = line.skip(index + 1, frozenset({"systematic", "collaboration", "database", "library"}), 2)
    if line.at(last) in {"review", "reviews", "analysis", "meta-analysis", "report", "reviewers"}:
        first = index - 1 if _YEAR.fullmatch(line.at(index - 1)) else index
        first -= line.at(first - 1) in {"the", "a"}
        return Phrase(first, last, "default")
    verb = _verb_after(line, index + 1, "finding", "examining", most=5)
    return Phrase(index, verb, "default") if verb is not None else None


def _journal(line: Line, index: int) -> Phrase | None:
    """Match "JAMA Network Open", "the Lancet"."""
    if not line.capital(index):
        return None
    for title in names()[line.words[index]]:
        if tuple(line.words[index : index + len(title)]) == title:
            last = index + len(title) - 1
            return Phrase(index, last, "journal") if _reports(line, index, last) else None
    return None


def _journal_of(line: Line, index: int) -> Phrase | None:
    """Match "The Journal of Pain", "American Journal of ...", "the journal Spine"."""
    if line.words[index] == "journal" and not line.capital(index):
        if not line.capital(index + 1) or line.broken(index):
            return None
        last = index + 1
    elif line.capital(index) and line.at(index + 1) in {"of", "for"} and line.capital(index + 2):
        last = index + 2
    elif line.capital(index) and line.capital(index - 1) and line.at(index - 1) not in {"the", "a"}:
        last = index
    else:
        return None
    last = _name_end(line, last)
    first = index
    while first and line.capital(first - 1) and first - 1 > 0 and not line.broken(first - 1):
        first -= 1
    return Phrase(first, last, "journal") if _reports(line, first, last) else None


def _reports(line: Line, first: int, last: int) -> bool:
    """Whether the sentence with the journal reports a result, not where somebody has published."""
    if line.at(last + 1) in {"editor", "editors", "board"}:
        return False
    if "according" in line.words[max(first - 6, 0) : first]:
        return True
    if line.at(last + 1) == "published" and line.at(last + 2) in {"a", "an", "the", "new"}:
        return True
    forms = verbs("finding", "examining")
    told = (forms.third | forms.past) - {"published", "publishes"}
    return any(word in told for word in line.words) or any(
        _YEAR.fullmatch(word) for word in line.words[max(first - 6, 0) : last + 4]
    )


def _published(line: Line, index: int) -> Phrase | None:
    """Match "Published in Pain Medicine", "published by the University of ... in 2019"."""
    at = index + 1 + (line.at(index + 1) in {"online", "recently", "last"})
    if line.at(at) not in {"in", "by", "on"}:
        return None
    first = line.skip(at + 1, _SITE, 4)
    if not line.capital(first) or line.at(first) in _MONTHS:
        return None
    noun = words_of("single", "plural", "mass")
    evidence = any(word in noun for word in line.words[max(index - 8, 0) : index])
    if not evidence or not _reports(line, index, first) or _unreal(line, index):
        return None
    return Phrase(index, _name_end(line, first), "journal")


def _team(line: Line, index: int) -> Phrase | None:
    """Match "Researchers at Stanford found", "a team from the University of ..."."""
    at = index + 1
    if line.at(at) == "of" and line.at(at + 1) in {"researchers", "scientists", "doctors"}:
        at += 2
    if line.at(at) not in _PLACES:
        return None
    place = at + 1 + (line.at(at + 1) == "the")
    verb = _verb_after(line, place + 1, "finding", "examining", "opining", most=14)
    if not line.capital(place) or verb is None or _unreal(line, index):
        return None
    return Phrase(index, place, "default")


def _according(line: Line, index: int) -> Phrase | None:
    """Match "According to research done by Jane Roe"."""
    if line.at(index + 1) != "to":
        return None
    noun = line.skip(index + 2, words_of("modifiers"), 6)
    if line.at(noun) not in words_of("plural", "mass", "single"):
        return None
    by = line.skip(noun + 1, frozenset({"done", "conducted", "published", "carried", "out", "led", "made"}), 3)
    name = by + 1 + (line.at(by + 1) == "the")
    if line.at(by) not in {"by", "from", "at", "in"} or not line.capital(name):
        return None
    return Phrase(index, name, "default")


def _person(line: Line, index: int) -> Phrase | None:
    """Match "Dr. Jane Roe's trial found"."""
    for at in range(max(index - 10, 0), min(index + 9, len(line))):
        if line.words[at] in {"dr", "professor", "prof"} and line.capital(at) and line.capital(at + 1):
            verb = _verb_after(line, at + 2, "finding", most=12)
            return Phrase(at, at + 1, "default") if verb is not None else None
    return None


def _authors(line: Line, index: int) -> Phrase | None:
    """Match "Smith et al.", "Smith and colleagues"."""
    link = line.at(index - 1)
    if not (line.words[index] == "al" and link == "et") and not (
        line.words[index] == "colleagues" and link == "and" and "found" in line.words
    ):
        return None
    name = line.raw[index - 2].text if index >= 2 else ""
    if name.isupper() and len(name) < 3:  # initials: this is an entry of a bibliography
        return None
    return Phrase(index - 2, index, "default") if line.capital(index - 2) else None


# --- bodies


@cache
def _bodies() -> Mapping[str, tuple[tuple[tuple[str, ...], bool], ...]]:
    """Names of bodies by first folded word; the flag says that it is an abbreviation."""
    table: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    for row in lexicon.terms("authorities"):
        for name in row.split("|"):
            words = tuple(lexicon.fold(word) for word in name.replace("&", "").split())
            table.setdefault(words[0], []).append((words, name.strip().isupper()))
    return {first: tuple(sorted(found, key=lambda x: -len(x[0]))) for first, found in table.items()}


def _listed_body(line: Line, index: int) -> Phrase | None:
    """Match "The WHO recognizes", "according to the NIH"."""
    for name, short in _bodies()[line.words[index]]:
        if tuple(line.words[index : index + len(name)]) != name:
            continue
        if (short and not line.raw[index].text.isupper()) or not line.capital(index):
            continue
        if short and line.gap(index - 1).endswith("("):  # the short form of a name that was looked at
            return None
        return _viewed(line, index, index + len(name) - 1)
    return None


def _body_by_form(line: Line, index: int) -> Phrase | None:
    """Match "The American Headache Society advises"."""
    if line.sentence.block.kind in {"heading", "title"} or not line.capital(index):
        return None
    first = index
    while (
        first
        and index - first < 6
        and not line.broken(first - 1)
        and (line.capital(first - 1) or (line.at(first - 1) in {"of", "for", "and"} and line.capital(first - 2)))
    ):
        first -= 1
    last = _name_end(line, index)
    while first < index and line.at(first) in {"the", "a", "our", "this", "in", "at", "of", "and"}:
        first += 1
    return _viewed(line, first, last) if last > first else None


def _capital_soon(line: Line, index: int) -> bool:
    return line.capital(index + 1) or (line.at(index + 1) == "the" and line.capital(index + 2))


def _viewed(line: Line, first: int, last: int) -> Phrase | None:
    """The body with the word that makes it a witness, where there is one."""
    if line.any_before(first, _BIOGRAPHY, 5) or _unreal(line, first):
        return None
    start = first - 1 if line.at(first - 1) == "the" else first
    if line.at(start - 1) == "to" and line.at(start - 2) == "according":
        if not _STANDARDS.isdisjoint(line.words[last + 1 : last + 4]) or line.at(last + 1) == "current":
            return None
        return Phrase(start - 2, last, "default")
    if line.at(start - 1) == "by" and line.at(start - 2) in _ENDORSED:
        return None if _unreal(line, start - 2) else Phrase(start - 2, last, "default")
    verb = _view(line, last)
    return Phrase(first, verb, "default") if verb is not None else None


def _view(line: Line, last: int) -> int | None:
    """The verb of the view that a body holds, a few words behind its name."""
    forms = verbs("endorsing")
    clear = forms.third | forms.past
    for at in range(last + 1, min(last + 13, len(line))):
        word = line.words[at]
        plain = set(line.gap(at - 1)) <= _PLAIN_GAP
        if plain and (word in clear or (word in forms.base and line.at(at - 1) not in {"to", "the", "a", "of"})):
            return at
        quiet = word in _QUIET or word in _ORG_LINKS or word in _TEAM or word in words_of("single")
        if not plain or not (quiet or line.capital(at) or word.endswith("ly")) or word in words_of("negative"):
            return None
    return None
