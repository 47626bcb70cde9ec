"""Files that are no articles, told by what stands in them: redirects, layouts, entries without a text, drafts."""

from __future__ import annotations

import re
from pathlib import PurePath

from acu_lint.document.document import META, Document
from acu_lint.document.publication import plain_key, publication
from acu_lint.project.file_kinds import Kind, NoArticle

_STUB = 100  # words: more than a page has that only sends its readers on
_LAYOUT = 150  # words that a layout may have around its slot, such as the footer of a site
_PARTIAL = 40  # words of a header or a menu


def why_left_out(doc: Document, name: str, *, is_included: bool, skip_drafts: bool) -> NoArticle | None:
    """Why a document is not linted.

    ``name`` is its path in the project. It ``is_included`` where the configuration says that it is an article, whatever
    it looks like; drafts are left out where it says so.
    """
    return (draft(name, doc) if skip_drafts else None) or (None if is_included else by_text(doc))


def by_text(doc: Document) -> NoArticle | None:
    """What a document is, if no article; drafts are articles here."""
    return _redirect(doc) or _template(doc) or _data(doc) or _list(doc) or _licence(doc)


def _words(doc: Document) -> int:
    """How many words a reader of the page sees, its title and description not counted."""
    return sum([len(block.folded) for block in doc.blocks if block.kind not in META])


# --- redirects

_AT_ONCE = re.compile(r"\s*0*(?:\.\d*)?\s*[;,]")  # no second passes before the other page is shown
_BY_SCRIPT = re.compile(r"\blocation(?:\.replace\(|(?:\.href)?\s{0,9}=)\s{0,9}[\"'](?!mailto:)")
_BY_TAG = re.compile(
    r"<meta\s[^>]{0,99}http-equiv\s{0,9}=\s{0,9}[\"']?refresh\b|<Redirect\s[^>]{0,99}\bto=", re.IGNORECASE
)
_STUB_OF_SCRIPT = 30  # words
_SHORTEST_PAGE = 2000  # characters: a page with less that has such a script has nothing else


def _redirect(doc: Document) -> NoArticle | None:
    refresh = doc.meta.data.get("redirect") if doc.format == "html" else None
    if isinstance(refresh, str) and (_AT_ONCE.match(refresh) or _words(doc) < _STUB):
        return NoArticle(Kind.REDIRECT, "the page sends its readers on")
    if publication(doc.meta).new or _has_layout_of_redirects(doc):
        return NoArticle(Kind.REDIRECT, "its front matter sends readers on") if _words(doc) < _STUB else None
    if doc.format != "text" and len(doc.source.text) < _SHORTEST_PAGE and _words(doc) < _STUB_OF_SCRIPT:
        sent = (_BY_SCRIPT if doc.format == "html" else _BY_TAG).search(doc.source.text)
        return NoArticle(Kind.REDIRECT, "it does nothing but send its readers on") if sent else None
    return None


def _has_layout_of_redirects(doc: Document) -> bool:
    """Whether front matter says that a page is one that sends readers on (jekyll-redirect-layout)."""
    kinds = (value for key, value in doc.meta.data.items() if plain_key(key) in {"layout", "type", "template"})
    return any(isinstance(kind, str) and kind.lower() in {"redirect", "redirected"} for kind in kinds)


# --- templates

# Where a layout puts the text of a page: Liquid, Jinja and Nunjucks, Go, Handlebars.
_SLOT = re.compile(
    r"\{\{[{~-]?\s{0,9}(?:\.?content|contents|body|yield|page\.content|post\.content|article\.content)\b"
    r"|\{\{-?\s{0,9}block\s+\"(?:main|content|body)\""
    r"|\{%-?\s{0,9}block\s{1,9}(?:main|content|body)\s{0,9}-?%\}\s{0,99}\{%-?\s{0,9}endblock",
    re.IGNORECASE,
)
_TAG = re.compile(r"\{\{|\{%")
# What a new page is made from: an archetype of Hugo, a note of Obsidian's templates or of Templater.
_SKELETON = re.compile(
    r"\{\{-?\s{0,9}(?:replace\s{1,9})?\.(?:Name|Date|File|TranslationBaseName)\b"
    r"|\{\{\s?(?:title|date|time)(?::[^}\n]{0,40})?\s?\}\}"
    r"|<%[*+-]?\s{0,9}tp\."
)
_HEAD = 2000  # characters


