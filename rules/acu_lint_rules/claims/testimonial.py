"""Results told through patients: a story with a frame and an outcome, or nameless patients as witnesses.

The unit is the passage. A sentence such as "one of our patients came to us with migraine" opens a story; while the
sentences that follow speak of him or her, each result they tell belongs to it. Without a story, a sentence counts
where a group of people ("many of our patients") or the clinic ("we see") vouches for a result.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from acu_lint.api import Document, Hit, Related, Severity
from acu_lint_rules.analysis.claims.exemptions import Exemption
from acu_lint_rules.analysis.claims.promotion import promotes, sells
from acu_lint_rules.analysis.claims.subjects import topic
from acu_lint_rules.analysis.claims.voices import published_reviews, voices
from acu_lint_rules.analysis.claims.wordings import Wording, cues, find, has, near, said, therapy, words
from acu_lint_rules.analysis.text import marks as m
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.layout import shortened
from acu_lint_rules.analysis.text.lexicon import Matcher, Range, fold, matcher, terms
from acu_lint_rules.analysis.text.sentence import SentenceView, english_views
from acu_lint_rules.claims._heard import heard

_THIRD = frozenset({"he", "she", "his", "her", "him", "he's", "she's"})
_CLINIC = frozenset({"i", "my", "we", "our", "us"})  # whose rate it is
_FIRST = frozenset({"i", "my", "me", "i'm", "i've", "we", "our"})
_ASKING = frozenset({"if", "may", "might", "could", "should", "must", "can", "will", "whether"})
_TREATED = frozenset(
    {("i", "treat"), ("we", "treat"), ("i", "see"), ("we", "see"), ("i", "treated"), ("we", "treated")}
)
_CARE_REACH = 8  # sentences around a person's own words that may name who treated them
_MOST_RELATED = 12  # places that a finding names
_LOST = 3  # sentences without a word about the person after which a story is over
_GROUP_REACH = 4  # words between "many of our" and "patients"
_RESULT_REACH = 30  # words between the witnesses and the result


@dataclass
class _Story:
    """The person a passage tells about: the name, how long ago it was last told of, whether treatment began."""

    name: str = ""
    told: int = 0
    treated: bool = False

    def goes_on(self, view: SentenceView) -> bool:
        """Whether a sentence still speaks of the person."""
        about = not _THIRD.isdisjoint(view.tokens) or (self.name and self.name in view.tokens)
        self.told = 0 if about else self.told + 1
        return bool(about)


_OF_GROUPS = frozenset({Exemption.OWN_WORDS})  # what excuses no words of patients
_OF_PERSONS = frozenset({Exemption.OWN_WORDS, Exemption.HEDGED})


def check(doc: Document, *, reader: bool = True) -> Iterator[Hit]:
    """Report what the analysis hears, and what the trained reader hears unless ``reader`` is false."""
    yield from heard(doc, "testimonial", reader=reader)
    if published_reviews(doc) and promotes(doc):  # of the page: the reader has no part in it
        yield Hit(doc.whole, {"match": "review"}, "rated", Severity.INFO)


def analysed(doc: Document) -> Iterator[Hit]:
    """Report the sentences that show a result through patients, related to the others of the same passage."""
    found = [(key, wording) for key, wording in _all(doc) if _fits(doc, wording)]
    passages: dict[str, list[Wording]] = {}
    for key, wording in found:
        passages.setdefault(key, []).append(wording)
    for key, wording in found:
        others = (other for other in passages[key] if key and other is not wording)
        related = tuple(Related(other.span, "in the same story") for other in islice(others, _MOST_RELATED))
        severity = Severity.ERROR if wording.kind == "rate" and _own(doc, wording.view) else Severity.WARNING
        yield Hit(wording.span, {"match": shortened(wording.text)}, wording.kind, severity, related=related)


def _own(doc: Document, view: SentenceView) -> bool:
    """Whether a rate is the clinic's own: it speaks of itself there, or the page sells."""
    return sells(doc) or any(not _CLINIC.isdisjoint(other.tokens) for other in view.around(1, 1))


