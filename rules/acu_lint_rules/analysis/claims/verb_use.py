"""How a word that may be a verb stands in its sentence."""

from __future__ import annotations

from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.lexicon import terms
from acu_lint_rules.analysis.text.sentence import Line
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


def word_before(line: Line, index: int) -> int:
    """The nearest word to the left that is no adverb, or -1."""
    index -= 1
    while index >= 0 and (line.tokens[index].endswith("ly") or line.tokens[index] in {"also", "even", "both", "thus"}):
        index -= 1
    return index


def usage(line: Line, tag: Tag) -> str:
    """The use of a verb form: finite, tail, gerund, purpose, passive, imperative or listed.

    A tail is a participle after its subject (', easing pain'), a purpose an infinitive that nothing asserts
    ('used to ease pain'), listed a participle at the start of a list item ('Improved sleep'). Empty where the
    word is no verb.
    """
    if tag.flags & t.ING:
        return _ing(line, tag)
    if tag.flags & t.PAST and not tag.flags & t.BASE:
        return _past(line, tag)
    if tag.flags & t.THIRD and not tag.flags & t.BASE:
        return _third(line, tag)
    return _base(line, tag)


def _ing(line: Line, tag: Tag) -> str:
    if tag.last < len(line.tokens) and line.tokens[tag.last] == "of":
        return ""
    before = word_before(line, tag.first)
    word = line.tokens[before] if before >= 0 else ""
    if word in _BE:
        return "finite"
    if not word or word in _PREPOSITIONS:
        return "gerund"
    promoted = tag.flags & t.OBJECT and line.flags(before) & (t.VERB | t.GIVE)  # 'promotes healing'
    return "" if promoted or word in _NOUN_BEFORE else "tail"


def _past(line: Line, tag: Tag) -> str:
    before = word_before(line, tag.first)
    if before < 0:
        return "listed" if line.sentence.block.kind == "item" else ""
    word = line.tokens[before]
    if word in _BE or (word in {"and", "or"} and not _BE.isdisjoint(line.tokens[max(before - 3, 0) : before])):
        return "passive"
    return "finite" if word in _BEFORE_PAST or line.flags(before) & (t.THERAPY | t.ANAPHOR) else ""


def _third(line: Line, tag: Tag) -> str:
    before = word_before(line, tag.first)
    if before < 0 or not tag.flags & t.AMBIGUOUS:
        return "finite"
    word = line.tokens[before]
    if word in _NOUN_BEFORE or word in _PREPOSITIONS:
        return "finite" if word in {"this", "that"} else ""
    after = line.tokens[tag.last] if tag.last < len(line.tokens) else ""
    return "" if after in _NOUN_AFTER else "finite"


def _base(line: Line, tag: Tag) -> str:
    before = word_before(line, tag.first)
    if before < 0 or line.clauses[line.clause(tag.first)].first == tag.first:
        return "imperative"
    word = line.tokens[before]
    to = before if word == "to" else before - 1 if word == "help" and line.tokens[before - 1] == "to" else -1
    if to >= 0:
        return "finite" if _asserted(line, to) else "purpose"
    if word in _AUXILIARY or word in _PRONOUNS or word.endswith("n't"):
        return "finite"
    if word in _NOUN_BEFORE or _pasted(line, before):
        return ""
    return "finite" if _agrees(line, tag, before) else ""


def _agrees(line: Line, tag: Tag, before: int) -> bool:
    """Whether a bare verb follows its subject, another verb or 'helps patients'."""
    if line.flags(before) & (t.THERAPY | t.ANAPHOR):
        return True
    coordinated = line.tokens[before] in {"and", "or", "but"} or "," in line.gaps[tag.first]
    return (coordinated and not tag.flags & t.AMBIGUOUS) or helped(line, tag) >= 0


def _pasted(line: Line, before: int) -> bool:
    """'acupuncture help back pain': a search phrase, no sentence."""
    plural = line.tokens[before].endswith("s") or "and" in line.tokens[:before]
    return bool(line.flags(before) & t.THERAPY) and not plural and len(line.tokens) <= _PASTED


def helped(line: Line, tag: Tag) -> int:
    """Where the 'helps' of 'helps patients manage pain' stands, or -1."""
    for index in range(tag.first - 1, max(tag.first - 6, -1), -1):
        word = line.tokens[index]
        if word.startswith("help") or word in {"lets", "allows", "makes"}:
            return index
    return -1


def _asserted(line: Line, to: int) -> bool:
    """Whether 'to relieve' is asserted ('works to relieve'), not a purpose ('used to relieve')."""
    while to > 0:
        word = line.tokens[to - 1]
        helping = next((i for i in range(max(to - 5, 0), to) if line.tokens[i].startswith("help")), -1)
        if helping < 0:
            return word in _ASSERTED or word in {"is", "are"}
        if line.tokens[helping - 1] != "to":
            return True
        to = helping - 1
    return False
