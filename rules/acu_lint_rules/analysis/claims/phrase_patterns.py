"""Set ways to praise a therapy: 'works wonders', 'say goodbye to pain', 'no side effects'."""

from __future__ import annotations

from acu_lint_rules.analysis.claims.predicate import (
    BE,
    LINKS,
    Predicate,
    achieved,
    approach_after,
    clause_end,
    find_object,
    find_therapy,
    near,
    verb_left,
)
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.lexicon import terms
from acu_lint_rules.analysis.text.sentence import Line
from acu_lint_rules.analysis.text.tags import Tag

_PEOPLE = frozenset(terms("efficacy", "kept_so"))
_FELT = frozenset(terms("efficacy", "felt"))
_UNWANTED = frozenset(terms("efficacy", "unwanted"))
_ADJECTIVES = frozenset(terms("safety", "linked"))
_SAFE_THINGS = frozenset(terms("safety", "safe_things"))
_PLAIN = 6  # words of a sentence that says no more than "it works"
_ASKED = frozenset({"how", "why", "what", "that", "if", "whether", "when", "where", "who"})
_WELL = frozenset(terms("efficacy", "well"))
_WILL = frozenset({"will", "you'll", "shall"})


def works(line: Line, tag: Tag) -> Predicate | None:
    """'works well', 'works wonders for stress'; not 'how it works'."""
    index = tag.last
    while index < len(line.tokens) and line.tokens[index] in {"very", "really", "so", "extremely", "incredibly"}:
        index += 1
    if index >= len(line.tokens) and line.tokens[tag.first] == "works" and _plainly(line, tag):
        return Predicate("efficacy", tag.first, tag.last, tag.first)
    if index >= len(line.tokens) or line.tokens[index] not in {"well", "wonders", "great", "best", "better", "for"}:
        return None
    if line.tokens[index + 1 : index + 2] in (("when",), ("if",), ("with",), ("as",), ("in",)):
        return None  # says how to use it, not what it does
    target = find_object(line, index, min(index + 5, clause_end(line, tag)), t.CONDITION | t.OUTCOME)
    if target is None and line.tokens[index] == "for":
        return None
    return Predicate("efficacy", tag.first, target.last if target else index + 1, tag.first)


def _plainly(line: Line, tag: Tag) -> bool:
    """'Acupuncture works.', not 'how acupuncture works'."""
    return len(line.tokens) <= _PLAIN and _ASKED.isdisjoint(line.tokens[: tag.first])


def comparative(line: Line, tag: Tag) -> Predicate | None:
    """'gives you better sleep', 'this allows more mobility'."""
    if not near(line, tag.last, tag.last + 2, t.OBJECT):
        return None
    clause = line.clauses[line.clause(tag.first)]
    target = find_object(line, tag.last, min(tag.last + 3, clause.last))
    if target is None or target.first - tag.last > 1:
        return None
    if tag.first == 0 and line.sentence.block.kind == "item":
        return Predicate("efficacy", 0, target.last, 0, target.term, use="listed")
    verb = verb_left(line, tag, t.GIVE | t.ALLOW, 5)
    if verb is None or not achieved(line, verb):
        return None
    return Predicate("efficacy", verb.first, target.last, verb.first, target.term, use="finite")


def state(line: Line, tag: Tag) -> Predicate | None:
    """'keeps you healthy', 'leaves you calm'."""
    verb = verb_left(line, tag, t.MAKE, 5)
    if verb is None and tag.term in _FELT:
        return Predicate("efficacy", tag.first, tag.last, tag.first, tag.term, experience=True)
    if verb is None:
        return None
    if _told(line, verb) or _PEOPLE.isdisjoint(line.tokens[verb.last : tag.first]):
        return None
    return Predicate("efficacy", verb.first, tag.last, verb.first, tag.term)


def _told(line: Line, verb: Tag) -> bool:
    """'keep your back straight' tells the reader what to do."""
    before = line.tokens[verb.first - 1] if verb.first else ""
    follows = before in {"can", "will"} or line.flags(verb.first - 1) & (t.THERAPY | t.ANAPHOR)
    return bool(verb.flags & t.BASE) and not follows


