"""What kind of page a document is: an article, or one that nobody expects an author, a source or a risk on.

The page's own word decides, then structured data, the names of its file and folders, its title, and last its shape.
What speaks for an article wins over a mere name: an article that is lost is worse than a contact page that is not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import PurePath
from typing import Any, NamedTuple

from acu_lint.api import PROSE, Document, Flavour, Link, measure, publication
from acu_lint_rules.analysis.citations.sources import own_hosts
from acu_lint_rules.analysis.page import people
from acu_lint_rules.analysis.page.metadata import pagehead
from acu_lint_rules.analysis.text.lexicon import folded, load, matcher, terms
from acu_lint_rules.analysis.text.patterns import lazy
from acu_lint_rules.analysis.text.templates import has_template


class PageKind(StrEnum):
    """The kinds of pages; ``PAYMENT`` is prices, fees and insurance, ``LAYOUT`` a template that pages are made with."""

    ARTICLE = "article"
    HOME = "home"
    CONTACT = "contact"
    LEGAL = "legal"
    PAYMENT = "payment"
    LISTING = "listing"
    RECIPE = "recipe"
    ABOUT = "about"
    TEAM = "team"
    ERROR = "error"
    PRODUCT = "product"
    LAYOUT = "layout"
    OTHER = "other"


_LIST = "page_kinds"
# Kinds that a name tells whatever the length of the page; a long text called "fees" may be an article about them.
_WORDY = frozenset({PageKind.LEGAL, PageKind.ABOUT, PageKind.TEAM, PageKind.ERROR, PageKind.RECIPE, PageKind.OTHER})
# Kinds that a page may give as its own type though it is an article: a site of one page, a blog without other pages.
_DOUBTED = frozenset({PageKind.HOME, PageKind.LISTING})
_PLAIN = frozenset({PageKind.HOME, PageKind.LEGAL, PageKind.ERROR, PageKind.OTHER})  # nothing else is called so
_KINDS = {kind.value: kind for kind in PageKind}
_KEYS = ("kind", "page_kind", "pageKind", "page-kind")
_INDEX = frozenset({"index", "_index", "default"})
_ROUTED = frozenset({"page", "+page"})  # the file of a page below one of these folders
_ROUTES = frozenset({"app", "routes"})
_DATED = frozenset({"date", "published", "publishdate", "pubdate", "datepublished", "article:published_time"})
_ROOTS = frozenset(
    "content contents docs doc src source pages public app site www html htdocs static web routes views dist".split()
)
_ORDER = re.compile(r"\A(?:\d{4}-\d\d-\d\d-|\d{1,3}[-_. ])(?=\D)")
_MARKS = re.compile(r"\s(?:[|~\-–—·•»›>/]|::)\s|:\s")
_SIGNS = re.compile(r"[\W_]+")
_PRACTICE = re.compile(  # in the part of a title behind a person's name
    r"\b(?:Clinics?|Cent(?:er|re)|Practice|Studio|Institute|Hospital|Spa|Group|Associates|Foundation|Team|Staff|Bio)"
    r"(?=\Z|,|\s(?:of|in|at)\s|\s\W)"
)
_END = re.compile(r"(?<=.)(?:layout|template|tmpl|view|page)\Z")  # of the name of a layout or component
_DOCTOR = ("dr ", "dr. ", "prof ", "prof. ", "professor ")
_MOST_LETTERS, _LONGEST_LETTERS = 8, 12  # qualifications behind a name, and characters of one
_CAPITALS = 2  # of the letters of a qualification that no stop shortens: "PhD", not "Reed"
_SCHEMA = {
    "ContactPage": PageKind.CONTACT, "AboutPage": PageKind.ABOUT, "CollectionPage": PageKind.LISTING,
    "SearchResultsPage": PageKind.LISTING, "CheckoutPage": PageKind.PAYMENT, "ProfilePage": PageKind.TEAM,
    "Recipe": PageKind.RECIPE, "Product": PageKind.PRODUCT, "Event": PageKind.OTHER, "JobPosting": PageKind.OTHER,
}  # fmt: skip
_ARTICLE_TYPE = re.compile(r"Article\Z|BlogPosting\Z|\AReport\Z")
_SLOT = lazy(
    r"\{\{-?\s?(?:content|\.Content|children|body|content_for_layout)\b"
    r"|\{%-?\s?(?:block\s(?:content|body|main)\b|yield\b)|<%=?\s?yield\b|<slot\b|\{children\}"
)
_ABOUT_WHOM = lazy(r"\A(?:about|meet)\s(?:us|me|our|the\s(?:team|clinic|practice|author|doctor)|dr\.?|doctor)\b", re.I)
_CONTACT_US = lazy(r"\A(?:contact|visit|find|reach|call|book with)\s(?:us|our|me)\b|\Aget in touch\b", re.I)
_ABOUT_NAME = lazy(
    r"\AAbout\s(?:[\w'’&.-]{1,30}\s){0,5}"
    r"(?:Clinic|Cent(?:er|re)|Practice|Studio|Institute|Hospital|Spa|Group|Associates|Foundation|Acupuncture|Wellness)\Z"
)
_REACHABLE = lazy(r"(?:tel|mailto):|<form\b", re.I)
_WE = frozenset("we our us i my me we're we've i'm i've".split())
_SENTENCES = 30  # words of two sentences
_WE_SHARE = 0.02  # of the words of a page in which people speak about themselves
_FEW_WORDS = 150  # of prose on a page that only tells how to reach somebody, or where to read on
_INGREDIENTS = frozenset({"ingredients", "ingredient"})
_STEPS = frozenset("method directions instructions preparation steps procedure".split())
_LONG_RECIPE = 1500  # words; a longer page with a recipe in it is about more than that
_HEADING = 3  # words of the heading above them
_TARGETS = 6  # pages of the site that a listing leads to
_LINKED = 0.35  # share of the words of a listing that are links
_TEASER = 45  # words, at most, of what stands below the heading of a teaser on the average
_RUNNING = 40  # words of a paragraph of running text
_LONG_TEXT = 500  # words of such paragraphs, in which more is told than a name says
_SAID = 8  # words, at least, of a sentence that says something; shorter ones are labels and calls to act
_ADVICE = 400  # words of sentences about health that make an article, where they are half of the page
_MUCH_ADVICE = 1000  # and that make one whatever else is on the page


@measure
def page_kind(doc: Document) -> PageKind:
    """The kind of a page; ``ARTICLE`` where nothing says otherwise.

    ``kind: article`` (or contact, home ...) in front matter decides always. ``type`` and ``layout``, JSON-LD, the
    title, the names of the file and its folder and the share of links are asked in this order.
    """
    return declared_kind(doc) or _typed(doc) or _structured(doc) or _named(doc) or _shaped(doc) or PageKind.ARTICLE


def is_article(doc: Document) -> bool:
    """Whether a page is an article, of which rules may ask an author, sources, risks and a reading grade."""
    return page_kind(doc) is PageKind.ARTICLE


# --- what the page says


def declared_kind(doc: Document) -> PageKind | None:
    """What front matter calls the page (``kind`` or ``page_kind``); None where it names no kind."""
    for key in _KEYS:
        value = doc.meta.data.get(key)
        if isinstance(value, str) and (found := _KINDS.get(value.strip().lower()) or _kind_of(value)):
            return found
    return None


def _typed(doc: Document) -> PageKind | None:
    """What ``type``, ``layout`` and the like say; that of a post says nothing where the page has a recipe's lists."""
    if _is_layout(doc):
        return PageKind.LAYOUT
    if _is_recipe(doc):
        return PageKind.RECIPE
    return _unless_doubted(doc, _kind_of(pagehead(doc).kind))


