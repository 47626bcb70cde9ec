"""Pairs of articles that are alike: what every report of them shows, and the reports for programs (JSON, CSV)."""

from __future__ import annotations

import csv
import datetime
import html
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from acu_lint.corpus.corpus import Article, Duplicate, Groups, Shared, clusters
from acu_lint.corpus.verdicts import Group, Verdict, advice, days_of, groups, older, verdict_of
from acu_lint.document.source import Span
from acu_lint.report.lines import csv_cell, dumps
from acu_lint.report.text import many
from acu_lint.rules.finding import Position

# What stands between the words that are shown: tags, of which some stand in the midst of a sentence, marks of
# Markdown and the address of a link.
_MARKUP = re.compile(
    r"(?P<inline></?(?:a|abbr|b|cite|code|em|i|mark|q|s|small|span|strong|sub|sup|u)\b[^<>]{0,1000}>"
    r"|[*_`~\\]+|(?<=\])\([^()\s]{0,300}\)|!?[\[\]])|<[^<>]{0,1000}>|[#>|]+",
    re.IGNORECASE,
)
_TITLE = 200  # characters
_SHOWN = 10  # pairs that a report for people shows of one article
_LONGEST = 20_000  # characters of a passage that are read for the words that are shown

TOLD: Mapping[Verdict, str] = {
    "the same": "The same article, word for word.",
    "nearly the same": "Nearly the same article.",
    "large parts": "Large parts are the same.",
    "short": "Short pages that say the same.",
    "passages": "Passages in common.",
    "words": "Many of the same words, no copied passage.",
}


class Word(NamedTuple):
    """A word of a passage as it is written, and whether the other side has it too."""

    text: str
    common: bool


class Side(NamedTuple):
    """One side of a passage: where it stands, and its words without markup, where they are shown."""

    start: Position
    end: Position
    words: tuple[Word, ...]


class Both(NamedTuple):
    """A passage that both articles have: ``words`` of the longer side, of which ``same`` are equal."""

    a: Side
    b: Side
    words: int
    same: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles that are alike, without their texts. ``since`` are the days of their first commits, if known.

    ``is_shown`` says whether a report for people shows the pair.
    """

    a: str
    b: str
    titles: tuple[str, str]
    cosine: float
    jaccard: float
    containment: tuple[float, float]
    verdict: Verdict
    passages: tuple[Both, ...]
    is_shown: bool = True
    since: tuple[datetime.date | None, datetime.date | None] = (None, None)
    older: str = ""

    @property
    def percent(self) -> int:
        """The cosine, rounded down: 100 means equal words."""
        return int(100 * self.cosine + 1e-6)

    @property
    def advice(self) -> str:
        """What to do about the pair, the files named: merge, canonical address, rewrite."""
        return advice(self.verdict, self.a, self.b, self.older)


@dataclass(frozen=True, slots=True)
class Report:
    """All pairs, by path, among a number of articles at a threshold."""

    pairs: Sequence[Pair]
    documents: int
    threshold: float

    @property
    def nearest(self) -> list[Pair]:
        """The pairs, the nearest first."""
        return sorted(self.pairs, key=lambda pair: -pair.cosine)

    @property
    def shown(self) -> list[Pair]:
        """Those that people are shown, the nearest first."""
        return [pair for pair in self.nearest if pair.is_shown]

    @property
    def hidden(self) -> str:
        """How many pairs people are not shown, in a sentence; nothing where all are."""
        count = sum(not pair.is_shown for pair in self.pairs)
        return f"{many(count, 'more pair')} of these articles: --format csv or json lists all." if count else ""

    @property
    def groups(self) -> list[Group]:
        """Three and more articles that belong together because large parts of them are the same."""
        days = {path: day for pair in self.pairs for path, day in zip((pair.a, pair.b), pair.since, strict=True)}
        return groups(((pair.a, pair.b, pair.verdict) for pair in self.pairs), days)

    @property
    def summary(self) -> str:
        """How much was found, in a sentence."""
        among = many(self.documents, "article")
        limit = f"{100 * self.threshold:g}% or more"
        if not self.pairs:
            return f"No duplicates among {among} ({limit} similar)."
        verdicts = Counter(pair.verdict for pair in self.pairs)
        same, nearly, parts = verdicts["the same"], verdicts["nearly the same"], verdicts["large parts"]
        verdict = f"{same} the same, " * bool(same) + f"{nearly} nearly the same, {parts} in large parts"
        below = sum(pair.cosine < self.threshold - 1e-9 for pair in self.pairs)
        also = f"; {below} of them less similar, with passages in common" if below else ""
        pairs = many(len(self.pairs), "pair")
        return f"{pairs} among {among} ({limit} similar): {verdict}{also}."


def flat(text: str) -> str:
    """A text on one line that does nothing to a terminal or a page: no control characters, no lone surrogates."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


# --- pairs as they are told


class Shown:
    """Which pairs people are shown: not those that say again what others have said.

    Of articles that are alike in large parts, those that connect them (of 300 copies of one page there are 44,850
    pairs); and of no article more than ``_SHOWN``.
    """

    def __init__(self) -> None:
        self._groups = Groups()
        self._times: Counter[str] = Counter()

    def takes(self, pair: Duplicate) -> bool:
        """Whether the next pair is shown."""
        both = pair.here.path, pair.there.path
        is_new = pair.severity is None or self._groups.join(*both)
        if not is_new or max(self._times[path] for path in both) >= _SHOWN:
            return False
        self._times.update(both)
        return True


