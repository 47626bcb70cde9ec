"""Text that a template, a chatbot or an editor left behind."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from acu_lint.api import META, PROSE, Block, Document, Hit, Sentence, Severity, Span, language
from acu_lint_rules.analysis.citations import in_references
from acu_lint_rules.analysis.lexicon import Matcher, Range, fold, folded, matcher, terms
from acu_lint_rules.analysis.vocabulary import blocks_with, quoted, vocabulary

_SHORT = 320  # characters: furniture stands in short blocks
_MANY = 25  # words of a sentence that begins like furniture and still is
_REACH = 120  # characters around furniture that belong to it


class _Left(NamedTuple):
    """Something left behind: the sentence it stands in, its place in the source, what it is."""

    sentence: Sentence
    span: Span
    kind: str
    severity: Severity


def check(doc: Document) -> Iterator[Hit]:
    """Find template text, chatbot leftovers and raw markup: one finding per sentence, the gravest."""
    found: dict[tuple[int, int], _Left] = {}
    for left in (*_chatbot(doc), *_template(doc), *_markup(doc)):
        block = left.sentence.block
        # a heading is one sentence, whatever it holds
        place = left.span.start if block.kind == "heading" else left.sentence.start
        found.setdefault((block.index, place), left)
    for left in found.values():
        words = doc.source.text[slice(*left.span)].strip()
        yield Hit(left.span, {"match": _shown(words)}, message=left.kind, severity=left.severity)
    yield from _chatbot_elsewhere(doc)


def _shown(words: str) -> str:
    return words if len(words) <= 60 else words[:57].rstrip() + "…"


def _sentence_at(block: Block, offset: int) -> Sentence:
    """The sentence of a block that holds an offset."""
    return block.sentences[max(bisect_right(block.sentences, offset, key=lambda each: each.start) - 1, 0)]


# --- templates


def _template(doc: Document) -> Iterator[_Left]:
    yield from _anywhere(doc)
    labelled: list[int] = []
    starts = _starts()
    for block, words in zip(doc.blocks, folded(doc), strict=True):
        if not words or len(block.text) > _SHORT or block.kind in META or block.kind == "quote":
            continue
        if _may_begin(starts, words) or words[-1] in _COUNTED_WORDS or block.text[0] in _SIGNS:
            candidates = block.sentences
        elif ". " in block.text:
            candidates = [s for s in block.sentences[1:] if _may_begin(starts, s.text.lower().split(None, 2))]
        else:
            continue
        for sentence in candidates:
            kind = _furniture(doc, block, sentence, words)
            if kind:
                yield _whole(sentence)
            if kind == "label":
                labelled.append(block.index)
    for index in _beside(doc, labelled):
        yield _whole(doc.blocks[index].sentences[0])


def _whole(sentence: Sentence) -> _Left:
    return _Left(sentence, sentence.span(), "template", Severity.WARNING)


def _anywhere(doc: Document) -> Iterator[_Left]:
    """Find phrases that are furniture wherever they stand, by a word of each that articles seldom use."""
    marks = _rare_words()
    known = vocabulary(doc)
    wanted = [word for word in marks if word in known]
    for block, words in blocks_with(doc, wanted):
        if block.kind in META or in_references(doc, block):
            continue
        for hit in matcher("residue", "anywhere").scan(words):
            start, end = block.words[hit.first].start, block.words[hit.last - 1].end
            if not quoted(block.text, start, end) and not ("cookies" in hit.term and _about_privacy(doc)):
                span = block.span(*_around(block.text, start, end))
                yield _Left(_sentence_at(block, start), span, "template", Severity.WARNING)


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
    if not words or text.endswith(("?", ",")):
        return ""
    if _is_line(words, text):
        return "" if block.kind == "caption" or in_references(doc, block) else "line"
    found = _phrases().scan(words)[:1]
    if found and not found[0].first and _is_furniture(doc, sentence, words, found[0]):
        return "label" if found[0].section in _LABELS else found[0].section
    return ""


def _is_line(words: tuple[str, ...], text: str) -> bool:
    """Whether a line is a counter, a breadcrumb or a copyright notice."""
    if words[-1] in _COUNTED_WORDS:
        return _COUNTED.fullmatch(text) is not None
    if words[0] == "home":
        return _BREADCRUMB.match(text) is not None
    return (words[0] == "copyright" or text[0] in _SIGNS) and bool(_COPYRIGHT.match(text) or _BREADCRUMB.match(text))


def _is_furniture(doc: Document, sentence: Sentence, words: tuple[str, ...], found: Range) -> bool:
    """Whether a sentence that begins with a phrase of the list is what the list takes it for."""
    alone = found.last == len(words)
    if found.section in _LABELS:
        return not _in_table(doc, sentence.block) and _is_label(doc, found, words, sentence.text.strip())
    if found.section == "start":
        return len(words) <= _MANY and not _linked(doc, sentence)
    return alone and (found.section != "navigation" or _leads_nowhere(doc, sentence, words))


_LABELS = frozenset({"label", "counter", "empty"})
_COUNTED_WORDS = frozenset({"views", "comments", "comment", "shares", "likes", "reads", "retweets"})
_SIGNS = "©»›"
_COUNTED = re.compile(r"(?:\d[\d,.]{0,9}|no)\s(?:page\s)?(?:views|comments?|shares|likes|reads|retweets)\.?", re.I)
_BREADCRUMB = re.compile(r"(?:[»›]\s?)?home\s{0,2}[>»›→]\s{0,2}\w", re.I)
_COPYRIGHT = re.compile(r"copyright\s(?:©|\(c\)|\d{4})|©\s?(?:copyright|\d{4})[^.]{0,80}all rights reserved", re.I)
_WEAK_LABEL = re.compile(
    r"(?:source|author|date|time|category|categories|tags?|keywords?|editor|posted by|published)\s?[:：]\s?\S{0,60}"
    r"(?:\s\S{1,40}){0,4}",
    re.I,
)
_COLON = re.compile(r"\s{0,2}[:：]\s{0,2}")
_NUMBER = re.compile(r"\d[\d,.]*\s*")


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
    links = doc.links_by_block.get(sentence.block.index, ())
    return any(link.start < sentence.end and sentence.start < link.end for link in links)


def _about_privacy(doc: Document) -> bool:
    """Whether the page is about cookies and privacy, so that "We use cookies" is its text."""
    title = doc.title.text.lower() if doc.title else ""
    return "privacy" in title or "cookie" in title


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
    return matcher("residue", "whole", "navigation", "start", "label", "counter", "empty")


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
    for term in terms("residue", "whole", "navigation", "start"):
        first, *rest = map(fold, term.split())
        if first not in loose:
            table.setdefault(first, set()).update(rest[:1] or {"\0"})
    return {first: frozenset(second) for first, second in table.items()}


@cache
def _rare_words() -> frozenset[str]:
    """The longest word of each phrase that is furniture anywhere."""
    return frozenset(max(map(fold, term.split()), key=len) for term in terms("residue", "anywhere"))


# --- chatbots


class _Pattern(NamedTuple):
    """A leftover of a chatbot: words that the text must have, one at least of others, and how they stand in it.

    ``key`` is the word that health articles use least.
    """

    key: str
    words: frozenset[str]
    one_of: frozenset[str]
    text: str
    severity: Severity

    def search(self, text: str) -> re.Match[str] | None:
        """Find the leftover in a text; the pattern is compiled when a text may hold it."""
        return re.compile(self.text, re.I).search(text)


_TEXTS = (
    r"\b(?:article|blog|post|version|draft|text|outline|summary|rewrite|list|description|title|paragraph|section|copy|"
    r"page)\b"
)
_WORK = (
    r"(?:add|adjust|change|continue|create|draft|edit|elaborate|expand|explain|focus|format|generate|go\sdeeper|"
    r"include|make|modify|provide|revise|rephrase|rewrite|shorten|summari[sz]e|tailor|translate|turn|tweak|write)\b"
)
_EDITS = r"(?:changes|edits|revisions|adjustments|modifications)\b"
_HERE = r"(?:here(?:['’]s|\sis|\sare)|below\sis)\s"
_REST = r"[^.!?:\n]{0,80}"


@cache
def _patterns() -> tuple[_Pattern, ...]:
    """Everything a chatbot says to its user; humans write the last three as well, so those are warnings."""
    error = [
        ("ai as", r"\bas\san?\sAI\b(?:\s(?:language\s)?(?:model|assistant|chatbot)\b|(?=,))"),
        ("language as model", r"\bas\sa\s(?:large\s)?language\smodel\b"),
        ("knowledge my", r"\bmy\s(?:last\s|latest\s|most\srecent\s)?knowledge\s(?:update|cut-?\s?off)\b"),
        ("training my", r"\bmy\s(?:last\s|latest\s)?training\s(?:data|cut-?\s?off)\b"),
        ("regenerate response", r"^\W{0,3}regenerate\sresponse\W{0,3}$"),
        ("would you like me", rf"\bwould\syou\slike\sme\sto\s(?:also\s)?{_WORK}{_REST}\??"),
        ("let know me", rf"\blet\sme\sknow\sif\syou(?:['’]d|\swould)?\s(?:like|want)\sme\sto\s{_WORK}{_REST}"),
        ("let know any", rf"\blet\sme\sknow\sif\syou(?:['’]d|\swould)?\s(?:like|want|need)\sany\s(?:\w+\s)?{_EDITS}"),
        ("let know me", rf"\blet\sme\sknow\sif\syou\s(?:need|want)\s(?:further|more|additional)\s{_EDITS}"),
    ]
    for word in ("certainly", "sure", "absolutely", "course"):
        opening = rf"^\W{{0,3}}(?:of\s)?{word}[!,.]\s{_HERE}"
        error.append((word, rf"{opening}[^.!?\n]{{0,60}}?{_TEXTS}{_REST}"))
    for word in ("revised", "rewritten", "improved", "polished", "expanded", "shortened", "humanized"):
        opening = rf"^\W{{0,3}}{_HERE}(?:a|an|the|your)\s(?:more\s)?{word}\b"
        error.append((word, rf"{opening}[^.!?\n]{{0,60}}?{_TEXTS}{_REST}"))
    warning = [
        ("hope i this helps", r"^\W{0,3}I\shope\sthis\shelps\W{0,3}$"),
        ("hope i this finds", r"^\W{0,3}I\shope\sthis\s(?:e-?mail|message)\sfinds\syou\swell\b"),
        ("advice i provide medical", r"\bI(?:['’]m|\sam)?\s(?:cannot|can['’]t|unable\sto)\sprovide\smedical\sadvice\b"),
    ]
    one_of = frozenset({"here", "here's", "below"})
    return tuple(
        _Pattern(
            words.split()[0],
            frozenset(words.split()),
            one_of if _HERE in text else frozenset(),
            text,
            severity,
        )
        for severity, table in ((Severity.ERROR, error), (Severity.WARNING, warning))
        for words, text in table
    )


# What chatbots put into text and addresses: citation marks, tracking, share links
_MACHINE = (
    r"(?:cite)?turn\d{1,3}(?:search|view|news|image|fetch|file|academia|forecast|product)\d{1,3}"
    r"|:?contentReference\[oaicite:?[^\]\s]{0,20}\](?:\{[^}\s]{0,40}\})?|\boaicite\b|[\ue200-\ue206]{1,4}"
    r"|【\d{1,3}(?::\d{1,3})?†[^】\n]{0,60}】|\[cite(?:_start|:\s?\d[\d,\s]{0,20})\]|<grok:render|\bgrok_card\b"
    r"|\battached_file:\S{0,60}|utm_source=(?:chatgpt\.com|openai|copilot\.com|perplexity)|sandbox:/mnt/data"
    r"|\b(?:chatgpt\.com|chat\.openai\.com)/(?:share|c)/|(?:\]\(|^)citation:\d"
)


@cache
def _machine() -> re.Pattern[str]:
    return re.compile(_MACHINE, re.I)


_MACHINE_TEXT = ("†", "\ue200", "\ue202", "turn0", "oaicite", "[cite")
_MACHINE_LINKS = ("utm_source=", "openai", "chatgpt", "sandbox:", "citation:")


def _chatbot(doc: Document) -> Iterator[_Left]:
    """Find what a chatbot says to its user, and its citation marks, in the text."""
    known = vocabulary(doc)
    patterns = [pattern for pattern in _patterns() if _may_hold(pattern, known)]
    for block, words in blocks_with(doc, [pattern.key for pattern in patterns]):
        own = frozenset(words)
        for pattern in patterns:
            if block.kind != "quote" and _may_hold(pattern, own):
                yield from _said(block, pattern)
    if _machine_marks(doc):
        for block in doc.blocks:
            for match in _machine().finditer(block.text):
                span = block.span(*match.span())
                yield _Left(_sentence_at(block, match.start()), span, "chatbot", Severity.ERROR)


def _may_hold(pattern: _Pattern, words: frozenset[str]) -> bool:
    return pattern.words <= words and (not pattern.one_of or not pattern.one_of.isdisjoint(words))


def _said(block: Block, pattern: _Pattern) -> Iterator[_Left]:
    """Find a pattern in a block, or in a sentence where it must be all of it."""
    anchored = pattern.text.endswith("$")
    places = [(s.start, s.end) for s in block.sentences] if anchored else [(0, len(block.text))]
    for start, end in places:
        match = pattern.search(block.text[start:end])
        if match and not quoted(block.text, start + match.start(), start + match.end()):
            sentence = _sentence_at(block, start + match.start())
            span = block.span(start + match.start(), start + match.end())
            yield _Left(sentence, span, "chatbot", pattern.severity)


def _machine_marks(doc: Document) -> bool:
    """Whether the text may hold citation marks of a chatbot."""
    source = doc.source.text
    return any(word in source for word in _MACHINE_TEXT)


def _chatbot_elsewhere(doc: Document) -> Iterator[Hit]:
    """Find a chatbot's marks in the addresses of links and in comments."""
    for link in doc.links:
        match = _machine().search(link.target) if any(word in link.target for word in _MACHINE_LINKS) else None
        if match and not _machine().search(doc.blocks[link.block].text[link.start : link.end]):
            yield Hit(link.span, {"match": _shown(match.group())}, message="address", severity=Severity.ERROR)
    for comment in doc.comments:
        hit = _in_comment(comment.text)
        if hit is not None:
            start = doc.source.text.find(comment.text, comment.span.start) + hit.start()
            span = Span(start, start + len(hit.group()))
            yield Hit(span, {"match": _shown(hit.group())}, message="chatbot", severity=Severity.ERROR)


