"""How a statement is meant: asserted, bounded, denied, asked, believed, reported, and how loudly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from acu_lint_rules.analysis.claims.exemptions import Exempt, Exemption
from acu_lint_rules.analysis.text import marks as m
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.lexicon import terms
from acu_lint_rules.analysis.text.marks import Mark
from acu_lint_rules.analysis.text.sentence import SentenceView

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
_WORDS = re.compile(r"[\w'’-]+")
_VERB_NEGATION = frozenset({"not", "never", "cannot"})
_GOVERNED = frozenset(terms("grammar", "governed"))
_FRONTED = frozenset(terms("grammar", "fronted_by"))
_CANCELLED = frozenset(terms("grammar", "cancelled"))
_DOUBTING = frozenset({"but", "however", "yet", "sadly", "unfortunately", "no", "wrong", "false", "untrue", "nonsense"})
_TURNS = frozenset({"but", "though", "however", "although", "include", "includes", "including", "may", "might", "such"})
_DISEASE_RISK = frozenset(terms("grammar", "disease_risk"))


class Stance(NamedTuple):
    """``exempt`` say why a claim may stand (hedges apart); ``weak`` are the words that make it one step milder."""

    exempt: tuple[Exempt, ...]
    hedges: tuple[str, ...]
    boosters: tuple[str, ...]
    weak: tuple[str, ...]


def frame(view: SentenceView) -> tuple[Exempt, ...]:
    """The exemptions that hold for the whole sentence."""
    return tuple(_frame(view))


def _frame(view: SentenceView) -> Iterator[Exempt]:
    yield from map(Exempt, _manner(view))
    rejecting = [mark.term for mark in view.marks if mark.flags & m.REJECTING]
    if rejecting:
        yield Exempt(Exemption.DOUBTED, rejecting[0])
    if not _CLAIM_WORDS.isdisjoint(view.tokens) and not _QUOTES.isdisjoint(view.sentence.text):
        yield Exempt(Exemption.QUOTED_CLAIM)
    if view.kind == "quote" and not _FIRST_PERSON.isdisjoint(view.tokens):
        yield Exempt(Exemption.OWN_WORDS)
    if denies_proof(view):
        yield Exempt(Exemption.UNPROVEN)
    if any(mark.flags & m.UNKNOWN for mark in view.marks):
        yield Exempt(Exemption.UNKNOWN)
    if any(mark.flags & m.BELIEF and mark.first < 3 for mark in view.marks):
        yield Exempt(Exemption.BELIEF)
    if _named_source(view):
        yield Exempt(Exemption.ATTRIBUTED)
    risks = [mark.term for mark in view.marks if mark.flags & m.RISK and not _disease_risk(view, mark)]
    if risks:
        yield Exempt(Exemption.RISK, risks[0])


def _manner(view: SentenceView) -> Iterator[Exemption]:
    """A question, an instruction or a report from the laboratory."""
    if view.is_question:
        yield Exemption.QUESTION
    if _told(view):
        yield Exemption.INSTRUCTION
    if not _ANIMALS.isdisjoint(view.tokens):
        yield Exemption.EXPERIMENT


def mentioned(view: SentenceView, first: int, last: int) -> bool:
    """Whether the words stand in a quotation that the sentence speaks about: '"..." is a myth'."""
    text, offset = view.sentence.text, view.sentence.start
    start, end = view.words[first].start - offset, view.words[last - 1].end - offset
    before, after = text[max(start - _QUOTED, 0) : start], text[end : end + _QUOTED]
    if _OPENING.isdisjoint(before) or not (_CLOSING - _OPENING).isdisjoint(before):
        return False
    closing = next((index for index, char in enumerate(after) if char in _CLOSING), -1)
    behind = _WORDS.match(after[closing + 1 :].lstrip(" ,")) if closing >= 0 else None
    return behind is not None and behind.group().casefold() in _SPOKEN_OF


def _told(view: SentenceView) -> bool:
    """'Always consult your doctor to ensure it is safe' tells the reader what to do."""
    words = [token for token in view.tokens[:3] if token not in {"always", "please", "also", "so", "then", "it's"}]
    return bool(words) and words[0] in _INSTRUCTIONS


def _following(view: SentenceView, mark: Mark) -> Sequence[str]:
    """The few words after a mark."""
    return view.tokens[mark.last : mark.last + 4]


def denies_proof(view: SentenceView) -> bool:
    """Whether a sentence says that there is no evidence: 'no studies show', 'not proven'."""
    return any(mark.flags & m.NEGATION and not _PROOF.isdisjoint(_following(view, mark)) for mark in view.marks)


def names_risk(view: SentenceView) -> bool:
    """Whether a sentence names a harm that a therapy can do."""
    return any(mark.flags & m.RISK and not _disease_risk(view, mark) for mark in view.marks)


def names_belief(view: SentenceView) -> bool:
    """Whether a sentence attributes something to a tradition or its practitioners."""
    return any(mark.flags & m.BELIEF for mark in view.marks)


def _disease_risk(view: SentenceView, mark: Mark) -> bool:
    """'reduces the risk of stroke', 'fights infections' and 'without side effects' are promises, not warnings."""
    for index in range(mark.first - 1, max(mark.first - _RISK_REACH, 0) - 1, -1):
        if view.tokens[index] in _DISEASE_RISK or view.flags(index) & (t.EFFECT | t.CURE):
            return True
        if view.tokens[index] in _TURNS or view.flags(index) & t.CAUSING or ";" in view.gaps[index + 1]:
            return False
    return False


def _named_source(view: SentenceView) -> bool:
    reporting = any(mark.flags & m.REPORTING for mark in view.marks)
    if not reporting:
        return False
    if any(mark.flags & m.NAMED for mark in view.marks):
        return True
    evidence = any(mark.flags & m.EVIDENCE for mark in view.marks)
    return evidence and bool(_YEAR.search(view.sentence.text))


def stance(view: SentenceView, number: int, first: int, last: int) -> Stance:
    """How the words ``first`` to ``last`` of clause ``number`` are meant (the frame of the sentence left out)."""
    boosters = _boosters(view, number, first, last)
    hedges = tuple(_hedges(view, number, first, boosted=bool(boosters)))
    exempt = [Exempt(Exemption.NEGATED, term) for term in _negations(view, number, first)]
    clause = view.clauses[number]
    for mark in view.marks:
        inside = clause.first <= mark.first < clause.last
        if mark.flags & m.CONDITIONAL and mark.first < first and (inside or _governs(view, number, mark)):
            exempt.append(Exempt(Exemption.CONDITIONAL, mark.term))
        if mark.flags & m.BELIEF and (inside or _governs(view, number, mark)):
            exempt.append(Exempt(Exemption.BELIEF, mark.term))
    if _HOW_MUCH.search(" ".join(view.tokens[clause.first : first])):
        exempt.append(Exempt(Exemption.EMBEDDED_QUESTION))
    return Stance(tuple(exempt), hedges, boosters, _weak(view, number, first))


def _governs(view: SentenceView, number: int, mark: Mark) -> bool:
    """Whether a mark stands in the clause that governs clause ``number``."""
    return any(view.clauses[n].first <= mark.first < view.clauses[n].last for n in _governors(view, number))


def _governors(view: SentenceView, number: int) -> Iterator[int]:
    """The clauses above a subordinate clause, nearest first."""
    while number and view.clauses[number].opener in _GOVERNED:
        number -= 1
        yield number


def _shares_modal(view: SentenceView, number: int, first: int) -> bool:
    """'may ease pain, or improve sleep': a bare verb without a subject of its own leans on the modal before."""
    flags = view.flags(first)
    if not flags & t.BASE or flags & (t.THIRD | t.PAST):
        return False
    return first - view.clauses[number].first <= 3


def _hedges(view: SentenceView, number: int, first: int, *, boosted: bool) -> Iterator[str]:
    clause = view.clauses[number]
    above = set(_governors(view, number))
    if number and _shares_modal(view, number, first):
        above.add(number - 1)
    if clause.opener in _FRONTED and number + 1 < len(view.clauses):
        above.add(number + 1)
    for mark in view.marks:
        if mark.flags & m.HEDGE and not (boosted and mark.term in _CANCELLED):
            inside = clause.first <= mark.first < clause.last
            fronted = clause.opener in _FRONTED and inside
            home = view.clause_number(mark.first)
            late = home > number and mark.first - view.clauses[home].first > _MODAL_REACH
            if (inside and (mark.first < first or fronted)) or (home in above and not late):
                yield mark.term
        elif mark.flags & m.AFTER and (mark.first >= clause.first):
            yield mark.term


def _negations(view: SentenceView, number: int, first: int) -> Iterator[str]:
    clause = view.clauses[number]
    start = min([clause.first, *(view.clauses[n].first for n in _governors(view, number))])
    for mark in view.marks:
        if mark.flags & m.PSEUDO or _in_a_name(view, mark):
            continue
        if (mark.flags & m.NEGATION and start <= mark.first < first and _reaches(view, mark, first)) or (
            mark.flags & m.DENIED_AFTER and clause.first <= mark.first and mark.first >= first
        ):
            yield mark.term


def _in_a_name(view: SentenceView, mark: Mark) -> bool:
    """'No Ache Balm eases pain': the 'no' of a product's name denies nothing."""
    if view.flags(mark.first) & t.THERAPY:
        return True
    return mark.first > 0 and view.capital(mark.first) and view.capital(mark.first + 1) and view.kind == "paragraph"


