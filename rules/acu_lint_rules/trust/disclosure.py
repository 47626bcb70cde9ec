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
_INTRODUCTION = 3  # paragraphs in which a clinic may say that it is writing


def check(doc: Document, *, min_words: int = 100, least: int = 3, inherited_disclosure: bool = False) -> Iterator[Hit]:
    """Find a link that earns a commission, or a seller's article that states ``least`` benefits, without a word on it.

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
    if len(benefits(doc)) < least or _SELLING_WORDS.isdisjoint(vocabulary(doc)) or _introduced(doc):
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


def _introduced(doc: Document) -> bool:
    """Whether the first paragraphs say that those who give the treatment are writing: 'At Willow Clinic we see ...'."""
    first = [words for block, words in zip(doc.blocks, folded(doc), strict=True) if block.kind in PROSE]
    at_work = terms("trust", "at_work")
    return any(not (_WE.isdisjoint(words) or words.isdisjoint(at_work)) for words in map(set, first[:_INTRODUCTION]))
