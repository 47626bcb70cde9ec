"""``acu-lint config``."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from acu_lint.commands import file_options
from acu_lint.document.flavour import Flavour
from acu_lint.document.page_flavour import page_flavour
from acu_lint.document.vocabulary import Vocabulary
from acu_lint.project.config import Layer
from acu_lint.project.discovery import read
from acu_lint.project.project import FileSettings, Options, Projects
from acu_lint.project.settings import choose, rule_values
from acu_lint.report.lines import say, tell, visible
from acu_lint.rules.card import Card
from acu_lint.system.tree import Tree


@click.command()
@click.argument("file")
@file_options
def config(*, file: str, config: Path | None, allow_local_code: bool) -> None:
    """Show the settings that apply to FILE (it need not exist) and where each comes from."""
    projects = Projects(Options(config=config, allow_local_code=allow_local_code))
    project = projects.of(file)
    settings = project.settings_for(file)
    settings.prepare()  # so that a wrong option is told here as well
    layers = settings.layers
    values = (*_values(layers), *_vocabulary(layers, settings.vocabulary, project.today))
    values = (*values, _row("flavour", *_flavour(settings, file)))
    if project.config.rule_paths:
        values = (*values, _row("code of the project", project.trust, "acu-lint trust"))
    for line in (*values, "", *_chosen(project.registry.cards.values(), layers), "", *_options(layers)):
        say(line)
    for note in (*projects.trouble.notes, *projects.trouble.faults):
        tell(note)


def _values(layers: Sequence[Layer]) -> Iterator[str]:
    merged = {key: (value, layer.origin) for layer in layers for key, value in layer.values.items()}
    for key, (value, origin) in sorted(merged.items()):
        if key not in {"rules", "overrides", "files", "select", "ignore", "vocabulary", "flavour"}:
            yield _row(key, json.dumps(value, ensure_ascii=False), origin)


def _flavour(settings: FileSettings, file: str) -> tuple[str, str]:
    """The generator of a file and how it is known, by what the page says if need be."""
    if generator := settings.generator(file):
        return generator.flavour, generator.origin
    try:
        doc = settings.document(file, "" if Tree([file]).why_not(file) else read(file))
    except ValueError:  # there is no such file, or it cannot be read
        return Flavour.ANY, ""
    hint = page_flavour(doc)
    return (hint.flavour, f"the page: {hint.sign}") if hint else (Flavour.ANY, "")


def _vocabulary(layers: Sequence[Layer], words: Vocabulary, today: datetime.date) -> Iterator[str]:
    """The lists of every layer, as they add up."""
    for layer in layers:
        for key, value in layer.values.get("vocabulary", {}).items():
            yield _row(f"vocabulary {key}", json.dumps(value, ensure_ascii=False), layer.origin)
    if words.approved:
        expired = sum(approval.expires < today for approval in words.approved)
        yield f"{'approved claims':<36} {len(words.approved)}, {expired} of them expired"


def _chosen(cards: Iterable[Card], layers: Sequence[Layer]) -> Iterator[str]:
    for card in sorted(cards, key=lambda card: card.id):
        chosen = choose(card, layers)
        yield _row(card.id, "on" if chosen.runs else "off", chosen.origin)


def _options(layers: Sequence[Layer]) -> Iterator[str]:
    merged = {f"{rule} {key}": (value, origin) for rule, key, value, origin in rule_values(layers)}
    for name, (value, origin) in sorted(merged.items()):
        yield _row(name, json.dumps(value, ensure_ascii=False), origin)


def _row(name: str, value: str, origin: str) -> str:
    return f"{visible(name):<36} {visible(value):<24} {click.style(visible(origin), dim=True)}"
