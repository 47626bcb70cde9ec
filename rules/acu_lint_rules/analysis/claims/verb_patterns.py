"""The ways in which a sentence says that something acts on health."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from acu_lint_rules.analysis.claims import phrase_patterns
from acu_lint_rules.analysis.claims.predicate import NOT_OBJECTS, OBJECT_REACH, Predicate
from acu_lint_rules.analysis.text import marks as m
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.lexicon import terms
from acu_lint_rules.analysis.text.sentence import SentenceView
from acu_lint_rules.analysis.text.tags import Tag, TagFlag

_VITAL = frozenset(terms("physiology", "vital"))
_HOW_FAR = frozenset({"either", "fully", "completely", "all", "now", "already", "totally", "permanently"})
_NO_PATIENTS = frozenset({"your", "those", "some", "others", "who", "doctor", "doctors"})
_NO_OBJECT = frozenset("hours during when while at throughout until is are on how what why whether who".split())
_DETERMINERS = frozenset(terms("grammar", "determiners"))
_ADJECTIVES = frozenset("correct calm clear quiet firm smooth slow".split())  # "correct posture" orders nothing
_SUFFERERS = frozenset({"people", "patients", "clients", "those", "women", "men", "children", "adults"})
_WANTED = frozenset(terms("physiology", "wanted"))
_RAISING = ("increas", "rais", "elevat", "heighten")
_PARTS = frozenset(terms("physiology", "parts"))
_BETWEEN = frozenset({"journey", "toward", "towards", "through", "goals"})  # "supports your journey toward healing"
_INVOLVING = frozenset(terms("efficacy", "involving"))
_AUXILIARY = frozenset(terms("grammar", "auxiliary"))


_PASTED = 6  # words; a line of so few without grammar is a search phrase
_BE = frozenset(terms("grammar", "be"))
_BEFORE_PAST = frozenset({"has", "have", "had", "it", "they", "this", "which", "that", "and"})
_AUXILIARY = frozenset(terms("grammar", "auxiliary"))
_PRONOUNS = frozenset({"they", "we", "i", "you", "which", "that", "who", "these"})
_NOUN_BEFORE = frozenset(terms("grammar", "noun_before"))
_NOUN_AFTER = frozenset({"of", "include", "are", "is", "from", "for", "and", "that"})
_PREPOSITIONS = frozenset(terms("grammar", "prepositions"))
_ASSERTED = frozenset(terms("grammar", "asserted"))


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
    return _set_verb(view, tag) or _acting(view, tag)


def _set_verb(view: SentenceView, tag: Tag) -> Predicate | None:
    """Verbs that need no complaint as their object: 'ends it for good', 'gets to the root of', 'were cured'."""
    if tag.flags & t.CURE and (ended := _for_good(view, tag)) > 0 and (use := usage(view, tag)) not in {"", "passive"}:
        return Predicate("cure", tag.first, ended, tag.first, _text(view, tag.last, ended), use=use)
    if tag.term.endswith("to the root of") and (use := usage(view, tag)):
        last = min(tag.last + 2, view.clause_end(tag))
        return Predicate("mechanism", tag.first, last, tag.first, use=use, weak=use == "purpose")
    return _cured(view, tag) if tag.flags & t.CURE and tag.flags & t.PAST else None


def _acting(view: SentenceView, tag: Tag) -> Predicate | None:
    passive = tag.flags & t.PAST and view.near(tag.last, tag.last + 10, t.THERAPY)
    if not passive and not view.near(tag.last, tag.last + OBJECT_REACH, t.OBJECT):
        return None
    use = usage(view, tag)
    if use == "passive":
        return _passive(view, tag)
    return _active(view, tag, use) if use else None


def _for_good(view: SentenceView, tag: Tag) -> int:
    """Where 'gets rid of numb toes for good' ends, or -1: what ends for good needs no name that we know."""
    for index in range(tag.last + 1, min(tag.last + OBJECT_REACH, view.clause_end(tag))):
        found = view.tag_of_word[index]
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
    target = view.find_tag(tag.last, min(tag.last + reach, view.clause_end(tag)))
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
            return view.find_word(index + 1, index + 4)
    return -1


def _involves(view: SentenceView, tag: Tag) -> bool:
    """'involves inserting needles to stimulate nerves' says what the therapy does."""
    clause = view.clauses[view.clause_number(tag.first)]
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
    if _no_benefit(view, tag, target) or _parted(view, tag, target):
        return False
    if target.last < len(view.tokens) and view.tokens[target.last] in NOT_OBJECTS and view.gaps[target.last] == " ":
        return False
    if tag.term.startswith(("help", "assist", "support", "encourage")):
        return not any(view.flags(index) & t.VERB for index in range(tag.last, target.first))
    return True


def _parted(view: SentenceView, tag: Tag, target: Tag) -> bool:
    """Whether what stands between a verb and a complaint keeps it from being the object."""
    between = view.tokens[tag.last : target.first]
    if view.tokens[tag.last] in _NO_OBJECT or "," in view.gaps[tag.last] or not _BETWEEN.isdisjoint(between):
        return True
    if "with" in between and not _SUFFERERS.isdisjoint(between):
        return True  # "seeing people with back pain"
    if view.tokens[tag.first] == "healing" and between[:1] in (("and",), ("or",)):
        return True
    return any(
        view.flags(index) & t.THERAPY or any(c in view.gaps[index] for c in ";:.…")
        for index in range(tag.last, target.first)
    )


def _no_benefit(view: SentenceView, tag: Tag, target: Tag) -> bool:
    """'removes the tooth' is handiwork, 'reduces your fertility' and 'increases your risk' are harm."""
    if tag.flags & t.LESSENING and target.term in _WANTED:
        return True
    if "risk" in view.tokens[tag.last : target.first] and tag.term.startswith(_RAISING):
        return True
    if tag.flags & t.HANDLING:
        return target.term in _PARTS or view.tokens[tag.last] in {"with", "through", "into", "in", "to"}
    again = tag.flags & t.PAST and tag.term.startswith(("regain", "reduc"))  # "regained the weight"
    return bool(again) and target.term in {"weight", "mobility"}


@cache
def _roots() -> frozenset[str]:
    return frozenset(terms("cure", "roots"))


def _kind(tag: Tag, target: Tag) -> str:
    if target.term in _roots() and tag.flags & t.ENDING:
        return "cure"
    if tag.flags & t.CURE and (target.flags & (t.CONDITION | t.OUTCOME) or not tag.flags & t.MECHANISM):
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
    end = view.clause_end(tag)
    if tag.term == "treated" and _someone(view, tag):
        return None  # "patients who were treated with acupuncture" says what was done
    for index in range(tag.last, min(tag.last + 6, end)):
        if view.tokens[index] in {"by", "with", "through", "using", "via"}:
            agent = view.find_word(index + 1, min(index + 4, end))
            if agent >= 0 and not any("," in view.gaps[i] for i in range(index + 1, agent + 1)):
                kind = "cure" if tag.flags & t.CURE else "efficacy"
                therapy = view.tag_of_word[agent]
                return Predicate(kind, tag.first, therapy.last if therapy else agent + 1, tag.first, agent=agent)
    return None


def _cured(view: SentenceView, tag: Tag) -> Predicate | None:
    """'76 % of patients were cured'."""
    if tag.term not in {"cured", "healed"}:
        return None
    before = view.skip_back(tag.first - 1, _HOW_FAR)
    if view.token(before) not in _BE:
        return None
    patients = any(
        mark.flags & m.PERSON and mark.term not in _NO_PATIENTS and before - 4 <= mark.first < before
        for mark in view.marks
    )
    return Predicate("cure", tag.first, tag.last, tag.first, use="passive", reach="topic") if patients else None


def _someone(view: SentenceView, tag: Tag) -> bool:
    """Whether people are the subject of a verb."""
    clause = view.clauses[view.clause_number(tag.first)]
    return any(mark.flags & m.PERSON and clause.first <= mark.first < tag.first for mark in view.marks)


def _benefits_from(view: SentenceView, tag: Tag) -> Predicate | None:
    """'patients benefit from acupuncture'."""
    start = view.tokens.index("from", tag.last) + 1
    agent = view.find_word(start, start + 8)
    if agent < 0:
        return None
    therapy = view.tag_of_word[agent]
    return Predicate("efficacy", tag.first, therapy.last if therapy else agent + 1, tag.first, agent=agent)


# --- how a word that may be a verb stands in its sentence


def word_before(view: SentenceView, index: int) -> int:
    """The nearest word to the left that is no adverb, or -1."""
    index -= 1
    while index >= 0 and (view.tokens[index].endswith("ly") or view.tokens[index] in {"also", "even", "both", "thus"}):
        index -= 1
    return index


def usage(view: SentenceView, tag: Tag) -> str:
    """The use of a verb form: finite, tail, gerund, purpose, passive, imperative or listed.

    A tail is a participle after its subject (', easing pain'), a purpose an infinitive that nothing asserts
    ('used to ease pain'), listed a participle at the start of a list item ('Improved sleep'). Empty where the
    word is no verb.
    """
    if tag.flags & t.ING:
        return _ing(view, tag)
    if tag.flags & t.PAST and not tag.flags & t.BASE:
        return _past(view, tag)
    if tag.flags & t.THIRD and not tag.flags & t.BASE:
        return _third(view, tag)
    return _base(view, tag)


def _ing(view: SentenceView, tag: Tag) -> str:
    if tag.last < len(view.tokens) and view.tokens[tag.last] == "of":
        return ""
    before = word_before(view, tag.first)
    word = view.tokens[before] if before >= 0 else ""
    if word in _BE:
        return "finite"
    if not word or word in _PREPOSITIONS:
        return "gerund"
    promoted = tag.flags & t.OBJECT and view.flags(before) & (t.VERB | t.GIVE)  # 'promotes healing'
    return "" if promoted or word in _NOUN_BEFORE else "tail"


def _past(view: SentenceView, tag: Tag) -> str:
    before = word_before(view, tag.first)
    if before < 0:
        return "listed" if view.kind == "item" else ""
    word = view.tokens[before]
    if word in _BE or (word in {"and", "or"} and not _BE.isdisjoint(view.tokens[max(before - 3, 0) : before])):
        return "passive"
    return "finite" if word in _BEFORE_PAST or view.flags(before) & (t.THERAPY | t.ANAPHOR) else ""


def _third(view: SentenceView, tag: Tag) -> str:
    before = word_before(view, tag.first)
    if not tag.flags & t.AMBIGUOUS:
        return "finite"
    if before < 0:
        return "" if view.token(tag.last) in {"include", "are", "of"} else "finite"
    word = view.tokens[before]
    if word == "hiv":
        return ""  # "HIV/Aids"
    if word in _NOUN_BEFORE or word in _PREPOSITIONS:
        return "finite" if word in {"this", "that"} else ""
    after = view.tokens[tag.last] if tag.last < len(view.tokens) else ""
    return "" if after in _NOUN_AFTER else "finite"


def _base(view: SentenceView, tag: Tag) -> str:
    before = word_before(view, tag.first)
    if before < 0 or view.clauses[view.clause_number(tag.first)].first == tag.first:
        return "" if tag.term in _ADJECTIVES and view.token(tag.last) not in _DETERMINERS else "imperative"
    word = view.tokens[before]
    if tag.term in _ADJECTIVES and word in _DETERMINERS:
        return ""  # "these slow touches"
    to = before if word == "to" else before - 1 if word == "help" and view.tokens[before - 1] == "to" else -1
    if to >= 0:
        return "finite" if _asserted(view, to) else "purpose"
    if word in _AUXILIARY or word in _PRONOUNS or word.endswith("n't"):
        return "finite"
    if word in _NOUN_BEFORE or _pasted(view, before):
        return ""
    return "finite" if _agrees(view, tag, before) else ""


def _agrees(view: SentenceView, tag: Tag, before: int) -> bool:
    """Whether a bare verb follows its subject, another verb or 'helps patients'."""
    if view.flags(before) & (t.THERAPY | t.ANAPHOR):
        return True
    word = view.tokens[before]
    several = (
        word.endswith("s") and not word.endswith(("ss", "us", "is")) and not view.flags(before) & (t.VERB | t.GIVE)
    )
    if several and not tag.flags & t.AMBIGUOUS and view.gaps[tag.first] == " ":
        return True  # "our therapists relieve ...", "these touches calm ..."
    coordinated = view.tokens[before] in {"and", "or", "but"} or "," in view.gaps[tag.first]
    return (coordinated and not tag.flags & t.AMBIGUOUS) or helped(view, tag) >= 0


def _pasted(view: SentenceView, before: int) -> bool:
    """'acupuncture help back pain': a search phrase, no sentence."""
    plural = view.tokens[before].endswith("s") or "and" in view.tokens[:before]
    return bool(view.flags(before) & t.THERAPY) and not plural and len(view.tokens) <= _PASTED


def helped(view: SentenceView, tag: Tag) -> int:
    """Where the 'helps' of 'helps patients manage pain' stands, or -1."""
    for index in range(tag.first - 1, max(tag.first - 6, -1), -1):
        word = view.tokens[index]
        if word.startswith("help") or word in {"lets", "allows", "makes"}:
            return index
    return -1


def _asserted(view: SentenceView, to: int) -> bool:
    """Whether 'to relieve' is asserted ('works to relieve'), not a purpose ('used to relieve')."""
    while to > 0:
        word = view.tokens[to - 1]
        helping = next((i for i in range(max(to - 5, 0), to) if view.tokens[i].startswith("help")), -1)
        if helping < 0:
            return word in _ASSERTED or word in {"is", "are"}
        if view.tokens[helping - 1] != "to":
            return True
        to = helping - 1
    return False


_Reader = Callable[[SentenceView, Tag], Predicate | None]
_READERS: tuple[tuple[TagFlag, _Reader], ...] = (
    (t.WORK, phrase_patterns.works),
    (t.VERB, _verb),
    (t.CURE_PHRASE | t.SELF_HEALING, phrase_patterns.cure_phrase),
    (t.GUARANTEE, phrase_patterns.guarantee),
    (t.FEEL_RESULT, phrase_patterns.feel_result),
    (t.SAFE | t.SAFE_ABSOLUTE, phrase_patterns.safe),
    (t.COMFORT, phrase_patterns.comfort),
    (t.ADJECTIVE, phrase_patterns.adjective),
    (t.WORTH, phrase_patterns.worth),
    (t.NOUN, phrase_patterns.noun),
    (t.CURE_NOUN, phrase_patterns.cure_noun),
    (t.COMPARATIVE, phrase_patterns.comparative),
    (t.STATE, phrase_patterns.state),
    (t.IMPROVING, phrase_patterns.improving),
    (t.IMPACT, phrase_patterns.impact),
    (t.KEPT, phrase_patterns.kept),
    (t.RESPONDING, phrase_patterns.responding),
    (t.NATURE, phrase_patterns.nature),
    (t.REMEDY, phrase_patterns.remedy),
    (t.THEORY, phrase_patterns.theory),
)
