"""seo/duplicate-heading: two headings of an article say the same, or a heading repeats the title."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from acu_lint.api import Block, Document, Edit, Flavour, Hit, Related, Span, measure
from acu_lint_rules.analysis.page.kind import is_article
from acu_lint_rules.analysis.page.titles import bare
from acu_lint_rules.analysis.text.inflection import stem
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.templates import has_template

_MOST = 20  # headings with the same words that are looked at
_LABEL = 3  # times a heading stands that labels a part of each section
_LABEL_WORDS = 2  # words of a heading that labels a part, such as 'My story'
_CARD_WORDS = 40  # words below a heading that can be a card's, or a copy for small screens
_TELLING = 8  # words of a part that can be compared
_ALIKE = 0.5  # share of the words of two parts that both have where one was made from the other
_UNDERLINE = frozenset("=-")
_TAB = lazy(  # of components, of MkDocs, of shortcodes, of containers
    r"<tabs?\b|\btab(?:item|panel|pane)\b|^[ \t]{0,20}===[!+]?\s?\"|\{[{%][<%]?\s?/?tab|:::\s?tab", re.I | re.M
)
_TAB_SIGNS = ("<tab", "tabitem", "tabpane", "===", "{{", "{%", ":::")  # one of them, in small letters, is in each mark


class _Group(NamedTuple):
    """Headings with the same words: the first, and those in its section that repeat it."""

    first: Block
    others: list[Block]


class _Outline(NamedTuple):
    """The headings of a page in order, by their indices: the one above each (-1: none), its place below that one."""

    heads: Sequence[Block]
    starts: Sequence[int]
    parent: dict[int, int]
    place: dict[int, int]


def check(doc: Document, *, title_printed: bool = False) -> Iterator[Hit]:
    """Find headings that repeat an earlier one of the same section, or the title.

    Sub-headings below different headings may be alike, and so may those that stand again by design: labels and
    parallel parts of a flat page, tabs, cards. The first top heading may repeat the title of the front matter, unless
    ``title_printed``: the site prints that title itself, as pandoc does, so readers see it twice. Headings with a
    template value or code in them are not compared. Parts that were pasted in twice are one finding.
    """
    title_printed = title_printed or doc.flavour is Flavour.PANDOC  # its template has the title in a heading
    outline = _outline(doc)
    heads = [block for block in outline.heads if _says(block)]
    title = _printed_title(doc, heads)
    known: dict[tuple[str, ...], list[Block]] = defaultdict(list)
    groups: dict[int, _Group] = {}
    for number, block in enumerate(heads):
        before = known[_key(block)]
        if title and bare(block.text) in title and (number or title_printed):
            place = next(other for other in doc.blocks if other.kind == "title")
            yield _hit(doc, place, [block], "title", remove=not number and doc.format in {"markdown", "mdx"})
        elif first := _earlier(outline, before, block):
            groups.setdefault(first.index, _Group(first, [])).others.append(block)
        before.append(block)
    yield from _repeats(doc, outline, list(groups.values()))


def _repeats(doc: Document, outline: _Outline, groups: Sequence[_Group]) -> Iterator[Hit]:
    parallel = Counter(outline.parent[group.first.index] for group in groups if _apart(outline, group))
    pasted: list[_Group] = []
    for group in groups:
        first, others = group
        if _alike(doc, outline, group) and not _is_card(doc, outline, group):
            pasted.append(group)
        elif not _is_natural(doc, outline, group, parallel[outline.parent[first.index]]):
            top = first.level == 1 and first is outline.heads[0]
            yield _hit(doc, first, others, "title" if top else "default", remove=_next_to(doc, first, others[0]))
    if pasted:
        first, others = pasted[0]
        more = [group.others[0] for group in pasted[1:]]
        yield _hit(doc, first, [*others, *more], "pasted", remove=False)


def _says(block: Block) -> bool:
    """Whether the words of a heading are there, and all of them."""
    return bool(bare(block.text)) and not has_template(block.text)


def _printed_title(doc: Document, heads: Sequence[Block]) -> frozenset[str]:
    """How the title of the front matter is compared where readers may see it above the article, else nothing.

    The title in the head of an HTML page stands in the tab alone; a top heading with other words is the title that
    readers see; on the page about a clinic its name may stand in every part.
    """
    title = next((block.text for block in doc.blocks if block.kind == "title"), "")
    shown = {bare(title), bare(title.rpartition(" | ")[0])} - {""}
    other = any(head.level == 1 and bare(head.text) not in shown for head in heads)
    return frozenset() if not title or other or doc.format == "html" or not is_article(doc) else frozenset(shown)


def _outline(doc: Document) -> _Outline:
    heads = [block for block in doc.blocks if block.kind == "heading"]
    parent: dict[int, int] = {}
    place: dict[int, int] = {}
    counts: Counter[int] = Counter()
    above: list[Block] = []
    for block in heads:
        while above and above[-1].level >= block.level:
            above.pop()
        parent[block.index] = above[-1].index if above else -1
        place[block.index] = counts[parent[block.index]]
        counts[parent[block.index]] += 1
        above.append(block)
    return _Outline(heads, [block.index for block in heads], parent, place)


@measure
def _tabs(doc: Document) -> Sequence[int]:
    """Where in the source the marks of tabs stand."""
    small = doc.source.text.lower()
    signs = [sign for sign in _TAB_SIGNS if sign in small]
    return [match.start() for match in _TAB.finditer(doc.source.text)] if signs else ()


def _earlier(outline: _Outline, before: Sequence[Block], block: Block) -> Block | None:
    """Which of the earlier headings with the same words stands in the same section or above it."""
    parent = outline.parent
    above, at = set(), parent[block.index]
    while at >= 0:
        above.add(at)
        at = parent[at]
    for other in before[:_MOST]:
        if parent[other.index] == parent[block.index] or other.index in above:
            return other
    return None


def _key(block: Block) -> tuple[str, ...]:
    """The words of a heading, singular and plural alike; spelling is not compared: 'hypo' is not 'hyper'."""
    return tuple(stem(word) for word in bare(block.text).split())


def _apart(outline: _Outline, group: _Group) -> bool:
    """Whether another heading of the section stands between each two of a group."""
    parents = {outline.parent[block.index] for block in (group.first, *group.others)}
    places = [outline.place[block.index] for block in (group.first, *group.others)]
    return len(parents) == 1 and all(after - before > 1 for before, after in pairwise(places))


def _is_natural(doc: Document, outline: _Outline, group: _Group, parallel: int) -> bool:
    """Whether a heading stands again by design: a label, one of parallel parts, in a tab, on a card."""
    first, others = group
    if _is_card(doc, outline, group) or first.text.rstrip().endswith(":"):
        return True
    tabs = _tabs(doc)
    if bisect(tabs, others[0].span().start) > bisect(tabs, first.span().end):
        return True
    short = len(first.words) <= _LABEL_WORDS
    return _apart(outline, group) and (short or parallel > 1 or len(others) + 1 >= _LABEL)


def _is_card(doc: Document, outline: _Outline, group: _Group) -> bool:
    """Whether the headings are links, or in HTML have a few words below each: cards, or copies for small screens."""
    blocks = (group.first, *group.others[:_MOST])
    if group.first.level == 1 or not _apart(outline, group):
        return False
    if any(doc.linked(block, 0, len(block.text)) for block in blocks):
        return True
    words = (sum(len(part.folded) for part in _below(doc, outline, block)) for block in blocks)
    return doc.format == "html" and max(words) <= _CARD_WORDS


def _alike(doc: Document, outline: _Outline, group: _Group) -> bool:
    """Whether two parts with the same heading have most of their words in common."""
    one, two = (
        {word for part in _below(doc, outline, block) for word in part.folded}
        for block in (group.first, group.others[0])
    )
    return len(one) >= _TELLING and len(one & two) >= _ALIKE * len(one | two)


def _below(doc: Document, outline: _Outline, block: Block) -> Sequence[Block]:
    """The blocks between a heading and the next one."""
    after = bisect(outline.starts, block.index)
    return doc.blocks[block.index + 1 : outline.starts[after] if after < len(outline.starts) else len(doc.blocks)]


def _next_to(doc: Document, other: Block, block: Block) -> bool:
    """Whether two equal headings of one level stand with nothing between them."""
    gap = doc.source.text[other.span().end : block.span().start]
    same = other.text.strip() == block.text.strip() and other.level == block.level
    return same and block.index == other.index + 1 and not gap.strip("# \t\r\n=-")


def _hit(doc: Document, first: Block, others: Sequence[Block], message: str, *, remove: bool) -> Hit:
    """Report the first repetition; where it can go without loss, with the edit that removes it."""
    block, *more = others
    line = _line(doc, block) if remove else None
    edits = (Edit(line, ""),) if line else ()
    data = {"match": block.text.strip(), "count": len(others) + 1}
    related = [Related(first.span(), f"first here: '{first.text.strip()}'")]
    related += [Related(other.span(), f"and here: '{other.text.strip()}'") for other in more[:_MOST]]
    return Hit(block.span(), data, message, edits=edits, related=tuple(related))


def _line(doc: Document, block: Block) -> Span | None:
    """The lines of a heading with the empty ones behind it, where nothing else stands on them."""
    text, span = doc.source.text, block.span()
    start = text.rfind("\n", 0, span.start) + 1
    end = _line_end(text, span.end)
    if text[start : span.start].strip("# \t") or text[span.end : end].strip("# \t\r\n"):
        return None
    after = _line_end(text, end)
    mark = text[end:after].strip()
    if mark and "#" not in text[start : span.start] and set(mark) <= _UNDERLINE and doc.format != "text":
        end = after
    while end < len(text) and not text[end : _line_end(text, end)].strip():
        end = _line_end(text, end)
    return Span(start, end)


def _line_end(text: str, at: int) -> int:
    return text.find("\n", at) + 1 or len(text)