def _kind_of(value: str) -> PageKind | None:
    """The kind that a type or the name of a layout means (``layouts/ContactPage.astro`` too)."""
    if not value or has_template(value):
        return None
    name = value.replace("\\", "/").rpartition("/")[2].partition(".")[0]
    return _look_up(_types(), _key(name))


def _structured(doc: Document) -> PageKind | None:
    """What the types of JSON-LD say; those of questions, organisations and mere web pages say nothing."""
    types = [name for item in doc.meta.json_ld for name in _schema_types(item)]
    if any(_ARTICLE_TYPE.search(name) for name in types):
        return PageKind.ARTICLE
    return _unless_doubted(doc, next((_SCHEMA[name] for name in types if name in _SCHEMA), None))


def _schema_types(item: Mapping[str, Any]) -> Iterator[str]:
    """The types of an object and of those in its graph."""
    graph = item.get("@graph")
    for each in (item, *(graph if isinstance(graph, list) else ())):
        names = each.get("@type") if isinstance(each, Mapping) else None
        yield from (name for name in (names if isinstance(names, list) else [names]) if isinstance(name, str))


def _is_layout(doc: Document) -> bool:
    """Whether a file is a part or a frame of pages, by its folders or the place it has for their content."""
    if not _folders("in_layout").isdisjoint(part.lower() for part in PurePath(doc.path).parts[-4:-1]):
        return True
    return _is_included(doc) or (doc.format == "html" and _SLOT.search(doc.source.text) is not None)


