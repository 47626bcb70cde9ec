"""What a page says about itself: author, reviewer, dates, description and the like, each with its place.

Read from front matter, HTML meta tags and microdata, JSON-LD, the text and byline elements, in this order.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, NamedTuple
from unicodedata import east_asian_width

from acu_lint.api import Document, Span, measure, plain_key, publication
from acu_lint_rules.analysis.page import bylines, dates, people
from acu_lint_rules.analysis.page.bylines import Found, PageDate, read_text
from acu_lint_rules.analysis.page.people import Person
from acu_lint_rules.analysis.page.signatures import signature
from acu_lint_rules.analysis.text.templates import has_template


class Value(NamedTuple):
    """A text of front matter or of an HTML head, with its place where it has one."""

    text: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class PageMeta:
    """What a page says about itself.

    ``head_title`` is the title for search results where it differs from the article's. ``description`` is
    None where none is declared and has an empty text where it is declared empty. ``kind`` is the page's
    type or layout in lower case. ``noindex`` and ``draft`` also hold of a page that the site leaves out of its lists.
    ``partial`` marks a fragment that is included elsewhere. ``filled`` names what is there though the file cannot tell
    it: author, reviewer and date that a template puts on the page, and these, title and description where a finding
    about the front matter says that their value cannot be read.
    """

    authors: tuple[Person, ...] = ()
    reviewers: tuple[Person, ...] = ()
    dates: tuple[PageDate, ...] = ()
    head_title: Value | None = None
    description: Value | None = None
    canonical: str = ""
    kind: str = ""
    noindex: bool = False
    draft: bool = False
    partial: bool = False
    evergreen: bool = False
    filled: frozenset[str] = frozenset()


class _Entry(NamedTuple):
    """A value of front matter: its key without case and punctuation, its parent's, its dotted path."""

    key: str
    parent: str
    path: str
    value: Any


@measure
def pagemeta(doc: Document) -> PageMeta:
    """Collect what a page says about itself; never raises for any value of front matter."""
    found = Found()
    for entry in _all_entries(doc):
        _read_entry(doc, entry, found)
    for item in doc.meta.json_ld:
        _read_json_ld(item, found)
    read_text(doc, found)
    if doc.format == "html" and not found.authors:
        _read_byline_tags(doc, found)
    if not found.authors and (signed := signature(doc)):
        found.authors.append(signed)
    if not found.dates:
        _read_file_name(doc, found)
    return replace(
        pagehead(doc),
        authors=tuple(found.authors),
        reviewers=tuple(found.reviewers),
        dates=tuple(found.dates),
        filled=frozenset(found.filled | _unread(doc)),
    )


@measure
def pagehead(doc: Document) -> PageMeta:
    """Collect what front matter or the head of a page says, without people and dates: the text is not read."""
    entries, said = _all_entries(doc), publication(doc.meta)
    return PageMeta(
        head_title=_first(doc, [_retitled(entry) for entry in entries], _HEAD_TITLE_KEYS),
        description=_description(doc, entries),
        canonical=said.canonical,
        kind=(_first(doc, entries, _KIND_KEYS) or Value("", None)).text.lower(),
        noindex=said.noindex or said.unlisted,
        draft=bool(said.draft) or said.unlisted,
        partial=_flag(entries, _PARTIAL_KEYS),
        evergreen=_flag(entries, _EVERGREEN_KEYS),
    )


@measure
def _all_entries(doc: Document) -> Sequence[_Entry]:
    return list(_entries(doc.meta.data))


def width(text: str) -> int:
    """Length of a title or description in characters; those of East Asian scripts are twice as wide."""
    return len(text) + sum(char >= "\u2e80" and east_asian_width(char) in "WF" for char in text)


def _read_file_name(doc: Document, found: Found) -> None:
    """Read the date that site generators take from a file's name (``2026-05-03-moxa.md``)."""
    dated = _DATED_NAME.match(PurePath(doc.path).name)
    when = dates.read(dated[0]) if dated else None
    if dated and when:
        found.dates.append(PageDate("published", when, dated[0], None))


# --- front matter and meta tags

