"""Every health claim of a document, found once for all rules that judge claims.

A claim is a predicate ("relieves back pain") said of a therapy. What is hedged, denied, asked, believed,
cited or reported from a named source stays in the list, with the reason why it may stand: rules look at
``fires``, a reader of a trace at ``licences``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from acu_lint.api import Document, Sentence, Span, language, measure
from acu_lint_rules.analysis.citations.index import cited
from acu_lint_rules.analysis.claims.predicate import Predicate, find_therapy
from acu_lint_rules.analysis.claims.stance import frame, mentioned, names_belief, names_risk, stance
from acu_lint_rules.analysis.claims.subjects import NOBODY, Context, Role, Subject, is_therapy, resolve
from acu_lint_rules.analysis.claims.verb_patterns import predicates
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.lexicon import folded, terms
from acu_lint_rules.analysis.text.sentence import Line
from acu_lint_rules.analysis.text.tags import Tag, content

LONGEST = 200  # words read as one sentence; what is longer is no prose, and is read in parts of this size
_NEAR = 3  # sentences of the same paragraph, before and after, that may name the risks or the belief
_ASIDE = 2  # words of an aside such as "Why?", which changes no subject
_MENTIONS, _WORDS_PER_MENTION = 3, 200  # how often an article names the therapy it is about
_BENEFITS = frozenset(terms("grammar", "benefits"))
_ANYONE = frozenset(terms("absolutes", "anyone"))
_LIMITED = frozenset({"who", "whose", "looking", "seeking", "interested"})  # 'anyone who ...' is not everyone
_ITEM = 4  # words of a list item that only names a complaint
_POINTERS = frozenset(["it", "it's", "they", "this", "these", "which", "that", "those"])


@dataclass(frozen=True)
class Claim:
    """One claim; ``start`` and ``end`` are offsets in the sentence's text.

    ``kind`` is that of ``Predicate``. ``licences`` say why the claim may stand (hedges apart), ``use`` how the
    verb stands in the sentence. ``absolutes`` are the words ``always``, ``everyone`` ... of its clause, as
    ranges of the sentence's text.
    """

    kind: str
    sentence: Sentence
    start: int
    end: int
    subject: str
    verb: str
    object: str
    licences: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    boosters: tuple[str, ...] = ()
    absolutes: tuple[tuple[int, int], ...] = ()
    weak: bool = False
    use: str = ""
    line: Line | None = field(default=None, repr=False, compare=False)

    @property
    def asserted(self) -> bool:
        """Whether the text itself makes the claim, be it with a hedge."""
        return not self.licences

    @property
    def fires(self) -> bool:
        """Whether the claim stands there as plain fact."""
        return not self.licences and not self.hedges

    @property
    def text(self) -> str:
        """The words of the claim."""
        return self.sentence.text[self.start : self.end]

    @property
    def span(self) -> Span:
        """Where the words stand in the source."""
        return self.sentence.span(self.start, self.end)


@measure
def lines(doc: Document) -> tuple[Line, ...]:
    """Every sentence with the content words it holds."""
    if language(doc) != "en":
        return ()
    return tuple(_lines(doc))


_start = attrgetter("start")


def _lines(doc: Document) -> Iterator[Line]:
    own = doc.vocabulary
    within = content((*own.interventions, *own.brands), own.conditions).within
    for block, tokens in zip(doc.blocks, folded(doc), strict=True):
        if not tokens:
            continue
        bounds, sentences = [0], []
        for sentence, last in zip(block.sentences, block.bounds[1:], strict=True):
            while bounds[-1] < last:
                sentences.append(sentence)
                bounds.append(min(last, bounds[-1] + LONGEST))
        for sentence, first, last, tags in zip(sentences, bounds, bounds[1:], within(tokens, bounds), strict=False):
            yield Line(sentence, first, tokens[first:last], tags)


@measure
def topic(doc: Document) -> str:
    """The therapy an article is about: one that its title names, or that it names often."""
    counts: dict[str, int] = {}
    title = doc.title
    words = 0
    for line in lines(doc):
        words += len(line.tokens)
        for tag in line.tags:
            if tag.flags & t.THERAPY and not tag.flags & t.LIFESTYLE and is_therapy(line, tag):
                if line.sentence.block is title:
                    return tag.term
                counts[tag.term] = counts.get(tag.term, 0) + 1
    term = max(counts, key=lambda key: counts[key], default="")
    return term if counts.get(term, 0) >= max(_MENTIONS, words // _WORDS_PER_MENTION) else ""


@measure
def claims(doc: Document) -> tuple[Claim, ...]:
    """The claims of the document, in order."""
    return tuple(_Reader(doc).read())


def _before(sentence: Sentence) -> Sequence[Sentence]:
    """The sentences just before one in its paragraph."""
    near = sentence.block.sentences
    at = bisect_left(near, sentence.start, key=_start)
    return near[max(at - _NEAR, 0) : at]


def _after(sentence: Sentence) -> Sequence[Sentence]:
    """The sentences just after one in its paragraph."""
    near = sentence.block.sentences
    at = bisect_left(near, sentence.start, key=_start)
    return near[at + 1 : at + 1 + _NEAR]


def _end_of_word(line: Line, index: int) -> int:
    """Where a word ends in the block's text, a following percent sign included."""
    end = line.words[index].end
    rest = line.sentence.block.text[end : end + 2]
    return end + rest.index("%") + 1 if rest[:1] == "%" or rest == " %" else end


