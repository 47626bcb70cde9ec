"""Other pages of the corpus that say the same of themselves as a page does."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from itertools import islice

from acu_lint.api import Corpus, Document, language
from acu_lint_rules.duplicates._page_keys import Key, is_listed

MOST = 5  # pages named in a finding
_PARSED = 40  # of the candidates, those that share most keys; more can only be where many pages say nearly the same
_PLAIN = re.compile(r"[a-z0-9]+")
_LANGUAGE = re.compile(
    r"(?:^|(?<=[/.]))(ar|bg|cs|da|de|el|en|es|et|fa|fi|fr|he|hi|hr|hu|id|it|ja|ko|lt|lv|nb|nl|nn|no|pl|pt|ro|ru|sk|sl|"
    r"sr|sv|th|tr|uk|vi|zh)(?:[-_][a-z]{2,4})?[/.]"
)
_SPELT = 0.8  # share of the words of a text that stand as they are in the file; escapes may hide some


def siblings(  # noqa: PLR0913 -- two of them are for one rule
    doc: Document,
    corpus: Corpus,
    keys: Iterable[Key],
    is_same: Callable[[Document], bool],
    *,
    words: Collection[str] = (),
    once: bool = True,
) -> list[Document]:
    """The first ``MOST`` pages that share keys and of which ``is_same`` holds, the nearest first.

    Pages that may repeat each other (``Corpus.is_meant``) and pages in another language are left out, and with
    ``once`` those on which the pair is reported. Files without most of ``words`` are not parsed.
    """
    shared = corpus.sharing_keys(doc, keys)
    paths = [path for path in shared if not (once and corpus.is_reported_there(doc, path))]
    found: list[Document] = []
    spelling = (path for path in sorted(paths, key=lambda path: (-shared[path], path)) if _spells(corpus, path, words))
    for path in islice(spelling, _PARSED):
        other = corpus.document(path)
        if is_listed(other) and is_same(other) and not _is_meant(doc, other, corpus):
            found.append(other)
            if len(found) == MOST:
                break
    return found


def counted(found: Collection[object]) -> str:
    """How many pages were found, in words; the search ends with ``MOST``."""
    return f"{len(found)} or more" if len(found) == MOST else str(len(found))


def _is_meant(doc: Document, other: Document, corpus: Corpus) -> bool:
    if language(doc) != language(other) or corpus.is_meant(doc, other):
        return True
    one, two = _without_language(doc.path), _without_language(other.path)
    return one[0] == two[0] and one[1] != two[1]


def _without_language(path: str) -> tuple[str, tuple[str, ...]]:
    """A path without the codes of languages in it (``de/knee.md``, ``knee.pt-br.md``), and these codes."""
    return _LANGUAGE.sub("", path.lower()), tuple(match[1] for match in _LANGUAGE.finditer(path.lower()))


def _spells(corpus: Corpus, path: str, words: Collection[str]) -> bool:
    """Whether most of the words stand in a file; it is read only where there are words to look for."""
    plain = [word for word in words if _PLAIN.fullmatch(word)]
    folded = corpus.text(path).casefold() if plain else ""
    return sum(word in folded for word in plain) >= _SPELT * len(plain)
