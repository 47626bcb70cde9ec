"""How a word that may be a verb stands in its sentence."""

from __future__ import annotations

from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.lexicon import terms
from acu_lint_rules.analysis.text.sentence import SentenceView
from acu_lint_rules.analysis.text.tags import Tag

_PASTED = 6  # words; a line of so few without grammar is a search phrase
_BE = frozenset(terms("grammar", "be"))
_BEFORE_PAST = frozenset({"has", "have", "had", "it", "they", "this", "which", "that", "and"})
_AUXILIARY = frozenset(terms("grammar", "auxiliary"))
_PRONOUNS = frozenset({"they", "we", "i", "you", "which", "that", "who", "these"})
_NOUN_BEFORE = frozenset(terms("grammar", "noun_before"))
_NOUN_AFTER = frozenset({"of", "include", "are", "is", "from", "for", "and", "that"})
_PREPOSITIONS = frozenset(terms("grammar", "prepositions"))
_ASSERTED = frozenset(terms("grammar", "asserted"))


def word_before(view: SentenceView, index: int) -> int:
    """The nearest word to the left that is no adverb, or -1."""
    index -= 1
    while index >= 0 and (view.tokens[index].endswith("ly") or view.tokens[index] in {"also", "even", "both", "thus"}):
        index -= 1
    return index


def usage(view: SentenceView, tag: Tag) -> str:
    """The use of a verb form: finite, tail, gerund, purpose, passive, imperative or listed.

    A tail is a participle after its subject (', easing pain'), a purpose an infinitive that nothing asserts
    ('used to ease pain'), listed a participle at the start of a list item ('Improved sleep'). Empty where the
    word is no verb.
    """
    if tag.flags & t.ING:
        return _ing(view, tag)
    if tag.flags & t.PAST and not tag.flags & t.BASE:
        return _past(view, tag)
    if tag.flags & t.THIRD and not tag.flags & t.BASE:
        return _third(view, tag)
    return _base(view, tag)


def _ing(view: SentenceView, tag: Tag) -> str:
    if tag.last < len(view.tokens) and view.tokens[tag.last] == "of":
        return ""
    before = word_before(view, tag.first)
    word = view.tokens[before] if before >= 0 else ""
    if word in _BE:
        return "finite"
    if not word or word in _PREPOSITIONS:
        return "gerund"
    promoted = tag.flags & t.OBJECT and view.flags(before) & (t.VERB | t.GIVE)  # 'promotes healing'
    return "" if promoted or word in _NOUN_BEFORE else "tail"


def _past(view: SentenceView, tag: Tag) -> str:
    before = word_before(view, tag.first)
    if before < 0:
        return "listed" if view.kind == "item" else ""
    word = view.tokens[before]
    if word in _BE or (word in {"and", "or"} and not _BE.isdisjoint(view.tokens[max(before - 3, 0) : before])):
        return "passive"
    return "finite" if word in _BEFORE_PAST or view.flags(before) & (t.THERAPY | t.ANAPHOR) else ""


def _third(view: SentenceView, tag: Tag) -> str:
    before = word_before(view, tag.first)
    if before < 0 or not tag.flags & t.AMBIGUOUS:
        return "finite"
    word = view.tokens[before]
    if word in _NOUN_BEFORE or word in _PREPOSITIONS:
        return "finite" if word in {"this", "that"} else ""
    after = view.tokens[tag.last] if tag.last < len(view.tokens) else ""
    return "" if after in _NOUN_AFTER else "finite"


def _base(view: SentenceView, tag: Tag) -> str:
    before = word_before(view, tag.first)
    if before < 0 or view.clauses[view.clause(tag.first)].first == tag.first:
        return "imperative"
    word = view.tokens[before]
    to = before if word == "to" else before - 1 if word == "help" and view.tokens[before - 1] == "to" else -1
    if to >= 0:
        return "finite" if _asserted(view, to) else "purpose"
    if word in _AUXILIARY or word in _PRONOUNS or word.endswith("n't"):
        return "finite"
    if word in _NOUN_BEFORE or _pasted(view, before):
        return ""
    return "finite" if _agrees(view, tag, before) else ""


def _agrees(view: SentenceView, tag: Tag, before: int) -> bool:
    """Whether a bare verb follows its subject, another verb or 'helps patients'."""
    if view.flags(before) & (t.THERAPY | t.ANAPHOR):
        return True
    coordinated = view.tokens[before] in {"and", "or", "but"} or "," in view.gaps[tag.first]
    return (coordinated and not tag.flags & t.AMBIGUOUS) or helped(view, tag) >= 0


def _pasted(view: SentenceView, before: int) -> bool:
    """'acupuncture help back pain': a search phrase, no sentence."""
    plural = view.tokens[before].endswith("s") or "and" in view.tokens[:before]
    return bool(view.flags(before) & t.THERAPY) and not plural and len(view.tokens) <= _PASTED


def helped(view: SentenceView, tag: Tag) -> int:
    """Where the 'helps' of 'helps patients manage pain' stands, or -1."""
    for index in range(tag.first - 1, max(tag.first - 6, -1), -1):
        word = view.tokens[index]
        if word.startswith("help") or word in {"lets", "allows", "makes"}:
            return index
    return -1


def _asserted(view: SentenceView, to: int) -> bool:
    """Whether 'to relieve' is asserted ('works to relieve'), not a purpose ('used to relieve')."""
    while to > 0:
        word = view.tokens[to - 1]
        helping = next((i for i in range(max(to - 5, 0), to) if view.tokens[i].startswith("help")), -1)
        if helping < 0:
            return word in _ASSERTED or word in {"is", "are"}
        if view.tokens[helping - 1] != "to":
            return True
        to = helping - 1
    return False
