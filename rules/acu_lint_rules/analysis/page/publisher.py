"""Whose page it is: the names that a page, its head and its site call the publisher by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from acu_lint.api import Block, Document, measure, plain_key
from acu_lint_rules.analysis.page.titles import page_title, parted
from acu_lint_rules.analysis.text.lexicon import terms
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.templates import has_template

_KEYS = frozenset(
    "publisher sitename ogsitename site organisation organization brand company dcpublisher citationpublisher "
    "applicationname copyright copyrightholder".split()
)
_OWNERS = lazy(
    r"Organi[sz]ation|Business|WebSite|Clinic|Hospital|Dentist|Physician|Pharmacy|NGO|Corporation|Practice|Store|Salon|Spa"
)
_LD_KEYS = ("publisher", "sourceOrganization", "copyrightHolder", "isPartOf", "provider")
_CONFIG = lazy(
    r"(?m)(?:^|[{,])[ \t]{0,12}[\"']?(?:site_?(?:name|title)|title|name|organi[sz]ation)[\"']?[ \t]{0,3}[:=][ \t]{0,3}"
    r"[\"']?(?P<name>[^\"'\n{}\[\],#]{3,60})",
)
_COPYRIGHT = lazy(
    r"(?:©|\(c\)|&copy;|\bcopyright\b)[\s©]{0,5}(?:(?:19|20)\d\d(?:\s?[-–—]\s?(?:\d{2,4}|present|today))?[,.]?\s{1,3})?"
    r"(?:by\s)?(?P<name>[A-Z][^\n|·•.,;:<>{}]{2,60})",
)
_COPYRIGHTED = lazy(r"©|&copy;|[Cc]opyright|\([cC]\)")
_PRODUCED = lazy(
    r"\W{0,3}(?:[Tt]his\s(?:page|leaflet|fact\s?sheet|information|guide|article|booklet|content|resource)\s(?:is|was|has\sbeen)\s)?"
    r"(?:[Pp]roduced|[Pp]ublished|[Pp]repared|[Ww]ritten|[Cc]ompiled|[Dd]eveloped|[Ii]ssued|[Pp]rovided)\s(?:and\s\w{5,10}\s)?by"
    r"\s(?:the\s)?(?P<name>[A-Z][^\n|·•.,;:<>{}()]{2,70})",
)
_SHORT = 300  # characters of a block that can be such a line
_LONGEST = 60  # characters of a name


@measure
def publisher_names(doc: Document) -> tuple[str, ...]:
    """The names that a page gives its publisher, each once; what may be one comes last: the end of its title."""
    return tuple(dict.fromkeys(name for name in _names(doc) if 2 < len(name) <= _LONGEST and not has_template(name)))


def _names(doc: Document) -> Iterator[str]:
    for key, value in doc.meta.data.items():
        if plain_key(key) in _KEYS:
            yield from _texts(value)
    for item in doc.meta.json_ld:
        yield from _of_json_ld(item)
    if _COPYRIGHTED.search(doc.source.text):
        yield from (m["name"].strip() for block in _short(doc) if (m := _COPYRIGHT.search(block.text)))
    yield from (match["name"].strip() for file in doc.site.config[:3] for match in _CONFIG.finditer(file.text[:5000]))
    yield parted(page_title(doc).text)[1]


def _texts(value: Any) -> Iterator[str]:
    """The name in a value: a text, or a mapping with a name."""
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, str) and "://" not in value:
        yield value.strip()


def _of_json_ld(item: Mapping[str, Any]) -> Iterator[str]:
    graph = item.get("@graph")
    for each in (item, *(graph if isinstance(graph, list) else ())):
        if isinstance(each, Mapping):
            for key in _LD_KEYS:
                yield from _texts(each.get(key))
            if _OWNERS.search(str(each.get("@type", ""))):
                yield from _texts(each)


def _short(doc: Document) -> Iterator[Block]:
    return (block for block in doc.blocks if len(block.text) <= _SHORT)


# --- institutions


@measure
def institution(doc: Document) -> str:
    """The institution that signs a page, such as a hospital or a charity; empty where none does."""
    named = (match["name"] for block in _short(doc) if (match := _PRODUCED.match(block.text)))
    return next((name for name in (*publisher_names(doc), *named) if is_institution(name)), "")


def is_institution(name: str) -> bool:
    """Whether a name is that of a body which answers for what it publishes: 'Willow Hospital', not 'Willow Clinic'."""
    words = name.replace(".", "").split()
    own = [word for word in words if word[:1].isupper()]
    return len(own) > 1 and not _institutions().isdisjoint(word.lower() for word in own)


@cache
def _institutions() -> frozenset[str]:
    return frozenset(terms("people", "institution"))
