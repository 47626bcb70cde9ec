"""What an article is worth between 0 and 100, and which changes would raise that most.

Every finding costs points; the costs of a family are added up, and the family's score is 100 · e^(-cost/100): a point
takes one per cent of what is left. The score of the article is that of all costs together, which is the product of
the families' scores. So

* 100 means that nothing at all was found, and no article gets below 0;
* a mended finding never lowers a score while the length stays as it is;
* two faults count as much in two families as in one, by their weights.

What a finding of a family or rule weighs, and which pages get no score, the rule pack says (``GRADING``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, floor
from types import MappingProxyType
from typing import Any, NamedTuple

from acu_lint.document.document import PROSE, Document
from acu_lint.document.language import NAMES, language
from acu_lint.document.measure import words
from acu_lint.engine.engine import FAILED
from acu_lint.project.project import FileSettings
from acu_lint.project.runner import Runner
from acu_lint.rules.finding import Finding, Severity, Skipped


class Cost(NamedTuple):
    """Points that a finding costs: among 1,000 words, or about the article as a whole; and the first of a family."""

    per_1000_words: float
    whole: float
    first: float = 0


# An error must not be published. So the first error of a family costs 11 points in an article of any length, and keeps
# the family and the article from an A. A warning needs an editor, a note is advice: with ten notes in 1,000 words a
# text still has an A. What is said about the article as a whole (its author, its title) cannot become more with its
# length and costs the same in every article: one such warning leaves an A, two do not.
COSTS: Mapping[Severity, Cost] = {
    Severity.ERROR: Cost(per_1000_words=8, whole=10, first=11),
    Severity.WARNING: Cost(per_1000_words=3, whole=8),
    Severity.INFO: Cost(per_1000_words=0.5, whole=1),
}
# A shorter article counts as one of this many words: in 50 words one finding says little about the rate.
SHORTEST = 500
# The lowest score of each grade, as in American schools.
GRADES: Mapping[str, int] = {"A": 90, "B": 80, "C": 70, "D": 60, "F": 0}
CHANGES = 3  # told for each article

# The records of an article that come from the rule pack, and which extractor gives each.
RECORDS = ("keyphrase_map", "reading", "trust")
# The extractor that says how a page is graded: ``ungraded`` (why it gets no score, or ""), ``weights`` (what the
# findings of a family or rule weigh, 1 where nothing is said) and ``whole`` (rules about a page as a whole).
GRADING = "grading"
_FOREIGN = "most rules do not read its language"


@dataclass(frozen=True, slots=True)
class Mark:
    """The score of an article or of one family, and how many findings of each severity it comes from."""

    points: float
    counts: Mapping[Severity, int]

    @property
    def score(self) -> int:
        """The score as it is shown, rounded down: 100 only where nothing was found."""
        return floor(self.points)

    @property
    def grade(self) -> str:
        """A, B, C, D or F."""
        return next(grade for grade, lowest in GRADES.items() if self.score >= lowest)


@dataclass(frozen=True, slots=True)
class Change:
    """What to mend: the findings of one rule, told by the worst of them, and the points that mending all would give."""

    finding: Finding
    lines: tuple[int, ...]
    gain: float


@dataclass(frozen=True, slots=True)
class Article:
    """All that is said about an article. ``families`` are those whose rules read it.

    ``ungraded`` says why the page gets no score and no grade, and is empty for all others.
    ``records`` are what the rule pack says: by the names in ``RECORDS``, those that there are. ``language`` is the
    English name of a language that no rule about prose reads, else empty. ``failed`` are messages of broken rules.
    """

    path: str
    title: str
    words: int
    whole: Mark
    families: Mapping[str, Mark]
    changes: tuple[Change, ...]
    records: Mapping[str, Mapping[str, Any]]
    language: str = ""
    failed: tuple[str, ...] = ()
    ungraded: str = ""


# --- the formula


class Faults:
    """The findings of an article, with what is needed to weigh them.

    ``words`` is the length of the article; ``whole`` are the places in ``findings`` that are about all of it.
    ``weights`` say for a rule or a family how many times the usual its findings cost.
    """

    def __init__(
        self,
        findings: Sequence[Finding],
        words: int,
        whole: Iterable[int] = (),
        weights: Mapping[str, float] = MappingProxyType({}),
    ) -> None:
        self.findings = findings
        self._rate = 1000 / max(words, SHORTEST)
        self._whole = frozenset(whole)
        self._weights = weights

    def cost(self, places: Iterable[int]) -> float:
        """What some of the findings cost together, in points."""
        first: dict[str, float] = defaultdict(float)
        total = 0.0
        for place in places:
            finding = self.findings[place]
            cost, weight = COSTS[finding.severity], self._weight(finding)
            total += weight * (cost.whole if place in self._whole else cost.per_1000_words * self._rate)
            family = family_of(finding)
            first[family] = max(first[family], cost.first * max(weight, 1))  # no A with an error
        return total + sum(first.values())

    def _weight(self, finding: Finding) -> float:
        return self._weights.get(finding.rule, self._weights.get(family_of(finding), 1))

    def mark(self, places: Sequence[int]) -> Mark:
        """The mark that comes of some of the findings."""
        severities = [self.findings[place].severity for place in places]
        return Mark(points(self.cost(places)), {severity: severities.count(severity) for severity in Severity})

    def changes(self) -> list[Change]:
        """What mending each rule's findings would give, most first."""
        everything = range(len(self.findings))
        now = points(self.cost(everything))
        by_rule: dict[str, list[int]] = defaultdict(list)
        for place in everything:
            by_rule[self.findings[place].rule].append(place)
        changes = []
        for rule, places in by_rule.items():
            rest = [place for place in everything if self.findings[place].rule != rule]
            worst = min(places, key=lambda place: (-self.findings[place].severity, place))
            lines = dict.fromkeys(self.findings[place].start.line for place in places)
            changes.append(Change(self.findings[worst], tuple(lines), points(self.cost(rest)) - now))
        return sorted(changes, key=lambda change: (-change.gain, change.finding.sort_key))


