"""What a rule reports, and what the engine makes of it."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from acu_lint.document.source import Source, Span


class Severity(enum.IntEnum):
    """How much a finding matters: advice, an editor must act, the text must not ship."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The name used in configuration, on cards and in reports."""
        return _LABELS[self]


_LABELS = {severity: severity.name.lower() for severity in Severity}


class Edit(NamedTuple):
    """One replacement in the source of the finding's own file."""

    span: Span
    text: str


def edits_overlap(edits: Iterable[Edit]) -> bool:
    """Whether edits share characters, or insert at the same place, so that their order would matter."""
    spans = sorted(edit.span for edit in edits)
    return any(one == other or other.start < one.end for one, other in pairwise(spans))


class Related(NamedTuple):
    """Another place that a finding is about, such as the other side of a duplicate.

    ``path`` is empty for the finding's own file. ``source`` is needed only for another
    file: it turns the span into lines and columns.
    """

    span: Span
    message: str
    path: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """All that a rule says: where, and the values its message needs.

    ``data`` holds JSON values only; ``message`` names one of the card's messages;
    ``severity`` overrides the card's; ``expected`` lists wordings to write instead.
    """

    span: Span
    data: Mapping[str, object] = field(default_factory=dict)
    message: str = "default"
    severity: Severity | None = None
    expected: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    related: tuple[Related, ...] = ()


class Position(NamedTuple):
    """A place: code points from the start of the file from 0, line and column from 1."""

    offset: int
    line: int
    column: int


class Place(NamedTuple):
    """A resolved ``Related``: lines and columns known, so that no report opens a file."""

    path: str
    start: Position
    end: Position
    message: str


class Excerpt(NamedTuple):
    """One line of text around a finding and the range of the finding's words in it."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit with its rule, file, severity and text: what every report prints."""

    rule: str
    path: str
    severity: Severity
    message: str
    suggestion: str
    start: Position
    end: Position
    lsp: tuple[tuple[int, int], tuple[int, int]]
    actual: str
    excerpt: Excerpt
    fingerprint: str
    expected: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    related: tuple[Place, ...] = ()
    data: Mapping[str, object] = field(default_factory=dict)
    url: str = ""

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        """The order of every report: path, place, rule."""
        return self.path, self.start.offset, self.end.offset, self.rule


class Skipped(NamedTuple):
    """A file that was not linted, and why; ``unread`` where it could not be, rather than should not.

    ``kind`` is a noun for what it is instead of an article, by which reports count such files; empty for others.
    """

    path: str
    reason: str
    unread: bool = True
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What ``--fix`` did to a file, or would do.

    ``fixed`` is how many findings are mended, ``diff`` a unified diff where one was asked for. ``trouble`` says why
    the file is left as it was.
    """

    path: str
    fixed: int = 0
    diff: str = ""
    trouble: str = ""
