"""Articles that may repeat each other: canonical copies, pages kept from search engines, translations."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .article import Article
    from .duplicate import Duplicate

_CANONICAL = ("canonical", "canonical_url", "canonicalUrl", "canonicalURL", "canonical-url")
_NOINDEX = re.compile(r"\b(?:noindex|none)\b", re.IGNORECASE)
_BEFORE_PATH = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//[^/]*")
_AFTER_PATH = re.compile(r"[?#]")
_ADDRESS = ("permalink", "url", "slug")


def is_allowed(pair: Duplicate) -> bool:
    """Whether search engines are told about the copy, or the two are in different languages."""
    one, two = pair.here, pair.there
    if one.language and two.language and one.language != two.language:
        return True
    return is_hidden(one) or is_hidden(two) or _points_to(one, two) or _points_to(two, one)


def is_hidden(article: Article) -> bool:
    """Whether an article asks search engines not to list it."""
    data = article.meta.data
    if data.get("noindex") in (True, "true", "yes"):
        return True
    robots = data.get("robots", "")
    if isinstance(robots, dict):
        return robots.get("index") is False or robots.get("noindex") is True
    told = robots if isinstance(robots, list) else [robots]
    return any(isinstance(value, str) and _NOINDEX.search(value) for value in told)


def _points_to(one: Article, two: Article) -> bool:
    """Whether the canonical address of ``one`` is ``two`` rather than itself, or that of both."""
    target = _segments(_canonical(one))
    if not target:
        return False
    if target == _segments(_canonical(two)):
        return True
    return _fit(target, two) > _fit(target, one)


def _canonical(article: Article) -> str:
    values = (article.meta.data.get(key) for key in _CANONICAL)
    return next((value for value in values if isinstance(value, str) and value), "")


def _fit(target: tuple[str, ...], article: Article) -> int:
    """How many of the last segments of an address are those of the article's own address or file."""
    data = article.meta.data
    own = [article.path, *(value for key in _ADDRESS if isinstance(value := data.get(key), str))]
    return max(_shared_tail(target, _segments(address)) for address in own)


def _segments(address: str) -> tuple[str, ...]:
    """``https://example.org/blog/knee.html`` and ``blog/knee/index.md`` give ``(blog, knee)``."""
    path = _AFTER_PATH.split(_BEFORE_PATH.sub("", address.lower(), count=1), maxsplit=1)[0]
    parts = [part for part in path.split("/") if part not in {"", ".", ".."}]
    if parts:
        parts[-1] = PurePath(parts[-1]).stem if "." in parts[-1] else parts[-1]
    if parts and parts[-1] in {"index", "_index"}:
        parts.pop()
    return tuple(parts)


def _shared_tail(one: tuple[str, ...], two: tuple[str, ...]) -> int:
    count = 0
    for first, second in zip(reversed(one), reversed(two), strict=False):
        if first != second:
            break
        count += 1
    return count