def _is_included(doc: Document) -> bool:
    """Whether a file is text that other pages include and no page itself, by its name or a folder above it."""
    *folders, name = PurePath(doc.path).parts[-4:]
    if doc.flavour is Flavour.MKDOCS:
        return any(folder.strip("_").lower() == "snippets" for folder in folders)
    if doc.flavour is Flavour.DOCUSAURUS and any(folder.startswith("_") for folder in folders):
        return True
    return (doc.format == "mdx" or doc.flavour is Flavour.DOCUSAURUS) and name.startswith("_") and name[1:6] != "index"


# --- names


class _Name(NamedTuple):
    """What a page is called: its own name and that of the folder it is in, as keys ("" for none)."""

    page: str
    folder: str


def _named(doc: Document) -> PageKind | None:
    """What the title, the folder and the name of the page say, the first of them that the text bears out."""
    title, name = _title(doc), _name(doc)
    found = _titled(doc, title)
    if found and _borne_out(doc, found):
        return found
    if found := _foldered(doc, name.folder):
        return found
    if name.page == "":
        return None if _dated(doc) or _advises(doc) or _runs_on(doc) else PageKind.HOME
    if _END.sub("", name.page) in _folders("landing"):
        return PageKind.HOME if _only_welcomes(doc) else None
    found = _look_up(_names(), name.page)
    if found is None or (_about_health(doc, title, found) and not _speaks_of_us(doc)):
        return None
    return found if _borne_out(doc, found) else None


def _unless_doubted(doc: Document, found: PageKind | None) -> PageKind | None:
    """The kind itself, or None where it is one of those that want a proof and the text has none."""
    return None if found in _DOUBTED and not _borne_out(doc, found) else found


def _borne_out(doc: Document, called: PageKind) -> bool:
    """Whether the text of a page may be of the kind that the page is called."""
    if called is PageKind.LISTING:
        return _leads_on(doc)
    if called is PageKind.HOME:
        return not _advises(doc)
    return called in _WORDY or not (_advises(doc) or _runs_on(doc))


def _name(doc: Document) -> _Name:
    """The names in the address that front matter gives, else those of the path; a page without any is the home page."""
    address = next(iter(publication(doc.meta).addresses), "")
    path = PurePath(doc.path)
    if "/" in address and ":" not in address and not has_template(address):
        path = PurePath(address.strip("/") or "index")
    parts = [part for part in path.parts if not _is_group(part) and part not in {".", "..", "/"}]
    stem = parts[-1].partition(".")[0] if parts else ""
    names = [*parts[:-1], stem]
    if stem.lower() in _INDEX or (stem in _ROUTED and not _ROUTES.isdisjoint(names)):
        names.pop()
        if names and names[-1].lower() in _ROOTS:
            names = []
    page, folder = (names[-1] if names else ""), (names[-2] if len(names) > 1 else "")
    return _Name(_key(_ORDER.sub("", page)), _key(folder))


def _is_group(folder: str) -> bool:
    """Whether a folder of Next.js is no part of an address, as ``(site)``."""
    return folder.startswith("(") and folder.endswith(")")


def _foldered(doc: Document, folder: str) -> PageKind | None:
    """What the folder of a page says."""
    if folder in _folders("in_recipe") and not _INGREDIENTS.isdisjoint(_words(doc)):
        return PageKind.RECIPE
    found = next((kind for section, kind in _FOLDERS.items() if folder in _folders(section)), None)
    return _unless_doubted(doc, found)


