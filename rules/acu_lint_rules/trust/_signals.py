"""What an article says for its readers' safety and about itself: risks, warning signs, limits of the evidence.

One look-up per word finds the phrases of ``lexicons/trust.txt``; the words around a phrase decide whether it counts.
The first sentence that counts stands for each signal.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import Any, NamedTuple

from acu_lint.api import META, Block, Document, Sentence, measure
from acu_lint_rules.analysis.citations.index import in_references
from acu_lint_rules.analysis.claims.claim import Claim, claims
from acu_lint_rules.analysis.page.metadata import PageMeta, pagemeta
from acu_lint_rules.analysis.text.lexicon import Matcher, Range, folded, load, spellings, terms
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.rare_phrases import vocabulary
from acu_lint_rules.analysis.text.sentence import SentenceView, in_block
from acu_lint_rules.trust._article import full_article, subject

_ASK_REACH = 7  # words between "ask" and "doctor": "talk about it with your own family doctor"
_DENIAL_REACH = 3
_LONGEST = 80  # words on either side that are read; a sentence that is longer is no prose
_BESIDE = 4  # words between a limit and the evidence that it is said of
_DENIALS = frozenset("no not without zero free non never avoid avoids avoiding unlike fewer minus".split())
_NOT_OF_TREATMENT = frozenset("factor factors free".split())  # behind "risk"
_DENIED = frozenset({"not", "never", "don't"})
_SEEK = frozenset({"seek", "get"})  # "a common cause for seeking medical help" sends nobody
_INSTEAD = frozenset("instead without not avoid than replace replaces rather against like".split())
_PATIENTS = frozenset("you people patients clients some most many".split())
_OF_A_PATIENT = frozenset({"i", "my"})  # "I was suffering from headaches" tells what brought somebody to the clinic
_SAFE = frozenset({"safe", "safely", "safest"})  # "one of the safest, also in pregnancy" warns nobody
_HELD_BACK = frozenset("not avoid unless ask tell consult speak talk never".split())
_POINTERS = frozenset("it they them this these that those".split())
_SIGNS = {  # words in the name of a complaint -> the section of its warning signs
    "back": "sign_back", "sciatica": "sign_back", "lumbar": "sign_back", "disc": "sign_back",
    "neck": "sign_neck", "whiplash": "sign_neck",
    "headache": "sign_head", "headaches": "sign_head", "migraine": "sign_head", "migraines": "sign_head",
    "stomach": "sign_belly", "abdominal": "sign_belly",
    "chest": "sign_chest",
}  # fmt: skip
_LINK_WORDS = ("disclaimer", "medical-advice")
_FIRST = attrgetter("first")
_WORD = lazy(r"[\w'’-]+")
_SHOWN = 200  # characters of a sentence in a record


class Place(NamedTuple):
    """A phrase of the list in a sentence: words ``first`` to ``last`` (exclusive)."""

    view: SentenceView
    first: int
    last: int
    term: str

    def own(self) -> Sequence[str]:
        """The words of the sentence, ``_LONGEST`` before the phrase and from it on at most."""
        return self.view.tokens[max(0, self.first - _LONGEST) : self.first + _LONGEST]

    def before(self, reach: int) -> Sequence[str]:
        """The words of the sentence before the phrase, ``reach`` at most."""
        return self.view.tokens[max(0, self.first - reach) : self.first]

    def after(self, reach: int) -> Sequence[str]:
        """The words of the sentence behind the phrase, ``reach`` at most."""
        return self.view.tokens[self.last : self.last + reach]

    def near(self) -> Sequence[str]:
        """The words of the block, ``_LONGEST`` on either side at most."""
        at = self.view.first + self.first
        return folded(self.view.doc)[self.view.block.index][max(0, at - _LONGEST) : at + _LONGEST]

    def around(self) -> Iterator[Collection[str]]:
        """The words of the sentence, of the headings above and of what introduces the list."""
        yield self.own()
        if self.view.lead is not None:
            yield folded(self.view.doc)[self.view.lead.block.index][-_LONGEST:]
        yield from map(_heading_words, self.view.block.path[-2:])


@lru_cache(maxsize=64)
def _heading_words(heading: str) -> frozenset[str]:
    """The words of a heading, which all that stands below it asks for."""
    return frozenset(_WORD.findall(heading.lower()))


Signals = Mapping[str, Sentence]


@measure
def signals(doc: Document) -> Signals:
    """The first sentence for each of: disclaimer, risks, caution, red_flags, uncertainty, disclosure.

    What an article lacks has no entry. ``red_flags`` are those of the complaint that the article is about.
    """
    found: dict[str, Sentence] = {}
    sign = warning_signs(subject(doc).complaint)
    wanted, rare, tests = _phrases(sign), _rare_words(sign), _tests(sign)
    for block, words in zip(doc.blocks, folded(doc), strict=True):
        if not words or block.kind in META or block is doc.title:
            continue
        ranges = () if rare.isdisjoint(words) else wanted.scan(words)
        if ranges and not in_references(doc, block):
            headed = block.kind == "heading"
            for place in _places(doc, block, ranges):
                for name, test in tests[place.term]:
                    if name in found or (headed and name != "red_flags") or not test(place):
                        continue
                    if headed or not place.view.is_question:  # "When to see a doctor?" stands above the answer
                        found[name] = place.view.sentence
    return found


def _places(doc: Document, block: Block, ranges: Sequence[Range]) -> Iterator[Place]:
    """The phrases of a block in their sentences; what reaches over the end of one is no phrase."""
    views = in_block(doc, block)
    for found in ranges:
        view = views[bisect_right(views, found.first, key=_FIRST) - 1]
        if found.last <= view.first + len(view):
            yield Place(view, found.first - view.first, found.last - view.first, found.term)


def warning_signs(complaint: str) -> str:
    """The section of the warning signs of a complaint; empty where none are listed."""
    return next((section for word in complaint.lower().replace("-", " ").split() if (section := _SIGNS.get(word))), "")


def mentions_disclaimer(doc: Document) -> bool:
    """Whether the page names, links or includes a disclaimer that stands elsewhere."""
    if "disclaimer" in vocabulary(doc) or any("disclaimer" in str(key).lower() for key in doc.meta.data):
        return True
    source = doc.source.text
    return any(word in source or word.title() in source for word in _LINK_WORDS)


# --- what counts


def _asked(place: Place) -> bool:
    """'Talk to your doctor', 'your GP may refer you', 'a midwife can help'; not 'instead of your doctor'."""
    before = place.before(_ASK_REACH)
    verbs = _section("ask") if not place.term.startswith("medical") else _SEEK
    if not verbs.isdisjoint(before) or ("with" in before[-2:] and "discuss" in place.own()):
        return not _sent_away(place)
    if "can" in place.after(1):
        return True
    return before[-1:] == ("your",) and _INSTEAD.isdisjoint(before)


def _sent_away(place: Place) -> bool:
    """'No need to see a doctor' and 'instead of asking a doctor' send nobody to one."""
    before = place.before(_ASK_REACH)
    text = " ".join(before)
    if "without" in before and not _section("ask").isdisjoint(before[before.index("without") + 1 :][:1]):
        return _DENIED.isdisjoint(place.own())  # "do not stop a medicine without asking your doctor"
    return "no need" in text or "instead of" in text or "n't need" in text


def _asked_first(place: Place) -> bool:
    """'Speak to your doctor first if you are pregnant': a treatment that is not for everybody."""
    own = list(place.own())
    first = "first" in own or any(
        word == "before" and after in _section("asked_first") for word, after in pairwise(own)
    )
    return first and "if" in own and _asked(place)


def _dentist(place: Place) -> bool:
    """'Ask your dentist', not 'our dentist can help'."""
    return "our" not in place.before(_ASK_REACH) and "can" not in place.after(1) and _asked(place)


def _no_substitute(place: Place) -> bool:
    return not _section("no_substitute").isdisjoint(place.own())


def _always(_place: Place) -> bool:
    return True


def _harms(place: Place) -> bool:
    """A risk of the treatment, not denied, and not that of another treatment or of a disease."""
    before = place.before(_DENIAL_REACH)
    if not _DENIALS.isdisjoint(before) or not _section("less").isdisjoint(before):
        return False
    if not _NOT_OF_TREATMENT.isdisjoint(place.after(1)):
        return False
    if place.term in {"risk", "risks"} and (before[-1:] == ("at",) or _of_disease(place)):
        return False
    return not _other_treatment(place)


def _of_disease(place: Place) -> bool:
    """'The risk of heart disease', 'risk of bias': what no treatment does."""
    behind = place.after(_BESIDE)
    return "bias" in behind or (behind[:1] == ("of",) and not _complaints().isdisjoint(behind[1:3]))


def _other_treatment(place: Place) -> bool:
    """Whether the last treatment that is named before a risk, or the first behind it, is another one."""
    before, behind = place.before(_LONGEST), place.after(_LONGEST)
    own = _title_words(place.view.doc)
    for word in (*reversed(before), *behind):
        if word in _section("other_treatment") and word not in own:
            return True
        if word in _POINTERS or word in _section("sessions") or word in _therapy_ends():
            return False
    return False


@measure
def _title_words(doc: Document) -> frozenset[str]:
    """The words of the title: an article about injections or an operation tells their risks as its own."""
    return frozenset(folded(doc)[doc.title.index]) if doc.title else frozenset()


def _may_happen(place: Place) -> bool:
    """What a patient may feel in or after a session, in a sentence that promises no relief of it."""
    own, *above = place.around()
    told = not _section("may_happen").isdisjoint(own) and (
        any(word in _section("sessions") or word in _therapy_ends() for word in place.near())
        or not (_section("afterwards").isdisjoint(own) or _PATIENTS.isdisjoint(own))
    )
    if not told and all(_section("risk").isdisjoint(words) for words in above):
        return False
    if not _DENIALS.isdisjoint(place.before(_DENIAL_REACH)) or _other_treatment(place):
        return False
    return _OF_A_PATIENT.isdisjoint(own) and not _claimed(place)


def _cautions(place: Place) -> bool:
    """Who should take care: with words such as "avoid", "tell" or "if", and no claim of an effect on them."""
    if _claimed(place) or (not _SAFE.isdisjoint(place.own()) and _HELD_BACK.isdisjoint(place.own())):
        return False
    return any(not _section("beware").isdisjoint(words) for words in place.around())


def _acts(place: Place) -> bool:
    """A warning sign with what to do about it, which may stand in the next sentence where it is urgent."""
    if not _section("at_once").isdisjoint(place.near()):
        return True
    return any(not _section("act").isdisjoint(words) for words in place.around())


def _no_better(place: Place) -> bool:
    """'About as good as sham', 'only a small difference to placebo'; not 'better than sham'."""
    own = place.own()
    if _section("no_better").isdisjoint(own):
        return False
    return _section("outdoing").isdisjoint(own) or not _DENIALS.isdisjoint(own)


def _limits(place: Place) -> bool:
    """'The evidence is mixed', 'small trials'."""
    return not _section("of_evidence").isdisjoint((*place.before(_BESIDE), *place.after(_BESIDE)))


_Test = Callable[[Place], bool]
_TESTS: tuple[tuple[str, str, _Test], ...] = (  # signal, section of the list, what makes a phrase of it count
    ("disclaimer", "doctor", _asked),
    ("disclaimer", "dentist", _dentist),
    ("disclaimer", "medical", _no_substitute),
    ("disclaimer", "information_only", _always),
    ("disclaimer", "urgent", _always),
    ("risks", "risk", _harms),
    ("risks", "harm", _may_happen),
    ("risks", "doctor", _asked_first),
    ("caution", "caution", _cautions),
    ("red_flags", "urgent", _always),
    ("uncertainty", "uncertain", _always),
    ("uncertainty", "against", _no_better),
    ("uncertainty", "limit", _limits),
    ("disclosure", "disclosed", _always),
)


# --- words


@cache
def _tests(sign: str) -> Mapping[str, Sequence[tuple[str, _Test]]]:
    """By phrase: the signals that it may stand for, each with its test; ``sign`` names a section of warning signs."""
    table: dict[str, list[tuple[str, _Test]]] = {}
    for name, section, test in (*_TESTS, *([("red_flags", sign, _acts)] if sign else [])):
        for term in _section(section):
            table.setdefault(term, []).append((name, test))
    return table


@cache
def _phrases(sign: str) -> Matcher:
    return Matcher.kept(f"signals {sign}", lambda: _tests(sign).keys())


@cache
def _rare_words(sign: str) -> frozenset[str]:
    """The longest word of each phrase: a block without these words has none of them."""
    return frozenset([max(words, key=len) for term in _tests(sign) for words in spellings(term)])


@cache
def _section(name: str) -> frozenset[str]:
    return frozenset(load("trust")[name])


@cache
def _therapy_ends() -> frozenset[str]:
    """The last words of the names of therapies, and the words for who gives them."""
    return frozenset(term.split()[-1].lower() for term in terms("interventions"))


@cache
def _complaints() -> frozenset[str]:
    """The first and last words of the names of complaints."""
    return frozenset(
        word for term in terms("conditions") for word in (term.lower().split()[0], term.lower().split()[-1])
    )


def _claimed(place: Place) -> bool:
    """Whether the sentence claims an effect, or the phrase is what something is said to relieve."""
    at, _ = place.view.text_range(place.first, place.last)
    return any(
        claim.asserted or (claim.kind == "efficacy" and claim.start <= at < claim.end)
        for claim in _claims(place.view.doc).get((place.view.block.index, place.view.sentence.start), ())
    )


@measure
def _claims(doc: Document) -> Mapping[tuple[int, int], Sequence[Claim]]:
    """The claims by their sentence: its block, and where it starts there."""
    table: dict[tuple[int, int], list[Claim]] = {}
    for claim in claims(doc):
        table.setdefault((claim.sentence.block.index, claim.sentence.start), []).append(claim)
    return table


# --- what the command ``score`` asks for


def trust(doc: Document) -> dict[str, Any]:
    """Give the signs of trust that a page shows; the extractor ``trust``.

    A record of JSON values:

    - ``applies``: whether the page is an article (the rules of ``trust`` look at no others); the rest is filled in
      all the same.
    - ``author``, ``credentials``, ``reviewer``: the first author who can be identified (else the first named), that
      person's credential, the first reviewer, as written; None where the page names none.
    - ``published``, ``updated``, ``reviewed``: the newest date of the kind as an ISO day; None.
    - ``disclaimer``, ``risks``, ``contraindications``, ``red_flags``, ``uncertainty``, ``disclosure``: the first
      sentence that gives it (200 characters at most); None. ``disclaimer`` is True where the page only points to one,
      ``red_flags`` is False where no warning signs belong to the article's complaint, ``risks`` and
      ``contraindications`` are where it is about no therapy, so that there are none to tell.
    """
    page, found, about = pagemeta(doc), signals(doc), subject(doc)
    author = next((p for p in page.authors if p.identified), next(iter(page.authors), None))
    return {
        "applies": full_article(doc, min_words=0),
        "author": author.name if author else None,
        "credentials": (author.credential or None) if author else None,
        "reviewer": page.reviewers[0].name if page.reviewers else None,
        **{kind: _newest(page, kind) for kind in ("published", "updated", "reviewed")},
        "disclaimer": _text(found.get("disclaimer")) or (mentions_disclaimer(doc) or None),
        "risks": _text(found.get("risks")) if about.therapy else False,
        "contraindications": _text(found.get("caution")) if about.therapy else False,
        "red_flags": _text(found.get("red_flags")) or (None if warning_signs(about.complaint) else False),
        "uncertainty": _text(found.get("uncertainty")),
        "disclosure": _text(found.get("disclosure")),
    }


def _newest(page: PageMeta, kind: str) -> str | None:
    return max((date.when.last.isoformat() for date in page.dates if date.kind == kind), default=None)


def _text(sentence: Sentence | None) -> str | None:
    return " ".join(sentence.text.split())[:_SHOWN] if sentence else None
