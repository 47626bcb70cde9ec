"""How a page is published: the one place that reads canonical, noindex, unlisted, permalink and redirect keys.

Front matter has no standard, so each key stands here with the generator that reads it. Keys are compared without case
and punctuation (``canonical_url``, ``canonicalURL`` and ``canonical-url`` are one), at the top level and among the
settings for search engines (``seo.canonical``). The head of an HTML page is read into the same keys by its parser.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from acu_lint.document.document import Meta

CANONICAL_KEYS = frozenset({
    "canonical",  # <link rel=canonical>; Astro, Eleventy, Hexo, MkDocs, Next.js, most themes
    "canonicalurl",  # Jekyll (jekyll-seo-tag), Hugo (PaperMod), VuePress, dev.to, Ghost
    "canonicallink",  # Gatsby (gatsby-plugin-feed-generator, Novela)
    "yoastwpseocanonical", "rankmathcanonicalurl",  # exports of WordPress: Yoast, Rank Math
})  # fmt: skip
ADDRESS_KEYS = (  # the one that says most first
    "permalink",  # Jekyll, Eleventy, Hexo, VuePress
    "url",  # Hugo
    "slug",  # Hugo, Docusaurus, Astro, Gatsby, MkDocs Material
    "path",  # Gatsby, Zola
    "abbrlink",  # Hexo
)
_OLD_ADDRESS_KEYS = frozenset({
    "redirectfrom",  # Jekyll (jekyll-redirect-from), Gatsby, Astro
    "aliases",  # Hugo, Zola, Obsidian
    "alias",  # Hexo (hexo-generator-alias), Jekyll (jekyll-alias-generator)
    "redirects",  # MkDocs, Nuxt
    "oldurl", "oldurls",  # Eleventy, Statamic
})  # fmt: skip
_NEW_ADDRESS_KEYS = frozenset({
    "redirect",  # Eleventy, Hexo, Nuxt; <meta http-equiv=refresh>
    "redirectto",  # Jekyll (jekyll-redirect-from)
    "redirecturl", "redirecturi",  # Hugo themes, Statamic
})  # fmt: skip
_ROBOTS_KEYS = frozenset({
    "robots",  # <meta name=robots>; Next.js, Nuxt, Hugo (Docsy), Jekyll
    "googlebot", "bingbot",  # the same for one search engine
    "metarobots",  # Yoast, Statamic
    "rankmathrobots",  # WordPress: Rank Math
})  # fmt: skip
# Keys that keep a page from search engines where they are set to yes. Any that ends in "noindex" does: ``noindex``
# (Docsy, Mintlify, Hexo), ``robotsNoIndex`` (Hugo: PaperMod), ``yoast_wpseo_meta-robots-noindex``.
_NOT_INDEXED = frozenset({
    "private",  # Hugo (Ananke)
    "robotsdisallow",  # Hugo, for a template of robots.txt
})  # fmt: skip
_INDEXED = frozenset({"index", "indexable"})  # the same where they are set to no: Next.js, Hugo themes
# Keys that keep a page from every list and from the sitemap: only those who have its address find it.
_UNLISTED = frozenset({
    "unlisted",  # Docusaurus, Quartz
    "hidden",  # Mintlify, Hexo, Hugo and Jekyll themes
    "sitemapexclude",  # Hugo themes, Awestruct
    "eleventyexcludefromcollections",  # Eleventy
})  # fmt: skip
_SITEMAP = "sitemap"  # false: Jekyll (jekyll-sitemap), Hexo (hexo-generator-sitemap); a table: see below
_OUT_OF_SITEMAP = frozenset({"ignore", "exclude", "disable"})  # true: Eleventy (eleventy-plugin-sitemap), Hugo
_BUILD_KEYS = frozenset({"build"})  # ``list`` and ``render``: Hugo (``build``, before 0.145 ``_build``)
_DRAFT_KEYS = frozenset({
    "draft",  # Hugo, Astro, Docusaurus, Eleventy, Zola, Jekyll
    "isdraft",  # headless systems
})  # fmt: skip
_PUBLISHED_KEYS = frozenset({
    "published",  # Jekyll, Hexo, Gatsby, Nuxt
    "publish",  # Obsidian, Quartz
    "render", "permalink",  # Zola, Eleventy: no page is made
})  # fmt: skip
_STATUS_KEYS = frozenset({"status", "poststatus"})  # Pelican, WordPress
_DRAFT_STATUS = frozenset({"draft", "unpublished"})
_TRANSLATION_KEYS = frozenset({
    "alternates",  # Next.js
    "hreflang",  # <link rel=alternate hreflang>
    "translations",  # Hexo, Hugo and Astro themes
})  # fmt: skip
_TRANSLATION_IDS = frozenset({
    "translationkey",  # Hugo
    "translationid",  # Jekyll (Polyglot), Pelican
})  # fmt: skip
# Tables of front matter whose values are the page's own: ``seo.noindex`` counts, ``sidebar.hidden`` does not.
_PARENTS = frozenset(
    "seo searchengineoptimization meta metadata params page head frontmatter attributes extra yoast yoastheadjson "
    "rankmath".split()
)
_NEVER = frozenset({"never", "false"})
_YES, _NO = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})
_DEPTH = 4  # levels of nested front matter that are read


@dataclass(frozen=True, slots=True)
class Publication:
    """What a page says about how it is published; addresses as they are written, whole or from the root of the site.

    ``canonical`` is the address of the original ("": none is named). ``noindex`` says that search engines are asked not
    to list the page, ``unlisted`` that the site leaves it out of its lists and its sitemap, ``draft`` that it is not
    out yet. ``addresses`` are its own, ``old`` those that lead to it, ``new`` those to which it sends its readers.
    ``translations`` are addresses of the page in other languages, ``translation_ids`` names that all of them share.
    """

    canonical: str = ""
    noindex: bool = False
    unlisted: bool = False
    draft: str = ""
    addresses: tuple[str, ...] = ()
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    translations: tuple[str, ...] = ()
    translation_ids: frozenset[str] = frozenset()


class _Entry(NamedTuple):
    """A value of front matter, its key as it is compared and as it is written."""

    key: str
    value: Any
    name: str = ""


def publication(meta: Meta) -> Publication:
    """Read how a page is published; never raises for any value of front matter."""
    entries = list(_entries(meta.data))
    return Publication(
        canonical=next(_texts_of(entries, CANONICAL_KEYS), ""),
        noindex=any(map(_is_noindex, entries)),
        unlisted=any(map(_is_unlisted, entries)),
        draft=next((entry.name for entry in entries if _is_draft(entry)), ""),
        addresses=tuple(text for key in ADDRESS_KEYS for text in _texts_of(entries, {key})),
        old=tuple(_texts_of(entries, _OLD_ADDRESS_KEYS)),
        new=tuple(text for text in _texts_of(entries, _NEW_ADDRESS_KEYS) if text.lower() not in _YES | _NO),
        translations=tuple(_texts_of(entries, _TRANSLATION_KEYS)),
        translation_ids=frozenset(str(each.value) for each in entries if each.key in _TRANSLATION_IDS and each.value),
    )


def plain_key(key: object) -> str:
    """A key without case and punctuation: ``canonical_url`` and ``canonicalURL`` are the same."""
    text = key if isinstance(key, str) else str(key)
    return text.lower() if text.isalnum() else "".join(filter(str.isalnum, text)).lower()


def _entries(data: Mapping[Any, Any], depth: int = 1) -> Iterator[_Entry]:
    """The values of front matter, with those of the tables for search engines and of tags of the head."""
    for name, value in data.items():
        key = plain_key(name)
        yield _Entry(key, value, str(name))
        if key in _PARENTS and depth < _DEPTH:
            if isinstance(value, Mapping):
                yield from _entries(value, depth + 1)
            yield from _tags(value)


def _tags(value: object, depth: int = 1) -> Iterator[_Entry]:
    """The tags of a head in front matter.

    ``[link, {rel: canonical, href: …}]`` (VitePress), ``{tag: link, attrs: {…}}`` (Starlight) and
    ``{name: robots, content: …}`` (VuePress).
    """
    if isinstance(value, Mapping):
        if isinstance(value.get("rel"), str) and "href" in value:
            yield _Entry(plain_key(value["rel"]), value["href"])
        if isinstance(value.get("name"), str) and "content" in value:
            yield _Entry(plain_key(value["name"]), value["content"])
        value = value.get("attrs")
    for item in value if isinstance(value, list | tuple) else [value]:
        if isinstance(item, Mapping | list | tuple) and depth < _DEPTH:
            yield from _tags(item, depth + 1)


def _texts_of(entries: Iterable[_Entry], keys: Container[str]) -> Iterator[str]:
    return (text for entry in entries if entry.key in keys for text in _texts(entry.value) if text)


def _texts(value: object, depth: int = 1) -> Iterator[str]:
    """Every text of a value: itself, or those of a list or table."""
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, Mapping | list | tuple) and depth < _DEPTH:
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(item, depth + 1)


def _is_noindex(entry: _Entry) -> bool:
    key, value = entry.key, entry.value
    if key in _NOT_INDEXED or key.endswith("noindex"):
        return _says(value, _YES)
    if key in _INDEXED:
        return _says(value, _NO)
    return key in _ROBOTS_KEYS and _keeps_robots_out(value)


def _keeps_robots_out(value: object) -> bool:
    """Whether an order to robots says "noindex": a text or list, a table (Next.js), ``false`` (Nuxt)."""
    if isinstance(value, Mapping):
        return any(_is_noindex(_Entry(plain_key(key), item)) or item == "noindex" for key, item in value.items())
    if value is False:
        return True
    orders = (order for text in _texts(value) for order in text[:200].lower().replace(",", " ").split())
    return not {"noindex", "none"}.isdisjoint(orders)


def _is_unlisted(entry: _Entry) -> bool:
    key, value = entry.key, entry.value
    if key in _UNLISTED:
        return _says(value, _YES)
    if key == _SITEMAP and isinstance(value, Mapping):
        return any(plain_key(name) in _OUT_OF_SITEMAP and _says(item, _YES) for name, item in value.items())
    if key in _BUILD_KEYS and isinstance(value, Mapping):
        return str(value.get("list")).lower() in _NEVER
    return key == _SITEMAP and _says(value, _NO)


def _is_draft(entry: _Entry) -> bool:
    key, value = entry.key, entry.value
    if key in _BUILD_KEYS and isinstance(value, Mapping):
        return str(value.get("render")).lower() in _NEVER
    if key in _STATUS_KEYS:
        return isinstance(value, str) and value.strip().lower() in _DRAFT_STATUS
    return (key in _DRAFT_KEYS and _says(value, _YES)) or (key in _PUBLISHED_KEYS and _says(value, _NO))


def _says(value: object, answers: frozenset[str]) -> bool:
    return isinstance(value, bool | int | str) and str(value).strip().lower() in answers
