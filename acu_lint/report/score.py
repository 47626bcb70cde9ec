"""The score of articles for a person who plans what to mend: a page for each, and a table over all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

import click

from acu_lint.report.lines import visible
from acu_lint.report.text import columns
from acu_lint.rules.finding import Severity
from acu_lint.score import GRADES, Article, Change, Mark

_MARGIN = "  "
_WIDEST = 100  # columns of a page: longer lines are hard to read
_BAR = 20  # columns of a bar: five points, or one school grade, for each
_SECTIONS = 10  # of a map
_HARDEST = 3  # sentences
_NAMED = 5  # wordings of a keyphrase, lines of a change
_COLOURS = {"A": "green", "B": "green", "C": "yellow", "D": "yellow", "F": "red"}
_WIDE = 110  # columns from which the table has one for each family
_NAME = 7  # letters of a family in its head
_FIXED = 35  # columns of the table before those of the families
_PATH = 24  # columns that a path needs


# --- the page of an article


def page(article: Article, width: int) -> Iterator[str]:
    """Yield the lines of an article's page."""
    width = min(max(width, 60), _WIDEST)
    yield click.style(visible(article.path), bold=True, underline=True)
    if article.title:
        yield from _wrapped(_plain(article.title), width)
    yield ""
    yield from _verdict(article, width)
    if not article.ungraded:
        yield from _families(article)
    yield from _changes(article, width)
    for name, title, told in _PARTS:
        if record := article.records.get(name):
            yield from _head(title)
            yield from told(record, width)
    yield ""


def _verdict(article: Article, width: int) -> Iterator[str]:
    mark = article.whole
    if article.ungraded:
        score = click.style("no grade", bold=True)
    else:
        score = click.style(f"{mark.score} out of 100, grade {mark.grade}", fg=_COLOURS[mark.grade], bold=True)
    yield f"{_MARGIN}{score}   {_found(mark)} in {_many(article.words, 'word')}"
    if article.ungraded and not article.language:
        yield from _wrapped(f"It gets none because {article.ungraded}.", width, _MARGIN)
    if article.language:
        families = _list(list(article.families)) or "nothing"
        note = f"The article seems to be in {article.language}, which most rules do not read; checked: {families}."
        yield from _wrapped(note, width, _MARGIN, fg="yellow")


def _families(article: Article) -> Iterator[str]:
    yield from _head("Family by family")
    longest = max(map(len, article.families), default=0)
    for family, mark in sorted(article.families.items(), key=lambda item: (item[1].points, item[0])):
        grade = click.style(f"{mark.score:>3}  {mark.grade}", fg=_COLOURS[mark.grade])
        full = round(mark.points * _BAR / 100)
        bar = "█" * full + click.style("░" * (_BAR - full), dim=True)
        yield f"{_MARGIN}{family:<{longest}}  {grade}  {bar}  {_found(mark)}"


def _changes(article: Article, width: int) -> Iterator[str]:
    if not article.changes:
        return
    yield from _head("What to change first")
    for number, change in enumerate(article.changes, 1):
        if number > 1:
            yield ""
        finding = change.finding
        where = f"Line {finding.start.line}: " if finding.end.offset else ""
        yield from _wrapped(f"{number}. {where}{_plain(finding.message)}", width, _MARGIN, hang=3)
        yield from _wrapped(_plain(rewrite(change)), width, _MARGIN + "   ", fg="green")
        gain = "" if article.ungraded else f"{_gain(change)} "
        yield from _wrapped(f"{_more(change)}{gain}({finding.rule})", width, _MARGIN + "   ", fg="bright_black")


def rewrite(change: Change) -> str:
    """What to write instead, as one or two sentences."""
    finding = change.finding
    wording = "Write: " + " or ".join(f"“{text}”" for text in finding.expected) + "." if finding.expected else ""
    return f"{wording} {finding.suggestion}".strip()


def _more(change: Change) -> str:
    lines = [str(line) for line in change.lines if line != change.finding.start.line]
    if not lines:
        return ""
    rest = [f"{len(lines) - _NAMED} more"] if len(lines) > _NAMED else []
    return f"Also line{'s' * (len(lines) > 1)} {_list([*lines[:_NAMED], *rest])}. "


def _gain(change: Change) -> str:
    gain = round(change.gain)
    fix = " acu-lint check --fix does it." if change.finding.edits else ""
    return (f"Worth {_many(gain, 'point')}." if gain else "Worth less than a point.") + fix


# --- what the rule pack says


