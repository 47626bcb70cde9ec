"""Markdown, MDX and HTML, nested, left open, again and again."""

from __future__ import annotations

from collections.abc import Iterator

from shapes.shape import Shape, again, counted, growing, halves, nested


def markdown() -> Iterator[tuple[str, Shape]]:
    """Markdown: marks nested, repeated and left open."""
    for name, make in {
        "nested-quotes": nested("> ", ""),
        "nested-quotes-lines": growing(lambda n: "> " * (n % 60) + "tea\n\n"),
        "nested-lists": nested("- ", ""),
        "nested-lists-indented": growing(lambda n: "  " * (n % 90) + "- tea\n"),
        "nested-emphasis": nested("*a ", "*"),
        "nested-strong": nested("**", "**"),
        "open-emphasis": again("*a **b _c "),
        "nested-links": nested("[", "](x)"),
        "open-brackets": again("["),
        "closed-brackets": again("]"),
        "open-links": again("[a]("),
        "nested-images": nested("![", "](x)"),
        "nested-images-template": nested("![{{ a }}", "]({{ b }})"),
        "backticks": again("`"),
        "backticks-growing": growing(lambda n: "`" * n + " a "),
        "fences-growing": growing(lambda n: "`" * (n + 2) + "\ntea\n\n"),
        "fences-tildes-growing": growing(lambda n: "~" * (n + 2) + "\ntea\n" + "~" * (n + 2) + "\n"),
        "fences-many": again("```\ntea\n```\n"),
        "table-rows": again("| tea | cures pain |\n", "| a | b |\n|---|---|\n"),
        "table-columns": lambda size: (
            "|a" * (size // 12) + "|\n" + "|-" * (size // 12) + "|\n" + "|tea cures" * (size // 15) + "|\n"
        ),
        "tables-many": again("| a | b |\n|---|---|\n| tea | 90% |\n\n"),
        "footnotes": counted("Tea[^@] helps.\n\n[^@]: Li 2019.\n\n"),
        "footnotes-in-one-line": counted("tea[^@] ", tail="\n\n[^1]: Li.\n"),
        "footnotes-unused": counted("[^@]: Li et al. 2019. Journal of Tea.\n\n"),
        "footnote-same": again("tea[^1] ", tail="\n\n[^1]: Li.\n"),
        "reference-definitions": counted("[a@]: https://a.example/@\n"),
        "reference-links": counted("[tea][a@] ", tail="\n\n[a1]: https://a.example/\n"),
        "reference-links-defined": counted("[tea][a@]\n\n[a@]: https://a.example/@\n\n"),
        "html-blocks": again("<div>\ntea\n</div>\n\n"),
        "html-inline": again("<b>tea</b> "),
        "html-unclosed-inline": again("<span "),
        "entities": again("&amp;&eacute;&#65; "),
        "entities-broken": again("&amp"),
        "escapes": again("\\*\\[\\`\\\\"),
        "headings": again("# Tea cures pain\n\n"),
        "headings-levels": growing(lambda n: "#" * (n % 6 + 1) + f" Tea {n}\n\n"),
        "headings-setext": again("Tea\n===\n"),
        "heading-long": again("tea cures pain ", "# "),
        "links": counted("[tea](https://a.example/@) "),
        "links-here": counted("[click here](https://a.example/@) "),
        "links-here-sentences": counted("[Click here](https://a.example/@). "),
        "links-empty": again("[](x) "),
        "links-template": again("[tea]({{ a }}) "),
        "links-one-template": lambda size: "[tea](" + "{{ a }}" * (size // 7) + ")",
        "images": counted("![tea cures pain](a@.png) "),
        "images-empty": again("![](a.png) "),
        "image-long-alt": again("tea cures pain ", "![", "](a.png)"),
        "urls": counted("https://a.example/@ "),
        "urls-brackets": again("http://a)))"),
        "url-long": again("a/", "https://a.example/"),
        "rules": again("---\n"),
        "tasks": again("- [ ] tea cures pain\n"),
        "list-flat": again("- Tea cures pain.\n"),
        "list-numbered": counted("@. Tea cures pain.\n"),
        "hard-breaks": again("tea\\\n"),
        "soft-breaks": again("tea\n"),
        "strikethrough": again("~~tea~~ "),
        "code-spans": again("`tea` cures "),
        "indented-code": again("    tea\n\n"),
        "blank-lines": again("\n", "Tea", "tea\n"),
        "attribute-lists": again("tea {.a #b c=d} "),
        "attribute-open": again("{a="),
    }.items():
        yield f"md-{name}", Shape("page.md", make)


def mdx() -> Iterator[tuple[str, Shape]]:
    """MDX: JSX and braces."""
    for name, make in {
        "nested-jsx": nested("<A>", "</A>"),
        "nested-jsx-lines": nested("<A>\n\n", "\n</A>\n"),
        "unclosed-jsx": again("<A>"),
        "open-tags": again("<A b={"),
        "props": again("a={1} ", "<A ", "/>"),
        "props-strings": again('a="tea cures" ', "<A ", "/>"),
        "elements": again("<A b={c} />\n\n"),
        "nested-braces": nested("{", "}"),
        "open-braces": again("{"),
        "closed-braces": again("}"),
        "expressions": again("{a} tea "),
        "expression-strings": again('{"tea cures"} '),
        "open-strings": again("{'"),
        "imports": counted("import A@ from 'a'\n", tail="\n# Tea\n"),
        "import-open": again("import {\n\n"),
        "exports": again("export const a = {b: 1}\n\n"),
        "export-open": again("export const a = {\n\n"),
        "comments": again("{/* tea */}\n\n"),
        "comment-open": again("{/* "),
        "images": again('<img src={a} alt="tea cures pain" />\n\n'),
        "indented": again("    tea cures\n\n"),
        "indented-nested": growing(lambda n: " " * (4 * (n % 20)) + "- tea\n\n"),
    }.items():
        yield f"mdx-{name}", Shape("page.mdx", make)


def html() -> Iterator[tuple[str, Shape]]:
    """HTML: tags nested and left open, attributes, what the head says."""
    for name, make in {
        "nested-div": nested("<div>", "</div>"),
        "nested-list": nested("<ul><li>", "</li></ul>"),
        "nested-b": nested("<b>", "</b>"),
        "nested-article": nested("<article>", "</article>"),
        "nested-table": nested("<table><tr><td>", "</td></tr></table>"),
        "nested-quote": nested("<blockquote>", "</blockquote>"),
        "nested-heading": nested("<h1>", "</h1>"),
        "nested-code": nested("<code>", "</code>"),
        "nested-nav": nested("<nav>", "</nav>"),
        "unclosed-p": again("<p>tea cures"),
        "unclosed-li": again("<ul><li>tea"),
        "unclosed-td": again("<li>a<td>b"),
        "unclosed-span": again("<span>tea "),
        "unclosed-title": again("<title>tea "),
        "links-here": again('<a href="/a">click here</a>. '),
        "open-tags": again("<a "),
        "open-quotes": again("<a b='\""),
        "open-attributes": again('a="b', "<a "),
        "end-tags": halves("<p>", "</ul>"),
        "end-tags-unmatched": halves("<ul><li>", "</table>", "tea"),
        "attributes": counted('a@="b" ', "<p ", ">tea cures pain</p>"),
        "attributes-long": again("tea ", '<p class="', '">tea cures pain</p>'),
        "style-long": again("a:b;", '<p style="', '">tea cures pain</p>'),
        "comments": again("<!-- tea -->tea "),
        "comments-open": again("<!-- tea "),
        "comments-dashes": again("-", "<!--", "-->tea"),
        "declarations": again("<!tea>"),
        "images": again('<img src=a alt="tea cures pain">'),
        "images-paragraphs": again('<p><img src=a alt="tea cures pain"></p>'),
        "images-no-alt": again("<img src=a>"),
        "images-quoted": again('tea <img src="a.png" alt=\'tea "cures" pain\'> '),
        "image-long-alt": again("tea cures pain ", '<img src=a alt="', '">'),
        "image-alt-list": counted("tea@, ", '<img src=a alt="', '">'),
        "image-alt-entities": again("&amp;", '<img src=a alt="', '">'),
        "script": again("tea();", "<script>", "</script><p>tea"),
        "scripts": again("<script>a</script>tea "),
        "scripts-open": again("<script>"),
        "style": again("<style>a{}</style>tea "),
        "table": again("<tr><td>tea<td>cures", "<table>", "</table>"),
        "entities": again("&amp;&eacute;&#65; ", "<p>"),
        "entities-long": again("&" + "a" * 40, "<p>"),
        "meta": counted('<meta name="a@" content="tea cures">'),
        "meta-same": again('<meta name="description" content="tea cures">'),
        "meta-long": again("tea cures ", '<meta name="description" content="', '">'),
        "link-alternate": again('<link rel=alternate hreflang=de href="/a">'),
        "title-long": again("tea cures ", "<title>", "</title><p>tea"),
        "json-ld": again('<script type="application/ld+json">{"@type": "Article"}</script>'),
        "json-ld-broken": again('<script type="application/ld+json">{"a": </script>'),
        "json-ld-nested": nested('{"a": ', "}", "1", '<script type="application/ld+json">'),
        "json-ld-list": lambda size: (
            '<script type="application/ld+json">['
            + '{"@type": "Article", "name": "tea"},' * (size // 36)
            + "{}]</script>"
        ),
        "json-ld-graph": lambda size: (
            '<script type="application/ld+json">{"@graph": ['
            + '{"@type": "Person", "name": "Ada"},' * (size // 35)
            + "{}]}</script>"
        ),
        "microdata": again("<span itemprop=a>tea "),
        "microdata-same": again("tea <b>cures</b> ", "<div itemprop=a>", "</div>"),
        "sup": again("tea<sup>1</sup> "),
        "sup-open": again("tea<sup>1"),
        "links": counted('<a href="/@">tea</a> '),
        "links-open": again('<a href="/a">tea '),
        "links-empty": again('<a href="/a"></a> '),
        "headings": counted("<h2>Tea @</h2><p>tea"),
        "br": again("tea<br>"),
        "br-br": again("tea<br><br>"),
        "hidden": again('<p hidden>tea</p><p style="display:none">tea</p>tea '),
        "roles": again('<div role="main">tea </div><div role="navigation">a</div>'),
        "less-than": again("< "),
        "pre": again("<pre>tea</pre>tea "),
    }.items():
        yield f"html-{name}", Shape("page.html", make)
