"""``acu-lint rules``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import click

from acu_lint.commands import file_options
from acu_lint.project.project import Options, Projects
from acu_lint.report.lines import dumps, say, say_data, tell, visible
from acu_lint.rules.card import Card
from acu_lint.rules.options import options_of
from acu_lint.rules.registry import Registry


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", help="How to print.")
@file_options
@click.option("--test", is_flag=True, help="Run the examples on the project's own cards instead.")
@click.pass_context
def rules(ctx: click.Context, *, form: str, config: Path | None, allow_local_code: bool, test: bool) -> None:
    """List the rules, family by family, the project's own included."""
    projects = Projects(Options(config=config, allow_local_code=allow_local_code, examples=form == "markdown"))
    trouble, registry = projects.trouble, projects.here.registry
    if test:
        ctx.exit(_test(registry, projects.here.config.rule_paths) or 2 * bool(trouble.faults))
    cards = sorted(registry.cards.values(), key=lambda card: card.id)
    if form == "json":
        say_data(dumps([_record(card) for card in cards], indent=1))
    else:
        for line in _table(cards) if form == "text" else _reference(registry, cards):
            say(line)
    for note in (*trouble.notes, *trouble.faults):
        tell(note)


def _test(registry: Registry, folders: Sequence[Path]) -> int:
    """Run the examples on the cards below some folders; the exit status."""
    from acu_lint.testing import cases, difference  # noqa: PLC0415 -- only what is needed is imported

    own = [card for card in registry.cards.values() if any(Path(card.origin).is_relative_to(f) for f in folders)]
    failed = count = 0
    for case in cases(own):
        count += 1
        if fault := difference(case, registry):
            failed += 1
            say(f"{case.name}: {visible(fault)}")
    for fault in registry.local_faults:
        tell(fault)
    say(f"{count - failed} of {count} examples on {len(own)} cards are right.")
    return int(failed > 0)


def _record(card: Card) -> dict[str, object]:
    severity = card.severity.label
    return {"id": card.id, "title": card.title, "severity": severity, "default": card.default, "url": card.url}


def _table(cards: Iterable[Card]) -> Iterator[str]:
    for family, group in groupby(cards, key=lambda card: card.family):
        yield click.style(family, bold=True)
        for card in group:
            off = "" if card.default else "  (off by default)"
            yield f"  {card.id:<32}{card.severity.label:<9}{card.title}{off}"


def _reference(registry: Registry, cards: Iterable[Card]) -> Iterator[str]:
    """The rule reference in ``docs/rules.md``: all that the cards say."""
    yield "# The rules\n"
    yield "Made from the cards by `acu-lint rules --format markdown`. Words that a rule marks stand in ⟦brackets⟧."
    for card in cards:
        yield f"\n## {card.id}\n\n**{card.title}** ({card.severity.label}{'' if card.default else ', off by default'})"
        yield f"\n{card.why}\n"
        yield from (f"- Source: [{note.title}]({note.url})" for note in card.sources)
        for option in options_of(registry.check_of(card)) if card.kind != "terms" else ():
            yield f"- Option {option.told}"
        for name, examples in (("Finds", card.bad[:3]), ("Leaves alone", card.good[:3])):
            if examples:
                yield f"\n{name}:\n"
                yield from ("\n".join(f"    {line}" for line in shown(e.text).splitlines()) + "\n" for e in examples)


def shown(text: str) -> str:
    """An example with its marks as a reader sees them."""
    return text.replace("[[]]", "").replace("[[", "⟦").replace("]]", "⟧")
