"""The keyphrases that somebody chose for an article: in its front matter, else in the configuration."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from acu_lint.api import Document, measure

_DECLARED = (
    "keyphrase", "keyword", "focus_keyphrase", "focuskeyphrase", "focus_keyword", "focuskeyword", "focuskw",
    "target_keyword", "primary_keyword", "yoast_wpseo_focuskw", "rank_math_focus_keyword",
)  # fmt: skip
_NESTED = ("yoast", "rank_math", "rankmath", "seo")
_NESTED_KEYS = ("keyphrase", "focuskw", "focus_keyword", "focus_keyphrase", "focuskeyword", "keyword")
_QUOTES = str.maketrans("", "", '"“”„«»')


class Focus(NamedTuple):
    """The keyphrases that somebody chose: ``source`` is declared (front matter), configured, or "" for none.

    ``explicit``: they stand under a key of their own, and not in ``keywords``, where many pages list tags.
    """

    phrases: tuple[str, ...] = ()
    source: str = ""
    explicit: bool = False


@measure
def focus(doc: Document) -> Focus:
    """The keyphrases of the front matter (plugin keys and ``keywords`` included), else of the configuration."""
    data = {str(key).lower().lstrip("_").replace("-", "_"): value for key, value in doc.meta.data.items()}
    values: list[object] = [data.get(key) for key in _DECLARED]
    for name in _NESTED:
        nested = data.get(name)
        if isinstance(nested, Mapping):
            keys = {str(key).lower().lstrip("_").replace("-", "_"): value for key, value in nested.items()}
            values += [keys.get(key) for key in _NESTED_KEYS]
    explicit = tuple(_phrases(values))
    keywords = tuple(phrase for phrase in _phrases([data.get("keywords")]) if " " in phrase)
    if explicit or keywords:
        return Focus(tuple(dict.fromkeys([*explicit, *keywords])), "declared", bool(explicit))
    if configured := tuple(filter(None, map(_unquoted, doc.vocabulary.keyphrases))):
        return Focus(configured, "configured", explicit=True)
    return Focus()


def declared(doc: Document) -> tuple[str, ...]:
    """The keyphrases that somebody chose for the article (see ``focus``)."""
    return focus(doc).phrases


def _phrases(values: Iterable[object]) -> Iterator[str]:
    """Take single phrases out of strings with commas and lists."""
    for value in values:
        if isinstance(value, str):
            yield from filter(None, map(_unquoted, re.split(r"[,;\n]", value)))
        elif isinstance(value, list | tuple):
            yield from _phrases([item for item in value if isinstance(item, str)])


def _unquoted(phrase: str) -> str:
    """A phrase without quotation marks, by which Yoast is told to look for the exact words."""
    return phrase.translate(_QUOTES).strip()
