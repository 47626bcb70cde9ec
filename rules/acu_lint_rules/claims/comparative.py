"""A therapy said to match or beat another treatment, or to be the best there is."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.claims.claim import topic
from acu_lint_rules.analysis.claims.wordings import Wording, find, has, joined, near, read, said, therapy, words
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.lexicon import Range
from acu_lint_rules.analysis.text.sentence import Line
from acu_lint_rules.claims._report import quoted

_REACH = 8  # words between a word of comparison and what is compared
_AMOUNTS = frozenset({"one", "two", "three", "half", "twice", "ever", "usual", "normal", "average"})
_PERSONS = frozenset({"we", "our", "i", "me", "my", "us"})
_POINTERS = frozenset({"it", "it's", "this", "these", "they", "which", "that"})


def check(doc: Document) -> Iterator[Hit]:
    """Report comparisons and superlatives that no source supports."""
    for wording in read(doc, _READERS):
        severe = wording.kind == "default" and not words("medical").isdisjoint(
            wording.line.tokens[wording.first : wording.last]
        )
        yield Hit(
            wording.span, {"match": quoted(wording.text)}, wording.kind, Severity.ERROR if severe else Severity.WARNING
        )


def _about(doc: Document, line: Line) -> bool:
    """Whether the sentence speaks of a therapy, by name or as 'it'."""
    if therapy(line, lifestyle=True):
        return True
    return bool(near(doc, line)) and not _POINTERS.isdisjoint(line.tokens)


def _compared(doc: Document, line: Line, first: int, start: int) -> Wording | None:
    """A wording from ``first`` to the treatment that follows word ``start``."""
    other = find(line, "comparators", start, start + _REACH)
    if other is None or not joined(line, first, other.last) or not _about(doc, line):
        return None
    if not said(doc, line, first, other.last, ("source",)):
        return None
    return Wording(line, first, other.last)


def _than(doc: Document, line: Line, cue: Range) -> Wording | None:
    """'more effective than tablets', 'fewer side effects than surgery'."""
    after = line.tokens[cue.last : cue.last + 1]
    if not after or after[0][0].isdigit() or after[0] in _AMOUNTS:
        return None
    for index in range(cue.first - 1, max(cue.first - _REACH, -1), -1):
        word = line.tokens[index]
        better = has(line, "better", index, index + 1)
        if better or (word in {"more", "fewer", "less"} and has(line, "qualities", index, cue.first)):
            if word == "less" and not has(line, "better", index, cue.first) and "side" not in line.tokens:
                return None
            return _compared(doc, line, index, cue.last)
    return None


def _equal(doc: Document, line: Line, cue: Range) -> Wording | None:
    """'comparable to painkillers', 'works as well as tablets'."""
    if cue.term == "as well as" and not (cue.first and line.flags(cue.first - 1) & t.WORK):
        return None
    return _compared(doc, line, cue.first, cue.last)


def _unlike(doc: Document, line: Line, cue: Range) -> Wording | None:
    """'Unlike tablets, cupping ...'."""
    if not (therapy(line) or topic(doc)):
        return None
    other = find(line, "comparators", cue.last, cue.last + 6)
    if other is None or not said(doc, line, cue.first, other.last, ("source",)):
        return None
    if cue.term == "as opposed to" and not has(line, "faults", other.last):
        return None
    return Wording(line, cue.first, other.last)


def _alternative(doc: Document, line: Line, cue: Range) -> Wording | None:
    """'a natural alternative', 'an alternative to surgery'."""
    after = line.tokens[cue.last] if cue.last < len(line.tokens) else ""
    if after == "to":
        return _compared(doc, line, _with_adjectives(line, cue.first), cue.last)
    first = _with_adjectives(line, cue.first)
    if first == cue.first or not _about(doc, line) or after in {"and", "or"}:
        return None
    last = cue.last + (after in {"medicine", "treatment", "therapy", "remedy"})
    return Wording(line, first, last) if said(doc, line, first, last) else None


def _with_adjectives(line: Line, first: int) -> int:
    """Where 'a natural, effective alternative' starts, without the article."""
    while first and has(line, "praise", first - 1, first):
        first -= 1
    return first


def _failing(doc: Document, line: Line, cue: Range) -> Wording | None:
    """'where traditional methods may fall short'."""
    start = max(cue.first - _REACH, 0)
    if "where" not in line.tokens[start : cue.first] and "when" not in line.tokens[start : cue.first]:
        return None
    other = find(line, "comparators", start, cue.first)
    if other is None or not _about(doc, line) or {"if", "talk", "ask"} & set(line.tokens):
        return None
    praised = any(
        tag.flags & (t.EFFECT | t.ADJECTIVE | t.NOUN | t.CURE | t.WORK) and not cue.first <= tag.first < cue.last
        for tag in line.tags
    )
    return (
        Wording(line, other.first, cue.last) if praised and said(doc, line, other.first, cue.last, ("hedge",)) else None
    )


def _spared(doc: Document, line: Line, cue: Range) -> Wording | None:
    """'avoids the side effects of long-term medication'."""
    if line.tokens[cue.last : cue.last + 1] == ("of",) or "associated" in line.tokens[cue.last : cue.last + 1]:
        return _compared(doc, line, cue.first, cue.last)
    if cue.term.endswith(("harsh", "harmful", "dangerous", "toxic", "nasty", "unwanted", "unpleasant")):
        return _compared(doc, line, cue.first, cue.last)
    return None


def _rather(doc: Document, line: Line, cue: Range) -> Wording | None:
    """'rather than just masking the symptoms'."""
    stop = min(cue.last + 5, len(line.tokens))
    if not has(line, "masking", cue.last - 1, stop) or not (near(doc, line) or topic(doc)):
        return None
    last = cue.last
    while (other := find(line, "masking", last, stop)) is not None:
        last = other.last
    return Wording(line, cue.first, last, "belittled") if said(doc, line, cue.first, last) else None


def _mask(doc: Document, line: Line, cue: Range) -> Wording | None:
    """'tablets only mask the pain'."""
    other = find(line, "comparators", cue.first - _REACH, cue.first)
    if other is None or not (topic(doc) or near(doc, line)) or not joined(line, other.first, cue.last):
        return None
    return Wording(line, other.first, cue.last, "belittled") if said(doc, line, other.first, cue.last) else None


def _harsh(doc: Document, line: Line, cue: Range) -> Wording | None:
    """'aggressive hormone treatments', 'horrible side effects' of what others prescribe."""
    before = line.tokens[cue.first - 1] if cue.first else ""
    if not topic(doc) or before in {"less", "minimally", "non", "not", "more"}:
        return None
    other = find(line, "comparators", cue.last, cue.last + 4)
    last = other.last if other else cue.last + 1
    scary = "side-effects" in line.tokens[cue.last : last] or "side" in line.tokens[cue.last : last]
    if other is None and not scary:
        return None
    compared = {"instead", "besides", "before", "options", "tried", "without", "unlike", "rather", "than"}
    if compared.isdisjoint(line.tokens) or not said(doc, line, cue.first, last):
        return None
    return Wording(line, cue.first, last, "belittled")


def _other_medicine(doc: Document, line: Line, cue: Range) -> Wording | None:
    """'western medicine has no great treatment'."""
    if not topic(doc) or not has(line, "medicine_nouns", cue.last, cue.last + 2):
        return None
    fault = find(line, "faults", cue.last + 1, cue.last + 12)
    if fault is None or not said(doc, line, cue.first, cue.last + 1):
        return None
    return Wording(line, cue.first, fault.last, "belittled") if joined(line, cue.first, fault.last) else None


def _superlative(doc: Document, line: Line, cue: Range) -> Wording | None:
    """'the most effective therapy for sciatica', 'our clinic is the best choice'."""
    if line.sentence.block.kind in {"heading", "title"} and line.tokens[0] in {"what", "how", "which"}:
        return None
    if _PERSONS.isdisjoint(line.tokens) and not _about(doc, line):
        return None
    if cue.term.startswith(("most", "safest", "gentlest")) and not _approach(line, cue.last):
        return None
    if cue.term.startswith("nothing"):
        return Wording(line, cue.first, cue.last, "superlative") if said(doc, line, cue.first, cue.last) else None
    before = " ".join(line.tokens[max(cue.first - 3, 0) : cue.first])
    if any(word in before.split() for word in ("the", "our", "a", "is", "are", "#")):
        plain = not {"results", "your", "discuss", "ask", "decide", "if", "who", "depends"} & set(line.tokens)
        health = any(tag.flags & (t.OBJECT | t.THERAPY) for tag in line.tags)
        if plain and health and said(doc, line, cue.first, cue.last):
            return Wording(line, cue.first, cue.last, "superlative")
    return None


def _approach(line: Line, index: int) -> bool:
    """'most effective plan', not 'most effective dose'."""
    flags = line.flags(index) | line.flags(index + 1)
    if line.tokens[index : index + 1] == ("form",):
        return True
    return bool(flags & (t.APPROACH | t.THERAPY | t.ANAPHOR)) or line.tokens[index : index + 1] in (
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
