"""Fear that pushes towards treatment, and diagnoses made of readers."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.claims.exemptions import Exemption
from acu_lint_rules.analysis.claims.stance import frame, mentioned
from acu_lint_rules.analysis.claims.subjects import topic
from acu_lint_rules.analysis.claims.wordings import Wording, find, has, near, read, said, words
from acu_lint_rules.analysis.text.layout import shortened
from acu_lint_rules.analysis.text.lexicon import Range, terms
from acu_lint_rules.analysis.text.sentence import SentenceView
from acu_lint_rules.claims._heard import heard

_REACH = 5  # words between "your liver" and "is stuck"
_EXCUSES = frozenset({Exemption.QUESTION, Exemption.QUOTED_CLAIM, Exemption.DOUBTED})
_ASKING = frozenset({"where", "when", "whether", "how", "why", "what"})
_DIRECT = ("you're", "you are", "you have")


def check(doc: Document, *, reader: bool = True) -> Iterator[Hit]:
    """Report what the analysis hears, and what the trained reader hears unless ``reader`` is false."""
    return heard(doc, "fear", reader=reader)


def analysed(doc: Document) -> Iterator[Hit]:
    """Report scares (a warning where a pitch goes with them) and diagnoses."""
    for wording in read(doc, _READERS):
        scary = wording.text.casefold().startswith(terms("wordings", "scares"))
        pitched = wording.kind == "diagnosis" or scary or has(wording.view, "pitch")
        yield Hit(
            wording.span,
            {"match": shortened(wording.text)},
            wording.kind,
            Severity.WARNING if pitched else Severity.INFO,
        )


def _scare(doc: Document, view: SentenceView, cue: Range) -> Wording | None:
    """'before it is too late', 'will only get worse'."""
    if not (near(doc, view) or topic(doc)) or not words("urgent").isdisjoint(view.tokens):
        return None
    if has(view, "clinicians") and not cue.term.startswith(("doctor", "don't want")):
        return None  # good advice
    if mentioned(view, cue.first, cue.last) or any(exempt.exemption in _EXCUSES for exempt in frame(view)):
        return None
    return Wording(view, cue.first, cue.last, "scare")


def _diagnosis(doc: Document, view: SentenceView, cue: Range) -> Wording | None:
    """'you have a qi deficiency', 'your liver is stagnant'."""
    pattern = find(view, "patterns", cue.first + 1, cue.last + _REACH)
    if pattern is None or has(view, "clinicians") or not (near(doc, view) or topic(doc) or _theory(pattern)):
        return None
    if (
        cue.term.startswith("your")
        and "is" not in view.tokens[cue.first : pattern.first + 1]
        and ("are" not in view.tokens[cue.first : pattern.first])
    ):
        return None
    if _asked(view, cue, pattern) or (cue.term.startswith(_DIRECT) and pattern.term in words("plain_diagnoses")):
        return None
    clause = view.clauses[view.clause_number(cue.first)]
    if cue.term.startswith(_DIRECT) and "if" in view.tokens[: cue.first] and clause.first != cue.first:
        return None
    return Wording(view, cue.first, pattern.last, "diagnosis") if _asserted(doc, view, cue, pattern) else None


def _asked(view: SentenceView, cue: Range, pattern: Range) -> bool:
    """'we show you where your spine is misaligned', 'you're getting back what deficiency took'."""
    before = view.tokens[cue.first - 1] if cue.first else ""
    return before in _ASKING or "what" in view.tokens[cue.last : pattern.first]


def _asserted(doc: Document, view: SentenceView, cue: Range, pattern: Range) -> bool:
    """Whether the text tells readers so; 'if you wake at night' in front is no excuse."""
    number = view.clause_number(cue.first)
    if "if" in view.tokens[: view.clauses[number].first]:
        return not {"may", "might", "could"} & set(view.tokens) and not frame(view)
    return said(doc, view, cue.first, pattern.last)


def _theory(pattern: Range) -> bool:
    return any(word in pattern.term for word in ("qi", "yang", "yin", "damp", "treated"))


_READERS = {"scare": _scare, "diagnosis": _diagnosis}