def _fits(doc: Document, wording: Wording) -> bool:
    group = wording.kind == "group"
    first = wording.last - 1 if group else wording.first  # a hedge stands before the result
    return said(doc, wording.view, first, wording.last, _OF_GROUPS if group else _OF_PERSONS)


def _all(doc: Document) -> Iterator[tuple[str, Wording]]:
    """The wordings in order, one per sentence, each with the name of its passage (empty: of none)."""
    found = {view: cue for view, ranges in cues(doc) if (cue := [c for c in ranges if c.section in _OPENERS])}
    told = any(c.section == "story" for cue in found.values() for c in cue)
    spoken = {view: f"voice {number}" for number, unit in enumerate(voices(doc)) for view in unit}
    story: _Story | None = None
    stories = 0
    for view in english_views(doc) if told or spoken else found:  # only a passage reaches sentences without such a word
        cue = found.get(view, [])
        if not cue and story is None and view not in spoken:
            continue
        wording = _headline(doc, view, cue) or _own_words(doc, view, cue) or _told(view, story)
        wording = (
            wording
            or _rate(doc, view, cue)
            or _opened(doc, view, cue)
            or _witnessed(doc, view, cue)
            or _group(doc, view, cue)
        )
        if wording is None and view in spoken:
            wording = _spoken(view)
        before, story = story, _next(doc, view, cue, story)
        stories += story is not None and story is not before
        if wording is not None:
            yield spoken.get(view) or (f"story {stories}" if story or before else ""), wording


def _spoken(view: SentenceView) -> Wording | None:
    """What a patient says of the result: 'my knee is so much better', 'they are miracle workers'."""
    if has(view, "asides"):
        return None
    if turn := _turn().scan(view.tokens):
        return Wording(view, turn[0].first, turn[-1].last, "quote")
    result = _result(view) if not _FIRST.isdisjoint(view.tokens) else None
    return Wording(view, result.first, result.last, "quote") if result else None


@cache
def _turn() -> Matcher:
    return matcher("voices", "turn")


def _next(doc: Document, view: SentenceView, cue: list[Range], story: _Story | None) -> _Story | None:
    """The story after a sentence: opened, carried on or over."""
    if any(c.section == "story" for c in cue) and not _other_story(view) and (near(doc, view) or topic(doc)):
        return _Story(_name(view), treated=_treatment(view))
    if story is None or view.kind == "heading":
        return story
    if "before" in view.tokens and therapy(view):
        story.treated = False  # back to the time before
    story.treated = story.treated or _treatment(view)
    if not story.name and not _THIRD.isdisjoint(view.tokens):
        story.name = _name(view)
    return story if story.goes_on(view) or story.told <= _LOST else None


def _treatment(view: SentenceView) -> bool:
    """Whether a sentence tells that treatment began, or what came after."""
    begun = therapy(view) and not words("treatment_begun").isdisjoint(view.tokens)
    return bool(find(view, "since") or begun) and "before" not in view.tokens


def _other_story(view: SentenceView) -> bool:
    """A colleague who 'came to us from Leeds', or a case of harm."""
    colleague = any(tag.flags & t.PEOPLE for tag in view.tags) and not any(tag.flags & t.CONDITION for tag in view.tags)
    return colleague or any(mark.flags & m.RISK and mark.term not in words("story_harms") for mark in view.marks)


def _name(view: SentenceView) -> str:
    """A first name in a sentence that does not start with it, or 'Anna, 42'."""
    for index, word in enumerate(view.words):
        text = word.text
        if not (text[0].isupper() and text[1:].islower() and len(text) > 2) or view.flags(index):
            continue
        if index and (view.tokens[index - 1] in words("before_names") or view.gaps[index].strip() == ","):
            return fold(text)
    return ""


def _result(view: SentenceView, start: int = 0, stop: int | None = None) -> Range | None:
    """The words that tell a result, from a word on."""
    return find(view, "results", start, stop)


def _headline(doc: Document, view: SentenceView, cue: list[Range]) -> Wording | None:
    """'Success stories', 'what our patients say'."""
    for c in cue:
        if c.section == "story" and c.term in words("story_headlines") and topic(doc):
            heading = view.kind in {"heading", "title"}
            if heading or _result(view) or not _FIRST.isdisjoint(view.tokens):
                return Wording(view, c.first, c.last, "story")
    return None


