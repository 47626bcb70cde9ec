"""Run the rules over a document and make findings of their hits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from acu_lint.document.document import Document
from acu_lint.document.language import NAMES, UNDETERMINED, declared, language, language_at
from acu_lint.document.source import Span
from acu_lint.document.vocabulary import EMPTY
from acu_lint.engine.border import check_hit, finding_at, place_of
from acu_lint.engine.project_words import EXPIRED, REJECTED, project_words
from acu_lint.engine.suppressions import Suppressions
from acu_lint.rules.card import Card, CardError
from acu_lint.rules.finding import Finding, Hit, Severity
from acu_lint.rules.kinds import Check
from acu_lint.rules.kinds.terms import TermTable
from acu_lint.rules.options import taken, validated
from acu_lint.rules.registry import Registry
from acu_lint.system.errors import UsageError, breakdown
from acu_lint.system.processes import Ended
from acu_lint.system.tree import UnreadableError

if TYPE_CHECKING:
    from acu_lint.corpus.corpus import Corpus

FAILED = "acu/rule-failed"
LANGUAGE = "acu/language"
# The engine's rules about the tool itself: id -> what it means.
OWN_RULES = {
    FAILED: "A rule broke down on this file; the other rules went on.",
    "acu/front-matter": "A part of the file cannot be read, such as broken front matter.",
    LANGUAGE: "The article is in a language that some rules cannot read; they are left out.",
    REJECTED: "A word or phrase that the project rejects ('reject' in its vocabulary).",
    EXPIRED: "A claim was approved, but its approval has ended ('approved-claims' in the vocabulary).",
    "acu/unknown-suppression": "A suppression names a rule or a verb that does not exist.",
    "acu/unused-suppression": "A suppression silences nothing and can be deleted.",
    "acu/missing-reason": "The configuration asks for a reason for this suppression.",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the configuration says for one document.

    ``rules`` are the ids that run; ``options`` and ``severities`` are by rule id. ``shared`` holds the defaults of
    all rules' options of these names, such as ``profile``.
    """

    rules: frozenset[str]
    options: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    severities: Mapping[str, Severity] = field(default_factory=dict)
    require_reason: tuple[str, ...] = ()
    shared: Mapping[str, object] = field(default_factory=dict)


