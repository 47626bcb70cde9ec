"""Who checked the page."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit, Severity
from acu_lint_rules.analysis.page.kind import is_article
from acu_lint_rules.analysis.page.metadata import PageMeta, pagemeta
from acu_lint_rules.analysis.page.people import Person, is_key
from acu_lint_rules.analysis.text.lexicon import terms
from acu_lint_rules.trust._article import informs

_DOCTOR = ("dr ", "dr. ", "prof ", "prof. ", "professor ", "doctor ")


def check(doc: Document, *, min_words: int = 100, inherited_reviewer: bool = False) -> Iterator[Hit]:
    """Find a reviewer whom nobody can identify, or a health article of ``min_words`` or more without any.

    An author with a qualification needs no reviewer. ``inherited_reviewer`` says that the site puts the reviewer on
    the page.
    """
    if not is_article(doc):
        return
    page = pagemeta(doc)
    if page.reviewers:
        yield from _unclear(doc, page)
    elif "reviewer" in page.filled or inherited_reviewer:
        return
    elif not any(map(_qualified, page.authors)) and informs(doc, min_words=min_words):
        yield Hit(doc.whole)


def _unclear(doc: Document, page: PageMeta) -> Iterator[Hit]:
    """The first reviewer, where none can be identified, or none has a qualification."""
    keyed = doc.meta.format not in {"", "html"}  # in front matter "asilva" may be the key of a person of the site
    known = [p for p in page.reviewers if p.identified or (keyed and p.span and is_key(p.name))]
    if not known:
        person = page.reviewers[0]
        yield Hit(person.span or doc.whole, {"name": person.name}, "unidentified", Severity.WARNING)
    elif not any(_qualified(p) or is_key(p.name) or _organisation(p) for p in known):
        yield Hit(known[0].span or doc.whole, {"name": known[0].name}, "unqualified")


def _qualified(person: Person) -> bool:
    """Whether a person who can be identified bears a qualification or the title of a doctor."""
    return person.identified and bool(person.credential or person.name.lower().startswith(_DOCTOR))


def _organisation(person: Person) -> bool:
    return not _ORGANISED.isdisjoint(person.name.lower().split())


_ORGANISED = frozenset(terms("people", "organisation"))