def _keyphrase(record: Mapping[str, Any], width: int) -> Iterator[str]:
    name = record.get("keyphrase")
    if not name:
        yield f"{_MARGIN}The article repeats no phrase, and names none."
        return
    source = {"declared": "as the article says", "configured": "as the settings say"}
    origin = source.get(record.get("source", ""), "taken from the text")
    times = f"{_many(record.get('count', 0), 'time')} in {_many(record.get('words', 0), 'word')}"
    yield from _wrapped(f"“{_plain(name)}” ({origin}): {times}.{_usual(record)}", width, _MARGIN)
    yield from _wrapped(" · ".join(_places(record)), width, _MARGIN)
    yield from _spread(record.get("by_section", ()), width)
    for title, key, text in (("Worded as", "variants", "text"), ("Other phrases", "others", "keyphrase")):
        rows = record.get(key, ())
        if rows and not (key == "variants" and len(rows) == 1):
            named = [f"“{_plain(row[text])}” ({row['count']})" for row in rows[:_NAMED]]
            yield from _wrapped(f"{title}: {', '.join(named)}", width, _MARGIN, hang=2)


def _usual(record: Mapping[str, Any]) -> str:
    usual = round(record.get("usual", 0))
    told = f" An article of this length usually has its phrase {_many(usual, 'time')}." if usual else ""
    broken = record.get("broken", 0)
    return told + (f" {broken} of them break{'s' * (broken == 1)} the sentence." if broken else "")


def _places(record: Mapping[str, Any]) -> Iterator[str]:
    for key, name in (("in_title", "title"), ("in_opening", "opening"), ("in_description", "description")):
        if record.get(key) is not None:
            yield f"{name} {'yes' if record[key] else 'no'}"
    for key, name in (("headings", "headings"), ("alts", "image texts"), ("links", "links")):
        if total := record.get(f"{key}_total"):
            yield f"{name} {record.get(key, 0)} of {total}"


def _spread(sections: Sequence[Mapping[str, Any]], width: int) -> Iterator[str]:
    """A bar for each section that has the keyphrase."""
    having = [section for section in sections if section["count"]]
    rows = [(f"{row['count']:>4}", row["count"], row) for row in having]
    yield from _bars(rows, width)
    if without := len(sections) - len(having):
        yield f"{_MARGIN}{'0':>4}  {_many(without, 'section')} without it"


def _reading(record: Mapping[str, Any], width: int) -> Iterator[str]:
    grade = record.get("grade")
    if grade is None:
        yield f"{_MARGIN}There is too little text to grade."
        return
    target, readers = record.get("target"), {"general": "the general public"}.get(*[record.get("audience", "")] * 2)
    asked = f"; for {readers}, guidance asks for {target} or less" if target else f", for {readers}"
    sections = [row for row in record.get("sections", ()) if row["grade"] is not None]
    yield from _wrapped(f"School grade {grade:.1f}{asked}.", width, _MARGIN)
    rows = [(f"{row['grade']:>4.1f}", round(row["grade"]), row) for row in sections]
    yield from _bars(rows if len(rows) > 1 else [], width, limit=record.get("limit"))
    hardest = record.get("hardest", ())[:_HARDEST]
    if hardest:
        yield f"{_MARGIN}Hardest to read:"
    for row in hardest:
        why = "; ".join(row["why"])
        yield from _wrapped(f"Line {row['line']} ({why}): {_plain(row['text'])}", width, _MARGIN * 2, hang=2)


def _bars(
    rows: Sequence[tuple[str, int, Mapping[str, Any]]], width: int, *, limit: float | None = None
) -> Iterator[str]:
    """A line for each section: its number, a bar of that length, the heading. Of many, those with the longest bars."""
    shown = sorted(sorted(range(len(rows)), key=lambda at: -rows[at][1])[:_SECTIONS])
    for number, size, row in (rows[at] for at in shown):
        bar = "█" * max(min(size, _BAR), 0)
        colour = "yellow" if limit and size > limit else None
        heading = _shortened(_plain(row["heading"]) or "(before the first heading)", width - _BAR - 10)
        yield f"{_MARGIN}{number}  {click.style(f'{bar:<{_BAR}}', fg=colour)}  {heading}"
    if more := len(rows) - len(shown):
        yield f"{_MARGIN}{'':>4}  and {_many(more, 'section')} with less"


# Key of the record: how it is called, and what is said where it is not there.
_SIGNS = {
    "author": ("author", "nobody signed the article"),
    "credentials": ("qualification", "none given"),
    "reviewer": ("reviewer", "nobody named"),
    "published": ("published", "no date"),
    "updated": ("updated", ""),  # an article need not be
    "reviewed": ("reviewed", "no date"),
    "disclaimer": ("disclaimer", "none"),
    "risks": ("risks", "not mentioned"),
    "contraindications": ("who should not", "not mentioned"),
    "red_flags": ("when to get help", "not mentioned"),
    "uncertainty": ("limits of evidence", "not mentioned"),
    "disclosure": ("own interest", "not disclosed"),
}


