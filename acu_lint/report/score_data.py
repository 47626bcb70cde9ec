"""The scores of articles for other programs: JSON with everything, CSV for spreadsheets. Sorting is here, too."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from acu_lint.report import lines
from acu_lint.report.score import rewrite
from acu_lint.rules.finding import Severity, Skipped
from acu_lint.score import Article, Change, Mark
from acu_lint.system.errors import UsageError, did_you_mean

_FALLING = frozenset({"words", "errors", "warnings", "infos", "keyphrase_count", "reading_grade"})  # most first
OF_RECORDS = frozenset({"keyphrase", "keyphrase_count", "reading_grade"})  # columns that come from the rule pack


def row(article: Article) -> dict[str, Any]:
    """The columns of an article; None where there is nothing to say."""
    keyphrase, reading = article.records.get("keyphrase_map", {}), article.records.get("reading", {})
    return {
        "path": article.path,
        "title": article.title,
        "score": None if article.ungraded else article.whole.score,
        "grade": None if article.ungraded else article.whole.grade,
        "words": article.words,
        **_counts(article.whole),
        **{family: None if article.ungraded else mark.score for family, mark in article.families.items()},
        "keyphrase": keyphrase.get("keyphrase"),
        "keyphrase_count": keyphrase.get("count"),
        "reading_grade": reading.get("grade"),
    }


def _counts(mark: Mark) -> dict[str, int]:
    return {f"{severity.label}s": mark.counts[severity] for severity in reversed(Severity)}


def in_order(articles: Sequence[Article], column: str) -> list[Article]:
    """The articles sorted by a column, what needs work first; a minus before it turns the order.

    Articles that have nothing in the column come last. Raises ``UsageError`` for a column that there is not.
    """
    name = column.removeprefix("-")
    rows = {article.path: row(article) for article in articles}
    known = dict.fromkeys(key for each in rows.values() for key in each)
    if rows and name not in known:
        near = did_you_mean(name, known) or f"; there are: {', '.join(known)}"
        raise UsageError(f"--sort {column}: no such column{near}")
    having = [article for article in articles if rows[article.path].get(name) is not None]
    having.sort(key=lambda article: article.path)
    having.sort(
        key=lambda article: _key(rows[article.path][name]), reverse=(name in _FALLING) != column.startswith("-")
    )
    return having + [article for article in articles if rows[article.path].get(name) is None]


def _key(value: float | str) -> float | str:
    return value.casefold() if isinstance(value, str) else value


def as_csv(articles: Sequence[Article]) -> str:
    """A table with a head, and the changes that matter most as sentences."""
    rows = [{**row(article), **_told(article.changes)} for article in articles]
    families = sorted({family for article in articles for family in article.families})
    first, last = list(_EMPTY)[:-3], list(_EMPTY)[-3:]
    changes = [f"change_{number}" for number in (1, 2, 3)]
    text = StringIO()
    table = csv.DictWriter(text, [*first, *families, *last, *changes], lineterminator="\n")
    table.writeheader()
    table.writerows({key: lines.csv_cell(value) for key, value in each.items()} for each in rows)
    return text.getvalue()


_EMPTY = row(Article("", "", 0, Mark(100, dict.fromkeys(Severity, 0)), {}, (), {}))


def _told(changes: Sequence[Change]) -> dict[str, str]:
    return {f"change_{number}": _sentence(change) for number, change in enumerate(changes, 1)}


def _sentence(change: Change) -> str:
    return f"Line {change.finding.start.line}: {change.finding.message} {rewrite(change)}".strip()


def as_json(articles: Sequence[Article], skipped: Sequence[Skipped]) -> str:
    """One JSON object with all that is known, an article to a line."""
    rows = ",\n".join(lines.dumps(_record(article)) for article in articles)
    left_out = lines.dumps([{"path": each.path, "reason": each.reason} for each in skipped])
    return f'{{"version": 1, "documents": [\n{rows}\n], "skipped": {left_out}}}'


def _record(article: Article) -> dict[str, Any]:
    return {
        "path": article.path,
        "title": article.title,
        "words": article.words,
        **_mark(article, article.whole),
        "ungraded": article.ungraded,
        "families": {family: _mark(article, mark) for family, mark in article.families.items()},
        "changes": [_change(change) for change in article.changes],
        "keyphrase_map": _given(article, "keyphrase_map"),
        "reading": _given(article, "reading"),
        "trust": _given(article, "trust"),
    }


def _mark(article: Article, mark: Mark) -> dict[str, Any]:
    if article.ungraded:
        return {"score": None, "grade": None, **_counts(mark)}
    return {"score": mark.score, "grade": mark.grade, **_counts(mark)}


def _given(article: Article, name: str) -> Mapping[str, Any] | None:
    return article.records.get(name)


def _change(change: Change) -> dict[str, Any]:
    finding = change.finding
    return {
        "rule": finding.rule,
        "severity": finding.severity.label,
        "line": finding.start.line,
        "column": finding.start.column,
        "lines": list(change.lines),
        "message": finding.message,
        "expected": list(finding.expected),
        "suggestion": finding.suggestion,
        "points": round(change.gain, 1),
    }
