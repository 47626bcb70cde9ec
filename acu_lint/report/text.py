"""Text for people: a full view with the words in their line, and a concise one, a line a finding."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import wrap

import click

from acu_lint.project.results import Run
from acu_lint.report.lines import visible
from acu_lint.rules.finding import Excerpt, Finding, Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_MARGIN = " " * 4
_NARROWEST = 20  # columns
_MOST_RELATED = 5  # other places shown per finding


def full(run: Run, *, width: int) -> Iterator[str]:
    """The findings by file, each with its line, its reason and what to write instead."""
    for path, group in groupby(run.findings, key=lambda finding: finding.path):
        yield click.style(visible(path), bold=True, underline=True)
        sourced: set[str] = set()  # a rule's source is shown with its first finding of a file
        for finding in group:
            yield from _full(finding, min(max(width, _NARROWEST), 100))
            if finding.url and finding.rule not in sourced:
                sourced.add(finding.rule)
                yield _MARGIN + click.style(f"Source: {finding.url}", dim=True)
        yield ""


def _full(finding: Finding, width: int) -> Iterator[str]:
    place = f"{finding.start.line}:{finding.start.column}"
    severity = click.style(finding.severity.label, fg=_COLOURS[finding.severity], bold=True)
    yield ""
    yield f"  {place}  {severity}  {click.style(finding.rule, bold=True)}"
    yield from _excerpt(finding, width - len(_MARGIN))
    yield from _paragraph(finding.message, width)
    if finding.expected:
        wording = " / ".join(f"“{text}”" for text in finding.expected)
        yield from _paragraph(f"Write: {wording}", width, fg="green")
    if finding.suggestion:
        yield from _paragraph(finding.suggestion, width, fg="green")
    for related in finding.related[:_MOST_RELATED]:
        path = "" if related.path == finding.path else f"{visible(related.path)}:"
        yield f"{_MARGIN}{path}{related.start.line}:{related.start.column}  {visible(related.message)}"
    if len(finding.related) > _MOST_RELATED:
        yield f"{_MARGIN}and {len(finding.related) - _MOST_RELATED} more places"


def _paragraph(text: str, width: int, fg: str | None = None) -> Iterator[str]:
    plain = visible(" ".join(text.split()))
    for line in wrap(plain, width - len(_MARGIN), break_long_words=False, break_on_hyphens=False):
        yield _MARGIN + click.style(line, fg=fg)


def _excerpt(finding: Finding, width: int) -> Iterator[str]:
    """The line of text with carets below the words."""
    excerpt = _narrowed(finding.excerpt, width)
    if not excerpt.text:
        return
    yield (
        _MARGIN
        + click.style(excerpt.text[: excerpt.start], dim=True)
        + click.style(excerpt.text[excerpt.start : excerpt.end], fg=_COLOURS[finding.severity])
        + click.style(excerpt.text[excerpt.end :], dim=True)
    )
    carets = max(columns(excerpt.text[excerpt.start : excerpt.end]), 1)
    yield _MARGIN + " " * columns(excerpt.text[: excerpt.start]) + "^" * carets


def _narrowed(excerpt: Excerpt, width: int) -> Excerpt:
    """Cut an excerpt to a width in columns, the words kept as far as they fit."""
    text, start, end = excerpt.text, excerpt.start, excerpt.end
    if columns(text) <= width:
        return excerpt
    while end > start and columns(text[start:end]) > width - 2:
        end -= 1
    room = width - 2 - columns(text[start:end])
    left, right = start, end
    while room > 0 and (left > 0 or right < len(text)):
        if left > 0 and (right >= len(text) or start - left <= right - end):
            left -= 1
            room -= columns(text[left])
        else:
            right += 1
            room -= columns(text[right - 1])
    before = "…" if left > 0 else ""
    after = "…" if right < len(text) else ""
    return Excerpt(before + text[left:right] + after, start - left + len(before), end - left + len(before))


def many(count: int, noun: str) -> str:
    """A number and what it counts: ``1 pair``, ``2 pairs``."""
    return f"{count} {noun}{'s' * (count != 1)}"


def columns(text: str) -> int:
    """How many columns a text takes in a terminal."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)


def concise(run: Run) -> Iterator[str]:
    """One line per finding, as compilers print them."""
    for f in run.findings:
        yield f"{visible(f.path)}:{f.start.line}:{f.start.column}: {f.severity.label}: {visible(f.message)} [{f.rule}]"


def summary(run: Run, shown: Sequence[Finding]) -> Iterator[str]:
    """How much was found, by severity and by family, and how to see what is not ``shown``."""
    files = _some(run.files, "file")
    if not run.findings:
        yield click.style(f"No findings in {files}.", fg="green")
        return
    counts = [(run.count(severity), severity) for severity in reversed(Severity)]
    parts = [click.style(_some(n, s.label), fg=_COLOURS[s]) for n, s in counts if n]
    yield f"{', '.join(parts)} in {files}."
    families = Counter(finding.rule.partition("/")[0] for finding in run.findings)
    yield "  " + " · ".join(f"{family} {count}" for family, count in families.most_common())
    if fixable := sum(bool(finding.edits) for finding in run.findings):
        yield f"  {fixable} can be fixed: acu-lint check --fix"
    if hidden := len(run.findings) - len(shown):
        yield f"  {hidden} not shown here; to see all: acu-lint check --severity info"
    rule = (shown or run.findings)[0].rule
    yield click.style(f"  Why, and examples: acu-lint explain {rule}", dim=True)


def _some(count: int, what: str) -> str:
    """``1 error``, ``2 errors``; information is not counted in English."""
    return f"{count} {'note' if what == 'info' else what}{'' if count == 1 else 's'}"
