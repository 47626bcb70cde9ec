"""One word in every shape that Markdown, MDX, HTML and text can give it: found, and found in its place."""

import pytest

from acu_lint.document.document import Document
from acu_lint.document.source import Span
from tests.conftest import document

# Every place where the word must be found is marked [[so]]; the word stands nowhere else as prose.
SHAPES = {
    "plain": ("a.md", "paragraph", "Tea [[cures]] colds."),
    "bold": ("a.md", "paragraph", "Tea **[[cures]]** colds."),
    "emphasis inside the word": ("a.md", "paragraph", "Tea [[cu**re**s]] colds."),
    "heading": ("a.md", "heading", "## Tea [[cures]] colds ##\n"),
    "setext heading": ("a.md", "heading", "Tea [[cures]] colds\n===\n"),
    "heading with an id": ("a.md", "heading", "## Tea [[cures]] {#cures .cures}\n"),
    "item": ("a.md", "item", "- Tea\n- [[cures]] colds\n"),
    "second paragraph of an item": ("a.md", "item", "1. Tea\n\n   It [[cures]] colds.\n"),
    "task": ("a.md", "item", "- [x] Tea [[cures]] colds\n"),
    "list in a quote": ("a.md", "item", "> - Tea\n>   - It [[cures]]\n"),
    "quote in a list": ("a.md", "quote", "- Tea\n\n  > It [[cures]]\n"),
    "lazy quote": ("a.md", "quote", "> Tea is old and\nit [[cures]] colds\n"),
    "second line of a quote": ("a.md", "quote", "> Tea\n> [[cures]]\n> colds\n"),
    "table": ("a.md", "cell", "| Tea | Use |\n|:--|--:|\n| green | [[cures]] \\| colds |\n"),
    "after an entity": ("a.md", "paragraph", "Tea &amp; honey [[cures]] colds"),
    "entity inside the word": ("a.md", "paragraph", "Tea [[c&#117;res]] colds"),
    "after an escape": ("a.md", "paragraph", "Tea \\* \\_ [[cures]] colds"),
    "after emoji": ("a.md", "paragraph", "😀 Té 👍🏽 [[cures]] colds"),
    "line ends of Windows": ("a.md", "paragraph", "Tea\r\nand honey\r\n[[cures]] colds\r\n"),
    "line ends of old": ("a.md", "paragraph", "# Tea\r\rIt [[cures]] colds\r"),
    "byte-order mark": ("a.md", "heading", "\ufeff# Tea [[cures]]\n"),
    "inline HTML": ("a.md", "paragraph", 'Tea <b title="cures">[[cures]]</b> colds'),
    "line break": ("a.md", "paragraph", "Tea<br>[[cures]]<br/>colds"),
    "HTML block": ("a.md", "paragraph", '<div class="cures">\n  <p>Tea [[cures]] colds</p>\n</div>\n'),
    "HTML block in a quote": ("a.md", "quote", "> <div>\n> Tea\n> [[cures]]\n> </div>\n"),
    "details": ("a.md", "paragraph", "<details>\n<summary>Tea</summary>\n\nIt [[cures]] colds.\n\n</details>\n"),
    "HTML table": ("a.md", "cell", "<table>\n<tr><td>Tea<td>[[cures]]</tr>\n</table>\n"),
    "link": ("a.md", "paragraph", "Tea [[[cures]] colds](https://cures.example/cures 'cures')"),
    "reference link": ("a.md", "paragraph", "Tea [[[cures]]][cures].\n\n[cures]: /cures 'cures'\n"),
    "alt": ("a.md", "alt", "Tea ![it [[cures]] colds](cures.png) helps"),
    "footnote": ("a.md", "footnote", "Tea[^cures].\n\n[^cures]: It [[cures]] colds.\n"),
    "beside strikethrough": ("a.md", "paragraph", "Tea ~~cures~~ [[cures]] colds"),
    "YAML title": ("a.md", "title", "---\ntitle: Tea [[cures]] colds\nslug: cures\n---\nBody\n"),
    "YAML title, quoted": ("a.md", "title", '---\ntitle: "\\"Tea\\" [[cures]] colds"\n---\nBody\n'),
    "YAML description, folded": (
        "a.md", "description", "---\ndescription: >-\n  Tea is old\n  and [[cures]]\n---\nBody\n",
    ),
    "YAML title with a colon": ("a.md", "title", "---\ntitle: Tea: it [[cures]] colds\nslug: cures\n---\nBody\n"),
    "title in lines of metadata": ("a.md", "title", "Title: Tea [[cures]] colds\nSlug: cures\n\nBody\n"),
    "TOML title": ("a.md", "title", "+++\nslug = 'cures'\ntitle = 'Tea [[cures]] colds'\n+++\nBody\n"),
    "JSON title": ("a.md", "title", '{\n"slug": "cures",\n"title": "Tea \\"[[cures]]\\""\n}\nBody\n'),
    "after front matter": ("a.md", "paragraph", "\ufeff---\r\ntitle: Té\r\n---\r\nTea [[cures]] colds"),
    "Hugo shortcode": ("a.md", "paragraph", '{{< note class="cures" >}}Tea [[cures]]{{< /note >}} colds'),
    "Hugo shortcode around": ("a.md", "paragraph", "{{% note cures %}}\nTea [[cures]] colds\n{{% /note %}}\n"),
    "Liquid": ("a.md", "paragraph", "{% if cures %}Tea{% endif %} {{ cures }} [[cures]] colds\n{: .cures}\n"),
    "Liquid opens the line": ("a.md", "paragraph", "{{ page.cures }} [[cures]] colds"),
    "Nunjucks": ("a.md", "paragraph", "Tea {# cures #}[[cures]] colds"),
    "MDX": ("a.mdx", "paragraph", "import cures from 'cures'\n\n<Tea use=\"cures\">It {cures} [[cures]]</Tea>\n"),
    "MDX block": ("a.mdx", "paragraph",
    "<Note\n  id=\"cures\"\n  on={() => '}'}\n>\n  Tea **[[cures]]**\n</Note>\n"),
    "MDX deep block": ("a.mdx", "paragraph", "<A>\n  <B>\n\n      Tea [[cures]] colds\n\n  </B>\n</A>\n"),
    "MDX string": ("a.mdx", "paragraph", "Tea{' '}{\"[[cures]]\"} colds\n"),
    "HTML paragraph": ("a.html", "paragraph", '<p id="cures">Tea &amp;\n  <i>[[cures]]</i> colds</p>'),
    "HTML heading": ("a.html", "heading", "<h2>Tea <a href=cures>[[cures]]</a></h2>"),
    "HTML item": ("a.html", "item", "<ul><li>Tea<li>[[cures]]<ul><li>colds</ul></ul>"),
    "HTML definition": ("a.html", "item", "<dl><dt>Tea<dd>[[cures]] colds</dl>"),
    "HTML caption": ("a.html", "caption",
    "<figure><img src=cures.png><figcaption>Tea [[cures]]</figcaption></figure>"),
    "HTML quote": ("a.html", "quote", "<blockquote cite=cures>Tea [[cures]]</blockquote>"),
    "HTML title": ("a.html", "title", "<head><title>Tea &mdash; [[cures]]</title></head><body>Tea</body>"),
    "HTML description": ("a.html", "description", '<meta content="Tea &amp; [[cures]]" name=description>'),
    "HTML alt": ("a.html", "alt", "<p>Tea<img alt='&quot;[[cures]]&quot;' src=cures.png title=cures></p>"),
    "HTML, tag unclosed": ("a.html", "paragraph", "<p>1 < 2 & 3 <b>[[cures]] <i colds"),
    "text": ("a.txt", "paragraph", "Tea is old, and *people say* that it **[[cures]] colds**.\n"),
    "text, wrapped": ("a.txt",
    "paragraph", f"{'Tea is a drink. ' * 5}It\n[[cures]] colds, they say, and much more than that.\n"),
    "text heading": ("a.txt", "heading", "How Tea [[cures]] Colds\n\nTea is old.\n"),
    "text item": ("a.txt", "item", "Uses:\n\n  • Tea\n  • [[cures]] colds\n"),
}  # fmt: skip

