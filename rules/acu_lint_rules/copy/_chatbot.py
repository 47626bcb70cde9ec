"""What a chatbot said to its user, and the marks that its tools leave in texts, addresses and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from acu_lint.api import Block, Document, Edit, Hit, Severity, Span
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.rare_phrases import blocks_with, quoted, vocabulary
from acu_lint_rules.copy._left import Left, sentence_at, shown


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
    r"page|introduction|intro|conclusion|content|headline|faq)s?\b"
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
    """Everything a chatbot says to its user; humans write the last ones as well, so those are warnings."""
    error = [
        ("ai as", r"\bas\san?\sAI\b(?:\s(?:language\s)?(?:model|assistant|chatbot)\b|(?=,))"),
        ("language as model", r"\bas\sa\s(?:large\s)?language\smodel\b"),
        ("knowledge my", r"\bmy\s(?:last\s|latest\s|most\srecent\s)?knowledge\s(?:update|cut-?\s?off)\b"),
        ("training my", r"\bmy\s(?:last\s|latest\s)?training\s(?:data|cut-?\s?off)\b"),
        ("regenerate response", r"^\W{0,3}regenerate\sresponse\W{0,3}$"),
        ("chatgpt said", r"^\W{0,3}chatgpt\ssaid\W{0,3}$"),
        ("thought for seconds", r"^\W{0,3}thought\sfor\s\d{1,3}\sseconds\W{0,3}$"),
        (
            "sorry but i with that",
            r"^\W{0,3}I['’]m\ssorry,?\sbut\sI\s(?:can['’]t|cannot)\s(?:assist|help)\swith\sthat\b",
        ),
        ("real-time access i to", r"\bI\s(?:do\snot|don['’]t)\shave\saccess\sto\sreal-time\b"),
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
        ("certainly", rf"^\W{{0,3}}certainly[!,]\s{_HERE}[^.!?\n]{{0,120}}:"),
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


# Of these the ones that are a mark from end to end, and hold no word that was meant
_MARK = lazy(
    r":?contentReference\[oaicite:?[^\]\s]{0,20}\](?:\{[^}\s]{0,40}\})?|【\d{1,3}(?::\d{1,3})?†[^】\n]{0,60}】"
    r"|\[cite:\s?\d[\d,\s]{0,20}\]",
    re.I,
)
_DIRECTIVE = ":contentReference["
_BEHIND_MARK = frozenset("([{")  # with a mark before it, this is no link
_MACHINE_TEXT = (
    "†", "\ue200", "\ue202", "turn0", "turn1", "turn2", "oaicite", "[cite", "utm_source=chatgpt", "utm_source=openai",
    "utm_source=copilot", "utm_source=perplexity", "attached_file:", "<grok", "grok_card", "sandbox:/mnt",
)  # fmt: skip
_MACHINE_LINKS = ("utm_source=", "openai", "chatgpt", "sandbox:", "citation:")


def chatter(doc: Document) -> Iterator[Left]:
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
                if not quoted(block.text, *match.span()):
                    edits = _without(doc, block, *match.span())
                    span = block.span(*match.span())
                    yield Left(sentence_at(block, match.start()), span, "chatbot", Severity.ERROR, edits=edits)


def _without(doc: Document, block: Block, start: int, end: int) -> tuple[Edit, ...]:
    """The edit that takes a citation mark, with the space before it, out of a sentence that it ends or interrupts."""
    source, span = doc.source.text, block.span(start, end)
    # what Markdown takes for a directive shows what is in its brackets only
    begins = source.rfind(_DIRECTIVE, max(span.start - len(_DIRECTIVE), 0), span.start)
    mark = _MARK.match(source, begins if begins >= 0 else span.start)
    if mark is None or mark.end() < span.end or not any(map(str.isalnum, block.text[:start])):
        return ()
    first, after = mark.start() - (source[mark.start() - 1] == " "), source[mark.end() : mark.end() + 1]
    within = source[first - 1].isalnum() or source[first - 1] in ".,;:!?)%"
    return (Edit(Span(first, mark.end()), ""),) if within and not after.isalnum() and after not in _BEHIND_MARK else ()


def _may_hold(pattern: _Pattern, words: frozenset[str]) -> bool:
    return pattern.words <= words and (not pattern.one_of or not pattern.one_of.isdisjoint(words))


def _said(block: Block, pattern: _Pattern) -> Iterator[Left]:
    """Find a pattern in a block, or in a sentence where it must be all of it."""
    anchored = pattern.text.endswith("$")
    places = [(s.start, s.end) for s in block.sentences] if anchored else [(0, len(block.text))]
    for start, end in places:
        match = pattern.search(block.text[start:end])
        if match and not quoted(block.text, start + match.start(), start + match.end()):
            sentence = sentence_at(block, start + match.start())
            span = block.span(start + match.start(), start + match.end())
            yield Left(sentence, span, "chatbot", pattern.severity)


def _machine_marks(doc: Document) -> bool:
    """Whether the text may hold citation marks of a chatbot."""
    source = doc.source.text
    return bool([word for word in _MACHINE_TEXT if word in source])


def hidden(doc: Document) -> Iterator[Hit]:
    """Find a chatbot's marks in the addresses of links and in comments."""
    for link in doc.links:
        match = _machine().search(link.target) if any(word in link.target for word in _MACHINE_LINKS) else None
        if match and not _machine().search(doc.blocks[link.block].text[link.start : link.end]):
            yield Hit(link.span, {"match": shown(match.group())}, message="address", severity=Severity.ERROR)
    for comment in doc.comments:
        hit = _in_comment(comment.text)
        if hit is not None:
            start = doc.source.text.find(comment.text, comment.span.start) + hit.start()
            span = Span(start, start + len(hit.group()))
            yield Hit(span, {"match": shown(hit.group())}, message="chatbot", severity=Severity.ERROR)


def _in_comment(text: str) -> re.Match[str] | None:
    lower = text.lower()
    for pattern in _patterns():
        if pattern.severity is Severity.ERROR and all(word in lower for word in pattern.words):
            match = pattern.search(text)
            if match:
                return match
    return _machine().search(text)
