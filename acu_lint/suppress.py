"""Comments and front matter that silence rules, and those that silence nothing.

    <!-- acu-lint-disable-next-line claims/cure -- quoted from NICE -->
    {/* acu-lint-disable citations */} … {/* acu-lint-enable citations */}
    acu-lint: {disable: [seo, copy/puffery]}        in front matter

Verbs: disable-next-line (the next line that is not blank), disable-line, disable … enable, disable-file.
Rules or families follow; none means all. What stands after ``--`` is the reason.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from .document import Document
from .errors import did_you_mean
from .finding import Finding
from .source import Source, Span

_DIRECTIVE = re.compile(r"\s*acu-lint-(?P<verb>[a-z-]+)(?P<rules>[^\n]*?)(?:\s+--\s+(?P<reason>\S.*?))?\s*", re.DOTALL)
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

    def silences(self, finding: Finding) -> bool:
        """Whether the finding is silenced; remembers by which name."""
        if not self.start <= finding.start.offset < self.end:
            return False
        family = finding.rule.partition("/")[0]
        names = {finding.rule, family} & set(self.rules) if self.rules else {""}
        self.used |= names
        return bool(names)


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
        self._regions: list[Region] = list(self._front_matter(doc))
        for comment in doc.comments:
            if match := _DIRECTIVE.fullmatch(comment.text):
                self._read(doc.source, comment.span, match)

    def filter(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings that are not silenced."""
        kept = []
        for finding in findings:
            silenced = False
            for region in self._regions:  # all of them, so that each one that is used is known
                silenced = region.silences(finding) or silenced
            if not silenced:
                kept.append(finding)
        return kept

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

    def _read(self, source: Source, span: Span, match: re.Match[str]) -> None:
        verb, reason = match["verb"], match["reason"] or ""
        if verb not in _VERBS:
            text = f"There is no 'acu-lint-{verb}'{did_you_mean(verb, _VERBS)}."
            self._complaints.append(Complaint("acu/unknown-suppression", span, text))
            return
        named = match["rules"].replace(",", " ").split()
        rules = self._checked(named, span)
        if named and not rules:
            return
        if verb == "enable":
            self._close(rules, span.start)
            return
        self._check_reason(rules, reason, span)
        start, end = _reach(source, verb, span)
        self._regions.append(Region(rules, start, end, span, reason))

    def _checked(self, names: Iterable[str], span: Span) -> tuple[str, ...]:
        rules = []
        for name in names:
            if name in self._known:
                rules.append(name)
            else:
                text = f"There is no rule or family '{name}'{did_you_mean(name, self._known)}."
                self._complaints.append(Complaint("acu/unknown-suppression", span, text))
        return tuple(rules)

    def _check_reason(self, rules: tuple[str, ...], reason: str, span: Span) -> None:
        strict = set(self._need_reason)
        wanting = [r for r in rules if {r, r.partition("/")[0]} & strict] if rules else sorted(strict)
        if wanting and not reason:
            text = f"Say why {wanting[0]} is silenced: end the comment with '-- reason'."
            self._complaints.append(Complaint("acu/missing-reason", span, text))

    def _close(self, rules: tuple[str, ...], offset: int) -> None:
        for region in self._regions:
            if region.end > offset and (not rules or set(region.rules) <= set(rules)) and region.start > 0:
                region.end = offset


def _reach(source: Source, verb: str, span: Span) -> tuple[int, int]:
    """The stretch of the file that a directive covers."""
    size = len(source.text) + 1
    if verb == "disable":
        return span.end, size
    if verb == "disable-file":
        return 0, size
    starts = [*source.lines, size]
    line = source.position(span.start)[0] - 1
    if verb == "disable-next-line":
        line = source.position(span.end)[0]  # the line below the comment's last
        while line + 1 < len(source.lines) and not source.text[starts[line] : starts[line + 1]].strip():
            line += 1
    if line >= len(source.lines):
        return size, size
    return starts[line], starts[line + 1]
