"""Pages that are the same but for a place, a complaint, a treatment or a figure (doorway pages)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple, cast

from acu_lint.api import Article, Corpus, Document, Duplicate, Source, Span
from acu_lint_rules.analysis.citations.sources import is_source
from acu_lint_rules.analysis.text.lexicon import fold, matcher
from acu_lint_rules.duplicates._page_keys import is_listed
from acu_lint_rules.duplicates._same_skeleton import POSTCODE, sisters
from acu_lint_rules.duplicates._slots import doorway_words

MIN_WORDS = 60  # of a page; shorter ones say too little to be compared
PAGES = 3  # pages of a series of doorways
_SAME = 0.3  # share of the words of the longer page that stand in passages of both; the rest is compared word by word
_REWORDED = 0.08  # share of its words that may differ in another way
_BRANCH = 2  # of staff, address and opening hours: a branch has its own
_WINDOW = 2  # words beside a difference that may belong to the term it stands in
_STRETCH = 60  # words between two passages that are compared word by word
_NEAR = 3  # words beside a difference that tell what it is

_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d[\w.,:'’-]*")


class Variant(NamedTuple):
    """Another page that differs from this one in a slot only, and what fills the slot on either page."""

    path: str
    title: Span
    source: Source
    slot: str  # place, name, complaint, treatment or figure
    here: str
    there: str
    in_words: bool = True  # False: only the title and the headings are the same


class _Difference(NamedTuple):
    """Words ``here`` … of one page that stand for the words ``there`` … of the other, and what they are."""

    here: tuple[int, int]
    there: tuple[int, int]
    kind: str
    fillers: tuple[str, str]

    @property
    def words(self) -> int:
        return max(self.here[1] - self.here[0], self.there[1] - self.there[0])


def variants(doc: Document, corpus: Corpus) -> Sequence[Variant]:
    """The pages of which this one is a variant, by path: at least two others, which differ in the same slot."""
    known = doc.memo.get(variants)
    if known is None:
        known = doc.memo[variants] = _variants(doc, corpus)
    return cast("Sequence[Variant]", known)


def _variants(doc: Document, corpus: Corpus) -> Sequence[Variant]:
    if not is_listed(doc):
        return []
    found = {one.path: one for one in _in_words(doc, corpus)}
    for sister in sisters(doc, corpus):
        page = sister.page
        if page.path not in found and _same_sources(doc, page):
            title = page.title.span() if page.title else page.whole
            slot = sister.slot, sister.here, sister.there
            found[page.path] = Variant(page.path, title, page.source, *slot, in_words=sister.in_words)
    return _one_slot(found.values())


def _one_slot(found: Collection[Variant]) -> list[Variant]:
    """Those that differ in the slot in which most do, by path; none where they are no series."""
    if any(one.slot == "place" for one in found):
        found = [one._replace(slot="place") if one.slot == "name" else one for one in found]
    slots = Counter(one.slot for one in found)
    slot, count = max(slots.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return sorted((one for one in found if one.slot == slot), key=attrgetter("path")) if count >= PAGES - 1 else []


def _in_words(doc: Document, corpus: Corpus) -> Iterator[Variant]:
    """Pages that share passages and differ in a slot between them."""
    for pair in corpus.repeats_of(doc):
        one = _variant(pair)
        if one and (not _sources(doc) or _same_sources(doc, corpus.document(one.path))):
            yield one


def _variant(pair: Duplicate) -> Variant | None:
    longer = max(len(pair.here.words), len(pair.there.words))
    if pair.words < MIN_WORDS or sum(run.same for run in pair.runs) < _SAME * longer:
        return None
    differences = list(_differences(pair))
    slots = Counter((one.kind, *map(str.casefold, one.fillers)) for one in differences if one.kind)
    if not slots:
        return None
    if sum(one.words for one in differences if not one.kind) > _REWORDED * longer:
        return None
    if len(set().union(*(_branch_details(pair, one) for one in differences))) >= _BRANCH:
        return None
    (kind, *fillers), count = max(slots.items(), key=lambda item: (item[0][0] != "figure", item[1], item[0]))
    ours = [one for one in differences if (one.kind, *map(str.casefold, one.fillers)) == (kind, *fillers)]
    if count < 2 and not _in_titles(pair, ours[0].fillers):
        return None
    if kind == "name" and any(_before(pair.here, one.here[0]) & doorway_words("before_place") for one in ours):
        kind = "place"
    other = pair.there
    return Variant(other.path, other.title, other.source, kind, *ours[0].fillers)


def _in_titles(pair: Duplicate, fillers: tuple[str, str]) -> bool:
    titles = (article.source.text[slice(*article.title)].casefold() for article in (pair.here, pair.there))
    return all(filler.casefold() in title for filler, title in zip(fillers, titles, strict=True))


def _same_sources(doc: Document, other: Document) -> bool:
    """Whether the pages do not each cite sources of their own."""
    mine, theirs = _sources(doc), _sources(other)
    return not (mine - theirs and theirs - mine)


def _sources(doc: Document) -> set[str]:
    return {link.target for link in doc.links if link.kind == "link" and is_source(link.target)}


# --- differences


def _differences(pair: Duplicate) -> Iterator[_Difference]:
    """What stands between the equal words of two pages, in order."""
    here = there = 0
    pieces = sorted(piece for run in pair.runs for piece in run.pieces)
    for piece in (*pieces, None):
        if piece and piece.there < there:
            continue  # moved elsewhere; its words count as different
        ends = (piece.here, piece.there) if piece else (len(pair.here.words), len(pair.there.words))
        yield from _between(pair, (here, ends[0]), (there, ends[1]))
        if piece:
            here, there = piece.here + piece.size, piece.there + piece.size


def _between(pair: Duplicate, here: tuple[int, int], there: tuple[int, int]) -> Iterator[_Difference]:
    """The differences in a stretch that is no passage: the first words of a page are too few for one."""
    one, two = pair.here.words[slice(*here)], pair.there.words[slice(*there)]
    if max(len(one), len(two)) > _STRETCH:
        yield _Difference(here, there, "", ("", ""))
        return
    from difflib import SequenceMatcher  # noqa: PLC0415 -- most articles have no variants

    for tag, i, end, j, stop in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _difference(pair, (here[0] + i, here[0] + end), (there[0] + j, there[0] + stop))


def _difference(pair: Duplicate, here: tuple[int, int], there: tuple[int, int]) -> _Difference:
    if here[0] < here[1] and there[0] < there[1]:
        for kind, name in (("complaint", "conditions"), ("treatment", "interventions")):
            terms = _term(pair.here, here, name), _term(pair.there, there, name)
            if all(terms):
                return _Difference(here, there, kind, terms)
        texts = _text(pair.here, here), _text(pair.there, there)
        for kind, test in (("figure", _is_figure), ("name", _is_name)):
            if all(map(test, texts)):
                return _Difference(here, there, kind, (" ".join(texts[0]), " ".join(texts[1])))
    return _Difference(here, there, "", ("", ""))


def _term(article: Article, place: tuple[int, int], name: str) -> str:
    """The term of a word list that covers some words of an article, as the list spells it."""
    first = max(place[0] - _WINDOW, 0)
    window = [fold(word) for word in article.words[first : place[1] + _WINDOW]]
    ranges = matcher(name).scan(window)
    return next((r.term for r in ranges if first + r.first <= place[0] and place[1] <= first + r.last), "")


def _text(article: Article, place: tuple[int, int]) -> list[str]:
    """The words of a range as they are written."""
    return _WORD.findall(article.source.text[slice(*article.span(*place))])


def _is_figure(words: Sequence[str]) -> bool:
    return all(word[0].isdigit() for word in words)


def _is_name(words: Sequence[str]) -> bool:
    """'Leeds', 'Newcastle upon Tyne', 'LS1 4AB'; at most a few words."""
    capitals = [word for word in words if word[0].isupper() or word[0].isdigit()]
    others = {word for word in words if word not in capitals}
    return (
        bool(capitals) and capitals[0] == words[0] and len(words) <= 2 * _NEAR and others <= doorway_words("in_names")
    )


def _branch_details(pair: Duplicate, one: _Difference) -> Iterator[str]:
    """Which of staff, address and opening hours a difference is about."""
    for article, place in ((pair.here, one.here), (pair.there, one.there)):
        if place[0] == place[1]:
            continue
        around = {*article.words[max(place[0] - _NEAR, 0) : place[1] + _NEAR]}
        own = {*article.words[place[0] : place[1] + 1]}
        if one.kind in {"", "name"} and _before(article, place[0]) & doorway_words("staff"):
            yield "staff"
        if own & doorway_words("street") or POSTCODE.search(article.source.text[slice(*article.span(*place))]):
            yield "address"
        if one.kind in {"", "figure", "name"} and around & doorway_words("hours"):
            yield "hours"


def _before(article: Article, at: int) -> set[str]:
    return {*article.words[max(at - _NEAR, 0) : at]}
