"""Every health claim of a document, found once for all rules that judge claims.

A claim is a predicate ("relieves back pain") said of a therapy. What is hedged, denied, asked, believed,
cited or reported from a named source stays in the list, with the reason why it may stand: rules look at
``fires``, a reader of a trace at ``exempt``.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Set
from dataclasses import dataclass, field
from functools import cache

from acu_lint.api import Document, Sentence, Span, measure
from acu_lint_rules.analysis.citations.index import cited
from acu_lint_rules.analysis.claims.exemptions import Exempt, Exemption
from acu_lint_rules.analysis.claims.implied import OFFER, harms, implied
from acu_lint_rules.analysis.claims.lists import complaint_lists
from acu_lint_rules.analysis.claims.predicate import Predicate
from acu_lint_rules.analysis.claims.promotion import promotes, sells
from acu_lint_rules.analysis.claims.stance import (
    Stance,
    doubted_behind,
    frame,
    mentioned,
    names_belief,
    names_risk,
    stance,
)
from acu_lint_rules.analysis.claims.subjects import NOBODY, Context, Role, Subject, is_therapy, resolve, topic
from acu_lint_rules.analysis.claims.verb_patterns import predicates
from acu_lint_rules.analysis.text import layout
from acu_lint_rules.analysis.text import marks as m
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.lexicon import Matcher, matcher, terms
from acu_lint_rules.analysis.text.sentence import SentenceView, english_views
from acu_lint_rules.analysis.text.tags import Tag, TagFlag

_NEAR = 3  # sentences of the same paragraph, before and after, that may name the risks or the belief
_ASIDE = 2  # words of an aside such as "Why?", which changes no subject
_BENEFITS = frozenset(terms("grammar", "benefits"))
_ANYONE = frozenset(terms("absolutes", "anyone"))
_LIMITED = frozenset({"who", "whose", "looking", "seeking", "interested"})  # 'anyone who ...' is not everyone
_HELP = 5  # words between "help" and what it helps to do
_STAGE = 5  # words of a line such as "Stage one" between a lead and its list
_ITEM = 4  # words of a list item that only names a complaint
_BY_WHOM = ("when ", "if ", "performed", "administered", "in ")  # no side effects in whose hands ever
_FOOD = frozenset({("balanced", "diet"), ("healthy", "diet"), ("good", "nutrition"), ("proper", "nutrition")})
_WARNING = frozenset({"avoid", "never", "not", "don't", "myth", "myths", "forbidden", "banned"})
_ANNOUNCING = frozenset(terms("leads", "announces"))
_DESIGNED = frozenset(terms("hedges", "designed"))
_POINTERS = frozenset(["it", "it's", "they", "this", "these", "which", "that", "those"])


@cache
def _advice() -> Matcher:
    return matcher("leads", "advice")


@dataclass(frozen=True)
class Claim:
    """One claim; ``start`` and ``end`` are offsets in the sentence's text.

    ``kind`` is that of ``Predicate``. ``exempt`` say why the claim may stand (hedges apart), ``use`` how the
    verb stands in the sentence. ``absolutes`` are the words ``always``, ``everyone`` ... of its clause, as
    ranges of the sentence's text.
    """

    kind: str
    view: SentenceView = field(repr=False, compare=False)
    start: int
    end: int
    subject: str
    verb: str
    object: str
    exempt: tuple[Exempt, ...] = ()
    hedges: tuple[str, ...] = ()
    boosters: tuple[str, ...] = ()
    absolutes: tuple[tuple[int, int], ...] = ()
    weak: bool = False
    use: str = ""

    @property
    def sentence(self) -> Sentence:
        """The sentence that makes it."""
        return self.view.sentence

    @property
    def exemptions(self) -> Set[Exemption]:
        """Why it may stand, hedges apart."""
        return {exempt.exemption for exempt in self.exempt}

    @property
    def asserted(self) -> bool:
        """Whether the text itself makes the claim, be it with a hedge."""
        return not self.exempt

    @property
    def fires(self) -> bool:
        """Whether the claim stands there as plain fact."""
        return not self.exempt and not self.hedges

    @property
    def text(self) -> str:
        """The words of the claim."""
        return self.sentence.text[self.start : self.end]

    @property
    def span(self) -> Span:
        """Where the words stand in the source."""
        return self.sentence.span(self.start, self.end)


@measure
def claims(doc: Document) -> tuple[Claim, ...]:
    """The claims of the document, in order."""
    return tuple(_Reader(doc).read())


def _end_of_word(view: SentenceView, index: int) -> int:
    """Where a word ends in the block's text, a following percent sign included."""
    end = view.words[index].end
    rest = view.block.text[end : end + 2]
    return end + rest.index("%") + 1 if rest[:1] == "%" or rest == " %" else end