def _titled(doc: Document, title: str) -> PageKind | None:
    """What the whole title says, or the first part of it."""
    first, *rest = _MARKS.split(title, maxsplit=1)
    for text in (title, first):
        if found := _names().get(_key(text)):
            return found
        if _ABOUT_WHOM.match(text):
            return PageKind.TEAM if text[:4].lower() == "meet" else PageKind.ABOUT
    if _is_person(first) and all(map(_PRACTICE.search, rest)):  # a site may put its doctor's name before each topic
        return PageKind.TEAM
    return _phrased(doc, title)


def _phrased(doc: Document, title: str) -> PageKind | None:
    """What a part of the title says, where the text bears it out."""
    words = title.lower()
    legal = tuple(terms(_LIST, "legal_phrases"))
    if words.startswith(legal) or words.endswith(legal):
        return PageKind.LEGAL
    if _CONTACT_US.match(title) and _REACHABLE.search(doc.source.text) and len(_words(doc)) < _FEW_WORDS:
        return PageKind.CONTACT
    return PageKind.ABOUT if _ABOUT_NAME.match(title) and _speaks_of_us(doc) else None


def _title(doc: Document) -> str:
    block = doc.title
    return " ".join(block.text.split()) if block else ""


def _is_person(title: str) -> bool:
    """Whether a title is the name of a person with a title or a qualification, and nothing else."""
    if not (title.lower().startswith(_DOCTOR) or people.credential_in(title) or any(map(str.isdigit, title))):
        return False
    named = people.name_at(title, 0)
    if named is None or not people.identifies(named.name) or "'s" in named.name.replace("’", "'"):
        return False
    qualified = (
        named.name.lower().startswith(_DOCTOR) if named.end == len(title.rstrip(".")) else bool(named.credential)
    )
    letters = title[named.end :].replace(",", " ").split()
    return qualified and len(letters) <= _MOST_LETTERS and all(map(_is_letters, letters))


def _is_letters(word: str) -> bool:
    """Whether a word may be letters behind a name: ``L.Ac.``, ``MSc``, ``Dip.``, ``(Hons)``, a full stop."""
    if not any(map(str.isalnum, word)):
        return True
    short = word.endswith((".", ")")) and word[:3] != "Dr."
    return len(word) <= _LONGEST_LETTERS and sum(map(str.isupper, word)) >= (1 if short else _CAPITALS)


def _about_health(doc: Document, title: str, called: PageKind) -> bool:
    """Whether the title names a complaint, or every other sentence of a page "about" something without a title."""
    if called in _PLAIN:
        return False
    if title and doc.title:
        return bool(matcher("conditions").scan(folded(doc)[doc.title.index]))
    words = _words(doc)
    return called is PageKind.ABOUT and _SENTENCES * len(matcher("conditions").scan(words)) > len(words)


def _only_welcomes(doc: Document) -> bool:
    """Whether a page that people land on is short and names no complaint; a longer one is an advertisement."""
    return len(_words(doc)) <= _FEW_WORDS and not any(matcher("conditions").scan(words) for words in folded(doc))


def _speaks_of_us(doc: Document) -> bool:
    words = _words(doc)
    return sum(word in _WE for word in words) >= _WE_SHARE * len(words) > 0


# --- shape


def _shaped(doc: Document) -> PageKind | None:
    """What the blocks and links of a page say: a listing is teasers of other pages of the site."""
    if str(doc.meta.data.get("og:type", "")).lower() == "article" or doc.format == "text":
        return None
    links = _links(doc)
    if len({link.target for link in links}) < _TARGETS:
        return None
    linked = sum(
        doc.blocks[link.block].words.before(link.end) - doc.blocks[link.block].words.before(link.start)
        for link in links
    )
    heads = {link.block for link in links if doc.blocks[link.block].kind == "heading"}
    words = len(_words(doc)) + sum(len(block.folded) for block in doc.blocks if block.kind == "heading")
    if linked >= _LINKED * words or (len(heads) >= _TARGETS and words <= _TEASER * len(heads)):
        return PageKind.LISTING
    return None


