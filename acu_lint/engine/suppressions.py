"""Comments and front matter that silence rules, and those that silence nothing.

    <!-- acu-lint-disable-next-line claims/cure -- quoted from NICE -->
    {/* acu-lint-disable citations */} … {/* acu-lint-enable citations */}
    acu-lint: {disable: [seo, copy/puffery]}        in front matter

Verbs: disable-next-line (the next line that holds more than comments), disable-line, disable … enable,
disable-file. Rules or families follow, on further lines too; none means all. What stands after ``--`` is the reason.
What other linters are told is read as well: capitals, ``acu-lint: disable claims``, ``acu-lint-disable: claims``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import merge
from operator import itemgetter
from typing import NamedTuple

from acu_lint.document.document import Document
from acu_lint.document.source import Source, Span
from acu_lint.rules.finding import Finding
from acu_lint.system.errors import did_you_mean

_VERBS = ("disable", "disable-next-line", "disable-line", "disable-file", "enable")
# What other tools say; whoever writes it here means a directive.
_VERBS_OF_OTHERS = frozenset(
    "allow disabled enabled exclude ignore ignore-file ignore-line ignore-next-line noqa off on skip suppress".split()
)
_VERB = r"disable(?:[-_ ]next[-_ ]line|[-_ ]line|[-_ ]file)?+|enable"
# A directive begins its comment, or a line of it, or follows a semicolon.
_DIRECTIVE = re.compile(
    rf"(?:^[ \t*!-]*+|;[ \t]*+)acu[-_]?lint(?P<join>[-_]|\s*+:\s*+|[ \t]++)"
    rf"(?:(?P<verb>{_VERB})(?![\w-])(?:[ \t]?[:=])?+|(?P<other>[a-z][a-z-]*+))",
    re.IGNORECASE | re.MULTILINE,
)
# A directive as a comment of YAML or TOML, which nobody reads.
_IN_FRONT_MATTER = re.compile(r"^[ \t]*+#[# \t]*+acu[-_]?lint[-_: \t][^\r\n]*+", re.IGNORECASE | re.MULTILINE)
_FENCE = re.compile(r"^(?:---|\+\+\+)", re.MULTILINE)
_DASHES = re.compile(r"(?<=\w)[\u2010-\u2014](?=\w)")  # what an editor for text makes of a hyphen
_OF_VALE = re.compile(r"\s*acu-lint\s*:?\s+([\w./-]+)\s*=\s*(?:YES|NO)\s*", re.IGNORECASE)
_REASON = re.compile(r"(?<!\s)\s++(?:-{2,}+|[–—])\s*+(?=\S)")
_PARAGRAPH_END = re.compile(r"\n[ \t>]*\r?\n")
_FAR = 2000  # characters below a comment in which it may mean a finding
_BLANK = re.compile(r"[\s>]*+")  # what is no text beside a comment: space, and the signs of a block quotation
_SEPARATORS = re.compile(r"[\s,;|=]+")
_AROUND = "`'\"()[]{}<>.:*/-#&+"  # signs around a name, as in "claims/*" or a list's "- claims"
_MANY = 20  # unknown names of one comment that are told one by one: each shows the whole comment
_PROSE = 3  # words that name no rule, from which they are a reason without its sign


@dataclass
class Region:
    """A stretch of the file in which some rules (none named: all) are silent.

    ``end`` is None where an "enable" may end it, for each rule at another place.
    """

    rules: tuple[str, ...]
    start: int
    end: int | None
    span: Span
    reason: str
    used: set[str] = field(default_factory=set)  # the names (or "") that silenced something


class Complaint(NamedTuple):
    """Something wrong with a directive: the id of the engine's own rule, where, and what."""

    rule: str
    span: Span
    message: str


class Directive(NamedTuple):
    """What a comment says: the verb, the names that follow it on its line and on those below, the reason."""

    verb: str
    names: Sequence[str]
    below: Sequence[str]
    reason: str


class _Event(NamedTuple):
    """A "disable" (with its region, and the name that it stands here for) or an "enable", in their order."""

    number: int
    offset: int
    region: Region | None
    name: str


class _Stretch(NamedTuple):
    """Where a name of a region silences a rule."""

    start: int
    end: int
    region: Region
    name: str


