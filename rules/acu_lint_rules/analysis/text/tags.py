"""What the words of a sentence are, as far as health claims go: one table look-up per word.

Every term of the claim word lists carries a set of flags, kept as the bits of one int. The flags of this module are
those of content words (therapies, conditions, effects), which are looked for in every sentence; those of words that
frame a statement (hedges, negation) are in ``marks``. The two are different types, so that mypy sees a mix-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, cast

from acu_lint_rules.analysis.text.inflection import forms, plural
from acu_lint_rules.analysis.text.lexicon import Tagged, Tagger, load, terms

if TYPE_CHECKING:

    class TagFlag:
        """A set of flags of content words; an int at run time, since an ``IntFlag`` takes many times as long."""

        def __or__(self, other: TagFlag) -> TagFlag: ...
        def __and__(self, other: TagFlag) -> TagFlag: ...
        def __invert__(self) -> TagFlag: ...

else:
    TagFlag = int


def _flags(first: int, count: int) -> Iterator[TagFlag]:
    return (cast("TagFlag", 1 << bit) for bit in range(first, first + count))


NOTHING = cast("TagFlag", 0)
THERAPY, PEOPLE, ANAPHOR, CONDITION, OUTCOME, BODY, TRADITION = _flags(0, 7)
EFFECT, MECHANISM, BASE, THIRD, ING, PAST = _flags(7, 6)
ADJECTIVE, STRONG, NOUN, GIVE, FEEL, APPROACH = _flags(13, 6)
CURE, CURE_PHRASE, SELF_HEALING, CURE_NOUN, NOT_CURE = _flags(19, 5)
SAFE, SAFE_ABSOLUTE, UNIVERSAL, GUARANTEE, FEEL_RESULT, NATURAL, AMBIGUOUS = _flags(24, 7)
WEAK_ADJECTIVE, WORTH, VOUCHING, OUTRIGHT, WORK = _flags(31, 5)
COMPARATIVE, ALLOW, STATE, MAKE, REMEDY, NATURE, IMPACT, IMPROVING, KEPT, RESPONDING, LIFESTYLE = _flags(36, 11)
THEORY, CAUSING, CAUSED_BY, HANDLING, COMFORT, ENDING, LESSENING = _flags(47, 7)

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
    | THEORY
    | COMFORT
)

# these need no therapy as their subject
REACHING = CURE_PHRASE | SELF_HEALING | GUARANTEE | FEEL_RESULT | SAFE | SAFE_ABSOLUTE | OUTRIGHT | STRONG

Tag = Tagged[TagFlag]


def _verbs(flag: TagFlag, lemmas: Iterable[str]) -> Iterator[tuple[TagFlag, Iterable[str]]]:
    """All forms of some verbs, each with the flag and with that of the form."""
    for lemma in lemmas:
        verb = forms(lemma)
        yield flag | BASE, (verb.base,)
        yield flag | THIRD, (verb.third,)
        yield flag | ING, (verb.ing,)
        yield flag | PAST, verb.ended


def _plurals(nouns: Iterable[str]) -> Iterator[str]:
    """The nouns and what may be their plurals."""
    for noun in nouns:
        yield noun
        if noun[-1].isalpha() and not noun.endswith("s"):
            yield plural(noun)


def _own(group: Iterable[str]) -> Iterator[str]:
    """The project's own terms, without the signs that are no words ("Needle & Co")."""
    for term in group:
        yield " ".join(part for part in term.split() if any(map(str.isalnum, part)))


@cache
def content(therapies_too: tuple[str, ...] = (), conditions_too: tuple[str, ...] = ()) -> Tagger[TagFlag]:
    """The tagger of therapies, conditions and effects; a project adds therapies and conditions of its own."""
    if therapies_too or conditions_too:
        return Tagger(_groups(therapies_too, conditions_too))
    return Tagger.kept("content", _groups)


def _groups(
    therapies_too: tuple[str, ...] = (), conditions_too: tuple[str, ...] = ()
) -> Iterable[tuple[TagFlag, Iterable[str]]]:
    therapies = {name: group for name, group in load("interventions").items() if name != "practitioners"}
    conditions = (*load("conditions").values(), *load("icd_conditions").values())
    ambiguous = load("efficacy")["noun_like"]
    return [
        *((THERAPY, group) for group in therapies.values()),
        (THERAPY, _own(therapies_too)),
        (LIFESTYLE, terms("interventions", "lifestyle")),
        (PEOPLE, terms("interventions", "practitioners")),
        *((CONDITION, _plurals(group)) for group in conditions),
        (CONDITION, _plurals(_own(conditions_too))),
        (OUTCOME, terms("outcomes", "symptoms")),
        (BODY, terms("physiology", "body")),
        (TRADITION, terms("physiology", "tradition")),
        (THEORY, terms("physiology", "theory")),
        *_verbs(CAUSING, terms("physiology", "causing")),
        *_verbs(LESSENING, terms("physiology", "lessening")),
        *_verbs(HANDLING, terms("physiology", "handling")),
        (CAUSED_BY, terms("physiology", "caused_by")),
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
        *_verbs(ENDING, terms("cure", "ending")),
        (CURE_PHRASE, terms("cure", "phrases")),
        (SELF_HEALING, terms("cure", "self_healing")),
        (CURE_NOUN, terms("cure", "nouns")),
        (NOT_CURE, terms("cure", "not_cure")),
        (SAFE, terms("safety", "safe")),
        (SAFE_ABSOLUTE, terms("safety", "absolute")),
        (COMFORT, terms("safety", "comfort")),
        (NATURAL, terms("safety", "natural")),
        (UNIVERSAL, terms("absolutes", "universal")),
        (GUARANTEE, terms("absolutes", "guarantee")),
        (FEEL_RESULT, terms("absolutes", "feel")),
    ]
