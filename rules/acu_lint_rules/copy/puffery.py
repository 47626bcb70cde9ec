"""Praise in place of facts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from acu_lint.api import Block, Document, Hit, Severity
from acu_lint_rules.analysis.citations.index import in_references
from acu_lint_rules.analysis.evidence.phrases import cued
from acu_lint_rules.analysis.reader.heard import heard
from acu_lint_rules.analysis.text.lexicon import Matcher, Range, fold, folded, matcher, terms
from acu_lint_rules.analysis.text.rare_phrases import blocks_with
from acu_lint_rules.analysis.text.sentence import SentenceView

_NOUN_REACH = 3  # words within which the praised noun follows
_SUBJECT_REACH = 6  # words within which the praised subject stands before "is"
_DENIAL_REACH = 5  # words within which a denial reaches
_MANY = 2  # words of praise in one sentence that make it a warning
_STOPS = frozenset(
    "of for to in on with without that which who is are was were be been by from at when if but or as than because "
    "while during into through about after before between it they you we he she i a an the my our your his her "
    "their".split()
)
_COPULAS = frozenset("is are was were be been being remain remains became become seem seems proved proves".split())
_INTENSIFIERS = frozenset(terms("puffery", "intensifiers"))
_DENIALS = frozenset("not no never nor without nothing neither hardly less cannot isn't aren't wasn't weren't".split())
_NO_DENIAL = frozenset("short only just merely simply doubt wonder".split())  # behind a denial they undo it
_SOFT = frozenset(terms("puffery", "soft"))
_SUPERLATIVES = frozenset(terms("puffery", "superlatives"))


class _Praise(NamedTuple):
    """A word of praise in a sentence: its words and the section of the list it is in."""

    view: SentenceView
    found: Range

    @property
    def loud(self) -> bool:
        """Whether the word alone is a warning."""
        section = self.found.section
        if self.view.any_before(self.found.first, _SOFT, _DENIAL_REACH):
            return False
        return section in {"always", "loud"} or (
            section == "rank" and self.view.token(self.found.first) in _SUPERLATIVES
        )


def check(doc: Document, *, max_per_100_words: float = 1.5, min_words: int = 100, reader: bool = True) -> Iterator[Hit]:
    """Find praise of therapies, services, results and articles, one finding per sentence.

    A sentence is a warning where the praise is loud or doubled, or where the whole text of ``min_words`` or
    more holds more than ``max_per_100_words``; unless ``reader`` is false, the trained reader weighs it, too.
    """
    found = _analysed(doc, max_per_100_words, min_words)
    return heard(doc, "puffery", found) if reader else found


def _analysed(doc: Document, max_per_100_words: float, min_words: int) -> Iterator[Hit]:
    """What the word lists hear."""
    sentences = [praises for block, _ in blocks_with(doc, _rare_words()) for praises in _sentences(doc, block)]
    if not sentences:
        return
    total = sum(map(len, folded(doc)))
    count = sum(map(len, sentences))
    dense = total >= min_words and len(sentences) > _MANY and 100 * count > max_per_100_words * total
    for praises in sentences:
        praise = next((each for each in praises if each.loud), praises[0])
        doubled = len(praises) >= _MANY
        words = [_text(each) for each in praises]
        yield Hit(
            praise.view.span(praise.found.first, praise.found.last),
            {"match": _text(praise), "words": words, "per_100_words": round(100 * count / total, 1)},
            message="doubled" if doubled else "default",
            severity=Severity.WARNING if praise.loud or doubled or dense else Severity.INFO,
        )


def _text(praise: _Praise) -> str:
    start, end = praise.view.text_range(praise.found.first, praise.found.last)
    return praise.view.sentence.text[start:end]


def _sentences(doc: Document, block: Block) -> Iterator[list[_Praise]]:
    """The words of praise of a block, by sentence."""
    if block.kind in {"quote", "footnote"} or in_references(doc, block):
        return
    for view, _ in cued(doc, block, _rare_words()):
        praises = [_Praise(view, found) for found in _words().scan(view.tokens) if _praises(view, found)]
        if praises and not _excused(view):
            yield praises


def _excused(view: SentenceView) -> bool:
    """Whether the sentence asks, or tells what others claim."""
    if view.is_question:
        return True
    return bool(_rejections().scan(view.tokens))


def _praises(view: SentenceView, found: Range) -> bool:
    """Whether a word of the list praises something that a clinic sells."""
    if found.section == "technical" or _denied(view, found) or _award(view, found):
        return False
    if view.in_quotation(found.first, found.last):
        return False
    if found.section == "verb":
        return any(view.tokens[at] in _things() for at in view.before(found.first, 3))
    return found.section == "always" or _has_object(view, found)


def _has_object(view: SentenceView, found: Range) -> bool:
    """Whether an adjective belongs to what is sold; one of rank must speak of the writer's own service."""
    noun = _noun_after(view, found)
    if found.section == "rank":
        return not _own().isdisjoint(view.tokens) and (noun in _things() or noun in {"choice", "option"})
    if noun in _empties():
        return not _things().isdisjoint(view.tokens)
    return noun in _things() or (noun == "" and _is_said_of_thing(view, found))


def _noun_after(view: SentenceView, found: Range) -> str:
    """Name the noun that an adjective belongs to: a known one, else "?"; empty where none follows."""
    last = ""
    start = found.last + found.term.endswith("ly")  # "amazingly effective": the adjective is skipped
    for at in range(start, min(start + _NOUN_REACH, len(view))):
        word = view.tokens[at]
        if word in _STOPS or (view.parted(at - 1) and view.gap_after(at - 1).strip() != ","):
            break
        if word in _things() or word in _empties():
            return word
        last = "" if word in {"and"} else "?"
    return last


def _is_said_of_thing(view: SentenceView, found: Range) -> bool:
    """Whether the adjective stands behind "is", with a therapy or service as the subject."""
    at = view.skip_back(found.first - 1, _INTENSIFIERS)
    if view.token(at) not in _COPULAS:
        return False
    return any(view.tokens[index] in _things() for index in view.before(at, _SUBJECT_REACH))


def _denied(view: SentenceView, found: Range) -> bool:
    """Whether a denial stands before the word, in its clause; "nothing short of" and "not only" deny nothing."""
    for at in view.before(found.first, _DENIAL_REACH):
        word = view.tokens[at]
        if (word in _DENIALS or word.endswith("n't")) and view.token(at + 1) not in _NO_DENIAL:
            return True
    return False


def _award(view: SentenceView, found: Range) -> bool:
    """Whether an award is named with its year."""
    return found.term == "award-winning" and any(word.isdigit() and len(word) == 4 for word in view.tokens)


@cache
def _words() -> Matcher:
    return matcher("puffery", "technical", "always", "loud", "mild", "rank", "verb")


@cache
def _rare_words() -> frozenset[str]:
    """The longest word of each term: a sentence without these words has no praise."""
    names = (fold(term) for term in terms("puffery", "always", "loud", "mild", "rank", "verb"))
    return frozenset(max(reversed(name.split()), key=len) for name in names)


@cache
def _rejections() -> Matcher:
    return matcher("frames", "rejecting")


@cache
def _things() -> frozenset[str]:
    """Nouns that name what is sold: the last words of the names of therapies, and the list's own."""
    names = (term.split()[-1] for term in terms("interventions"))
    return frozenset(fold(n) for n in names if len(n) > 2) | frozenset(terms("puffery", "thing"))


@cache
def _empties() -> frozenset[str]:
    return frozenset(terms("puffery", "empty"))


@cache
def _own() -> frozenset[str]:
    return frozenset(terms("puffery", "own"))
