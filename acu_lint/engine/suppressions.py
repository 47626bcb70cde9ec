"""Comments and front matter that silence rules, and those that silence nothing.

    <!-- acu-lint-disable-next-line claims/cure -- quoted from NICE -->
    {/* acu-lint-disable citations */} … {/* acu-lint-enable citations */}
    acu-lint: {disable: [seo, copy/puffery]}        in front matter

Verbs: disable-next-line (the next line that is not blank), disable-line, disable … enable, disable-file.
Rules or families follow; none means all. What stands after ``--`` is the reason.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from acu_lint.document.document import Document
from acu_lint.document.source import Source, Span
from acu_lint.rules.finding import Finding
from acu_lint.system.errors import did_you_mean

_DIRECTIVE = re.compile(r"\s*+acu-lint-([a-z-]++)")
_REASON = re.compile(r"(?<!\s)\s++--\s++(?=\S)")
_MANY = 20  # unknown names of one comment that are told one by one: each shows the whole comment
_VERBS = ("disable", "disable-next-line", "disable-line", "disable-file", "enable")


@dataclass
class Region:
    """A stretch of the file in which some rules (none named: all) are silent."""

    rules: tuple[str, ...]
    start: int
    end: int
    span: Span
    reason: str
    used: set[str] = field(default_factory=set)  # the names (or "") that silenced something


class Complaint(NamedTuple):
    """Something wrong with a directive: the id of the engine's own rule, where, and what."""

    rule: str
    span: Span
    message: str


class Suppressions:
    """The directives of one document.

    ``known`` holds the ids and families that exist, ``active`` the ids that run (an unused suppression
    of a rule that did not run is no fault), ``need_reason`` those that must not be silenced without one.
    """

    def __init__(
        self, doc: Document, *, known: Collection[str], active: Collection[str], need_reason: Collection[str] = ()
    ) -> None:
        self._known = known
        self._active = {*active, *(rule.partition("/")[0] for rule in active)}
        self._need_reason = need_reason
        self._complaints: list[Complaint] = []
        self._open: dict[frozenset[str], list[Region]] = {}  # what an "enable" can still end, by its rules
        self._regions: list[Region] = list(self._front_matter(doc))
        self._lines = _Lines(doc.source)
        for comment in doc.comments:
            if directive := _directive(comment.text):
                self._read(comment.span, directive)

    def filter(self, findings: Sequence[Finding]) -> list[Finding]:
        """The findings that are not silenced; remembers which names of which region silenced some."""
        places = _places(findings)
        silent: dict[str, list[tuple[int, int]]] = {}
        for region in self._regions:
            for name in region.rules or ("",):
                found = places.get(name, ())
                if bisect_left(found, region.start) < bisect_left(found, region.end):
                    region.used.add(name)
                    silent.setdefault(name, []).append((region.start, region.end))
        stretches = {name: _merged(ranges) for name, ranges in silent.items()}
        return [finding for finding in findings if not _silenced(finding, stretches)]

    def complaints(self) -> Iterator[Complaint]:
        """Faulty directives, and (after ``filter``) those that silenced nothing."""
        yield from self._complaints
        for region in self._regions:
            if not region.rules and not region.used:
                yield Complaint("acu/unused-suppression", region.span, "This comment silences nothing.")
            for name in region.rules:
                if name not in region.used and name in self._active:
                    text = f"'{name}' finds nothing here, so this comment silences nothing."
                    yield Complaint("acu/unused-suppression", region.span, text)

    def _front_matter(self, doc: Document) -> Iterator[Region]:
        own = doc.meta.data.get("acu-lint")
        if not isinstance(own, dict):
            return
        rules = own.get("disable")
        names = [rules] if isinstance(rules, str) else rules
        if not isinstance(names, list) or not names:
            return
        span = doc.meta.spans.get("acu-lint.disable", doc.meta.spans.get("acu-lint.disable.0", Span(0, 0)))
        checked = self._checked([str(name) for name in names], span)
        if checked:
            yield Region(checked, 0, len(doc.source.text) + 1, span, str(own.get("reason") or ""))

    def _read(self, span: Span, directive: Directive) -> None:
        verb, named, reason = directive
        if verb not in _VERBS:
            text = f"There is no 'acu-lint-{verb}'{did_you_mean(verb, _VERBS)}."
            self._complaints.append(Complaint("acu/unknown-suppression", span, text))
            return
        rules = self._checked(named, span)
        if named and not rules:
            return
        if verb == "enable":
            self._close(rules, span.start)
            return
        self._check_reason(rules, reason, span)
        region = Region(rules, *self._lines.reach(verb, span), span, reason)
        self._regions.append(region)
        if region.start > 0:  # what silences a whole file stays
            self._open.setdefault(frozenset(rules), []).append(region)

    def _checked(self, names: Iterable[str], span: Span) -> tuple[str, ...]:
        """The names that exist, each once; complains of the others, and of a great many of them in one line."""
        named = list(dict.fromkeys(names))
        unknown = [name for name in named if name not in self._known]
        for name in (" ".join(name.split()) for name in unknown[:_MANY]):
            text = f"There is no rule or family '{name}'{did_you_mean(name, self._known)}."
            self._complaints.append(Complaint("acu/unknown-suppression", span, text))
        if len(unknown) > _MANY:
            text = f"There are {len(unknown) - _MANY} more names here that no rule or family has."
            self._complaints.append(Complaint("acu/unknown-suppression", span, text))
        return tuple(name for name in named if name in self._known)

    def _check_reason(self, rules: tuple[str, ...], reason: str, span: Span) -> None:
        strict = set(self._need_reason)
        wanting = [r for r in rules if {r, r.partition("/")[0]} & strict] if rules else sorted(strict)
        if wanting and not reason:
            text = f"Say why {wanting[0]} is silenced: end the comment with '-- reason'."
            self._complaints.append(Complaint("acu/missing-reason", span, text))

    def _close(self, rules: tuple[str, ...], offset: int) -> None:
        """End what is open: the regions whose rules are all named, or every region where none is."""
        ended = [names for names in self._open if not rules or names <= {*rules}]
        for names in ended:
            for region in self._open.pop(names):
                region.end = min(region.end, offset)