def doubted_behind(view: SentenceView, first: int, last: int) -> str:
    """The word by which the next sentence doubts what a quotation says, or nothing."""
    following = view.around(0, 1)[-1]
    if following is view or not following.tokens or not view.in_quotation(first, last):
        return ""
    if following.tokens[0] in _DOUBTING:
        return following.tokens[0]
    return next((mark.term for mark in following.marks if mark.flags & (m.REJECTING | m.UNKNOWN)), "")


def _reaches(view: SentenceView, mark: Mark, first: int) -> bool:
    if first - mark.last > NEGATION_REACH:
        return False
    if any(other.flags & m.STOP and mark.last <= other.first < first for other in view.marks):
        return False
    if mark.term in _VERB_NEGATION or mark.term.endswith("n't"):
        return True
    return not any("," in gap for gap in view.gaps[mark.last : first + 1])  # where a list follows, no word stands there


def _boosters(view: SentenceView, number: int, first: int, last: int) -> tuple[str, ...]:
    clause = view.clauses[number]
    return tuple(
        mark.term for mark in view.marks if mark.flags & m.BOOSTER and clause.first <= mark.first <= last + 1
        and (mark.first >= first - 4)
    )  # fmt: skip


def _weak(view: SentenceView, number: int, first: int) -> tuple[str, ...]:
    clause = view.clauses[number]
    start = view.clauses[number - 1].first if number and _shares_modal(view, number, first) else clause.first
    weak = m.WEAK | m.FREQUENCY | m.PURPOSE
    found = tuple(mark.term for mark in view.marks if start <= mark.first < first and mark.flags & weak)
    asked = "how" in view.tokens[clause.first : first] and view.kind not in {"heading", "title"}
    return (*found, "how") if asked else found
