"""Who or what a clause is about: a therapy (by name, by pronoun, by context), a person or something else."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from acu_lint.api import Document, measure
from acu_lint_rules.analysis.text import marks as m
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.lexicon import Matcher, fold, terms
from acu_lint_rules.analysis.text.sentence import Clause, SentenceView, english_views
from acu_lint_rules.analysis.text.tags import Tag


class Role(Enum):
    """What kind of subject a clause has."""

    THERAPY = "therapy"
    PERSON = "person"
    OTHER = "other"
    NONE = "none"


class Subject(NamedTuple):
    """The subject: its role, its words and where they stand in the sentence (-1: in an earlier one)."""

    role: Role
    text: str
    first: int = -1


NOBODY = Subject(Role.NONE, "")
_MENTIONS, _WORDS_PER_MENTION = 3, 200  # how often an article names the therapy it is about
_ABOUT = frozenset(terms("grammar", "about"))
_INSTRUMENT = frozenset(terms("grammar", "instrument"))
_DETERMINERS = frozenset(terms("grammar", "determiners"))
_THESE = frozenset(terms("grammar", "these"))
_CONJUNCTIONS = frozenset(terms("grammar", "conjunctions"))
_AUXILIARIES = frozenset(terms("grammar", "auxiliaries"))
_LISTS = frozenset({"such", "including", "include", "includes", "like", "e.g"})
_KIND_OF = frozenset({"of", "type", "kind", "form"})
_PRONOUNS = frozenset(terms("grammar", "pronouns"))
_LEADING = (
    frozenset({"and", "but", "or", "so", "also", "that"})
    | _PRONOUNS
    | frozenset(terms("grammar", "subordinate"))
    | frozenset(terms("grammar", "fronted"))
)
_NOT_THERAPY = frozenset(fold(word) for word in terms("subjects", "not_therapy"))
_DEFINITE = frozenset(terms("subjects", "definite"))
_OF_HEADS = frozenset(fold(word) for word in terms("subjects", "of_heads"))
_MODIFIERS = Matcher(terms("subjects", "modifiers"))
_REPORTS_PAIN = t.EFFECT | t.MECHANISM | t.CURE | t.GIVE | t.FEEL


class Context(NamedTuple):
    """What came before: whether the article is about a therapy, and the last sentence's subject."""

    topic: str
    focus: Role
    focus_text: str