_AUTHOR_KEYS = frozenset(
    "author authors byline writer writers writtenby authorname postauthor articleauthor creator dccreator "
    "parselyauthor citationauthor dctermscreator".split()
)
_REVIEWER_KEYS = frozenset(
    "reviewer reviewers reviewedby medicalreviewer medicallyreviewedby clinicallyreviewedby clinicalreviewer "
    "factcheckedby factchecker medicalreviewers".split()
)
_DATE_KEYS = {
    key: kind
    for kind, keys in {
        "published": (
            "published publishdate pubdate datepublished publishedat publishedon publisheddate publicationdate "
            "articlepublishedtime date created createdat datecreated dcdate dcdateissued posted postedon "
            "postdate publishedtime"
        ),
        "updated": (
            "updated lastmod lastmodified modified modifieddate datemodified updatedat updatedon updateddate "
            "dateupdated lastupdated lastupdate articlemodifiedtime ogupdatedtime modifiedtime dcdatemodified "
            "revised reviseddate revisiondate"
        ),
        "reviewed": (
            "reviewed lastreviewed reviewedat reviewedon reviewdate revieweddate datereviewed lastreviewdate "
            "medicallyreviewed medicallyreviewedon medicalreviewdate clinicallyreviewed factcheckedon"
        ),
    }.items()
    for key in keys.split()
}
# Keys that claim a review where their value is yes: "reviewed: true".
_REVIEW_CLAIMS = frozenset(
    "reviewed medicallyreviewed clinicallyreviewed expertreviewed doctorreviewed professionallyreviewed factchecked "
    "medicalreview clinicalreview expertreview peerreviewed".split()
)
_FILLED_KEYS = {"author": _AUTHOR_KEYS, "reviewer": _REVIEWER_KEYS, "date": frozenset(_DATE_KEYS)}
_AMBIGUOUS = frozenset("date published created posted updated modified author title description".split())
_REVIEW_PARENTS = frozenset("review reviewed medicalreview medicallyreviewed factcheck".split())
_META_PARENTS = frozenset(
    "seo searchengineoptimization meta metadata dates params page article post head opengraph og yoast rankmath "
    "frontmatter attributes".split()
)
_NAME_KEYS = ("name", "title", "fullname", "displayname", "label", "id", "key")
_CREDENTIAL_KEYS = (
    "credentials", "credential", "qualification", "qualifications", "suffix", "honorificsuffix", "jobtitle",
)  # fmt: skip
_HEAD_TITLE_KEYS = ("seotitle", "metatitle", "pagetitle", "headtitle", "titletag", "browsertitle")
_DESCRIPTION_KEYS = (
    "description", "metadescription", "seodescription", "pagedescription", "searchdescription", "excerpt", "summary",
    "ogdescription", "abstract", "teaser", "lead",
)  # fmt: skip
_KIND_KEYS = ("type", "pagetype", "layout", "template", "ogtype", "kind")
_PARTIAL_KEYS = frozenset({"partial", "fragment", "include", "snippet"})
_EVERGREEN_KEYS = frozenset({"evergreen"})
_DATED_NAME = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?=[-_.])")
_UNREAD_KEYS = {
    **_FILLED_KEYS, "title": frozenset({"title", *_HEAD_TITLE_KEYS}), "description": frozenset(_DESCRIPTION_KEYS),
}  # fmt: skip
_KEY_OF_LINE = re.compile(r"[-\"'{ \t]{0,40}+(?P<key>\w[\w .-]{0,60}?)[\"']?[ \t]{0,3}[:=]")
_PROBLEMS = 50  # of which the keys are looked for
_REACH = 4000  # characters above a line among which the key is looked for that it belongs to
_DEPTH = 3  # levels of nested front matter that are read


def _entries(data: Mapping[Any, Any], parent: str = "", path: str = "", depth: int = 1) -> Iterator[_Entry]:
    """Every value of front matter, those of nested mappings (of people: not) included."""
    for key, value in data.items():
        plain = plain_key(key)
        dotted = f"{path}{key}"
        yield _Entry(plain, parent, dotted, value)
        if isinstance(value, Mapping) and depth < _DEPTH and plain not in _AUTHOR_KEYS | _REVIEWER_KEYS:
            yield from _entries(value, plain, f"{dotted}.", depth + 1)


def unsigned_reviews(doc: Document) -> Iterator[Value]:
    """The claims of a review that front matter makes without a name: ``reviewed: true``, as written."""
    for entry in _all_entries(doc):
        if entry.key in _REVIEW_CLAIMS and (not entry.parent or entry.parent in _META_PARENTS) and _is_yes(entry.value):
            yield Value(f"{entry.path}: {str(entry.value).lower()}", doc.meta.spans.get(entry.path))


def _is_yes(value: object) -> bool:
    return value is True or str(value).strip().lower() in {"true", "yes"}


