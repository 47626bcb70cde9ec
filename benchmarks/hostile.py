"""How time, memory and output grow with the size of files that were made to slow acu-lint down.

    python benchmarks/hostile.py                 all shapes: a Markdown table, then the offenders
    python benchmarks/hostile.py --shape NAME    one of them (repeatable); a part of a name will do
    python benchmarks/hostile.py --worst 10      the worst rows only

Every shape is a text of about as many bytes as are asked for, checked with all rules at 10, 20, 40, 80 and 160 KB in a
process of its own. Time is processor time of the check alone (reading the file included; start-up, loading of the rules
and printing not), after a warm-up. A shape that offends is measured again and the least times count, because a busy
machine slows single runs down. An exponent is the slope of the least-squares line through the logarithms of time and
size at 40, 80 and 160 KB: 1 is linear, 2 quadratic. Below 40 KB what every check costs hides the growth. The exponent
of the output is that of the bytes of its JSON. Memory is the peak of the process.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import math
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from acu_lint.project.session import Options, Session, run
from acu_lint.report.json import lines

SIZES = (10_000, 20_000, 40_000, 80_000, 160_000)
FITTED = 3  # the exponent is that of the last sizes
EXPONENT = 1.2  # the most that is no offence
MEGABYTES = 250
RUNS = 4  # of a shape that offends
OFF = ("citations/format", "seo/canonical", "seo/structured-data")  # rules that run only where they are named
HOPELESS = 20.0  # seconds of one run after which larger sizes are left out


class Shape(NamedTuple):
    """A hostile text: the file's name, the text for a size in bytes, the configuration.

    ``approvals`` is what the file of approved claims holds. ``copies``: so many near copies of the text are the corpus.
    """

    file: str
    make: Callable[[int], str]
    config: str = ""
    approvals: str = ""
    copies: int = 0


class Point(NamedTuple):
    """What was measured at one size: seconds, bytes of JSON, findings."""

    size: int
    seconds: float
    output: int
    findings: int


class Row(NamedTuple):
    """What was measured of one shape; memory in MB."""

    name: str
    points: tuple[Point, ...]
    memory: float

    @property
    def time_exponent(self) -> float:
        """How time grows."""
        return slope([(point.size, point.seconds) for point in self.points[-FITTED:]])

    @property
    def output_exponent(self) -> float:
        """How the output grows; that of less than 20 KB does not count."""
        fitted = [(point.size, point.output) for point in self.points[-FITTED:]]
        return slope(fitted) if fitted[-1][1] > 20_000 else 0.0

    @property
    def offends(self) -> bool:
        """Whether one of the figures is beyond its limit."""
        complete = len(self.points) == len(SIZES)
        return not complete or max(self.time_exponent, self.output_exponent) > EXPONENT or self.memory > MEGABYTES


# --- what texts are made of ----------------------------------------------------------------


def again(unit: str, head: str = "", tail: str = "") -> Callable[[int], str]:
    """A unit again and again between a head and a tail."""

    def make(size: int) -> str:
        each = max(len(unit.encode()), 1)
        return head + unit * max((size - len((head + tail).encode())) // each, 1) + tail

    return make


def counted(unit: str, head: str = "", tail: str = "") -> Callable[[int], str]:
    """A unit again and again, with its number where it says ``@``."""

    def make(size: int) -> str:
        parts, left, number = [], size - len((head + tail).encode()), 0
        while left > 0:
            number += 1
            part = unit.replace("@", str(number))
            parts.append(part)
            left -= len(part.encode())
        return head + "".join(parts) + tail

    return make


def nested(opening: str, closing: str, middle: str = "tea", head: str = "") -> Callable[[int], str]:
    """An opening again and again, then as many closings."""

    def make(size: int) -> str:
        depth = max((size - len((head + middle).encode())) // len((opening + closing).encode()), 1)
        return head + opening * depth + middle + closing * depth

    return make


def growing(unit: Callable[[int], str]) -> Callable[[int], str]:
    """Units that grow with their number, from 1."""

    def make(size: int) -> str:
        parts, left, number = [], size, 0
        while left > 0:
            number += 1
            parts.append(unit(number))
            left -= len(parts[-1].encode())
        return "".join(parts)

    return make


def halves(first: str, second: str, middle: str = "") -> Callable[[int], str]:
    """One unit in the first half, another in the second."""
    return lambda size: again(first)(size // 2) + middle + again(second)(size // 2)


def matter(make: Callable[[int], str], opening: str = "---\n", closing: str = "\n---\n") -> Callable[[int], str]:
    """A text as front matter."""
    return lambda size: opening + make(size) + closing + "\n# Tea\n\nTea is warm.\n"


# --- the shapes ----------------------------------------------------------------------------


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


def plain() -> Iterator[tuple[str, Shape]]:
    """Plain text: long lines, many lines, odd characters."""
    for name, make in {
        "one-line": again("tea is warm and "),
        "no-spaces": again("tea"),
        "one-letter": again("a"),
        "short-lines": again("Tea.\n"),
        "short-lines-open": again("Tea\n"),
        "short-paragraphs": again("Tea cures pain.\n\n"),
        "sentences": again("Tea is warm. "),
        "sentences-claims": again("Tea cures pain. "),
        "wrapped": again("tea is warm and helps some people who drink it every day of the week\n"),
        "capitals": again("TEA CURES PAIN "),
        "capital-words": again("Tea Cures Pain "),
        "capitals-short": again("A. B. "),
        "acronyms": again("TEA (TEA) NHS "),
        "acronyms-many": lambda size: " ".join(_acronym(n) for n in range(size // 5)),
        "acronyms-sentences": lambda size: "".join(f"The {_acronym(n)} clinic is warm. " for n in range(size // 25)),
        "acronyms-paragraphs": lambda size: "".join(
            f"The {_acronym(n)} clinic is warm.\n\n" for n in range(size // 26)
        ),
        "digits": again("1"),
        "numbers": again("1,234.5 "),
        "numbers-lines": counted("@. tea\n"),
        "double-quotes": again('"tea" '),
        "double-quotes-open": again('"tea '),
        "curly-quotes": again("“tea” ‘a’ "),
        "curly-quotes-open": again("“tea. "),
        "apostrophes": again("it's 'tea' "),
        "brackets": nested("(", ")"),
        "brackets-open": again("(tea. "),
        "brackets-square": again("[tea] "),
        "abbreviations": again("e.g. i.e. Dr. "),
        "dots": again("."),
        "dots-spaced": again(". "),
        "exclamations": again("!?"),
        "questions": again("Why? "),
        "commas": again(","),
        "comma-words": again("tea, "),
        "semicolons": again("tea; "),
        "dashes": again("tea — "),
        "hyphens": again("a-"),
        "underscores": again("_"),
        "asterisks": again("**tea** "),
        "asterisks-open": again("*tea "),
        "slashes": again("tea/"),
        "spaces": again(" ", "Tea", "tea."),
        "tabs": again("\ttea"),
        "trailing-spaces": again("tea" + " " * 50 + "\n"),
        "emoji": again("😀"),
        "emoji-words": again("tea 😀 cures 😀. "),
        "emoji-joined": again("👩‍⚕️"),
        "combining": again("e\u0301"),
        "combining-stack": again("\u0301", "e"),
        "right-to-left": again("שלום עולם. "),
        "arabic": again("الشاي يشفي الألم. "),
        "zero-width": again("t\u200be\u200ba "),
        "zero-width-run": again("\u200b", "tea", "tea"),
        "no-break-spaces": again("tea\u00a0cures\u00a0"),
        "chinese": again("茶治病。"),
        "chinese-no-stop": again("茶治病"),
        "look-alikes": again("tеа сurеs раin "),  # Cyrillic letters
        "full-width": again("ｔｅａ ｃｕｒｅｓ "),
        "ligatures": again("ﬁbromyalgia care ﬀect "),
        "growing-letters": again("İstanbul ß ŉ "),
        "superscripts": again("tea¹² "),
        "lone-returns": again("tea cures\r"),
        "crlf": again("tea cures\r\n"),
        "form-feeds": again("tea\f"),
        "line-separators": again("tea\u2028\u2029\x85"),
        "controls": again("\x01\x02\x1b[31m"),
        "object-signs": again("\ufffc"),
        "replacements": again("\ufffd"),
        "bullets": again("• tea cures\n"),
        "bullets-nested": growing(lambda n: " " * (n % 80) + "• tea\n"),
        "rows": again("tea 1 2 3\n"),
        "rules": again("-----\n"),
        "headings": again("Tea Cures\n\nTea is warm and it helps.\n\n"),
    }.items():
        yield f"txt-{name}", Shape("page.txt", make)


def _acronym(number: int) -> str:
    return "".join(chr(65 + number // 26**place % 26) for place in range(4))


def front() -> Iterator[tuple[str, Shape]]:
    """Front matter in YAML, TOML and JSON."""
    for name, make in {
        "yaml-long-scalar": again("tea cures pain ", "title: "),
        "yaml-folded": again("  tea cures\n", "title: >\n"),
        "yaml-folded-blank": again("  tea cures\n\n", "description: >\n"),
        "yaml-literal": again("  tea cures\n", "description: |\n"),
        "yaml-plain-lines": again("  tea cures\n", "title: tea\n"),
        "yaml-double-quoted": again("tea \\u00e9 ", 'title: "', '"'),
        "yaml-double-quoted-lines": again("tea\n  ", 'title: "', '"'),
        "yaml-single-quoted": again("tea '' ", "title: '", "'"),
        "yaml-keys": counted("key@: tea\n"),
        "yaml-keys-same": again("title: tea\n"),
        "yaml-anchors": counted("a@: &a@ tea\nb@: *a@\n"),
        "yaml-alias-same": again("- *a\n", "a: &a tea\nb:\n"),
        "yaml-flow-nested": nested("[", "]", "tea", "a: "),
        "yaml-flow-maps": nested("{a: ", "}", "tea", "a: "),
        "yaml-list": again("- tea cures\n", "tags:\n"),
        "yaml-list-keywords": counted("- tea cures @\n", "keywords:\n"),
        "yaml-list-flow": again("tea, ", "tags: [", "tea]"),
        "yaml-nested": lambda size: "".join(" " * n + "a:\n" for n in range(int(math.sqrt(2 * size)))),
        "yaml-authors": counted("- name: Ada @\n  role: doctor\n", "authors:\n"),
        "yaml-faq": counted("- question: Does tea cure @?\n  answer: Tea cures pain.\n", "faq:\n"),
        "yaml-comments": again("# tea\n", "a: b\n"),
        "yaml-disable": again("claims, ", "acu-lint: {disable: [", "seo]}"),
        "yaml-disable-unknown": counted("tea@, ", "acu-lint: {disable: [", "seo]}"),
        "yaml-keyphrase-long": again("tea cures ", "keyphrase: "),
        "yaml-slug-long": again("tea-", "slug: ", "tea"),
        "yaml-author-long": again("Ada Lind, ", "author: "),
        "yaml-date-digits": again("1", "date: "),
        "yaml-tags-open": again("!a ", "a: "),
        "yaml-broken": again("a: b: c\n"),
        "yaml-emoji": again("😀", "title: "),
    }.items():
        yield f"front-{name}", Shape("page.md", matter(make))
    for name, make in {
        "toml-keys": counted("key@ = 'tea'\n"),
        "toml-tables": counted("[a@]\nb = 'tea'\n"),
        "toml-array-tables": again("[[a]]\nb = 'tea'\n"),
        "toml-arrays": nested("[", "]", "1", "a = "),
        "toml-list": again("'tea cures', ", "keywords = [", "]"),
        "toml-long": again("tea cures ", "title = '", "'"),
        "toml-dotted": counted("a.b.c@ = 1\n"),
        "toml-multiline": again("tea cures\n", 'title = """', '"""'),
        "toml-escapes": again("\\u00e9", 'title = "', '"'),
        "toml-open": again("a = "),
    }.items():
        yield f"front-{name}", Shape("page.md", matter(make, "+++\n", "\n+++\n"))
    for name, make in {
        "json-keys": counted('"key@": "tea",\n', "", '"a": 1'),
        "json-nested": lambda size: '"a": ' + nested("[", "]", "1")(size - 5),
        "json-long": again("tea cures ", '"title": "', '"'),
        "json-escapes": again("\\u00e9", '"title": "', '"'),
        "json-list": again('"tea",', '"tags": [', '"a"]'),
        "json-open": again('{"a": '),
    }.items():
        yield f"front-{name}", Shape("page.md", matter(make, "{\n", "\n}\n"))


def suppressions() -> Iterator[tuple[str, Shape]]:
    """Comments that silence rules."""
    claim = "Tea cures pain.\n"
    for name, make in {
        "next-line": again(f"<!-- acu-lint-disable-next-line claims -->\n{claim}\n"),
        "next-line-unused": again("<!-- acu-lint-disable-next-line claims -->\nTea.\n\n"),
        "next-line-blank": again("<!-- acu-lint-disable-next-line claims -->\n\n\n\n"),
        "next-line-all-blank": lambda size: (
            again("<!-- acu-lint-disable-next-line claims -->")(size // 2) + "\n" * (size // 2)
        ),
        "next-line-blank-between": lambda size: (
            again("<!-- acu-lint-disable-next-line claims --> <!--\n-->")(size // 2) + "\n" * (size // 2)
        ),
        "line": again("Tea cures pain. <!-- acu-lint-disable-line claims -->\n\n"),
        "same-line": again("Tea cures pain. <!-- acu-lint-disable-line claims --> "),
        "disable-enable": again(f"<!-- acu-lint-disable claims -->\n\n{claim}\n<!-- acu-lint-enable claims -->\n\n"),
        "disable-only": again(f"<!-- acu-lint-disable claims -->\n\n{claim}\n"),
        "disable-all": again(f"<!-- acu-lint-disable -->\n\n{claim}\n"),
        "disable-then-enable": halves("<!-- acu-lint-disable claims -->\n", "<!-- acu-lint-enable seo -->\n"),
        "enable-only": again("<!-- acu-lint-enable claims -->\n"),
        "file": again(f"<!-- acu-lint-disable-file claims/cure -->\n\n{claim}\n"),
        "unknown": counted("<!-- acu-lint-disable tea/cure@ -->\n"),
        "unknown-verb": counted("<!-- acu-lint-disabel@ claims -->\n"),
        "many-names": again("claims, ", "<!-- acu-lint-disable ", "seo -->\n\nTea cures pain.\n"),
        "many-unknown-names": counted("tea@ ", "<!-- acu-lint-disable ", "seo -->\n\nTea cures pain.\n"),
        "many-names-lines": halves("<!-- acu-lint-disable claims citations seo copy -->\n", f"{claim}\n"),
        "long-name": again("a", "<!-- acu-lint-disable ", " -->\n\nTea.\n"),
        "long-verb": again("a", "<!-- acu-lint-", " -->\n\nTea.\n"),
        "reasons": again(f"<!-- acu-lint-disable-next-line claims -- the doctor said so -->\n{claim}\n"),
        "reason-dashes": again(" -- ", "<!-- acu-lint-disable claims", " -->\n\nTea.\n"),
        "reason-spaces": again(" ", "<!-- acu-lint-disable claims ", " -->\n\nTea.\n"),
        "first-half-then-claims": halves("<!-- acu-lint-disable-line seo -->\n", f"{claim}\n"),
    }.items():
        yield f"quiet-{name}", Shape("page.md", make, 'require-reason = ["claims"]\n' if "reason" in name else "")


def templates() -> Iterator[tuple[str, Shape]]:
    """Template tags in Markdown and HTML."""
    units = {
        "liquid-if": "{% if a %}tea{% endif %} ",
        "liquid-value": "tea {{ a }} cures ",
        "liquid-open": "{% if ",
        "liquid-value-open": "{{ a ",
        "liquid-raw-open": "{% raw %} ",
        "liquid-comment": "{% comment %}tea{% endcomment %}\n\n",
        "hugo-shortcode": '{{< a b="c" >}}tea{{< /a >}}\n\n',
        "hugo-open": "{{< a ",
        "hugo-percent": "{{% a %}}tea{{% /a %}} ",
        "nunjucks-comment": "{# tea #} tea ",
        "nunjucks-comment-open": "{# tea ",
        "braces": "{{{ a }}} ",
        "kramdown": "tea\n{:.a}\n\n",
        "kramdown-comment-open": "{::comment} ",
        "own-lines": "{% a %}\n",
    }
    for name, unit in units.items():
        yield f"template-{name}-md", Shape("page.md", again(unit))
    for name, unit in list(units.items())[:11]:
        yield f"template-{name}-html", Shape("page.html", again(f"<p>{unit}"))
    yield (
        "template-bodies-md",
        Shape("page.md", counted("{% raw %}tea @{% endraw %} {{< highlight >}}a{{< /highlight >}} ")),
    )


# What the rules look for, one or more for every family.
TRIGGERS = {
    "cure": "acupuncture cures sciatica",
    "efficacy": "acupuncture relieves back pain",
    "efficacy-hedged": "acupuncture may relieve back pain for some people",
    "not": "acupuncture does not cure sciatica",
    "absolute": "guaranteed results, 100% success",
    "comparative": "the best clinic, better than drugs",
    "coverage": "covered by your insurance, free consultation",
    "condition": "we treat cancer and diabetes with acupuncture",
    "fear": "before it is too late, do you suffer from back pain",
    "mechanism": "acupuncture releases endorphins and boosts the immune system",
    "panacea": "acupuncture treats everything from pain to infertility",
    "promise": "instant and lasting relief in one session",
    "replaces": "stop taking your medication and use acupuncture instead of surgery",
    "safety": "it is completely safe with no side effects",
    "testimonial": "“It cured my pain,” says Anna, a patient of ours",
    "tradition": "used for thousands of years in ancient China",
    "studies-show": "studies show that it works",
    "study-named": "a 2019 study in the Journal of Pain by Smith et al. found it",
    "authority": "the World Health Organization says so",
    "statistic": "90% of patients and 1 in 3 adults felt better",
    "overstated": "it is clinically proven and scientifically proven in mice",
    "author-year": "(Smith et al., 2019; Li & Ho, 2020)",
    "marker": "tea [1, 2] [3-9]",
    "doi": "doi:10.1000/xyz123 10.1234/abc",
    "pmid": "PMID: 12345678 PMCID: PMC123456",
    "isbn": "ISBN 978-3-16-148410-0",
    "nct": "NCT01234567 trial",
    "dates": "12 March 2019, 2019-03-12, March 2019",
    "percent": "12.5% 40 %",
    "p-value": "p < 0.05, n = 100",
    "query": "acupuncture for back pain near me",
    "query-city": "acupuncture London, acupuncture Leeds, acupuncture York",
    "places": "in London, Leeds, York, Bath, Hull and Derby",
    "puffery": "world-class, cutting-edge and holistic",
    "boilerplate": "in today's fast-paced world, it is important to note",
    "clickbait": "you won't believe this one weird trick",
    "placeholder": "lorem ipsum dolor sit amet [insert name here] TODO",
    "residue": "As an AI language model, I cannot; Regenerate response",
    "jargon": "nociceptive neuropathy and myofascial dysfunction",
    "complex": "utilize and facilitate prior to commencement",
    "passive": "the needles were inserted and the pain was relieved by them",
    "credential": "our experts and leading specialists",
    "reviewed": "reviewed by Dr. Ada Lind, MD",
    "risk": "side effects include bleeding; see your doctor",
    "disclaimer": "this is no medical advice; ask your doctor",
    "affiliate": "buy here with our affiliate link for $49.99",
    "pronoun": "it helps; it eases them; this works",
    "which": "which helps those who have pain which lasts",
    "and": "and or but so",
    "because": "because it works, that is why",
    "if": "if you have pain when you walk",
    "list": "pain, stress, anxiety, insomnia, infertility",
    "supplement": "turmeric capsules relieve joint pain",
    "known": "vitamin C prevents colds, ginkgo prevents dementia",
    "names": "Dr. Li of Harvard University, Ms. Ho of Oxford",
}  # fmt: skip


def triggers() -> Iterator[tuple[str, Shape]]:
    """What rules look for, thousands of times in one sentence, one paragraph, many paragraphs."""
    for name, words in TRIGGERS.items():
        yield f"sentence-{name}", Shape("page.md", again(f"{words} "))
        yield f"paragraph-{name}", Shape("page.md", again(f"{words[0].upper()}{words[1:]}. "))
        yield f"paragraphs-{name}", Shape("page.md", again(f"{words[0].upper()}{words[1:]}.\n\n"))
    for name, words in list(TRIGGERS.items())[:32:3]:
        yield f"items-{name}", Shape("page.md", again(f"- {words}\n"))
        yield f"headings-{name}", Shape("page.md", again(f"## {words}\n\n"))
    yield from _surrounded()
    linked = "".join(f"{words[0].upper()}{words[1:]} [{words}](https://a.example/@). " for words in TRIGGERS.values())
    yield "links-every-trigger", Shape("page.md", counted(linked))
    every = ". ".join(f"{words[0].upper()}{words[1:]}" for words in TRIGGERS.values())
    yield "paragraph-every-trigger", Shape("page.md", again(f"{every}. "))
    yield "paragraphs-every-trigger", Shape("page.md", again(every.replace(". ", ".\n\n") + ".\n\n"))
    yield "sentence-every-trigger", Shape("page.md", again(" ".join(TRIGGERS.values()) + " "))
    yield "html-every-trigger", Shape("page.html", again("<p>" + every.replace(". ", ".</p><p>") + ".</p>"))


def _surrounded() -> Iterator[tuple[str, Shape]]:
    """A long title, heading, lead or alternative text, and then thousands of triggers that may look back at it."""
    every = [f"{words[0].upper()}{words[1:]}." for words in TRIGGERS.values()]
    for name, line in {"paragraphs": "{}\n\n", "items": "- {}\n", "cells": "| {} | a |\n"}.items():
        body = again("".join(line.format(words) for words in every))
        table = "| a | b |\n|---|---|\n" if name == "cells" else ""
        for above, front in {
            "title": matter(again("tea and trees ", "title: ")), "heading": again("tea and trees ", "## "),
            "lead": again("tea and trees ", "", ":"), "sentences": again("Tea and trees. "),
        }.items():  # fmt: skip
            yield f"{above}-above-{name}", Shape("page.md", _under(front, table, body))


def _under(head: Callable[[int], str], middle: str, body: Callable[[int], str]) -> Callable[[int], str]:
    return lambda size: head(size // 2) + "\n\n" + middle + body(size // 2)


def sources() -> Iterator[tuple[str, Shape]]:
    """Citations, markers, lists of references."""
    entry = "@. Li A, Ho B. Tea and pain. J Pain. 2019;12(3):1-9. doi:10.1000/a@\n"
    for name, make in {
        "entries": counted(entry, "# Tea\n\nTea helps [1].\n\n## References\n\n"),
        "entries-unused": counted("@. Li A. Tea.\n", "# Tea\n\n## References\n\n"),
        "entries-same": again("- Li A. Tea. 2019. https://doi.org/10.1000/a\n", "# Tea\n\n## References\n\n"),
        "entries-in-one": counted("[@] Li A. Tea. 2019; ", "# Tea\n\n## References\n\n"),
        "markers": counted("tea cures pain [@] "),
        "markers-sentences": counted("Tea cures pain [@]. "),
        "markers-and-entries": lambda size: (
            counted("Tea cures pain [@]. ")(size // 2) + "\n\n## References\n\n" + counted(entry)(size // 2)
        ),
        "marker-range": counted("tea [@-99999] "),
        "marker-list": counted("@, ", "tea [", "1]"),
        "author-years": counted("Tea cures pain (Li@, 2019). "),
        "author-year-long": counted("Li@, 2019; ", "Tea cures pain (", "Ho, 2020)."),
        "author-years-and-entries": lambda size: (
            counted("Tea cures (Li@, 2019). ")(size // 2)
            + "\n\n## References\n\n"
            + counted("- Li@ A. Tea. 2019.\n")(size // 2)
        ),
        "dois": counted("https://doi.org/10.1000/a@ "),
        "dois-broken": again("10.1000/"),
        "doi-long": again("a", "doi:10.1000/"),
        "isbns": counted("ISBN 978316148410@ "),
        "links-pubmed": counted("[Li 2019](https://pubmed.ncbi.nlm.nih.gov/@) "),
        "links-acronyms": lambda size: "".join(
            f"The {_acronym(n)} is [warm](https://a.example/{n}). " for n in range(size // 46)
        ),
        "links-declared": lambda size: (
            matter(counted("- https://a.example/@\n", "sources:\n"))(size // 2)
            + counted("[Li](https://a.example/@). ")(size // 2)
        ),
        "links-sources-claims": counted("Tea cures pain ([Li](https://a.example/@)). "),
        "superscripts": counted("Tea cures pain<sup>@</sup>. "),
        "footnotes-claims": counted("Tea cures pain.[^@] ", tail="\n\n[^1]: Li 2019.\n"),
        "footnotes-claims-and-notes": lambda size: (
            counted("Tea cures pain.[^@] ")(size // 2) + "\n\n" + counted("[^@]: Li 2019.\n\n")(size // 2)
        ),
        "fragments": counted("[a](#a@) "),
        "fragments-headings": counted("## Tea @\n\n[a](#tea-@)\n\n"),
        "reference-headings": again("## References\n\nLi 2019.\n\n"),
        "years": again("1999 2026 "),
        "numbers-one-in": again("one in three, two out of five, half of "),
    }.items():
        yield f"source-{name}", Shape("page.md", make)


def project() -> Iterator[tuple[str, Shape]]:
    """The words of a project, with hits by the thousand in one block."""
    reject = '[vocabulary]\nreject = ["tea"]\n'
    texts = {"sentence": "tea cures pain and ", "sentences": "Tea cures pain. ", "lines": "Tea cures pain.\n"}
    for name, unit in texts.items():
        yield f"words-reject-{name}", Shape("page.md", again(unit), reject)
        yield f"words-accept-{name}", Shape("page.md", again(unit), '[vocabulary]\naccept = ["tea cures pain"]\n')
        yield f"words-approved-{name}", Shape("page.md", again(unit), *_approved("Tea cures pain", "2999-01-01"))
        yield f"words-expired-{name}", Shape("page.md", again(unit), *_approved("Tea cures pain", "2020-01-01"))
    yield "words-reject-title", Shape("page.md", matter(again("tea cures ", "title: ")), reject)
    yield "words-reject-folded-title", Shape("page.md", matter(again("  tea cures\n", "title: >\n")), reject)
    yield "words-reject-alt", Shape("page.html", again('<img src=a alt="tea cures pain">'), reject)
    yield "words-reject-entities", Shape("page.html", again("<p>tea &amp; tea"), reject)
    yield "words-reject-no-spaces", Shape("page.md", again("tea-"), reject)
    yield "words-reject-soft-lines", Shape("page.md", again("tea cures\n"), reject)
    yield "words-reject-returns", Shape("page.md", again("tea cures\r"), reject)
    yield "words-reject-emoji", Shape("page.md", again("tea 😀 "), reject)
    yield (
        "words-reject-accept",
        Shape("page.md", again("tea is warm. "), '[vocabulary]\nreject = ["tea"]\naccept = ["tea is warm"]\n'),
    )
    long = " ".join(["tea"] * 200)
    yield "words-reject-long-phrase", Shape("page.md", again("tea "), f'[vocabulary]\nreject = ["{long} x"]\n')
    yield (
        "words-accept-long-phrase",
        Shape("page.md", again("tea "), f'[vocabulary]\naccept = ["{long}"]\nreject = ["tea"]\n'),
    )
    yield "words-approved-long", Shape("page.md", again("tea "), *_approved(f"{long} x", "2999-01-01"))
    yield (
        "words-approved-spaces",
        Shape("page.txt", again("tea  \t cures  "), *_approved("tea cures tea", "2999-01-01")),
    )
    yield "words-keyphrase", Shape("page.md", again("tea cures pain. "), '[vocabulary]\nkeyphrase = "tea cures pain"\n')
    yield (
        "words-conditions",
        Shape(
            "page.md",
            again("tea cures moon fever. "),
            '[vocabulary]\nconditions = ["moon fever"]\ninterventions = ["tea"]\n',
        ),
    )
    yield "words-brands", Shape("page.md", again("Nervo-Calm cures pain. "), '[vocabulary]\nbrands = ["Nervo-Calm"]\n')


def _approved(text: str, expires: str) -> tuple[str, str]:
    """A configuration with an approved claim, and the file that it names."""
    config = '[vocabulary]\napproved-claims = "approved.yml"\n'
    return config, f'- text: "{text}"\n  reference: A-1\n  expires: {expires}\n'


def repeats() -> Iterator[tuple[str, Shape]]:
    """Pages that repeat themselves, and pages of which the corpus holds near copies."""
    corpus = '[corpus]\ninclude = ["*.md"]\n'
    section = (
        "## Tea at home\n\nA cup of warm tea may help some people who sleep badly. Ask your doctor when the trouble"
        " lasts for weeks. Nobody knows yet how much of it is needed.\n\n"
    )
    vary = "A cup number @ of warm tea may help some people @ who sleep badly on day @ of the week.\n\n"
    yield "repeat-section", Shape("page.md", again(section))
    yield "repeat-section-varied", Shape("page.md", counted(vary))
    yield "copy-section", Shape("page.md", again(section), corpus, copies=3)
    yield "copy-section-varied", Shape("page.md", counted(vary), corpus, copies=3)
    yield "copy-one-word", Shape("page.md", again("tea "), corpus, copies=3)
    yield "copy-words", Shape("page.md", counted("tea@ "), corpus, copies=3)
    yield "copy-sentences", Shape("page.md", counted("Tea number @ is warm. "), corpus, copies=3)
    yield "copy-lines", Shape("page.md", counted("- Tea number @ is warm and helps\n"), corpus, copies=3)


AREAS = (markdown, mdx, html, plain, front, suppressions, templates, triggers, sources, project, repeats)
SHAPES: dict[str, Shape] = {name: shape for area in AREAS for name, shape in area()}


# --- measuring -----------------------------------------------------------------------------


def slope(points: Sequence[tuple[int, float]]) -> float:
    """The slope of the least-squares line through the logarithms of some points (size, value)."""
    logs = [(math.log(size), math.log(max(value, 1e-9))) for size, value in points]
    if len(logs) < 2:
        return 0.0
    return statistics.linear_regression(*zip(*logs, strict=True)).slope


def measure(name: str) -> Row:
    """Measure a shape in this process: again, up to ``RUNS`` times, while the least times make an offender of it."""
    shape = SHAPES[name]
    row = Row(name, (), 0.0)
    with tempfile.TemporaryDirectory() as place, contextlib.chdir(place):  # files elsewhere are not read
        folder = Path.cwd()
        os.environ["ACU_LINT_CACHE"] = str(folder / "cache")
        (folder / "acu-lint.toml").write_text(shape.config)
        (folder / "approved.yml").write_text(shape.approvals)
        for _ in range(RUNS):
            points = tuple(_points(folder, shape))
            least = map(min, points, row.points) if row.points else points
            row = Row(name, tuple(least), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT / 1e6)
            if not row.offends or points[-1].seconds > HOPELESS:
                break
    return row


def _points(folder: Path, shape: Shape) -> Iterator[Point]:
    """Measure a shape once at each size, as long as that is no hopeless case."""
    for size in SIZES:
        point = _point(folder, shape, size)
        yield point
        if point.seconds > HOPELESS:
            break


_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes in which the system counts memory


def _warm_up(folder: Path) -> None:
    """Load what is loaded when it is first needed."""
    words = ". ".join(f"{words[0].upper()}{words[1:]}" for words in TRIGGERS.values())
    for name in ("warm.md", "warm.mdx", "warm.html", "warm.txt"):
        file = folder / name
        file.write_text(f"---\ntitle: Tea\n---\n\n# Tea\n\n{words}.\n", encoding="utf-8")
        run(_session(folder), [str(file)])
        file.unlink()


def _session(folder: Path) -> Session:
    """A session with every rule, also those that are off by default."""
    return Session(Options(config=folder / "acu-lint.toml", command_line={"select": ["all", *OFF]}))


def _point(folder: Path, shape: Shape, size: int) -> Point:
    """Check a text of one size."""
    text = shape.make(size)
    file = folder / shape.file
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    for number in range(shape.copies):
        (folder / f"copy-{number}.md").write_text(text.replace("warm", f"hot{number}"), encoding="utf-8")
    session = _session(folder)
    session.engine_for(str(file))
    for _ in range(1 + bool(shape.copies)):  # the first check of a corpus makes its index
        gc.unfreeze()
        gc.collect()
        started = time.process_time()
        result = run(session, [str(file)])
        seconds = time.process_time() - started
    if result.skipped:
        raise SystemExit(f"{shape.file} was skipped: {result.skipped[0].reason}")
    output = sum(len(line.encode("utf-8", "replace")) + 1 for line in lines(result))
    return Point(size, seconds, output, len(result.findings))


def measured(names: Sequence[str]) -> Iterator[Row]:
    """Measure shapes, each in a process of its own that starts with all loaded."""
    with tempfile.TemporaryDirectory() as place, contextlib.chdir(place):
        (Path(place) / "acu-lint.toml").touch()
        _warm_up(Path(place))
    with multiprocessing.get_context("fork").Pool(1, maxtasksperchild=1) as pool:
        yield from pool.imap(measure, names, chunksize=1)


# --- printing ------------------------------------------------------------------------------

COLUMNS = (
    "shape", *(f"{size // 1000} KB" for size in SIZES), "exponent", "findings", "JSON", "its exponent", "memory"
)  # fmt: skip
HEAD = f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}"


def shown(row: Row) -> str:
    """A row of the table."""
    times = [f"{point.seconds * 1000:.0f} ms" for point in row.points]
    times += ["-"] * (len(SIZES) - len(times))
    last = row.points[-1] if row.points else Point(0, 0.0, 0, 0)
    cells = [
        f"`{row.name}`", *times, f"{row.time_exponent:.2f}", f"{last.findings:,}", f"{last.output / 1000:,.0f} KB",
        f"{row.output_exponent:.2f}" if row.points else "-", f"{row.memory:.0f} MB",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def report(names: Sequence[str], worst: int) -> bool:
    """Print the rows and the offenders; returns whether there are none."""
    rows = []
    print(HEAD)
    for row in measured(names):
        rows.append(row)
        if not worst:
            print(shown(row), flush=True)
    for row in sorted(rows, key=lambda row: -row.time_exponent)[:worst]:
        print(shown(row))
    offenders = [row for row in rows if row.offends]
    print(f"\n{len(rows)} shapes, {len(offenders)} of them beyond {EXPONENT} or {MEGABYTES} MB")
    for row in offenders:
        print(shown(row))
    return not offenders


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shape", action="append", default=[], help="a shape, or a part of its name")
    parser.add_argument("--worst", type=int, default=0, help="print the worst rows only")
    given = parser.parse_args()
    known = [name for name in given.shape if name in SHAPES]
    found = [name for name in SHAPES if not given.shape or any(part in name for part in given.shape)]
    raise SystemExit(not report(known if given.shape and known == given.shape else found, given.worst))


if __name__ == "__main__":
    main()
