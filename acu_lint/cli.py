"""The command line. Nothing heavy is imported here; each command imports what it needs."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from . import __version__
from .errors import UsageError

COMMANDS = {
    "check": "Lint articles.",
    "config": "Show the settings of a file and where each comes from.",
    "duplicates": "List articles that repeat each other.",
    "explain": "Explain a rule: why, sources, options, examples.",
    "index": "Keep the index of all articles that a check compares with.",
    "init": "Write a configuration and the pre-commit stanza.",
    "join": "Compare a corpus that is too large for one machine.",
    "plugins": "List the rule packs, and why one is left out.",
    "references": "List the sources of articles, and what leads nowhere.",
    "rules": "List the rules.",
    "score": "Score articles, and tell what to change first.",
    "stats": "Print measures of articles, without a verdict.",
}


class _Commands(click.Group):
    """Commands that are imported when they are called, so that none pays for another."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f".commands.{cmd_name}", __package__), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="acu-lint", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Keep health-marketing articles honest, readable and original.

    Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or a broken rule.
    """
    if os.environ.get("NO_COLOR"):
        ctx.color = False


def main() -> None:
    """Run the command line; what the user can mend is one line on standard error, status 2."""
    try:
        cli(prog_name="acu-lint")
    except UsageError as error:
        click.echo(f"acu-lint: {error}", err=True)
        sys.exit(2)
    except OSError as error:  # a full disk, a closed device: click handles the closed pipe
        click.echo(f"acu-lint: cannot write: {error.strerror}", err=True)
        os._exit(2)  # a plain exit would try to flush the same output again