def _with_booster(view: SentenceView, first: int) -> int:
    """'significantly reduces': the booster just before a verb belongs to the words meant."""
    before = first - 1
    if first and view.tokens[before].endswith("ly") and view.gaps[first] == " ":
        return before if any(mark.first == before and mark.flags & m.BOOSTER for mark in view.marks) else first
    return first


def _universal(view: SentenceView, tag: Tag) -> bool:
    """'100 %' but not '100 patients'; 'for good' but not 'for good health'."""
    if tag.term == "100":
        return view.block.text[view.words[tag.first].end :][:2].strip().startswith("%")
    if tag.term in _ANYONE and view.tokens[tag.last : tag.last + 1] and view.tokens[tag.last] in _LIMITED:
        return False
    if tag.term == "for good":
        return tag.last >= len(view.tokens) or view.gaps[tag.last] != " " or view.tokens[tag.last] in {"with", "and"}
    return True


def _everyday(doc: Document, view: SentenceView, subject: Subject) -> bool:
    """Sport and the like, of which everybody knows that it is good for health; on a page that sells, food alone."""
    if subject.first < 0 or not view.flags(subject.first) & t.LIFESTYLE:
        return False
    return not promotes(doc) or view.tokens[subject.first :][:2] in _FOOD


def _warns(lead: SentenceView) -> bool:
    """'Avoid:' above what must not be said."""
    return len(lead.tokens) <= _STAGE and not _WARNING.isdisjoint(lead.tokens)


def _heading_words(view: SentenceView) -> list[str]:
    """The words of the heading above, without its level."""
    return view.heading.partition(":")[2].casefold().split()


def _helps(view: SentenceView, predicate: Predicate) -> bool:
    """'can help', 'can help to ease'."""
    return any(token.startswith("help") for token in view.tokens[max(predicate.verb - _HELP, 0) : predicate.verb + 1])