def _trust(record: Mapping[str, Any], width: int) -> Iterator[str]:
    if not record.get("applies", True):
        yield f"{_MARGIN}The page is no article, so readers need none of these."
        return
    longest = max(len(name) for name, _ in _SIGNS.values())
    for key, (name, missing) in _SIGNS.items():
        value = record.get(key, False)
        if value is False or (value is None and not missing):  # False: the article does not need it
            continue
        shown = "the page points to it" if value is True else _plain(str(value or missing))
        room = width - longest - 6
        mark, colour = ("+", None) if value else ("-", "yellow")
        yield f"{_MARGIN}{mark} {name:<{longest}}  {click.style(_shortened(shown, room), fg=colour)}"


_PARTS = (
    ("keyphrase_map", "Keyphrase", _keyphrase),
    ("reading", "Reading level", _reading),
    ("trust", "What readers can trust", _trust),
)


# --- the table


def table(articles: Sequence[Article], width: int) -> Iterator[str]:
    """Yield a line for each article, and a summary. A wide table has a column for each family with findings."""
    graded = [article for article in articles if not article.ungraded]
    found = {family for article in graded for family, mark in article.families.items() if mark.points < 100}
    families = {family: family[:_NAME].upper() for family in sorted(found)} if width >= _WIDE else {}
    room = width - _FIXED - sum(len(head) + 2 for head in families.values())
    if room < _PATH:
        families, room = {}, width - _FIXED
    heads = "".join(f"{head}  " for head in families.values())
    if not articles:
        yield "No articles."
        return
    yield click.style(f"SCORE     WORDS  ERRORS  WARNINGS  {heads}ARTICLE", dim=True)
    for article in articles:
        yield from _row(article, families, room)
    yield ""
    yield from _summary(articles)


def _row(article: Article, families: Mapping[str, str], room: int) -> Iterator[str]:
    mark = article.whole
    marks = {} if article.ungraded else article.families
    score = "    –  –" if article.ungraded else f"{mark.score:>5}  {mark.grade}"
    score = click.style(score, fg=None if article.ungraded else _COLOURS[mark.grade], bold=True)
    counts = f"{article.words:>7}  {mark.counts[Severity.ERROR]:>6}  {mark.counts[Severity.WARNING]:>8}  "
    cells = "".join(_cell(marks.get(family), len(head)) for family, head in families.items())
    yield score + counts + cells + _tail(visible(article.path.removeprefix("./")), room)
    if article.ungraded:
        yield from _wrapped(article.ungraded, _FIXED + max(room, _PATH), " " * _FIXED)
        return
    low = sorted((each.points, family) for family, each in article.families.items() if each.points < GRADES["A"])
    if low and not families:
        named = ", ".join(f"{family} {article.families[family].score}" for _, family in low)
        yield " " * _FIXED + click.style(_shortened(named, room), dim=True)


def _cell(mark: Mark | None, size: int) -> str:
    shown = click.style(f"{mark.score:>{size}}", fg=_COLOURS[mark.grade]) if mark else "–".rjust(size)
    return shown + "  "


def _summary(articles: Sequence[Article]) -> Iterator[str]:
    graded = [article for article in articles if not article.ungraded]
    rest = len(articles) - len(graded)
    grades = Counter(article.whole.grade for article in graded)
    told = ", ".join(f"{grades[grade]} {grade}" for grade in GRADES if grades[grade])
    if graded:
        mean = round(sum(article.whole.points for article in graded) / len(graded))
        yield f"{_many(len(graded), 'article')}: {mean} on average ({told})."
    if rest:
        yield f"{_many(rest, 'page')} without a grade: no {'article' if rest == 1 else 'articles'}, or too little text."
    if len(articles) > 1:
        yield click.style("The page of an article: acu-lint score FILE", dim=True)


# --- words and lines


def _head(title: str) -> Iterator[str]:
    yield ""
    yield click.style(title, bold=True)


def _found(mark: Mark) -> str:
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    return (
        _list([_many(mark.counts[each], name) for each, name in names.items() if mark.counts[each]]) or "nothing found"
    )


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"


def _list(items: Sequence[str]) -> str:
    return ", ".join(items[:-1]) + " and " + items[-1] if len(items) > 1 else "".join(items)


def _wrapped(text: str, width: int, margin: str = "", *, hang: int = 0, fg: str | None = None) -> Iterator[str]:
    lines = wrap(
        text, width - len(margin), subsequent_indent=" " * hang, break_long_words=False, break_on_hyphens=False
    )
    yield from (margin + click.style(line, fg=fg) for line in lines)


def _plain(text: str) -> str:
    """The text on one line, without what would steer a terminal."""
    return "".join(char if char.isprintable() else " " for char in text)


def _shortened(text: str, room: int) -> str:
    """The start of a text in so many columns."""
    if columns(text) <= room:
        return text
    while columns(text) > max(room - 1, 1):
        text = (
            text[: max(len(text) * (room - 1) // max(columns(text), 1), 1)] if columns(text) > 2 * room else text[:-1]
        )
    return text.rstrip() + "…"


def _tail(text: str, room: int) -> str:
    """The end of a path in so many columns."""
    return text if columns(text) <= room else "…" + _shortened(text[::-1], room)[:-1][::-1]
