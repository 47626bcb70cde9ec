"""Which files are no articles by what stands in them, and which are drafts."""

from __future__ import annotations

import pytest

from acu_lint.project.file_kinds import Kind
from acu_lint.project.text_kinds import by_text, draft
from tests.conftest import document

PROSE = "Warm stones are laid on the back for half an hour. Most guests doze off. " * 12
LAYOUT = "<html><head><title>{{ page.title }}</title></head><body><p>Call us any day.</p>%s</body></html>"

NO_ARTICLES = {
    "refresh": ("a.html", '<meta http-equiv="refresh" content="0; url=/b/"><title>Moved</title>', Kind.REDIRECT),
    "refresh in a second": ("a.htm", '<meta http-equiv=Refresh content="3;URL=/b/"><p>We moved.</p>', Kind.REDIRECT),
    "refresh at once, with a text": (
        "a.html", f'<meta http-equiv="refresh" content="0;url=/b/"><p>{PROSE}</p>', Kind.REDIRECT,
    ),
    "script": ("a.html", "<title>Moved</title><script>window.location.replace('/b/')</script>", Kind.REDIRECT),
    "redirect_to": ("a.md", "---\ntitle: Old\nredirect_to: /b/\n---\n", Kind.REDIRECT),
    "redirectTo": ("a.mdx", "---\ntitle: Old\nredirectTo: https://example.org/b\n---\n\nMoved.\n", Kind.REDIRECT),
    "redirect_to a name": ("a.md", "---\ntitle: Old\nredirect_to: [b]\n---\n", Kind.REDIRECT),
    "a layout for redirects": ("a.md", "---\nlayout: redirect\ntarget: b\n---\n", Kind.REDIRECT),
    "a tag in Markdown": ("a.md", '<meta http-equiv="refresh" content="0; url=/b/">\n\nMoved.\n', Kind.REDIRECT),
    "a component": ("a.mdx", 'import { Redirect } from "x"\n\n<Redirect to="/b/" />\n', Kind.REDIRECT),
    "slot of Liquid": ("a.html", LAYOUT % "{{ content }}", Kind.TEMPLATE),
    "slot of Nunjucks": ("a.html", LAYOUT % "{{ content | safe }}", Kind.TEMPLATE),
    "slot of Jinja": ("a.html", LAYOUT % "{% block content %}{% endblock %}", Kind.TEMPLATE),
    "slot of Go": ("a.html", LAYOUT % '{{ block "main" . }}{{ end }}', Kind.TEMPLATE),
    "content of Go": ("a.html", LAYOUT % "{{ .Content }}", Kind.TEMPLATE),
    "menu": ("a.html", "<nav>{% for p in all %}<a href={{ p.url }}>{{ p.name }}</a>{% endfor %}</nav>", Kind.TEMPLATE),
    "archetype": ("a.md", '---\ntitle: "{{ replace .Name "-" " " | title }}"\ndate: {{ .Date }}\n---\n', Kind.TEMPLATE),
    "note to be made": ("a.md", "# {{title}}\n\nMet on {{date:YYYY-MM-DD}}\n", Kind.TEMPLATE),
    "entry": ("a.md", "---\ntitle: Ann Lee\nrole: Masseuse\nphoto: ann.jpg\n---\n", Kind.DATA),
    "entry in TOML": ("a.md", '+++\nname = "Ann Lee"\n+++\n\n', Kind.DATA),
    "redirects": ("a.txt", "# old and new\n/old /new 301\n/price/* /prices/:splat\n", Kind.LIST),
    "rules of a server": ("a.txt", "Redirect 301 /old /new\n/a -> /b\n", Kind.LIST),
    "licence by its title": ("fonts/a.txt", "\nMIT License\n\nCopyright (c) Ann Lee\n", Kind.LICENCE),
    "addresses": ("a.txt", "https://example.org/a\nhttps://example.org/b\n", Kind.LIST),
}  # fmt: skip


