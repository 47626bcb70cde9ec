"""``acu-lint plugins``."""

from __future__ import annotations

from pathlib import Path

import click

from acu_lint.commands import file_options
from acu_lint.project.project import Options, Projects
from acu_lint.report.lines import say, visible
from acu_lint.report.text import many


@click.command()
@file_options
def plugins(*, config: Path | None, allow_local_code: bool) -> None:
    """List the rule packs: where each is, how many rules it has, and why one is left out."""
    registry = Projects(Options(config=config, allow_local_code=allow_local_code)).here.registry
    for pack in registry.packs:
        state = "left out" if pack.fault else many(pack.cards, "rule")
        say(visible(f"{pack.name:<20} {state:<12} {pack.origin}"))
    for fault in (*registry.faults, *registry.local_faults):
        say(f"  {visible(fault)}")