class _Reader:
    """Goes through the sentences and remembers what 'it' and a list's items are about."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.focus = NOBODY
        self.section: str = ""
        self.lead: SentenceView | None = None
        self.listed = {item.view.block.index for found in complaint_lists(doc) for item in found.items}

    def read(self) -> Iterator[Claim]:
        for view in english_views(self.doc):
            block, union = view.block, t.NOTHING
            for tag in view.tags:
                union |= tag.flags
            if block.kind == "heading":
                self.focus = NOBODY
                self.section = self._therapy(view)
                self.lead = view if self.section or not _BENEFITS.isdisjoint(view.tokens) else None
            said = NOBODY
            short = block.kind == "item" and 0 < len(view.tokens) <= _ITEM and block.index not in self.listed
            if short and self.lead is not None:
                yield from self._named(view, self.lead)
            if union & t.TRIGGER and self._possible(view, union):
                said = yield from self._claims(view)
            if block.kind == "paragraph":
                self._lead_on(view)
            if said is NOBODY:
                self._remember(view, union)
            else:
                self.focus = said

    def _lead_on(self, view: SentenceView) -> None:
        """A line with a colon leads the list that follows, also over the name of a stage; other text ends that."""
        if view.sentence.text.endswith(":"):
            self.lead = view
        elif not self.section and (len(view.tokens) > _STAGE or layout.is_ended(view.sentence)):
            self.lead = None

    def _named(self, view: SentenceView, lead: SentenceView) -> Iterator[Claim]:
        """'Migraine' in a list below 'Acupuncture relieves:'."""
        complaint = next((tag for tag in view.tags if tag.flags & t.CONDITION and not tag.flags & t.VERB), None)
        verb = lead.tags[-1] if lead.tags and lead.sentence.text.endswith(":") else None
        if complaint is None or verb is None or not verb.flags & (t.EFFECT | t.CURE) or verb.last != len(lead.tokens):
            return
        subject = self._subject(lead, Predicate("efficacy", verb.first, verb.last, verb.first), self._context())
        if subject.role is Role.THERAPY:
            meant = stance(lead, lead.clause_number(verb.first), verb.first, verb.last)
            kind = "cure" if verb.flags & t.CURE else "efficacy"
            found = Predicate(
                kind, complaint.first, complaint.last, complaint.first, complaint.term, weak=bool(meant.weak)
            )
            yield self._claim(view, found, subject, self._frame(view))

    def _therapy(self, view: SentenceView) -> str:
        return next((tag.term for tag in view.tags if tag.flags & t.THERAPY and is_therapy(view, tag)), "")

    def _led_by(self, lead: SentenceView) -> str:
        """The therapy that a list is about: named above it, or meant by 'our sessions'."""
        named = self._therapy(lead)
        if named:
            return named
        for tag in lead.tags:
            if tag.flags & t.ANAPHOR and (topic(self.doc) or "our" in lead.tokens[max(tag.first - 2, 0) : tag.first]):
                return topic(self.doc) or tag.term
        if _BENEFITS.isdisjoint(lead.tokens) and (not lead.tokens or lead.tokens[-1] not in _ANNOUNCING):
            return ""
        return topic(self.doc) or (OFFER if promotes(self.doc) and not _advice().scan(lead.tokens) else "")

    def _remember(self, view: SentenceView, union: TagFlag) -> None:
        """The subject of the sentence is what a following 'it' or 'this treatment' may mean.

        ``union`` is what any of its words is.
        """
        if len(view.tokens) <= _ASIDE:
            return
        for tag in view.tags if union & (t.THERAPY | t.CONDITION) else ():
            if tag.flags & t.THERAPY and not tag.flags & t.LIFESTYLE and is_therapy(view, tag):
                self.focus = Subject(Role.THERAPY, tag.term)
                return
            if tag.flags & t.PEOPLE:
                continue
            if tag.flags & t.CONDITION and tag.first <= 3:
                self.focus = Subject(Role.OTHER, tag.term)
                return
        if not union & t.ANAPHOR and view.tokens[0] not in _POINTERS:
            self.focus = NOBODY

    def _context(self) -> Context:
        return Context(topic(self.doc) or self.section, self.focus.role, self.focus.text)

    def _possible(self, view: SentenceView, union: TagFlag) -> bool:
        """Whether there can be a claim at all where a word may make one: a cheap test before the real work."""
        if union & (t.THERAPY | t.TRADITION | t.THEORY) or promotes(self.doc):
            return True
        if not (self.focus.role is Role.THERAPY or self.section or self.lead or topic(self.doc)):
            return False
        if union & (t.ANAPHOR | t.REACHING) or view.kind == "item":
            return True
        return not _POINTERS.isdisjoint(view.tokens)

    def _claims(self, view: SentenceView) -> Generator[Claim, None, Subject]:
        """The claims of a sentence; the value is the therapy that they are about."""
        said = NOBODY
        context = self._context()
        exempt: tuple[Exempt, ...] | None = None
        for predicate in predicates(view):
            subject = self._subject(view, predicate, context)
            if subject.role is not Role.THERAPY:
                continue
            if exempt is None:
                exempt = self._frame(view)
            yield self._claim(view, predicate, subject, exempt)
            said = subject
        return said

    def _frame(self, view: SentenceView) -> tuple[Exempt, ...]:
        found = frame(view)
        if cited(self.doc, view.sentence):
            found = (*found, Exempt(Exemption.CITED))
        lead = self._lead(view)
        if lead is not None and lead.sentence.block.kind == "paragraph":
            end = len(lead.tokens)
            meant = stance(lead, len(lead.clauses) - 1, end, end)
            hedges = (Exempt(Exemption.HEDGED, term) for term in meant.hedges)
            found = (*found, *frame(lead), *meant.exempt, *hedges)
            if _warns(lead):
                found = (*found, Exempt(Exemption.NEGATED, lead.tokens[0]))
        return found

    def _lead(self, view: SentenceView) -> SentenceView | None:
        """The sentence that introduces the list an item belongs to."""
        return self.lead if view.kind == "item" else None

    def _subject(self, view: SentenceView, predicate: Predicate, context: Context) -> Subject:
        """Who does what the predicate says."""
        if predicate.agent >= 0:
            return self._agent(view, predicate.agent, context)
        if predicate.reach != "subject":
            return self._around(view, predicate, context)
        if predicate.use in {"imperative", "listed", "slogan"}:
            return self._instrument(view, predicate)
        number = view.clause_number(predicate.verb)
        found = resolve(view, number, predicate.verb, context)
        if found.role is Role.THERAPY:
            return NOBODY if _everyday(self.doc, view, found) else found
        if predicate.experience and found.role is not Role.OTHER and found.text != "you":
            return self._experienced(view, context)
        return self._above(view, predicate, found)

    def _agent(self, view: SentenceView, index: int, context: Context) -> Subject:
        """The therapy that a passive names; 'treatment' is one in an article about a therapy."""
        tag = view.tag_of_word[index]
        if tag is None or not (is_therapy(view, tag) if tag.flags & t.THERAPY else context.topic):
            return NOBODY
        return Subject(Role.THERAPY, tag.term, index)

    def _above(self, view: SentenceView, predicate: Predicate, found: Subject) -> Subject:
        """A list item leans on the sentence above the list; theory of qi and the like needs no therapy."""
        if found.role is Role.NONE and view.kind == "item" and self.lead is not None:
            therapy = self._led_by(self.lead)
            if therapy:
                return Subject(Role.THERAPY, therapy)
        if predicate.theory and not self._believed(view):
            return Subject(Role.THERAPY, found.text)
        if not promotes(self.doc):
            return found
        if found.role is Role.NONE and view.kind == "item" and self._advised(view):
            return NOBODY
        return implied(view, predicate, found, self._context())

    def _advised(self, view: SentenceView) -> bool:
        """Whether the heading or the line above a list announces tips, steps, aims or reasons to come."""
        return bool(_advice().scan((*_heading_words(view), *(self.lead.tokens if self.lead else ()))))

    def _believed(self, view: SentenceView) -> bool:
        """Whether an earlier sentence of the paragraph speaks of a tradition's belief."""
        return any(names_belief(other) for other in view.around(_NEAR, -1))

    def _around(self, view: SentenceView, predicate: Predicate, context: Context) -> Subject:
        """A set phrase needs no grammar: a therapy in the sentence, just before, or as the topic."""
        named = self._therapy(view)
        if not named and self.focus.role is Role.THERAPY and not _POINTERS.isdisjoint(view.tokens):
            named = self.focus.text
        lead = self._lead(view)
        if not named and lead is not None:
            named = self._led_by(lead)
        if not named and (predicate.reach == "topic" or view.kind in {"item", "heading", "cell"}):
            named = context.topic
        if not named and promotes(self.doc):
            named = OFFER
        if not named or (predicate.theory and self._believed(view)):
            return NOBODY
        return Subject(Role.THERAPY, named)

    def _instrument(self, view: SentenceView, predicate: Predicate) -> Subject:
        """'Relieve back pain with acupuncture'; a list item leans on the sentence above the list."""
        at = view.find_word(predicate.last, min(predicate.last + 4, len(view.tokens)))
        tag = view.tag_of_word[at] if at >= 0 else None
        if tag is not None and view.tokens[tag.first - 1] in {"with", "through", "using", "by"}:
            return Subject(Role.THERAPY, tag.term, tag.first)
        if predicate.use == "slogan":
            return Subject(Role.THERAPY, topic(self.doc) or OFFER) if promotes(self.doc) else NOBODY
        lead = self._lead(view)
        therapy = self._led_by(lead) if lead is not None and not _advice().scan(lead.tokens) else ""
        if therapy:
            return Subject(Role.THERAPY, therapy)
        return self._slogan(view, predicate)

    def _slogan(self, view: SentenceView, predicate: Predicate) -> Subject:
        """'Restore your energy' on a page that sells; among tips and steps it tells what to do."""
        if predicate.verb or not promotes(self.doc) or self._advised(view):
            return NOBODY
        return Subject(Role.THERAPY, OFFER)

    def _experienced(self, view: SentenceView, context: Context) -> Subject:
        """'Many patients experience relief after treatment': people feel what the therapy does."""
        if any(mark.flags & m.EVIDENCE for mark in view.marks):
            return NOBODY
        for tag in view.tags:
            if tag.flags & t.THERAPY or (tag.flags & t.ANAPHOR and context.topic):
                return Subject(Role.THERAPY, tag.term, tag.first)
        return NOBODY

    def _safe_with(self, view: SentenceView, predicate: Predicate) -> Iterator[Exempt]:
        """Safety may be stated with its limits, or beside the risks."""
        if predicate.kind not in {"safety", "natural"}:
            return
        for mark in view.marks:
            if mark.flags & m.QUALIFIER and not (predicate.use == "absolute" and mark.term.startswith(_BY_WHOM)):
                yield Exempt(Exemption.QUALIFIED, mark.term)
        if any(names_risk(other) for other in view.around(_NEAR, _NEAR) if other is not view):
            yield Exempt(Exemption.RISKS_BESIDE)

    def _weak(self, view: SentenceView, predicate: Predicate, meant: Stance) -> bool:
        """Whether a claim is one step milder; what a page sells "can relieve" and is "designed to relieve"."""
        if predicate.use == "we":
            return False  # "we can improve" is "we improve"
        if predicate.use == "purpose" and not promotes(self.doc):
            return True  # a definition: "involves inserting needles to stimulate nerves"
        if not (meant.weak or predicate.weak):
            return False
        if not sells(self.doc) or harms(view, predicate):
            return True
        designed = any(term in _DESIGNED for term in meant.weak)
        can = set(meant.weak) == {"can"} and not _helps(view, predicate) and "some" not in view.tokens[: predicate.verb]
        return not (designed or (can and not predicate.weak))

    def _claim(self, view: SentenceView, predicate: Predicate, subject: Subject, exempt: tuple[Exempt, ...]) -> Claim:
        number = view.clause_number(predicate.verb)
        meant = stance(view, number, predicate.first, predicate.last)
        clause = view.clauses[number]
        offset = view.sentence.start
        if mentioned(view, predicate.first, predicate.last):
            exempt = (*exempt, Exempt(Exemption.MENTIONED))
        elif doubt := doubted_behind(view, predicate.first, predicate.last):
            exempt = (*exempt, Exempt(Exemption.DOUBTED, doubt))
        return Claim(
            kind=predicate.kind,
            view=view,
            start=view.words[_with_booster(view, predicate.first)].start - offset,
            end=view.words[predicate.last - 1].end - offset,
            subject=subject.text,
            verb=view.words[predicate.verb].text,
            object=predicate.object,
            exempt=(*exempt, *meant.exempt, *self._safe_with(view, predicate)),
            hedges=meant.hedges,
            boosters=meant.boosters,
            absolutes=tuple(
                (view.words[tag.first].start - offset, _end_of_word(view, tag.last - 1) - offset)
                for tag in view.tags
                if tag.flags & t.UNIVERSAL and clause.first <= tag.first < clause.last and _universal(view, tag)
            ),
            weak=self._weak(view, predicate, meant),
            use=predicate.use,
        )
