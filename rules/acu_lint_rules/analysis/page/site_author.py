"""Who signs all pages of a site: its configuration, a layout, or the institution whose site it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from operator import attrgetter

from acu_lint.api import Site, SiteFile
from acu_lint_rules.analysis.page import people
from acu_lint_rules.analysis.page.publisher import is_institution
from acu_lint_rules.analysis.text.patterns import lazy

_NAME = r"(?P<name>[^\"'\n{}\[\],#:=<>|]{3,60})"
# "author: Ana Silva", "author:\n  name: Ana Silva", "[params.author]\nname = 'Ana Silva'", "authors: [{ name: ..."
_AUTHOR = lazy(
    r"(?:^|[{,])[ \t]{0,12}\[?(?:params\.|site\.)?[\"']?(?:site_?)?authors?[\"']?\]?[ \t]{0,4}[:=]?[ \t\[{]{0,6}"
    r"(?:\n[ \t{-]{0,16})?(?:[\"']?@type[\"']?[^,\n]{1,40},\s{0,20})?"
    rf"(?:[\"']?(?:full_?)?name[\"']?[ \t]{{0,3}}[:=][ \t]{{0,3}})?[\"']?{_NAME}",
    re.I | re.M,
)
_META = lazy(rf"<meta\s[^<>]{{0,80}}\bname=[\"']author[\"'][^<>]{{0,40}}\bcontent=[\"']{_NAME}[\"']", re.I)
_BYLINE = lazy(
    r">\s{0,40}(?:(?:written|posted|published|words|article|text)\s)?by:?\s{1,3}(?:<[^<>]{1,120}>\s{0,40}){0,3}"
    + _NAME
    + "<",
    re.I,
)
_COPYRIGHT = lazy(r"(?:©|&copy;|\bcopyright\b)[^<\n]{0,60}?(?P<name>[A-Z][\w'’&-]+(?:\s[\w'’&-]+){1,7})")
_BOX = lazy(r">\s{0,40}(?P<name>[^<>{}\n]{5,60}?)\s{0,40}<")
_TITLE = lazy(r"<(?:title|h1)[^<>]{0,200}>\s{0,40}(?P<name>[^<>{}\n]{3,90})|^#\s(?P<head>.{3,90})$", re.I | re.M)
_BODY = lazy(r"\b(?P<name>[A-Z][\w'’&-]{1,30}(?:\s(?:of|the|and|for|&|[A-Z][\w'’&-]{1,30})){1,7})")
# Frames whose names say that they frame articles, and those that show what others say.
_FRAMING = lazy(
    r"layout|base|default|main|master|head|seo|meta|schema|json|ld|post|article|blog|single|page|author|byline|bio|footer"
    r"|index|app|document|slug|\[|root",
    re.I,
)
_OF_OTHERS = lazy(r"testimonial|review|quote|team|contact|product", re.I)
_SAID = lazy(r"quote|testimonial|rating|stars", re.I)
_REACH = 250  # characters around a key in which it is told whose words these are
_BOXES = lazy(r"author|byline|bio", re.I)
_TITLED = ("dr ", "dr. ", "prof ", "prof. ", "professor ")
# A page that may be signed: a key, an attribute, a byline.
_SIGNED = lazy(
    r"(?i:author\w{0,4}[\"']?\s{0,3}[:=]|[\"']author[\"']|byline|\b(?:written|posted|words|reviewed)\sby\b)"
    r"|^\W{0,6}[Bb]y:?\s{1,3}(?:Dr\.?\s)?[A-Z][\w'’-]{1,20}\s[A-Z]",
    re.M,
)
_PLACEHOLDERS = frozenset({"your name", "author name", "site author", "full name", "john doe", "jane doe"})
_SITES = 16  # folders of sites that are kept: pages come folder by folder
_FEW = 0.1  # the share of pages beside an article up to which hardly one is signed
_MANY = 6  # pages beside an article from which they say something about the site


@lru_cache(maxsize=_SITES)
def site_author(site: Site) -> str:
    """The name that signs all pages of a site; empty where nothing does."""
    told = chain.from_iterable((_in_config(site.config), *map(_in_frame, site.frames)))
    return next((name for name in told if _tells(name)), "") or _presented(site.presentation)


@lru_cache(maxsize=_SITES)
def unsigned(site: Site) -> Sequence[SiteFile]:
    """The pages in the folder of an article that show no author, where they are nearly all."""
    bare = [file for file in site.beside if not _SIGNED.search(file.text)]
    return bare if len(site.beside) >= _MANY and len(bare) >= (1 - _FEW) * len(site.beside) else ()


@lru_cache(maxsize=_SITES)
def longest_unsigned(site: Site) -> SiteFile:
    """The longest of the unsigned pages, of which there are some."""
    return max(unsigned(site), key=attrgetter("size"))


def _in_config(files: Iterable[SiteFile]) -> Iterator[str]:
    for file in files:
        if not file.name.endswith("_index.md") or "cascade" in file.text:
            yield from _authors(file.text)


def _authors(text: str) -> Iterator[str]:
    """The values of keys for an author, but those that stand beside what somebody else says."""
    for match in _AUTHOR.finditer(text):
        if not _SAID.search(text[max(0, match.start() - _REACH) : match.end() + _REACH]):
            yield match["name"].strip()


def _in_frame(file: SiteFile) -> Iterator[str]:
    """The names that a layout or a part of one gives as the author of every page."""
    stem = file.name.rpartition("/")[2].partition(".")[0] or file.name
    if not _FRAMING.search(stem) or _OF_OTHERS.search(stem):
        return
    for pattern in (_META, _BYLINE):
        yield from (match["name"].strip() for match in pattern.finditer(file.text))
    yield from _authors(file.text)
    yield from (match["name"] for match in _COPYRIGHT.finditer(file.text) if is_institution(match["name"]))
    if _BOXES.search(stem):
        yield from filter(_qualified, (match["name"] for match in _BOX.finditer(file.text)))


def _qualified(text: str) -> bool:
    return text.lower().startswith(_TITLED) or people.named_with_credential(text)


def _tells(name: str) -> bool:
    """Whether a value is a name by which a reader can tell somebody."""
    named = people.name_at(name, 0)
    if named is None or named.name.lower() in _PLACEHOLDERS:
        return False
    return "@" not in name and (people.identifies(named.name) or is_institution(name))


def _presented(files: Iterable[SiteFile]) -> str:
    """The institution that a home page or a page about us names in its title or first heading."""
    for file in files:
        for match in _TITLE.finditer(file.text[:20_000]):
            for name in _BODY.finditer(match["name"] or match["head"]):
                if is_institution(name["name"]):
                    return name["name"]
    return ""
