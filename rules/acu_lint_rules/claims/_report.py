"""What every claim rule says about a claim: the words, and a hedged wording."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from acu_lint.api import Hit, Severity
from acu_lint_rules.analysis.claims.claim import Claim
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.inflection import forms, lemmas
from acu_lint_rules.analysis.text.layout import shortened
from acu_lint_rules.analysis.text.lexicon import fold, matcher, terms

_LONGEST = 80  # characters of a wording worth proposing
_WORDED = frozenset({"finite", "purpose", "tail", "imperative", "listed", "we"})
_FINITE = t.VERB | t.GIVE | t.MAKE | t.ALLOW
_SMALL = 3  # letters of words that titles write small
_READER = frozenset({"you", "your", "yourself"})
_BARE = frozenset(
    {"this", "that", "these", "those", "it", "them", "her", "his", "their", "our", "my", "us"}
)  # of whom?
_AUXILIARIES = frozenset(terms("grammar", "bars_replacement"))
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
    if claim.kind == "cure":  # "may cure" would still promise a cure
        wording = f"may ease {claim.object}" if _complaint(claim.object) else ""
    elif claim.use in _WORDED:
        wording = hedged(claim)
    elif claim.kind == "efficacy" and _complaint(claim.object) and not claim.use:
        return f"may help some people with {claim.object}"
    else:
        wording = ""
    if not wording or len(wording) > _LONGEST or not _BARE.isdisjoint(wording.casefold().split()):
        return ""
    addressed = not _READER.isdisjoint(wording.casefold().split())
    return wording if addressed else f"{wording} for some people"


def _complaint(words: str) -> bool:
    """Whether the object of a claim is the name of a complaint, and nothing else."""
    tokens = [fold(word) for word in words.split()]
    found = matcher("conditions").scan(tokens)
    return bool(found) and found[0].first == 0 and found[0].last == len(tokens)


def replacement(claim: Claim) -> tuple[str, ...]:
    """The wordings that read right in the place of the claim's words: only for a plain finite verb."""
    verb = fold(claim.verb)
    head = _lemmas().get(verb, "")
    if claim.kind == "cure" or claim.use != "finite" or not head or verb != forms(head).third:
        return ()
    before = [fold(word) for word in claim.sentence.text[: claim.start].split()[-2:]]
    if any(word in _AUXILIARIES for word in before):
        return ()
    wording = hedged(claim)
    return (wording,) if wording else ()