def impact(line: Line, tag: Tag) -> Predicate | None:
    """'has a positive effect on sleep'."""
    if tag.last >= len(line.tokens) or line.tokens[tag.last] not in {"on", "upon"}:
        return None
    end = clause_end(line, tag)
    verb = verb_left(line, tag, t.GIVE, 5)
    target = find_object(line, tag.last, min(tag.last + 5, end))
    if verb is None or target is None or not _UNWANTED.isdisjoint(line.tokens[verb.last : tag.first]):
        return None
    return Predicate("efficacy", verb.first, target.last, verb.first, target.term, use="finite")


def improving(line: Line, tag: Tag) -> Predicate | None:
    """'pain eases with massage', 'migraines disappeared after acupuncture'."""
    if _will_end(line, tag):
        return Predicate("promise", tag.first - 1, tag.last, tag.first, reach="topic")
    if not near(line, tag.last + 1, tag.last + 10, t.THERAPY | t.ANAPHOR):
        return None
    end = clause_end(line, tag)
    complaint = find_object(line, max(tag.first - 5, 0), tag.first, t.CONDITION | t.OUTCOME)
    felt = tag.term.endswith("better") and any(
        mark.flags & t.PERSON and tag.first - 4 <= mark.first < tag.first for mark in line.marks
    )
    if complaint is None and not felt:
        return None
    for index in range(tag.last, min(tag.last + 5, end)):
        if line.tokens[index] in {"with", "after", "through", "following", "thanks"}:
            agent = find_therapy(line, index + 1, min(index + 5, end), t.THERAPY | t.ANAPHOR)
            if agent >= 0:
                named = complaint.term if complaint else ""
                return Predicate("efficacy", tag.first, agent + 1, tag.first, named, agent=agent)
    return None


def _will_end(line: Line, tag: Tag) -> bool:
    """'Your headaches will disappear'."""
    complaint = line.tag[tag.first - 2] if tag.first > 2 else None
    if line.tokens[tag.first - 1] != "will" or complaint is None or not complaint.flags & (t.CONDITION | t.OUTCOME):
        return False
    return "your" in line.tokens[max(complaint.first - 2, 0) : complaint.first]


def kept(line: Line, tag: Tag) -> Predicate | None:
    """'keeps stress at bay'."""
    verb = verb_left(line, tag, t.MAKE, 5)
    if verb is None or _told(line, verb) or find_object(line, verb.last, tag.first) is None:
        return None
    return Predicate("efficacy", verb.first, tag.last, verb.first, tag.term)


def responding(line: Line, tag: Tag) -> Predicate | None:
    """'migraine responds well to acupuncture'."""
    after = line.tokens[tag.last : tag.last + 4]
    if _WELL.isdisjoint(after) or "to" not in after:
        return None
    start = tag.last + after.index("to") + 1
    agent = find_therapy(line, start, min(start + 4, clause_end(line, tag)), t.THERAPY | t.ANAPHOR)
    return Predicate("efficacy", tag.first, agent + 1, tag.first, agent=agent) if agent >= 0 else None


def nature(line: Line, tag: Tag) -> Predicate | None:
    """'is a natural painkiller'."""
    linked = not LINKS.isdisjoint(line.tokens[max(tag.first - 4, 0) : tag.first])
    return Predicate("efficacy", tag.first, tag.last, tag.first, tag.term) if linked else None


def remedy(line: Line, tag: Tag) -> Predicate | None:
    """'is a remedy for insomnia', 'the answer to back pain'."""
    end = clause_end(line, tag)
    if tag.last >= end or line.tokens[tag.last] not in {"for", "to", "against"}:
        return None
    target = find_object(line, tag.last, min(tag.last + 5, end), t.CONDITION | t.OUTCOME)
    linked = not LINKS.isdisjoint(line.tokens[max(tag.first - 5, 0) : tag.first])
    if target is None or not linked:
        return None
    return Predicate("efficacy", tag.first, target.last, tag.first, target.term)


