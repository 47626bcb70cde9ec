"""The ways in which a sentence says that something acts on health."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from acu_lint_rules.analysis import tags as t
from acu_lint_rules.analysis.clauses import Line
from acu_lint_rules.analysis.lexicon import terms
from acu_lint_rules.analysis.tags import Tag
from acu_lint_rules.analysis.verbs import helped, usage, word_before

_VITAL = frozenset(terms("physiology", "vital"))
_SHORT_ITEM = 6  # words of an item that only names a benefit
OBJECT_REACH = 8  # words between a verb and what it acts on
_INVOLVING = frozenset({"involves", "involve", "uses", "use", "using", "inserting", "applies", "applying"})
_BE = frozenset(terms("grammar", "be"))
_LINKS = _BE | frozenset(terms("grammar", "links"))
_AUXILIARY = frozenset(terms("grammar", "auxiliary"))
_PEOPLE = frozenset("you your us our people patients them it the me him her joints muscles skin body".split())
_FELT = frozenset({"feel better", "sleep better", "feel great"})
_UNWANTED = frozenset("no little negative adverse side harmful bad limited any".split())
_INCLUDING = frozenset({"include", "includes", "range"})
_NOT_OBJECTS = frozenset(terms("grammar", "not_objects"))
_WILL = frozenset({"will", "you'll", "shall"})
_PURPOSE_FOR = frozenset(terms("grammar", "purpose_for"))


class Predicate(NamedTuple):
    """Words ``first`` to ``last`` of a sentence (exclusive) that say what a therapy does.

    ``kind`` is efficacy, mechanism, cure, safety, natural, guarantee or promise. ``verb`` is the word that says
    what happens and ``use`` how it stands there (see ``usage``; "absolute" for a denial of side effects). The
    subject stands to the verb's left unless ``agent`` names the word where the therapy follows ('relieved by
    massage'). ``reach`` says where the therapy must be: the subject of the verb, the sentence or the topic.
    ``weak`` marks purpose wording, ``experience`` what people feel, ``theory`` statements about qi and the
    like, which need no therapy.
    """

    kind: str
    first: int
    last: int
    verb: int
    object: str = ""
    agent: int = -1
    weak: bool = False
    experience: bool = False
    use: str = ""
    theory: bool = False
    reach: str = "subject"


def predicates(line: Line) -> Iterator[Predicate]:
    """Every candidate of a sentence, left to right; whether it is asserted of a therapy is decided elsewhere."""
    for tag in line.tags:
        for flag, reader in _READERS:
            if tag.flags & flag:
                found = reader(line, tag)
                if found is not None:
                    yield found
                    break


def _end(line: Line, tag: Tag) -> int:
    return line.clauses[line.clause(tag.first)].last


def find_object(line: Line, start: int, stop: int, wanted: int = t.OBJECT) -> Tag | None:
    """The first word from ``start`` on that a therapy can act on."""
    for index in range(start, min(stop, len(line.tokens))):
        tag = line.tag[index]
        if tag is not None and tag.flags & wanted and tag.first >= start:
            after = line.tag[tag.last] if tag.last < stop and tag.last < len(line.tokens) else None
            joined = after is not None and after.flags & wanted and line.gaps[tag.last] == " "
            return tag._replace(last=after.last) if after is not None and joined else tag
    return None


def find_therapy(line: Line, start: int, stop: int, wanted: int = t.THERAPY) -> int:
    """The first therapy from ``start`` on, or -1."""
    for index in range(start, min(stop, len(line.tokens))):
        if line.flags(index) & wanted:
            return index
    return -1


def _verb(line: Line, tag: Tag) -> Predicate | None:
    if line.tokens[tag.first].startswith("benefit") and "from" in line.tokens[tag.last : tag.last + 4]:
        return _benefits_from(line, tag)
    use = usage(line, tag)
    if use == "passive":
        return _passive(line, tag)
    return _active(line, tag, use) if use else None


def _active(line: Line, tag: Tag, use: str) -> Predicate | None:
    """'relieves back pain', 'to relieve back pain', ', relieving back pain'."""
    reach = 6 if tag.term.startswith("help") else OBJECT_REACH
    target = find_object(line, tag.last, min(tag.last + reach, _end(line, tag)))
    if target is None or not _acts_on(line, tag, target):
        return None
    kind = _kind(tag, target)
    if not kind:
        return None
    if use == "finite" and tag.flags & t.OUTRIGHT and kind != "mechanism" and _we(line, tag):
        return Predicate(
            kind, tag.first, target.last, tag.first, _text(line, tag.last, target.last), use="we", reach="topic",
        )  # fmt: skip
    if use in {"purpose", "finite"}:
        agent = _way_is(line, tag, target)
        if agent >= 0:
            return Predicate(kind, tag.first, target.last, tag.first, target.term, agent=agent, use="purpose")
    return Predicate(
        kind, tag.first, target.last, tag.first, _text(line, tag.last, target.last), use=use,
        weak=use == "purpose" and not (kind == "mechanism" and _involves(line, tag)),
        theory=use == "finite" and target.term in _VITAL,
    )  # fmt: skip


def _way_is(line: Line, tag: Tag, target: Tag) -> int:
    """'another way to ease stress is (through) yoga': the therapy at the end, or -1."""
    if not any(line.flags(i) & t.APPROACH for i in range(max(tag.first - 4, 0), tag.first)):
        return -1
    for index in range(target.last, min(target.last + 6, len(line.tokens) - 1)):
        if line.tokens[index] in {"is", "are"}:
            return find_therapy(line, index + 1, index + 4)
    return -1


def _involves(line: Line, tag: Tag) -> bool:
    """'involves inserting needles to stimulate nerves' says what the therapy does."""
    clause = line.clauses[line.clause(tag.first)]
    return not _INVOLVING.isdisjoint(line.tokens[clause.first : tag.first])


def _we(line: Line, tag: Tag) -> bool:
    """'we improve her sleep': the clinic speaks of its own work."""
    helping = helped(line, tag)
    index = helping - 1 if helping >= 0 else word_before(line, tag.first)
    while index >= 0 and (line.tokens[index] in _AUXILIARY | {"and", "or"} or line.flags(index) & t.VERB):
        index -= 1
    return index >= 0 and line.tokens[index] in {"we", "i"}


def _acts_on(line: Line, tag: Tag, target: Tag) -> bool:
    """No other clause, person or therapy may stand between a verb and its object."""
    if line.tokens[tag.last] in {"during", "when", "while", "at", "throughout", "until", "is", "are", "on"}:
        return False
    if target.last < len(line.tokens) and line.tokens[target.last] in _NOT_OBJECTS and line.gaps[target.last] == " ":
        return False
    for index in range(tag.last, target.first):
        if any(c in line.gaps[index] for c in ";:."):
            return False
        flags = line.flags(index)
        if flags & t.THERAPY:
            return False
    if tag.term.startswith(("help", "assist", "support", "encourage")):
        return not any(line.flags(index) & t.VERB for index in range(tag.last, target.first))
    return True


def _kind(tag: Tag, target: Tag) -> str:
    if tag.flags & t.CURE:
        return "cure" if target.flags & (t.CONDITION | t.OUTCOME) else ""
    if target.flags & (t.BODY | t.TRADITION) and not target.flags & (t.CONDITION | t.OUTCOME):
        return "mechanism" if tag.flags & (t.MECHANISM | t.EFFECT) else ""
    return "efficacy" if tag.flags & t.EFFECT else "mechanism"


def _text(line: Line, first: int, last: int) -> str:
    if first >= last:
        return ""
    text = line.sentence.block.text
    return text[line.words[first].start : line.words[last - 1].end]


def _passive(line: Line, tag: Tag) -> Predicate | None:
    """'migraines are relieved by massage'."""
    end = _end(line, tag)
    for index in range(tag.last, min(tag.last + 6, end)):
        if line.tokens[index] in {"by", "with", "through", "using", "via"}:
            agent = find_therapy(line, index + 1, min(index + 4, end))
            if agent >= 0 and not any("," in line.gaps[i] for i in range(index + 1, agent + 1)):
                kind = "cure" if tag.flags & t.CURE else "efficacy"
                therapy = line.tag[agent]
                return Predicate(kind, tag.first, therapy.last if therapy else agent + 1, tag.first, agent=agent)
    return None


def _benefits_from(line: Line, tag: Tag) -> Predicate | None:
    """'patients benefit from acupuncture'."""
    start = line.tokens.index("from", tag.last) + 1
    agent = find_therapy(line, start, start + 8)
    if agent < 0:
        return None
    therapy = line.tag[agent]
    return Predicate("efficacy", tag.first, therapy.last if therapy else agent + 1, tag.first, agent=agent)


def _adjective(line: Line, tag: Tag) -> Predicate | None:
    """'is effective for migraine', 'as a natural, effective alternative'."""
    end = _end(line, tag)
    strong = bool(tag.flags & t.STRONG)
    noun = _approach_after(line, tag)
    if noun is not None:
        target = find_object(line, noun.last, min(noun.last + OBJECT_REACH + 4, end), t.OBJECT | t.NOUN)
        if target is None and not strong:
            return None
        last = target.last if target else noun.last
        agent = _named_as(line, tag)
        reach = "topic" if strong and agent < 0 and _pointed_at(line, tag) else "subject"
        return Predicate(
            "efficacy", tag.first, last, tag.first, target.term if target else "", agent=agent, reach=reach,
        )  # fmt: skip
    if not any(token in _LINKS for token in line.tokens[max(tag.first - 5, 0) : tag.first]):
        return None
    after = line.tokens[tag.last] if tag.last < len(line.tokens) else ""
    target = find_object(line, tag.last, min(tag.last + OBJECT_REACH, end)) if after in _PURPOSE_FOR else None
    if target is None and not strong:
        return None
    if tag.flags & t.WEAK_ADJECTIVE and target is not None and not target.flags & (t.CONDITION | t.OUTCOME):
        return None
    kind = "efficacy"
    if target is not None and not target.flags & (t.CONDITION | t.OUTCOME):
        kind = "mechanism"
    return Predicate(kind, tag.first, target.last if target else tag.last, tag.first, target.term if target else "")


def _pointed_at(line: Line, tag: Tag) -> bool:
    """Whether a word such as 'this' or 'our' comes before: 'our proven method'."""
    return any(token in {"this", "these", "our", "such"} for token in line.tokens[max(tag.first - 3, 0) : tag.first])


def _named_as(line: Line, tag: Tag) -> int:
    """'turn to acupuncture as an effective option': the therapy before 'as', or -1."""
    for index in range(tag.first - 1, max(tag.first - 6, 0), -1):
        if line.tokens[index] == "as":
            return index - 1 if line.flags(index - 1) & t.THERAPY else -1
    return -1


def _approach_after(line: Line, tag: Tag) -> Tag | None:
    for index in range(tag.last, min(tag.last + 4, len(line.tokens))):
        found = line.tag[index]
        if found and found.flags & t.APPROACH:
            return found
        if line.tokens[index] in {"for", "in", "at", "of", "to", "and", "is"}:
            return None
    return None


def _noun(line: Line, tag: Tag) -> Predicate | None:
    """'offers relief', 'patients experience relief', 'the effectiveness of cupping is supported'."""
    clause = line.clauses[line.clause(tag.first)]
    for index in range(tag.first - 1, max(tag.first - 8, clause.first) - 1, -1):
        flags = line.flags(index)
        if flags & (t.GIVE | t.FEEL):
            verb = line.tag[index]
            if verb is None or not _achieved(line, verb):
                continue
            target = find_object(line, tag.last, min(tag.last + 5, clause.last))
            return Predicate(
                "efficacy", verb.first, target.last if target else tag.last, verb.first, tag.term,
                experience=bool(flags & t.FEEL) and not flags & t.GIVE,
            )  # fmt: skip
    if line.sentence.block.kind == "item" and len(line.tokens) <= _SHORT_ITEM:
        return Predicate("efficacy", tag.first, tag.last, tag.first, tag.term, use="listed")
    return None


def _achieved(line: Line, verb: Tag) -> bool:
    """Not 'help you find relief', 'find out about benefits'."""
    after = line.tokens[verb.last] if verb.last < len(line.tokens) else ""
    before = line.tokens[verb.first - 1] if verb.first else ""
    return after not in {"out", "about"} and (not verb.flags & t.FEEL or before not in {"you", "to"})


def _worth(line: Line, tag: Tag) -> Predicate | None:
    """'studies support the effectiveness of cupping'."""
    end = _end(line, tag)
    if tag.last >= end or line.tokens[tag.last] not in {"of", "for"}:
        return None
    agent = find_therapy(line, tag.last, min(tag.last + 5, end))
    including = not _INCLUDING.isdisjoint(line.tokens[tag.last : tag.last + 5])
    vouched = including and find_object(line, tag.last + 2, end) is not None
    vouched = vouched or any(line.flags(i) & t.VOUCHING for i in range(max(tag.first - 5, 0), tag.first))
    vouched = vouched or any(line.flags(i) & t.VOUCHING and line.flags(i) & t.PAST for i in range(tag.last, end))
    if agent < 0 or not vouched:
        return None
    therapy = line.tag[agent]
    return Predicate("efficacy", tag.first, therapy.last if therapy else agent + 1, tag.first, agent=agent)


def _works(line: Line, tag: Tag) -> Predicate | None:
    """'works well', 'works wonders for stress'; not 'how it works'."""
    index = tag.last
    while index < len(line.tokens) and line.tokens[index] in {"very", "really", "so", "extremely", "incredibly"}:
        index += 1
    if index >= len(line.tokens) or line.tokens[index] not in {"well", "wonders", "great", "best", "better", "for"}:
        return None
    target = find_object(line, index, min(index + 5, _end(line, tag)), t.CONDITION | t.OUTCOME)
    if target is None and line.tokens[index] == "for":
        return None
    return Predicate("efficacy", tag.first, target.last if target else index + 1, tag.first)


def _comparative(line: Line, tag: Tag) -> Predicate | None:
    """'gives you better sleep', 'this allows more mobility'."""
    clause = line.clauses[line.clause(tag.first)]
    target = find_object(line, tag.last, min(tag.last + 3, clause.last))
    if target is None or target.first - tag.last > 1:
        return None
    if tag.first == 0 and line.sentence.block.kind == "item":
        return Predicate("efficacy", 0, target.last, 0, target.term, use="listed")
    verb = _verb_left(line, tag, t.GIVE | t.ALLOW, 5)
    if verb is None or not _achieved(line, verb):
        return None
    return Predicate("efficacy", verb.first, target.last, verb.first, target.term, use="finite")


def _verb_left(line: Line, tag: Tag, wanted: int, reach: int) -> Tag | None:
    """The nearest verb of a kind to the left, in the same clause."""
    clause = line.clauses[line.clause(tag.first)]
    for index in range(tag.first - 1, max(tag.first - reach, clause.first) - 1, -1):
        found = line.tag[index]
        if found is not None and found.flags & wanted and not found.flags & t.OBJECT:
            return found
    return None


def _state(line: Line, tag: Tag) -> Predicate | None:
    """'keeps you healthy', 'leaves you calm'."""
    verb = _verb_left(line, tag, t.MAKE, 5)
    if verb is None and tag.term in _FELT:
        return Predicate("efficacy", tag.first, tag.last, tag.first, tag.term, experience=True)
    if verb is None:
        return None
    if _PEOPLE.isdisjoint(line.tokens[verb.last : tag.first]):
        return None
    return Predicate("efficacy", verb.first, tag.last, verb.first, tag.term)


def _impact(line: Line, tag: Tag) -> Predicate | None:
    """'has a positive effect on sleep'."""
    end = _end(line, tag)
    if tag.last >= end or line.tokens[tag.last] not in {"on", "upon"}:
        return None
    verb = _verb_left(line, tag, t.GIVE, 5)
    target = find_object(line, tag.last, min(tag.last + 5, end))
    if verb is None or target is None or not _UNWANTED.isdisjoint(line.tokens[verb.last : tag.first]):
        return None
    return Predicate("efficacy", verb.first, target.last, verb.first, target.term, use="finite")


def _improving(line: Line, tag: Tag) -> Predicate | None:
    """'pain eases with massage', 'migraines disappeared after acupuncture'."""
    end = _end(line, tag)
    complaint = find_object(line, max(tag.first - 5, 0), tag.first, t.CONDITION | t.OUTCOME)
    if complaint is None:
        return None
    for index in range(tag.last, min(tag.last + 5, end)):
        if line.tokens[index] in {"with", "after", "through", "following", "thanks"}:
            agent = find_therapy(line, index + 1, min(index + 5, end), t.THERAPY | t.ANAPHOR)
            if agent >= 0:
                return Predicate("efficacy", tag.first, agent + 1, tag.first, complaint.term, agent=agent)
    return None


def _kept(line: Line, tag: Tag) -> Predicate | None:
    """'keeps stress at bay'."""
    verb = _verb_left(line, tag, t.MAKE, 5)
    if verb is None or find_object(line, verb.last, tag.first) is None:
        return None
    return Predicate("efficacy", verb.first, tag.last, verb.first, tag.term)


def _responding(line: Line, tag: Tag) -> Predicate | None:
    """'migraine responds well to acupuncture'."""
    after = line.tokens[tag.last : tag.last + 4]
    if "well" not in after or "to" not in after:
        return None
    start = tag.last + after.index("to") + 1
    agent = find_therapy(line, start, min(start + 4, _end(line, tag)), t.THERAPY | t.ANAPHOR)
    return Predicate("efficacy", tag.first, agent + 1, tag.first, agent=agent) if agent >= 0 else None


def _nature(line: Line, tag: Tag) -> Predicate | None:
    """'is a natural painkiller'."""
    linked = not _LINKS.isdisjoint(line.tokens[max(tag.first - 4, 0) : tag.first])
    return Predicate("efficacy", tag.first, tag.last, tag.first, tag.term) if linked else None


def _remedy(line: Line, tag: Tag) -> Predicate | None:
    """'is a remedy for insomnia', 'the answer to back pain'."""
    end = _end(line, tag)
    if tag.last >= end or line.tokens[tag.last] not in {"for", "to", "against"}:
        return None
    target = find_object(line, tag.last, min(tag.last + 5, end), t.CONDITION | t.OUTCOME)
    linked = not _LINKS.isdisjoint(line.tokens[max(tag.first - 5, 0) : tag.first])
    if target is None or not linked:
        return None
    return Predicate("efficacy", tag.first, target.last, tag.first, target.term)


def _cure_phrase(line: Line, tag: Tag) -> Predicate | None:
    """'say goodbye to pain', 'heal itself'."""
    last = tag.last
    if tag.term.endswith((" to", " of")):
        target = find_object(line, tag.last, min(tag.last + 5, _end(line, tag)), t.CONDITION | t.OUTCOME)
        if target is None:
            return None
        last = target.last
    return Predicate("cure", tag.first, last, tag.first, weak=bool(tag.flags & t.SELF_HEALING), reach="topic")


def _feel_result(line: Line, tag: Tag) -> Predicate | None:
    """'you will feel better'."""
    promised = not _WILL.isdisjoint(line.tokens[max(tag.first - 3, 0) : tag.first])
    return Predicate("promise", tag.first, tag.last, tag.first, reach="topic") if promised else None


def _guarantee(line: Line, tag: Tag) -> Predicate | None:
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


def _safe(line: Line, tag: Tag) -> Predicate | None:
    """'is safe', 'a safe option', 'no side effects'; with 'natural' in the sentence, natural as the reason."""
    natural = next((other for other in line.tags if other.flags & t.NATURAL), None)
    if natural is not None and tag.flags & (t.SAFE | t.SAFE_ABSOLUTE) and not _a_safe_place(line, tag):
        first, last = min(natural.first, tag.first), max(natural.last, tag.last)
        return Predicate("natural", first, last, tag.first, reach="sentence")
    if tag.flags & t.SAFE_ABSOLUTE:
        return Predicate("safety", tag.first, tag.last, tag.first, use="absolute", reach="sentence")
    if tag.term != "safe":
        return None
    noun = _approach_after(line, tag)
    if noun is not None:
        return Predicate("safety", tag.first, noun.last, tag.first)
    linked = any(token in _BE for token in line.tokens[max(tag.first - 3, 0) : tag.first])
    after = line.tokens[tag.last] if tag.last < len(line.tokens) else ""
    plain = after in {"", "and", "for", "with", "during", "because", "but", "to"} or line.gaps[tag.last] != " "
    return Predicate("safety", tag.first, tag.last, tag.first) if linked and plain else None


def _a_safe_place(line: Line, tag: Tag) -> bool:
    return tag.term in {"safe", "safely"} and tag.last < len(line.tokens) and line.tokens[tag.last] in {
        "place", "space", "environment", "disposal", "distance", "water", "handling", "and", "use",
    }  # fmt: skip


def _cure_noun(line: Line, tag: Tag) -> Predicate | None:
    """'is a cure for migraine'."""
    if not any(
        token in _LINKS or token in {"offers", "offer", "as"}
        for token in line.tokens[max(tag.first - 5, 0) : tag.first]
    ):
        return None
    target = find_object(line, tag.last, min(tag.last + 5, _end(line, tag)), t.CONDITION | t.OUTCOME)
    last = target.last if target else tag.last
    return Predicate("cure", tag.first, last, tag.first, target.term if target else "")


_Reader = Callable[[Line, Tag], Predicate | None]
_READERS: tuple[tuple[int, _Reader], ...] = (
    (t.WORK, _works),
    (t.VERB, _verb),
    (t.CURE_PHRASE | t.SELF_HEALING, _cure_phrase),
    (t.GUARANTEE, _guarantee),
    (t.FEEL_RESULT, _feel_result),
    (t.SAFE | t.SAFE_ABSOLUTE, _safe),
    (t.ADJECTIVE, _adjective),
    (t.WORTH, _worth),
    (t.NOUN, _noun),
    (t.CURE_NOUN, _cure_noun),
    (t.COMPARATIVE, _comparative),
    (t.STATE, _state),
    (t.IMPROVING, _improving),
    (t.IMPACT, _impact),
    (t.KEPT, _kept),
    (t.RESPONDING, _responding),
    (t.NATURE, _nature),
    (t.REMEDY, _remedy),
)
