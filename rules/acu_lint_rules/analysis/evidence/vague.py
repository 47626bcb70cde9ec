"""Evidence and authority that nobody can look up: "studies show", "has been proven to", "experts agree"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from acu_lint_rules.analysis.evidence.phrases import Phrase, Reader, first_phrase, speaks_of_health, verbs, words_of
from acu_lint_rules.analysis.text.sentence import SentenceView

_HAVE = words_of("have")
_BE = words_of("be")
_TRIM = words_of("trim")
_DETERMINERS = words_of("determiners")
_OWN = words_of("own")
_PERSONS = words_of("persons")
_PREPOSITIONS = words_of("prepositions")
# forms that are nouns as well; behind a prepositional phrase they prove nothing ("studies on back pain")
_NOUN_LIKE = words_of("noun_like")
_STRONG = words_of("strong")
_ABOUT = words_of("about")
_NEED = words_of("need")
_ADVISING_ROLES = words_of("advising_roles")
_EFFECTS = words_of("effects")
_GUIDELINE_WORDS = words_of("guideline_words")
_GOES_ON = words_of("goes_on")
_WEAK_OPINIONS = words_of("weak_opinions")
_GENETICS = words_of("genetics")
_TREATMENT = words_of("treatment")
_STATES = words_of("states")


def find(view: SentenceView, cues: Sequence[int]) -> Phrase | None:
    """Find the first vague appeal of a sentence, at one of its cues."""
    if not view.names_therapy and not _GENETICS.isdisjoint(view.tokens):
        return None  # about biology, not about what helps
    return first_phrase(view, cues, _all_readers() if view.names_therapy else _readers())


@cache
def cues() -> frozenset[str]:
    """Every word that starts a look; a sentence without one of them is clean."""
    return frozenset(_all_readers())


@cache
def _readers() -> Mapping[str, tuple[Reader, ...]]:
    table: dict[str, tuple[Reader, ...]] = {}

    def add(words: frozenset[str], *readers: Reader) -> None:
        for word in words:
            table[word] = (*table.get(word, ()), *readers)

    add(words_of("plural", "mass"), _stated, _existing, _amount, _within, _clear)
    add(frozenset({"tests"}), _tests)
    add(words_of("recognition"), _well_known)
    add(frozenset({"proof"}), _existing)
    add(words_of("groups", "roles"), _said)
    add(frozenset({"believe", "agree"}), _many_believe)
    add(frozenset({"according"}), _according)
    add(words_of("by"), _by)
    add(words_of("passive"), _passive)
    add(frozenset({"based"}), _based)
    add(words_of("compounds"), _compound)
    add(words_of("compound_adverbs"), _proven)
    add(words_of("guidelines"), _guidelines)
    return table


@cache
def _weak_readers() -> Mapping[str, tuple[Reader, ...]]:
    """Phrases that count only where the sentence is about a therapy."""
    table: dict[str, tuple[Reader, ...]] = dict.fromkeys(words_of("recognition"), (_known,))
    table["shown"] = (_results,)
    table["recognition"] = table["acceptance"] = (_gained,)
    return table


@cache
def _all_readers() -> Mapping[str, tuple[Reader, ...]]:
    strong, weak = _readers(), _weak_readers()
    return {word: (*strong.get(word, ()), *weak.get(word, ())) for word in {*strong, *weak}}


# --- shared steps


def _start(view: SentenceView, index: int) -> int:
    """Where the noun phrase of an evidence noun begins."""
    modifiers = words_of("modifiers")
    first = index
    while first and index - first < 8 and view.tokens[first - 1] in modifiers:
        gap = view.gap_after(first - 1)
        if gap not in {" ", ", ", "-"}:
            break
        first -= 1
    while (
        first < index
        and view.tokens[first] in _TRIM
        and tuple(view.tokens[first : first + 3]) != ("more", "and", "more")
    ):
        first += 1
    return first


def _denied(view: SentenceView, first: int) -> bool:
    """Whether a denial, a condition or a doubt stands before the phrase."""
    if view.token(first - 1) == "a" and view.token(first) == "few":
        return False
    return view.any_before(first, words_of("negative")) and not view.any_before(first, {"only", "doubt"}, 5)


def _tail(view: SentenceView, index: int, *, plural: bool, section: str = "finding") -> int | None:
    """The index of the verb that says what the evidence noun before it found, or None."""
    forms = verbs(section)
    if view.parted(index):
        return None
    at = index + 1
    if view.token(at) in _PREPOSITIONS:
        return _far_tail(view, at, plural=plural, section=section)
    for _ in range(6):
        word, previous = view.token(at), view.token(at - 1)
        if previous in _BE or previous == "been" or (previous == "now" and view.token(at - 2) in _BE):
            good = word in forms.ing
        elif previous in _HAVE:
            good = word in forms.participle or word in forms.past
        elif previous == "to":
            good = word in forms.base and view.token(at - 2) in _GOES_ON
        else:
            good = word in forms.finite(plural=plural) or (word in forms.participle and view.token(index + 1) in _HAVE)
        if good:
            return at if _full(view, at) else None
        if not (word in words_of("fillers") or word.endswith("ly")) or view.parted(at - 1):
            return None
        at += 1
    return None


def _far_tail(view: SentenceView, start: int, *, plural: bool, section: str) -> int | None:
    """The verb behind "studies of/on/in ..."."""
    forms = verbs(section)
    finite = forms.finite(plural=plural) - _NOUN_LIKE
    stop = words_of("modals") | words_of("negative")
    for at in range(start + 1, min(start + 13, len(view))):
        word = view.tokens[at]
        if word in stop or view.gap_after(at - 1)[:1] in ";:.—–":
            return None
        if word in finite or (word in forms.participle and view.tokens[at - 1] in _HAVE | {"been"}):
            return at if _full(view, at) else None
    return None


def _full(view: SentenceView, verb: int) -> bool:
    """Whether the verb stands for a finding: not "point" without "to", not "have shown no ..."."""
    word, following = view.token(verb), view.token(verb + 1)
    if word.startswith("point") and following not in {"to", "toward", "towards"}:
        return False
    if word in {"back", "linked", "associated", "connected"} and following in {"pain", "to", "with"}:
        return False
    late = view.token(verb + 2) if following in {"that", "there", "to"} else ""
    negative = words_of("negated_result")
    return following not in negative and late not in negative


# --- readers: each looks at one cue word


def _stated(view: SentenceView, index: int) -> Phrase | None:
    """Match "Numerous studies have highlighted", "research on cupping suggests"."""
    word = view.tokens[index]
    first = _start(view, index)
    if view.token(index - 1) in _OWN or (view.possessive(index - 1) and view.token(index - 1) != "today"):
        return None
    if word == "reviews" and first == index:  # ratings of customers
        return None
    verb = _tail(view, index, plural=word not in words_of("mass"))
    if verb is None and word in {"data", "studies"}:
        verb = _tail(view, index, plural=False)
    if verb is None or _denied(view, first):
        return None
    return Phrase(first, verb, _form(view, first, index))


def _form(view: SentenceView, first: int, index: int) -> str:
    words = view.tokens[first:index]
    if any(word in {"these", "this", "such", "those"} for word in words):
        return "anaphor"
    recent = words_of("recent")
    return "recent" if any(word in recent for word in words) else "default"


def _existing(view: SentenceView, index: int) -> Phrase | None:
    """Match "There is growing evidence that", "with extensive research supporting"."""
    first = _start(view, index)
    following = view.token(index + 1)
    there = _there(view, first)
    strong = not _STRONG.isdisjoint(view.tokens[first:index])
    witness = view.tokens[index] in {"evidence", "proof"}
    about = following.endswith("ing") or (witness and following in {"that", "for"})
    fits = (following in _ABOUT and about) or (following == "to" and view.token(index + 2) in verbs("finding").base)
    if there is None:
        fits = fits and strong
    elif following in {"of", "behind", "which"}:
        fits = first < index
    if not fits or view.parted(index) or _denied(view, first) or not _NEED.isdisjoint(view.tokens[:index]):
        return None
    return Phrase(first if there is None else there, index, _form(view, first, index))


def _there(view: SentenceView, first: int) -> int | None:
    """The index of "there" before a noun phrase: "there is", "there has now been"."""
    for at in view.before(first, 4):
        word = view.tokens[at]
        if word in {"there", "there's"}:
            return at
        if word not in _BE | _HAVE | {"been", "also", "now", "even"}:
            return None
    return None


def _amount(view: SentenceView, index: int) -> Phrase | None:
    """Match "Decades of research", "a growing body of evidence"."""
    first = _start(view, index)
    words = view.tokens[first:index]
    if "of" not in words or words_of("amounts").isdisjoint(words) or _denied(view, first):
        return None
    if not words_of("negative").isdisjoint(view.tokens[index + 1 : index + 4]):
        return None
    return Phrase(first, index, "default")


def _within(view: SentenceView, index: int) -> Phrase | None:
    """Match "In clinical studies, ..."."""
    first = _start(view, index)
    if view.token(first - 1) != "in" or view.tokens[index] not in {"studies", "trials", "experiments", "surveys"}:
        return None
    if view.gap_after(index)[:1] != "," or not {"these", "those", "our"}.isdisjoint(view.tokens[first:index]):
        return None
    return None if _denied(view, first - 1) else Phrase(first - 1, index, _form(view, first, index))


def _clear(view: SentenceView, index: int) -> Phrase | None:
    """Match "The evidence is clear", "the science is overwhelming"."""
    last = view.skip(index + 2, frozenset({"very", "quite", "now", "absolutely"}), 2)
    if view.token(index + 1) not in {"is", "are"} or view.token(last) not in words_of("clear"):
        return None
    first = _start(view, index)
    return None if _denied(view, first) else Phrase(first - (view.token(first - 1) == "the"), last, "default")


def _tests(view: SentenceView, index: int) -> Phrase | None:
    """Match "Tests show that our formula works": not the tests of a patient."""
    first = _start(view, index)
    verb = _tail(view, index, plural=True)
    if first or verb is None or not view.names_therapy or view.token(verb + 1) == "you":
        return None
    return Phrase(first, verb, "default")


def _well_known(view: SentenceView, index: int) -> Phrase | None:
    """Match "It is well known that"."""
    adverb = view.token(index - 1)
    if view.token(index + 1) != "that" or adverb not in {"well", "widely", "generally", "scientifically", "now"}:
        return None
    it = index - 2 - (view.token(index - 2) in {"is", "been"}) - (view.token(index - 2) == "been")
    return Phrase(it, index, "passive") if view.token(it) in {"it", "it's"} and it >= 0 else None


def _said(view: SentenceView, index: int) -> Phrase | None:
    """Match "Experts agree", "many doctors recommend"; the position of "the researchers" of a cited study is theirs."""
    word = view.tokens[index]
    first = _start(view, index)
    before = view.tokens[first:index]
    if {"the", "these", "those", "our", "my"} & set(before) or view.token(index - 1) in _OWN:
        return None
    verb = _tail(view, index, plural=True, section="opining")
    if verb is None or _denied(view, first):
        return None
    if not view.names_therapy and view.tokens[verb] in _WEAK_OPINIONS:
        return None
    agreeing = view.tokens[verb].startswith("agree")
    if word in words_of("roles"):
        if word in _ADVISING_ROLES and not agreeing:
            return None
        if not agreeing and words_of("quantifiers").isdisjoint(before):
            return None
    return Phrase(first, verb, "group")


def _many_believe(view: SentenceView, index: int) -> Phrase | None:
    """Match "Many believe", "most agree"."""
    if view.token(index - 1) not in {"many", "most"} or view.token(index - 2) in {"as", "how", "so", "too"}:
        return None
    return None if _denied(view, index - 1) else Phrase(index - 1, index, "group")


def _according(view: SentenceView, index: int) -> Phrase | None:
    """Match "According to research", "according to experts"."""
    if view.token(index + 1) != "to":
        return None
    last = view.skip(index + 2, words_of("modifiers"), 6)
    word = view.token(last)
    if word not in words_of("plural", "mass", "groups", "roles") or word in _ADVISING_ROLES:
        return None
    if view.token(last + 1) in {"at", "from"} and view.capital(last + 2):
        return None
    return Phrase(index, last, _form(view, index, last))


def _by(view: SentenceView, index: int) -> Phrase | None:
    """Match "Supported by clinical evidence", "backed by science", "recommended by doctors"."""
    at = index + 1 + (view.token(index + 1) == "up")
    if view.token(at) != "by":
        return None
    last = view.skip(at + 1, words_of("modifiers"), 6)
    if view.token(last) not in words_of("plural", "mass", "groups", "roles") or _denied(view, index):
        return None
    if view.token(last) in {"data", "findings", "reports"}:
        return None
    return Phrase(index, last, "default")


def _passive(view: SentenceView, index: int) -> Phrase | None:
    """Match "Has been shown to", "have shown to", "are proven to"."""
    word = view.tokens[index]
    auxiliary = view.skip_back(index - 1, words_of("adverbs"), 5)
    helper = view.token(auxiliary)
    if helper in words_of("negative") or view.token(auxiliary + 1) in words_of("negative"):
        return None
    been = "been" in view.tokens[auxiliary + 1 : index]
    after = view.skip(index + 1, words_of("adverbs"), 2)
    if not _auxiliary_fits(word, helper, been=been):
        return _bare(view, index, after)
    if not _completes(view, word, after, been=been) or view.token(auxiliary - 1) in _PERSONS:
        return None
    return None if _denied(view, auxiliary) else Phrase(auxiliary, after, "passive")


def _bare(view: SentenceView, index: int, after: int) -> Phrase | None:
    """Match "a treatment proven to heal": no auxiliary."""
    if view.tokens[index] != "proven" or view.token(after) != "to" or view.token(after + 1) in _DETERMINERS:
        return None
    if (
        not speaks_of_health(view)
        or _denied(view, index)
        or view.any_before(index, words_of("modals") | {"be", "to"}, 2)
    ):
        return None
    return Phrase(index, after, "passive")


def _auxiliary_fits(word: str, helper: str, *, been: bool) -> bool:
    if helper in _HAVE and been:
        return True
    if helper in _HAVE:
        return word in {"shown", "show", "proven", "proved"}
    return helper in _BE and helper != "be" and word in {"shown", "proven", "proved", "demonstrated", "found"}


def _completes(view: SentenceView, word: str, after: int, *, been: bool) -> bool:
    """Whether the words behind the participle make it a finding."""
    following, late = view.token(after), view.token(after + 1)
    if following not in words_of("complements") or late in words_of("negated_result"):
        return False
    if following != "to":
        return following == "that" or word not in {
            "established",
            "reported",
            "observed",
            "discovered",
            "confirmed",
            "concluded",
        }
    if late == "be" and word in {"found", "observed", "reported"}:  # found to be effective, not found to be ill
        return not (_TREATMENT | {"more", "as", "superior"}).isdisjoint(view.tokens[after + 2 : after + 6])
    if word in {"found", "observed", "reported"}:
        return late not in _STATES | _DETERMINERS and (been or late != "have")
    return late not in _DETERMINERS


def _results(view: SentenceView, index: int) -> Phrase | None:
    """Match "Acupuncture has shown promising results"."""
    helper = view.skip_back(index - 1, words_of("adverbs"), 3)
    last = view.skip(index + 1, words_of("results"), 4)
    if view.token(helper) not in _HAVE or last == index + 1 or view.token(helper - 1) in _PERSONS:
        return None
    return None if _denied(view, helper) else Phrase(helper, last - 1, "passive")


def _known(view: SentenceView, index: int) -> Phrase | None:
    """Match "Is known to", "being recognized as", "well documented"."""
    word = view.tokens[index]
    helper = view.skip_back(index - 1, words_of("adverbs") | {"increasingly", "generally", "commonly"}, 3)
    been = view.token(helper) in _HAVE and "been" in view.tokens[helper + 1 : index]
    if not (been or view.token(helper) in _BE) or _denied(view, helper):
        return None
    following = view.token(index + 1)
    if following == "as" and (word == "known" or _TREATMENT.isdisjoint(view.tokens[index + 2 : index + 7])):
        return None
    if following in {"to", "as", "that"}:
        if view.token(index + 2) in _DETERMINERS - {"a", "an"} or word in {"researched", "studied", "documented"}:
            return None
        return Phrase(helper, index + 1, "passive")
    if view.token(index - 1) in {"well", "widely"} and not _EFFECTS.isdisjoint(view.tokens):
        return Phrase(helper, index, "passive")
    return None


def _gained(view: SentenceView, index: int) -> Phrase | None:
    """Match "Has gained widespread recognition"."""
    for at in view.before(index, 4):
        if view.tokens[at] in words_of("gaining"):
            return None if at == index - 1 or _denied(view, at) else Phrase(at, index, "passive")
    return None


def _based(view: SentenceView, index: int) -> Phrase | None:
    """Match "Based on substantial clinical evidence"."""
    if view.token(index + 1) != "on":
        return None
    last = view.skip(index + 2, words_of("modifiers"), 6)
    if last < index + 3 or view.token(last) not in {"evidence", "research", "science", "studies"}:
        return None
    if _STRONG.isdisjoint(view.tokens[index + 2 : last]) or not {"our", "my"}.isdisjoint(view.tokens[index:last]):
        return None
    return None if _denied(view, index) else Phrase(index, last, "default")


def _compound(view: SentenceView, index: int) -> Phrase | None:
    """Match "Research-backed", "well-documented"."""
    if view.tokens[index].startswith("well-") and _EFFECTS.isdisjoint(view.tokens):
        return None
    return None if _denied(view, index) else Phrase(index, index, "default")


def _proven(view: SentenceView, index: int) -> Phrase | None:
    """Match "Clinically proven", "scientifically validated"."""
    if view.token(index + 1) not in words_of("compound_participles") or _denied(view, index):
        return None
    return Phrase(index, index + 1, "default")


def _guidelines(view: SentenceView, index: int) -> Phrase | None:
    """Match "Clinical guidelines recommend"."""
    first = view.skip_back(index - 1, _GUIDELINE_WORDS | {"and"}, 4) + 1
    verb = _tail(view, index, plural=view.tokens[index] == "guidelines", section="endorsing")
    if first == index or verb is None or _denied(view, first):
        return None
    return Phrase(first, verb, "guideline")