def _own_words(doc: Document, view: SentenceView, cue: list[Range]) -> Wording | None:
    """'My sciatica vanished after two visits', be it quoted or told."""
    for c in cue:
        if c.section != "own":
            continue
        told = view.kind != "quote" and _in_care(view)
        if not (told or near(doc, view) or topic(doc)):
            return None
        result = _result(view, c.last) if c.term.startswith("my ") else Range(c.first, c.last, c.term, "")
        if c.term.startswith("helped") and not any(tag.flags & (t.CONDITION | t.OUTCOME) for tag in view.tags):
            continue
        if result is not None and has(view, "asides"):
            return None
        if result is not None:
            last = min(max(c.last, result.last) + c.term.endswith((" my", " me", "longer")), len(view.tokens))
            return Wording(view, min(c.first, result.first), last, "quote")
    return None


def _in_care(view: SentenceView) -> bool:
    """Whether the paragraph speaks of a practitioner or a treatment."""
    told = view.around(_CARE_REACH, _CARE_REACH)
    return any(
        not words("carers").isdisjoint(other.tokens)
        or any(tag.flags & (t.PEOPLE | t.ANAPHOR | t.THERAPY) for tag in other.tags)
        for other in told
    )


def _opened(doc: Document, view: SentenceView, cue: list[Range]) -> Wording | None:
    """A story of one sentence: 'a client came in limping and walked out without pain'."""
    for c in cue:
        if c.section == "story" and c.term not in words("story_headlines") and (near(doc, view) or topic(doc)):
            result = _group_result(view, c.last)
            if (
                result is not None
                and not _other_story(view)
                and not _ASKING & set(view.tokens)
                and not has(view, "asides")
            ):
                return Wording(view, c.first, result.last, "story")
    return None


def _rate(doc: Document, view: SentenceView, cue: list[Range]) -> Wording | None:
    """'our success rate is 90 %', and that of nobody in particular: 'the success rate is 90 %'."""
    for c in cue:
        if c.section != "rate" or not (near(doc, view) or topic(doc)) or has(view, "studied"):
            continue
        counted = "%" in view.sentence.text or any(token[0].isdigit() for token in view.tokens)
        ours = not words("ours").isdisjoint(view.tokens) or "consistently" in view.tokens
        if counted or (ours and "higher" in view.tokens):
            return Wording(view, c.first, c.last, "rate")
    return None


def _told(view: SentenceView, story: _Story | None) -> Wording | None:
    """A result of the person whom the story is about."""
    if story is None or view.kind == "heading":
        return None
    about = not _THIRD.isdisjoint(view.tokens) or (story.name and story.name in view.tokens)
    since = find(view, "since")
    if since is not None and not since.term.startswith(terms("wordings", "story_times")):
        since = None
    if not story.treated and not _treatment(view):
        return None
    result = _result(view)
    if about and (result or since):
        meant = result or since
        return Wording(view, meant.first, meant.last, "story") if meant else None
    if since and story.told == 0 and "they" in view.tokens:
        return Wording(view, since.first, since.last, "story")
    return None


def _witnessed(doc: Document, view: SentenceView, cue: list[Range]) -> Wording | None:
    """'In our experience sciatica responds fast', 'we see good results'."""
    for c in reversed(cue):
        if c.section != "witness":
            continue
        result = _result(view, c.last, c.last + _RESULT_REACH) or _responding(view, c.last)
        if c.term.endswith(("success", "results")):
            result = c
        if result and (near(doc, view) or topic(doc)) and not has(view, "asides"):
            return Wording(view, c.first, result.last, "group")
        if c.term.startswith(("i see", "i've seen", "i have seen")) and _FIRST & set(view.tokens) and topic(doc):
            story = find(view, "results")
            if story:
                return Wording(view, min(story.first, c.first), max(story.last, c.last), "group")
    return None


def _responding(view: SentenceView, start: int) -> Range | None:
    for tag in view.tags:
        if tag.first >= start and tag.flags & t.RESPONDING:
            return Range(tag.first, tag.last, tag.term, "")
    return None


