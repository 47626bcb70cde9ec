"""Text of website templates that was copied along with an article: forms, share bars, counters, notices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import compress
from typing import NamedTuple

from acu_lint.api import META, PROSE, Block, Document, Sentence, Severity, Span, language
from acu_lint_rules.analysis.citations.index import in_references
from acu_lint_rules.analysis.text.lexicon import Matcher, Range, fold, folded, matcher, terms
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.rare_phrases import blocks_with, quoted, vocabulary
from acu_lint_rules.analysis.text.sentence import asks
from acu_lint_rules.copy._left import Left, sentence_at

_SHORT = 320  # characters: furniture stands in short blocks
_MANY = 25  # words of a sentence that begins like furniture and still is
_REACH = 120  # characters around furniture that belong to it


class _Piece(NamedTuple):
    """A sentence that is furniture; ``telling`` where it is so by itself, else only among others of its kind."""

    sentence: Sentence
    span: Span
    telling: bool = True


def furniture(doc: Document) -> Iterator[Left]:
    """Yield what a template puts around an article: menus, buttons, labels of comments and shares.

    A web page has its own, and so have the pieces that a generator builds one from.
    """
    if doc.format == "html" and (doc.meta.format or _PAGE.search(doc.source.text)):
        return
    pieces = sorted((*_anywhere(doc), *_lines(doc)), key=lambda piece: piece.span)
    for piece in _in_company(pieces):
        yield Left(piece.sentence, piece.span, "template", Severity.WARNING)


def _in_company(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """Leave out what a writer may have put there: pieces that tell nothing, and of which few stand together."""
    groups: list[list[_Piece]] = []
    for piece in pieces:
        if groups and piece.sentence.block.index - groups[-1][-1].sentence.block.index <= _NEAR:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    for group in groups:
        together = len({piece.sentence.text.lower().strip(" .:!") for piece in group}) >= _FEW
        if together or any(piece.telling for piece in group):
            yield from group


def _lines(doc: Document) -> Iterator[_Piece]:
    """Find sentences that are furniture by what they begin with, and what stands beside labels."""
    labelled: list[int] = []
    starts = _starts()
    for block, words in zip(doc.blocks, folded(doc), strict=True):
        if not words or len(block.text) > _SHORT or block.kind in META or block.kind == "quote":
            continue
        if (words[0] in starts and _may_begin(starts, words)) or words[-1] in _COUNTED_WORDS or block.text[0] in _SIGNS:
            candidates = block.sentences
        elif ". " in block.text:
            first = [at < len(words) and words[at] in starts for at in block.bounds[1:]]
            later = compress(block.sentences[1:], first)
            candidates = [each for each in later if _may_begin(starts, each.text.lower().split(None, 2))]
        else:
            continue
        for sentence in candidates:
            kind = _furniture(doc, block, sentence, words)
            if kind in _LABELS:
                labelled.append(block.index)
            if kind:
                yield _Piece(sentence, sentence.span(), telling=kind in _TELLING)
    for index in _beside(doc, labelled):
        sentence = doc.blocks[index].sentences[0]
        yield _Piece(sentence, sentence.span(), telling=False)


def _anywhere(doc: Document) -> Iterator[_Piece]:
    """Find phrases that are furniture wherever they stand, by a word of each that articles seldom use."""
    marks = _rare_words()
    known = vocabulary(doc)
    wanted = [word for word in marks if word in known]
    for block, words in blocks_with(doc, wanted):
        if block.kind in META or in_references(doc, block):
            continue
        for hit in matcher("residue", "anywhere").scan(words):
            start, end = block.words[hit.first].start, block.words[hit.last - 1].end
            if not quoted(block.text, start, end) and not ("cookies" in hit.term and _about_privacy(doc, block)):
                span = block.span(*_around(block.text, start, end))
                yield _Piece(sentence_at(block, start), span)


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a range to its sentence, also where the block is a heading of two sentences; long ones stay."""
    before = max(text.rfind(mark, max(0, start - _REACH), start) for mark in (". ", "! ", "? ", "\n"))
    stops = [at for mark in (". ", "! ", "? ", "\n") if (at := text.find(mark, end, end + _REACH)) >= 0]
    first = before + 1 if before >= 0 else 0 if start <= _REACH else start
    last = min(stops) + 1 if stops else len(text) if len(text) - end <= _REACH else end
    while text[first].isspace():
        first += 1
    return first, last


