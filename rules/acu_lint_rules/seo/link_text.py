"""seo/link-text: a link whose text does not tell where it leads."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from acu_lint.api import Block, Document, Hit, Link, Related, Severity
from acu_lint_rules.analysis.citations.index import in_references
from acu_lint_rules.analysis.keyphrases.chosen import declared
from acu_lint_rules.analysis.keyphrases.phrases import stems_of
from acu_lint_rules.analysis.keyphrases.stuffing import is_query
from acu_lint_rules.analysis.page.titles import bare
from acu_lint_rules.analysis.text.lexicon import terms
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.templates import has_template

_LONGEST_VAGUE = 40  # characters of a text that can be vague
_ADDRESS = lazy(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_NAMED = lazy(r"<a\b[^<>]{0,500}\b(?:aria-label|title)\s?=\s?[\"']?\w[^<>]{0,500}>\s*\Z", re.IGNORECASE)
_REACH = 600  # characters of an opening tag before its text


def check(doc: Document, *, max_address: int = 30, repeats: int = 3) -> Iterator[Hit]:
    """Find links without text, with a text such as 'click here', and search phrases that lead to one page again.

    ``max_address``: characters of an address that is shown as it is; ``repeats``: how often one search phrase leads to
    one page. One finding to a sentence.
    """
    for span in doc.empty_links:
        yield Hit(span, message="empty", severity=Severity.WARNING)
    yield from _again(doc, repeats)
    for index, links in doc.links_by_block.items():
        block = doc.blocks[index]
        ends = [sentence.end for sentence in block.sentences]
        done = -1  # where the sentence of the last finding ends
        for link in links:
            if link.kind == "link" and link.start >= done and (message := _fault(doc, block, link, max_address)):
                text = block.text[link.start : link.end]
                at = bisect_right(ends, link.start)
                done = ends[at] if at < len(ends) else len(block.text)
                yield Hit(link.span, {"match": text, "length": len(text)}, message, Severity.INFO)


def _fault(doc: Document, block: Block, link: Link, max_address: int) -> str:
    """What is wrong with a link's text, or nothing."""
    text = _text(doc, link).strip()
    if has_template(text):
        return ""
    if len(text) <= _LONGEST_VAGUE:
        if bare(text) not in _vague() or _named(doc, link):
            return ""
        return "default"
    if len(text) > max_address and _ADDRESS.fullmatch(text):
        shown = block.kind in {"cell", "footnote"} or "doi.org/" in text or in_references(doc, block)
        return "" if shown else "address"
    return ""


def _named(doc: Document, link: Link) -> bool:
    """Whether the tag of a link tells more than its text (``aria-label`` or ``title``)."""
    before = doc.source.text[max(link.span.start - _REACH, 0) : link.span.start]
    tag = before.rfind("<a")
    return tag >= 0 and _NAMED.match(before, tag) is not None


@cache
def _vague() -> frozenset[str]:
    return frozenset(map(bare, terms("vague_links")))


def _again(doc: Document, repeats: int) -> Iterator[Hit]:
    """Report a search phrase that is the whole text of several links to one page."""
    if len(doc.links) < repeats:
        return
    groups: dict[tuple[str, tuple[str, ...]], list[Link]] = defaultdict(list)
    for link in doc.links:
        if link.kind == "link" and not link.target.startswith("#") and not has_template(_text(doc, link)):
            groups[link.target, stems_of(_text(doc, link))].append(link)
    chosen = {stems_of(phrase) for phrase in declared(doc)}
    for (target, stems), links in groups.items():
        if len(links) >= repeats and len(stems) > 1 and not _in_a_list(doc, links):
            first, *others = links
            if stems not in chosen and not is_query(_text(doc, first), stems):
                continue
            data = {"match": _text(doc, first), "count": len(links), "to": target}
            related = tuple(Related(link.span, "here too") for link in others)
            yield Hit(first.span, data, "again", Severity.WARNING, related=related)


def _text(doc: Document, link: Link) -> str:
    return doc.blocks[link.block].text[link.start : link.end]


def _in_a_list(doc: Document, links: Sequence[Link]) -> bool:
    """Whether the links are entries of a table or of references, where one page may be named in each row."""
    blocks = [doc.blocks[link.block] for link in links]
    return any(block.kind == "cell" or in_references(doc, block) for block in blocks)
