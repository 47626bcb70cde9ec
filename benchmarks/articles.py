"""Make as many articles as a benchmark needs, from the sections of ``examples/``."""

from __future__ import annotations

import random
import re
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "content"


def sections() -> list[str]:
    """The sections (a heading and what stands below it) of the example articles in Markdown."""
    found: list[str] = []
    for file in sorted(EXAMPLES.rglob("*.md")):
        text = file.read_text(encoding="utf-8")
        body = re.split(r"^(?:---|\+\+\+|\})$", text, maxsplit=2, flags=re.MULTILINE)[-1]
        found += [part.strip() for part in re.split(r"^(?=## )", body, flags=re.MULTILINE) if part.strip()]
    return found


def article(number: int, size: int, pool: list[str]) -> str:
    """An article of about ``size`` characters; the same number gives the same article."""
    chance = random.Random(number)
    title = f"Article {number} about a visit to the clinic"
    head = f"---\ntitle: {title}\nauthor: Ada Lind\nreviewed: 2026-09-01\n---\n\n# {title}"
    parts, total = [head], len(head)
    while total < size:
        parts.append(chance.choice(pool))
        total += len(parts[-1]) + 2
    return "\n\n".join(parts) + "\n"


def write_site(folder: Path, count: int, size: int = 5_000) -> int:
    """Write a site of ``count`` articles; returns its size in bytes."""
    pool = sections()
    total = 0
    for number in range(count):
        path = folder / f"section-{number % 20}" / f"article-{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        total += path.write_bytes(article(number, size, pool).encode())
    return total