def _template(doc: Document) -> NoArticle | None:
    text = doc.source.text
    if doc.format == "html" and _TAG.search(text):
        if _SLOT.search(text) and _words(doc) < _LAYOUT:
            return NoArticle(Kind.TEMPLATE, "a layout: it has a place for the text of a page")
        if _words(doc) < _PARTIAL and not _has_title(doc):
            return NoArticle(Kind.TEMPLATE, "a part of pages: it has template tags, hardly a word and no title")
    elif doc.format != "text" and _SKELETON.search(text, 0, _HEAD) and _words(doc) < _PARTIAL:
        return NoArticle(Kind.TEMPLATE, "new pages are made from it")
    return None


def _has_title(doc: Document) -> bool:
    """Whether a page says its title itself, instead of taking it from elsewhere."""
    return any(
        block.kind == "title" and not _TAG.search(doc.source.text, *block.span()) and block.words
        for block in doc.blocks
    )


# --- entries and lists

_FENCES = {"yaml": ("---", "..."), "toml": ("+++",), "json": ("}", ";;;")}
_OF_A_PAGE = {"layout", "permalink", "slug", "url", "path", "menu", "type", "template", "seo", "sections", "blocks"}
_INDEXES = {"index", "_index", "home", "readme"}
_LINE = re.compile(r"[^\r\n]+")
_STATUS = re.compile(r"\d{3}!?")  # of a redirect
_BETWEEN = {
    "->",
    "=>",
    "→",
    "\ufeff",
    "Redirect",
    "RedirectPermanent",
    "rewrite",
    "permanent;",
    "permanent",
    "redirect;",
}


def _data(doc: Document) -> NoArticle | None:
    """Front matter and nothing below it, which is no front page of a folder and has no data of a page."""
    fences = _FENCES.get(doc.meta.format)
    if not fences or doc.problems or any(block.kind not in {"title"} for block in doc.blocks):
        return None
    is_page = not _OF_A_PAGE.isdisjoint(map(plain_key, doc.meta.data)) or PurePath(doc.path).stem.lower() in _INDEXES
    lines = doc.source.text.rstrip().split("\n")
    ends = lines[-1].strip() in fences and (doc.meta.format == "json" or _fences(lines, fences) == 2)
    return NoArticle(Kind.DATA, "it has front matter and no text") if ends and not is_page else None


def _fences(lines: list[str], fences: tuple[str, ...]) -> int:
    return sum(line.strip("\ufeff \t\r") in fences for line in lines)


def _list(doc: Document) -> NoArticle | None:
    if doc.format != "text":
        return None
    found = False
    for line in _LINE.finditer(doc.source.text):
        words = [word for word in line[0].split() if word not in _BETWEEN]
        if words and not words[0].startswith("#"):
            if not _is_address_line(words):
                return None
            found = True
    return NoArticle(Kind.LIST, "each line is an address or a path") if found else None


def _is_address_line(words: list[str]) -> bool:
    """Whether a line is an address, or an old one with a new one and perhaps a status."""
    addresses = [word for word in words if not _STATUS.fullmatch(word)]
    return 0 < len(addresses) <= 2 and all("/" in word for word in addresses)


_TITLE_OF_LICENCE = re.compile(
    r"[\ufeff\s#]{0,99}(?:the\s)?(?:mit licen[cs]e|apache licen[cs]e|bsd [234]-clause|isc licen[cs]e"
    r"|gnu (?:lesser |affero )?general public licen[cs]e|mozilla public licen[cs]e|sil open font licen[cs]e)\b",
    re.IGNORECASE,
)


def _licence(doc: Document) -> NoArticle | None:
    is_note = doc.format in {"markdown", "text"} and _TITLE_OF_LICENCE.match(doc.source.text)
    return NoArticle(Kind.LICENCE, "it begins with the name of one") if is_note else None


# --- drafts


def draft(name: str, doc: Document) -> NoArticle | None:
    """Whether a document is not published yet, as some generator says it; ``name`` is its path in the project.

    A date in the future is none of these: such an article goes out without anybody looking at it again.
    """
    path = PurePath(name)
    if "_drafts" in path.parts[:-1]:
        return NoArticle(Kind.DRAFT, "it is in _drafts/ ('skip-drafts' is on)")
    if path.stem.lower().endswith(".draft"):
        return NoArticle(Kind.DRAFT, "its name says so ('skip-drafts' is on)")
    if key := publication(doc.meta).draft:
        return NoArticle(Kind.DRAFT, f"'{key}' in its front matter says so ('skip-drafts' is on)")
    return None
