"""What each family of rules costs: the time of a full check, and how much less it takes without the family.

    python benchmarks/families.py

What several families share (words, sentences, sources) counts for none of them.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence

from articles import KINDS, article

from acu_lint.project.project import Options
from acu_lint.project.runner import Runner

# What is left out for each family; citations/missing reads the claims as well and would hide what they cost.
FAMILIES = {
    "claims": ("claims", "citations/missing"),
    "citations": ("citations",),
    "keywords": ("keywords",),
    "readability": ("readability",),
    "trust": ("trust",),
    "copy": ("copy",),
    "seo": ("seo",),
}
ARTICLES = 40
ROUNDS = 9


def runner_without(*families: str) -> Runner:
    """A runner that leaves some families out."""
    return Runner(Options(isolated=True, command_line={"ignore": list(families)}))


def seconds(runner: Runner, texts: Sequence[str]) -> float:
    """Processor seconds for a check of all texts."""
    start = time.process_time()
    for text in texts:
        runner.lint_text("article.md", text)
    return time.process_time() - start


def share(rules: Sequence[str], texts: Sequence[str]) -> float:
    """The median share of some rules; both runs of a pair follow each other, so a change of speed hits both."""
    whole, part = runner_without(), runner_without(*rules)
    seconds(whole, texts[:3])
    seconds(part, texts[:3])
    return statistics.median(1 - seconds(part, texts) / seconds(whole, texts) for _ in range(ROUNDS))


def main() -> None:
    """Print a Markdown table."""
    texts = {kind: [article(number, 5_000, kind) for number in range(ARTICLES)] for kind in KINDS}
    print(f"| family | {' | '.join(f'of a check of {kind} text' for kind in KINDS)} |\n|---|---|---|")
    for family, rules in FAMILIES.items():
        shares = [f"{max(share(rules, texts[kind]), 0):.0%}" for kind in KINDS]
        print(f"| `{family}/` | {' | '.join(shares)} |", flush=True)


if __name__ == "__main__":
    main()
