"""Plain text, front matter, suppressions and templates."""

from __future__ import annotations

import math
from collections.abc import Iterator

from shapes.shape import Shape, acronym, again, counted, growing, halves, matter, nested


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
        "acronyms-many": lambda size: " ".join(acronym(n) for n in range(size // 5)),
        "acronyms-sentences": lambda size: "".join(f"The {acronym(n)} clinic is warm. " for n in range(size // 25)),
        "acronyms-paragraphs": lambda size: "".join(f"The {acronym(n)} clinic is warm.\n\n" for n in range(size // 26)),
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
