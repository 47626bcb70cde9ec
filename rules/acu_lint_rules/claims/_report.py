"""What every claim rule says about a claim: the words, and a hedged wording."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Set
from functools import cache
from operator import attrgetter

from acu_lint.api import Hit, Severity
from acu_lint_rules.analysis.claims.claim import Claim
from acu_lint_rules.analysis.page.regulation import law
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.inflection import forms, lemmas
from acu_lint_rules.analysis.text.layout import shortened
from acu_lint_rules.analysis.text.lexicon import fold, matcher, terms
from acu_lint_rules.analysis.text.patterns import lazy

_START = attrgetter("start")
_LONGEST = 80  # characters of a wording worth proposing
_WORDED = frozenset({"finite", "purpose", "tail", "imperative", "listed", "we"})
_FINITE = t.VERB | t.GIVE | t.MAKE | t.ALLOW
_SMALL = 3  # letters of words that titles write small
_READER = frozenset({"you", "your", "yourself"})
_BARE = frozenset(
    {"this", "that", "these", "those", "it", "them", "her", "his", "their", "our", "my", "us"}
)  # of whom?
_AUXILIARIES = frozenset(terms("grammar", "bars_replacement"))
# Behind the words of a claim: "boosts brain" of "boosts brain health" is cut, "boosts focus in the morning" is not.
_CUT = lazy(
    r" (?!(?:and|or|as|at|by|for|from|in|into|of|on|over|so|than|that|through|to|when|which|while|who|with|within"
    r"|without|after|before|during|because|but|if|is|are|can|may|also|\w+ly)\b)[a-z]"
)
_UNPAIRED = lazy(r"\b(?:both\b(?!.{0,200}\band\b)|either\b(?!.{0,200}\bor\b)|not only\b)", re.I)
_LAWS = ("us", "uk", "au", "de", "eu", "ca")
_MOST = 3  # findings about one sentence; who mends these reads the rest


def strongest(claims: Iterable[Claim], severity: Callable[[Claim], Severity]) -> Iterator[Claim]:
    """The claims of each sentence that say different things, the most severe first: other words, of something else."""
    found: dict[int, list[Claim]] = {}
    for claim in claims:
        found.setdefault(id(claim.sentence), []).append(claim)
    for group in found.values():
        kept: list[Claim] = []
        for claim in sorted(group, key=severity, reverse=True):
            if len(kept) < _MOST and not any(_alike(claim, other) for other in kept):
                kept.append(claim)
        yield from kept


def _alike(claim: Claim, other: Claim) -> bool:
    """Whether two claims of a sentence overlap, or say the same of the same thing."""
    if claim.start < other.end and other.start < claim.end:
        return True
    verbs = {_lemmas().get(fold(each.verb), fold(each.verb)) for each in (claim, other)}
    return len(verbs) == 1 or (bool(claim.object) and fold(claim.object) == fold(other.object)) or not claim.object


def hit(claim: Claim, severity: Severity, message: str = "default", unworded: str = "unworded") -> Hit:
    """The finding about a claim; ``unworded`` names the message where no better wording can be made of its words."""
    wording = rewrite(claim)
    return Hit(
        claim.span,
        {"match": shortened(claim.text), "subject": claim.subject, "rewrite": wording},
        message=message if wording else unworded,
        severity=severity,
        expected=replacement(claim),
    )


@cache
def harms() -> Set[str]:
    """The forms of verbs that tell of harm, said of a complaint: "can lead to infertility", "affects the liver"."""
    return lemmas("result lead cause trigger worsen feed affect impair aggravate provoke".split()).keys()


def tags_within(claim: Claim) -> Iterator[t.Tag]:
    """The terms that the words of a claim name."""
    view, offset = claim.view, claim.sentence.start
    first, last = (bisect_left(view.words, at + offset, key=_START) for at in (claim.start, claim.end))
    return (tag for tag in dict.fromkeys(view.tag_of_word[first:last]) if tag is not None)


# --- better wordings, made of the claim's own words


@cache
def _lemmas() -> dict[str, str]:
    """The base form of every verb form."""
    phrases = (*terms("efficacy", "verbs"), *terms("physiology", "verbs"), *terms("efficacy", "giving"))
    return lemmas(phrase.split(" ")[0] for phrase in phrases)


def hedged(claim: Claim) -> str:
    """'may relieve back pain' for 'relieves back pain'; empty where the claim does not begin with a verb of ours."""
    lemma = _lemmas().get(fold(claim.verb), "")
    before, _, after = claim.text.partition(claim.verb)
    if not lemma or not claim.use or claim.absolutes or (before and not before.strip().endswith("ly")):
        return ""
    if "\n" in after or "," in after or _second_verb(claim):
        return ""
    return f"may {lemma}{_small(after)}"


def _second_verb(claim: Claim) -> bool:
    """'stops pain and makes you smile': with a 'may' in front the second verb would have another form."""
    view, offset = claim.view, claim.sentence.start
    inside = [tag for tag in view.tags if claim.start < view.words[tag.first].start - offset < claim.end]
    return any(tag.flags & _FINITE and tag.flags & t.THIRD and not tag.flags & t.OBJECT for tag in inside)


def _small(words: str) -> str:
    """'Muscle Tension' of a heading as it is written in a sentence; names in capitals stay."""
    parts = words.split(" ")
    titled = all(part[:1].isupper() for part in parts if len(part) > _SMALL)
    return " ".join(part.lower() if part[1:].islower() else part for part in parts) if titled else words


def rewrite(claim: Claim) -> str:
    """What a writer could say instead, or nothing where that cannot be made of the claim's words."""
    complaint = _complaint(claim.object)
    if claim.kind == "cure":  # "may cure" would still promise a cure
        wording = f"may ease {complaint}" if complaint else ""
    elif claim.use in _WORDED:
        wording = hedged(claim)
    elif claim.kind == "efficacy" and complaint and not claim.use:
        wording = f"may help some people with {complaint}"
    else:
        wording = ""
    words = wording.casefold().split()
    if not wording or len(wording) > _LONGEST or not _BARE.isdisjoint(words) or _broken(claim, wording):
        return ""
    return wording if "people" in words or not _READER.isdisjoint(words) else f"{wording} for some people"


