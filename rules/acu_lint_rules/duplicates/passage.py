"""Passages that stand in another article too, or twice in one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from acu_lint.api import PROSE, Corpus, Document, Duplicate, Hit, Passage, Related, Run, Severity, Span
from acu_lint_rules.duplicates._own_text import OwnText, blocks_in, is_shared_page, is_summary
from acu_lint_rules.duplicates._series import in_series
from acu_lint_rules.duplicates._variants import variants

_SHOWN = 5  # passages shown that one other article has
_LISTED = 20  # articles listed that have one passage
_QUOTED = 8  # words quoted
_READ = PROSE | {"heading"}
_SEPARATE = 3  # passages of the same articles that are told one by one; more are told at once
_OVERLAP = 0.5  # of the shorter of two ranges: they are the same passage
_COVER = 0.8  # of a passage that a later article has too, and tells of
# A reworded passage within one article is one that was pasted and polished, or it is a list of similar cases.
_REWORDED, _EQUAL = 40, 0.9  # words, and share of them that is equal
_PULLED = 0.8  # share of a paragraph that is pulled out of it, at most


class Copy(NamedTuple):
    """A passage of this article, as words, and the other article that has it."""

    run: Run
    other: Duplicate

    @property
    def words(self) -> int:
        """Its words in this article."""
        return self.run.here[1] - self.run.here[0]

    @property
    def whole(self) -> bool:
        """Whether the other article has all of its words, perhaps with others between them."""
        return self.run.same == self.words

    @property
    def path(self) -> str:
        """The other article's path."""
        return self.other.there.path

    @property
    def passage(self) -> Passage:
        """The passage in the sources."""
        return self.other.passage(self.run)


Group = Sequence[Copy]  # the same passage in several articles


def check(  # noqa: PLR0913 -- one parameter per option
    doc: Document,
    corpus: Corpus,
    *,
    words: int = 25,
    error_words: int = 100,
    shared_blocks: tuple[str, ...] = (),
    series: tuple[str, ...] = (),
) -> Iterator[Hit]:
    """Yield one hit for each passage of ``words`` or more that another article has, or this one has twice.

    More than ``error_words`` words in another article are an error. ``shared_blocks`` are beginnings of
    paragraphs that may stand in several articles, ``series`` globs of paths: articles that one glob
    matches share a template on purpose. Of articles that are checked together the last one by path has
    the finding.
    """
    if is_shared_page(doc):
        return
    own = OwnText(doc, shared_blocks)
    copies = [
        Copy(run, pair)
        for pair in _pairs(doc, corpus, series)
        for run in pair.runs
        if run.words >= words and own.words(pair.here.span(*run.here)) >= words
    ]
    paths = {path for path in {copy.path for copy in copies} if corpus.is_reported_there(doc, path)}
    later = [copy.run.here for copy in copies if copy.path in paths]
    groups = _together([copy for copy in copies if copy.path not in paths])
    groups = [group for group in groups if not _is_told(group, later)]
    for those in _by_articles(groups):
        if len(those) > _SEPARATE:
            yield _many(doc, those, error_words)
        else:
            yield from (_one(doc, group, error_words) for group in those)
    told = [copy.other.here.span(*copy.run.here) for copy in copies]
    yield from _repetitions(doc, corpus, own, words, told)


def _pairs(doc: Document, corpus: Corpus, series: Sequence[str]) -> list[Duplicate]:
    """The articles that share passages, but those that repeat this one as a whole: another rule tells of these."""
    pairs = [
        pair
        for pair in corpus.repeats_of(doc)
        if pair.severity is None and not in_series(pair.here.path, pair.there.path, series)
    ]
    doorways = {one.path for one in variants(doc, corpus)} if pairs else ()
    return [pair for pair in pairs if pair.there.path not in doorways]


def _together(copies: Sequence[Copy]) -> list[list[Copy]]:
    """Group what is the same passage in several articles, in the order of this article."""
    groups: list[list[Copy]] = []
    for copy in sorted(copies, key=lambda copy: (copy.run.here, copy.path)):
        if groups and _same(groups[-1][0].run.here, copy.run.here):
            groups[-1].append(copy)
        else:
            groups.append([copy])
    return groups


def _same(one: tuple[int, int], two: tuple[int, int]) -> bool:
    shared = min(one[1], two[1]) - max(one[0], two[0])
    return shared >= _OVERLAP * min(one[1] - one[0], two[1] - two[0])


def _is_told(group: Group, later: Iterable[tuple[int, int]]) -> bool:
    """Whether an article that is checked too, and has the later path, tells of a passage."""
    start, end = _longest(group).run.here
    return any(min(end, last) - max(start, first) >= _COVER * (end - start) for first, last in later)


def _by_articles(groups: Sequence[Group]) -> list[list[Group]]:
    """Put passages together that the same articles have."""
    table: dict[tuple[str, ...], list[Group]] = {}
    for group in groups:
        table.setdefault(tuple(sorted({copy.path for copy in group})), []).append(group)
    return list(table.values())


def _longest(group: Group) -> Copy:
    return max(group, key=lambda copy: copy.words)