def _read_entry(doc: Document, entry: _Entry, found: Found) -> None:
    key, parent = entry.key.removeprefix("itemprop"), entry.parent
    if parent in _REVIEW_PARENTS:
        if key in {"by", "name", "reviewer"}:
            found.reviewers += _people(doc, entry.path, entry.value)
        elif key in {"date", "on", "at", "last"}:
            _add_date(doc, "reviewed", entry, found)
        return
    if parent and parent not in _META_PARENTS and key in _AMBIGUOUS:
        return
    if isinstance(entry.value, str) and has_template(entry.value):
        found.filled |= {name for name, keys in _FILLED_KEYS.items() if key in keys}
    elif key in _AUTHOR_KEYS:
        found.authors += _people(doc, entry.path, entry.value)
    elif key in _REVIEWER_KEYS:
        found.reviewers += _people(doc, entry.path, entry.value)
    elif key in _DATE_KEYS:
        _add_date(doc, _DATE_KEYS[key], entry, found)


def _add_date(doc: Document, kind: str, entry: _Entry, found: Found) -> None:
    when = dates.read(entry.value)
    if when is not None:
        text = when.first.isoformat() if isinstance(entry.value, datetime.date) else str(entry.value).strip()
        found.dates.append(PageDate(kind, when, text, doc.meta.spans.get(entry.path)))
    elif _is_told(doc, entry):
        found.filled.add("date")


def _unread(doc: Document) -> set[str]:
    """What front matter has, or may have, that cannot be read: a finding of its own says so."""
    if doc.meta.format == "js" or (doc.problems and not doc.meta.data and doc.meta.format not in {"", "html"}):
        return {*_UNREAD_KEYS}
    starts = [problem.span.start for problem in doc.problems[:_PROBLEMS]]
    keys = {plain_key(key) for start in starts for key in _keys_above(doc.source.text, start)}
    return {name for name, known in _UNREAD_KEYS.items() if not known.isdisjoint(keys)}


def _keys_above(text: str, start: int) -> Iterator[str]:
    """The key in the line that begins at an offset, then those that it is nested below, from the inside out."""
    line = text[start : start + _REACH].split("\n", 1)[0]
    indent = _REACH
    for above in reversed([*text[max(0, start - _REACH) : start].splitlines(), line]):
        bare = above.lstrip()
        depth = len(above) - len(bare) + bare.startswith("- ")  # an item stands below a key as far to the left
        if not bare or depth >= indent:
            continue
        indent = depth
        if key := _KEY_OF_LINE.match(bare):
            yield key["key"]
        if not depth:
            return


def _is_told(doc: Document, entry: _Entry) -> bool:
    """Whether a finding about the front matter says already that a value cannot be read."""
    span = doc.meta.spans.get(entry.path)
    return span is not None and any(problem.span.start <= span.start < problem.span.end for problem in doc.problems)


def _people(doc: Document, path: str, value: Any, depth: int = 1) -> Iterator[Person]:
    """The people that a value names: a text, a mapping with a name, or a list of these."""
    if isinstance(value, str):
        text = value.strip()
        if text and "://" not in text and not text.startswith("@"):
            yield Person(text, people.credential_in(text), doc.meta.spans.get(path))
    elif isinstance(value, Mapping):
        yield from _person(doc, path, value)
    elif isinstance(value, list | tuple) and depth < _DEPTH:
        for index, item in enumerate(value):
            yield from _people(doc, f"{path}.{index}", item, depth + 1)


def _person(doc: Document, path: str, value: Mapping[Any, Any]) -> Iterator[Person]:
    """The person that a mapping describes."""
    plain = {plain_key(key): (key, item) for key, item in value.items()}
    credential = next((str(plain[key][1]) for key in _CREDENTIAL_KEYS if key in plain and plain[key][1]), "")
    first, last = (str(plain[key][1] or "") if key in plain else "" for key in ("firstname", "lastname"))
    if first and last:
        yield Person(f"{first} {last}", credential, doc.meta.spans.get(f"{path}.{plain['lastname'][0]}"))
        return
    for key in _NAME_KEYS:
        if key in plain and isinstance(plain[key][1], str) and plain[key][1].strip():
            name = plain[key][1].strip()
            span = doc.meta.spans.get(f"{path}.{plain[key][0]}")
            yield Person(name, credential or people.credential_in(name), span)
            return


