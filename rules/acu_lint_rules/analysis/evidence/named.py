"""Evidence with a name: a particular study, a journal, a researcher, a body that is said to hold a view."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from acu_lint_rules.analysis.evidence.phrases import Phrase, Reader, first_phrase, speaks_of_health, verbs, words_of
from acu_lint_rules.analysis.text import lexicon
from acu_lint_rules.analysis.text.sentence import SentenceView

_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")
_YEAR_BEFORE, _YEAR_AFTER = 5, 11  # words between a noun and its year
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


def find_study(view: SentenceView, cues: Sequence[int]) -> Phrase | None:
    """Find the first particular study, review, journal or researcher of a sentence, at one of its cues."""
    return first_phrase(view, cues, _study_readers())


def find_body(view: SentenceView, cues: Sequence[int]) -> Phrase | None:
    """Find the first body whose view on a matter of health is reported."""
    phrase = first_phrase(view, cues, _body_readers())
    return phrase if phrase is not None and speaks_of_health(view) else None


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


def _verb_after(view: SentenceView, start: int, *sections: str, most: int = 26) -> int | None:
    """The first finite verb of finding within reach, before any modal or doubt."""
    forms = verbs(*sections)
    finite = forms.third | forms.past
    for at in range(start, min(start + most, len(view))):
        word = view.tokens[at]
        if word in _STOPS or ";" in view.gap_after(at - 1):
            return None
        if word in finite or (word in forms.base and view.tokens[at - 1] in {"and", "also"}):
            return at
    return None


def _year_near(view: SentenceView, index: int) -> int | None:
    """The index of a year that belongs to the noun at ``index``: "2017 meta-analysis", "trial (2019)"."""
    if not any(map(_YEAR.fullmatch, view.tokens[max(index - _YEAR_BEFORE, 0) : index + _YEAR_AFTER + 1])):
        return None
    for way, reach in ((-1, _YEAR_BEFORE), (1, _YEAR_AFTER)):
        for step in range(1, reach + 1):
            at = index + way * step
            if not 0 <= at < len(view) or not _FULL_STOPS.isdisjoint(view.gap_after(min(at, at - way))):
                break
            if _YEAR.fullmatch(view.tokens[at]):
                return at
    return None


def _unreal(view: SentenceView, first: int) -> bool:
    """Whether the study is denied, wished for or asked about."""
    return view.any_before(first, words_of("negative") | {"would", "should", "need", "needs"}, 4)


# --- studies


def _dated(view: SentenceView, index: int) -> Phrase | None:
    """Match "A 2017 meta-analysis", "a trial from 2014 found", "the 2017 guideline"."""
    year = _year_near(view, index)
    if year is None or (view.tokens[index].startswith("guideline") and _view(view, index) is None):
        return None
    if year < index:
        between = view.tokens[year + 1 : index]
        if any(view.parted(at) and view.gap_after(at).strip() != ")" for at in range(year, index)) and len(between) > 1:
            return None
        first = year - 1 if view.token(year - 1) in _INDEFINITE | {"the"} else year
        told = len(between) <= 3 and view.tokens[index] not in {"report", "reports", "paper", "papers", "reviews"}
        if told and not _unreal(view, first) and view.token(first - 1) not in {"since", "until"}:
            return Phrase(first, index, "default")
    found = _verb_after(view, index + 1, "finding", "examining")
    if found is None or _unreal(view, index):
        return None
    first = min(index, year)
    article = _article(view, index) if first == index else None
    return Phrase(first if article is None else article, max(index, year), "default")


def _single(view: SentenceView, index: int) -> Phrase | None:
    """Match "A clinical trial by ... found", "in one study of 60 women", "a recent analysis of 22 trials showed"."""
    first = _article(view, index)
    if first is None or _unreal(view, first) or _everyday(view, index):
        return None
    last = _outlet(view, index)
    if view.token(first - 1) == "to":
        return Phrase(first - 2, last, "default") if view.token(first - 2) == "according" else None
    loose = view.tokens[index] in _LOOSE
    if view.token(first - 1) == "in" and view.token(first - 2) in {"", "and", "but", "that"} and not loose:
        return Phrase(first - 1, last, "default")
    sections = ("finding",) if loose else ("finding", "examining")
    verb = _verb_after(view, index + 1, *sections)
    if verb is None or (verb == index + 1 and view.token(verb + 1) in {"by", "of", "from"}):  # "a research report by"
        return None
    return Phrase(first, last if last > index or verb - index > 4 else verb, "default")


def _everyday(view: SentenceView, index: int) -> bool:
    """Whether the noun means something else: "a review of your symptoms", "a trial of life"."""
    if view.token(index + 1) != "of":
        return False
    following = view.token(index + 2)
    return following in {"life", "time"} or (
        view.tokens[index] in _LOOSE and following in {"your", "the", "symptoms", "systems"}
    )


def _outlet(view: SentenceView, index: int) -> int:
    """The last word of "published in the Journal of ..." behind a noun, else the noun."""
    at = index + 1 + (view.token(index + 1) == "published")
    if view.token(at) not in {"in", "by"}:
        return index
    first = view.skip(at + 1, _SITE, 4)
    return _name_end(view, first) if view.capital(first) and view.token(first) not in _MONTHS else index


def _name_end(view: SentenceView, index: int) -> int:
    """The last word of a name in capitals that starts at ``index``."""
    while (
        index + 1 < len(view)
        and not view.parted(index)
        and (view.capital(index + 1) or (view.token(index + 1) in _ORG_LINKS and _capital_soon(view, index + 1)))
    ):
        index += 1
    return index


def _article(view: SentenceView, index: int) -> int | None:
    """The index of "a", "one", "another" ... of the noun at ``index``, where it is indefinite."""
    for at in view.before(index, 6):
        word = view.tokens[at]
        if word in _DEFINITE:
            return None
        if word in _INDEFINITE:
            return at - 1 if at and view.tokens[at - 1] in {"a", "an", "the", "one"} else at
        if word in verbs("finding").third or word in {"to", "of", "is", "was"}:
            return None
    return None


def _counted(view: SentenceView, index: int) -> Phrase | None:
    """Match "Analyzed 33 clinical trials", "an analysis of 22 trials": what a review did."""
    if view.tokens[index] not in {"trials", "studies", "rcts", "reviews"}:
        return None
    examining = verbs("examining")
    for at in view.before(index, 4):
        number = view.words[at].text.replace(",", "")
        if number.isdecimal() and (len(number) < 4 or "," in view.words[at].text):
            told = {view.token(at - 1), view.token(at - 2)}
            did = not (examining.past | examining.third).isdisjoint(told) and not view.any_before(at, {"we", "i"})
            return Phrase(at, index, "default") if did or _verb_after(view, index + 1, "finding") else None
    return None


def _titled(view: SentenceView, index: int) -> Phrase | None:
    """Match "The Framingham Heart Study", "the SPRINT trial"."""
    if view.kind in {"heading", "title"} or view.tokens[index] not in {"study", "trial", "survey"}:
        return None
    first = index
    while first > 1 and view.capital(first - 1) and index - first < 5 and not view.parted(first - 1):
        first -= 1
    acronym = first < index and sum(c.isupper() for c in view.words[index - 1].text) > 1
    if first == index or not (acronym or view.capital(index)):
        return None
    verb = _verb_after(view, index + 1, "finding", "examining")
    return Phrase(first, index, "default") if verb is not None else None


def _cochrane(view: SentenceView, index: int) -> Phrase | None:
    """Match "The 2020 Cochrane review", "Cochrane concluded"."""
    last = view.skip(index + 1, frozenset({"systematic", "collaboration", "database", "library"}), 2)
    if view.token(last) in {"review", "reviews", "analysis", "meta-analysis", "report", "reviewers"}:
        first = index - 1 if _YEAR.fullmatch(view.token(index - 1)) else index
        first -= view.token(first - 1) in {"the", "a"}
        return Phrase(first, last, "default")
    verb = _verb_after(view, index + 1, "finding", "examining", most=5)
    return Phrase(index, verb, "default") if verb is not None else None


def _journal(view: SentenceView, index: int) -> Phrase | None:
    """Match "JAMA Network Open", "the Lancet"."""
    if not view.capital(index):
        return None
    for title in names()[view.tokens[index]]:
        if tuple(view.tokens[index : index + len(title)]) == title:
            last = index + len(title) - 1
            return Phrase(index, last, "journal") if _reports(view, index, last) else None
    return None


def _journal_of(view: SentenceView, index: int) -> Phrase | None:
    """Match "The Journal of Pain", "American Journal of ...", "the journal Spine"."""
    if view.tokens[index] == "journal" and not view.capital(index):
        if not view.capital(index + 1) or view.parted(index):
            return None
        last = index + 1
    elif view.capital(index) and view.token(index + 1) in {"of", "for"} and view.capital(index + 2):
        last = index + 2
    elif view.capital(index) and view.capital(index - 1) and view.token(index - 1) not in {"the", "a"}:
        last = index
    else:
        return None
    last = _name_end(view, last)
    first = index
    while first and view.capital(first - 1) and first - 1 > 0 and not view.parted(first - 1):
        first -= 1
    return Phrase(first, last, "journal") if _reports(view, first, last) else None


def _reports(view: SentenceView, first: int, last: int) -> bool:
    """Whether the sentence with the journal reports a result, not where somebody has published."""
    if view.token(last + 1) in {"editor", "editors", "board"}:
        return False
    if "according" in view.tokens[max(first - 6, 0) : first]:
        return True
    if view.token(last + 1) == "published" and view.token(last + 2) in {"a", "an", "the", "new"}:
        return True
    forms = verbs("finding", "examining")
    told = (forms.third | forms.past) - {"published", "publishes"}
    return any(word in told for word in view.tokens) or any(
        _YEAR.fullmatch(word) for word in view.tokens[max(first - 6, 0) : last + 4]
    )


def _published(view: SentenceView, index: int) -> Phrase | None:
    """Match "Published in Pain Medicine", "published by the University of ... in 2019"."""
    at = index + 1 + (view.token(index + 1) in {"online", "recently", "last"})
    if view.token(at) not in {"in", "by", "on"}:
        return None
    first = view.skip(at + 1, _SITE, 4)
    if not view.capital(first) or view.token(first) in _MONTHS:
        return None
    noun = words_of("single", "plural", "mass")
    evidence = any(word in noun for word in view.tokens[max(index - 8, 0) : index])
    if not evidence or not _reports(view, index, first) or _unreal(view, index):
        return None
    return Phrase(index, _name_end(view, first), "journal")


def _team(view: SentenceView, index: int) -> Phrase | None:
    """Match "Researchers at Stanford found", "a team from the University of ..."."""
    at = index + 1
    if view.token(at) == "of" and view.token(at + 1) in {"researchers", "scientists", "doctors"}:
        at += 2
    if view.token(at) not in _PLACES:
        return None
    place = at + 1 + (view.token(at + 1) == "the")
    verb = _verb_after(view, place + 1, "finding", "examining", "opining", most=14)
    if not view.capital(place) or verb is None or _unreal(view, index):
        return None
    return Phrase(index, place, "default")


def _according(view: SentenceView, index: int) -> Phrase | None:
    """Match "According to research done by Jane Roe"."""
    if view.token(index + 1) != "to":
        return None
    noun = view.skip(index + 2, words_of("modifiers"), 6)
    if view.token(noun) not in words_of("plural", "mass", "single"):
        return None
    by = view.skip(noun + 1, frozenset({"done", "conducted", "published", "carried", "out", "led", "made"}), 3)
    name = by + 1 + (view.token(by + 1) == "the")
    if view.token(by) not in {"by", "from", "at", "in"} or not view.capital(name):
        return None
    return Phrase(index, name, "default")


def _person(view: SentenceView, index: int) -> Phrase | None:
    """Match "Dr. Jane Roe's trial found"."""
    for at in range(max(index - 10, 0), min(index + 9, len(view))):
        if view.tokens[at] in {"dr", "professor", "prof"} and view.capital(at) and view.capital(at + 1):
            verb = _verb_after(view, at + 2, "finding", most=12)
            return Phrase(at, at + 1, "default") if verb is not None else None
    return None


def _authors(view: SentenceView, index: int) -> Phrase | None:
    """Match "Smith et al.", "Smith and colleagues"."""
    link = view.token(index - 1)
    if not (view.tokens[index] == "al" and link == "et") and not (
        view.tokens[index] == "colleagues" and link == "and" and "found" in view.tokens
    ):
        return None
    name = view.words[index - 2].text if index >= 2 else ""
    if name.isupper() and len(name) < 3:  # initials: this is an entry of a bibliography
        return None
    return Phrase(index - 2, index, "default") if view.capital(index - 2) else None


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


def _listed_body(view: SentenceView, index: int) -> Phrase | None:
    """Match "The WHO recognizes", "according to the NIH"."""
    for name, short in _bodies()[view.tokens[index]]:
        if tuple(view.tokens[index : index + len(name)]) != name:
            continue
        if (short and not view.words[index].text.isupper()) or not view.capital(index):
            continue
        if short and view.gap_after(index - 1).endswith("("):  # the short form of a name that was looked at
            return None
        return _viewed(view, index, index + len(name) - 1)
    return None


def _body_by_form(view: SentenceView, index: int) -> Phrase | None:
    """Match "The American Headache Society advises"."""
    if view.kind in {"heading", "title"} or not view.capital(index):
        return None
    first = index
    while (
        first
        and index - first < 6
        and not view.parted(first - 1)
        and (view.capital(first - 1) or (view.token(first - 1) in {"of", "for", "and"} and view.capital(first - 2)))
    ):
        first -= 1
    last = _name_end(view, index)
    while first < index and view.token(first) in {"the", "a", "our", "this", "in", "at", "of", "and"}:
        first += 1
    return _viewed(view, first, last) if last > first else None


def _capital_soon(view: SentenceView, index: int) -> bool:
    return view.capital(index + 1) or (view.token(index + 1) == "the" and view.capital(index + 2))


def _viewed(view: SentenceView, first: int, last: int) -> Phrase | None:
    """The body with the word that makes it a witness, where there is one."""
    if view.any_before(first, _BIOGRAPHY, 5) or _unreal(view, first):
        return None
    start = first - 1 if view.token(first - 1) == "the" else first
    if view.token(start - 1) == "to" and view.token(start - 2) == "according":
        if not _STANDARDS.isdisjoint(view.tokens[last + 1 : last + 4]) or view.token(last + 1) == "current":
            return None
        return Phrase(start - 2, last, "default")
    if view.token(start - 1) == "by" and view.token(start - 2) in _ENDORSED:
        return None if _unreal(view, start - 2) else Phrase(start - 2, last, "default")
    verb = _view(view, last)
    return Phrase(first, verb, "default") if verb is not None else None


def _view(view: SentenceView, last: int) -> int | None:
    """The verb of the view that a body holds, a few words behind its name."""
    forms = verbs("endorsing")
    clear = forms.third | forms.past
    for at in range(last + 1, min(last + 13, len(view))):
        word = view.tokens[at]
        plain = set(view.gap_after(at - 1)) <= _PLAIN_GAP
        if plain and (word in clear or (word in forms.base and view.token(at - 1) not in {"to", "the", "a", "of"})):
            return at
        quiet = word in _QUIET or word in _ORG_LINKS or word in _TEAM or word in words_of("single")
        if not plain or not (quiet or view.capital(at) or word.endswith("ly")) or word in words_of("negative"):
            return None
    return None
