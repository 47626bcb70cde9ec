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
_REACH = 600  # characters of an opening tag before its text
_CARD = 3  # blocks above a link in which the heading of its card stands
_ADDRESS = lazy(r"(?:https?://|www\.)[^\s/]{1,100}/[^\s/]\S*", re.IGNORECASE)  # of a page; a home page's is a name
_TAG = lazy(r"<a\s[^<>]{0,500}>", re.IGNORECASE)
_NAMED = lazy(r"\s(?:aria-label(?:ledby)?|aria-describedby|title|alt)\s?=\s?[\"'{]{0,2}[^\W_]", re.IGNORECASE)
_BUTTON = lazy(
    r"\b(?:btn|button|cta)\b|(?:btn|button|cta)[-_]|[-_](?:btn|button|cta)\b|\saria-(?:expanded|controls)\s?=",
    re.IGNORECASE,
)
# What no page is behind, or what numbers to ring and post are behind: they name themselves.
_NO_PAGE = ("#", "javascript:")
_CONTACT = ("mailto:", "tel:", "sms:", "whatsapp:")
# An empty link that a style sheet draws: an icon, or a sheet over a card.
_DRAWN = lazy(
    r"\bhref\s?=\s?[\"']?(?:#|javascript:)|\]\(#|\bstyle\s?="
    r"|\b(?:class|classname|id)\s?=\s?[\"'{][^\"']{0,200}?(?:arrow|block|brand|card|close|cover|icon|logo|next|overlay|prev"
    r"|scroll|social|stretched|toggle|wrap|\bfa[brs]?\b)",
    re.IGNORECASE,
)
_POINTS = frozenset("article click here link page post site source that this website".split())
_WORK = lazy(  # an entry of a list of works, wherever it stands
    r"\((?:(?:19|20)\d\d|n\.d\.)[a-z]?\)|\bet\sal\b|\b(?:accessed|retrieved|available\s(?:at|from|online))\b",
    re.IGNORECASE,
)
_CREDIT = lazy(
    r"(?:credits?|images?|photos?|pictures?|source|sources|via|ref(?:erence)?s?)(?:\s(?:credit|source|url|link|by|from))?\s?:\s?\Z",
    re.IGNORECASE,
)


def check(doc: Document, *, max_address: int = 30, repeats: int = 3) -> Iterator[Hit]:
    """Find links without text, with a text such as 'click here', and search phrases that lead to one page again.

    ``max_address``: characters of an address that is shown as it is, of all of which there is one finding;
    ``repeats``: how often one search phrase leads to one page. Of vague texts there is one finding to a sentence.
    """
    for span in doc.empty_links:
        if not _DRAWN.search(doc.source.text, span.start, span.end):
            yield Hit(span, message="empty", severity=Severity.WARNING)
    yield from _again(doc, repeats)
    yield from _addresses(doc, max_address)
    for index, links in doc.links_by_block.items():
        block = doc.blocks[index]
        ends = [sentence.end for sentence in block.sentences]
        done = -1  # where the sentence of the last finding ends
        for link in links:
            if link.kind == "link" and link.start >= done and _is_vague(doc, block, link):
                at = bisect_right(ends, link.start)
                done = ends[at] if at < len(ends) else len(block.text)
                data: dict[str, object] = {"match": _text(doc, link), "length": link.end - link.start}
                yield Hit(link.span, data, "default", Severity.INFO)


def _addresses(doc: Document, max_address: int) -> Iterator[Hit]:
    """Report the first address that stands as the text of a link, and the others as related places."""
    if doc.format == "text":  # where a link has no other text
        return
    shown = []
    for index, links in doc.links_by_block.items():
        found = [link for link in links if link.kind == "link" and _is_address(doc, link, max_address)]
        if found and not _lists_works(doc, doc.blocks[index]):
            shown += found
    if shown:
        first, *others = shown
        data = {"match": _text(doc, first), "length": first.end - first.start, "count": len(shown)}
        related = tuple(Related(link.span, "here too") for link in others)
        yield Hit(first.span, data, "address", Severity.INFO, related=related)


def _is_address(doc: Document, link: Link, max_address: int) -> bool:
    """Whether a long address stands where a name would serve, and not in a credit."""
    text = _text(doc, link)
    if len(text) <= max_address or not _ADDRESS.fullmatch(text) or "doi.org/" in text:
        return False
    return not _CREDIT.search(doc.blocks[link.block].text, max(link.start - 40, 0), link.start)


def _lists_works(doc: Document, block: Block) -> bool:
    """Whether a block is of a table or of references, where addresses are shown as they are."""
    return block.kind in {"cell", "footnote"} or in_references(doc, block) or _WORK.search(block.text) is not None


def _is_vague(doc: Document, block: Block, link: Link) -> bool:
    """Whether nothing in a link, on it or around it tells where it leads."""
    text = _text(doc, link)
    words = bare(text)
    if len(text) > _LONGEST_VAGUE or words not in _vague() or has_template(text) or link.target.startswith(_CONTACT):
        return False
    if _is_named(doc, link) or in_references(doc, block) or _is_of_a_card(doc, link):
        return False
    if words == "source" and (text[0] in "[(" or block.text[link.start - 1 : link.start] in {"(", "["}):  # of a claim
        return False
    return not _POINTS.isdisjoint(words.split()) or not _is_button(doc, block, link)


def _is_named(doc: Document, link: Link) -> bool:
    """Whether the tag of a link, or a picture in the link, tells more than its text (``aria-label``, ``alt``)."""
    before = _opened(doc, link)
    return bool(before) and _NAMED.search(before) is not None


def _opened(doc: Document, link: Link) -> str:
    """The opening tag of a link and what stands between it and the text, "" where it is no tag."""
    before = doc.source.text[max(link.span.start - _REACH, 0) : link.span.start]
    tag = next(reversed(list(_TAG.finditer(before))), None)
    return before[tag.start() :] if tag and "</a" not in before[tag.start() :].lower() else ""


def _is_button(doc: Document, block: Block, link: Link) -> bool:
    """Whether a link is a button, or the last line of a card or section whose heading tells where it leads."""
    if link.target.startswith(_NO_PAGE) or _BUTTON.search(_opened(doc, link)):
        return True
    above = doc.blocks[max(block.index - _CARD, 0) : block.index]
    alone = bare(block.text) == bare(_text(doc, link))
    return alone and any(other.kind == "heading" and other.level > 1 for other in above)


def _is_of_a_card(doc: Document, link: Link) -> bool:
    """Whether a link goes on from a block before or into a later one, as one around a whole card does."""
    source = doc.source.text
    near = range(link.block - _CARD, link.block + _CARD + 1)
    table = doc.links_by_block
    for other in (other for index in near if index != link.block for other in table.get(index, ())[:_CARD]):
        first, second = sorted((link.span, other.span))
        between = source[first.end : second.start].lower()
        if other.target == link.target and "<" in between and "</a" not in between:
            return True
    return False


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
