"""Who acts where a page that sells names no therapy: its offer, its people, what they do."""

from __future__ import annotations

from acu_lint_rules.analysis.claims.predicate import Predicate
from acu_lint_rules.analysis.claims.subjects import NOBODY, Context, Role, Subject
from acu_lint_rules.analysis.text import marks as m
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.inflection import lemmas
from acu_lint_rules.analysis.text.lexicon import Matcher, terms
from acu_lint_rules.analysis.text.sentence import SentenceView

OFFER = "the offer of the page"
_POINTERS = frozenset({"it", "it's", "this", "these", "they", "both", "which", "that"})
_TITLES = frozenset({"heading", "title", "caption", "alt", "item"})
_OURS = frozenset({"we", "i", "he", "she"})
_COMMON = Matcher(terms("subjects", "commonplace"))
_DETERMINERS = frozenset(terms("grammar", "determiners"))
_NEUTRAL = lemmas(("affect", "influence", "interrupt", "diminish", "block", "alter"))  # for better or for worse
_MORE = frozenset({"more", "greater", "higher", "deeper"})
_CAUSING = frozenset(
    "lead leads leading led result results resulting resulted contribute contributes contributing".split()
)


def implied(view: SentenceView, predicate: Predicate, found: Subject, context: Context) -> Subject:
    """The subject of a predicate on a page that sells, where ``found`` is no therapy; ``NOBODY`` where it is none."""
    if any(mark.flags & m.EVIDENCE for mark in view.marks) or any(
        ruled_out(view, predicate) for ruled_out in _RULED_OUT
    ):
        return NOBODY
    if found.role is Role.PERSON:
        return _people(view, predicate, found)
    if found.role is Role.OTHER:
        return _other(view, predicate, found, context)
    if predicate.use == "tail" and not _has_verb(view, predicate):
        return NOBODY
    return Subject(Role.THERAPY, context.topic or OFFER)


def _other(view: SentenceView, predicate: Predicate, found: Subject, context: Context) -> Subject:
    """'It' that stands for no complaint is the offer; so is what acts on a complaint that is no subject itself."""
    if found.text in _POINTERS:
        return NOBODY if context.focus is Role.OTHER else Subject(Role.THERAPY, found.text, found.first)
    return NOBODY if _heads(view, predicate, found) else Subject(Role.THERAPY, context.topic or OFFER)


def _bare(_view: SentenceView, predicate: Predicate) -> bool:
    """'beneficial', and nothing else."""
    return predicate.kind == "efficacy" and not (predicate.use or predicate.object)


def _commonplace(view: SentenceView, predicate: Predicate) -> bool:
    """'A balanced diet prevents ...' is what everybody knows, and nobody's offer."""
    clause = view.clauses[view.clause_number(predicate.verb)]
    return bool(_COMMON.scan(view.tokens[clause.first : predicate.verb]))


def harms(view: SentenceView, predicate: Predicate) -> bool:
    """'leads to chronic pain', 'leading to the brain': no good is said to come of it."""
    verb = view.tag_of_word[predicate.verb]
    if predicate.theory:
        return False
    if verb is not None and verb.term in _NEUTRAL:
        return True
    if view.tokens[predicate.verb] not in _CAUSING:
        return False
    flags = [(tag.flags, tag.term) for tag in view.tags if predicate.verb < tag.first < predicate.last]
    return not any(flag & (t.COMPARATIVE | t.NOUN | t.ADJECTIVE) and term not in _MORE for flag, term in flags)


def _described(view: SentenceView, predicate: Predicate) -> bool:
    """'swelling and reduced mobility': a participle that describes a noun, in a list of complaints."""
    verb = view.tag_of_word[predicate.verb]
    if verb is None or not verb.flags & t.PAST or verb.flags & t.BASE or not predicate.verb:
        return False
    return predicate.use == "finite" and view.tokens[predicate.verb - 1] in {"and", "or"}


def _named(view: SentenceView, predicate: Predicate) -> bool:
    """'Managing chronic pain' as a heading names a subject; to manage is what people do themselves."""
    if view.tokens[predicate.verb].startswith("manag"):
        return True
    return predicate.use == "gerund" and predicate.verb == 0 and view.kind in _TITLES


def _people(view: SentenceView, predicate: Predicate, found: Subject) -> Subject:
    """'Our therapists relieve pain'; that they treat, support or manage something says what their work is."""
    ours = found.text in _OURS or bool(view.flags(found.first) & t.PEOPLE) or view.any_before(found.first, {"our"}, 2)
    verb = view.tag_of_word[predicate.verb]
    if not ours or verb is None or not verb.flags & (t.OUTRIGHT | t.ENDING):
        return NOBODY
    return Subject(Role.THERAPY, found.text, found.first)


def _heads(view: SentenceView, predicate: Predicate, found: Subject) -> bool:
    """Whether a complaint or part of the body is the subject itself: 'Oxygen reaches ...'."""
    clause = view.clauses[view.clause_number(found.first)]
    first = clause.first + (view.tokens[clause.first] in _DETERMINERS)
    return found.first <= first or predicate.verb < found.first


def _has_verb(view: SentenceView, predicate: Predicate) -> bool:
    """Whether a sentence has a verb before the participle: 'A stretch, easing tightness' has none."""
    return any(tag.flags & (t.VERB | t.GIVE) and tag.first < predicate.verb for tag in view.tags)


_RULED_OUT = (_commonplace, harms, _bare, _described, _named)
