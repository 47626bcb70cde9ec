"""What a page itself says about the generator that it is written for.

It is a hint: text is read with the marks of all generators all the same, since a wrong guess would hide some of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from acu_lint.document.document import Document
from acu_lint.document.flavour import Flavour
from acu_lint.document.measure import measure

_READ = 200_000  # code points of a page in which signs are looked for
_FENCE = re.compile(r"[ \t]{0,9}(`{3,}|~{3,})")

# What a line holds that only one generator knows; the first that is met in this order decides.
_SIGNS = {
    Flavour.HUGO: r"\{\{[<%]",
    Flavour.JEKYLL: r"\{%-?\s{0,3}(?:post_url|highlight|link|include\s[\w./-]{1,99}\.(?:html|md))\b|\{\{\s?site\.\w",
    Flavour.MKDOCS: r"^[ \t]{0,9}(?:!!!|\?\?\?\+?)[ \t]+[a-z][\w-]*(?:[ \t]|$)|^={3}[!+]?[ \t]+\"|^-{1,2}8<-{1,2}",
    Flavour.PANDOC: r"^:{3,}[ \t]*\{[^}\n]{0,200}\}|\[-?@\w[\w:.-]{0,80}(?:[\];,]|[ \t]p)",
    Flavour.KRAMDOWN: r"\{::?(?:toc|options|nomarkdown|comment)\b|^[ \t]{0,9}\{:[ \t]?[.#\w]",
    Flavour.DOCUSAURUS: r"^:{3,}[ \t]?(?:note|tip|info|warning|danger|caution|important|details)\b",
    Flavour.OBSIDIAN: r"\[\[(?!_?toc)[^\W\d_][^\[\]\n]{1,200}\]\](?!\()|^>[ \t]?\[!\w{1,40}\][+-]|^%%|%%$",
}
# Others know these marks too, and make other anchors: Jekyll and Python-Markdown "{: .class}", wikis "[[page]]".
_SHARED = frozenset({Flavour.KRAMDOWN, Flavour.OBSIDIAN})


@cache
def _compiled() -> Mapping[Flavour, re.Pattern[str]]:
    """The signs, compiled when a page is first asked."""
    return {flavour: re.compile(pattern, re.IGNORECASE) for flavour, pattern in _SIGNS.items()}


class Hint(NamedTuple):
    """The generator that a page hints at, and by what."""

    flavour: Flavour
    sign: str


@measure
def page_flavour(doc: Document) -> Hint | None:
    """The generator whose marks a Markdown page has, or None: it has no marks of one alone."""
    if doc.format not in {"markdown", "mdx"}:
        return None
    found: dict[Flavour, str] = {}
    for number, line in _lines(doc.source.text[:_READ]):
        for flavour, pattern in _compiled().items():
            if flavour not in found and (match := pattern.search(line)):
                found[flavour] = f"'{match.group().strip()}' in line {number}"
    layout = doc.meta.data.get("layout")
    if "permalink" in doc.meta.data and isinstance(layout, str) and "." not in layout:
        found.setdefault(Flavour.JEKYLL, "'layout' and 'permalink'")
    if doc.source.text.startswith("% "):
        found.setdefault(Flavour.PANDOC, "'%' in line 1")
    return next((Hint(flavour, found[flavour]) for flavour in _SIGNS if flavour in found), None)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text outside of fenced code, with their numbers."""
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence):
            fence = ""
        elif not fence:
            yield number, line.rstrip("\r")


@measure
def anchor_flavour(doc: Document) -> Flavour:
    """The generator that makes the anchors of a page: as its project says, else as the page hints, else ``ANY``."""
    if doc.anchors is not None:
        return doc.anchors
    if doc.flavour is not Flavour.ANY:
        return doc.flavour
    hint = page_flavour(doc)
    if hint is None:
        return Flavour.DOCUSAURUS if doc.format == "mdx" else Flavour.ANY  # MDX is rendered with github-slugger
    return Flavour.ANY if hint.flavour in _SHARED else hint.flavour
