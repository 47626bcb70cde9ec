"""The file of weights, ``weights.bin``: read by the reader, written by ``training/``.

A line that says what it is, a line of JSON, then the tables. The first table has one entry of eight bytes a row: four
weights of 16 bits, of which 8 are used, one for each of ``LABELS``; so one sum over the rows of a sentence scores all
four. Behind it stands a table of single bytes for each of ``KINDS``. A weight w is kept as w + ``ZERO``. All that is
decided is decided with integers, so that every machine decides the same. The file is mapped, not read: what is never
asked for costs nothing.
"""

from __future__ import annotations

import json
import mmap
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from acu_lint_rules.analysis.reader.features import ROWS, pair_rows, word_rows

PATH = Path(__file__).with_name("weights.bin")
LABELS = ("claim", "vague-source", "unsourced-statistic", "puffery")
KINDS = (
    "efficacy", "mechanism", "absolute", "safety", "comparative", "testimonial", "promise", "replaces-care", "fear",
)  # fmt: skip
ZERO = 128  # how a weight of 0 is kept
KIND_ROWS = 1 << 16  # of the table of a kind, which is read for few sentences
_MAGIC = b"acu-lint reader, format 1\n"
_LANE = 16  # bits
_LANES = tuple(range(0, _LANE * len(LABELS), _LANE))
_ONE = (1 << _LANE) - 1
_AT_ONCE = _ONE // 255  # weights that are summed at once: more of them might not fit in a lane
_KEPT = 1 << 16  # words whose weights are kept
_MEND = "install acu-lint again, or make the file anew with training/train.py"


class ModelError(ValueError):
    """The file of weights is not what this version of acu-lint reads."""


class Decision(NamedTuple):
    """What a score means for one label; all numbers but ``percent``'s places are in units of a weight.

    ``warning`` and ``info`` are the least scores that are reported, ``alone`` the least that the reader warns of where
    the rules found nothing. ``percent[k - 1]`` is the least that is right in k of 100 cases, ``share[k - 1]`` the same
    for a sentence of which only its own features are known. ``density[k]`` is added where the other sentences of the
    page have the label in k of 100 cases; ``heard`` where the rules report the sentence themselves, at a severity of
    this name.
    """

    bias: int
    alone: int
    warning: int
    info: int
    share: tuple[int, ...]
    percent: tuple[int, ...]
    density: tuple[int, ...]
    heard: Mapping[str, int]

    def confidence(self, score: int) -> int:
        """In how many of 100 cases a score is right."""
        return bisect_right(self.percent, score)


class Card(NamedTuple):
    """What the file says about itself; ``unit`` is how many units of a weight make a logit."""

    version: str
    date: str
    unit: int
    labels: Mapping[str, Decision]
    kinds: Mapping[str, int]


class _Words(dict[str, int]):
    """What a word weighs with its beginning, all labels at once, each worked out once; an empty word weighs nothing."""

    def __init__(self, wide: Sequence[int]) -> None:
        super().__init__()
        self._wide = wide

    def __missing__(self, token: str) -> int:
        if len(self) >= _KEPT:
            self.clear()
        word, beginning = word_rows(token)
        self[token] = found = self._wide[word] + self._wide[beginning] if token else 0
        return found


class _Outer(dict[tuple[int, ...], int]):
    """What the outer form of a sentence weighs, all labels at once: thousands of sentences share one."""

    def __init__(self, wide: Sequence[int]) -> None:
        super().__init__()
        self._wide = wide

    def __missing__(self, rows: tuple[int, ...]) -> int:
        if len(self) >= _KEPT:
            self.clear()
        self[rows] = found = sum([self._wide[row] for row in rows])
        return found


