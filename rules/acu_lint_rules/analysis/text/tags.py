"""What the words of a sentence are, as far as health claims go: one table look-up per word.

Every term of the claim word lists carries a set of flags, kept as the bits of one int. The first table holds
words of content (therapies, conditions, effects); it is read for every sentence. The second holds the words
that frame a statement (hedges, negation, beliefs); it is read only where there may be a claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from acu_lint_rules.analysis.text.lexicon import Matcher, load, terms

# content
THERAPY, PEOPLE, ANAPHOR, CONDITION, OUTCOME, BODY, TRADITION = (1 << n for n in range(7))
EFFECT, MECHANISM, BASE, THIRD, ING, PAST = (1 << n for n in range(7, 13))
ADJECTIVE, STRONG, NOUN, GIVE, FEEL, APPROACH = (1 << n for n in range(13, 19))
CURE, CURE_PHRASE, SELF_HEALING, CURE_NOUN, NOT_CURE = (1 << n for n in range(19, 24))
SAFE, SAFE_ABSOLUTE, UNIVERSAL, GUARANTEE, FEEL_RESULT, NATURAL, AMBIGUOUS = (1 << n for n in range(24, 31))
WEAK_ADJECTIVE, WORTH, VOUCHING, OUTRIGHT, WORK = (1 << n for n in range(31, 36))
COMPARATIVE, ALLOW, STATE, MAKE, REMEDY, NATURE, IMPACT, IMPROVING, KEPT, RESPONDING, LIFESTYLE = (
    1 << n for n in range(36, 47)
)
# frames
HEDGE, AFTER, FREQUENCY, WEAK, PURPOSE, BOOSTER = (1 << n for n in range(6))
NEGATION, PSEUDO, DENIED_AFTER, STOP, BELIEF = (1 << n for n in range(6, 11))
EVIDENCE, NAMED, REPORTING, CONDITIONAL, REJECTING, PERSON = (1 << n for n in range(11, 17))
RISK, QUALIFIER, SEVERE, UNKNOWN = (1 << n for n in range(17, 21))

VERB = EFFECT | MECHANISM | CURE
OBJECT = CONDITION | OUTCOME | BODY | TRADITION
TRIGGER = (
    COMPARATIVE
    | STATE
    | REMEDY
    | NATURE
    | IMPACT
    | IMPROVING
    | KEPT
    | RESPONDING
    | VERB
    | ADJECTIVE
    | WORTH
    | WORK
    | NOUN
    | CURE_PHRASE
    | SELF_HEALING
    | CURE_NOUN
    | SAFE
    | SAFE_ABSOLUTE
    | GUARANTEE
    | FEEL_RESULT
)

# these need no therapy as their subject
REACHING = CURE_PHRASE | SELF_HEALING | GUARANTEE | FEEL_RESULT | SAFE | SAFE_ABSOLUTE | OUTRIGHT | STRONG

_IRREGULAR = {
    "give": ("gives", "giving", "gave", "given"),
    "bring": ("brings", "bringing", "brought"),
    "have": ("has", "having", "had"),
    "see": ("sees", "seeing", "saw", "seen"),
    "feel": ("feels", "feeling", "felt"),
    "find": ("finds", "finding", "found"),
    "get": ("gets", "getting", "got", "gotten"),
    "lead": ("leads", "leading", "led"),
    "fight": ("fights", "fighting", "fought"),
    "cut": ("cuts", "cutting", "cut"),
    "speed": ("speeds", "speeding", "sped"),
    "put": ("puts", "putting", "put"),
    "rid": ("rids", "ridding", "rid"),
    "reset": ("resets", "resetting", "reset"),
    "draw": ("draws", "drawing", "drew", "drawn"),
    "show": ("shows", "showing", "showed", "shown"),
    "quell": ("quells", "quelling", "quelled"),
    "make": ("makes", "making", "made"),
    "keep": ("keeps", "keeping", "kept"),
    "leave": ("leaves", "leaving", "left"),
    "mean": ("means", "meaning", "meant"),
    "go": ("goes", "going", "went", "gone"),
    "fix": ("fixes", "fixing", "fixed"),
}


class Tag(NamedTuple):
    """Words ``first`` to ``last`` (exclusive) of a sentence and what they are."""

    first: int
    last: int
    flags: int
    term: str


class Tagger:
    """A matcher whose sections are sets of flags."""

    def __init__(self, groups: Iterable[tuple[int, Iterable[str]]]) -> None:
        flags: dict[str, int] = {}
        for flag, group in groups:
            for term in group:
                flags[term.casefold()] = flags.get(term.casefold(), 0) | flag
        sections: dict[str, list[str]] = {}
        for term, value in flags.items():
            sections.setdefault(str(value), []).append(term)
        self._matcher = Matcher(sections)
        self._flags = {section: int(section) for section in sections}

    def tags(self, words: Sequence[str]) -> list[Tag]:
        """The terms among folded words, in order, longest first, without overlaps."""
        found = self._matcher.scan(words)
        if not found:
            return []
        flags = self._flags
        return [Tag(first, last, flags[section], term) for first, last, term, section in found]

    def within(self, words: Sequence[str], bounds: Sequence[int]) -> Iterator[list[Tag]]:
        """The terms between each two neighbours of ``bounds``, numbered from the first of them; one scan serves all."""
        flags = self._flags
        found = self._matcher.scan(words)
        at = 0
        for start, end in pairwise(bounds):
            tags: list[Tag] = []
            while at < len(found) and found[at].first < end:
                first, last, term, section = found[at]
                if last <= end:
                    tags.append(Tag(first - start, last - start, flags[section], term))
                at += 1
            yield tags


def forms(lemma: str) -> dict[int, tuple[str, ...]]:
    """The forms of a verb by flag (BASE, THIRD, ING, PAST); of a phrase, its first word is inflected."""
    head, _, tail = lemma.partition(" ")
    tail = f" {tail}" if tail else ""
    if head in _IRREGULAR:
        third, ing, *past = _IRREGULAR[head]
    else:
        third, ing, past = _regular(head)
    return {
        BASE: (head + tail,),
        THIRD: (third + tail,),
        ING: (ing + tail,),
        PAST: tuple(form + tail for form in past),
    }


def _regular(head: str) -> tuple[str, str, list[str]]:
    if head.endswith("e"):
        return head + "s", head[:-1] + "ing", [head + "d"]
    if head.endswith("y") and head[-2] not in "aeiou":
        return head[:-1] + "ies", head + "ing", [head[:-1] + "ied"]
    if head.endswith(("s", "x", "ch", "sh")):
        return head + "es", head + "ing", [head + "ed"]
    if head in _DOUBLED:
        return head + "s", head + head[-1] + "ing", [head + head[-1] + "ed"]
    return head + "s", head + "ing", [head + "ed"]


_DOUBLED = frozenset({"control", "curb", "aid", "regret", "ship", "step", "stop", "wrap", "tap"} - {"curb", "aid"})


def _verbs(flag: int, lemmas: Iterable[str]) -> Iterable[tuple[int, Iterable[str]]]:
    for lemma in lemmas:
        for form, words in forms(lemma).items():
            yield flag | form, words


def _plurals(nouns: Iterable[str]) -> Iterable[str]:
    """The nouns and what may be their plurals."""
    for noun in nouns:
        yield noun
        if noun[-1].isalpha() and not noun.endswith("s"):
            yield noun + "s"


def _own(group: Iterable[str]) -> Iterator[str]:
    """The project's own terms, without the signs that are no words ("Needle & Co")."""
    for term in group:
        yield " ".join(part for part in term.split() if any(map(str.isalnum, part)))


