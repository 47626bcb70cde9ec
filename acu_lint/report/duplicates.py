"""Pairs of articles that are alike, as JSON and as text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from textwrap import fill

import click

from ..corpus import Article, Duplicate, clusters
from ..finding import Severity
from ..source import Span

_QUOTED = 3  # passages quoted of each pair
_MARKUP = re.compile(r"<[^<>]{0,1000}>|[#>*_`|~]+|(?<=\])\([^()\s]{0,300}\)|[\[\]]")
_HEAD, _TAIL = 12, 6  # words quoted of a passage's start and end
_VERDICTS = {
    Severity.ERROR: (
        "Nearly the same article.",
        "Merge the two and redirect one address to the other, or name one as canonical, or rewrite one.",
    ),
    Severity.WARNING: (
        "Large parts are the same.",
        "Keep each part in one article and link to it, or merge the two.",
    ),
}


def as_json(pairs: Sequence[Duplicate], documents: int) -> str:
    """One JSON object as the command's contract says."""
    return json.dumps(
        {
            "version": 1,
            "documents": documents,
            "pairs": [_pair(pair) for pair in pairs],
            "clusters": _clusters(pairs),
        },
        ensure_ascii=False,
        indent=2,
    )


def _clusters(pairs: Sequence[Duplicate]) -> list[list[str]]:
    return clusters((pair.here.path, pair.there.path) for pair in pairs)


def _pair(pair: Duplicate) -> dict[str, object]:
    return {
        "a": pair.here.path,
        "b": pair.there.path,
        "cosine": round(pair.cosine, 9),
        "passages": [
            {
                "a": _range(pair.here, passage.here),
                "b": _range(pair.there, passage.there),
                "words": passage.words,
            }
            for passage in pair.passages
        ],
    }


def _range(article: Article, span: Span) -> dict[str, dict[str, int]]:
    ends = {}
    for name, offset in (("start", span.start), ("end", span.end)):
        line, column = article.source.position(offset)
        ends[name] = {"offset": offset, "line": line, "column": column}
    return ends


def as_text(pairs: Sequence[Duplicate], documents: int, *, threshold: float, width: int) -> Iterator[str]:
    """Yield the lines of a report for people, the nearest pairs first."""
    for pair in sorted(pairs, key=lambda pair: -pair.cosine):
        yield from _told(pair, width)
        yield ""
    for group in _clusters([pair for pair in pairs if pair.severity]):
        if len(group) > 2:
            yield f"These {len(group)} articles belong together; keep the best one:"
            yield from (f"  {path}" for path in group)
            yield ""
    yield _summary(pairs, documents, threshold)


def _told(pair: Duplicate, width: int) -> Iterator[str]:
    share = f"{int(100 * pair.cosine + 1e-6)}%"
    colour = {Severity.ERROR: "red", Severity.WARNING: "yellow", None: None}[pair.severity]
    yield click.style(share.rjust(4), fg=colour, bold=True) + f"  {pair.here.path}"
    yield f"      {pair.there.path}"
    verdict, advice = _verdict(pair)
    words = sum(passage.words for passage in pair.passages)
    count = len(pair.passages)
    shared = f" {count} shared passage{'s' * (count > 1)}, {words} words:" if count else ""
    yield f"      {verdict}{shared}"
    yield from _quotes(pair, width)
    yield _wrapped(advice, "      ", width)


def _verdict(pair: Duplicate) -> tuple[str, str]:
    """What a pair is, and what to do about it."""
    if pair.severity:
        return _VERDICTS[pair.severity]
    if pair.passages:
        return "Different articles with passages in common.", "Keep each passage in one article and link to it."
    return "Many of the same words, no copied passage.", "Check that each article has something of its own to say."


def _quotes(pair: Duplicate, width: int) -> Iterator[str]:
    longest = sorted(pair.passages, key=lambda passage: -passage.words)
    for passage in longest[:_QUOTED]:
        here = pair.here.source.position(passage.here.start)[0]
        there = pair.there.source.position(passage.there.start)[0]
        quote = _shortened(pair.here.source.text[slice(*passage.here)])
        yield _wrapped(f"lines {here} and {there}, {passage.words} words: “{quote}”", "        ", width)
    if len(longest) > _QUOTED:
        yield f"        … and {len(longest) - _QUOTED} more"


def _shortened(text: str) -> str:
    words = _MARKUP.sub(" ", text).split()
    if len(words) <= _HEAD + _TAIL:
        return " ".join(words)
    return f"{' '.join(words[:_HEAD])} … {' '.join(words[-_TAIL:])}"


def _wrapped(text: str, indent: str, width: int) -> str:
    return fill(text, max(width, 40), initial_indent=indent, subsequent_indent=indent + "  ")


def _summary(pairs: Sequence[Duplicate], documents: int, threshold: float) -> str:
    among = f"{documents} article{'s' * (documents != 1)}"
    limit = f"{100 * threshold:g}% or more"
    if not pairs:
        return f"No duplicates among {among} ({limit} similar)."
    nearly = sum(pair.severity is Severity.ERROR for pair in pairs)
    parts = sum(pair.severity is Severity.WARNING for pair in pairs)
    count = f"{len(pairs)} pair{'s' * (len(pairs) != 1)}"
    return f"{count} among {among} ({limit} similar): {nearly} nearly the same, {parts} in large parts."