class Suppressions:
    """The directives of one document.

    ``known`` holds the ids and families that exist, ``active`` the ids that run (an unused suppression
    of a rule that did not run is no fault), ``need_reason`` those that must not be silenced without one.
    """

    def __init__(
        self, doc: Document, *, known: Collection[str], active: Collection[str], need_reason: Collection[str] = ()
    ) -> None:
        self._known = known
        self._active = active
        self._need_reason = need_reason
        self._complaints: list[Complaint] = []
        self._size = len(doc.source.text) + 1
        self._events: dict[str, list[_Event]] = {}  # by the names they concern
        self._count = 0
        self._disabled: set[str] = set()  # the names after "disable", up to the comment that is read
        self._left: dict[str, list[int]] = {}  # after ``filter``: where findings stay, in order, by their names
        self._regions: list[Region] = list(self._front_matter(doc))
        self._lines = _Lines(doc.source, [comment.span for comment in doc.comments])
        for comment in doc.comments:
            for directive in self._directives(comment.text):
                self._read(comment.span, directive)
            self._check_vale(comment.text, comment.span)

    def filter(self, findings: Sequence[Finding]) -> list[Finding]:
        """The findings that are not silenced; remembers which names of which region silenced some."""
        if not self._regions:
            return list(findings)
        places: dict[str, list[int]] = {}
        for finding in findings:
            places.setdefault(finding.rule, []).append(finding.start.offset)
        fixed = self._fixed()
        silent: dict[str, list[tuple[int, int]]] = {}
        for rule, found in places.items():
            found.sort()
            ranges = []
            for start, end, region, name in self._stretches(rule, fixed):
                if bisect_left(found, start) < bisect_left(found, end):
                    region.used.add(name)
                    ranges.append((start, end))
            silent[rule] = _merged(ranges)
        left = [finding for finding in findings if not _within(silent[finding.rule], finding.start.offset)]
        for finding in sorted(left, key=lambda each: each.start.offset):
            for name in (finding.rule, finding.rule.partition("/")[0], ""):
                self._left.setdefault(name, []).append(finding.start.offset)
        return left

    def complaints(self) -> Iterator[Complaint]:
        """Faulty directives, and (after ``filter``) those that silenced nothing."""
        yield from self._complaints
        active = {*self._active, *(rule.partition("/")[0] for rule in self._active)} if self._regions else set()
        for region in self._regions:
            if not region.rules and not region.used:
                text = f"This comment silences nothing{self._further_down(region, '')}."
                yield Complaint("acu/unused-suppression", region.span, text)
            for name in region.rules:
                if name not in region.used and name in active:
                    text = f"'{name}' finds nothing here, so this comment silences nothing"
                    yield Complaint("acu/unused-suppression", region.span, f"{text}{self._further_down(region, name)}.")

    def _further_down(self, region: Region, name: str) -> str:
        """Where a name finds something in the paragraph that goes on below a region, and what to do about it."""
        line = self._lines.further_down(region.end, self._left.get(name, ())) if region.end is not None else 0
        directive = f"acu-lint-disable-line {name}".rstrip()
        return f"; what it finds is on line {line}: end that line with '{directive}'" if line else ""

    def _fixed(self) -> Mapping[str, Sequence[_Stretch]]:
        """By name: the regions that nothing ends before their end."""
        table: dict[str, list[_Stretch]] = {}
        for region in self._regions:
            for name in (region.rules or ("",)) if region.end is not None else ():
                table.setdefault(name, []).append(_Stretch(region.start, region.end or 0, region, name))
        return table

    def _stretches(self, rule: str, fixed: Mapping[str, Sequence[_Stretch]]) -> Iterator[_Stretch]:
        """Where a rule is silent: what names it, its family or all rules, until it is enabled in one of these ways."""
        names = (rule, rule.partition("/")[0], "")
        for name in names:
            yield from fixed.get(name, ())
        going: list[_Event] = []
        for event in merge(*(self._events.get(name, ()) for name in names), key=itemgetter(0)):
            if event.region:
                going.append(event)
                continue
            yield from (_Stretch(one.offset, event.offset, one.region, one.name) for one in going if one.region)
            going = []
        yield from (_Stretch(one.offset, self._size, one.region, one.name) for one in going if one.region)

    def _front_matter(self, doc: Document) -> Iterator[Region]:
        if doc.meta.format in {"yaml", "toml"} and doc.meta.spans:
            fence = _FENCE.search(doc.source.text, max(span.end for span in doc.meta.spans.values()))
            for note in _IN_FRONT_MATTER.finditer(doc.source.text, 0, fence.start() if fence else 0):
                text = "A comment in front matter silences nothing; write 'acu-lint: {disable: [claims/cure]}'."
                self._complaints.append(Complaint("acu/unknown-suppression", Span(*note.span()), text))
        for key, own in doc.meta.data.items():
            name = key.lower().replace("_", "-")
            if name == "acu-lint" and isinstance(own, dict) and {*own} <= {"disable", "reason"}:
                yield from self._front_matter_region(doc, own)
            elif name == "acu-lint" or name.startswith("acu-lint-"):
                span = next((span for path, span in doc.meta.spans.items() if path.startswith(key)), Span(0, 0))
                text = f"'{key}' is not read like this; write 'acu-lint: {{disable: [claims/cure]}}'."
                self._complaints.append(Complaint("acu/unknown-suppression", span, text))

    def _front_matter_region(self, doc: Document, own: Mapping[str, object]) -> Iterator[Region]:
        rules = own.get("disable")
        names = [rules] if isinstance(rules, str) else rules
        if not isinstance(names, list) or not names:
            return
        span = doc.meta.spans.get("acu-lint.disable", doc.meta.spans.get("acu-lint.disable.0", Span(0, 0)))
        wanted = [name for each in names for name in _names(str(each))]
        checked = self._checked(wanted, span)
        if checked or not wanted:
            yield Region(checked, 0, self._size, span, str(own.get("reason") or ""))

    def _directives(self, text: str) -> Sequence[Directive]:
        """What a comment says; nothing where it is no directive, also where its prose is about one."""
        if "lint" not in text.lower():
            return ()
        text = _DASHES.sub("-", text)
        heads = list(_DIRECTIVE.finditer(text))
        if not heads or text[: heads[0].start()].strip(" \t\r\n*!-"):
            return ()
        ends = [head.start() for head in heads[1:]] + [len(text)]
        found = [_directive(head, text[head.end() : end]) for head, end in zip(heads, ends, strict=True)]
        return [each for head, each in zip(heads, found, strict=True) if self._is_meant(head, each)]

    def _is_meant(self, head: re.Match[str], directive: Directive) -> bool:
        """Whether a comment is a directive, and no sentence that begins with the name of the tool."""
        if head["join"] in {"-", "_"}:
            return True
        names, other = (*directive.names, *directive.below), (head["other"] or "").lower()
        colon = ":" in head["join"]
        if other and other not in _VERBS_OF_OTHERS:
            return colon and bool(did_you_mean(other, _VERBS))
        return colon or len(names) < _PROSE or any("/" in name or name in self._known for name in names)

    def _read(self, span: Span, directive: Directive) -> None:
        verb, named, below, reason = directive
        if verb not in _VERBS:
            near = did_you_mean(verb, _VERBS) or f"; write one of: {', '.join(f'acu-lint-{verb}' for verb in _VERBS)}"
            self._complaints.append(Complaint("acu/unknown-suppression", span, f"There is no 'acu-lint-{verb}'{near}."))
            return
        prose = [name for name in below if name not in self._known and "/" not in name]
        if prose:
            text = f"'{' '.join(prose[:_MANY])}' names no rule or family; write the reason after ' -- '."
            self._complaints.append(Complaint("acu/unknown-suppression", span, text))
            return
        rules = self._checked([*named, *below], span)
        if (named or below) and not rules:
            return
        if verb == "enable":
            self._add(rules, span.start, None)
            self._check_enable(rules, span)
            return
        if verb == "disable":
            self._disabled.update(rules or ("",))
        self._check_reason(rules, reason, span)
        region = Region(rules, *self._lines.reach(verb, span), span, reason)
        self._regions.append(region)
        if region.end is None:
            self._add(rules, region.start, region)

    def _check_enable(self, rules: Collection[str], span: Span) -> None:
        """Complain of an "enable" that has nothing to end: no "disable" above it concerns one of its rules."""
        ended = {"", *rules, *(name.partition("/")[0] for name in rules)}
        families = {name.partition("/")[0] for name in self._disabled}
        if self._disabled.isdisjoint(ended) and families.isdisjoint(rules) and (rules or not self._disabled):
            text = "This comment ends nothing: no 'acu-lint-disable' above it silences what it enables."
            self._complaints.append(Complaint("acu/unused-suppression", span, text))

    def _check_vale(self, text: str, span: Span) -> None:
        """Complain of a comment as Vale has it, ``acu-lint claims/cure = NO``."""
        told = _OF_VALE.fullmatch(text)
        if told:
            verb, name = "disable" if text.rstrip()[-1] in "Oo" else "enable", told[1].lower().replace(".", "/")
            better = f"This is what Vale reads, and it silences nothing here; write 'acu-lint-{verb} {name}'."
            self._complaints.append(Complaint("acu/unknown-suppression", span, better))

    def _add(self, rules: Iterable[str], offset: int, region: Region | None) -> None:
        """Remember a "disable" or an "enable" of some rules (none named: all)."""
        self._count += 1
        for name in rules or ("",):
            self._events.setdefault(name, []).append(_Event(self._count, offset, region, name))

    def _checked(self, names: Iterable[str], span: Span) -> tuple[str, ...]:
        """The names that exist, each once; complains of the others, and of a great many of them in one line."""
        named = list(dict.fromkeys(names))
        unknown = [name for name in named if name not in self._known]
        words = [name for name in unknown if "/" not in name]
        if len(words) >= _PROSE:
            text = f"'{' '.join(words[:_MANY])}' names no rule or family; write the reason after ' -- '."
            self._complaints.append(Complaint("acu/unknown-suppression", span, text))
            unknown = [name for name in unknown if "/" in name]
        for name in (" ".join(name.split()) for name in unknown[:_MANY]):
            near = [rule for rule in self._known if rule.endswith(f"/{name}")]
            hint = f" (did you mean '{near[0]}'?)" if len(near) == 1 else did_you_mean(name, self._known)
            text = f"There is no rule or family '{name}'{hint}."
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


