"""Set ways to praise a therapy: 'works wonders', 'say goodbye to pain', 'no side effects'."""

from __future__ import annotations

from acu_lint_rules.analysis.claims.predicate import BE, LINKS, NOT_OBJECTS, OBJECT_REACH, Predicate
from acu_lint_rules.analysis.text import marks as m
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.lexicon import terms
from acu_lint_rules.analysis.text.sentence import SentenceView
from acu_lint_rules.analysis.text.tags import Tag

_PEOPLE = frozenset(terms("efficacy", "kept_so"))
_FELT = frozenset(terms("efficacy", "felt"))
_UNWANTED = frozenset(terms("efficacy", "unwanted"))
_ADJECTIVES = frozenset(terms("safety", "linked"))
_BESIDE_SAFE = frozenset(
    "and gentle natural effective evidence-based evidence-informed comfortable reliable affordable at-home".split()
)
_NOTHING = frozenset({"no", "little", "few"})  # "confers no benefit"
_FINDINGS = frozenset({"lump", "lumps", "swelling", "sore", "sores", "ulcer", "bump", "growth", "red"})
_SAFE_THINGS = frozenset(terms("safety", "safe_things"))
_AFTER_ADJECTIVE = frozenset(terms("grammar", "after_adjective"))
_PURPOSE_FOR = frozenset(terms("grammar", "purpose_for"))
_THEORY_REACH = 14  # words between a cause that a theory names and what it is said to do
_SLOGAN = 4  # words before the noun of a slogan
_SHORT_ITEM = 6  # words of an item that only names a benefit
_INCLUDING = frozenset({"include", "includes", "range"})
_PLAIN = 6  # words of a sentence that says no more than "it works"
_ASKED = frozenset({"how", "why", "what", "that", "if", "whether", "when", "where", "who"})
_WELL = frozenset(terms("efficacy", "well"))
_WILL = frozenset({"will", "you'll", "shall"})


def works(view: SentenceView, tag: Tag) -> Predicate | None:
    """'works well', 'works wonders for stress'; not 'how it works'."""
    index = tag.last
    while index < len(view.tokens) and view.tokens[index] in {"very", "really", "so", "extremely", "incredibly"}:
        index += 1
    if index >= len(view.tokens) and view.tokens[tag.first] == "works" and _plainly(view, tag):
        return Predicate("efficacy", tag.first, tag.last, tag.first)
    if index >= len(view.tokens) or view.tokens[index] not in {"well", "wonders", "great", "best", "better", "for"}:
        return None
    if view.tokens[index + 1 : index + 2] in (("when",), ("if",), ("with",), ("as",), ("in",)):
        return None  # says how to use it, not what it does
    target = view.find_tag(index, min(index + 5, view.clause_end(tag)), t.CONDITION | t.OUTCOME)
    if target is None and view.tokens[index] == "for":
        return None
    return Predicate("efficacy", tag.first, target.last if target else index + 1, tag.first)


def _plainly(view: SentenceView, tag: Tag) -> bool:
    """'Acupuncture works.', not 'how acupuncture works'."""
    return len(view.tokens) <= _PLAIN and _ASKED.isdisjoint(view.tokens[: tag.first])


def comparative(view: SentenceView, tag: Tag) -> Predicate | None:
    """'gives you better sleep', 'this allows more mobility'."""
    if not view.near(tag.last, tag.last + 2, t.OBJECT):
        return None
    clause = view.clauses[view.clause_number(tag.first)]
    target = view.find_tag(tag.last, min(tag.last + 3, clause.last))
    if target is None or target.first - tag.last > 1:
        return None
    if tag.first == 0 and view.kind == "item":
        return Predicate("efficacy", 0, target.last, 0, target.term, use="listed")
    verb = view.verb_left(tag, t.GIVE | t.ALLOW, 5)
    if verb is None or not achieved(view, verb):
        return None
    return Predicate("efficacy", verb.first, target.last, verb.first, target.term, use="finite")


def state(view: SentenceView, tag: Tag) -> Predicate | None:
    """'keeps you healthy', 'leaves you calm'."""
    verb = view.verb_left(tag, t.MAKE, 5)
    if verb is None and tag.term in _FELT:
        return Predicate("efficacy", tag.first, tag.last, tag.first, tag.term, experience=True)
    if verb is None:
        return None
    if _told(view, verb) or _PEOPLE.isdisjoint(view.tokens[verb.last : tag.first]):
        return None
    return Predicate("efficacy", verb.first, tag.last, verb.first, tag.term)


