"""The anchors that generators make of headings, each in its way.

Made after github-slugger 2.0.0, Python-Markdown 3.11.3, pymdown-extensions 13.1.2, kramdown 2.4.0 with its GFM
parser 1.1.0, Hugo 0.168.0 and Pandoc 3.9, with whose answers the tests compare; those of VitePress, Hexo and
markdown-it-anchor after their sources.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from acu_lint_rules.analysis.text.patterns import lazy

_WORD = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "Pc"})
_LETTERS = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo"})
_NOT_ASCII = lazy(r"[^a-z0-9_ \t-]")
_NOT_ALPHANUMERIC = lazy(r"[^a-zA-Z0-9 -]")
_NO_LETTERS = lazy(r"\A[^a-zA-Z]+")
_NOT_WORD = lazy(r"[^\w\s-]")
_GAPS = lazy(r"[-\s]+")
_DASHES = lazy(r"-{2,3}")
_SPECIAL = lazy(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'“”‘’<>,.?/]+")
_OBSIDIAN = lazy(r"[!\"#$%&()*+,.:;<=>?@^`{|}~/\[\]\\\s]+")


def github(text: str) -> str:
    """GitHub, Docusaurus, Astro, Gatsby and MDX: signs go, each space is a hyphen."""
    return _kept(text.lower(), _WORD).replace(" ", "-")


def kramdown(text: str) -> str:
    """Make an anchor as kramdown does: ASCII alone, from the first letter on."""
    kept = _NOT_ALPHANUMERIC.sub("", _NO_LETTERS.sub("", text))
    return kept.replace(" ", "-").lower() or "section"


def jekyll(text: str) -> str:
    """Make an anchor as kramdown's GFM parser does: dashes typed as hyphens have become signs, which go."""
    return github(_DASHES.sub("", text)) or "section"


def python_markdown(text: str) -> str:
    """Make an anchor as the extension "toc" does: accents go, and all that is not ASCII."""
    return python_markdown_unicode(unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode())


def python_markdown_unicode(text: str) -> str:
    """Make an anchor as "toc" does with ``slugify_unicode``."""
    return _GAPS.sub("-", _NOT_WORD.sub("", text).strip().lower())


def pymdown(text: str) -> str:
    """Make an anchor as ``pymdownx.slugs.slugify(case="lower")`` does, as many sites of MkDocs want it."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFC", text).lower()).replace(" ", "-")


def hugo(text: str) -> str:
    """Make an anchor as Hugo does: as GitHub, but marks go, and dashes typed as hyphens."""
    kept = _kept(_DASHES.sub("", text).lower(), _LETTERS | {"Nd"})
    return kept.replace(" ", "-") or "heading"


def hugo_ascii(text: str) -> str:
    """Make an anchor as Hugo's "github-ascii" does."""
    return hugo(unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode())


def blackfriday(text: str) -> str:
    """Make an anchor as Hugo's "blackfriday" does: what stands between letters and digits is one hyphen."""
    spaced = (sign if sign.isalnum() else " " for sign in text.lower())
    return "-".join("".join(spaced).split()) or "heading"


def pandoc(text: str) -> str:
    """Make an anchor as Pandoc, Quarto and bookdown do: full stops stay, and it begins with a letter."""
    plain = _DASHES.sub("", text.replace("...", "")).lower()
    kept = "-".join("".join(sign for sign in plain if sign.isalnum() or sign in "_-." or sign.isspace()).split())
    first = next((at for at, sign in enumerate(kept) if sign.isalpha()), len(kept))
    return kept[first:] or "section"


def vitepress(text: str) -> str:
    """Make an anchor as VitePress does."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    joined = _SPECIAL.sub("-", plain).strip("-").lower()
    return f"_{joined}" if joined[:1].isdecimal() else joined


def hexo(text: str) -> str:
    """Make an anchor as Hexo does, which keeps capitals."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return _SPECIAL.sub("-", plain).strip("-")


def markdown_it(text: str) -> str:
    """Make an anchor as markdown-it-anchor does: signs stay (Eleventy)."""
    return "-".join(text.lower().split())


def obsidian(text: str) -> str:
    """Bring a heading, or a link to one, to the form in which Obsidian compares them."""
    return _OBSIDIAN.sub(" ", text).strip().lower()


def _kept(text: str, categories: frozenset[str]) -> str:
    """A text in small letters without what is of other categories; spaces, hyphens and low lines stay."""
    if text.isascii():
        return _NOT_ASCII.sub("", text)
    return "".join(sign for sign in text if sign in " -_" or unicodedata.category(sign) in categories)


class Style(NamedTuple):
    """How anchors are made, and what stands between one that is taken and the number that tells the next apart.

    Without ``joint`` equal headings have the same anchor.
    """

    slug: Callable[[str], str]
    joint: str = "-"


def numbered(headings: Iterable[str], style: Style) -> frozenset[str]:
    """The anchors of the headings of a page, in order; of equal ones the second and later have a number."""
    if not style.joint:
        return frozenset(map(style.slug, headings))
    taken: set[str] = set()
    times: dict[str, int] = {}
    for heading in headings:
        base = name = style.slug(heading)
        while name in taken or not name:
            times[base] = times.get(base, 0) + 1
            name = f"{base}{style.joint}{times[base]}"
        taken.add(name)
    return frozenset(taken)


STYLES: Mapping[str, tuple[Style, ...]] = {
    "commonmark": (Style(github),),
    "mkdocs": (Style(python_markdown, "_"),),
    "docusaurus": (Style(github),),
    "hugo": (Style(hugo),),
    "jekyll": (Style(jekyll),),
    "kramdown": (Style(kramdown),),
    "obsidian": (Style(obsidian, ""),),
    "pandoc": (Style(pandoc),),
}
# Where nobody knows the generator, or its configuration may name another way.
OTHERS = (
    Style(python_markdown_unicode, "_"),
    Style(pymdown, "_"),
    Style(hugo_ascii),
    Style(blackfriday),
    Style(vitepress),
    Style(hexo),
    Style(markdown_it),
)