def _group(doc: Document, view: SentenceView, cue: list[Range]) -> Wording | None:
    """'Many of our patients notice improvements'."""
    for c in cue:
        if c.section != "group":
            continue
        first = _quantified(view, c)
        if first < 0 or "years" in view.tokens[first : c.first]:
            continue
        ours = has(view, "ours", first, c.first) or view.tokens[c.last : c.last + 2] in _TREATED
        result = _group_result(view, c.last)
        if result is None or not words("felt_in_treatment").isdisjoint(view.tokens) or has(view, "asides"):
            continue
        if _vouched(doc, view, c, result, ours=ours):
            return Wording(view, first, result.last, "group")
    return None


def _group_result(view: SentenceView, start: int) -> Range | None:
    """The result of a group, not 'trying to get pregnant', 'preventing conception' or 'don't improve'."""
    while (result := _result(view, start, start + _RESULT_REACH)) is not None:
        before = view.tokens[max(result.first - 3, 0) : result.first]
        if words("story_wishes").isdisjoint(before) and not any(word.startswith("prevent") for word in before):
            return result
        start = result.last
    return _more(view, start)


def _more(view: SentenceView, start: int) -> Range | None:
    """'fewer hot flashes', 'more energy', from a word on."""
    for tag in view.tags:
        if tag.first >= start and tag.flags & t.COMPARATIVE and view.flags(tag.last) & (t.CONDITION | t.OUTCOME):
            return Range(tag.first, tag.last + 1, tag.term, "")
    return None


def _quantified(view: SentenceView, group: Range) -> int:
    """Where 'many of our patients' starts; -1 where the group is not counted as witnesses."""
    start = max(group.first - _GROUP_REACH, 0)
    counting = words("ours") | words("many")
    for index in range(start, group.first):
        if view.tokens[index] in counting:
            between = view.tokens[index + 1 : group.first]
            if "," in "".join(view.gaps[index + 1 : group.first + 1]):
                continue
            if (
                not any(view.flags(i) & (t.VERB & ~t.BASE) for i in range(index + 1, group.first))
                and "for" not in between
            ):
                return index
    if view.tokens[group.last : group.last + 2] in _TREATED:
        return group.first
    named = view.flags(group.first - 1)
    if named & t.THERAPY and not named & t.LIFESTYLE and view.gaps[group.first] == " ":
        return group.first - 1
    after = view.tokens[group.last] if group.last < len(view.tokens) else ""
    often = after in {"often", "frequently", "regularly", "report", "consistently"} and group.term in {
        "patients",
        "clients",
    }
    return group.first if often else -1


def _vouched(doc: Document, view: SentenceView, group: Range, result: Range, *, ours: bool) -> bool:
    """Whether the group's word stands for the therapy, and not for nature or for a study."""
    if _studied_or_wanted(view, group, result):
        return False
    if view.flags(group.first - 1) & t.THERAPY:
        return True  # "acupuncture patients"
    if ours:
        return bool(near(doc, view) or topic(doc))
    if promotes(doc) or therapy(view) or (topic(doc) and any(tag.flags & t.ANAPHOR for tag in view.tags)):
        return _acts(view, group)
    strong = find(view, "strong_results", group.last)
    return strong is not None and bool(topic(doc)) and group.term in {*words("story_people"), "patients", "clients"}


def _studied_or_wanted(view: SentenceView, group: Range, result: Range) -> bool:
    """Whether a study counted the people, or the result is what they wish for."""
    if (
        any(mark.flags & m.EVIDENCE for mark in view.marks)
        or "compared" in view.tokens
        or not {"if", "whether"}.isdisjoint(view.tokens[: group.first])
    ):
        return True
    return (
        not {
            "want",
            "need",
            "looking",
            "seeking",
            "seek",
            "hope",
            "ask",
            "wonder",
            "come",
            "coming",
            "turn",
        }.isdisjoint(view.tokens[group.last : result.first])
        and "become" not in view.tokens
    )


def _acts(view: SentenceView, group: Range) -> bool:
    """Whether the people are the subject: 'patients notice', not 'helps many patients'."""
    return not any(view.flags(index) & (t.VERB | t.GIVE) for index in range(max(group.first - 6, 0), group.first))


_OPENERS = frozenset({"group", "witness", "story", "own", "rate"})