def _told(view: SentenceView, verb: Tag) -> bool:
    """'keep your back straight' tells the reader what to do."""
    before = view.tokens[verb.first - 1] if verb.first else ""
    follows = before in {"can", "will"} or view.flags(verb.first - 1) & (t.THERAPY | t.ANAPHOR)
    return bool(verb.flags & t.BASE) and not follows


def impact(view: SentenceView, tag: Tag) -> Predicate | None:
    """'has a positive effect on sleep'."""
    if tag.last >= len(view.tokens) or view.tokens[tag.last] not in {"on", "upon"}:
        return None
    end = view.clause_end(tag)
    verb = view.verb_left(tag, t.GIVE, 5)
    target = view.find_tag(tag.last, min(tag.last + 5, end))
    if verb is None or target is None or not _UNWANTED.isdisjoint(view.tokens[verb.last : tag.first]):
        return None
    return Predicate("efficacy", verb.first, target.last, verb.first, target.term, use="finite")


def improving(view: SentenceView, tag: Tag) -> Predicate | None:
    """'pain eases with massage', 'migraines disappeared after acupuncture'."""
    if _will_end(view, tag):
        return Predicate("promise", tag.first - 1, tag.last, tag.first, reach="topic")
    if not view.near(tag.last + 1, tag.last + 10, t.THERAPY | t.ANAPHOR):
        return None
    end = view.clause_end(tag)
    complaint = view.find_tag(max(tag.first - 5, 0), tag.first, t.CONDITION | t.OUTCOME)
    felt = tag.term.endswith("better") and any(
        mark.flags & m.PERSON and tag.first - 4 <= mark.first < tag.first for mark in view.marks
    )
    if complaint is None and not felt:
        return None
    for index in range(tag.last, min(tag.last + 5, end)):
        if view.tokens[index] in {"with", "after", "through", "following", "thanks"}:
            agent = view.find_word(index + 1, min(index + 5, end), t.THERAPY | t.ANAPHOR)
            if agent >= 0:
                named = complaint.term if complaint else ""
                return Predicate("efficacy", tag.first, agent + 1, tag.first, named, agent=agent)
    return None


def _will_end(view: SentenceView, tag: Tag) -> bool:
    """'Your headaches will disappear'."""
    complaint = view.tag_of_word[tag.first - 2] if tag.first > 2 else None
    if view.tokens[tag.first - 1] != "will" or complaint is None or not complaint.flags & (t.CONDITION | t.OUTCOME):
        return False
    return "your" in view.tokens[max(complaint.first - 2, 0) : complaint.first]


def kept(view: SentenceView, tag: Tag) -> Predicate | None:
    """'keeps stress at bay'."""
    verb = view.verb_left(tag, t.MAKE, 5)
    if verb is None or _told(view, verb) or view.find_tag(verb.last, tag.first) is None:
        return None
    return Predicate("efficacy", verb.first, tag.last, verb.first, tag.term)


def responding(view: SentenceView, tag: Tag) -> Predicate | None:
    """'migraine responds well to acupuncture'."""
    after = view.tokens[tag.last : tag.last + 4]
    if _WELL.isdisjoint(after) or "to" not in after:
        return None
    start = tag.last + after.index("to") + 1
    agent = view.find_word(start, min(start + 4, view.clause_end(tag)), t.THERAPY | t.ANAPHOR)
    return Predicate("efficacy", tag.first, agent + 1, tag.first, agent=agent) if agent >= 0 else None


def nature(view: SentenceView, tag: Tag) -> Predicate | None:
    """'is a natural painkiller'."""
    linked = not LINKS.isdisjoint(view.tokens[max(tag.first - 4, 0) : tag.first])
    return Predicate("efficacy", tag.first, tag.last, tag.first, tag.term) if linked else None