@cache
def content(therapies_too: tuple[str, ...] = (), conditions_too: tuple[str, ...] = ()) -> Tagger:
    """The tagger of therapies, conditions and effects; a project adds therapies and conditions of its own."""
    therapies = {name: group for name, group in load("interventions").items() if name != "practitioners"}
    conditions = load("conditions")
    ambiguous = load("efficacy")["noun_like"]
    return Tagger(
        [
            *((THERAPY, group) for group in therapies.values()),
            (THERAPY, _own(therapies_too)),
            (LIFESTYLE, terms("interventions", "lifestyle")),
            (PEOPLE, terms("interventions", "practitioners")),
            *((CONDITION, _plurals(group)) for group in conditions.values()),
            (CONDITION, _plurals(_own(conditions_too))),
            (OUTCOME, terms("outcomes", "symptoms")),
            (BODY, terms("physiology", "body")),
            (TRADITION, terms("physiology", "tradition")),
            (ANAPHOR, terms("subjects", "anaphors")),
            *_verbs(EFFECT, terms("efficacy", "verbs")),
            *_verbs(MECHANISM, terms("physiology", "verbs")),
            *_verbs(AMBIGUOUS, ambiguous),
            *_verbs(GIVE, terms("efficacy", "giving")),
            *_verbs(ALLOW, terms("efficacy", "allowing")),
            *_verbs(MAKE, terms("efficacy", "making")),
            (COMPARATIVE, terms("efficacy", "comparatives")),
            (STATE, terms("efficacy", "states")),
            (IMPACT, terms("efficacy", "effects")),
            *_verbs(IMPROVING, terms("efficacy", "improving")),
            (KEPT, terms("efficacy", "kept")),
            *_verbs(RESPONDING, terms("efficacy", "responding")),
            (NATURE, terms("efficacy", "natures")),
            (REMEDY, terms("efficacy", "remedies")),
            *_verbs(FEEL, terms("efficacy", "feeling")),
            *_verbs(CURE, terms("cure", "verbs")),
            (WORK, ("work", "works", "worked")),
            (ADJECTIVE, terms("efficacy", "adjectives")),
            (ADJECTIVE | WEAK_ADJECTIVE, terms("efficacy", "weak_adjectives")),
            (WORTH, terms("efficacy", "worth")),
            *_verbs(VOUCHING, terms("efficacy", "vouching")),
            *_verbs(OUTRIGHT, terms("efficacy", "outright")),
            (STRONG, terms("efficacy", "strong_adjectives")),
            (NOUN, terms("efficacy", "nouns")),
            (APPROACH, terms("efficacy", "approach")),
            (CURE_PHRASE, terms("cure", "phrases")),
            (SELF_HEALING, terms("cure", "self_healing")),
            (CURE_NOUN, terms("cure", "nouns")),
            (NOT_CURE, terms("cure", "not_cure")),
            (SAFE, terms("safety", "safe")),
            (SAFE_ABSOLUTE, terms("safety", "absolute")),
            (NATURAL, terms("safety", "natural")),
            (UNIVERSAL, terms("absolutes", "universal")),
            (GUARANTEE, terms("absolutes", "guarantee")),
            (FEEL_RESULT, terms("absolutes", "feel")),
        ]
    )


@cache
def frames() -> Tagger:
    """The tagger of hedges, boosters, negation, beliefs and the like."""
    table: Mapping[int, tuple[str, ...]] = {
        HEDGE: terms("hedges", "strong"),
        AFTER: terms("hedges", "after"),
        FREQUENCY: terms("hedges", "frequency"),
        WEAK: terms("hedges", "weak"),
        PURPOSE: terms("hedges", "purpose"),
        BOOSTER: terms("boosters"),
        NEGATION: terms("negation", "before"),
        PSEUDO: terms("negation", "pseudo"),
        DENIED_AFTER: terms("negation", "after"),
        STOP: terms("negation", "stops"),
        BELIEF: terms("frames", "belief"),
        EVIDENCE: terms("frames", "evidence"),
        NAMED: terms("frames", "named"),
        REPORTING: terms("frames", "reporting"),
        CONDITIONAL: terms("frames", "conditional"),
        REJECTING: terms("frames", "rejecting"),
        PERSON: terms("frames", "person"),
        RISK: terms("safety", "risk"),
        QUALIFIER: terms("safety", "qualifiers"),
        UNKNOWN: terms("hedges", "unknown"),
        SEVERE: terms("absolutes", "severe"),
    }
    return Tagger(table.items())