class Model:
    """The tables of a file, ready to be asked."""

    def __init__(self, data: bytes | mmap.mmap, name: str = PATH.name) -> None:
        """Read the tables in ``data``; raises ``ModelError`` where they are not whole or not those of this version."""
        self.card, start = _head(data, name)
        view = memoryview(data)
        wide = view[start : start + 8 * ROWS]
        kinds = view[start + 8 * ROWS :]
        if len(kinds) != len(KINDS) * KIND_ROWS:
            raise ModelError(f"{name} has another size than it says: {_MEND}")
        self._wide = _natively(wide)
        self._words, self._outer = _Words(self._wide), _Outer(self._wide)
        self._kinds = {kind: kinds[at * KIND_ROWS : (at + 1) * KIND_ROWS] for at, kind in enumerate(KINDS)}
        self._lanes = [(lane, self.card.labels[label].bias) for lane, label in zip(_LANES, LABELS, strict=True)]

    def words(self, words: Sequence[str], starts: Sequence[int]) -> list[int]:
        """What each word of some sentences weighs with the word before it, all labels at once (see ``pair_rows``)."""
        wide, alone = self._wide, map(self._words.__getitem__, words)
        return [word + wide[pair] for word, pair in zip(alone, pair_rows(words, starts), strict=True)]

    def scores(self, words: Sequence[int], others: Sequence[int], outer: tuple[int, ...]) -> tuple[int, ...]:
        """The score of a sentence for each of ``LABELS``.

        ``words`` is what its words weigh, the empty one behind them included; ``others`` and ``outer`` are the rows
        of its other features (``other_rows``, ``outer_rows``).
        """
        wide = self._wide
        count = 3 * len(words) - 2 + len(others) + len(outer)
        zero = ZERO * count
        if count <= _AT_ONCE:  # as of nearly all sentences
            whole = sum(words) + sum([wide[row] for row in others]) + self._outer[outer]
            return tuple([((whole >> lane) & _ONE) - zero + bias for lane, bias in self._lanes])
        sums = [*words, *[wide[row] for row in others], *[wide[row] for row in outer]]
        return tuple([sum([(each >> lane) & _ONE for each in sums]) - zero + bias for lane, bias in self._lanes])

    def kind(self, rows: Sequence[int]) -> str:
        """Which kind of claim a sentence reads like most."""
        small = [row % KIND_ROWS for row in rows]
        scores = {
            kind: sum(map(table.__getitem__, small)) + self.card.kinds[kind] for kind, table in self._kinds.items()
        }
        return max(KINDS, key=lambda kind: scores[kind])

    def weights(self, label: str, rows: Iterable[int]) -> list[int]:
        """The weight of each row for a label."""
        lane = _LANES[LABELS.index(label)]
        return [((self._wide[row] >> lane) & _ONE) - ZERO for row in rows]


@cache
def model() -> Model:
    """The model of this installation; raises ``ModelError`` where its file is missing or does not fit."""
    try:
        with PATH.open("rb") as file:
            return Model(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError) as error:
        if isinstance(error, ModelError):
            raise
        raise ModelError(f"{PATH.name} cannot be read ({error}): {_MEND}") from error


def _natively(wide: memoryview) -> Sequence[int]:
    """The entries of the first table, which are little-endian in the file."""
    if sys.byteorder == "little":
        return wide.cast("Q")
    swapped = array("Q", wide.tobytes())
    swapped.byteswap()
    return swapped


def _head(data: bytes | mmap.mmap, name: str) -> tuple[Card, int]:
    """What a file says about itself, and where its tables start."""
    if data[: len(_MAGIC)] != _MAGIC:
        raise ModelError(f"{name} is no file of weights of this version of acu-lint: {_MEND}")
    end = data.find(b"\n", len(_MAGIC))
    try:
        head = json.loads(data[len(_MAGIC) : end])
        whole = head.pop("checksum") == crc32(memoryview(data)[end + 1 :])
        labels = {label: _decision(value) for label, value in head.pop("labels").items()}
        card = Card(**head, labels=labels)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ModelError(f"{name} is damaged: {_MEND}") from error
    if not whole:
        raise ModelError(f"{name} is damaged: {_MEND}")
    if tuple(labels) != LABELS or tuple(card.kinds) != KINDS:
        raise ModelError(f"{name} knows other labels than this version of acu-lint: {_MEND}")
    return card, end + 1


def _decision(value: Mapping[str, object]) -> Decision:
    decision = Decision(**value)  # type: ignore[arg-type]
    share, percent, density = (tuple(numbers) for numbers in (decision.share, decision.percent, decision.density))
    return decision._replace(share=share, percent=percent, density=density)


def packed(card: Card, tables: Mapping[str, Sequence[int]], kinds: Mapping[str, Sequence[int]]) -> bytes:
    """The bytes of a file of weights; ``tables`` has ``ROWS`` weights from -128 to 127 a label, ``kinds`` fewer a kind.

    The same card and weights give the same bytes.
    """
    lanes = [tables[label] for label in LABELS]
    wide = array("Q", bytes(8 * ROWS))
    for row, weights in enumerate(zip(*lanes, strict=True)):
        wide[row] = sum((weight + ZERO) << lane for weight, lane in zip(weights, _LANES, strict=True))
    if sys.byteorder == "big":
        wide.byteswap()
    body = wide.tobytes() + b"".join(bytes(weight + ZERO for weight in kinds[kind]) for kind in KINDS)
    told = {**card._asdict(), "labels": {label: made._asdict() for label, made in card.labels.items()}}
    head = json.dumps({**told, "checksum": crc32(body)}, separators=(",", ":"))
    room = -(len(_MAGIC) + len(head) + 1) % 8  # the tables start where eight bytes do
    return _MAGIC + head.encode() + b" " * room + b"\n" + body
