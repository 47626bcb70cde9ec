"""Articles that may repeat each other.

Canonical copies, redirects, pages kept from search engines, translations, versions of one file, pages of one list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from acu_lint.corpus.article import Article
    from acu_lint.corpus.compare.duplicate import Duplicate

_CANONICAL = ("canonical", "canonical_url", "canonicalUrl", "canonicalURL", "canonical-url")
_NOINDEX = re.compile(r"\b(?:noindex|none)\b", re.IGNORECASE)
_BEFORE_PATH = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//[^/]*")
_AFTER_PATH = re.compile(r"[?#]")
_ADDRESS = ("permalink", "url", "slug")
_REPLACED = ("redirect_from", "redirectFrom", "redirects", "aliases", "alias", "old_urls", "oldUrls")  # lead here
_REPLACED_BY = ("redirect", "redirect_to", "redirectTo", "redirect_url", "redirectUrl")
_TRANSLATED = ("alternates", "hreflang", "translations")
_TRANSLATION_KEYS = ("translationKey", "translation_key", "translationKEY", "translation_id", "translationId")
# Folders that keep other versions of a file under the same name, and those that part a list into pages.
_VERSIONS = re.compile(
    r"v\d{1,3}(?:\.\d{1,3}){0,3}|version-\d[\w.]{0,20}|\d{1,3}(?:\.\d{1,3}){1,3}|latest|stable|next|current|"
    r"_?(?:archived?|versions|old|backups?)"
)
_PAGES = re.compile(r"(?:^|/)page[-/]?\d{1,5}(?=/|$)")


def is_allowed(pair: Duplicate) -> bool:
    """Whether search engines are told about the copy, the two are in different languages, or versions of one file."""
    one, two = pair.here, pair.there
    if one.language and two.language and one.language != two.language:
        return True
    if is_hidden(one) or is_hidden(two) or _is_version(_segments(one.path), _segments(two.path)):
        return True
    return any(_points_to(a, b) or _names(a, b, _REPLACED) or _translates(a, b) for a, b in ((one, two), (two, one)))


def is_hidden(article: Article) -> bool:
    """Whether an article asks search engines not to list it, or only leads to another one."""
    data = article.meta.data
    if data.get("noindex") in (True, "true", "yes"):
        return True
    if any(isinstance(data.get(key), str) and data[key].strip() for key in _REPLACED_BY):
        return True
    robots = data.get("robots", "")
    if isinstance(robots, dict):
        return robots.get("index") is False or robots.get("noindex") is True
    told = robots if isinstance(robots, list) else [robots]
    return any(isinstance(value, str) and _NOINDEX.search(value) for value in told)


def _is_version(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Whether paths differ only in what parts versions of a file (``docs/v1/knee``) or the pages of one list."""
    return one != two and _unversioned(one) == _unversioned(two)


def _unversioned(segments: tuple[str, ...]) -> str:
    return _PAGES.sub("", "/".join(part for part in segments if not _VERSIONS.fullmatch(part)))


def _translates(one: Article, two: Article) -> bool:
    """Whether ``one`` names ``two`` as the same page in another language, or both have one key of translations."""
    keys = [{str(data[key]) for key in _TRANSLATION_KEYS if data.get(key)} for data in (one.meta.data, two.meta.data)]
    return bool(keys[0] & keys[1]) or _names(one, two, _TRANSLATED)


def _names(one: Article, two: Article, keys: tuple[str, ...]) -> bool:
    """Whether one of the addresses under these keys of ``one`` is that of ``two``, and not its own."""
    for address in (text for key in keys for text in _texts(one.meta.data.get(key))):
        target = _segments(address) if "/" in address else ()  # an alias may be a name
        if target and _fit(target, two) == len(target) > _fit(target, one):
            return True
    return False


def _texts(value: object) -> Iterator[str]:
    """Every text of a value of front matter: itself, or those of a list or table."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for text in value.values() if isinstance(text, str))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item) if isinstance(item, str | Mapping) else ()


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
