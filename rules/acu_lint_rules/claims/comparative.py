"""A therapy said to match or beat another treatment, or to be the best there is."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.claims.exemptions import Exemption
from acu_lint_rules.analysis.claims.subjects import topic
from acu_lint_rules.analysis.claims.wordings import Wording, find, has, joined, near, read, said, therapy, words
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.layout import shortened
from acu_lint_rules.analysis.text.lexicon import Range
from acu_lint_rules.analysis.text.sentence import SentenceView
from acu_lint_rules.claims._heard import heard

_REACH = 8  # words between a word of comparison and what is compared
_AMOUNTS = frozenset({"one", "two", "three", "half", "twice", "ever", "usual", "normal", "average"})
_TO_KNOW = frozenset(
    (verb,) for verb in ("decide", "determine", "choose", "find", "know", "learn", "tell", "understand")
)
_PERSONS = frozenset({"we", "our", "i", "me", "my", "us"})
_POINTERS = frozenset({"it", "it's", "this", "these", "they", "which", "that"})


def check(doc: Document, *, reader: bool = True) -> Iterator[Hit]:
    """Report what the analysis hears, and what the trained reader hears unless ``reader`` is false."""
    return heard(doc, "comparative", reader=reader)


def analysed(doc: Document) -> Iterator[Hit]:
    """Report comparisons and superlatives that no source supports."""
    for wording in read(doc, _READERS):
        severe = wording.kind in {"default", "belittled"} and not words("medical").isdisjoint(
            wording.view.tokens[wording.first : wording.last]
        )
        yield Hit(
            wording.span,
            {"match": shortened(wording.text)},
            wording.kind,
            Severity.ERROR if severe else Severity.WARNING,
        )


def _about(doc: Document, view: SentenceView) -> bool:
    """Whether the sentence speaks of a therapy, by name or as 'it'."""
    if therapy(view, lifestyle=True):
        return True
    return bool(near(doc, view)) and not _POINTERS.isdisjoint(view.tokens)


def _compared(doc: Document, view: SentenceView, first: int, start: int) -> Wording | None:
    """A wording from ``first`` to the treatment that follows word ``start``."""
    other = find(view, "comparators", start, start + _REACH)
    if other is None or not joined(view, first, other.last) or not _about(doc, view):
        return None
    if not said(doc, view, first, other.last, (Exemption.ATTRIBUTED,)):
        return None
    return Wording(view, first, other.last)


def _than(doc: Document, view: SentenceView, cue: Range) -> Wording | None:
    """'more effective than tablets', 'fewer side effects than surgery'."""
    after = view.tokens[cue.last : cue.last + 1]
    if not after or after[0][0].isdigit() or after[0] in _AMOUNTS:
        return None
    for index in range(cue.first - 1, max(cue.first - _REACH, -1), -1):
        word = view.tokens[index]
        better = has(view, "better", index, index + 1)
        if better or (word in {"more", "fewer", "less"} and has(view, "qualities", index, cue.first)):
            if word == "less" and not has(view, "better", index, cue.first) and "side" not in view.tokens:
                return None
            return _compared(doc, view, index, cue.last)
    return None


def _equal(doc: Document, view: SentenceView, cue: Range) -> Wording | None:
    """'comparable to painkillers', 'works as well as tablets'."""
    if cue.term == "as well as" and not (cue.first and view.flags(cue.first - 1) & t.WORK):
        return None
    return _compared(doc, view, cue.first, cue.last)


def _unlike(doc: Document, view: SentenceView, cue: Range) -> Wording | None:
    """'Unlike tablets, cupping ...'."""
    if not (therapy(view) or topic(doc)):
        return None
    other = find(view, "comparators", cue.last, cue.last + 6)
    if other is None or not said(doc, view, cue.first, other.last, (Exemption.ATTRIBUTED,)):
        return None
    if cue.term == "as opposed to" and not has(view, "faults", other.last):
        return None
    return Wording(view, cue.first, other.last)


def _alternative(doc: Document, view: SentenceView, cue: Range) -> Wording | None:
    """'a natural alternative', 'an alternative to surgery'."""
    after = view.tokens[cue.last] if cue.last < len(view.tokens) else ""
    if after == "to":
        return _compared(doc, view, _with_adjectives(view, cue.first), cue.last)
    first = _with_adjectives(view, cue.first)
    if first == cue.first or not _about(doc, view) or after in {"and", "or"}:
        return None
    last = cue.last + (after in {"medicine", "treatment", "therapy", "remedy"})
    return Wording(view, first, last) if said(doc, view, first, last) else None


def _with_adjectives(view: SentenceView, first: int) -> int:
    """Where 'a natural, effective alternative' starts, without the article."""
    while first and has(view, "praise", first - 1, first):
        first -= 1
    return first


def _failing(doc: Document, view: SentenceView, cue: Range) -> Wording | None:
    """'where traditional methods may fall short'."""
    start = max(cue.first - _REACH, 0)
    if "where" not in view.tokens[start : cue.first] and "when" not in view.tokens[start : cue.first]:
        return None
    other = find(view, "comparators", start, cue.first)
    if other is None or not _about(doc, view) or {"if", "talk", "ask"} & set(view.tokens):
        return None
    praised = any(
        tag.flags & (t.EFFECT | t.ADJECTIVE | t.NOUN | t.CURE | t.WORK) and not cue.first <= tag.first < cue.last
        for tag in view.tags
    )
    if not praised or not said(doc, view, other.first, cue.last, (Exemption.HEDGED,)):
        return None
    return Wording(view, other.first, cue.last)


def _spared(doc: Document, view: SentenceView, cue: Range) -> Wording | None:
    """'avoids the side effects of long-term medication'."""
    if view.tokens[cue.last : cue.last + 1] == ("of",) or "associated" in view.tokens[cue.last : cue.last + 1]:
        return _compared(doc, view, cue.first, cue.last)
    if cue.term.endswith(("harsh", "harmful", "dangerous", "toxic", "nasty", "unwanted", "unpleasant")):
        return _compared(doc, view, cue.first, cue.last)
    return None


def _rather(doc: Document, view: SentenceView, cue: Range) -> Wording | None:
    """'rather than just masking the symptoms'."""
    stop = min(cue.last + 5, len(view.tokens))
    if not has(view, "masking", cue.last - 1, stop) or not (near(doc, view) or topic(doc)):
        return None
    last = cue.last
    while (other := find(view, "masking", last, stop)) is not None:
        last = other.last
    return Wording(view, cue.first, last, "belittled") if said(doc, view, cue.first, last) else None


def _mask(doc: Document, view: SentenceView, cue: Range) -> Wording | None:
    """'tablets only mask the pain'."""
    other = find(view, "comparators", cue.first - _REACH, cue.first)
    if other is None or not (topic(doc) or near(doc, view)) or not joined(view, other.first, cue.last):
        return None
    if cue.term == "cover" and other.last != cue.first:  # that of an insurance, not "tablets cover the pain"
        return None
    return Wording(view, other.first, cue.last, "belittled") if said(doc, view, other.first, cue.last) else None


def _harsh(doc: Document, view: SentenceView, cue: Range) -> Wording | None:
    """'aggressive hormone treatments', 'horrible side effects' of what others prescribe."""
    before = view.tokens[cue.first - 1] if cue.first else ""
    if not topic(doc) or before in {"less", "minimally", "non", "not", "more"}:
        return None
    other = find(view, "comparators", cue.last, cue.last + 4)
    last = other.last if other else cue.last + 1
    scary = "side-effects" in view.tokens[cue.last : last] or "side" in view.tokens[cue.last : last]
    if other is None and not scary:
        return None
    compared = {"instead", "besides", "before", "options", "tried", "without", "unlike", "rather", "than"}
    if compared.isdisjoint(view.tokens) or not said(doc, view, cue.first, last):
        return None
    return Wording(view, cue.first, last, "belittled")


def _other_medicine(doc: Document, view: SentenceView, cue: Range) -> Wording | None:
    """'western medicine has no great treatment'."""
    if not topic(doc) or not has(view, "medicine_nouns", cue.last, cue.last + 2):
        return None
    fault = find(view, "faults", cue.last + 1, cue.last + 12)
    if fault is None or not said(doc, view, cue.first, cue.last + 1):
        return None
    return Wording(view, cue.first, fault.last, "belittled") if joined(view, cue.first, fault.last) else None


def _superlative(doc: Document, view: SentenceView, cue: Range) -> Wording | None:
    """'the most effective therapy for sciatica', 'our clinic is the best choice'."""
    if view.kind in {"heading", "title"} and view.tokens[0] in {"what", "how", "which"}:
        return None
    if _to_know(view, cue) or (_PERSONS.isdisjoint(view.tokens) and not _about(doc, view)):
        return None
    if cue.term.startswith(("most", "safest", "gentlest")) and not _approach(view, cue.last):
        return None
    if cue.term.startswith("nothing"):
        return Wording(view, cue.first, cue.last, "superlative") if said(doc, view, cue.first, cue.last) else None
    before = " ".join(view.tokens[max(cue.first - 3, 0) : cue.first])
    if any(word in before.split() for word in ("the", "our", "a", "is", "are", "#")):
        plain = not {"results", "your", "discuss", "ask", "decide", "if", "who", "depends"} & set(view.tokens)
        health = any(tag.flags & (t.OBJECT | t.THERAPY) for tag in view.tags)
        if plain and health and said(doc, view, cue.first, cue.last):
            return Wording(view, cue.first, cue.last, "superlative")
    return None


def _to_know(view: SentenceView, cue: Range) -> bool:
    """'the best way to find out': of no therapy."""
    return view.tokens[cue.last : cue.last + 1] == ("to",) and view.tokens[cue.last + 1 : cue.last + 2] in _TO_KNOW


def _approach(view: SentenceView, index: int) -> bool:
    """'most effective plan', not 'most effective dose'."""
    flags = view.flags(index) | view.flags(index + 1)
    if view.tokens[index : index + 1] == ("form",):
        return True
    return bool(flags & (t.APPROACH | t.THERAPY | t.ANAPHOR)) or view.tokens[index : index + 1] in (
        ("plans",),
        ("plan",),
    )


_READERS = {
    "than": _than,
    "equal": _equal,
    "unlike": _unlike,
    "alternative": _alternative,
    "failing": _failing,
    "spared": _spared,
    "rather": _rather,
    "mask": _mask,
    "harsh": _harsh,
    "other_medicine": _other_medicine,
    "superlative": _superlative,
}
