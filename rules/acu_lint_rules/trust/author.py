"""Who wrote the page."""

from __future__ import annotations

from collections.abc import Iterator
from operator import eq
from pathlib import PurePath

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.page.metadata import pagemeta
from acu_lint_rules.analysis.page.people import Person, is_key
from acu_lint_rules.analysis.page.publisher import institution, publisher_names
from acu_lint_rules.analysis.page.site_author import longest_unsigned, site_author, unsigned
from acu_lint_rules.trust._article import full_article, is_offer, subject


def check(
    doc: Document, *, min_words: int = 100, skip_types: tuple[str, ...] = (), inherited_author: bool = False
) -> Iterator[Hit]:
    """Find an article of ``min_words`` or more that names no identifiable author.

    ``skip_types`` are further values of ``type`` or ``layout`` that are no articles; ``inherited_author`` says that
    the site puts the author on the page. It is found where the site's configuration or a layout names one, or an
    institution signs the page or the site. Where hardly a page of a folder is signed, one of them is a warning.
    """
    if inherited_author or not full_article(doc, min_words=min_words, skip_types=skip_types):
        return
    page = pagemeta(doc)
    keyed = doc.meta.format not in {"", "html"}  # in front matter "jdoe" may be the key of an author of the site
    known = any(person.identified or (keyed and is_key(person.name)) for person in page.authors)
    if known or "author" in page.filled or institution(doc):
        return
    if page.authors:
        person = page.authors[0]
        if not (_is_editors(person) and publisher_names(doc)):
            yield Hit(person.span or doc.whole, {"name": person.name}, message="vague")
    elif not site_author(doc.site):
        yield from _missing(doc)


def _missing(doc: Document) -> Iterator[Hit]:
    """A warning, but among many unsigned pages of a folder for the longest only: the template may sign them all."""
    if not unsigned(doc.site):
        grave = any(subject(doc)) and not is_offer(doc)
        yield Hit(doc.whole, severity=Severity.WARNING if grave else Severity.INFO)
        return
    longest = PurePath(longest_unsigned(doc.site).name).parts[-2:]
    is_it = all(map(eq, reversed(longest), reversed(PurePath(doc.path).parts)))
    yield Hit(doc.whole, message="site", severity=Severity.WARNING if is_it else Severity.INFO)


def _is_editors(person: Person) -> bool:
    return not _EDITORS.isdisjoint(person.name.lower().split())


_EDITORS = frozenset({"editorial", "editors"})
