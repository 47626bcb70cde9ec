"""What came of a file, and of a whole run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from acu_lint.engine.engine import FAILED
from acu_lint.rules.finding import Change, Finding, Severity, Skipped


class FileResult(NamedTuple):
    """What came of one file: findings, or why it was skipped; and what was mended in it."""

    findings: tuple[Finding, ...] = ()
    skipped: Skipped | None = None
    change: Change | None = None


def result_of(one: FileResult | Skipped) -> FileResult:
    """What came of a file that may have been skipped."""
    return FileResult(skipped=one) if isinstance(one, Skipped) else one


def result_of_findings(found: tuple[Finding, ...] | Skipped) -> FileResult:
    """What came of a file that was linted, or skipped."""
    return result_of(found if isinstance(found, Skipped) else FileResult(found))


@dataclass
class Run:
    """What came of a whole run; ``files`` counts those that were linted."""

    findings: list[Finding] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    files: int = 0
    changes: list[Change] = field(default_factory=list)

    def add(self, one: FileResult) -> None:
        """Add what came of one file."""
        self.findings += one.findings
        self.files += one.skipped is None
        if one.skipped:
            self.skipped.append(one.skipped)
        if one.change:
            self.changes.append(one.change)

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def rule_failed(self) -> bool:
        """Whether a rule broke down on some file."""
        return any(finding.rule == FAILED for finding in self.findings)
