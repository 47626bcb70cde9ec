"""What front matter and the head of a page say about how it is published."""

from __future__ import annotations

import datetime

import pytest

from acu_lint.document.publication import Publication, publication
from acu_lint.parse import parse


def read(front_matter: str) -> Publication:
    return publication(parse("a.md", f"---\n{front_matter}\n---\nTea.\n", today=datetime.date(2026, 1, 1)).meta)


@pytest.mark.parametrize(
    "front_matter",
    [
        "canonical: /tea/",
        "Canonical: /tea/",
        "canonicalURL: /tea/",
        "canonical_url: /tea/",
        "canonical-url: /tea/",
        "canonicalLink: /tea/",
        "canonical_link: /tea/",
        "seo: {canonical: /tea/}",
        "seo: {meta: {canonicalUrl: /tea/}}",
        "params: {canonical: /tea/}",
        "yoast_head_json: {canonical: /tea/}",
        "rank_math_canonical_url: /tea/",
        "head: [[link, {rel: canonical, href: /tea/}]]",
        "head: [{tag: link, attrs: {rel: canonical, href: /tea/}}]",
    ],
)
def test_canonical_address_of_every_generator(front_matter: str) -> None:
    assert read(front_matter).canonical == "/tea/"
    assert not read(front_matter).noindex


@pytest.mark.parametrize(
    "front_matter",
    [
        "noindex: true",
        "noIndex: 'yes'",
        "robotsNoIndex: true",
        "yoast_wpseo_meta-robots-noindex: 1",
        "private: true",
        "index: false",
        "robots: noindex, nofollow",
        "robots: [noindex]",
        "robots: none",
        "robots: false",
        "robots: {index: false}",
        "robots: {noindex: true}",
        "yoast_head_json: {robots: {index: noindex}}",
        "googlebot: noindex",
        "seo: {noindex: true}",
        "head: [[meta, {name: robots, content: noindex}]]",
        "meta: [{name: robots, content: 'noindex,follow'}]",
    ],
)
def test_noindex_of_every_generator(front_matter: str) -> None:
    assert read(front_matter).noindex


@pytest.mark.parametrize(
    "front_matter",
    [
        "unlisted: true",
        "hidden: true",
        "sitemap: false",
        "sitemap: {ignore: true}",
        "sitemap_exclude: true",
        "eleventyExcludeFromCollections: true",
        "build: {list: never}",
        "_build: {list: false}",
    ],
)
def test_unlisted_of_every_generator(front_matter: str) -> None:
    assert read(front_matter).unlisted


@pytest.mark.parametrize(
    ("front_matter", "key"),
    [
        ("draft: true", "draft"),
        ("isDraft: true", "isDraft"),
        ("published: false", "published"),
        ("post_status: draft", "post_status"),
        ("permalink: false", "permalink"),
        ("_build: {render: never}", "_build"),
        ("draft: false\npublished: true\nstatus: publish", ""),
    ],
)
def test_draft_names_its_key(front_matter: str, key: str) -> None:
    assert read(front_matter).draft == key


@pytest.mark.parametrize(
    "front_matter",
    [
        "sidebar: {hidden: true}",
        "robots: index, follow",
        "robots: {index: true}",
        "sitemap: {priority: 0.5}",
        "noindex: false",
        "build: {list: always}",
        "hero: {image: {canonical: /x/}}",
        "canonical: 7\nrobots: null\naliases: 3\nslug: [1]\nstatus: {a: b}\nbuild: true\nhead: 7\nmeta: [1, [2]]",
    ],
)
def test_what_says_nothing_of_this(front_matter: str) -> None:
    assert read(front_matter) == Publication()


def test_addresses() -> None:
    said = read("slug: tea\npermalink: /a/tea/\naliases: [/old/, /older/]\nredirect_from: /oldest/\nredirect_to: /new/")
    assert said.addresses == ("/a/tea/", "tea")
    assert set(said.old) == {"/old/", "/older/", "/oldest/"}
    assert said.new == ("/new/",)