def remedy(view: SentenceView, tag: Tag) -> Predicate | None:
    """'is a remedy for insomnia', 'the answer to back pain'."""
    end = view.clause_end(tag)
    if tag.last >= end or view.tokens[tag.last] not in {"for", "to", "against"}:
        return None
    target = view.find_tag(tag.last, min(tag.last + 5, end), t.CONDITION | t.OUTCOME)
    linked = not LINKS.isdisjoint(view.tokens[max(tag.first - 5, 0) : tag.first])
    if target is None or not linked:
        return None
    return Predicate("efficacy", tag.first, target.last, tag.first, target.term)


def cure_phrase(view: SentenceView, tag: Tag) -> Predicate | None:
    """'say goodbye to pain', 'heal itself'."""
    last = tag.last
    if tag.term.endswith((" to", " of")):
        target = view.find_tag(tag.last, min(tag.last + 5, view.clause_end(tag)), t.CONDITION | t.OUTCOME)
        if target is None:
            return None
        last = target.last
    return Predicate("cure", tag.first, last, tag.first, weak=bool(tag.flags & t.SELF_HEALING), reach="topic")


def feel_result(view: SentenceView, tag: Tag) -> Predicate | None:
    """'you will feel better'."""
    if tag.term.endswith("predictable") or tag.term.startswith("predictable"):
        health = view.near(0, len(view.tokens), t.OBJECT | t.NOUN | t.THERAPY)
        return Predicate("promise", tag.first, tag.last, tag.first, reach="topic") if health else None
    promised = not _WILL.isdisjoint(view.tokens[max(tag.first - 3, 0) : tag.first])
    return Predicate("promise", tag.first, tag.last, tag.first, reach="topic") if promised else None


def guarantee(view: SentenceView, tag: Tag) -> Predicate | None:
    """'relief guaranteed', 'or your money back'."""
    if tag.first and view.tokens[tag.first - 1] in {"be", "make", "is", "are", "was"} and tag.term == "sure to":
        return None
    clause = view.clauses[view.clause_number(tag.first)]
    target = view.find_tag(clause.first, clause.last, t.CONDITION | t.OUTCOME | t.NOUN)
    results = (
        "results" in view.tokens[clause.first : clause.last] or "result" in view.tokens[clause.first : clause.last]
    )
    if tag.term.startswith("money"):  # of a product that pleases or not: no result is guaranteed
        target = view.find_tag(0, len(view.tokens), t.CONDITION | t.OUTCOME | t.NOUN)
    if target is None and not results and not tag.term.startswith(("results", "promise")):
        return None
    return Predicate("guarantee", tag.first, tag.last, tag.first, reach="topic")


def safe(view: SentenceView, tag: Tag) -> Predicate | None:
    """'is safe', 'a safe option', 'no side effects'; with 'natural' in the sentence, natural as the reason."""
    natural = next((other for other in view.tags if other.flags & t.NATURAL), None)
    if natural is not None and tag.flags & (t.SAFE | t.SAFE_ABSOLUTE) and not _a_safe_place(view, tag):
        first, last = min(natural.first, tag.first), max(natural.last, tag.last)
        use = "absolute" if tag.flags & t.SAFE_ABSOLUTE else ""
        return Predicate("natural", first, last, tag.first, use=use, reach="sentence")
    if tag.flags & t.SAFE_ABSOLUTE:
        if tag.term in _ADJECTIVES and BE.isdisjoint(view.tokens[max(tag.first - 4, 0) : tag.first]):
            return None
        return Predicate("safety", tag.first, tag.last, tag.first, use="absolute", reach="sentence")
    if tag.term != "safe":
        return None
    noun = _praised(view, tag)
    if noun is not None:
        return Predicate("safety", tag.first, noun.last, tag.first)
    linked = any(token in BE for token in view.tokens[max(tag.first - 3, 0) : tag.first])
    after = view.tokens[tag.last] if tag.last < len(view.tokens) else ""
    plain = after in {"", "and", "for", "with", "during", "because", "but", "to"} or view.gaps[tag.last] != " "
    return Predicate("safety", tag.first, tag.last, tag.first) if linked and plain else None


def _praised(view: SentenceView, tag: Tag) -> Tag | None:
    """The 'options' of 'safe, effective options', the 'homeopathy' of 'safe, gentle homeopathy'."""
    for index in range(tag.last, min(tag.last + 5, view.clause_end(tag))):
        found = view.tag_of_word[index]
        if found is not None and found.flags & (t.APPROACH | t.THERAPY):
            return found
        if (
            not (found and found.flags & (t.ADJECTIVE | t.NATURAL | t.STRONG))
            and view.tokens[index] not in _BESIDE_SAFE
        ):
            return None
    return None


