"""How much of what readers see of a page acu-lint reads, and how much it reads that no reader sees.

    python benchmarks/visible/measure.py [--words] [--any] [SITE …]

``--words`` prints the words that are lost and those that are too many, with their neighbours; ``--any`` parses
without knowing the flavour. README.md says where the reference texts come from.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from acu_lint.document.flavour import Flavour
from acu_lint.parse import parse

SITES = Path(__file__).resolve().parent / "sites"
FLAVOURS = {
    "docusaurus": Flavour.DOCUSAURUS,
    "github": Flavour.COMMONMARK,
    "hugo": Flavour.HUGO,
    "jekyll": Flavour.JEKYLL,
    "mkdocs": Flavour.MKDOCS,
    "pandoc": Flavour.PANDOC,
}
UNSEEN = {"title", "description", "alt"}  # blocks that are no part of the visible article
NEIGHBOURS = 3
_SIGNS = str.maketrans({"’": "'", "\u00ad": "", "\u200b": ""})
_WORD = re.compile(r"\w+(?:['-]\w+)*")


class Page(NamedTuple):
    """The words of a page: those that readers see, and those in blocks."""

    path: str
    seen: list[str]
    read: list[str]

    @property
    def lost(self) -> Counter[str]:
        """The words that are seen and not read."""
        return Counter(self.seen) - Counter(self.read)

    @property
    def surplus(self) -> Counter[str]:
        """The words that are read and not seen."""
        return Counter(self.read) - Counter(self.seen)


def words(texts: Sequence[str]) -> list[str]:
    """The words of some texts in lower case, with one kind of apostrophe and without ligatures and soft hyphens."""
    return [word for text in texts for word in _WORD.findall(_plain(text))]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower().translate(_SIGNS)


def read_words(path: Path, flavour: Flavour) -> list[str]:
    """The words of a file that acu-lint has in blocks."""
    text = path.read_bytes().decode()  # line ends as they are
    doc = parse(path.name, text, today=datetime.date(2026, 11, 30), flavour=flavour)
    return words([block.text for block in doc.blocks if block.kind not in UNSEEN])


def pages(site: str, flavour: Flavour) -> list[Page]:
    """All pages of a sample site."""
    texts = json.loads((SITES / site / "visible.json").read_text(encoding="utf-8"))
    return [Page(path, words(text), read_words(SITES / site / path, flavour)) for path, text in texts.items()]


def places(words: Sequence[str], others: Sequence[str], only: Counter[str]) -> Iterator[str]:
    """Where words stand that others have not: each run with its neighbours, the words in brackets."""
    left = only.copy()
    for kind, start, end, _, _ in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        if kind == "equal" or not any(left[word] for word in words[start:end]):
            continue
        marked = []
        for word in words[start:end]:
            marked.append(f"[{word}]" if left[word] > 0 else word)
            left[word] -= 1
        before, after = words[max(start - NEIGHBOURS, 0) : start], words[end : end + NEIGHBOURS]
        yield " ".join([*before, *marked, *after]).replace("] [", " ")


def row(name: str, group: Sequence[Page]) -> str:
    """A line of the table: the share of visible words in blocks, and that of words in blocks that nobody sees."""
    seen, read = (sum(len(getattr(page, side)) for page in group) for side in ("seen", "read"))
    lost, surplus = (sum(getattr(page, side).total() for page in group) for side in ("lost", "surplus"))
    coverage = 1 - lost / seen
    return f"| {name} | {len(group)} | {seen} | {coverage:.2%} | {surplus / max(read, 1):.2%} |"


def main() -> None:
    """Print a Markdown table, and the words that are lost or too many."""
    options = argparse.ArgumentParser()
    options.add_argument("sites", nargs="*", default=sorted(path.parent.name for path in SITES.glob("*/visible.json")))
    options.add_argument("--words", action="store_true")
    options.add_argument("--any", action="store_true")
    chosen = options.parse_args()
    sites = {site: pages(site, Flavour.ANY if chosen.any else FLAVOURS.get(site, Flavour.ANY)) for site in chosen.sites}
    print("| site | pages | visible words | in blocks | unseen in blocks |\n|---|---|---|---|---|")
    for site, group in sites.items():
        print(row(site, group))
    print(row("all", [page for group in sites.values() for page in group]))
    if not chosen.words:
        return
    for site, group in sites.items():
        for page in group:
            print(f"\n{row(f'{site}/{page.path}', [page])}")
            for sign, place in (
                *(("-", place) for place in places(page.seen, page.read, page.lost)),
                *(("+", place) for place in places(page.read, page.seen, page.surplus)),
            ):
                print(f"  {sign} {place}")


if __name__ == "__main__":
    main()