def _one(doc: Document, group: Group, error_words: int) -> Hit:
    longest = _longest(group)
    passage = longest.passage
    others = list(dict.fromkeys(copy.path for copy in group))
    message = "several" if len(others) > 1 else "default" if longest.whole else "reworded"
    return Hit(
        passage.here,
        data={**_data(doc, longest), "count": len(others), "others": others},
        message=message,
        severity=_severity(longest.words, error_words),
        related=tuple(_there(copy) for copy in _first_of_each(group, longest)[:_LISTED]),
    )


def _first_of_each(group: Group, longest: Copy) -> list[Copy]:
    """One place in each article, the longest passage first."""
    return list({copy.path: copy for copy in reversed([longest, *group])}.values())[::-1]


def _many(doc: Document, groups: Sequence[Group], error_words: int) -> Hit:
    copies = [_longest(group) for group in groups]
    longest = _longest(copies)
    total = sum(copy.words for copy in copies)
    others = list(dict.fromkeys(copy.path for group in groups for copy in group))
    rest = [copy for copy in copies if copy is not longest]
    shown = [_there(longest), *(place for copy in rest[: _SHOWN - 1] for place in (_here(copy), _there(copy)))]
    return Hit(
        longest.passage.here,
        data={**_data(doc, longest), "count": len(others), "others": others, "passages": len(copies), "total": total},
        message="many",
        severity=_severity(total, error_words),
        related=tuple(shown),
    )


def _severity(words: int, error_words: int) -> Severity:
    return Severity.ERROR if words > error_words else Severity.WARNING


def _data(doc: Document, copy: Copy) -> dict[str, object]:
    passage, there = copy.passage, copy.other.there
    title = there.title_text
    line = there.source.position(passage.there.start)[0]
    return {
        "quote": _quote(doc, passage.here),
        "words": copy.words,
        "same": passage.same,
        "title": title,
        "other": there.path,
        "line": line,
        "place": f"'{title}' ({there.path}, line {line})" if title else f"{there.path}, line {line}",
    }


def _quote(doc: Document, span: Span) -> str:
    """The first words of a passage, without markup."""
    words: list[str] = []
    for block in doc.blocks:
        if block.kind in _READ and (place := block.span()).start < span.end and span.start < place.end:
            words += [word.text for word in block.words if block.span(word.start, word.end).start >= span.start]
        if len(words) >= _QUOTED:
            break
    return " ".join(words[:_QUOTED])


def _here(copy: Copy) -> Related:
    what = f"{copy.words} words that" if copy.whole else f"{copy.words} words, {copy.run.same} of which"
    return Related(copy.passage.here, f"{what} also stand in {copy.path}")


def _there(copy: Copy) -> Related:
    there = copy.other.there
    told = "the same words there" if copy.whole else f"{copy.run.same} of the words there"
    return Related(copy.passage.there, told, there.path, there.source)


# --- within one article


def _repetitions(doc: Document, corpus: Corpus, own: OwnText, words: int, told: Sequence[Span]) -> Iterator[Hit]:
    """Yield one hit for each passage that the article has twice or more often, but for those ``told`` already."""
    by_place: dict[Span, list[Passage]] = {}
    for passage in corpus.repeated_in(doc):
        if _is_repetition(doc, passage, own, words):
            first = next((place for place in by_place if _same(place, passage.there)), passage.there)
            by_place.setdefault(first, []).append(passage)
    for passages in by_place.values():
        if not any(_same(passages[0].here, span) for span in told):
            yield _again(doc, passages)


def _is_repetition(doc: Document, passage: Passage, own: OwnText, words: int) -> bool:
    if not passage.exact and (passage.words < _REWORDED or passage.same < _EQUAL * passage.words):
        return False
    if min(map(own.words, (passage.here, passage.there))) < words:
        return False
    if _is_pull_quote(doc, passage):
        return False
    return not (is_summary(doc, passage.here) or is_summary(doc, passage.there))


def _is_pull_quote(doc: Document, passage: Passage) -> bool:
    """Whether a block is nothing but some of the words of the block beside it, which the page shows large."""
    here, there = ([*blocks_in(doc, span)] for span in (passage.here, passage.there))
    if len(here) != 1 or len(there) != 1 or not passage.exact:
        return False
    shorter, longer = sorted(len(block.words) for block in (here[0], there[0]))
    is_part = passage.words >= _EQUAL * shorter and shorter <= _PULLED * longer
    return is_part and abs(here[0].index - there[0].index) == 1


def _again(doc: Document, passages: Sequence[Passage]) -> Hit:
    """One hit for the places at which an article says again what it said before."""
    passage, *others = passages
    places = [Related(passage.there, "the same words, further up")]
    places += [Related(other.here, "the same words once more") for other in others[: _LISTED - 1]]
    return Hit(
        passage.here,
        data={
            "quote": _quote(doc, passage.here),
            "words": passage.words,
            "same": passage.same,
            "line": doc.source.position(passage.there.start)[0],
            "times": len(passages) + 1,
        },
        message="often" if others else "again" if passage.exact else "nearly",
        related=tuple(places),
    )
