"""What the project's own words do to findings: accepted words, rejected words, approved claims.

* A finding is silent where all that it marks lies within an accepted word or phrase. Findings about a whole article
  are never silent for that, even where its title is an accepted word; nor are those about the tool itself.
* A rejected word is a finding, except within an accepted phrase.
* Findings of the family ``claims`` are silent within an approved wording. Capitals, white space, the shape of quotes
  and hyphens, emphasis and links do not matter; every word and comma does, and
  nothing may follow in the sentence. After its last day an approval silences
  nothing, and every use of its wording is a finding.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from acu_lint.document.document import Document
from acu_lint.document.measure import measure
from acu_lint.document.source import Span
from acu_lint.document.vocabulary import Approval, Vocabulary
from acu_lint.rules.card import Card
from acu_lint.rules.finding import Finding, Hit, Severity
from acu_lint.rules.kinds.terms import TermTable

REJECTED = "acu/rejected-word"
EXPIRED = "acu/approval-expired"
_FAMILY = "claims"
_ALIKE = ("'’‘ʼ", '"“”„', "-‐‑–")
_STRAIGHT = str.maketrans({**{char: group[0] for group in _ALIKE for char in group}, **dict.fromkeys("*_`")})
_CLASSES = {char: f"[{re.escape(group)}]" for group in _ALIKE for char in group}
_EMPHASIS = r"[*_]{0,3}"  # plain text keeps the signs
# An approved wording must end with its sentence, or before a bracket, colon or dash: not "... and migraine".
_END = r"""(?=[\s"'’”»)\]*_]{0,9}(?:[.!?;:…(\[–—|⁰¹²³⁴-⁹]|\s-\s|\Z))"""


class ProjectWords:
    """The project's words in one document."""

    def __init__(self, doc: Document) -> None:
        self._doc = doc
        words = doc.vocabulary
        accept, self._reject = _tables(words)
        self._accepted = _Places((hit.span, "an accepted word") for _, hit in accept.hits(doc))
        uses = list(_uses(doc)) if words.approved else []
        self._expired = [(span, approval) for span, approval in uses if approval.expires < doc.today]
        self._approved = _Places(
            (span, f"an approved claim ({approval.reference}, until {approval.expires})")
            for span, approval in uses
            if approval.expires >= doc.today
        )

    def rejected(self) -> Iterator[Hit]:
        """The uses of rejected words; the data has ``match`` and ``better``."""
        yield from (hit for _, hit in self._reject.hits(self._doc))

    def expired(self) -> Iterator[Hit]:
        """The uses of wordings whose approval has ended; the data has ``reference`` and ``expires``."""
        for span, approval in self._expired:
            yield Hit(span, {"reference": approval.reference, "expires": approval.expires.isoformat()})

    def silences(self, finding: Finding, own_rules: Collection[str]) -> str:
        """Why a finding is silent, or nothing."""
        span = Span(finding.start.offset, finding.end.offset)
        if span.start == span.end or (finding.rule in own_rules and finding.rule != REJECTED):
            return ""
        if span != self._doc.whole and (reason := self._accepted.holding(span)):
            return reason
        return self._approved.holding(span) if finding.rule.startswith(f"{_FAMILY}/") else ""


class _Places:
    """Spans, each with a reason, made to be asked which one holds another span."""

    def __init__(self, places: Iterable[tuple[Span, str]]) -> None:
        self._spans: list[Span] = []
        self._reasons: list[str] = []
        for span, reason in sorted(places, key=lambda place: (place[0].start, -place[0].end)):
            if not self._spans or span.end > self._spans[-1].end:  # what lies within another adds nothing
                self._spans.append(span)
                self._reasons.append(reason)

    def holding(self, span: Span) -> str:
        """The reason of a place that holds all of a span, or nothing."""
        at = bisect_right(self._spans, span.start, key=lambda place: place.start) - 1
        return self._reasons[at] if at >= 0 and span.end <= self._spans[at].end else ""


@measure
def project_words(doc: Document) -> ProjectWords:
    """The project's words in a document."""
    return ProjectWords(doc)


@lru_cache(maxsize=64)
def _tables(words: Vocabulary) -> tuple[TermTable, TermTable]:
    """What finds the accepted and the rejected words."""
    accept = TermTable([_card("acu/accepted-word", dict.fromkeys(words.accept, ""))], [])
    return accept, TermTable([_card(REJECTED, dict(words.reject))], [])


def _card(rule: str, terms: dict[str, str]) -> Card:
    """A stand-in for a card: what the table of terms wants to know."""
    return Card(
        id=rule, title="", severity=Severity.WARNING, messages={}, suggestions={}, why="", sources=(), kind="terms",
        body=terms, scope=frozenset(), yields_to=(), default=True, bad=(), good=(), origin="",
    )  # fmt: skip


def _uses(doc: Document) -> Iterator[tuple[Span, Approval]]:
    """Where approved wordings stand. A look at the whole text comes first: most wordings are not in most articles."""
    flat = "\n".join(_flat(block.text) for block in doc.blocks)
    for approval in doc.vocabulary.approved:
        wording = _bare(approval.text)
        if _flat(wording) not in flat:
            continue
        pattern = _pattern(wording)
        for block in doc.blocks:
            for match in pattern.finditer(block.text):
                yield block.span(*match.span()), approval


def _bare(text: str) -> str:
    """A wording without the marks around it: quotes, a full stop, emphasis."""
    return re.sub(r"[*_`]+", "", text).strip().strip("'’‘\"“”„").rstrip(". \n")


def _flat(text: str) -> str:
    return " ".join(text.translate(_STRAIGHT).lower().split())


@lru_cache(maxsize=1024)
def _pattern(wording: str) -> re.Pattern[str]:
    words = ("".join(_CLASSES.get(char) or re.escape(char) for char in word) for word in wording.split())
    body = rf"{_EMPHASIS}\s+{_EMPHASIS}".join(words)
    return re.compile(rf"(?<!\w){body}{_END}", re.IGNORECASE)