def _furniture(doc: Document, block: Block, sentence: Sentence, words: tuple[str, ...]) -> str:
    """Name the section of the word list that a sentence belongs to; empty where it is article text."""
    if len(block.sentences) > 1:
        words = tuple(fold(word.text) for word in sentence.words)
    text = sentence.text.strip()
    if not words or text.endswith(",") or asks(text):
        return ""
    if line := _line(doc, sentence, words, text):
        return "" if block.kind == "caption" or in_references(doc, block) else line
    found = _phrases().scan(words)[:1]
    if found and not found[0].first and _is_furniture(doc, sentence, words, found[0]):
        return "arrow" if found[0].section == "navigation" and _ARROW.search(text) else found[0].section
    return ""


def _line(doc: Document, sentence: Sentence, words: tuple[str, ...], text: str) -> str:
    """Name what a line is: a count of comments and the like, a breadcrumb or a copyright notice; empty if none."""
    if words[-1] in _COUNTED_WORDS:
        return "count" if _COUNTED.fullmatch(text) else ""
    if (words[0] == "home" or text[0] in _SIGNS) and _BREADCRUMB.match(text):
        return "" if _linked(doc, sentence) else _breadcrumb(doc, sentence.block, words)
    if (words[0] == "copyright" or text[0] in _SIGNS) and _COPYRIGHT.match(text):
        return "copyright"
    return ""


def _breadcrumb(doc: Document, block: Block, words: tuple[str, ...]) -> str:
    """Tell the trail to this page, above its text or with its title at the end, from a path that readers shall go."""
    if not _SETTINGS.isdisjoint(words):
        return ""
    title = folded(doc)[doc.title.index] if doc.title else ()
    titled = bool(title) and words[-len(title) :] == title
    above = all(each.kind not in PROSE for each in doc.blocks[: block.index])
    return "trail" if titled or above else "path"


def _is_furniture(doc: Document, sentence: Sentence, words: tuple[str, ...], found: Range) -> bool:
    """Whether a sentence that begins with a phrase of the list is what the list takes it for."""
    alone = found.last == len(words)
    if found.section in _LABELS:
        return not _in_table(doc, sentence.block) and _is_label(doc, found, words, sentence.text.strip())
    if found.section in {"start", "call"}:
        return len(words) <= _MANY and not _linked(doc, sentence)
    if found.section == "filed" or (found.section == "form" and ":" in sentence.text and not alone):
        return len(words) <= _FILED and sentence.text.rstrip()[-1] not in ".!;" and not _linked(doc, sentence)
    return alone and (found.section != "navigation" or _leads_nowhere(doc, sentence, words))


_LABELS = frozenset({"label", "counter", "empty"})
# What no writer puts into an article, in the middle of others or alone
_TELLING = frozenset({"form", "start", "filed", "count", "label", "counter", "trail", "arrow"})
_NEAR = 3  # blocks from one piece of furniture to the next
_FEW = 3  # different pieces that are furniture together, though none is alone
_FILED = 8  # words of "Posted in Health, Sleep" and "Share this: Mail Print"
_PAGE = lazy(r"<(?:!doctype|html|head|body)\b", re.I)
_ARROW = lazy(r"[»›→>]\s?\Z")
# Words of menus in programs: "Home > Settings > Text size" tells readers where to go
_SETTINGS = frozenset(
    "accessibility account app display edit file menu options preferences privacy settings tools view".split()
)
_COUNTED_WORDS = frozenset({"views", "comments", "comment", "shares", "likes", "reads", "retweets"})
_SIGNS = "©»›"
_COUNTED = lazy(r"(?:\d[\d,.]{0,9}|no)\s(?:page\s)?(?:views|comments?|shares|likes|reads|retweets)\.?", re.I)
_BREADCRUMB = lazy(r"(?:[»›]\s?)?home\s{0,2}[>»›→]\s{0,2}\w", re.I)
_COPYRIGHT = lazy(r"copyright\s(?:©|\(c\)|\d{4})|©\s?(?:copyright|\d{4})[^.]{0,80}all rights reserved", re.I)
_WEAK_LABEL = lazy(
    r"(?:source|author|date|time|category|categories|tags?|keywords?|editor|posted by|published)\s?[:：]\s?\S{0,60}"
    r"(?:\s\S{1,40}){0,4}",
    re.I,
)
_COLON = lazy(r"\s{0,2}[:：]\s{0,2}")
_NUMBER = lazy(r"\d[\d,.]*\s*")