def comfort(view: SentenceView, tag: Tag) -> Predicate | None:
    """'painless', 'suitable for all ages'; not 'a painless lump', nor 'everyone' alone."""
    end = view.clause_end(tag)
    if (tag.term == "painless" and view.near(tag.last, tag.last + 2, t.CONDITION)) or (
        tag.last < len(view.tokens) and view.tokens[tag.last] in _FINDINGS
    ):
        return None
    if tag.term in {"for everyone", "for every body"}:
        praised = any(view.flags(i) & (t.SAFE | t.NATURAL) for i in range(max(tag.first - 4, 0), tag.first))
        return Predicate("safety", tag.first - 1, tag.last, tag.first, reach="topic") if praised else None
    return Predicate("safety", tag.first, min(tag.last, end), tag.first, reach="topic")


def _a_safe_place(view: SentenceView, tag: Tag) -> bool:
    return tag.term in {"safe", "safely"} and tag.last < len(view.tokens) and view.tokens[tag.last] in _SAFE_THINGS


def cure_noun(view: SentenceView, tag: Tag) -> Predicate | None:
    """'is a cure for migraine'."""
    if not any(
        token in LINKS or token in {"offers", "offer", "as"} for token in view.tokens[max(tag.first - 5, 0) : tag.first]
    ):
        return None
    target = view.find_tag(tag.last, min(tag.last + 5, view.clause_end(tag)), t.CONDITION | t.OUTCOME)
    last = target.last if target else tag.last
    return Predicate("cure", tag.first, last, tag.first, target.term if target else "")


