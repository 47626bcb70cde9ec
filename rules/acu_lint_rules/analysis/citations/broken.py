"""What in a document should lead to a source and leads nowhere: markers without an entry, dead links.

A page that lost its list of references has hundreds of dead markers but one fault; ``excused`` lets the rules
that ask for a source leave such sentences to the rule that reports the lost list.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from acu_lint.api import PROSE, Block, Document, Flavour, Link, Sentence, measure
from acu_lint_rules.analysis.citations import anchors
from acu_lint_rules.analysis.citations import index as citations
from acu_lint_rules.analysis.citations.entries import BRACKET, NOTE_TARGET, is_entry
from acu_lint_rules.analysis.citations.index import RAISED, Index, Mark, index, number_pairs
from acu_lint_rules.analysis.citations.sources import whole_address
from acu_lint_rules.analysis.text.lexicon import terms
from acu_lint_rules.analysis.text.patterns import lazy


class Broken(NamedTuple):
    """Words that should lead to a source and do not: their form, block, range in its text, label, and right address.

    Forms: number, note, author (markers without an entry), anchor (a link into the list of references that
    has no such place), fragment (a link to another place that is not in the page), link (a link that leads
    nowhere), scheme (a link whose address does not begin with "https://"), undefined (a link by a label that the
    page does not define), placeholder ("[citation needed]").
    """

    form: str
    block: Block
    start: int
    end: int
    label: str
    better: str = ""


MARKERS = frozenset({"number", "note", "anchor"})  # the forms that a lost list of references leaves behind

_READ = PROSE - {"caption"}
_NOTE = lazy(r"\[\^([\w:.-]{1,60})\](?!:)")
_BEFORE_MARKER = lazy(r"[^\W\d_]{2}\Z|[\d\s.,;:!?)\]\"”’*%]\Z|\A\Z")
_BEFORE_RAISED = lazy(r"[a-zß-ÿ]{4}\Z|[.,;:!?)\"”’]\Z")
_UNITS = lazy(r"(?:met(?:er|re)s?|feet|foot|inch(?:es)?|yards?|miles?|squared?)\Z")
_OWN_NOTE = lazy(r"\s{0,3}(\[\^?[\w:.-]{1,60}\]|[⁰¹²³⁴-⁹]{1,3}|\d{1,3}(?=[.)]?\s{1,3}[^\W\d_]))")
_PLACEHOLDER = lazy(
    r"\[(?:citation|source|sources|reference|references|ref|link|cite|cites?\sneeded|study)\]"
    r"|\[(?:citation|source|reference|link)s?\s(?:is\s|are\s)?(?:needed|required|here|missing|to\s(?:come|follow))\]"
    r"|\[(?:insert|add|needs?|missing|todo:?)\s(?:an?\s|the\s)?(?:citation|source|reference|link|study)s?"
    r"(?:\s(?:here|needed))?\]",
    re.I,
)
# A link by its label, of which Markdown knows nothing, so that the brackets stay.
_LABELLED = lazy(
    r"(?<![\w\]!-])\[(?P<words>[^\W_][^\[\]_=|]{1,200})\]\[(?P<label>[^\W\d_][^\[\]|]{0,80})?\](?![\w(\[:-])"
)
_DEFINITION = lazy(r"^[ ]{0,3}\[[^\W_][^\[\]\n]{0,80}\]:[ \t]*\S", re.MULTILINE)
_ASIDES = frozenset({"sic", "ed", "eds", "note", "x"})  # what an editor or a list of tasks has in brackets
_PARENTHESIS = lazy(r"\(([^()]{6,200})\)")
_NAMES = r"[A-ZÀ-Þ][a-zà-ÿ'’-]{1,30}[\w'’-]{0,20}"
_AUTHOR_IN = lazy(
    rf"(?:(?:e\.g\.,?|see|cf\.)\s)?({_NAMES})(,?\set\sal\.?|\s(?:&|and)\s{_NAMES})?,?\s((?:19|20)\d\d)[a-z]?"
)
_NO_AUTHOR = frozenset(terms("not_sources", "no_author"))
_EXAMPLE_HOSTS = frozenset(terms("not_sources", "example_hosts"))
_EMPTY_TARGETS = frozenset(
    {"", "#", "#0", "link", "url", "source", "todo", "tbd", "insert-link", "link-here", "insert-link-here", "http://"}
    | {"https://", "insert link", "add-link", "your-link-here", "#todo", "#link"}
)
_HIDDEN_LIST = lazy(r"(?:footnotes?|references?|bibliography)[_-]{1,2}(?:container|list|table|section|wrapper)", re.I)
_RAISED_SIGNS = "¹²³⁴⁵⁶⁷⁸⁹⁰"


def excused(doc: Document, sentence: Sentence) -> bool:
    """Whether a sentence has a source, or would have it if the markers of the page led anywhere."""
    if citations.cited(doc, sentence):
        return True
    lenient = _lenient(doc)
    return lenient is not None and lenient.covers(sentence)


@measure
def _lenient(doc: Document) -> Index | None:
    marks: dict[int, list[Mark]] = {}
    for item in broken(doc):
        if item.form != "fragment":
            marks.setdefault(item.block.index, []).append(Mark("broken", item.start, item.end))
    return Index(doc, marks) if marks else None


@measure
def broken(doc: Document) -> tuple[Broken, ...]:
    """Find what leads nowhere, in the order of the text."""
    found = [*_links(doc), *_markers(doc)]
    return tuple(sorted(found, key=lambda item: (item.block.index, item.start)))


def sentence_of(item: Broken) -> Sentence | None:
    """Find the sentence in which something broken stands; a marker behind the full stop belongs to what is before."""
    sentences = item.block.sentences
    at = bisect_right(sentences, item.start, key=lambda each: each.start) - 1
    return sentences[at] if at >= 0 else None


# --- markers in the text


def _markers(doc: Document) -> Iterator[Broken]:
    raised = not doc.source.text.isascii() and any(sign in doc.source.text for sign in _RAISED_SIGNS)
    by_author = any(is_entry(text) for text in index(doc).entries)
    sections = index(doc).sections
    for block in doc.blocks:
        if block.kind in _READ and block.index not in sections:
            text = block.text
            if "[" in text or by_author or (raised and not text.isascii()):
                yield from _free(doc, block, _in_block(doc, block, by_author=by_author))


def _in_block(doc: Document, block: Block, *, by_author: bool) -> Iterator[Broken]:
    text = block.text
    if "[" in text:
        yield from _numbers(doc, block, BRACKET, _BEFORE_MARKER)
        yield from _notes(doc, block)
        yield from (Broken("placeholder", block, m.start(), m.end(), m.group()) for m in _PLACEHOLDER.finditer(text))
        if "][" in text:
            yield from _undefined(doc, block)
    if not text.isascii():
        yield from _numbers(doc, block, RAISED, _BEFORE_RAISED)
    if by_author and "(" in text:
        yield from _authors(block, index(doc))


def _free(doc: Document, block: Block, found: Iterable[Broken]) -> Iterator[Broken]:
    """Keep what is no part of a link."""
    ends: list[int] | None = None
    for item in found:
        if ends is None:
            links = sorted((link.end, link.start) for link in doc.links_by_block.get(block.index, ()))
            ends = [end for end, _ in links]
        at = bisect_right(ends, item.start)
        if at == len(ends) or links[at][1] >= item.end:
            yield item


@measure
def _lists(doc: Document) -> _Lists:
    return _Lists(doc)


class _Lists:
    """What the markers of a document can lead to."""

    def __init__(self, doc: Document) -> None:
        self.index = index(doc)
        self.numbered = bool(self.index.numbers)
        self.loose = _loose_numbers(self.index.listed)
        self.own = frozenset(
            match[1].strip("[]^")
            for block in doc.blocks
            if block.kind in _READ and (match := _OWN_NOTE.match(block.text)) is not None
        )

    def leads(self, marker: str) -> bool:
        """Whether the numbers of a marker have entries, as far as one can tell."""
        if self.index.resolves(marker) or marker.strip("[]") in self.own:
            return True
        numbers = [int(number) for pair in number_pairs(marker) for number in pair if number]
        if not numbers or 0 in numbers:
            return True  # no marker
        if self.index.entries and not self.numbered:
            return max(numbers) <= len(self.index.entries)
        return all(number in self.index.numbers or number in self.loose for number in numbers)


def _loose_numbers(listed: Sequence[Block]) -> frozenset[int]:
    """Collect the numbers inside of entries that may number entries themselves: a list in one paragraph."""
    return frozenset(
        int(match) for block in listed for match in re.findall(r"(?:^|\s|\[)(\d{1,3})[.\])]", block.text[:50_000])
    )


def _numbers(doc: Document, block: Block, pattern: re.Pattern[str], before: re.Pattern[str]) -> Iterator[Broken]:
    text = block.text
    for match in pattern.finditer(text):
        start = match.start()
        head = text[max(start - 8, 0) : start]
        fits = before.search(head) and start and not _UNITS.search(head)
        if fits and not _lists(doc).leads(match.group()):
            yield Broken("number", block, start, match.end(), match.group())


def _notes(doc: Document, block: Block) -> Iterator[Broken]:
    for match in _NOTE.finditer(block.text):
        lists = _lists(doc)
        if match[1] not in lists.index.notes and match[1] not in lists.own and match.start():
            yield Broken("note", block, match.start(), match.end(), match.group())


def _undefined(doc: Document, block: Block) -> Iterator[Broken]:
    """Find "[the trial][smith]" and "[the trial][]" where the page does not say what the label stands for.

    A label of several words may be an aside of its own, unless the page has definitions. Tags between brackets, as
    WordPress has them, are closed by ``[/tag]``; brackets that are escaped are meant to be seen.
    """
    if _has_definitions_elsewhere(doc) or "[/" in block.text:
        return
    for match in _LABELLED.finditer(block.text):
        words, label = match["words"], match["label"] or ""
        if not _ASIDES.isdisjoint({words.lower(), label.lower()}) or (" " in label and not _defines(doc)):
            continue
        source = doc.source.text[slice(*block.span(match.start(), match.end()))]
        if "][" in source:
            yield Broken("undefined", block, match.start(), match.end(), match.group())


@measure
def _has_definitions_elsewhere(doc: Document) -> bool:
    """Whether a page may take definitions of labels from another file, or from a plug-in of MkDocs."""
    markdown = doc.format in {"markdown", "mdx"}
    return not markdown or doc.flavour is Flavour.MKDOCS or _is_template(doc) or "--8<--" in doc.source.text


@measure
def _defines(doc: Document) -> bool:
    return _DEFINITION.search(doc.source.text) is not None


def _authors(block: Block, listed: Index) -> Iterator[Broken]:
    """Find "(Roe, 2019)" and "(Roe et al. 2019; Doe & Poe 2020)" of which the list of references knows nothing."""
    for bracket in _PARENTHESIS.finditer(block.text):
        at = bracket.start(1)
        for part in bracket[1].split(";"):
            inner = part.strip()
            match = _AUTHOR_IN.fullmatch(inner)
            start = at + len(part) - len(part.lstrip())
            at += len(part) + 1
            if match is None or match[1] in _NO_AUTHOR or match[3] in listed.names.get(match[1], ()):
                continue
            yield Broken("author", block, start, start + len(inner), inner)


# --- links


def _links(doc: Document) -> Iterator[Broken]:
    for link in doc.links:
        target = link.target.strip()
        if link.kind != "link" or link.end <= link.start:
            continue
        block = doc.blocks[link.block]
        better = whole_address(target)
        if better:
            form = "scheme"
        elif target[:1] == "#" and len(target) > 1 and target.lower() not in _EMPTY_TARGETS:
            form = _fragment(doc, link, block)
        else:
            form = "link" if _dead(doc, link, block, target) else ""
        if form:
            yield Broken(form, block, link.start, link.end, block.text[link.start : link.end], better)


def _fragment(doc: Document, link: Link, block: Block) -> str:
    """What is wrong with a link into the page itself, or nothing."""
    name = link.target.strip()[1:]
    if name.lower() in {"top", ""} or name[0] in "/!:" or anchors.leads(doc, name):
        return ""
    text = block.text[link.start : link.end]
    if NOTE_TARGET.match(link.target) and (number_pairs(text) or len(text) < 3):
        return "" if index(doc).resolves(text) else "anchor"
    # a template or an include may bring the place that the link names
    return "" if _is_template(doc) else "fragment"


@measure
def _is_template(doc: Document) -> bool:
    return doc.format == "html" or "{%" in doc.source.text or "{{" in doc.source.text


def _dead(doc: Document, link: Link, block: Block, target: str) -> bool:
    """Whether a link in running text has no target yet."""
    if target.lower() not in _EMPTY_TARGETS and not _is_example(target):
        return False
    text = block.text
    rest = len(text) - (link.end - link.start)
    if doc.format in {"html", "mdx"} and target in {"", "#"}:  # often a button
        return block.kind in {"paragraph", "item"} and rest > 40 and text.rstrip()[-1:] in ".!?:)"
    return rest > 10 or block.kind in {"paragraph", "item"}


def _is_example(target: str) -> bool:
    if "example." not in target and "your" not in target:
        return False
    try:
        host = urlsplit(target).hostname or ""
    except ValueError:
        return False
    return host.removeprefix("www.") in _EXAMPLE_HOSTS


# --- the list itself


class Uncited(NamedTuple):
    """An entry that no marker names."""

    block: Block
    number: str


@measure
def leads(doc: Document) -> bool:
    """Whether any marker of the text leads to an entry or a note."""
    listed = index(doc)
    return any(
        mark.kind in {"number", "note"}
        for block in doc.blocks
        if block.index not in listed.sections
        for mark in listed.marks(block)
    )


@measure
def uncited(doc: Document) -> tuple[Uncited, ...]:
    """Find the entries that no marker names, in a document whose markers name others of the list."""
    listed = index(doc)
    numbers, notes = set[int](), set[str]()
    for block in doc.blocks if listed.numbers else ():
        if block.index not in listed.sections:
            for mark in listed.marks(block):
                if mark.kind in {"number", "note"}:
                    numbers.update(_named(block.text[mark.start : mark.end]))
    notes.update(link.target for link in doc.links if link.kind == "footnote")
    left = {b.label: b for b in reversed(doc.blocks) if b.kind == "footnote" and b.label and b.label not in notes}
    found = [Uncited(block, label) for label, block in reversed(left.items())]
    if len(numbers & listed.numbers) >= 2:
        found += [
            Uncited(block, str(number))
            for number, block in _entries(listed.listed)
            if number not in numbers and block.kind != "footnote"
        ]
    return tuple(found)


def _entries(listed: Sequence[Block]) -> Iterator[tuple[int, Block]]:
    for place, block in enumerate(listed, 1):
        if block.kind == "item":
            yield place, block
        elif match := re.match(r"\s{0,3}[\[(]?(\d{1,3})[\].):]?\s", block.text):
            yield int(match[1]), block


def _named(marker: str) -> Iterator[int]:
    for first, last in number_pairs(marker):
        yield from range(int(first), min(int(last or first), int(first) + 200) + 1)


@measure
def empty_lists(doc: Document) -> tuple[Block, ...]:
    """Find the headings of references below which there is nothing."""
    found: list[Block] = []
    sections = index(doc).sections
    for block in doc.blocks:
        if block.kind == "heading" and block.text.strip(" :#*").lower() in _list_names():
            following = doc.blocks[block.index + 1] if block.index + 1 < len(doc.blocks) else None
            ends = following is None or (
                following.kind == "heading" and following.level <= block.level and following.index not in sections
            )
            if ends and not _hidden(doc, block, following):
                found.append(block)
    return tuple(found)


@cache
def _list_names() -> frozenset[str]:
    return frozenset({"references", "bibliography", "works cited", "reference list", "sources", "citations"})


def _hidden(doc: Document, heading: Block, following: Block | None) -> bool:
    """Whether markup that the parser does not read stands below a heading: a component, an include."""
    end = following.span().start if following is not None else len(doc.source.text)
    between = doc.source.text[heading.span().end : end]
    return bool(
        re.search(r"[\w]", re.sub(r"</?[hH][1-6][^<>]{0,200}>|</?(?:body|html|main|article|section|div)>", "", between))
    )


def hidden_list(doc: Document) -> bool:
    """Whether an HTML page has its list of references in a part that opens with a click, which is not read here."""
    return doc.format == "html" and _HIDDEN_LIST.search(doc.source.text) is not None


def duplicated(doc: Document) -> Mapping[int, Block]:
    """Find the numbers that two entries bear, with the second of them."""
    seen: set[int] = set()
    twice: dict[int, Block] = {}
    for block in index(doc).listed:
        match = re.match(r"\s{0,3}\[?(\d{1,3})[\].)]\s", block.text)
        if match and block.kind == "paragraph":
            if int(match[1]) in seen:
                twice.setdefault(int(match[1]), block)
            seen.add(int(match[1]))
    return twice