class Engine:
    """Rules made ready: functions imported, options bound, term lists merged.

    ``faults`` tells which rules could not be made ready. ``open_corpus`` gives the articles that corpus
    rules compare with; without it those rules do not run. Raises ``UsageError`` for wrong options.
    """

    def __init__(self, registry: Registry, settings: Settings, open_corpus: Callable[[], Corpus] | None = None) -> None:
        self.faults: list[str] = []
        self._settings = settings
        self._open_corpus = open_corpus
        self._known = {*registry.cards, *(card.family for card in registry.cards.values()), *OWN_RULES, "acu"}
        cards = [card for card in registry.cards.values() if card.id in settings.rules]
        self._yields = {card.id: card.yields_to for card in cards if card.yields_to}
        self._checks: list[tuple[Card, Check]] = []
        self._corpus_checks: list[tuple[Card, Check]] = []
        terms: list[Card] = []
        for card in cards:
            if card.kind == "terms":
                validated(card.id, _no_options, settings.options.get(card.id, {}))
                terms.append(card)
            else:
                self._prepare(registry, card)
        self._terms = TermTable(terms, self.faults)
        running = [*self._checks, *(self._corpus_checks if open_corpus else ())]
        self._languages = {card.language for card in cards if card.language}
        self._running = [*terms, *(card for card, _ in running)]
        self._active = {card.id for card in self._running}

    def _prepare(self, registry: Registry, card: Card) -> None:
        """Import a rule's check and bind its options, unless it has nothing to compare and no options to be checked."""
        if card.corpus and not self._open_corpus and card.id not in self._settings.options:
            return
        try:
            check = registry.check_of(card)
            bound = partial(check, **validated(card.id, check, self._options(card, check)))
        except UsageError:
            raise
        except Ended:
            raise
        except (Exception, SystemExit) as error:  # noqa: BLE001 -- a stranger's module may raise anything
            self.faults.append(f"the rule {card.id} is left out: {_told(card, error)}")
        else:
            (self._corpus_checks if card.corpus else self._checks).append((card, bound))

    def _options(self, card: Card, check: Check) -> Mapping[str, object]:
        """What the settings say for a rule, what is said once for all rules included."""
        return {**taken(check, self._settings.shared), **self._settings.options.get(card.id, {})}

    def families(self, doc: Document) -> list[str]:
        """The families that have a rule which reads a document, sorted."""
        return sorted({card.family for card in self._running if _reads(card, doc)})

    def reads(self, doc: Document) -> bool:
        """Whether the rules for prose of one language read a document."""
        return not self._languages or language(doc) in self._languages

    @property
    def compares(self) -> bool:
        """Whether a rule runs that needs the corpus."""
        return bool(self._open_corpus and self._corpus_checks)

    def check(self, doc: Document) -> list[Finding]:
        """Return the findings of one document in the order of the text."""
        suppressions = Suppressions(
            doc, known=self._known, active=self._active, need_reason=self._settings.require_reason
        )
        findings = suppressions.filter(self._folded(self._voiced(doc)))
        findings += [
            self._own(doc, complaint.rule, complaint.span, complaint.message)
            for complaint in suppressions.complaints()
            if complaint.rule in self._settings.rules
        ]
        return sorted(findings, key=lambda finding: (finding.sort_key, finding.message))

    def fates(self, doc: Document) -> list[tuple[Finding, str]]:
        """Every finding of one document, those silent ones included, and why each is silent ("" where it is not)."""
        reported = self.check(doc)
        known = {(finding.sort_key, finding.message) for finding in reported}
        fates = [(finding, "") for finding in reported]
        speakers = _speakers(reported)
        for finding in self._run(doc):
            if (finding.sort_key, finding.message) not in known:
                told = project_words(doc).silences(finding, OWN_RULES) or _speaker(finding, speakers)
                fates.append((finding, told or "a comment or the front matter silences it"))
        return sorted(fates, key=lambda pair: pair[0].sort_key)

    def _voiced(self, doc: Document) -> list[Finding]:
        """The findings that the project's vocabulary does not silence."""
        findings = list(self._run(doc))
        if doc.vocabulary == EMPTY:
            return findings
        return [finding for finding in findings if not project_words(doc).silences(finding, OWN_RULES)]

    def compared(self, doc: Document) -> Sequence[Finding]:
        """What the rules find that compare a document with the corpus, whatever silences it (see ``Trace``)."""
        if not self._open_corpus or not self._corpus_checks:
            return ()
        corpus = self._open_corpus()
        doc.trace.compared = [
            finding
            for card, check in self._corpus_checks
            if _reads(card, doc)
            for finding in self._guard(card, doc, check, corpus)
        ]
        return doc.trace.compared

    def _run(self, doc: Document) -> Iterator[Finding]:
        yield from self._about(doc)
        read = {"", language(doc)} if self._languages else {""}
        for card, hit in self._terms.hits(doc) if self._terms else ():
            if card.language in read:
                yield from self._guard(card, doc, _hit_itself, hit)
        for card, check in self._checks:
            if card.language in read:
                yield from self._guard(card, doc, check)
        yield from self.compared(doc)

    def _about(self, doc: Document) -> Iterator[Finding]:
        """What the engine itself has to say: the file's faults, its language, the project's words."""
        rules = self._settings.rules
        for problem in doc.problems if "acu/front-matter" in rules else ():
            yield self._own(doc, "acu/front-matter", problem.span, problem.message, severity=Severity.ERROR)
        if LANGUAGE in rules and self._languages - {language(doc)}:
            yield self._own(doc, LANGUAGE, doc.whole, _about_language(doc, self._languages), severity=Severity.INFO)
        if doc.vocabulary == EMPTY:
            return
        for hit in project_words(doc).rejected() if REJECTED in rules else ():
            message = "'{match}' is a word that this project does not use.".format_map(hit.data)
            better = f"Write '{hit.data['better']}'." if hit.expected else ""
            yield self._own(doc, REJECTED, hit.span, message, suggestion=better, expected=hit.expected)
        for hit in project_words(doc).expired() if EXPIRED in rules else ():
            message = "The approval {reference} of this claim ended on {expires}.".format_map(hit.data)
            better = "Have the wording approved again, or take it out."
            yield self._own(doc, EXPIRED, hit.span, message, suggestion=better)

    def _own(  # noqa: PLR0913 -- the parts of a finding
        self,
        doc: Document,
        rule: str,
        span: Span,
        message: str,
        *,
        severity: Severity = Severity.WARNING,
        suggestion: str = "",
        expected: tuple[str, ...] = (),
    ) -> Finding:
        """A finding of the engine's own; its severity can be set like a rule's."""
        severity = self._settings.severities.get(rule, severity)
        return finding_at(
            doc, span, rule=rule, severity=severity, message=message, suggestion=suggestion, expected=expected
        )

    def _guard(self, card: Card, doc: Document, check: Check, *more: object) -> Sequence[Finding]:
        """What a check finds; its breakdown is a finding of its own, and the other rules go on."""
        try:
            found = [self._finish(card, doc, hit) for hit in check(doc, *more)]
            return [one for one in found if _reads(card, doc, one.start.offset)] if found else ()
        except Ended:
            raise
        except (Exception, SystemExit) as error:  # noqa: BLE001 -- a stranger's rule may raise anything
            doc.trace.failed = True
            message = f"The rule {card.id} broke down here: {_told(card, error)}. The other rules went on."
            return [self._own(doc, FAILED, Span(0, 0), message, severity=Severity.ERROR)]

    def _finish(self, card: Card, doc: Document, hit: Hit) -> Finding:
        """Check a hit at the border and give it its rule's words; raises where the rule is at fault."""
        check_hit(card, doc, hit)
        return finding_at(
            doc,
            hit.span,
            rule=card.id,
            severity=self._settings.severities.get(card.id) or hit.severity or card.severity,
            message=card.messages[hit.message].format_map(hit.data),
            suggestion=card.suggestions.get(hit.message, "").format_map(hit.data),
            expected=hit.expected,
            edits=hit.edits,
            related=tuple([place_of(doc, r.path, r.source, r.span, r.message) for r in hit.related]),
            data=hit.data,
            url=card.url,
        )

    def _folded(self, findings: list[Finding]) -> list[Finding]:
        """Fold twins: a rule's finding yields to that of a more specific rule on the same words."""
        if not self._yields:
            return findings
        by_rule: dict[str, list[Finding]] = {}
        for finding in sorted(findings, key=lambda finding: finding.sort_key):
            by_rule.setdefault(finding.rule, []).append(finding)
        folded: dict[int, list[str]] = {}  # the finding that reports -> the rules it speaks for
        gone: set[int] = set()
        for finding in findings:
            rivals = (by_rule.get(rule, []) for rule in self._yields.get(finding.rule, ()))
            if twin := next((twin for rival in rivals if (twin := _overlapping(rival, finding))), None):
                folded.setdefault(id(twin), []).append(finding.rule)
                gone.add(id(finding))
        return [
            replace(f, data={**f.data, "also": sorted(set(folded[id(f)]))}) if id(f) in folded else f
            for f in findings
            if id(f) not in gone
        ]


