"""Template values are not text: no rule of length, wording or repetition reports one, and no message shows a filler."""

from __future__ import annotations

import json
from itertools import product

import pytest

from acu_lint.engine.engine import Engine, Settings
from acu_lint.rules.finding import Finding
from acu_lint.testing import load_pack
from tests.conftest import document

FILLERS = ("\ufffc", "\U00010102")
REGISTRY = load_pack()
PRINTED = {"seo/duplicate-heading": {"title_printed": True}}
ENGINES = [Engine(REGISTRY, Settings(frozenset(REGISTRY.cards), options)) for options in ({}, PRINTED)]
# Rules about how a title, description, heading, link or name reads, how long it is, or whether it is there.
TOLD = {
    "citations/format", "keywords/heading-stuffing", "keywords/placement", "readability/heading-structure",
    "seo/canonical", "seo/description", "seo/duplicate-heading", "seo/image-alt", "seo/link-text", "seo/slug",
    "seo/title", "trust/author", "trust/date", "trust/reviewer",
}  # fmt: skip
VALUES = {
    "Liquid": "{{ page.name }}",
    "Liquid with a condition": "{% if name %}{{ name }} | {% endif %}",
    "Jekyll's include": "{% include name.html %}",
    "Hugo": "{{ .Title }}",
    "Hugo's shortcode": '{{< param "name" >}}',
    "Handlebars": "{{{ name }}}",
    "ERB": "<%= page.name %>",
    "Svelte": "{page.name}",
}
PROSE = "An evening walk after supper helps some people to sleep. Ask a nurse if the nights stay short.\n\n" * 3
ARTICLE = """---
title: {one}
description: {two}
author: {one}
date: {one}
reviewer: {one}
slug: {one}
keyword: evening walks
---

# {one}

By {one}. Published {two}. Reviewed by {one}.

## {two}

![{one}](a.jpg) ![{two}](b.jpg) ![{one}, {two}, {one}](c.jpg)

Read [{one}](/a/) or [{two}](/b/) or [{one}](/a/) or [{one}](/a/).

## {two}

{prose}

### {one} {two}

{prose}

| {one} | {two} |
|---|---|
| {one} | {two} |

## References

1. {one}. {two}.
"""
PAGE = """<!DOCTYPE html><html lang="en"><head><title>{one} | {two}</title><meta name="description" content="{two}">
<meta name="author" content="{one}"><meta property="article:published_time" content="{one}">
<link rel="canonical" href="{one}"></head><body><main><h1>{one}</h1><p class="byline">By {one}</p><h2>{two}</h2>
<img src="{one}" alt="{one}"><img src="b.jpg" alt='{two}'><img src="c.jpg" alt="{one}, {two}, {one}">
<p>Read <a href="/a/">{one}</a> or <a href="/b/">{two}</a> or <a href="/a/">{one}</a> or <a href="/a/">{one}</a>.</p>
<h2>{two}</h2><p>{prose}</p><h3>{one} {two}</h3><p>{prose}</p><p><b>{one}</b></p><p>{prose}</p></main></body></html>
"""


def found(path: str, text: str) -> list[Finding]:
    return [finding for engine in ENGINES for finding in engine.check(document(text, path))]


def pages(one: str, two: str) -> dict[str, str]:
    """An article in each format, with two values in every place."""
    quoted = {"one": json.dumps(one), "two": json.dumps(two)}
    front, _, body = ARTICLE.partition("\n---\n")
    article = front.format(**quoted) + "\n---\n" + body.format(one=one, two=two, prose=PROSE)
    return {"a.md": article, "a.mdx": article, "a.html": PAGE.format(one=one, two=two, prose=PROSE)}


@pytest.mark.parametrize(("one", "two"), [*product(VALUES.values(), repeat=2)], ids=lambda value: value)
def test_no_rule_reports_what_a_template_fills(one: str, two: str) -> None:
    for path, text in pages(one, two).items():
        told = [(path, finding.rule, finding.message) for finding in found(path, text) if finding.rule in TOLD]
        assert told == []


@pytest.mark.parametrize(("one", "two"), [*product(VALUES.values(), repeat=2)], ids=lambda value: value)
def test_no_finding_shows_a_filler(one: str, two: str) -> None:
    claim = f"Walks cure {one} in 90% of people, as studies show. {two} heals insomnia. Utilize {one} WWQ {two}.\n\n"
    for path, text in pages(one, two).items():
        told = text.replace(PROSE, claim * 2)
        for finding in found(path, told):
            words = (finding.message, finding.suggestion, *finding.expected, *(edit.text for edit in finding.edits))
            shown = [*words, *(place.message for place in finding.related), json.dumps(finding.data)]
            assert not any(filler in text for filler in FILLERS for text in (*shown, json.loads(shown[-1])))


@pytest.mark.parametrize("value", VALUES.values())
@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.md", "# {}\n\n{}\n\n## One\n\nText.\n\n## {}\n\n### Two\n\nText.\n"),
        ("a.html", "<h1>{}</h1><p>{}</p><h2>One</h2><p>Text.</p><h2>{}</h2><h3>Two</h3><p>Text.</p>"),
        ("a.html", "<html><head><title>{}</title></head><body><p>{}</p><p>{} {}</p></body></html>"),
    ],
)
def test_a_heading_that_a_template_fills_is_not_missing(value: str, path: str, text: str) -> None:
    page = text.replace("{}", value)
    assert not {finding.rule for finding in found(path, page)} & {"seo/title", "readability/heading-structure"}


def test_the_words_beside_a_template_value_are_still_read() -> None:
    rules = {finding.rule for finding in found("a.md", "# {{ page.name }}\n\nMoxa cures migraine.\n")}
    assert "claims/cure" in rules


@pytest.mark.parametrize(
    ("path", "image"),
    [
        ("a.md", "![]({{ page.photo }})"),
        ("a.html", '<img src="{{ page.photo }}">'),
        ("a.md", '<img src="{{ photo }}">'),
    ],
)
def test_an_address_from_a_template_is_no_description_of_an_image(path: str, image: str) -> None:
    assert "seo/image-alt" in {finding.rule for finding in found(path, f"{image}\n")}


@pytest.mark.parametrize("value", ["<?= $name ?>", "<?php echo $name; ?>"])
def test_no_rule_reports_what_php_fills(value: str) -> None:
    page = PAGE.format(one=value, two=value, prose=PROSE)
    assert [finding.message for finding in found("a.html", page) if finding.rule in TOLD] == []


@pytest.mark.parametrize("attributes", ["{{ attributes }}", "{% include alt.html %}", "<%= attributes %>"])
def test_attributes_from_a_template_may_describe_an_image(attributes: str) -> None:
    text = f"<h1>Warm feet</h1><img src='feet.jpg' {attributes}>"
    assert "seo/image-alt" not in {finding.rule for finding in found("a.html", text)}


def test_a_layout_with_a_template_in_its_head_may_have_structured_data() -> None:
    page = f"<html><head><title>Warm feet</title>{{{{ seo }}}}</head><body><p>{PROSE * 5}</p></body></html>"
    assert "seo/structured-data" not in {finding.rule for finding in found("a.html", page)}
    bare = page.replace("{{ seo }}", "")
    assert "seo/structured-data" in {finding.rule for finding in found("a.html", bare)}