def _in_comment(text: str) -> re.Match[str] | None:
    lower = text.lower()
    for pattern in _patterns():
        if pattern.severity is Severity.ERROR and all(word in lower for word in pattern.words):
            match = pattern.search(text)
            if match:
                return match
    return _machine().search(text)


# --- raw markup

_SHORTCODES = (
    r"gallery|caption|contact-form-7|vc_\w{1,30}|et_pb_\w{1,30}|fusion_\w{1,30}|su_\w{1,30}|embed|audio|video|playlist|"
    r"wpforms|ninja_form|gravityform|elementor-template|rev_slider|shortcode|embedyt|smartslider3|button|divider|toc"
)
_TAGS = r"br|p|b|i|u|em|strong|span|div|ul|ol|li|h[1-6]|a|img|table|tr|td|th|sup|sub|hr|font|center|iframe|blockquote"
_EMPHASIS = r"(?<![\w*])(\*{1,3})(?=[^\s*])[^*\n]{1,300}(?<=\S)\1(?![\w*])"
_TEXT_MARKS = re.compile(rf"{_EMPHASIS}|^#{{1,6}}[ \t](?=\S)", re.M)
_MARKS_BEFORE = 7  # characters: "###### "
_MARKS_BEHIND = 3  # characters: "***"
_MARKUP = (
    rf"{_EMPHASIS}|</?(?:{_TAGS})(?:\s[^<>]{{0,200}})?/?>"
    r"|&(?:nbsp|amp|quot|apos|lt|gt|[lr][sd]quo|[nm]dash|hellip|#\d{2,5});"
    rf"|\[/?(?:{_SHORTCODES})(?:\s[^\[\]\n]{{0,200}})?/?\]"
    r"|^#{1,6}\s(?=\w)|\[[^\[\]\n]{1,100}\]\((?:https?://|/)[^()\s]{1,300}\)|(?<![\w\\:/])\\[nrt](?=[\sA-Z]|$)"
)
_MOJIBAKE = re.compile(r"\w{0,20}(?:â€[\x80-\u2122]?|Ã[\x80-\xbf]|Â[\xa0-\xbf]|ï»¿)\w{0,20}")
_MARKUP_SIGNS = "*<&[#\\"
_BROKEN_SIGNS = "âÃÂï"
_ROWS = 2  # rows of numbers that make a flattened table


