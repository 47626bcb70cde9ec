"""Which links lead to a source: to a page of another site, not to a home page, a shop or a network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from acu_lint.api import Document
from acu_lint_rules.analysis.citations import identifiers
from acu_lint_rules.analysis.text import lexicon

_SITE_KEYS = (
    "site",
    "siteurl",
    "site_url",
    "baseurl",
    "base_url",
    "canonical",
    "canonical_url",
    "canonicalurl",
    "url",
    "og:url",
)
# "https//", "http:/", "htps://", or a scheme before the scheme
_MISSPELT_SCHEME = re.compile(
    r"(?:https?://(?=https?:?//)|(?!https?://)h{0,3}t{1,4}p{1,3}s{0,3}(?:[:;]/{0,3}|/{2,3}))(?:https?:?//)?(?=[\w-]+\.\w)",
    re.IGNORECASE,
)
_HOST = re.compile(
    r"www\.[\w-]+\.\w|(?:[a-z0-9][a-z0-9-]{0,62}\.){1,5}"
    r"(?:(?:com|net|gov|edu|int|(?:ac|co|gov|nhs|org)\.(?:uk|au|nz|za))(?=[/?\#]|$)|(?:org|eu|de|ca|ie|info)/)|gov\.uk/",
    re.IGNORECASE,
)


def whole_address(target: str) -> str:
    """The address of a link that begins with a host, or with what is nearly "https://"; of any other link nothing.

    A browser looks for such a page beside the one that holds the link.
    """
    scheme = _MISSPELT_SCHEME.match(target)
    if scheme is None and _HOST.match(target) is None:
        return ""
    return f"https://{target[scheme.end() if scheme else 0 :]}"


def is_source(target: str, own_hosts: Iterable[str] = ()) -> bool:
    """Whether a link target can be a source: a page of another site, not a home page, shop or network."""
    target = target.strip()
    if target.startswith("www."):
        target = f"https://{target}"
    elif target.startswith("//"):
        target = f"https:{target}"
    if target[:4].lower() == "doi:":
        return bool(identifiers.find(target))
    if not target.lower().startswith(("http://", "https://")):
        return False
    try:
        parts = urlsplit(target)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return False
    if "." not in host or _is_other(host) or any(host == own or host.endswith(f".{own}") for own in own_hosts):
        return False
    return parts.path.strip("/").lower() not in _not_sources("pages") or bool(parts.query)


def _is_other(host: str) -> bool:
    others = _not_sources("hosts")
    return host in others or host.partition(".")[2] in others


def sells(text: str) -> bool:
    """Whether the words of a link ask the reader to buy or book."""
    words = text.split(maxsplit=1)
    return bool(words) and words[0].lower() in _not_sources("texts")


@cache
def _not_sources(section: str) -> frozenset[str]:
    return frozenset({"", *lexicon.load("not_sources")[section]})


def own_hosts(doc: Document) -> frozenset[str]:
    """Hosts of the site the article belongs to, as its front matter, head or JSON-LD says."""
    found: set[str] = set()
    values = [value for key, value in doc.meta.data.items() if str(key).lower() in _SITE_KEYS]
    values += [item.get(key) for item in doc.meta.json_ld for key in ("url", "mainEntityOfPage")]
    for value in values:
        for address in strings(value):
            if address.lower().startswith(("http://", "https://")):
                try:
                    host = urlsplit(address).hostname or ""
                except ValueError:
                    continue
                found.add(host.removeprefix("www."))
    return frozenset(found)


def strings(value: Any) -> Iterator[str]:
    """Find the strings of a value of front matter or JSON-LD, nested ones included."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, Mapping):
            stack.extend(item.values())
        elif isinstance(item, list | tuple):
            stack.extend(item)
