"""Findings as they are kept from run to run: the lines of the JSON report, and beside them what those leave out.

So a run in which nothing changed prints its JSON from the cache, and other reports make findings of it again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple, cast

from acu_lint.document.document import Document
from acu_lint.document.source import Span
from acu_lint.project.project import FileSettings
from acu_lint.project.result_cache import Work
from acu_lint.report.json import record
from acu_lint.report.lines import dumps
from acu_lint.rules.finding import Edit, Excerpt, Finding, Place, Position, Severity

Findings = tuple[Finding, ...]
_SEVERITIES = {int(severity): severity for severity in Severity}


class Line(NamedTuple):
    """A finding as its line in the JSON report, with what a run asks of findings."""

    path: str
    start: int
    end: int
    rule: str
    severity: Severity
    json: str

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        """As that of ``Finding``."""
        return self[:4]


def _lint(settings: FileSettings, doc: Document) -> Findings:
    return tuple(settings.engine.check(doc))


def encoded(findings: Sequence[Finding]) -> bytes:
    """Findings as bytes: a line with what orders them, their lines in the JSON report, a line with all the rest."""
    order = [[f.start.offset, f.end.offset, f.rule, int(f.severity)] for f in findings]
    rest = [[f.message, f.suggestion, *f.excerpt] for f in findings]
    lines = [f.json if isinstance(f, Line) else dumps(record(f)) for f in findings]
    return "\n".join((json.dumps(order), *lines, json.dumps(rest))).encode()


def _written(findings: Findings) -> Findings:
    """Findings as ``as_lines`` gives them: to send such a line to another process is a tenth of the work."""
    return cast("Findings", tuple(Line(*f.sort_key, f.severity, dumps(record(f))) for f in findings))


def as_lines(path: str, content: bytes) -> Findings:
    """The findings of a file as lines for the JSON report: all that it and a run ask of a finding."""
    order, *lines, _ = content.decode().split("\n")
    found = zip(json.loads(order), lines, strict=True)
    made = [Line(path, *_placed(one), json=line) for one, line in found]
    return cast("Findings", tuple(made))


def as_findings(path: str, content: bytes) -> Findings:
    """The findings of a file."""
    order, *lines, rest = content.decode().split("\n")
    found = zip(json.loads(order), lines, json.loads(rest), strict=True)
    return tuple(_finding(path, _placed(one)[3], json.loads(line), *more) for one, line, more in found)


def _placed(one: Any) -> tuple[int, int, str, Severity]:
    start, end, rule, severity = one
    return int(start), int(end), str(rule), _SEVERITIES[severity]


def _finding(
    path: str, severity: Severity, told: dict[str, Any], message: str, suggestion: str, *excerpt: Any
) -> Finding:
    lsp = told["lsp"]
    return Finding(
        rule=told["rule"],
        path=path,
        severity=severity,
        message=message,
        suggestion=suggestion,
        start=Position(**told["start"]),
        end=Position(**told["end"]),
        lsp=((lsp["start"]["line"], lsp["start"]["character"]), (lsp["end"]["line"], lsp["end"]["character"])),
        actual=told["actual"],
        excerpt=Excerpt(*excerpt),
        fingerprint=told["fingerprint"],
        expected=tuple(told["expected"]),
        edits=tuple(Edit(Span(edit["start"], edit["end"]), edit["text"]) for edit in told["edits"]),
        related=tuple(
            Place(one["path"], Position(**one["start"]), Position(**one["end"]), one["message"])
            for one in told["related"]
        ),
        data=told["data"],
        url=told["url"],
    )


CHECK = Work("check", _lint, encoded, as_findings)
CHECK_AS_LINES = Work("check", _lint, encoded, as_lines, light=_written)
