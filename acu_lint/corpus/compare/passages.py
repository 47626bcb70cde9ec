"""Passages of 25 or more words that two articles share, or that one article has twice: copied or lightly reworded.

Pure functions on lists of words; the time is linear in the words, whatever they are ("yes yes yes ..." too). Equal
runs of four or more words (pieces) that follow each other closely in both texts are chained; the stretch of a chain
in which more than three of four words are equal is a passage. Nothing runs across a break, where something was left
out of a text. This is seeding, extension and filtering as in text alignment for plagiarism detection (Potthast et
al., Overview of the 6th International Competition on Plagiarism Detection, CLEF 2014).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from acu_lint.document.source import Span

PASSAGE = 25  # words of a passage, which is no chance and no stock phrase
_SEED = 4  # words of the shortest piece that begins or continues a chain
_GAP = 12  # words between two pieces of a passage, on either side
_NEAR = 60  # words in which three pieces begin, where there is a passage
_LONG = 8  # equal words in a row that a passage has which stands in one text twice; spares looking closer at most
_COST = 3  # an unequal word costs what three equal ones earn: more than 3 of 4 words are equal
_DROP = 75  # a loss of so many equal words ends a passage, whatever follows
# Places at which an equal run may begin, those of 25 words and the shorter ones; bounds the cost of "yes yes yes ..."
_TRIES = {PASSAGE: 16, _SEED: 8}


class Text(Hashable, Protocol):
    """What is compared (an ``Article``): folded words, and the indices of words before which a break stands."""

    @property
    def words(self) -> Sequence[str]:
        """The words in order."""

    @property
    def breaks(self) -> frozenset[int]:
        """Where something was left out."""


class Piece(NamedTuple):
    """``size`` equal words: from word ``here`` of one text, from word ``there`` of the other."""

    here: int
    there: int
    size: int


class Run(NamedTuple):
    """A passage as words: its equal ``pieces`` in order; the first and the last word are equal words."""

    pieces: tuple[Piece, ...]

    @property
    def here(self) -> tuple[int, int]:
        """First word and end (exclusive) in the first text, or at the later place in the same text."""
        return self.pieces[0].here, self.pieces[-1].here + self.pieces[-1].size

    @property
    def there(self) -> tuple[int, int]:
        """First word and end (exclusive) in the other text, or at the earlier place in the same text."""
        return self.pieces[0].there, self.pieces[-1].there + self.pieces[-1].size

    @property
    def same(self) -> int:
        """How many words are equal."""
        return sum(piece.size for piece in self.pieces)

    @property
    def words(self) -> int:
        """Words of the longer side."""
        (first, last), (start, end) = self.here, self.there
        return max(last - first, end - start)

    @property
    def exact(self) -> bool:
        """Whether all words are equal: copied, not reworded."""
        return len(self.pieces) == 1


class Placed(Text, Protocol):
    """A text that knows where its words stand in the source."""

    def span(self, start: int, end: int) -> Span:
        """Source range of the words ``start`` … ``end`` (exclusive)."""


class Passage(NamedTuple):
    """A passage in the sources: its range on both sides, and the equal ``pieces`` in it.

    ``words`` are those of the longer side, ``same`` those that are equal; ``exact`` says that all are.
    """

    here: Span
    there: Span
    words: int
    same: int
    pieces: tuple[tuple[Span, Span], ...]

    @property
    def exact(self) -> bool:
        """Whether all words are equal: copied, not reworded."""
        return self.same == self.words


def passage(one: Placed, two: Placed, run: Run) -> Passage:
    """The run of two articles (or twice the same one) as ranges of their sources."""
    pieces = tuple((one.span(i, i + size), two.span(j, j + size)) for i, j, size in run.pieces)
    return Passage(one.span(*run.here), two.span(*run.there), run.words, run.same, pieces)


def shared(one: Text, two: Text) -> list[Run]:
    """Passages that two texts share, in the order of ``one`` (``Run.here``).

    They do not overlap in ``two``. Every equal run of 25 or more words is part of one.
    """
    return _passages(one, two, within=False)


def repeated(text: Text) -> list[Run]:
    """Passages that stand twice in one text, in order: ``Run.here`` is the later place, ``Run.there`` an earlier one.

    The two places do not overlap, nor do the later places of two passages. Every equal run of 25 or more words whose
    two places do not overlap is reported, at least in part. A reworded one has 8 equal words in a row.
    """
    runs = _passages(text, text, within=True)
    return sorted(Run(tuple(Piece(there, here, size) for here, there, size in run.pieces)) for run in runs)


def _passages(one: Text, two: Text, *, within: bool) -> list[Run]:
    pair = _Pair(one, two, within=within)
    few, reach = (_LONG - _SEED, _LONG - _SEED) if within else (2, _NEAR)
    if not any(last - first <= reach for first, last in zip(pair.seeds, pair.seeds[few:], strict=False)):
        return []
    exact = list(_exact(pair))
    found: list[Run] = []
    for chain in _chains(pair, _pieces(pair, exact)):
        if _reach(chain) >= PASSAGE:
            found += (Run(tuple(part)) for part in _dense(_filled(pair, chain)))
    return sorted(_apart(run for run in found if run.words >= PASSAGE))


class _Pair:
    """Two texts, or twice the same one (``within``); ``seeds`` are the words of the second where a piece may begin."""

    def __init__(self, one: Text, two: Text, *, within: bool) -> None:
        self.first, self.second = one.words, two.words
        self.within = within
        self._one = one
        self.hashes = hashes = _hashes(two)
        first = _first(one)
        if within:
            self.seeds = [at for at, value in enumerate(hashes) if first[value] <= at - _SEED]
        else:
            self.seeds = [at for at, value in enumerate(hashes) if value in first]
        self._breaks = sorted(one.breaks), sorted(two.breaks)

    def starts(self, there: int, size: int) -> Sequence[int]:
        """Where in the first text the ``size`` words may begin that begin at ``there`` in the second."""
        value = self.hashes[there] if size == _SEED else hash(tuple(self.second[there : there + size]))
        return _starts(self._one, size).get(value, ())

    def extent(self, here: int, there: int) -> int:
        """How many words from ``here`` and from ``there`` on are equal; none runs across a break."""
        first, second = self.first, self.second
        most = min(_next(self._breaks[0], here, len(first)) - here, _next(self._breaks[1], there, len(second)) - there)
        if self.within:
            most = min(most, there - here)
        length = 0
        while length < most and first[here + length] == second[there + length]:
            length += 1
        return length

    def broken(self, last: Piece, piece: Piece) -> bool:
        """Whether something was left out between two pieces, on either side."""
        one, two = self._breaks
        return _between(one, last.here + last.size, piece.here) or _between(two, last.there + last.size, piece.there)


def _next(breaks: Sequence[int], after: int, end: int) -> int:
    at = bisect_right(breaks, after)
    return min(breaks[at], end) if at < len(breaks) else end


def _between(breaks: Sequence[int], start: int, end: int) -> bool:
    return bisect_left(breaks, start) < bisect_right(breaks, end)


@lru_cache(maxsize=256)
def _hashes(text: Text, size: int = _SEED) -> list[int]:
    """One hash for each sequence of ``size`` words."""
    return [*map(hash, zip(*(text.words[shift:] for shift in range(size)), strict=False))]


@lru_cache(maxsize=256)
def _first(text: Text) -> dict[int, int]:
    """Where each sequence of ``_SEED`` words begins first, by its hash."""
    hashes = _hashes(text)
    return dict(zip(reversed(hashes), range(len(hashes) - 1, -1, -1), strict=True))


@lru_cache(maxsize=64)
def _starts(text: Text, size: int = _SEED) -> dict[int, list[int]]:
    """Where each sequence of ``size`` words with no break inside begins (its first ``_TRIES`` places), by its hash."""
    table: dict[int, list[int]] = {}
    most = _TRIES[size]
    broken = {at for place in text.breaks for at in range(place - size + 1, place)}
    for at, value in enumerate(_hashes(text, size)):
        places = table.setdefault(value, [])
        if len(places) < most and at not in broken:
            places.append(at)
    return table


# --- pieces ------------------------------------------------------------------------------


def _exact(pair: _Pair) -> Iterator[Piece]:
    """Equal runs of ``PASSAGE`` or more words; at each word of the second text the longest that begins there."""
    there = 0
    for start, end in _stretches(pair.seeds):
        there, last = max(there, start), end + _SEED - 1 - PASSAGE
        while there <= last:
            places = pair.starts(there, PASSAGE)
            size, back = max(((pair.extent(at, there), -at) for at in places), default=(0, 0))
            if size >= PASSAGE:
                yield Piece(-back, there, size)
                there += size
            else:
                there += 1


def _stretches(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of consecutive numbers: the first and the one after the last."""
    start = 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or numbers[at] != numbers[at - 1] + 1:
            yield numbers[start], numbers[at - 1] + 1
            start = at


