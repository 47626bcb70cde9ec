"""Articles that repeat another article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from acu_lint.api import Corpus, Document, Duplicate, Hit, Related, Severity
from acu_lint_rules.duplicates._series import in_series
from acu_lint_rules.duplicates._variants import variants

_PASSAGES = 5  # shared passages shown of each of the nearest articles
_SHOWN = 5  # articles shown


def check(  # noqa: PLR0913 -- one parameter per option
    doc: Document,
    corpus: Corpus,
    *,
    cosine: float = 0.65,
    overlap: float = 0.20,
    error_cosine: float = 0.80,
    error_overlap: float = 0.35,
    min_words: int = 80,
    series: tuple[str, ...] = (),
) -> Iterator[Hit]:
    """Yield one hit for an article that reads like others of the corpus.

    ``cosine`` compares the words (TF-IDF), ``overlap`` the sequences of five words (Jaccard); both must be
    reached. Articles of fewer than ``min_words`` words are left out. ``series`` holds globs of
    paths: articles that one glob matches share a template on purpose.
    """
    alike = [
        pair
        for pair in corpus.duplicates_of(doc, cosine, overlap)
        if pair.words >= min_words and not in_series(pair.here.path, pair.there.path, series)
    ]
    if alike:
        doorways = {one.path for one in variants(doc, corpus)}
        alike = [pair for pair in alike if pair.there.path not in doorways]
    if not alike:
        return
    serious = any(pair.cosine >= error_cosine and pair.jaccard >= error_overlap for pair in alike)
    yield Hit(
        doc.whole,
        data=_data(alike),
        message="several" if len(alike) > 1 else "same" if alike[0].is_equal else "default",
        severity=Severity.ERROR if serious else Severity.WARNING,
        related=tuple(place for pair in alike[:_SHOWN] for place in _places(pair)),
    )


def _data(alike: Sequence[Duplicate]) -> dict[str, object]:
    nearest = alike[0]
    other = nearest.there
    return {
        "title": other.title_text or other.path,
        "other": other.path,
        "place": f"'{other.title_text}' ({other.path})" if other.title_text else other.path,
        "percent": _percent(nearest),
        "cosine": round(nearest.cosine, 4),
        "overlap": round(nearest.jaccard, 4),
        "count": len(alike),
        "others": [pair.there.path for pair in alike],
    }


def _percent(pair: Duplicate) -> int:
    """Round down: 100 means equal words."""
    return int(100 * pair.cosine + 1e-6)


def _places(pair: Duplicate) -> Iterator[Related]:
    """Yield the other article's title, then both sides of the longest shared passages."""
    path, source = pair.there.path, pair.there.source
    yield Related(pair.there.title, f"the article that is {_percent(pair)}% similar", path, source)
    longest = sorted(pair.passages, key=lambda passage: -passage.words)[:_PASSAGES]
    for passage in sorted(longest, key=lambda passage: passage.here):
        equal = f"{passage.words} words" if passage.exact else f"{passage.words} words, {passage.same} of which"
        yield Related(passage.here, f"{equal} {'that ' if passage.exact else ''}also stand in {path}")
        yield Related(
            passage.there, "the same words there" if passage.exact else "nearly the same words there", path, source
        )