@pytest.mark.parametrize(("path", "text", "kind"), NO_ARTICLES.values(), ids=NO_ARTICLES.keys())
def test_a_text_that_is_no_article(path: str, text: str, kind: Kind) -> None:
    found = by_text(document(text, path))
    assert found
    assert found.kind is kind


ARTICLES = {
    "a page that reloads itself": ("a.html", '<meta http-equiv="refresh" content="600"><p>Opening hours.</p>'),
    "a long page that moves on later": (
        "a.html", f'<meta http-equiv="refresh" content="90;url=/b/"><title>Stones</title><p>{PROSE}</p>',
    ),
    "redirect_from": ("a.md", "---\ntitle: New\nredirect_from: /old/\n---\n\nMoved here.\n"),
    "a switch of that name": ("a.md", "---\ntitle: New\nredirect: true\n---\n\nMoved here.\n"),
    "a text below redirect_to": ("a.md", f"---\nredirect_to: /b/\n---\n\n{PROSE}\n"),
    "a form that sends a letter": ("a.html", "<script>location.href = 'mailto:a@example.org'</script><p>Write.</p>"),
    "a page with a few values": ("a.html", f"<title>Stones</title><p>{{{{ price }}}} for an hour. {PROSE}</p>"),
    "a page with its own title": ("a.html", "<title>Stones</title><p>From {{ price }}.</p>"),
    "a page that extends a layout": ("a.html", f"{{% extends 'b.html' %}}{{% block content %}}{PROSE}{{% endblock %}}"),
    "an article with a tag": ("a.md", "# Stones\n\nBooked for {{ site.place }}.\n"),
    "a section of Hugo": ("content/stones/_index.md", "---\ntitle: Stones\n---\n"),
    "a page made of its front matter": ("a.md", "---\ntitle: Stones\nlayout: home\n---\n"),
    "an entry with a description": ("a.md", "---\ntitle: Stones\ndescription: They are warm.\n---\n"),
    "an entry with a text": ("a.md", "---\nname: Ann Lee\n---\n\nA kind pair of hands.\n"),
    "an entry with a component": ("a.mdx", "---\ntitle: Stones\n---\n\n<Stones />\n"),
    "an empty file": ("a.md", ""),
    "broken front matter": ("a.md", "---\ntitle: 'open\n---\n"),
    "a text with slashes": ("a.txt", "and/or\n\nWarm stones and/or warm towels.\n"),
    "a text": ("a.txt", "Warm stones\n\nThey are laid on the back.\n"),
}  # fmt: skip


@pytest.mark.parametrize(("path", "text"), ARTICLES.values(), ids=ARTICLES.keys())
def test_an_article_that_looks_like_something_else(path: str, text: str) -> None:
    assert by_text(document(text, path)) is None


DRAFTS = {
    "Hugo, Docusaurus, Astro": ("a.md", "draft: true"),
    "as a text": ("a.md", "draft: 'True'"),
    "Jekyll": ("a.md", "published: false"),
    "Jekyll's folder": ("_drafts/a.md", "title: x"),
    "Hexo's folder": ("source/_drafts/a.md", "title: x"),
    "Nuxt": ("content/a.draft.md", "title: x"),
    "Pelican": ("a.md", "Status: draft"),
    "Obsidian": ("a.md", "publish: false"),
    "Eleventy makes no page": ("a.md", "permalink: false"),
    "Hugo makes no page": ("a.md", "build:\n  render: never"),
}


@pytest.mark.parametrize(("path", "line"), DRAFTS.values(), ids=DRAFTS.keys())
def test_a_draft(path: str, line: str) -> None:
    assert draft(path, document(f"---\n{line}\n---\n\nWarm stones.\n", path))


PUBLISHED = (
    "draft: false", "published: true", "published: 2026-01-05", "status: published", "unlisted: true",
    "publishDate: 2099-01-01", "expiryDate: 2001-01-01", "permalink: /a/", "eleventyExcludeFromCollections: true",
)  # fmt: skip


@pytest.mark.parametrize("line", PUBLISHED)
def test_no_draft(line: str) -> None:
    assert draft("drafting/a.md", document(f"---\n{line}\n---\n\nWarm stones.\n")) is None