def _pieces(pair: _Pair, exact: Sequence[Piece]) -> Iterator[Piece]:
    """All pieces in the order of the second text: the exact runs, and shorter ones outside of these."""
    seeds, at = pair.seeds, 0
    for run in (*exact, None):
        end = run.there if run else len(pair.second)
        stop = bisect_right(seeds, end - _SEED)
        yield from _short(pair, seeds[at:stop], end)
        if run:
            yield run
            at = bisect_left(seeds, run.there + run.size)


def _short(pair: _Pair, seeds: Sequence[int], end: int) -> Iterator[Piece]:
    covered: dict[int, int] = {}  # diagonal -> end of its last piece
    for there in seeds:
        for here in pair.starts(there, _SEED):
            if covered.get(here - there, 0) > there:
                continue
            size = min(pair.extent(here, there), end - there)
            if size >= _SEED:
                covered[here - there] = there + size
                yield Piece(here, there, size)


# --- chains ------------------------------------------------------------------------------


def _chains(pair: _Pair, pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Chain pieces that follow each other closely in both texts.

    A chain is found again by its diagonal (its distance between the two texts), so that a piece is compared with
    three chains and not with all.
    """
    chains: list[list[Piece]] = []
    open_: dict[int, list[Piece]] = {}
    for piece in pieces:
        own = (piece.here - piece.there) // _GAP
        near = [(_loose(pair, chain, piece), key) for key in (own, own - 1, own + 1) if (chain := open_.get(key))]
        gap, key = min(near, default=(_GAP + 1, own))
        if gap <= _GAP:
            chain = open_.pop(key)
            chain.append(_behind(chain[-1], piece))
        else:
            chain = [piece]
            chains.append(chain)
            known = open_.get(own)
            if known and piece.there <= known[-1].there + known[-1].size + _GAP and _reach(known) > piece.size:
                continue
        open_[own] = chain
    return chains


def _loose(pair: _Pair, chain: Sequence[Piece], piece: Piece) -> int:
    """Words between a chain and a piece, on the side that has more; past ``_GAP`` where they do not fit."""
    last = chain[-1]
    own = _behind(last, piece)
    if own.size < 1 or (own.size < piece.size and piece.size >= PASSAGE) or pair.broken(last, own):
        return _GAP + 1
    if pair.within and own.here + own.size > chain[0].there:
        return _GAP + 1
    return _gap(last, own)


def _behind(last: Piece, piece: Piece) -> Piece:
    """The part of a piece that comes after another one in both texts."""
    lost = max(last.here + last.size - piece.here, last.there + last.size - piece.there, 0)
    return Piece(piece.here + lost, piece.there + lost, piece.size - lost)


def _gap(last: Piece, piece: Piece) -> int:
    return max(piece.here - last.here - last.size, piece.there - last.there - last.size)


def _reach(chain: Sequence[Piece]) -> int:
    return chain[-1].there + chain[-1].size - chain[0].there


# --- passages ----------------------------------------------------------------------------


def _filled(pair: _Pair, chain: Sequence[Piece]) -> list[Piece]:
    """Add the equal words between the pieces of a chain, and join pieces that touch."""
    filled = [chain[0]]
    for piece in chain[1:]:
        last = filled[-1]
        here, there = last.here + last.size, last.there + last.size
        between = _common(pair.first[here : piece.here], pair.second[there : piece.there])
        for i, j, size in (*((here + i, there + j, 1) for i, j in between), piece):
            last = filled[-1]
            if (last.here + last.size, last.there + last.size) == (i, j):
                filled[-1] = Piece(last.here, last.there, last.size + size)
            else:
                filled.append(Piece(i, j, size))
    return filled


def _common(one: Sequence[str], two: Sequence[str]) -> list[tuple[int, int]]:
    """Places of a longest common subsequence of two short texts."""
    if not set(one) & set(two):
        return []
    best = [[0] * (len(two) + 1) for _ in range(len(one) + 1)]
    for i in reversed(range(len(one))):
        for j in reversed(range(len(two))):
            best[i][j] = best[i + 1][j + 1] + 1 if one[i] == two[j] else max(best[i + 1][j], best[i][j + 1])
    i = j = 0
    places = []
    while best[i][j]:
        if one[i] == two[j]:
            places.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return places


def _dense(pieces: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    """Cut a chain into its stretches of the highest score: equal words, less the ``_COST`` of the words between."""
    start = 0
    while start < len(pieces):
        score = best = pieces[start].size
        end = start + 1
        for at in range(start + 1, len(pieces)):
            score -= _COST * _gap(pieces[at - 1], pieces[at])
            if score <= max(0, best - _DROP):
                break
            score += pieces[at].size
            if score > best:
                best, end = score, at + 1
        yield pieces[start:end]
        start = end


def _apart(runs: Iterable[Run]) -> list[Run]:
    """The runs that do not overlap in the second text; where two do, the one with more equal words goes first."""
    taken: list[tuple[int, int]] = []
    kept: list[Run] = []
    for run in sorted(runs, key=lambda run: (-run.same, run)):
        for free in _outside(run, taken):
            insort(taken, free.there)
            kept.append(free)
    return kept


def _outside(run: Run, taken: Sequence[tuple[int, int]]) -> list[Run]:
    """What is left of a run without the words that are taken."""
    if not _overlaps(taken, *run.there):
        return [run]
    parts: list[list[Piece]] = [[]]
    for piece in run.pieces:
        part = parts[-1]
        start = part[-1].there + part[-1].size if part else piece.there
        if _overlaps(taken, start, piece.there + piece.size):
            parts.append([])
        if not _overlaps(taken, piece.there, piece.there + piece.size):
            parts[-1].append(piece)
    return [Run(tuple(dense)) for part in parts for dense in _dense(part) if Run(tuple(dense)).words >= PASSAGE]


def _overlaps(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(taken, (end, 0))
    return at > 0 and taken[at - 1][1] > start