def _is_label(doc: Document, found: Range, words: tuple[str, ...], text: str) -> bool:
    """Whether a line is nothing but the label of a content system, with what it labels."""
    after = re.compile(r"\W{0,40}" + r"\W{1,9}".join(map(re.escape, words[: found.last])), re.I).match(text)
    rest = text[after.end() :] if after else ""
    colon = _COLON.match(rest)
    if found.section == "label":
        return (not rest.strip() or bool(colon)) and not _chinese(doc)
    if colon is None:
        return False
    return bool(_NUMBER.fullmatch(rest, colon.end())) if found.section == "counter" else colon.end() == len(rest)


def _chinese(doc: Document) -> bool:
    """Whether the article itself is written in Chinese or Japanese."""
    title = doc.title.text if doc.title else ""
    return language(doc) in {"zh", "ja"} or any("\u3040" <= char < "\ua000" for char in title)


def _beside(doc: Document, labelled: list[int]) -> Iterator[int]:
    """Find the lines like "Source: X" that stand beside the lines of a content system."""
    seen = set(labelled)
    for start in labelled:
        for step in (1, -1):
            index = start + step
            while 0 <= index < len(doc.blocks) and index not in seen:
                if not _WEAK_LABEL.fullmatch(doc.blocks[index].text):
                    break
                seen.add(index)
                yield index
                index += step


def _in_table(doc: Document, block: Block) -> bool:
    """Whether a block is a cell of a real table; plain text has only lines that look like rows."""
    return block.kind == "cell" and doc.format != "text"


def _linked(doc: Document, sentence: Sentence) -> bool:
    """Whether a link stands in a sentence: then it is of use to the reader."""
    return doc.linked(sentence.block, sentence.start, sentence.end)


def _about_privacy(doc: Document, block: Block) -> bool:
    """Whether the page or section is about cookies and privacy, so that "We use cookies" is its text."""
    above = " ".join((doc.title.text if doc.title else "", *block.path)).lower()
    return "privacy" in above or "cookie" in above


def _leads_nowhere(doc: Document, sentence: Sentence, words: tuple[str, ...]) -> bool:
    """Whether a navigation text has no link, and no section, list or address of its own below it."""
    block = sentence.block
    if _in_table(doc, block) or _linked(doc, sentence) or len(block.sentences) > 3:
        return False
    below = doc.blocks[block.index + 1 : block.index + 2]
    if not below or sentence.end < len(block.text.rstrip()):
        return True
    after = below[0]
    if after.index in doc.links_by_block:
        return False
    if after.kind == "item" and block.kind != "item":
        return "contents" in words or "article" in words
    if block.kind == "heading":
        return after.kind == "heading" and after.level <= block.level
    return not re.search(r"\d{3}|@", after.text[:200])


@cache
def _phrases() -> Matcher:
    return matcher("residue", "form", "whole", "navigation", "start", "call", "filed", "label", "counter", "empty")


def _may_begin(starts: Mapping[str, frozenset[str]], words: Sequence[str]) -> bool:
    """Whether words begin like a phrase of the list: a cheap look before the matcher's."""
    second = starts.get(words[0].rstrip(":"))
    return second is not None and (len(words) == 1 or not second or words[1].rstrip(".:!") in second)


@cache
def _starts() -> Mapping[str, frozenset[str]]:
    """First words of phrases, each with the second words that may follow (none: any word)."""
    table: dict[str, set[str]] = {"home": set(), "copyright": set()}
    for section in ("label", "counter", "empty"):
        table.update((fold(term.split()[0]), set()) for term in terms("residue", section))
    loose = frozenset(table)
    for term in terms("residue", "form", "whole", "navigation", "start", "call", "filed"):
        first, *rest = map(fold, term.split())
        if first not in loose:
            table.setdefault(first, set()).update(rest[:1] or {"\0"})
    return {first: frozenset(second) for first, second in table.items()}


@cache
def _rare_words() -> frozenset[str]:
    """The longest word of each phrase that is furniture anywhere."""
    return frozenset(max(map(fold, term.split()), key=len) for term in terms("residue", "anywhere"))


# --- doubled lines

_TITLE_WORDS = 20  # words of a line that may be a title


def doubled(doc: Document) -> Iterator[Left]:
    """Find a heading that stands there twice, one below the other, or a title repeated as the first line.

    A web page may show its title in a banner and above its text.
    """
    if doc.format == "html":
        return
    above: Block | None = None
    for block, words in zip(doc.blocks, folded(doc), strict=True):
        if block.kind in META:
            continue
        if above is not None and above.kind == "heading" and 0 < len(words) <= _TITLE_WORDS:
            twin = block.kind == "heading" or above is doc.title
            if twin and block.kind in {"heading", "paragraph"} and words == folded(doc)[above.index]:
                yield Left(block.sentences[0], block.span(), "doubled", Severity.WARNING)
        above = block
