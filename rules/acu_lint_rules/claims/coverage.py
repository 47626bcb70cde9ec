"""Payment by an insurer without source or limits, and offers without terms."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity, measure
from acu_lint_rules.analysis.claims.subjects import topic
from acu_lint_rules.analysis.claims.wordings import Wording, find, has, joined, near, read, said, therapy, words
from acu_lint_rules.analysis.text import tags as t
from acu_lint_rules.analysis.text.layout import shortened
from acu_lint_rules.analysis.text.lexicon import Range
from acu_lint_rules.analysis.text.sentence import SentenceView

_ALONE = 2  # borders of the one sentence of a block
_REACH = 8  # words between the payer and what it does
# Words of limits, in the sentence or behind it. "Insurance covers massage. Call us" has none.
_LIMITS = frozenset(
    "varies vary depends depend verify confirm check eligible eligibility deductible copay copays co-pay authorization"
    " authorisation excluded exclusions limits unless necessary criteria".split()
)
_OTHER = frozenset({"liability", "malpractice", "indemnity"})  # insurance of those who treat
_ASKED = frozenset({"when", "whether", "how", "if"})  # "when insurance covers massage": the page goes on to say
_ASKED_REACH = 3  # words between 'when' and the payer
_OWN = frozenset({"i", "we", "our", "us", "my", "your", "you", "book", "enjoy"})  # an offer of the page's own
_FORBIDDING = frozenset({"au", "de"})  # where an offer without terms is against the law for health services


def check(doc: Document, *, profile: tuple[str, ...] = ("us", "uk", "au", "de", "eu", "ca")) -> Iterator[Hit]:
    """Report coverage and offers as notes, an offer as a warning where each law of ``profile`` forbids it."""
    forbidden = bool(profile) and _FORBIDDING.issuperset(profile)
    for wording in read(doc, _READERS):
        severity = Severity.WARNING if wording.kind == "offer" and forbidden else Severity.INFO
        yield Hit(wording.span, {"match": shortened(wording.text)}, wording.kind, severity)


def _payer(doc: Document, view: SentenceView, cue: Range) -> Wording | None:
    """'Medicare covers acupuncture', 'fully reimbursed by Bupa'."""
    if cue.term.casefold() in {"nhs", "axa"} and not view.words[cue.first].text.isupper():
        return None
    paid = find(view, "pays", cue.last, cue.last + _REACH) or find(view, "pays", cue.first - _REACH, cue.first)
    if (
        paid is None
        or has(view, "advice", cue.first - _REACH, cue.last + _REACH)
        or not (therapy(view) or topic(doc) or near(doc, view, offer=False))
    ):
        return None
    cared = bool(therapy(view, lifestyle=True)) or not words("paid_care").isdisjoint(view.tokens)
    cared = cared or any(tag.flags & t.ANAPHOR for tag in view.tags)
    first, last = min(cue.first, paid.first), max(cue.last, paid.last)
    if not cared or _limited(view, first, last) or not joined(view, first, last) or not said(doc, view, first, last):
        return None
    return Wording(view, first, last)


def _limited(view: SentenceView, first: int, last: int) -> bool:
    """Whether the payment is denied or asked for, or the sentence or one of the next two names its limits."""
    if any(token.endswith("n't") for token in view.tokens[first:last]) or not _OTHER.isdisjoint(view.tokens):
        return True
    asked = not _ASKED.isdisjoint(view.tokens[max(first - _ASKED_REACH, 0) : first])
    return asked or any(not _LIMITS.isdisjoint(other.tokens) for other in view.around(0, 2))


def _offer(doc: Document, view: SentenceView, cue: Range) -> Wording | None:
    """An offer such as a first session free of charge."""
    block = view.block
    near_by = view.around(1, 1)
    if block.index in _linked(doc) or any(find(other, "terms") for other in near_by):
        return None
    if all(_OWN.isdisjoint(other.tokens) for other in near_by) and not _headline(view):
        return None
    if not (topic(doc) or near(doc, view, offer=False)) or (cue.term == "bonus" and "claim" not in view.tokens):
        return None
    return Wording(view, cue.first, cue.last, "offer") if said(doc, view, cue.first, cue.last) else None


def _headline(view: SentenceView) -> bool:
    """Whether the sentence is a line of its own, such as 'Massage: first session free'."""
    return view.kind in {"title", "heading", "paragraph"} and len(view.block.bounds) == _ALONE


@measure
def _linked(doc: Document) -> frozenset[int]:
    """The blocks that hold a link, which may lead to the terms."""
    return frozenset(link.block for link in doc.links)


_READERS = {"payer": _payer, "offer": _offer}
