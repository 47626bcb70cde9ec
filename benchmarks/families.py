"""What each family of rules costs: the time of a full check, and how much less it takes without the family.

    python benchmarks/families.py

What several families share (words, sentences, sources) counts for none of them.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from articles import article, sections

from acu_lint.session import Options, Session

FAMILIES = ("claims", "citations", "keywords", "readability", "trust", "copy", "seo")
ARTICLES = 100


def seconds(texts: Sequence[str], ignore: Sequence[str] = ()) -> float:
    """Processor seconds for a check of all texts, the least of five runs."""
    session = Session(Options(isolated=True, command_line={"ignore": list(ignore)}))
    taken = []
    for _ in range(5):
        start = time.process_time()
        for text in texts:
            session.lint_text("article.md", text)
        taken.append(time.process_time() - start)
    return min(taken)


def main() -> None:
    """Print a Markdown table."""
    pool = sections()
    texts = [article(number, 5_000, pool) for number in range(ARTICLES)]
    whole = seconds(texts)
    print(f"| family | share of {whole:.2f} s |\n|---|---|")
    for family in FAMILIES:
        print(f"| `{family}/` | {max(1 - seconds(texts, [family]) / whole, 0):.0%} |", flush=True)


if __name__ == "__main__":
    main()