def _leads_on(doc: Document) -> bool:
    """Whether a page called a listing is one: it is short, or has a link to the site for every two teasers."""
    return len(_words(doc)) <= max(_FEW_WORDS, 2 * _TEASER * len({link.target for link in _links(doc)}))


def _links(doc: Document) -> list[Link]:
    """The links to pages of the site, also those that give its whole address."""
    hosts = tuple(f"//{www}{host}/" for host in own_hosts(doc) for www in ("", "www."))
    return [
        link for link in doc.links
        if link.kind == "link" and (_within_site(link.target) or any(host in link.target for host in hosts))
    ]  # fmt: skip


def _within_site(target: str) -> bool:
    return not target.startswith(("http:", "https:", "//", "#", "mailto:", "tel:")) and ".pdf" not in target


def _advises(doc: Document) -> bool:
    """Whether a page is advice rather than about those whose page it is, in paragraphs, items or cells alike."""
    advice = _advice(doc)
    return advice >= _MUCH_ADVICE or (advice >= _ADVICE and 2 * advice >= len(_words(doc)))


def _runs_on(doc: Document) -> bool:
    """Whether a page is mostly long paragraphs, as those that tell an address or a price are not."""
    sizes = [len(block.folded) for block in doc.blocks if block.kind == "paragraph"]
    running = sum(size for size in sizes if size >= _RUNNING)
    return running >= _LONG_TEXT and 2 * running >= len(_words(doc))


@measure
def _advice(doc: Document) -> int:
    """The words of sentences in which nobody says "we", "us" or "I"."""
    return sum(
        end - start
        for block, words in zip(doc.blocks, folded(doc), strict=True)
        if block.kind in PROSE
        for start, end in pairwise(block.bounds)
        if end - start >= _SAID and _WE.isdisjoint(words[start:end])
    )


def _dated(doc: Document) -> bool:
    """Whether front matter or the head gives a day of publication, as home pages do not."""
    return any(str(key).lower() in _DATED for key in doc.meta.data)


def _is_recipe(doc: Document) -> bool:
    """Whether front matter has ingredients, or the headings are those of a recipe."""
    if any(str(key).lower() in {"ingredients", "recipe", "recipeingredient"} for key in doc.meta.data):
        return True
    heads = {
        block.folded[:1]
        for block, below in pairwise(doc.blocks)
        if block.kind == "heading" and len(block.folded) <= _HEADING and below.kind != "heading"
    }
    both = any(map(_INGREDIENTS.issuperset, heads)) and any(map(_STEPS.issuperset, heads))
    return both and len(_words(doc)) <= _LONG_RECIPE


@measure
def _words(doc: Document) -> list[str]:
    """The words of prose."""
    return [word for block, own in zip(doc.blocks, folded(doc), strict=True) if block.kind in PROSE for word in own]


# --- the list


_FOLDERS = {
    "in_legal": PageKind.LEGAL, "in_listing": PageKind.LISTING, "in_about": PageKind.ABOUT, "in_team": PageKind.TEAM,
    "in_product": PageKind.PRODUCT, "in_other": PageKind.OTHER,
}  # fmt: skip


def _key(text: str) -> str:
    """A name as it is compared: letters and digits in lower case."""
    return _SIGNS.sub("", text).lower()


def _look_up(table: Mapping[str, PageKind], key: str) -> PageKind | None:
    return table.get(key) or table.get(_END.sub("", key))


@cache
def _types() -> Mapping[str, PageKind]:
    """The values of ``type`` and ``layout`` that mean a kind."""
    sections = load(_LIST)
    return {_key(term): kind for kind in PageKind for term in sections[kind.value]}


@cache
def _names() -> Mapping[str, PageKind]:
    """The names and titles of pages that are no articles."""
    overviews = {_key(term): PageKind.LISTING for term in terms(_LIST, "overview")}
    return overviews | {key: kind for key, kind in _types().items() if kind is not PageKind.ARTICLE}


@cache
def _folders(section: str) -> frozenset[str]:
    named = terms(_LIST, section)
    return frozenset(named) if section == "in_layout" else frozenset(map(_key, named))