NOT_PROSE = {
    "code span": ("a.md", "Tea `cures` colds"),
    "code block": ("a.md", "Tea\n\n```\ncures\n```\n\n    cures\n"),
    "fence in a list": ("a.md", "- Tea\n  ~~~\n  cures\n  ~~~\n"),
    "link target": ("a.md", "Tea [helps](cures 'cures') ![](cures.png)"),
    "attribute": ("a.md", "Tea <span title=\"cures\" data-x='cures'>colds</span>"),
    "comment": ("a.md", "Tea <!-- cures -->\n\n<!--\ncures\n-->\n"),
    "script": ("a.md", "<script>\ncures\n\ncures\n</script>\n\n<style>cures</style>\n"),
    "pre": ("a.md", "<pre>cures\n\ncures</pre>\n"),
    "Liquid comment": ("a.md", "Tea {% comment %} cures {% endcomment %}{% highlight x %}\ncures\n{% endhighlight %}"),
    "Liquid raw": ("a.md", "{% raw %}\ncures\n{% endraw %}"),
    "shortcode": ("a.md", '{{< figure\n  src="x"\n  link="cures"\n>}}\n'),
    "strikethrough": ("a.md", "Tea ~~cures~~ and ~~[cures](cures) ![cures](cures)~~ colds"),
    "deleted": ("a.html", "<p>Tea <del>cures</del> <s>cures</s> and <strike>cures</strike> colds</p>"),
    "attribute list": ("a.md", 'Tea\n{: .cures title="cures"}\n\n[a](b){:rel="cures"}'),
    "front matter": ("a.md", "---\ntitle: Tea\nslug: cures\ncures: x\n---\n"),
    "broken front matter": ("a.md", "---\ntitle: Tea\ntags: [cures\n---\n"),
    "definition of a link": ("a.md", "[Tea]\n\n[tea]: /cures 'cures'\n"),
    "ESM": ("a.mdx", "import cures from 'cures'\n\nexport const a = {\n  cures: 1,\n\n  b: 'cures',\n}\n"),
    "JSX attribute": ("a.mdx", "Tea <Tip icon=\"cures\" on={cures} /> and <div style={{cures: 'cures'}}>colds</div>"),
    "expression": ("a.mdx", "Tea {cures} {list.map(cures => (\n  <b>{cures}</b>\n))}\n"),
    "MDX comment": ("a.mdx", "Tea {/* cures */}\n\n{/*\n  cures\n*/}\n"),
    "MDX code": ("a.mdx", "Tea `{cures}`\n\n```js\nimport cures from 'x'\n```\n"),
    "page script": ("a.html", "<p>Tea</p><script>cures</script><style>cures</style><noscript>cures</noscript>"),
    "page frame": (
        "a.html",
        "<header>cures</header><nav>cures</nav><p>Tea</p><aside>cures</aside><footer>cures</footer>",
    ),
    "outside main": ("a.html", "<p>cures</p><main><p>Tea</p></main><div>cures</div>"),
    "hidden": ("a.html", "<p hidden>cures<p>Tea<span style='display: none'>cures</span><template>cures</template>"),
    "page form": (
        "a.html",
        "<p>Tea<form><label>cures</label></form><button>cures</button><select><option>cures</select>",
    ),
    "page code": (
        "a.html",
        "<p>Tea <code>cures</code></p><pre>cures</pre><!-- cures --><svg><title>cures</title></svg>",
    ),
}


def places(doc: Document, word: str = "cures") -> list[Span]:
    """Source spans of a word in the prose."""
    return [block.span(w.start, w.end) for block in doc.blocks for w in block.words if w.text == word]


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A text without its [[marks]], and what they mark."""
    spans = []
    while "[[" in text:
        start = text.index("[[")
        while text.startswith("[[[", start):
            start += 1
        text = text[:start] + text[start + 2 :]
        end = text.index("]]", start)
        text = text[:end] + text[end + 2 :]
        spans.append((start, end))
    return text, spans


@pytest.mark.parametrize("name", SHAPES)
def test_the_word_is_found_in_its_place(name: str) -> None:
    path, kind, source = SHAPES[name]
    text, spans = marked(source)
    doc = document(text, path)
    assert places(doc) == spans
    assert kind in {block.kind for block in doc.blocks if "cures" in block.text}


@pytest.mark.parametrize("name", NOT_PROSE)
def test_the_word_is_no_prose(name: str) -> None:
    path, text = NOT_PROSE[name]
    doc = document(text, path)
    assert places(doc) == []
    assert "cures" not in " ".join(block.text for block in doc.blocks)
