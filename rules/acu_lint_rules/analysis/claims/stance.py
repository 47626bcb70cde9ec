"""How a statement is meant: asserted, bounded, denied, asked, believed, reported, and how loudly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.lexicon import fold, terms
from acu_lint_rules.analysis.text.sentence import Line
from acu_lint_rules.analysis.text.tags import Tag, frames

NEGATION_REACH = 8  # words to the right; NegEx (Chapman 2001) uses 6, verb phrases with adverbs need a little more
_RISK_REACH = 6  # words between "reduces" and the harm it is said to reduce
_QUOTATION = 600  # characters between a claim and the quotation marks around it
_MODAL_REACH = 5  # words from the start of a main clause to its modal
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_QUOTES = frozenset('"“”«»„')
_OPENING, _CLOSING = frozenset('"“„«'), frozenset('"”“»')
_SPOKEN_OF = frozenset(terms("grammar", "be")) | {
    "tells",
    "means",
    "sounds",
    "proves",
    "does",
    "may",
    "should",
    "belongs",
}
_INSTRUCTIONS = frozenset(terms("frames", "instructions"))
_ANIMALS = frozenset(terms("frames", "animals"))
_QUOTED = 150  # characters before and behind the words in which the quotation opens and closes
_CLAIM_WORDS = frozenset(terms("frames", "claim_words"))
_HOW_MUCH = re.compile(r"\bhow (?:much|many|often|long|well|safe|effective)\b")
_FIRST_PERSON = frozenset({"i", "me", "my", "i'm", "i've"})
_PROOF = frozenset(terms("grammar", "proof"))
_WHY_NOT = re.compile(r", (?:so|and) why not\b|, right\?$", re.IGNORECASE)
_WORDS = re.compile(r"[\w'’-]+")
_AUXILIARIES = frozenset(terms("grammar", "question_auxiliaries"))
_QUESTION_WORDS = frozenset(terms("grammar", "question_words"))
_AFTER_QUESTION_WORD = _AUXILIARIES | {"to", "much", "many", "long", "often", "else"}
_CLOSERS = "\"'”’»)]*_ "
_VERB_NEGATION = frozenset({"not", "never", "cannot"})
_GOVERNED = frozenset(terms("grammar", "governed"))
_FRONTED = frozenset(terms("grammar", "fronted_by"))
_CANCELLED = frozenset(terms("grammar", "cancelled"))
_DISEASE_RISK = frozenset(terms("grammar", "disease_risk"))


class Stance(NamedTuple):
    """``licences`` say why a claim may stand (hedges apart); ``weak`` marks claims that are one step milder."""

    licences: tuple[str, ...]
    hedges: tuple[str, ...]
    boosters: tuple[str, ...]
    weak: bool


def asked(line: Line) -> bool:
    """Whether a sentence or a heading is a question."""
    if line.sentence.text.rstrip(_CLOSERS).endswith("?"):
        return not _WHY_NOT.search(line.sentence.text)
    if line.sentence.block.kind not in {"heading", "title"} or len(line.tokens) < 2:
        return False
    first, second = line.tokens[0], line.tokens[1]
    return first in _AUXILIARIES or (first in _QUESTION_WORDS and second in _AFTER_QUESTION_WORD)


def frame(line: Line) -> tuple[str, ...]:
    """The licences that hold for the whole sentence."""
    return tuple(_frame(line))


def _frame(line: Line) -> Iterator[str]:
    yield from _manner(line)
    rejecting = [mark.term for mark in line.marks if mark.flags & t.REJECTING]
    if rejecting:
        yield f"reported to be doubted: {rejecting[0]}"
    if not _CLAIM_WORDS.isdisjoint(line.tokens) and not _QUOTES.isdisjoint(line.sentence.text):
        yield "a claim quoted as such"
    if line.sentence.block.kind == "quote" and not _FIRST_PERSON.isdisjoint(line.tokens):
        yield "a person's own words"
    if any(mark.flags & t.NEGATION and not _PROOF.isdisjoint(_following(line, mark)) for mark in line.marks):
        yield "evidence denied"
    if any(mark.flags & t.UNKNOWN for mark in line.marks):
        yield "said to be unknown"
    if any(mark.flags & t.BELIEF and mark.first < 3 for mark in line.marks):
        yield "a belief or a tradition"
    if _named_source(line):
        yield "the finding of a named source"
    risks = [mark.term for mark in line.marks if mark.flags & t.RISK and not _disease_risk(line, mark)]
    if risks:
        yield f"about risks: {risks[0]}"


def _manner(line: Line) -> Iterator[str]:
    """A question, an instruction or a report from the laboratory."""
    if asked(line):
        yield "a question"
    if _told(line):
        yield "an instruction"
    if not _ANIMALS.isdisjoint(line.tokens):
        yield "an experiment"


def mentioned(line: Line, first: int, last: int) -> bool:
    """Whether the words stand in a quotation that the sentence speaks about: '"..." is a myth'."""
    text, offset = line.sentence.text, line.sentence.start
    start, end = line.words[first].start - offset, line.words[last - 1].end - offset
    before, after = text[max(start - _QUOTED, 0) : start], text[end : end + _QUOTED]
    if _OPENING.isdisjoint(before) or not (_CLOSING - _OPENING).isdisjoint(before):
        return False
    closing = next((index for index, char in enumerate(after) if char in _CLOSING), -1)
    behind = _WORDS.match(after[closing + 1 :].lstrip(" ,")) if closing >= 0 else None
    return behind is not None and behind.group().casefold() in _SPOKEN_OF


def _told(line: Line) -> bool:
    """'Always consult your doctor to ensure it is safe' tells the reader what to do."""
    words = [token for token in line.tokens[:3] if token not in {"always", "please", "also", "so", "then", "it's"}]
    return bool(words) and words[0] in _INSTRUCTIONS


def _following(line: Line, mark: Tag) -> Sequence[str]:
    """The few words after a mark."""
    return line.tokens[mark.last : mark.last + 4]


def names_risk(text: str) -> bool:
    """Whether a sentence names a harm that a therapy can do."""
    words = [fold(word) for word in _WORDS.findall(text)]
    return any(
        tag.flags & t.RISK
        and not any(token in _DISEASE_RISK for token in words[max(tag.first - _RISK_REACH, 0) : tag.first])
        for tag in frames().tags(words)
    )


def names_belief(text: str) -> bool:
    """Whether a sentence attributes something to a tradition or its practitioners."""
    words = [fold(word) for word in _WORDS.findall(text)]
    return any(tag.flags & t.BELIEF for tag in frames().tags(words))


def _disease_risk(line: Line, mark: Tag) -> bool:
    """'reduces the risk of stroke' and 'without side effects' are promises, not warnings."""
    return any(token in _DISEASE_RISK for token in line.tokens[max(mark.first - _RISK_REACH, 0) : mark.first])


def _named_source(line: Line) -> bool:
    reporting = any(mark.flags & t.REPORTING for mark in line.marks)
    if not reporting:
        return False
    if any(mark.flags & t.NAMED for mark in line.marks):
        return True
    evidence = any(mark.flags & t.EVIDENCE for mark in line.marks)
    return evidence and bool(_YEAR.search(line.sentence.text))


def stance(line: Line, number: int, first: int, last: int) -> Stance:
    """How the words ``first`` to ``last`` of clause ``number`` are meant (the frame of the sentence left out)."""
    boosters = _boosters(line, number, first, last)
    hedges = tuple(_hedges(line, number, first, boosted=bool(boosters)))
    licences = [f"negated: {term}" for term in _negations(line, number, first)]
    clause = line.clauses[number]
    for mark in line.marks:
        inside = clause.first <= mark.first < clause.last
        if mark.flags & t.CONDITIONAL and mark.first < first and (inside or _governs(line, number, mark)):
            licences.append(f"a condition: {mark.term}")
        if mark.flags & t.BELIEF and (inside or _governs(line, number, mark)):
            licences.append(f"a belief: {mark.term}")
    if _HOW_MUCH.search(" ".join(line.tokens[clause.first : first])):
        licences.append("an embedded question")
    return Stance(tuple(licences), hedges, boosters, _weak(line, number, first))


def _governs(line: Line, number: int, mark: Tag) -> bool:
    """Whether a mark stands in the clause that governs clause ``number``."""
    return any(line.clauses[n].first <= mark.first < line.clauses[n].last for n in _governors(line, number))


def _governors(line: Line, number: int) -> Iterator[int]:
    """The clauses above a subordinate clause, nearest first."""
    while number and line.clauses[number].opener in _GOVERNED:
        number -= 1
        yield number


def _shares_modal(line: Line, number: int, first: int) -> bool:
    """'may ease pain, or improve sleep': a bare verb without a subject of its own leans on the modal before."""
    flags = line.flags(first)
    if not flags & t.BASE or flags & (t.THIRD | t.PAST):
        return False
    return first - line.clauses[number].first <= 3


def _hedges(line: Line, number: int, first: int, *, boosted: bool) -> Iterator[str]:
    clause = line.clauses[number]
    above = set(_governors(line, number))
    if number and _shares_modal(line, number, first):
        above.add(number - 1)
    if clause.opener in _FRONTED and number + 1 < len(line.clauses):
        above.add(number + 1)
    for mark in line.marks:
        if mark.flags & t.HEDGE and not (boosted and mark.term in _CANCELLED):
            inside = clause.first <= mark.first < clause.last
            fronted = clause.opener in _FRONTED and inside
            home = line.clause(mark.first)
            late = home > number and mark.first - line.clauses[home].first > _MODAL_REACH
            if (inside and (mark.first < first or fronted)) or (home in above and not late):
                yield mark.term
        elif mark.flags & t.AFTER and (mark.first >= clause.first):
            yield mark.term


def _negations(line: Line, number: int, first: int) -> Iterator[str]:
    clause = line.clauses[number]
    start = min([clause.first, *(line.clauses[n].first for n in _governors(line, number))])
    for mark in line.marks:
        if mark.flags & t.PSEUDO:
            continue
        if (mark.flags & t.NEGATION and start <= mark.first < first and _reaches(line, mark, first)) or (
            mark.flags & t.DENIED_AFTER and clause.first <= mark.first and mark.first >= first
        ):
            yield mark.term


def _reaches(line: Line, mark: Tag, first: int) -> bool:
    if first - mark.last > NEGATION_REACH:
        return False
    if any(other.flags & t.STOP and mark.last <= other.first < first for other in line.marks):
        return False
    if mark.term in _VERB_NEGATION or mark.term.endswith("n't"):
        return True
    return not any("," in gap for gap in line.gaps[mark.last : first + 1])  # where a list follows, no word stands there


def _boosters(line: Line, number: int, first: int, last: int) -> tuple[str, ...]:
    clause = line.clauses[number]
    return tuple(
        mark.term for mark in line.marks if mark.flags & t.BOOSTER and clause.first <= mark.first <= last + 1
        and (mark.first >= first - 4)
    )  # fmt: skip


def _weak(line: Line, number: int, first: int) -> bool:
    clause = line.clauses[number]
    start = line.clauses[number - 1].first if number and _shares_modal(line, number, first) else clause.first
    for mark in line.marks:
        if start <= mark.first < first and mark.flags & (t.WEAK | t.FREQUENCY | t.PURPOSE):
            return True
    return "how" in line.tokens[clause.first : first] and line.sentence.block.kind not in {"heading", "title"}
