"""Make as many articles as a benchmark needs, from the paragraphs of ``examples/``."""

from __future__ import annotations

import random
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "content"


def paragraphs() -> list[str]:
    """The paragraphs of the example articles in Markdown, front matter left out."""
    found: list[str] = []
    for file in sorted(EXAMPLES.rglob("*.md")):
        body = file.read_text(encoding="utf-8").split("\n---\n", 1)[-1]
        found += [part for part in body.split("\n\n") if part.strip() and not part.startswith("+++")]
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
    pool = paragraphs()
    total = 0
    for number in range(count):
        path = folder / f"section-{number % 20}" / f"article-{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        total += path.write_bytes(article(number, size, pool).encode())
    return total
