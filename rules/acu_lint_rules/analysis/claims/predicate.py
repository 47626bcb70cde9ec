"""What a sentence says a therapy does, and the searches that find its parts."""

from __future__ import annotations

from typing import NamedTuple

from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.lexicon import terms
from acu_lint_rules.analysis.text.sentence import SentenceView
from acu_lint_rules.analysis.text.tags import Tag, TagFlag

BE = frozenset(terms("grammar", "be"))
LINKS = BE | frozenset(terms("grammar", "links"))


class Predicate(NamedTuple):
    """Words ``first`` to ``last`` of a sentence (exclusive) that say what a therapy does.

    ``kind`` is efficacy, mechanism, cure, safety, natural, guarantee or promise. ``verb`` is the word that says
    what happens and ``use`` how it stands there (see ``usage``; "absolute" for a denial of side effects). The
    subject stands to the verb's left unless ``agent`` names the word where the therapy follows ('relieved by
    massage'). ``reach`` says where the therapy must be: the subject of the verb, the sentence or the topic.
    ``weak`` marks purpose wording, ``experience`` what people feel, ``theory`` statements about qi and the
    like, which need no therapy.
    """

    kind: str
    first: int
    last: int
    verb: int
    object: str = ""
    agent: int = -1
    weak: bool = False
    experience: bool = False
    use: str = ""
    theory: bool = False
    reach: str = "subject"


def near(view: SentenceView, start: int, stop: int, wanted: TagFlag) -> bool:
    """Whether one of the words ``start`` to ``stop`` has a flag: a cheap test before clauses are looked at."""
    return any(tag is not None and tag.flags & wanted for tag in view.tag[max(start, 0) : max(stop, 0)])


def clause_end(view: SentenceView, tag: Tag) -> int:
    """Where the clause of a word ends."""
    return view.clauses[view.clause(tag.first)].last


def find_object(view: SentenceView, start: int, stop: int, wanted: TagFlag = t.OBJECT) -> Tag | None:
    """The first word from ``start`` on that a therapy can act on, with the nouns that belong to it."""
    stop = min(stop, len(view.tokens))
    for index in range(start, stop):
        tag = view.tag[index]
        if tag is not None and tag.flags & wanted and tag.first >= start:
            return tag._replace(last=_noun_end(view, tag.last, stop, wanted))
    return None


def _noun_end(view: SentenceView, last: int, stop: int, wanted: TagFlag) -> int:
    """Where 'tension headaches' or "the body's natural painkillers" ends, from the end of its first term."""
    reach = 4 if view.words[last - 1].text.endswith(("'s", "’s")) else 1
    for index in range(last, min(last + reach, stop)):
        if view.gaps[index] != " ":
            return last
        tag = view.tag[index]
        if tag is not None and tag.flags & wanted and not tag.flags & t.VERB:
            return tag.last
    return last


def find_therapy(view: SentenceView, start: int, stop: int, wanted: TagFlag = t.THERAPY) -> int:
    """The first therapy from ``start`` on, or -1."""
    for index in range(start, min(stop, len(view.tokens))):
        if view.flags(index) & wanted:
            return index
    return -1


def verb_left(view: SentenceView, tag: Tag, wanted: TagFlag, reach: int) -> Tag | None:
    """The nearest verb of a kind to the left, in the same clause."""
    clause = view.clauses[view.clause(tag.first)]
    for index in range(tag.first - 1, max(tag.first - reach, clause.first) - 1, -1):
        found = view.tag[index]
        if found is not None and found.flags & wanted and not found.flags & t.OBJECT:
            return found
    return None


def approach_after(view: SentenceView, tag: Tag) -> Tag | None:
    """The 'treatment' or 'option' that an adjective describes."""
    for index in range(tag.last, min(tag.last + 4, len(view.tokens))):
        found = view.tag[index]
        if found and found.flags & t.APPROACH:
            return found
        if view.tokens[index] in {"for", "in", "at", "of", "to", "and", "is"}:
            return None
    return None


def achieved(view: SentenceView, verb: Tag) -> bool:
    """Not 'help you find relief', 'find out about benefits'."""
    after = view.tokens[verb.last] if verb.last < len(view.tokens) else ""
    before = view.tokens[verb.first - 1] if verb.first else ""
    return after not in {"out", "about"} and (not verb.flags & t.FEEL or before not in {"you", "to"})