class Directive(NamedTuple):
    """What a comment says: the verb, the names that follow it, the reason."""

    verb: str
    names: list[str]
    reason: str


def _directive(text: str) -> Directive | None:
    """Read a comment; None where it is no directive. The verb and the names stand on one line."""
    match = _DIRECTIVE.match(text)
    if match is None:
        return None
    rest = text[match.end() :]
    reason = _REASON.search(rest)
    names = (rest[: reason.start()] if reason else rest).rstrip()
    if "\n" in names:
        return None
    return Directive(match[1], names.replace(",", " ").split(), rest[reason.end() :].rstrip() if reason else "")


class _Lines:
    """The lines of a file, as directives speak of them."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._size = len(source.text) + 1
        self._written: list[int] | None = None

    def reach(self, verb: str, span: Span) -> tuple[int, int]:
        """The stretch of the file that a directive covers."""
        if verb == "disable":
            return span.end, self._size
        if verb == "disable-file":
            return 0, self._size
        if verb == "disable-line":
            return self._range(self._source.position(span.start)[0] - 1)
        below = self._source.position(span.end)[0]  # the line below the comment's last
        written = self._next_written()
        return self._range(written[below] if below < len(written) else below)

    def _range(self, line: int) -> tuple[int, int]:
        lines = self._source.lines
        if line >= len(lines):
            return self._size, self._size
        return lines[line], lines[line + 1] if line + 1 < len(lines) else self._size

    def _next_written(self) -> list[int]:
        """For each line the first from it on that is not blank, or the last one."""
        if self._written is None:
            lines, text = self._source.lines, self._source.text
            after = len(lines) - 1
            written = [after] * len(lines)
            for line in range(len(lines) - 2, -1, -1):
                if not text[lines[line] : lines[line + 1]].isspace():
                    after = line
                written[line] = after
            self._written = written
        return self._written


def _names(rule: str) -> tuple[str, str, str]:
    """The names under which a directive can silence a rule; "" stands for all rules."""
    return rule, rule.partition("/")[0], ""


def _places(findings: Iterable[Finding]) -> Mapping[str, Sequence[int]]:
    """Where findings start, in order, by the names that silence them."""
    places: dict[str, list[int]] = {}
    for finding in findings:
        for name in _names(finding.rule):
            places.setdefault(name, []).append(finding.start.offset)
    for found in places.values():
        found.sort()
    return places


def _merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order, those that touch put together."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged


def _silenced(finding: Finding, stretches: Mapping[str, Sequence[tuple[int, int]]]) -> bool:
    """Whether a finding starts within a stretch where one of its names is silent."""
    offset = finding.start.offset
    for name in _names(finding.rule):
        found = stretches.get(name, ())
        at = bisect_right(found, offset, key=itemgetter(0)) - 1
        if at >= 0 and offset < found[at][1]:
            return True
    return False
