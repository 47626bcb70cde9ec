"""What came of a file, and of a whole run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from acu_lint.engine.engine import FAILED
from acu_lint.rules.finding import Change, Finding, Severity, Skipped


class Written(NamedTuple):
    """A finding as a report prints it for programs (``line``), and what a run asks of it.

    Where a process sends findings to another, this is a tenth of the work.
    """

    path: str
    start: int
    end: int
    rule: str
    severity: Severity
    line: str

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        """The order of every report, as that of ``Finding``."""
        return self[:4]


class FileResult(NamedTuple):
    """What came of one file: findings, as such or written, or why it was skipped; and what was mended in it."""

    findings: tuple[Finding, ...] = ()
    skipped: Skipped | None = None
    change: Change | None = None
    written: tuple[Written, ...] = ()


def result_of(one: FileResult | Skipped) -> FileResult:
    """What came of a file that may have been skipped."""
    return FileResult(skipped=one) if isinstance(one, Skipped) else one


@dataclass
class Run:
    """What came of a whole run; ``files`` counts those that were linted. Its findings are such, or all are written."""

    findings: list[Finding] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    files: int = 0
    changes: list[Change] = field(default_factory=list)

    def add(self, one: FileResult) -> None:
        """Add what came of one file."""
        self.findings += one.findings
        self.written += one.written
        self.files += one.skipped is None
        if one.skipped:
            self.skipped.append(one.skipped)
        if one.change:
            self.changes.append(one.change)

    @property
    def told(self) -> Sequence[Finding | Written]:
        """All findings, as such or written."""
        return self.written or self.findings

    def sort(self) -> None:
        """Put the findings in the order of every report."""
        self.findings.sort(key=lambda finding: finding.sort_key)
        self.written.sort(key=lambda written: written.sort_key)

    def only(self, fits: Callable[[Finding | Written], bool]) -> Run:
        """The run with those findings only that fit."""
        return replace(
            self,
            findings=[finding for finding in self.findings if fits(finding)],
            written=[written for written in self.written if fits(written)],
        )

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return sum(finding.severity is severity for finding in self.told)

    @property
    def rule_failed(self) -> bool:
        """Whether a rule broke down on some file."""
        return any(finding.rule == FAILED for finding in self.told)