def told(pair: Duplicate, *, words: bool = True, is_shown: bool = True) -> Pair:
    """A pair without its texts; ``words`` asks for those of the passages, which only a pair that is shown has."""
    return Pair(
        a=pair.here.path,
        b=pair.there.path,
        titles=(_title(pair.here), _title(pair.there)),
        cosine=pair.cosine,
        jaccard=pair.jaccard,
        containment=pair.containments,
        verdict=verdict_of(pair),
        passages=tuple(
            Both(
                _side(pair.here, passage.here, [here for here, _ in passage.pieces if words]),
                _side(pair.there, passage.there, [there for _, there in passage.pieces if words]),
                passage.words,
                passage.same,
            )
            for passage in (pair.passages if is_shown else ())
        ),
        is_shown=is_shown,
    )


def _title(article: Article) -> str:
    title = flat(article.title_text)
    return title if len(title) <= _TITLE else title[:_TITLE] + "…"


def _side(article: Article, span: Span, pieces: Sequence[Span]) -> Side:
    return Side(
        Position(span.start, *article.source.position(span.start)),
        Position(span.end, *article.source.position(span.end)),
        tuple(_words(article.source.text, span, pieces)) if pieces else (),
    )


def _words(text: str, span: Span, pieces: Sequence[Span]) -> Iterator[Word]:
    """The words of a range of a source without markup, those in ``pieces`` marked as common."""
    end = min(span.end, span.start + _LONGEST)
    common = bytearray(end - span.start)
    for piece in pieces:
        start, stop = (min(at, end) - span.start for at in piece)
        common[start:stop] = b"\1" * (stop - start)
    plain = _MARKUP.sub(lambda match: "\0 "[match["inline"] is None] * len(match[0]), text[span.start : end])
    for match in re.finditer(r"\S+", plain):
        word = match[0] if match[0].isalnum() else flat(html.unescape(match[0].replace("\0", "")))
        if word:
            yield Word(word, common.find(1, match.start(), match.end()) >= 0)


def without_markup(text: str) -> str:
    """A text on one line as it is read, not as it is written in the source."""
    return " ".join(word.text for word in _words(text, Span(0, len(text)), ()))


def dated(pairs: Iterable[Pair], first: Mapping[str, int]) -> list[Pair]:
    """Pairs with the days of their first commits (seconds, by path), and which article is the older one."""
    days = days_of(first)
    return [
        replace(pair, since=(days.get(pair.a), days.get(pair.b)), older=older(pair.a, pair.b, first)) for pair in pairs
    ]


# --- JSON


def as_json(report: Report) -> str:
    """One JSON object as the command's contract says."""
    pairs = report.pairs
    return dumps(
        {
            "version": 1,
            "documents": report.documents,
            "pairs": [_pair(pair) for pair in pairs],
            "clusters": clusters((pair.a, pair.b) for pair in pairs),
        },
        indent=2,
    )


def _pair(pair: Pair) -> dict[str, object]:
    since = [day.isoformat() if day else "" for day in pair.since]
    return {
        "a": pair.a,
        "b": pair.b,
        "cosine": round(pair.cosine, 9),
        "passages": [
            {"a": _range(each.a), "b": _range(each.b), "words": each.words, "same": each.same} for each in pair.passages
        ],
        "jaccard": round(pair.jaccard, 9),
        "containment": {side: round(share, 9) for side, share in zip("ab", pair.containment, strict=True)},
        "verdict": pair.verdict,
        "titles": dict(zip("ab", pair.titles, strict=True)),
        "since": dict(zip("ab", since, strict=True)),
        "older": pair.older,
        "advice": pair.advice,
    }


def _range(side: Side) -> dict[str, dict[str, int]]:
    return {"start": side.start._asdict(), "end": side.end._asdict()}


def boilerplate_as_json(blocks: Sequence[Shared], documents: int) -> str:
    """What is left out of the comparison, as one JSON object."""
    found = [
        {"text": block.text, "articles": block.articles, "path": block.path, "line": block.line} for block in blocks
    ]
    return dumps({"version": 1, "documents": documents, "boilerplate": found}, indent=2)


# --- CSV

_COLUMNS = (
    "a", "b", "cosine", "jaccard", "verdict", "passages", "shared words", "places", "title of a", "title of b",
    "a since", "b since", "older", "what to do",
)  # fmt: skip


def as_csv(report: Report) -> str:
    """One row for each pair, the nearest first; nothing in it is taken for a formula."""
    rows = [
        (
            *(pair.a, pair.b, f"{pair.cosine:.4f}", f"{pair.jaccard:.4f}", pair.verdict),
            *(str(len(pair.passages)), str(sum(each.words for each in pair.passages)), _places(pair)),
            *pair.titles,
            *(day.isoformat() if day else "" for day in pair.since),
            *(pair.older, pair.advice),
        )
        for pair in report.nearest
    ]
    return _csv([_COLUMNS, *rows])


def _places(pair: Pair) -> str:
    """The lines of each passage in a and in b."""
    return "; ".join(f"{lines(each.a)} = {lines(each.b)}" for each in pair.passages)


def lines(side: Side) -> str:
    """``line 3`` or ``lines 3-9``."""
    first, last = side.start.line, side.end.line
    return f"line {first}" if first == last else f"lines {first}-{last}"


def boilerplate_as_csv(blocks: Sequence[Shared]) -> str:
    """One row for each text that is left out of the comparison."""
    rows = ((str(block.articles), block.path, str(block.line), without_markup(block.text)) for block in blocks)
    return _csv([("articles", "path of one", "line", "text"), *rows])


def _csv(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([csv_cell(flat(value)) for value in row] for row in rows)
    return out.getvalue()