@measure
def topic(doc: Document) -> str:
    """The therapy an article is about: one that its title names, or that it names often."""
    counts: dict[str, int] = {}
    title = doc.title
    words = 0
    for view in english_views(doc):
        words += len(view.tokens)
        for tag in view.tags:
            flags = tag.flags
            if flags & t.THERAPY and not flags & t.LIFESTYLE and is_therapy(view, tag):
                if view.block is title:
                    return tag.term
                counts[tag.term] = counts.get(tag.term, 0) + 1
    term = max(counts, key=lambda key: counts[key], default="")
    return term if counts.get(term, 0) >= max(_MENTIONS, words // _WORDS_PER_MENTION) else ""


def is_therapy(view: SentenceView, tag: Tag) -> bool:
    """Whether a therapy's name stands for the therapy, not for part of 'vitamin D deficiency'."""
    after = view.tokens[tag.last] if tag.last < len(view.tokens) else ""
    if after in _NOT_THERAPY and not any(c in view.gaps[tag.last] for c in ",;:()"):
        return False
    return not (tag.first and view.tokens[tag.first - 1] in {"anti", "no"})


def is_anaphor(view: SentenceView, tag: Tag, context: Context) -> bool:
    """Whether 'this treatment' and the like stand for the article's therapy."""
    if not context.topic and context.focus is not Role.THERAPY:
        return False
    if tag.last < len(view.tokens) and view.tokens[tag.last] in _NOT_THERAPY:
        return False
    index = tag.first - 1
    while index >= 0 and (view.tokens[index] in _MODIFIERS or view.tokens[index] in _KIND_OF):
        index -= 1
    if index >= 0 and view.tokens[index] in _THESE:
        return True
    if index >= 0 and view.tokens[index] == "the":
        return tag.term in _DEFINITE
    starts = index < 0 or "," in view.gaps[index + 1]
    return starts and tag.term in {"treatment", "treatments", "therapy", "sessions", "needles"}


def resolve(view: SentenceView, number: int, before: int, context: Context) -> Subject:
    """The subject of the verb at word ``before`` in clause ``number``."""
    clause = view.clauses[number]
    if clause.opener == "to":
        return NOBODY
    found = _within(view, clause, before, context)
    if found is not NOBODY:
        return found
    if clause.opener in {"which", "that"} or (number and view.tokens[clause.first] == "who"):
        return _antecedent(view, number, context)
    if number == 0:
        return NOBODY
    return resolve(view, number - 1, view.clauses[number - 1].last, context)


def _within(view: SentenceView, clause: Clause, before: int, context: Context) -> Subject:
    """The nearest noun to the left of the verb that can be its subject."""
    index = before - 1
    persons = {mark.first for mark in view.marks if mark.flags & m.PERSON}
    while index >= clause.first:
        tag = view.tag_of_word[index]
        if tag is None:
            found = _bare_word(view, clause, index, persons, context)
            index -= 1
        else:
            found = _tagged(view, clause, tag, context) if index == tag.last - 1 else NOBODY
            if found is NOBODY and tag.first in persons and _is_subject(view, clause, tag.first):
                found = Subject(Role.PERSON, tag.term, tag.first)
            index = tag.first - 1
        if found is not NOBODY:
            return found
    return NOBODY


def _bare_word(view: SentenceView, clause: Clause, index: int, persons: set[int], context: Context) -> Subject:
    word = view.tokens[index]
    if word in _PRONOUNS and _is_subject(view, clause, index) and _heads(view, clause, index):
        return _pronoun(view, clause, index, context)
    person = index in persons and word != "your" and _is_subject(view, clause, index)
    return Subject(Role.PERSON, word, index) if person or word == "who" else NOBODY


def _heads(view: SentenceView, clause: Clause, index: int) -> bool:
    """Whether a pronoun stands alone: 'this eases', not 'this pain eases'."""
    if view.tokens[index] in {"this", "these", "both"}:
        after = view.tokens[index + 1] if index + 1 < len(view.tokens) else ""
        return bool(view.flags(index + 1) & (t.VERB | t.GIVE)) or after in _AUXILIARIES or after.endswith("ly")
    return index == clause.first or not view.flags(index - 1) & t.VERB


def _pronoun(view: SentenceView, clause: Clause, index: int, context: Context) -> Subject:
    for number in range(view.clause_number(clause.first) - 1, -1, -1):
        earlier = view.clauses[number]
        found = _within(view, earlier, earlier.last, context)
        if found.role in {Role.THERAPY, Role.OTHER}:
            return Subject(found.role, view.tokens[index], index)
    if any(tag.flags & t.THERAPY and tag.last <= index and is_therapy(view, tag) for tag in view.tags):
        return Subject(Role.THERAPY, view.tokens[index], index)
    if view.clause_number(index) and not _LEADING & {view.clauses[0].opener, clause.opener}:
        return Subject(Role.OTHER, view.tokens[index], index)
    heads_item = view.kind == "item" and index == 0 and context.focus is Role.NONE
    if context.focus is Role.THERAPY or (heads_item and context.topic):
        return Subject(Role.THERAPY, view.tokens[index], index)
    return Subject(Role.OTHER, view.tokens[index], index)


def _tagged(view: SentenceView, clause: Clause, tag: Tag, context: Context) -> Subject:
    flags = tag.flags
    if flags & t.PEOPLE and _is_subject(view, clause, tag.first):
        return Subject(Role.PERSON, tag.term, tag.first)
    if (flags & t.THERAPY and is_therapy(view, tag)) or (flags & t.ANAPHOR and is_anaphor(view, tag, context)):
        if _is_subject(view, clause, tag.first):
            return Subject(Role.THERAPY, tag.term, tag.first)
        return NOBODY
    if flags & t.OBJECT and not flags & t.VERB and _is_subject(view, clause, tag.first, heads=False):
        return Subject(Role.OTHER, tag.term, tag.first)
    return NOBODY


def _is_subject(view: SentenceView, clause: Clause, first: int, *, heads: bool = True) -> bool:
    """Whether the noun phrase that holds word ``first`` is neither an object nor in a phrase 'with ...'.

    ``heads`` lets 'the practice of' pass before it.
    """
    index = first - 1
    while index >= clause.first and _opens_phrase(view, index):
        index -= 1
    if index < clause.first:
        return True
    word = view.tokens[index]
    if index == clause.first and word in _CONJUNCTIONS:
        return True
    if word == "of":
        return heads and _of_head(view, clause, index)
    if word in _ABOUT or word in _INSTRUMENT or word in _LISTS:
        return False
    if word in {"and", "or", "nor"} or "," in view.gaps[index + 1]:
        return _joined(view, clause, index)
    return not view.flags(index) & _REPORTS_PAIN


def _opens_phrase(view: SentenceView, index: int) -> bool:
    """Whether a word is a determiner or an adjective of the noun to its right."""
    token = view.tokens[index]
    if "," in view.gaps[index + 1] or ":" in view.gaps[index + 1]:
        return False
    return token in _DETERMINERS or token in _MODIFIERS or token.endswith(("ic", "al", "ive"))


def _joined(view: SentenceView, clause: Clause, index: int) -> bool:
    """'acupuncture and herbs help': the first member decides, unless a verb came before."""
    if not _LISTS.isdisjoint(view.tokens[clause.first : index + 1]):
        return False
    return not any(view.flags(i) & _REPORTS_PAIN for i in range(clause.first, index + 1))


def _of_head(view: SentenceView, clause: Clause, of: int) -> bool:
    """'the practice of acupuncture' is about acupuncture, 'the cost of acupuncture' is not."""
    if of == clause.first:
        return False
    return view.tokens[of - 1] in _OF_HEADS and _is_subject(view, clause, of - 1)


def _antecedent(view: SentenceView, number: int, context: Context) -> Subject:
    """What 'which' or 'that' stands for: a therapy just before it, else the subject of that clause."""
    if number == 0:
        return NOBODY
    before = view.clauses[number - 1]
    for index in range(before.last - 1, max(before.first, before.last - 6) - 1, -1):
        tag = view.tag_of_word[index]
        if tag is None:
            continue
        if tag.flags & t.THERAPY and is_therapy(view, tag):
            return Subject(Role.THERAPY, tag.term, tag.first)
        if tag.flags & t.ANAPHOR and (context.topic or context.focus is Role.THERAPY):
            return resolve(view, number - 1, tag.first, context)
        if tag.flags & t.OBJECT and index >= before.last - 2:
            return Subject(Role.OTHER, tag.term, tag.first)
    return resolve(view, number - 1, before.last, context)
