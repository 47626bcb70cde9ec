"""Articles that may repeat each other.

Canonical copies, redirects, pages kept from search engines, translations, regions, versions of one file, pages of one
list. ``document/publication.py`` reads what an article says of this; here two articles are put beside each other.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from pathlib import PurePath
from typing import TYPE_CHECKING

from acu_lint.document.language import region
from acu_lint.document.language_codes import CODES

if TYPE_CHECKING:
    from acu_lint.corpus.article import Article
    from acu_lint.corpus.compare.duplicate import Duplicate

_BEFORE_PATH = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//[^/]*")
_AFTER_PATH = re.compile(r"[?#]")
_DATED = re.compile(r"(?:19|20)\d\d-\d{1,2}-\d{1,2}-(?=.)")  # Jekyll's names of posts; the date is not in the address
_POSTS = frozenset({"_posts", "_drafts"})  # folders of Jekyll that are not in the address either
# Folders that keep other versions of a file under the same name, and those that part a list into pages.
_VERSIONS = re.compile(
    r"v\d{1,3}(?:[.-](?:\d{1,3}|x)){0,3}|version-\d[\w.-]{0,20}|\d{1,3}(?:\.(?:\d{1,3}|x)){1,3}|"
    r"latest|stable|next|current|_?(?:archived?|versions|old|backups?)"
)
_VERSIONED = re.compile(r"(?:\w+_)?versioned_(?=docs$)|docusaurus-plugin-content-")  # Docusaurus; what is left: "docs"
_PAGES = re.compile(r"(?:^|/)page[-/]?\d{1,5}(?=/|$)")
_LOCALE = re.compile(r"([a-z]{2})[-_](?:[a-z]{2}|\d{3})")  # en-us, pt_br, es-419
_TRANSLATED = "i18n"  # folder of Docusaurus and others for locales
_COUNTRY = re.compile(r"[a-z]{2}")


def is_allowed(pair: Duplicate) -> bool:
    """Whether search engines are told about the copy, or the two are the same page for other readers.

    That is in another language, for another region or of another version.
    """
    one, two = pair.here, pair.there
    if one.language and two.language and one.language != two.language:
        return True
    if is_hidden(one) or is_hidden(two) or _is_version(one, two) or _is_region(one, two):
        return True
    return any(_points_to(a, b) or _replaces(a, b) or _translates(a, b) for a, b in ((one, two), (two, one)))


def is_hidden(article: Article) -> bool:
    """Whether an article asks search engines not to list it, is in no list, or only leads to another one."""
    said = article.publication
    return said.noindex or said.unlisted or bool(said.new)


# --- other versions and regions


def _is_version(one: Article, two: Article) -> bool:
    """Whether paths differ only in what parts versions (``docs/v1/knee``), locales or the pages of one list."""
    first, second = _segments(one.path), _segments(two.path)
    return first != second and _unversioned(first) == _unversioned(second)


def _unversioned(segments: tuple[str, ...]) -> str:
    parts = (_without_locale(_VERSIONED.sub("", part)) for part in segments)
    return _PAGES.sub("", "/".join(part for part in parts if part and not _VERSIONS.fullmatch(part)))


def _without_locale(part: str) -> str:
    """A segment of a path without the locale that it is (``en-au``) or ends with (``knee.en-au``)."""
    if part == _TRANSLATED or _is_locale(part):
        return ""
    name, dot, end = part.rpartition(".")
    return name if dot and _is_locale(end) else part


def _is_locale(text: str) -> bool:
    match = _LOCALE.fullmatch(text)
    return match is not None and match[1] in CODES


def _is_region(one: Article, two: Article) -> bool:
    """Whether paths differ only in a folder for a country (``uk/knee``, ``us/knee``), and the pages say so as well."""
    first, second = _segments(one.path), _segments(two.path)
    parts = [pair for pair in zip_longest(first, second, fillvalue="") if pair[0] != pair[1]]
    if len(first) != len(second) or len(parts) != 1 or not all(map(_COUNTRY.fullmatch, parts[0])):
        return False
    regions = region(one.meta), region(two.meta)
    return bool(one.publication.translations or two.publication.translations) or (
        all(regions) and regions[0] != regions[1]
    )


def _translates(one: Article, two: Article) -> bool:
    """Whether ``one`` names ``two`` as the same page in another language, or both have one key of translations."""
    said, other = one.publication, two.publication
    return bool(said.translation_ids & other.translation_ids) or _names(said.translations, one, two)


# --- addresses


def _points_to(one: Article, two: Article) -> bool:
    """Whether the canonical address of ``one`` is ``two`` rather than itself, or that of both."""
    target = _segments(one.publication.canonical)
    if not target:
        return False
    if target == _segments(two.publication.canonical):
        return True
    return _fit(target, two) > _fit(target, one)


def _replaces(one: Article, two: Article) -> bool:
    """Whether the address of ``two`` leads to ``one``."""
    return _names(one.publication.old, one, two)


def _names(addresses: tuple[str, ...], one: Article, two: Article) -> bool:
    """Whether one of these addresses, which ``one`` gives, is that of ``two``, and not its own."""
    for address in addresses:
        target = _segments(address) if "/" in address else ()  # an alias may be a name
        # The folder of a post is up to the settings of the site, its name is not.
        needed = 1 if _POSTS & {*_segments(two.path)} else len(target)
        if target and _fit(target, two) >= needed and _fit(target, two) > _fit(target, one):
            return True
    return False


def _fit(target: tuple[str, ...], article: Article) -> int:
    """How many of the last segments of an address are those of the article's own address or file."""
    own = [_segments(address) for address in (article.path, *article.publication.addresses)]
    if own[0] and _DATED.match(own[0][-1]):
        own.append((*(part for part in own[0][:-1] if part not in _POSTS), _DATED.sub("", own[0][-1], count=1)))
    return max(_shared_tail(target, segments) for segments in own)


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
