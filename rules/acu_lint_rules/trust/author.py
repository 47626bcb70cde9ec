"""Who wrote the page."""

from __future__ import annotations

from collections.abc import Iterator

from acu_lint.api import Document, Hit
from acu_lint_rules.analysis.page.metadata import pagemeta
from acu_lint_rules.analysis.page.people import is_key
from acu_lint_rules.trust._article import full_article


def check(
    doc: Document, *, min_words: int = 100, skip_types: tuple[str, ...] = (), inherited_author: bool = False
) -> Iterator[Hit]:
    """Find an article of ``min_words`` or more that names no identifiable author.

    ``skip_types`` are further values of ``type`` or ``layout`` that are no articles; ``inherited_author`` says that
    the site puts the author on the page; one that a template fills is there.
    """
    if inherited_author or not full_article(doc, min_words=min_words, skip_types=skip_types):
        return
    page = pagemeta(doc)
    if "author" in page.filled:
        return
    keyed = doc.meta.format not in {"", "html"}  # in front matter "jdoe" may be the key of an author of the site
    if any(person.identified or (keyed and is_key(person.name)) for person in page.authors):
        return
    if page.authors:
        person = page.authors[0]
        yield Hit(person.span or doc.whole, {"name": person.name}, message="vague")
    else:
        yield Hit(doc.whole)
