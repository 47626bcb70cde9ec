"""Pairs of articles that are alike, for people at a terminal: both sides, the common words marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest
from textwrap import wrap

import click

from acu_lint.corpus.corpus import Shared
from acu_lint.corpus.verdicts import Verdict
from acu_lint.report.duplicates import TOLD, Pair, Report, Side, Word, flat, lines, without_markup
from acu_lint.report.text import columns, many

_QUOTED = 3  # passages quoted of each pair, the longest
_HEAD, _TAIL = 40, 12  # words quoted of a passage's start and end
_TWO_COLUMNS = 100  # width of a terminal from which the sides stand beside each other
_INDENT = " " * 6
_BETWEEN = " │ "
_COLOURS: dict[Verdict, str | None] = {
    "the same": "red", "nearly the same": "red", "large parts": "yellow", "short": "yellow", "passages": "yellow",
    "words": None,
}  # fmt: skip
_COMMON = "cyan"


def as_text(report: Report, width: int) -> Iterator[str]:
    """Yield the lines of a report for people, the nearest pairs first."""
    for pair in report.shown:
        yield from _told(pair, max(width, 40))
        yield ""
    for group in report.groups:
        yield f"These {len(group.paths)} articles belong together; keep the best one:"
        yield from (f"  {flat(path)}{' (the oldest)' * (path == group.oldest)}" for path in group.paths)
        yield ""
    if any(pair.passages for pair in report.pairs):
        yield click.style("Words that both sides have stand in [brackets].", dim=True)
    if report.hidden:
        yield report.hidden
    yield report.summary


def _told(pair: Pair, width: int) -> Iterator[str]:
    head = click.style(f"{pair.percent}%".rjust(4), fg=_COLOURS[pair.verdict], bold=True)
    yield f"{head}  {_article(pair, 0)}"
    yield f"{_INDENT}{_article(pair, 1)}"
    count = len(pair.passages)
    words = sum(each.words for each in pair.passages)
    shared = f" {many(count, 'shared passage')}, {many(words, 'word')}:" if count else ""
    yield f"{_INDENT}{TOLD[pair.verdict]}{shared}"
    for each in sorted(pair.passages, key=lambda each: -each.words)[:_QUOTED]:
        equal = "all equal" if each.same == each.words else f"{each.same} of them equal"
        yield ""
        yield _INDENT + click.style(f"{many(each.words, 'word')}, {equal}", dim=True)
        yield from _sides((pair.a, each.a), (pair.b, each.b), width - len(_INDENT))
    if count > _QUOTED:
        yield f"{_INDENT}… and {many(count - _QUOTED, 'more passage')}"
    if count:
        yield ""
    yield from _paragraph(flat(pair.advice), _INDENT, width)


def _paragraph(text: str, indent: str, width: int) -> Iterator[str]:
    """A text in lines; paths are not broken."""
    lines = wrap(text, width - len(indent), break_on_hyphens=False, break_long_words=False)
    return (indent + line for line in lines)


def _article(pair: Pair, side: int) -> str:
    path, title, since = (pair.a, pair.b)[side], pair.titles[side], pair.since[side]
    age = f", since {since}" if since else ""
    age += " (the older one)" if pair.older == path else ""
    return click.style(flat(path), bold=True) + (f"  “{title}”" if title else "") + age


def _sides(one: tuple[str, Side], two: tuple[str, Side], width: int) -> Iterator[str]:
    """Both sides of a passage: in two columns where there is room, else one below the other."""
    if width + len(_INDENT) < _TWO_COLUMNS:
        for each in (one, two):
            yield from (_INDENT + line for line, _ in _column(each, width))
        return
    half = (width - len(_BETWEEN)) // 2
    for (left, size), (right, _) in zip_longest(_column(one, half), _column(two, half), fillvalue=("", 0)):
        yield f"{_INDENT}{left}{' ' * (half - size)}{_BETWEEN}{right}".rstrip()


def _column(side: tuple[str, Side], width: int) -> Iterator[tuple[str, int]]:
    """Where a side stands, then its words; each line with the columns that it takes."""
    path, passage = side
    place = _cut(f"{flat(path)}, {lines(passage)}", width)
    yield click.style(place, underline=True), columns(place)
    yield from _wrapped(_shortened(passage.words), width)


def _cut(text: str, width: int) -> str:
    """A text of at most so many columns; of a long path the end says more."""
    if columns(text) <= width:
        return text
    while columns(text) > width - 1:
        text = text[1:]
    return "…" + text


def _shortened(words: Sequence[Word]) -> Sequence[Word]:
    if len(words) <= _HEAD + _TAIL:
        return words
    return (*words[:_HEAD], Word("…", common=False), *words[-_TAIL:])


def _wrapped(words: Sequence[Word], width: int) -> Iterator[tuple[str, int]]:
    """Lines of at most ``width`` columns, each with the columns it takes; brackets go around runs of common words."""
    line: list[Word] = []
    room = 0
    for word in _bracketed(words, width - 1):
        size = columns(word.text)
        if line and room + 1 + size > width:
            yield _styled(line), room
            line, room = [], 0
        room += size + bool(line)
        line.append(word)
    if line:
        yield _styled(line), room


def _bracketed(words: Sequence[Word], width: int) -> Iterator[Word]:
    """The words with brackets around each run of common ones; a word that is wider than a line is cut."""
    for at, (text, common) in enumerate(words):
        begins = common and (at == 0 or not words[at - 1].common)
        ends = common and (at + 1 == len(words) or not words[at + 1].common)
        marked = "[" * begins + text + "]" * ends
        while columns(marked) > width:
            size = next(n for n in range(1, len(marked)) if columns(marked[: n + 1]) > width)
            yield Word(marked[:size], common)
            marked = marked[size:]
        yield Word(marked, common)


def _styled(line: Iterable[Word]) -> str:
    runs = ((common, " ".join(word.text for word in run)) for common, run in groupby(line, lambda word: word.common))
    return " ".join(click.style(text, fg=_COMMON) if common else text for common, text in runs)


def boilerplate_as_text(blocks: Sequence[Shared], documents: int, width: int) -> Iterator[str]:
    """Yield what is left out of the comparison: how many articles have it, and where one of them is."""
    for block in blocks:
        yield click.style(many(block.articles, "article"), bold=True) + f", such as {flat(block.path)}:{block.line}"
        yield from _paragraph(without_markup(block.text), "  ", max(width, 40))
        yield ""
    among = f"among {many(documents, 'article')}"
    if blocks:
        yield f"{many(len(blocks), 'text')} of many articles left out of the comparison {among}."
    else:
        yield f"No text stands in many articles; nothing is left out of the comparison {among}."