def _with_booster(line: Line, first: int) -> int:
    """'significantly reduces': the booster just before a verb belongs to the words meant."""
    before = first - 1
    if first and line.tokens[before].endswith("ly") and line.gaps[first] == " ":
        return before if any(mark.first == before and mark.flags & t.BOOSTER for mark in line.marks) else first
    return first


def _universal(line: Line, tag: Tag) -> bool:
    """'100 %' but not '100 patients'; 'for good' but not 'for good health'."""
    if tag.term == "100":
        return line.sentence.block.text[line.words[tag.first].end :][:2].strip().startswith("%")
    if tag.term in _ANYONE and line.tokens[tag.last : tag.last + 1] and line.tokens[tag.last] in _LIMITED:
        return False
    if tag.term == "for good":
        return tag.last >= len(line.tokens) or line.gaps[tag.last] != " " or line.tokens[tag.last] in {"with", "and"}
    return True


class _Reader:
    """Goes through the sentences and remembers what 'it' and a list's items are about."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.focus = NOBODY
        self.section: str = ""
        self.lead: Line | None = None

    def read(self) -> Iterator[Claim]:
        for line in lines(self.doc):
            block = line.sentence.block
            if block.kind == "heading":
                self.focus = NOBODY
                self.section = self._therapy(line)
                self.lead = line if self.section else None
            said = NOBODY
            if block.kind == "item" and self.lead is not None and 0 < len(line.tokens) <= _ITEM:
                yield from self._named(line, self.lead)
            if line.tags and self._possible(line):
                said = yield from self._claims(line)
            if block.kind == "paragraph" and (line.sentence.text.endswith(":") or not self.section):
                self.lead = line if line.sentence.text.endswith(":") else None
            if said is NOBODY:
                self._remember(line)
            else:
                self.focus = said

    def _named(self, line: Line, lead: Line) -> Iterator[Claim]:
        """'Migraine' in a list below 'Acupuncture relieves:'."""
        complaint = next((tag for tag in line.tags if tag.flags & t.CONDITION and not tag.flags & t.VERB), None)
        verb = lead.tags[-1] if lead.tags and lead.sentence.text.endswith(":") else None
        if complaint is None or verb is None or not verb.flags & (t.EFFECT | t.CURE) or verb.last != len(lead.tokens):
            return
        subject = self._subject(lead, Predicate("efficacy", verb.first, verb.last, verb.first), self._context())
        if subject.role is Role.THERAPY:
            meant = stance(lead, lead.clause(verb.first), verb.first, verb.last)
            kind = "cure" if verb.flags & t.CURE else "efficacy"
            found = Predicate(kind, complaint.first, complaint.last, complaint.first, complaint.term, weak=meant.weak)
            yield self._claim(line, found, subject, self._frame(line))

    def _therapy(self, line: Line) -> str:
        return next((tag.term for tag in line.tags if tag.flags & t.THERAPY and is_therapy(line, tag)), "")

    def _led_by(self, lead: Line) -> str:
        """The therapy that a list is about: named above it, or meant by 'our sessions'."""
        named = self._therapy(lead)
        if named:
            return named
        for tag in lead.tags:
            if tag.flags & t.ANAPHOR and (topic(self.doc) or "our" in lead.tokens[max(tag.first - 2, 0) : tag.first]):
                return topic(self.doc) or tag.term
        return ""

    def _remember(self, line: Line) -> None:
        """The subject of the sentence is what a following 'it' or 'this treatment' may mean."""
        if len(line.tokens) <= _ASIDE:
            return
        for tag in line.tags:
            if tag.flags & t.THERAPY and not tag.flags & t.LIFESTYLE and is_therapy(line, tag):
                self.focus = Subject(Role.THERAPY, tag.term)
                return
            if tag.flags & t.PEOPLE:
                continue
            if tag.flags & t.CONDITION and tag.first <= 3:
                self.focus = Subject(Role.OTHER, tag.term)
                return
        if line.tokens and line.tokens[0] not in _POINTERS and not any(tag.flags & t.ANAPHOR for tag in line.tags):
            self.focus = NOBODY

    def _context(self) -> Context:
        return Context(topic(self.doc) or self.section, self.focus.role, self.focus.text)

    def _possible(self, line: Line) -> bool:
        """Whether there can be a claim at all: a cheap test before the real work."""
        union = 0
        for tag in line.tags:
            union |= tag.flags
        if not union & t.TRIGGER:
            return False
        if union & (t.THERAPY | t.TRADITION):
            return True
        if not (self.focus.role is Role.THERAPY or self.section or self.lead or topic(self.doc)):
            return False
        if union & (t.ANAPHOR | t.REACHING) or line.sentence.block.kind == "item":
            return True
        return not _POINTERS.isdisjoint(line.tokens)

    def _claims(self, line: Line) -> Generator[Claim, None, Subject]:
        """The claims of a sentence; the value is the therapy that they are about."""
        said = NOBODY
        context = self._context()
        licences: tuple[str, ...] | None = None
        for predicate in predicates(line):
            subject = self._subject(line, predicate, context)
            if subject.role is not Role.THERAPY:
                continue
            if licences is None:
                licences = self._frame(line)
            yield self._claim(line, predicate, subject, licences)
            said = subject
        return said

    def _frame(self, line: Line) -> tuple[str, ...]:
        found = frame(line)
        if cited(self.doc, line.sentence):
            found = (*found, "cited")
        lead = self._lead(line)
        if lead is not None and lead.sentence.block.kind == "paragraph":
            end = len(lead.tokens)
            meant = stance(lead, len(lead.clauses) - 1, end, end)
            found = (*found, *frame(lead), *meant.licences, *(f"hedged above the list: {h}" for h in meant.hedges))
        return found

    def _lead(self, line: Line) -> Line | None:
        """The sentence that introduces the list an item belongs to."""
        return self.lead if line.sentence.block.kind == "item" else None

    def _subject(self, line: Line, predicate: Predicate, context: Context) -> Subject:
        """Who does what the predicate says."""
        if predicate.agent >= 0:
            return self._agent(line, predicate.agent, context)
        if predicate.reach != "subject":
            return self._around(line, predicate, context)
        if predicate.use in {"imperative", "listed"}:
            return self._instrument(line, predicate)
        number = line.clause(predicate.verb)
        found = resolve(line, number, predicate.verb, context)
        if found.role is Role.THERAPY:
            return found
        if predicate.experience and found.role is not Role.OTHER and found.text != "you":
            return self._experienced(line, context)
        return self._above(line, predicate, found)

    def _agent(self, line: Line, index: int, context: Context) -> Subject:
        """The therapy that a passive names; 'treatment' is one in an article about a therapy."""
        tag = line.tag[index]
        if tag is None or not (is_therapy(line, tag) if tag.flags & t.THERAPY else context.topic):
            return NOBODY
        return Subject(Role.THERAPY, tag.term, index)

    def _above(self, line: Line, predicate: Predicate, found: Subject) -> Subject:
        """A list item leans on the sentence above the list; theory of qi and the like needs no therapy."""
        if found.role is Role.NONE and line.sentence.block.kind == "item" and self.lead is not None:
            therapy = self._led_by(self.lead)
            return Subject(Role.THERAPY, therapy) if therapy else NOBODY
        if predicate.theory and not self._believed(line):
            return Subject(Role.THERAPY, found.text)
        return found

    def _believed(self, line: Line) -> bool:
        """Whether an earlier sentence of the paragraph speaks of a tradition's belief."""
        return any(names_belief(other.text) for other in _before(line.sentence))

    def _around(self, line: Line, predicate: Predicate, context: Context) -> Subject:
        """A set phrase needs no grammar: a therapy in the sentence, just before, or as the topic."""
        named = self._therapy(line)
        if not named and self.focus.role is Role.THERAPY and not _POINTERS.isdisjoint(line.tokens):
            named = self.focus.text
        lead = self._lead(line)
        if not named and lead is not None:
            named = self._led_by(lead)
        if not named and (predicate.reach == "topic" or line.sentence.block.kind in {"item", "heading", "cell"}):
            named = context.topic
        return Subject(Role.THERAPY, named) if named else NOBODY

    def _instrument(self, line: Line, predicate: Predicate) -> Subject:
        """'Relieve back pain with acupuncture'; a list item leans on the sentence above the list."""
        at = find_therapy(line, predicate.last, min(predicate.last + 4, len(line.tokens)))
        tag = line.tag[at] if at >= 0 else None
        if tag is not None and line.tokens[tag.first - 1] in {"with", "through", "using", "by"}:
            return Subject(Role.THERAPY, tag.term, tag.first)
        lead = self._lead(line)
        if lead is None or _BENEFITS.isdisjoint(lead.tokens):
            return NOBODY
        therapy = self._led_by(lead)
        return Subject(Role.THERAPY, therapy) if therapy else NOBODY

    def _experienced(self, line: Line, context: Context) -> Subject:
        """'Many patients experience relief after treatment': people feel what the therapy does."""
        if any(mark.flags & t.EVIDENCE for mark in line.marks):
            return NOBODY
        for tag in line.tags:
            if tag.flags & t.THERAPY or (tag.flags & t.ANAPHOR and context.topic):
                return Subject(Role.THERAPY, tag.term, tag.first)
        return NOBODY

    def _safe_licences(self, line: Line, predicate: Predicate) -> Iterator[str]:
        """Safety may be stated with its limits, or beside the risks."""
        if predicate.kind not in {"safety", "natural"}:
            return
        for mark in line.marks:
            if mark.flags & t.QUALIFIER:
                yield f"qualified: {mark.term}"
        if any(names_risk(other.text) for other in (*_before(line.sentence), *_after(line.sentence))):
            yield "risks named beside it"

    def _claim(self, line: Line, predicate: Predicate, subject: Subject, licences: tuple[str, ...]) -> Claim:
        number = line.clause(predicate.verb)
        meant = stance(line, number, predicate.first, predicate.last)
        clause = line.clauses[number]
        offset = line.sentence.start
        if mentioned(line, predicate.first, predicate.last):
            licences = (*licences, "quoted, and spoken about")
        return Claim(
            kind=predicate.kind,
            sentence=line.sentence,
            start=line.words[_with_booster(line, predicate.first)].start - offset,
            end=line.words[predicate.last - 1].end - offset,
            subject=subject.text,
            verb=line.words[predicate.verb].text,
            object=predicate.object,
            licences=(*licences, *meant.licences, *self._safe_licences(line, predicate)),
            hedges=meant.hedges,
            boosters=meant.boosters,
            absolutes=tuple(
                (line.words[tag.first].start - offset, _end_of_word(line, tag.last - 1) - offset)
                for tag in line.tags
                if tag.flags & t.UNIVERSAL and clause.first <= tag.first < clause.last and _universal(line, tag)
            ),
            weak=(meant.weak and predicate.use != "we") or predicate.weak,  # "we can improve" is "we improve"
            use=predicate.use,
            line=line,
        )