def points(cost: float) -> float:
    """The score that some costs leave of 100."""
    return 100 * exp(-cost / 100)


def family_of(finding: Finding) -> str:
    """The family of a finding's rule."""
    return finding.rule.partition("/")[0]


# --- articles


def score_file(runner: Runner, path: str, *, records: bool = True) -> Article | Skipped:
    """Score a file, with what the rule pack says about it or without; what cannot be read is skipped."""
    return runner.attempt(path, lambda: _scored(runner, path, records=records))


def _scored(runner: Runner, path: str, *, records: bool) -> Article:
    doc = runner.article(path)
    settings = runner.settings_for(path)
    article = score(settings, doc, records=records)
    doc.release()
    return article


def score(settings: FileSettings, doc: Document, *, records: bool = True) -> Article:
    """Score a document with the settings of its file."""
    engine = settings.engine
    found = engine.check(doc)
    findings = [finding for finding in found if finding.rule != FAILED]
    grading: Mapping[str, Any] = settings.extract(GRADING, doc) or {}
    whole = _whole(doc, findings, grading.get("whole", ()))
    faults = Faults(findings, words(doc), whole, grading.get("weights", {}))
    by_family: dict[str, list[int]] = {family: [] for family in engine.families(doc)}
    for place, finding in enumerate(findings):
        by_family.setdefault(family_of(finding), []).append(place)
    foreign = not engine.reads(doc)
    return Article(
        path=doc.path,
        title=" ".join(doc.title.text.split()) if doc.title else "",
        words=words(doc),
        whole=faults.mark(range(len(findings))),
        families={family: faults.mark(places) for family, places in by_family.items()},
        changes=tuple(faults.changes()[:CHANGES]),
        records=_records(settings, doc) if records and not foreign else {},
        language=NAMES[language(doc)] if foreign else "",
        failed=tuple(finding.message for finding in found if finding.rule == FAILED),
        ungraded=_FOREIGN if foreign else grading.get("ungraded", ""),
    )


def _whole(doc: Document, findings: Sequence[Finding], rules: Container[str]) -> list[int]:
    """Which findings are about the article as a whole: those of some rules, on its title, and above its text."""
    text = min(
        (block.span().start for block in doc.blocks if block.kind in PROSE or block.kind == "heading"), default=0
    )
    return [
        place
        for place, finding in enumerate(findings)
        if finding.rule in rules
        or (finding.start.offset, finding.end.offset) == doc.whole
        or finding.end.offset <= text
    ]


def _records(settings: FileSettings, doc: Document) -> dict[str, Mapping[str, Any]]:
    records = {name: settings.extract(name, doc) for name in RECORDS}
    return {name: record for name, record in records.items() if record}