def _directive(head: re.Match[str], rest: str) -> Directive:
    """Read the text of a directive that follows its verb."""
    verb = re.sub(r"[_ ]", "-", head["verb"] or head["other"]).lower()
    reason = _REASON.search(rest)
    line, _, below = (rest[: reason.start()] if reason else rest).partition("\n")
    return Directive(verb, _names(line), _names(below), rest[reason.end() :].rstrip() if reason else "")


def _names(text: str) -> list[str]:
    """The names in a text as rules and families are spelt; "all" and "*" are none."""
    names = (name.strip(_AROUND).lower() for name in _SEPARATORS.split(text))
    return [name for name in names if name not in {"", "and", "all"}]


class _Lines:
    """The lines of a file, as directives speak of them."""

    def __init__(self, source: Source, comments: Sequence[Span]) -> None:
        self._source = source
        self._comments = comments
        self._size = len(source.text) + 1
        self._written: list[int] | None = None

    def reach(self, verb: str, span: Span) -> tuple[int, int | None]:
        """The stretch of the file that a directive covers; without an end where an "enable" may end it."""
        if verb == "disable":
            return span.end, None
        if verb == "disable-file":
            return 0, self._size
        if verb == "disable-line":
            return self._range(self._source.position(span.start)[0] - 1)
        below = self._source.position(span.end)[0]  # the line below the comment's last
        written = self._next_written()
        # comments in between are part of it: a rule may read them
        return self._range(below)[0], self._range(written[below] if below < len(written) else below)[1]

    def further_down(self, end: int, offsets: Sequence[int]) -> int:
        """The line of the first of some offsets behind ``end``, where it is in the same paragraph; else 0."""
        at = bisect_left(offsets, end)
        if at == len(offsets) or offsets[at] - end > _FAR:
            return 0
        apart = _PARAGRAPH_END.search(self._source.text, max(end - 1, 0), offsets[at])
        return 0 if apart else self._source.position(offsets[at])[0]

    def _range(self, line: int) -> tuple[int, int]:
        lines = self._source.lines
        if line >= len(lines):
            return self._size, self._size
        return lines[line], lines[line + 1] if line + 1 < len(lines) else self._size

    def _next_written(self) -> list[int]:
        """For each line the first from it on that holds more than space and comments, or the last one."""
        if self._written is None:
            lines, text = self._source.lines, self._source.text
            after = len(lines) - 1
            written = [after] * len(lines)
            skipped = self._own_lines()
            for line in range(len(lines) - 2, -1, -1):
                if line not in skipped and _BLANK.fullmatch(text, lines[line], lines[line + 1]) is None:
                    after = line
                written[line] = after
            self._written = written
        return self._written

    def _own_lines(self) -> set[int]:
        """The lines that hold nothing but a comment, so that several can stand above one line of text."""
        lines, text = self._source.lines, self._source.text
        own: set[int] = set()
        seen = -1  # the last line of the comment before: what begins there has a comment beside it
        for start, end in self._comments:
            first, last = self._source.position(start)[0] - 1, self._source.position(end)[0] - 1
            stop = lines[last + 1] if last + 1 < len(lines) else len(text)
            alone = first > seen and _BLANK.fullmatch(text, lines[first], start)
            if alone and _BLANK.fullmatch(text, end, stop):
                own.update(range(first, last + 1))
            seen = last
        return own


def _merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order, those that touch put together."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged


def _within(ranges: Sequence[tuple[int, int]], offset: int) -> bool:
    """Whether an offset lies in one of some ranges, which are in order and apart."""
    at = bisect_right(ranges, offset, key=itemgetter(0)) - 1
    return at >= 0 and offset < ranges[at][1]