def _hit_itself(doc: Document, hit: Hit) -> Iterable[Hit]:  # noqa: ARG001 -- one signature for all checks
    """What the table of terms has found already."""
    return (hit,)


def _no_options(doc: Document) -> Iterable[Hit]:
    """Stand in for the check of a ``terms`` card, which has no options; never called."""
    raise NotImplementedError(doc)


def _told(card: Card, error: BaseException) -> str:
    """A breakdown in one line, with its place below the folder of the rule."""
    if isinstance(error, TimeoutError | CardError | UnreadableError):
        return str(error)
    return breakdown(error, Path(card.origin).parent)


def _overlapping(findings: list[Finding], one: Finding) -> Finding | None:
    """The first of some findings, sorted by place, that shares words with another."""
    at = bisect_left(findings, one.start.offset, key=lambda finding: finding.end.offset)
    for finding in findings[at : at + 2]:
        if finding.start.offset < one.end.offset and one.start.offset < finding.end.offset:
            return finding
    return None


def _reads(card: Card, doc: Document, offset: int | None = None) -> bool:
    """Whether a rule reads the language of an article, or of the part of it that stands at an offset."""
    if not card.language:
        return True
    return card.language == (language(doc) if offset is None else language_at(doc, offset))


def _about_language(doc: Document, languages: Iterable[str]) -> str:
    """Which language an article is in, and whose rules are left out."""
    code, said = language(doc), declared(doc.meta)
    left_out = " and ".join(sorted(NAMES[left] for left in {*languages} - {code}))
    if code == UNDETERMINED:
        is_in = f"does not seem to be in {left_out}"
    elif said == code:
        is_in = f"says that it is in {NAMES[code]}"
    else:
        is_in = f"seems to be in {NAMES[code]}" if said else f"seems to be {NAMES[code]}"
    if said not in {"", code}:
        is_in = f"says that it is in {NAMES[said]}, but {is_in}"
    return f"This article {is_in}; the rules for {left_out} prose are not applied."


_Speakers = Mapping[str, Mapping[str, list[Finding]]]


def _speakers(reported: Iterable[Finding]) -> _Speakers:
    """The findings that speak for others: by the rule they speak for and their own, in the order of the text."""
    speakers: dict[str, dict[str, list[Finding]]] = {}
    for one in reported:
        also = one.data.get("also")
        for rule in also if isinstance(also, list) else ():
            speakers.setdefault(rule, {}).setdefault(one.rule, []).append(one)
    return speakers


def _speaker(finding: Finding, speakers: _Speakers) -> str:
    """The finding on the same words that speaks for another one, in words; nothing where there is none."""
    for rule, findings in speakers.get(finding.rule, {}).items():
        if _overlapping(findings, finding):
            return f"{rule} speaks for it"
    return ""