def _broken(claim: Claim, wording: str) -> bool:
    """Whether a wording lacks what belongs to it, tells of harm, or names what the law keeps out of advertising."""
    return bool(
        _CUT.match(claim.sentence.text, claim.end)
        or _UNPAIRED.search(wording)
        or fold(claim.verb) in harms()
        or _forbidden(claim)
    )


def _forbidden(claim: Claim) -> bool:
    """Whether some country's law keeps a complaint of the claim out of advertising: a hedge does not help there."""
    return any(law(tag.term, claim.subject, _LAWS) for tag in tags_within(claim) if tag.flags & t.CONDITION)


def _complaint(words: str) -> str:
    """The object of a claim if it names a complaint and nothing else, as the word list spells it; else nothing."""
    tokens = [fold(word) for word in words.split()]
    found = matcher("conditions").scan(tokens)
    if not found or found[0].first or found[0].last != len(tokens):
        return ""
    return found[0].term if fold(found[0].term) == fold(words) else words


def replacement(claim: Claim) -> tuple[str, ...]:
    """The wordings that read right in the place of the claim's words: only for a plain finite verb."""
    verb = fold(claim.verb)
    head = _lemmas().get(verb, "")
    if claim.kind == "cure" or claim.use != "finite" or not head or verb != forms(head).third or _forbidden(claim):
        return ()
    before = [fold(word) for word in claim.sentence.text[: claim.start].split()[-2:]]
    if any(word in _AUXILIARIES for word in before):
        return ()
    wording = hedged(claim)
    return (wording,) if wording else ()
