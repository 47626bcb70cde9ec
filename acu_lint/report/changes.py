"""What ``--fix`` changed, or would change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from acu_lint.report.text import many
from acu_lint.rules.finding import Change

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def coloured(diff: str) -> Iterator[str]:
    """Yield the lines of a unified diff for a terminal, where no other control character belongs."""
    for number, line in enumerate(diff.removesuffix("\n").split("\n")):
        shown = "".join(char if char.isprintable() or char == "\t" else "\ufffd" for char in line.rstrip("\r"))
        yield click.style(shown, bold=True) if number < 2 else click.style(shown, fg=_COLOURS.get(line[:1]))


def told(changes: Sequence[Change], *, done: bool, quiet: bool) -> Iterator[str]:
    """Yield what kept a file from being mended; and how much is fixed, or could be, unless ``quiet``."""
    yield from (f"{change.path}: {change.trouble}" for change in changes if change.trouble)
    if quiet:
        return
    counts = [change.fixed for change in changes if change.fixed]
    if not counts:
        yield "nothing to fix" if not changes else "nothing is fixed"
        return
    where = f"{many(sum(counts), 'finding')} in {many(len(counts), 'file')}"
    yield f"{where} fixed" if done else f"{where} can be fixed with --fix"
