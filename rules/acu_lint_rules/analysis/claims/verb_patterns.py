"""The ways in which a sentence says that something acts on health."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from acu_lint_rules.analysis.claims import phrase_patterns
from acu_lint_rules.analysis.claims.predicate import (
    LINKS,
    Predicate,
    achieved,
    approach_after,
    clause_end,
    find_object,
    find_therapy,
    near,
)
from acu_lint_rules.analysis.claims.verb_use import helped, usage, word_before
from acu_lint_rules.analysis.text import marks as m
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.lexicon import terms
from acu_lint_rules.analysis.text.sentence import SentenceView
from acu_lint_rules.analysis.text.tags import Tag, TagFlag

_VITAL = frozenset(terms("physiology", "vital"))
_SHORT_ITEM = 6  # words of an item that only names a benefit
OBJECT_REACH = 8  # words between a verb and what it acts on
_INVOLVING = frozenset(terms("efficacy", "involving"))
_AUXILIARY = frozenset(terms("grammar", "auxiliary"))
_AFTER_ADJECTIVE = frozenset(terms("grammar", "after_adjective"))
_INCLUDING = frozenset({"include", "includes", "range"})
_NOT_OBJECTS = frozenset(terms("grammar", "not_objects"))
_PURPOSE_FOR = frozenset(terms("grammar", "purpose_for"))


def predicates(view: SentenceView) -> Iterator[Predicate]:
    """Every candidate of a sentence, left to right; whether it is asserted of a therapy is decided elsewhere."""
    for tag in view.tags:
        for flag, reader in _READERS:
            if tag.flags & flag:
                found = reader(view, tag)
                if found is not None:
                    yield found
                    break


def _verb(view: SentenceView, tag: Tag) -> Predicate | None:
    if view.tokens[tag.first].startswith("benefit") and "from" in view.tokens[tag.last : tag.last + 4]:
        return _benefits_from(view, tag)
    if tag.flags & t.CURE and (ended := _for_good(view, tag)) > 0 and (use := usage(view, tag)) not in {"", "passive"}:
        return Predicate("cure", tag.first, ended, tag.first, _text(view, tag.last, ended), use=use)
    if tag.term.endswith("to the root of") and (use := usage(view, tag)):
        last = min(tag.last + 2, clause_end(view, tag))
        return Predicate("mechanism", tag.first, last, tag.first, use=use, weak=use == "purpose")
    passive = tag.flags & t.PAST and near(view, tag.last, tag.last + 10, t.THERAPY)
    if not passive and not near(view, tag.last, tag.last + OBJECT_REACH, t.OBJECT):
        return None
    use = usage(view, tag)
    if use == "passive":
        return _passive(view, tag)
    return _active(view, tag, use) if use else None


def _for_good(view: SentenceView, tag: Tag) -> int:
    """Where 'gets rid of numb toes for good' ends, or -1: what ends for good needs no name that we know."""
    for index in range(tag.last + 1, min(tag.last + OBJECT_REACH, clause_end(view, tag))):
        found = view.tag[index]
        if (
            found is not None
            and found.flags & t.UNIVERSAL
            and found.term in {"for good", "once and for all", "forever"}
        ):
            return found.last
    return -1


def _active(view: SentenceView, tag: Tag, use: str) -> Predicate | None:
    """'relieves back pain', 'to relieve back pain', ', relieving back pain'."""
    reach = 6 if tag.term.startswith("help") else OBJECT_REACH
    target = find_object(view, tag.last, min(tag.last + reach, clause_end(view, tag)))
    if target is None or not _acts_on(view, tag, target):
        return None
    kind = _kind(tag, target)
    if not kind:
        return None
    if use == "finite" and tag.flags & t.OUTRIGHT and kind != "mechanism" and _we(view, tag):
        return Predicate(
            kind, tag.first, target.last, tag.first, _text(view, tag.last, target.last), use="we", reach="topic",
        )  # fmt: skip
    if use in {"purpose", "finite"}:
        agent = _way_is(view, tag, target)
        if agent >= 0:
            return Predicate(kind, tag.first, target.last, tag.first, target.term, agent=agent, use="purpose")
    return Predicate(
        kind, tag.first, target.last, tag.first, _text(view, tag.last, target.last), use=use,
        weak=use == "purpose" and not (kind == "mechanism" and _involves(view, tag)),
        theory=use == "finite" and target.term in _VITAL,
    )  # fmt: skip


def _way_is(view: SentenceView, tag: Tag, target: Tag) -> int:
    """'another way to ease stress is (through) yoga': the therapy at the end, or -1."""
    if not any(view.flags(i) & t.APPROACH for i in range(max(tag.first - 4, 0), tag.first)):
        return -1
    for index in range(target.last, min(target.last + 6, len(view.tokens) - 1)):
        if view.tokens[index] in {"is", "are"}:
            return find_therapy(view, index + 1, index + 4)
    return -1


def _involves(view: SentenceView, tag: Tag) -> bool:
    """'involves inserting needles to stimulate nerves' says what the therapy does."""
    clause = view.clauses[view.clause(tag.first)]
    return not _INVOLVING.isdisjoint(view.tokens[clause.first : tag.first])


def _we(view: SentenceView, tag: Tag) -> bool:
    """'we improve her sleep': the clinic speaks of its own work."""
    helping = helped(view, tag)
    index = helping - 1 if helping >= 0 else word_before(view, tag.first)
    while index >= 0 and (view.tokens[index] in _AUXILIARY | {"and", "or"} or view.flags(index) & t.VERB):
        index -= 1
    return index >= 0 and view.tokens[index] in {"we", "i"}


def _acts_on(view: SentenceView, tag: Tag, target: Tag) -> bool:
    """No other clause, person or therapy may stand between a verb and its object."""
    if view.tokens[tag.last] in {"during", "when", "while", "at", "throughout", "until", "is", "are", "on"}:
        return False
    if target.last < len(view.tokens) and view.tokens[target.last] in _NOT_OBJECTS and view.gaps[target.last] == " ":
        return False
    for index in range(tag.last, target.first):
        if any(c in view.gaps[index] for c in ";:."):
            return False
        flags = view.flags(index)
        if flags & t.THERAPY:
            return False
    if tag.term.startswith(("help", "assist", "support", "encourage")):
        return not any(view.flags(index) & t.VERB for index in range(tag.last, target.first))
    return True


def _kind(tag: Tag, target: Tag) -> str:
    if tag.flags & t.CURE:
        return "cure" if target.flags & (t.CONDITION | t.OUTCOME) else ""
    if target.flags & (t.BODY | t.TRADITION) and not target.flags & (t.CONDITION | t.OUTCOME):
        return "mechanism" if tag.flags & (t.MECHANISM | t.EFFECT) else ""
    return "efficacy" if tag.flags & t.EFFECT else "mechanism"


def _text(view: SentenceView, first: int, last: int) -> str:
    if first >= last:
        return ""
    text = view.block.text
    return text[view.words[first].start : view.words[last - 1].end]


def _passive(view: SentenceView, tag: Tag) -> Predicate | None:
    """'migraines are relieved by massage'."""
    end = clause_end(view, tag)
    if tag.term == "treated" and _someone(view, tag):
        return None  # "patients who were treated with acupuncture" says what was done
    for index in range(tag.last, min(tag.last + 6, end)):
        if view.tokens[index] in {"by", "with", "through", "using", "via"}:
            agent = find_therapy(view, index + 1, min(index + 4, end))
            if agent >= 0 and not any("," in view.gaps[i] for i in range(index + 1, agent + 1)):
                kind = "cure" if tag.flags & t.CURE else "efficacy"
                therapy = view.tag[agent]
                return Predicate(kind, tag.first, therapy.last if therapy else agent + 1, tag.first, agent=agent)
    return None


def _someone(view: SentenceView, tag: Tag) -> bool:
    """Whether people are the subject of a verb."""
    clause = view.clauses[view.clause(tag.first)]
    return any(mark.flags & m.PERSON and clause.first <= mark.first < tag.first for mark in view.marks)


def _benefits_from(view: SentenceView, tag: Tag) -> Predicate | None:
    """'patients benefit from acupuncture'."""
    start = view.tokens.index("from", tag.last) + 1
    agent = find_therapy(view, start, start + 8)
    if agent < 0:
        return None
    therapy = view.tag[agent]
    return Predicate("efficacy", tag.first, therapy.last if therapy else agent + 1, tag.first, agent=agent)


def _adjective(view: SentenceView, tag: Tag) -> Predicate | None:
    """'is effective for migraine', 'as a natural, effective alternative'."""
    if not tag.flags & t.STRONG and not near(
        view, tag.last, tag.last + OBJECT_REACH + 8, t.OBJECT | t.NOUN | t.UNIVERSAL
    ):
        return None
    noun = approach_after(view, tag)
    if noun is not None:
        return _effective_option(view, tag, noun)
    if not LINKS.isdisjoint(view.tokens[max(tag.first - 5, 0) : tag.first]):
        return _is_effective(view, tag)
    return None


def _effective_option(view: SentenceView, tag: Tag, noun: Tag) -> Predicate | None:
    """'an effective option for insomnia'; 'effective' and its like need no complaint."""
    strong = bool(tag.flags & t.STRONG)
    end = clause_end(view, tag)
    target = find_object(view, noun.last, min(noun.last + OBJECT_REACH + 4, end), t.OBJECT | t.NOUN)
    if target is not None and any("," in view.gaps[index] for index in range(noun.last, target.first + 1)):
        target = None
    for_all = target is None and near(view, noun.last, min(noun.last + 4, end), t.UNIVERSAL)
    if target is None and not strong and not for_all:
        return None
    agent = _named_as(view, tag)
    return Predicate(
        "efficacy", tag.first, target.last if target else noun.last, tag.first, target.term if target else "",
        agent=agent, reach="topic" if strong and agent < 0 and _pointed_at(view, tag) else "subject",
    )  # fmt: skip


def _is_effective(view: SentenceView, tag: Tag) -> Predicate | None:
    """'is effective for insomnia', 'is crucial for blood flow'."""
    after = view.tokens[tag.last] if tag.last < len(view.tokens) else ""
    if after and view.gaps[tag.last] == " " and after not in _AFTER_ADJECTIVE:
        return None  # "beneficial gut microbes"
    stop = min(tag.last + OBJECT_REACH, clause_end(view, tag))
    target = find_object(view, tag.last, stop) if after in _PURPOSE_FOR else None
    if target is None:
        return Predicate("efficacy", tag.first, tag.last, tag.first) if tag.flags & t.STRONG else None
    if target.last < len(view.tokens) and view.tokens[target.last] in _NOT_OBJECTS and view.gaps[target.last] == " ":
        return None
    bodily = not target.flags & (t.CONDITION | t.OUTCOME)
    if bodily and tag.flags & t.WEAK_ADJECTIVE:
        return None
    return Predicate("mechanism" if bodily else "efficacy", tag.first, target.last, tag.first, target.term)


def _pointed_at(view: SentenceView, tag: Tag) -> bool:
    """Whether a word such as 'this' or 'our' comes before: 'our proven method'."""
    return any(token in {"this", "these", "our", "such"} for token in view.tokens[max(tag.first - 3, 0) : tag.first])


def _named_as(view: SentenceView, tag: Tag) -> int:
    """'turn to acupuncture as an effective option': the therapy before 'as', or -1."""
    for index in range(tag.first - 1, max(tag.first - 6, 0), -1):
        if view.tokens[index] == "as":
            return index - 1 if view.flags(index - 1) & t.THERAPY else -1
    return -1


def _noun(view: SentenceView, tag: Tag) -> Predicate | None:
    """'offers relief', 'patients experience relief', 'the effectiveness of cupping is supported'."""
    listed = view.kind == "item" and len(view.tokens) <= _SHORT_ITEM
    if not listed and not near(view, tag.first - 8, tag.first, t.GIVE | t.FEEL):
        return None
    clause = view.clauses[view.clause(tag.first)]
    for index in range(tag.first - 1, max(tag.first - 8, clause.first) - 1, -1):
        flags = view.flags(index)
        if flags & (t.GIVE | t.FEEL):
            verb = view.tag[index]
            if verb is None or not achieved(view, verb):
                continue
            target = find_object(view, tag.last, min(tag.last + 5, clause.last))
            return Predicate(
                "efficacy", verb.first, target.last if target else tag.last, verb.first, tag.term,
                experience=bool(flags & t.FEEL) and not flags & t.GIVE,
            )  # fmt: skip
    return Predicate("efficacy", tag.first, tag.last, tag.first, tag.term, use="listed") if listed else None


def _worth(view: SentenceView, tag: Tag) -> Predicate | None:
    """'studies support the effectiveness of cupping'."""
    if tag.last >= len(view.tokens) or view.tokens[tag.last] not in {"of", "for"}:
        return None
    end = clause_end(view, tag)
    agent = find_therapy(view, tag.last, min(tag.last + 5, end))
    including = not _INCLUDING.isdisjoint(view.tokens[tag.last : tag.last + 5])
    vouched = including and find_object(view, tag.last + 2, end) is not None
    vouched = vouched or any(view.flags(i) & t.VOUCHING for i in range(max(tag.first - 5, 0), tag.first))
    vouched = vouched or any(view.flags(i) & t.VOUCHING and view.flags(i) & t.PAST for i in range(tag.last, end))
    if agent < 0 or not vouched:
        return None
    therapy = view.tag[agent]
    return Predicate("efficacy", tag.first, therapy.last if therapy else agent + 1, tag.first, agent=agent)


_Reader = Callable[[SentenceView, Tag], Predicate | None]
_READERS: tuple[tuple[TagFlag, _Reader], ...] = (
    (t.WORK, phrase_patterns.works),
    (t.VERB, _verb),
    (t.CURE_PHRASE | t.SELF_HEALING, phrase_patterns.cure_phrase),
    (t.GUARANTEE, phrase_patterns.guarantee),
    (t.FEEL_RESULT, phrase_patterns.feel_result),
    (t.SAFE | t.SAFE_ABSOLUTE, phrase_patterns.safe),
    (t.ADJECTIVE, _adjective),
    (t.WORTH, _worth),
    (t.NOUN, _noun),
    (t.CURE_NOUN, phrase_patterns.cure_noun),
    (t.COMPARATIVE, phrase_patterns.comparative),
    (t.STATE, phrase_patterns.state),
    (t.IMPROVING, phrase_patterns.improving),
    (t.IMPACT, phrase_patterns.impact),
    (t.KEPT, phrase_patterns.kept),
    (t.RESPONDING, phrase_patterns.responding),
    (t.NATURE, phrase_patterns.nature),
    (t.REMEDY, phrase_patterns.remedy),
)
