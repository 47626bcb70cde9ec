"""Make as many articles as a benchmark needs, from the sections in ``text/``.

Some common words are exchanged for others from article to article, so that few sentences are the same in two of them:
what remembers sentences would look faster than it is on articles of different authors.
"""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

TEXT = Path(__file__).resolve().parent / "text"
KINDS = ("careful", "marketing")
# Each word may stand for the others of its group.
_GROUPS = (
    "people adults patients readers clients", "may might could", "often frequently commonly", "many most several",
    "doctor physician clinician practitioner", "clinic practice surgery centre", "month week day season",
    "months weeks days seasons", "help assist support", "pain ache discomfort soreness", "early late",
    "risk chance danger", "again anew afresh", "treatment therapy remedy method", "about around roughly nearly",
    "small little slight", "better easier simpler", "look glance", "study trial survey", "first second third",
    "the this that", "is remains seems", "are remain seem", "your our their",
)  # fmt: skip
_OTHERS = {word: group.split() for group in _GROUPS for word in group.split()}
_WORD = re.compile(rf"(?<![\w/.\[(-])(?:{'|'.join(_OTHERS)})(?![\w/.\])-])")
_EXCHANGED = 0.25  # of the words that have others


@cache
def sections(kind: str = "careful") -> tuple[str, ...]:
    """The sections (a heading and what stands below it) of the careful or of the marketing text."""
    found: list[str] = []
    for file in sorted((TEXT / kind).glob("*.md")):
        parts = re.split(r"^(?=## )", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        found += [part.strip() for part in parts[1:]]
    return tuple(found)


def article(number: int, size: int, kind: str = "careful") -> str:
    """An article of about ``size`` characters; the same number gives the same article."""
    chance = random.Random(f"{kind} {number}")
    title = f"Article {number} about a visit to the clinic"
    head = f"---\ntitle: {title}\nauthor: Ada Lind\nreviewed: 2026-09-01\n---\n\n# {title}"
    parts, total = [head], len(head)
    pool: list[str] = []
    while total < size:
        pool = pool or chance.sample(sections(kind), len(sections(kind)))
        parts.append(_varied(chance, pool.pop()))
        total += len(parts[-1]) + 2
    return "\n\n".join(parts) + "\n"


def _varied(chance: random.Random, section: str) -> str:
    def other(match: re.Match[str]) -> str:
        return chance.choice(_OTHERS[match[0]]) if chance.random() < _EXCHANGED else match[0]

    return _WORD.sub(other, section)


def write_site(folder: Path, count: int, size: int = 5_000, kind: str = "careful") -> int:
    """Write a site of ``count`` articles; returns its size in bytes."""
    total = 0
    for number in range(count):
        path = folder / f"section-{number % 20}" / f"article-{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        total += path.write_bytes(article(number, size, kind).encode())
    return total
