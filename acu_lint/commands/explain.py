"""``acu-lint explain``."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

import click

from ..card import Card, Example
from ..engine import OWN_RULES
from ..errors import UsageError, did_you_mean
from ..options import options_of
from ..registry import Registry
from ..session import Options, Session
from .rules import shown


@click.command()
@click.argument("rule")
@click.option("--config", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Use this file.")
def explain(*, rule: str, config: Path | None) -> None:
    """Explain a rule: why it exists, its sources and options, bad and good examples."""
    session = Session(Options(config))
    registry = session.registry_of(session.config_for("./x"))
    if rule in OWN_RULES:
        click.echo(f"{rule}\n\n{OWN_RULES[rule]}")
        return
    if rule not in registry.cards:
        raise UsageError(f"there is no rule '{rule}'{did_you_mean(rule, registry.cards)}; see: acu-lint rules")
    for line in _explained(registry, registry.cards[rule]):
        click.echo(line)


def _explained(registry: Registry, card: Card) -> Iterator[str]:
    yield f"{click.style(card.id, bold=True)}  {card.title} ({card.severity.label})"
    if card.why:
        yield from ("", *textwrap.wrap(card.why, 92))
    yield from _section("Sources", (f"{note.title}  {note.url}" for note in card.sources))
    if card.kind != "terms":
        options = options_of(registry.check_of(card))
        yield from _section("Options", (option.told for option in options))
    yield from _section("Finds", (_one_line(example) for example in card.bad))
    yield from _section("Leaves alone", (_one_line(example) for example in card.good))
    yield from _section("Silence one instance", (f"<!-- acu-lint-disable-next-line {card.id} -- why -->",))


def _section(title: str, lines: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    rows = list(lines)
    if rows:
        yield from ("", click.style(title, bold=True), *(f"  {row}" for row in rows))


def _one_line(example: Example) -> str:
    return textwrap.shorten(" ⏎ ".join(shown(example.text).split("\n")), 160, placeholder=" …")