def _markup(doc: Document) -> Iterator[_Left]:
    """Find markup and broken characters that a reader sees; Markdown is written with markup, so only the latter."""
    source = doc.source.text
    if any(sign in source for sign in _BROKEN_SIGNS):
        yield from _matches(doc, _MOJIBAKE, _BROKEN_SIGNS)
    if doc.format in {"text", "html"}:
        yield from _matches(doc, re.compile(_MARKUP, re.I), _MARKUP_SIGNS)
    if doc.format == "text":
        yield from _marks_in_text(doc)
        yield from _flat_tables(doc)


def _matches(doc: Document, pattern: re.Pattern[str], signs: str) -> Iterator[_Left]:
    """Find a pattern in the blocks that hold one of its signs."""
    for block in doc.blocks:
        if any(sign in block.text for sign in signs):
            for match in pattern.finditer(block.text):
                span = block.span(*match.span())
                yield _Left(_sentence_at(block, match.start()), span, "markup", Severity.INFO)


def _marks_in_text(doc: Document) -> Iterator[_Left]:
    """Find emphasis and heading marks in plain text, where they stand around the text of the blocks."""
    source = doc.source.text
    if "*" not in source and "#" not in source:
        return
    for block in doc.blocks:
        begin, end = block.span()
        marks = _TEXT_MARKS.finditer(source, max(begin - _MARKS_BEFORE, 0), min(end + _MARKS_BEHIND, len(source)))
        spans = [Span(*match.span()) for match in marks if match.end() >= begin]
        ends = [sentence.span().end for sentence in block.sentences] if spans else []
        for span in spans:
            place = block.sentences[min(bisect_right(ends, span.start), len(ends) - 1)]
            yield _Left(place, span, "markup", Severity.INFO)


def _flat_tables(doc: Document) -> Iterator[_Left]:
    """Find a line of column names above lines of numbers: a table that lost its columns."""
    rows = 0
    for block in reversed(doc.blocks):
        open_line = block.kind in PROSE | {"heading"} and block.text.rstrip()[-1:] not in ".!?:;,"
        if open_line and len(block.words) > 3 and len(re.findall(r"(?<!\w)[\d≥≤<>~]{0,9}\d", block.text[:300])) > 1:
            if rows >= _ROWS and _column_names(block):
                yield _Left(block.sentences[0], block.span(), "table", Severity.INFO)
                rows = 0
                continue
            rows += 1
        else:
            if open_line and rows >= _ROWS and _column_names(block):
                yield _Left(block.sentences[0], block.span(), "table", Severity.INFO)
            rows = 0


def _column_names(block: Block) -> bool:
    words = [word.text for word in block.words if word.text[0].isalpha()]
    return len(words) >= 6 and 2 * sum(word[0].isupper() for word in words) >= len(words)
