"""Who earns by the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from acu_lint.api import PROSE, Document, Hit, Severity, Span
from acu_lint_rules.analysis.text.lexicon import folded, terms
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.rare_phrases import vocabulary
from acu_lint_rules.trust._article import full_article
from acu_lint_rules.trust._benefits import benefits
from acu_lint_rules.trust._ranking import puts_itself_first
from acu_lint_rules.trust._signals import signals

_AFFILIATE = lazy(
    r"//(?:www\.)?amzn\.to/|//(?:www\.)?amazon\.[a-z.]{2,6}/[^\s]{0,300}[?&]tag=|[?&](?:aff|aff_?id|affiliate(?:_?id)?)="
    r"|//(?:[\w-]+\.)?(?:shareasale|awin1|clickbank|shrsl|rstyle|skimresources|anrdoezrs|jdoqocy|prf\.hn|sjv|pxf)\b"
    r"|/(?:affiliate|aff)/",
    re.I,
)
_SPONSORED = lazy(r"<a\s[^<>]{0,400}?\brel\s?=\s?[\"']?[^\"'<>]{0,60}\bsponsored\b[^<>]{0,400}>", re.I)
_SELLING = lazy(
    r"\b(?:book|schedule|arrange|reserve)\s(?:now|online|today|an?\s|your\s|with\sus)|\b(?:call|contact|visit|e-?mail|text)"
    r"\sus\b|\bget\sin\stouch\b|\bmake\san\sappointment\swith\sus\b|\b(?:buy|order|shop)\s(?:now|here|online|our)\b"
    r"|\b(?:Clinic|Acupuncture|Wellness|Cent(?:er|re)|Chiropractic|Practice|Studio|Therapy)\s(?:offers|provides|welcomes)\b",
    re.I,
)
_SELLING_WORDS = frozenset(
    "book schedule arrange reserve call contact visit email e-mail text touch appointment buy order shop offers "
    "provides welcomes".split()
)
_WE = frozenset("we our us i my we're we've i'm i've".split())
# A price of a session or a visit: nobody takes a page that tells its own for neutral.
_PRICE = lazy(
    r"[£$€₹]\s?\d[\d,.]{0,9}(?:\s?(?:per|a|each|/|for)\s?(?:\w{1,10}\s){0,3}?(?:session|visit|treatment|consultation|course|hour)s?\b)"
    r"|\b(?:session|visit|treatment|consultation|course|appointment|fee|price|cost)s?\b[^.\n]{0,40}[£$€₹]\s?\d",
    re.I,
)


def check(doc: Document, *, min_words: int = 100, least: int = 3, inherited_disclosure: bool = False) -> Iterator[Hit]:
    """Find what is hidden: a link that earns a commission, a list of the best that its publisher leads, a seller.

    A seller's article is one that states ``least`` benefits, asks to book or buy and speaks for nobody.

    ``min_words`` is the length from which a text is an article; ``inherited_disclosure`` says that the site puts a
    notice on the page.
    """
    if inherited_disclosure:
        return
    paid = _paid_link(doc)
    if paid is not None:
        if "disclosure" not in signals(doc):
            yield Hit(paid, message="affiliate", severity=Severity.WARNING)
        return
    first = puts_itself_first(doc)
    if first is not None:
        if "disclosure" not in signals(doc):
            span = first.block.span(first.start, first.end)
            yield Hit(span, {"name": first.name}, message="ranking", severity=Severity.WARNING)
        return
    if len(benefits(doc)) < least or _SELLING_WORDS.isdisjoint(vocabulary(doc)) or _speaks_for_itself(doc):
        return
    if full_article(doc, min_words=min_words) and _sells(doc) and "disclosure" not in signals(doc):
        yield Hit(doc.whole, {"count": len(benefits(doc))})


def _paid_link(doc: Document) -> Span | None:
    """The first link that pays the writer."""
    for link in doc.links:
        if "/" in link.target and _AFFILIATE.search(link.target):
            return link.span
    if "sponsored" in doc.source.text:
        match = _SPONSORED.search(doc.source.text)
        return Span(*match.span()) if match else None
    return None


def _sells(doc: Document) -> bool:
    return any(
        _SELLING.search(block.text)
        for block, words in zip(doc.blocks, folded(doc), strict=True)
        if block.kind in PROSE and not _SELLING_WORDS.isdisjoint(words)
    )


def _speaks_for_itself(doc: Document) -> bool:
    """Whether those who give the treatment are writing openly ('at our clinic we see ...'), or tell their prices."""
    at_work = terms("trust", "at_work")
    for block, words in zip(doc.blocks, folded(doc), strict=True):
        if block.kind in PROSE and not (_WE.isdisjoint(words) or set(words).isdisjoint(at_work)):
            return True
    return any(_PRICE.search(block.text) for block in doc.blocks if block.kind in PROSE)