def cure_phrase(line: Line, tag: Tag) -> Predicate | None:
    """'say goodbye to pain', 'heal itself'."""
    last = tag.last
    if tag.term.endswith((" to", " of")):
        target = find_object(line, tag.last, min(tag.last + 5, clause_end(line, tag)), t.CONDITION | t.OUTCOME)
        if target is None:
            return None
        last = target.last
    return Predicate("cure", tag.first, last, tag.first, weak=bool(tag.flags & t.SELF_HEALING), reach="topic")


def feel_result(line: Line, tag: Tag) -> Predicate | None:
    """'you will feel better'."""
    if tag.term.endswith("predictable") or tag.term.startswith("predictable"):
        health = near(line, 0, len(line.tokens), t.OBJECT | t.NOUN | t.THERAPY)
        return Predicate("promise", tag.first, tag.last, tag.first, reach="topic") if health else None
    promised = not _WILL.isdisjoint(line.tokens[max(tag.first - 3, 0) : tag.first])
    return Predicate("promise", tag.first, tag.last, tag.first, reach="topic") if promised else None


def guarantee(line: Line, tag: Tag) -> Predicate | None:
    """'relief guaranteed', 'or your money back'."""
    if tag.first and line.tokens[tag.first - 1] in {"be", "make", "is", "are", "was"} and tag.term == "sure to":
        return None
    clause = line.clauses[line.clause(tag.first)]
    target = find_object(line, clause.first, clause.last, t.CONDITION | t.OUTCOME | t.NOUN)
    results = (
        "results" in line.tokens[clause.first : clause.last] or "result" in line.tokens[clause.first : clause.last]
    )
    if target is None and not results and not tag.term.startswith(("money", "results", "promise")):
        return None
    return Predicate("guarantee", tag.first, tag.last, tag.first, reach="topic")


def safe(line: Line, tag: Tag) -> Predicate | None:
    """'is safe', 'a safe option', 'no side effects'; with 'natural' in the sentence, natural as the reason."""
    natural = next((other for other in line.tags if other.flags & t.NATURAL), None)
    if natural is not None and tag.flags & (t.SAFE | t.SAFE_ABSOLUTE) and not _a_safe_place(line, tag):
        first, last = min(natural.first, tag.first), max(natural.last, tag.last)
        return Predicate("natural", first, last, tag.first, reach="sentence")
    if tag.flags & t.SAFE_ABSOLUTE:
        if tag.term in _ADJECTIVES and BE.isdisjoint(line.tokens[max(tag.first - 4, 0) : tag.first]):
            return None
        return Predicate("safety", tag.first, tag.last, tag.first, use="absolute", reach="sentence")
    if tag.term != "safe":
        return None
    noun = approach_after(line, tag)
    if noun is not None:
        return Predicate("safety", tag.first, noun.last, tag.first)
    linked = any(token in BE for token in line.tokens[max(tag.first - 3, 0) : tag.first])
    after = line.tokens[tag.last] if tag.last < len(line.tokens) else ""
    plain = after in {"", "and", "for", "with", "during", "because", "but", "to"} or line.gaps[tag.last] != " "
    return Predicate("safety", tag.first, tag.last, tag.first) if linked and plain else None


def _a_safe_place(line: Line, tag: Tag) -> bool:
    return tag.term in {"safe", "safely"} and tag.last < len(line.tokens) and line.tokens[tag.last] in _SAFE_THINGS


def cure_noun(line: Line, tag: Tag) -> Predicate | None:
    """'is a cure for migraine'."""
    if not any(
        token in LINKS or token in {"offers", "offer", "as"} for token in line.tokens[max(tag.first - 5, 0) : tag.first]
    ):
        return None
    target = find_object(line, tag.last, min(tag.last + 5, clause_end(line, tag)), t.CONDITION | t.OUTCOME)
    last = target.last if target else tag.last
    return Predicate("cure", tag.first, last, tag.first, target.term if target else "")
