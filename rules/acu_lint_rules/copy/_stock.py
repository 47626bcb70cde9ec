"""What picture agencies and examples leave in a text: file numbers, embed marks, addresses for examples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit

from acu_lint.api import Block, Document, Hit, Severity
from acu_lint_rules.analysis.text.lexicon import terms
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.rare_phrases import quoted
from acu_lint_rules.copy._left import shown

_AGENCIES = ("getty", "shutterstock", "istock", "adobestock", "depositphotos", "dreamstime", "123rf")
# A file as the agency names it, or what its embed code shows
_NUMBERED = lazy(
    r"(?<![\w/.])(?:gettyimages|shutterstock|istock(?:photo)?|adobestock|depositphotos|dreamstime\w{0,3}|123rf)[_ -]"
    r"\d{5,12}(?:\.\w{3,4})?(?![\w/])"
    r"|\bembed from getty images\b",
    re.I,
)
# An agency and nothing else: what is left of a picture's frame on the page that the text was copied from
_CREDIT = lazy(
    r"\s{0,9}(?:image (?:source|credit|copyright|caption)s?|photo(?: credit)?|picture|credit|source)?[:,]?\s?(?:©\s?)?"
    r"(?:getty(?: images)?|shutterstock|istock(?:photo)?|adobe ?stock|depositphotos|dreamstime)\.?\s{0,9}\Z",
    re.I,
)
_EXEMPLARY = lazy(r"\b(?:e\.g\.|example|such as|like|say|instead of|never)\W{0,3}(?:\w{1,20}\W{1,2}){0,2}\Z", re.I)
_REACH = 40  # characters before an address in which it is called an example


def stock(doc: Document) -> Iterator[Hit]:
    """Find marks of picture agencies in the text, captions and descriptions of pictures."""
    low = doc.source.text.lower()
    if not any(name in low for name in _AGENCIES):
        return
    for block in doc.blocks:
        match, severity = _NUMBERED.search(block.text), Severity.WARNING
        if match is None and (block.kind == "alt" or doc.format != "html"):  # a page may credit its own pictures so
            match = _CREDIT.match(block.text)
            severity = Severity.WARNING if block.kind == "alt" else Severity.INFO
        if match is not None and not quoted(block.text, *match.span()):
            yield Hit(block.span(*match.span()), {"match": shown(match.group().strip())}, "picture", severity)


def examples(doc: Document) -> Iterator[Hit]:
    """Find links and addresses of domains that stand for others in examples and templates."""
    low = doc.source.text.lower()
    if not any(host in low for host in _hosts()):
        return
    linked: set[tuple[int, int]] = set()
    for link in doc.links:
        if _host(link.target) in _hosts():
            linked.add((link.block, link.start))
            if not _is_example(doc.blocks[link.block], link.start, link.end):
                yield Hit(link.span, {"match": shown(link.target)}, "example", Severity.ERROR)
    for block in doc.blocks:
        for match in _addresses().finditer(block.text):
            if not doc.linked(block, *match.span()) and not _is_example(block, *match.span()):
                yield Hit(block.span(*match.span()), {"match": match.group()}, "example", Severity.ERROR)


def _is_example(block: Block, start: int, end: int) -> bool:
    """Whether the text itself says that an address is an example."""
    return quoted(block.text, start, end) or bool(_EXEMPLARY.search(block.text, max(start - _REACH, 0), start))


def _host(target: str) -> str:
    """The host of a web or mail address, without "www."; empty where there is none."""
    if "@" in target and "//" not in target:
        return target.partition("@")[2].partition("?")[0].lower()
    try:
        return (urlsplit(target).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


@cache
def _hosts() -> frozenset[str]:
    return frozenset(terms("residue", "hosts"))


@cache
def _addresses() -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_hosts())))
    return re.compile(rf"(?<![\w.@/-])(?:https?://)?(?:[\w.+-]{{1,60}}@|www\.)?(?:{names})(?![\w-]|\.\w)", re.I)