def adjective(view: SentenceView, tag: Tag) -> Predicate | None:
    """'is effective for migraine', 'as a natural, effective alternative'."""
    if not tag.flags & t.STRONG and not view.near(
        tag.last, tag.last + OBJECT_REACH + 8, t.OBJECT | t.NOUN | t.UNIVERSAL
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
    end = view.clause_end(tag)
    target = view.find_tag(noun.last, min(noun.last + OBJECT_REACH + 4, end), t.OBJECT | t.NOUN)
    if target is not None and any("," in view.gaps[index] for index in range(noun.last, target.first + 1)):
        target = None
    for_all = target is None and view.near(noun.last, min(noun.last + 4, end), t.UNIVERSAL)
    if target is None and not strong and not for_all:
        return None
    agent = _named_as(view, tag)
    kind = "cure" if tag.term == "curative" else "efficacy"
    return Predicate(
        kind, tag.first, target.last if target else noun.last, tag.first, target.term if target else "",
        agent=agent, reach="topic" if strong and agent < 0 and _pointed_at(view, tag) else "subject",
    )  # fmt: skip


def _is_effective(view: SentenceView, tag: Tag) -> Predicate | None:
    """'is effective for insomnia', 'is crucial for blood flow'."""
    after = view.tokens[tag.last] if tag.last < len(view.tokens) else ""
    if after and view.gaps[tag.last] == " " and after not in _AFTER_ADJECTIVE:
        return None  # "beneficial gut microbes"
    stop = min(tag.last + OBJECT_REACH, view.clause_end(tag))
    target = view.find_tag(tag.last, stop) if after in _PURPOSE_FOR else None
    if target is not None and "with" in view.tokens[tag.last : target.first]:
        return None  # "crucial for people with asthma to rest"
    if target is None:
        return Predicate("efficacy", tag.first, tag.last, tag.first) if tag.flags & t.STRONG else None
    if target.last < len(view.tokens) and view.tokens[target.last] in NOT_OBJECTS and view.gaps[target.last] == " ":
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


def noun(view: SentenceView, tag: Tag) -> Predicate | None:
    """'offers relief', 'patients experience relief', 'the effectiveness of cupping is supported'."""
    slogan = _slogan(view, tag)
    if slogan is not None:
        return slogan
    listed = view.kind == "item" and len(view.tokens) <= _SHORT_ITEM
    if not listed and not view.near(tag.first - 8, tag.first, t.GIVE | t.FEEL):
        return None
    clause = view.clauses[view.clause_number(tag.first)]
    for index in range(tag.first - 1, max(tag.first - 8, clause.first) - 1, -1):
        flags = view.flags(index)
        if flags & (t.GIVE | t.FEEL):
            verb = view.tag_of_word[index]
            if verb is None or not achieved(view, verb) or not _NOTHING.isdisjoint(view.tokens[verb.last : tag.first]):
                continue
            target = view.find_tag(tag.last, min(tag.last + 5, clause.last))
            return Predicate(
                "efficacy", verb.first, target.last if target else tag.last, verb.first, tag.term,
                experience=bool(flags & t.FEEL) and not flags & t.GIVE,
            )  # fmt: skip
    return Predicate("efficacy", tag.first, tag.last, tag.first, tag.term, use="listed") if listed else None


def _slogan(view: SentenceView, tag: Tag) -> Predicate | None:
    """'Drug-free relief for back pain', with no verb."""
    if tag.first > _SLOGAN or tag.last >= len(view.tokens) or view.tokens[tag.last] not in {"for", "from"}:
        return None
    target = view.find_tag(tag.last, min(tag.last + 4, view.clause_end(tag)), t.CONDITION | t.OUTCOME)
    if target is None or any(view.flags(i) & (t.GIVE | t.VERB | t.FEEL) for i in range(tag.first)):
        return None
    if any(token in BE or token in _ASKED for token in view.tokens[: tag.first]):
        return None
    return Predicate("efficacy", 0, target.last, tag.first, target.term, use="slogan")


def worth(view: SentenceView, tag: Tag) -> Predicate | None:
    """'studies support the effectiveness of cupping'."""
    if tag.last >= len(view.tokens) or view.tokens[tag.last] not in {"of", "for"}:
        return None
    end = view.clause_end(tag)
    agent = view.find_word(tag.last, min(tag.last + 5, end))
    including = not _INCLUDING.isdisjoint(view.tokens[tag.last : tag.last + 5])
    vouched = including and view.find_tag(tag.last + 2, end) is not None
    vouched = vouched or any(view.flags(i) & t.VOUCHING for i in range(max(tag.first - 5, 0), tag.first))
    vouched = vouched or any(view.flags(i) & t.VOUCHING and view.flags(i) & t.PAST for i in range(tag.last, end))
    if agent < 0 or not vouched:
        return None
    therapy = view.tag_of_word[agent]
    return Predicate("efficacy", tag.first, therapy.last if therapy else agent + 1, tag.first, agent=agent)


def approach_after(view: SentenceView, tag: Tag) -> Tag | None:
    """The 'treatment' or 'option' that an adjective describes."""
    for index in range(tag.last, min(tag.last + 4, len(view.tokens))):
        found = view.tag_of_word[index]
        if found and found.flags & t.APPROACH:
            return found
        if view.tokens[index] in {"for", "in", "at", "of", "to", "and", "is"}:
            return None
    return None


def achieved(view: SentenceView, verb: Tag) -> bool:
    """Not 'help you find relief', 'find out about benefits'."""
    after = view.tokens[verb.last] if verb.last < len(view.tokens) else ""
    before = view.tokens[verb.first - 1] if verb.first else ""
    return after not in {"out", "about"} and (not verb.flags & t.FEEL or before not in {"you", "to"})


def theory(view: SentenceView, tag: Tag) -> Predicate | None:
    """'misalignments irritate nerves', 'fatigue is a sign of stagnation': illness explained by a theory of healing."""
    harmed = t.CONDITION | t.OUTCOME | t.BODY
    verb = view.find_tag(tag.last, min(tag.last + _THEORY_REACH, len(view.tokens)), t.CAUSING)
    if verb is not None:
        target = view.find_tag(verb.last, min(verb.last + OBJECT_REACH, view.clause_end(verb)), harmed)
        if target is not None:
            return Predicate(
                "mechanism", verb.first, target.last, verb.first, target.term, use="finite", theory=True, reach="topic",
            )  # fmt: skip
    by = next(
        (view.tag_of_word[i] for i in range(max(tag.first - 5, 0), tag.first) if view.flags(i) & t.CAUSED_BY), None
    )
    if by is None or not view.near(by.first - _THEORY_REACH, by.first, harmed):
        return None
    return Predicate("mechanism", by.first, tag.last, by.first, tag.term, theory=True, reach="topic")
