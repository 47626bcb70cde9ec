"""From the text of a file to a ``Document``: one parser per format."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import PurePath

from acu_lint.document.document import Comment, Document, Parsed
from acu_lint.document.flavour import Flavour
from acu_lint.document.site import NO_SITE, Site
from acu_lint.document.source import Source
from acu_lint.document.vocabulary import EMPTY, Vocabulary

FORMATS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "mdx",
    ".html": "html",
    ".htm": "html",
    ".txt": "text",
}


def format_of(path: str) -> str | None:
    """The format of a file by its suffix, or None where acu-lint does not read it."""
    return FORMATS.get(PurePath(path).suffix.lower())


def parse(  # noqa: PLR0913 -- the fields of a record
    path: str,
    text: str,
    *,
    today: datetime.date,
    vocabulary: Vocabulary = EMPTY,
    flavour: Flavour = Flavour.ANY,
    anchors: Flavour | None = None,
    site: Site = NO_SITE,
) -> Document:
    """Parse a file's decoded text; never raises for any text of a known format.

    ``flavour`` says which generator's marks Markdown has, ``anchors`` which one makes its anchors, where that is
    known, and ``site`` what rules may know of the rest of its site.

    Raises ``ValueError`` where the suffix of ``path`` is none of ``FORMATS``.
    """
    kind = format_of(path)
    if kind is None:
        raise ValueError(f"{path}: not a format that acu-lint reads ({', '.join(FORMATS)})")
    # Only the parser that is needed is imported.
    read: Callable[[Source, Flavour], Parsed] = import_module(f".{kind}", __name__).parse
    source = Source(text)
    parsed = read(source, flavour)
    remarks_above: Callable[[Source], Iterator[Comment]] = import_module(".frontmatter", __name__).remarks_above
    if remarks := tuple(remarks_above(source)):
        parsed = replace(parsed, comments=(*remarks, *parsed.comments))
    return Document(
        path,
        source,
        parsed,
        format=kind,
        today=today,
        vocabulary=vocabulary,
        flavour=flavour,
        anchors=anchors,
        site=site,
    )
