"""JSON: one object for a run, or one line per finding. ``docs/editors.md`` describes the fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from acu_lint import __version__
from acu_lint.project.results import FileResult, Run, Written
from acu_lint.project.runner import Runner
from acu_lint.report.lines import dumps
from acu_lint.rules.finding import Finding, Place, Position, Severity


def record(finding: Finding) -> dict[str, Any]:
    """The fields of a finding; ``lsp`` counts from 0 in UTF-16 code units."""
    (line, character), (end_line, end_character) = finding.lsp
    return {
        "path": finding.path,
        "rule": finding.rule,
        "severity": finding.severity.label,
        "message": f"{finding.message} {finding.suggestion}".strip(),
        "start": _position(finding.start),
        "end": _position(finding.end),
        "lsp": {
            "start": {"line": line, "character": character},
            "end": {"line": end_line, "character": end_character},
        },
        "actual": finding.actual,
        "expected": list(finding.expected),
        "edits": [{"start": e.span.start, "end": e.span.end, "text": e.text} for e in finding.edits],
        "related": [_related(place) for place in finding.related],
        "data": dict(finding.data),
        "url": finding.url,
        "fingerprint": finding.fingerprint,
    }


def render(run: Run) -> Iterator[str]:
    """The whole run as one JSON object, a line for each finding; never all of it in memory."""
    yield f'{{"version": 1, "tool": {dumps({"name": "acu-lint", "version": __version__})},\n"findings": ['
    last = len(run.told) - 1
    for number, line in enumerate(lines(run)):
        yield line + "," * (number < last)
    summary = {
        "files": run.files,
        "errors": run.count(Severity.ERROR),
        "warnings": run.count(Severity.WARNING),
        "infos": run.count(Severity.INFO),
    }
    skipped = [{"path": skipped.path, "reason": skipped.reason} for skipped in run.skipped]
    yield f'],\n"skipped": {dumps(skipped)},\n"summary": {dumps(summary)}}}'


def lines(run: Run) -> Iterator[str]:
    """One line per finding, each a JSON object."""
    return (finding.line if isinstance(finding, Written) else dumps(record(finding)) for finding in run.told)


def written_file(runner: Runner, path: str) -> FileResult:
    """Lint a file, as work for ``Runner.run``: the findings come back as the lines that are printed."""
    result = runner.lint_file(path)
    return result._replace(findings=(), written=tuple(_written(finding) for finding in result.findings))


def _written(finding: Finding) -> Written:
    return Written(*finding.sort_key, finding.severity, dumps(record(finding)))


def _position(position: Position) -> dict[str, int]:
    return {"offset": position.offset, "line": position.line, "column": position.column}


def _related(place: Place) -> dict[str, Any]:
    return {
        "path": place.path,
        "start": _position(place.start),
        "end": _position(place.end),
        "message": place.message,
    }
