"""Scored articles as they are kept from run to run."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from acu_lint.project.result_cache import Work
from acu_lint.report import kept
from acu_lint.rules.finding import Severity
from acu_lint.score import Article, Change, Mark, score


def work(*, records: bool) -> Work[Article]:
    """Scoring an article, with what the rule pack says about it or without."""
    return Work(f"score {records}", partial(score, records=records), _encoded, _decoded)


def _encoded(article: Article) -> bytes | None:
    """An article as bytes, to be kept; None where what a pack says of it would not come back as it is."""
    findings = [change.finding for change in article.changes]
    told = {
        "title": article.title,
        "words": article.words,
        "whole": _told(article.whole),
        "families": {family: _told(mark) for family, mark in article.families.items()},
        "changes": [[list(change.lines), change.gain] for change in article.changes],
        "records": article.records,
        "language": article.language,
        "failed": list(article.failed),
        "ungraded": article.ungraded,
    }
    try:
        content = json.dumps(told)
    except (TypeError, ValueError):
        return None
    return b"%s\n%s" % (content.encode(), kept.encoded(findings)) if json.loads(content) == told else None


def _decoded(path: str, content: bytes) -> Article:
    """An article that was kept."""
    first, _, findings = content.partition(b"\n")
    told = json.loads(first)
    changes = zip(kept.as_findings(path, findings), told["changes"], strict=True)
    return Article(
        path=path,
        title=told["title"],
        words=told["words"],
        whole=_mark(told["whole"]),
        families={family: _mark(mark) for family, mark in told["families"].items()},
        changes=tuple(Change(finding, tuple(lines), gain) for finding, (lines, gain) in changes),
        records=told["records"],
        language=told["language"],
        failed=tuple(told["failed"]),
        ungraded=told["ungraded"],
    )


def _told(mark: Mark) -> list[Any]:
    return [mark.points, {severity.label: count for severity, count in mark.counts.items()}]


def _mark(told: list[Any]) -> Mark:
    points, counts = told
    return Mark(points, {Severity[label.upper()]: count for label, count in counts.items()})