def _first(doc: Document, entries: Sequence[_Entry], keys: Sequence[str]) -> Value | None:
    """The first text that stands under one of the keys, the keys in order of preference."""
    table: dict[str, _Entry] = {}
    for entry in entries:
        if entry.key in keys and isinstance(entry.value, str) and (not entry.parent or _describes(entry)):
            table.setdefault(entry.key, entry)
    for key in keys:
        if key in table and table[key].value.strip():
            return Value(table[key].value.strip(), doc.meta.spans.get(table[key].path))
    return None


def _retitled(entry: _Entry) -> _Entry:
    """A title among the settings for search engines (``seo.title``) is the title of the head."""
    return entry._replace(key="seotitle") if entry.key == "title" and entry.parent in _META_PARENTS else entry


def _describes(entry: _Entry) -> bool:
    return entry.key not in _AMBIGUOUS or entry.parent in _META_PARENTS


def _description(doc: Document, entries: Sequence[_Entry]) -> Value | None:
    """The description that search results may show; its text is empty where it is declared empty."""
    for block in doc.blocks:
        if block.kind == "description" and block.text.strip():
            return Value(block.text.strip(), block.span())
    value = _first(doc, entries, _DESCRIPTION_KEYS)
    if value is None and any(entry.key in _DESCRIPTION_KEYS and not entry.parent for entry in entries):
        return Value("", None)
    return value


def _flag(entries: Sequence[_Entry], keys: frozenset[str]) -> bool:
    """Whether one of the keys is set to yes."""
    return any(e.key in keys and _is_yes(e.value) for e in entries)


# --- JSON-LD and microdata

_NOT_ARTICLES = re.compile(
    r"event|review$|comment|course|jobposting|(?:video|image|audio|media)object|product|organi[sz]ation|person|"
    r"breadcrumb|offer|service|business|rating|place|action|question|answer|website$",
    re.I,
)
_LD_NESTED = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")
_LD_DATES = {"datePublished": "published", "dateModified": "updated", "lastReviewed": "reviewed"}
_BYLINE = re.compile(
    r"<\w{1,12}\s[^<>]{0,300}?\b(?:rel|class)\s?=\s?[\"']?(?:[^\"'<>]{0,60}[\s_-])?(?:author|byline)\b[^<>]{0,300}>"
    r"(?:\s{0,200}<(?!/)[^<>]{1,300}>){0,4}(?P<text>[^<>]{0,120})",
    re.I,
)


def _read_json_ld(item: object, found: Found, depth: int = 1) -> None:
    """Read the author, reviewer and dates of the articles in JSON-LD."""
    if isinstance(item, list | tuple):
        for each in item:
            _read_json_ld(each, found, depth + 1)
    if not isinstance(item, Mapping) or depth > 2 * _DEPTH:
        return
    for key in _LD_NESTED:
        _read_json_ld(item.get(key), found, depth + 1)
    if _NOT_ARTICLES.search(str(item.get("@type", ""))):
        if "person" in str(item.get("@type", "")).lower() and depth > 1 and isinstance(item.get("name"), str):
            found.authors.append(Person(item["name"]))
        return
    if has_template(str(item.get("author", ""))):
        found.filled.add("author")
    found.authors += _ld_people(item.get("author"))
    found.reviewers += _ld_people(item.get("reviewedBy"))
    for name, kind in _LD_DATES.items():
        when = dates.read(item.get(name))
        if when is not None:
            found.dates.append(PageDate(kind, when, str(item[name]).strip(), None))


def _ld_people(value: object) -> Iterator[Person]:
    for each in value if isinstance(value, list | tuple) else (value,):
        name = each.get("name") if isinstance(each, Mapping) else each
        if isinstance(name, str) and name.strip() and "://" not in name and not has_template(name):
            credential = each.get("honorificSuffix") or each.get("jobTitle") if isinstance(each, Mapping) else ""
            yield Person(name.strip(), str(credential or people.credential_in(name)))


def _read_byline_tags(doc: Document, found: Found) -> None:
    """Read elements marked ``rel=author`` or with a byline class; templates put the bare name there."""
    source = doc.source.text
    if "author" not in source and "byline" not in source:
        return
    for match in _BYLINE.finditer(source):
        lead = bylines.BY.match(match["text"])
        if has_template(match["text"]):
            found.filled.add("author")
            continue
        named = people.name_at(match["text"], lead.end() if lead else 0)
        if named is not None:
            start = match.start("text")
            span = Span(start + named.start, start + named.end)
            found.authors.append(Person(named.name, named.credential, span))
