"""The command line. Nothing heavy is imported here; each command imports what it needs."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper

import click

from acu_lint import __version__
from acu_lint.report.lines import say, tell
from acu_lint.system import errors, quick_start
from acu_lint.system.errors import UsageError, our_fault
from acu_lint.system.processes import end_on_signals

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
    "trust": "Let the Python rules of a repository run.",
}


def _show_tracebacks(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001, FBT001
    errors.shows_tracebacks = value


_CLOSED_PIPE = 141  # as of a program that SIGPIPE ends
_TRACEBACK = click.Option(
    ["--traceback"],
    is_flag=True,
    expose_value=False,
    callback=_show_tracebacks,
    help="Where acu-lint itself breaks down, show where.",
)


class _Commands(click.Group):
    """Commands that are imported when they are called, so that none pays for another."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f".commands.{cmd_name}", __package__), cmd_name)
        for one in command.commands.values() if isinstance(command, click.Group) else (command,):
            if _TRACEBACK not in one.params:
                one.params.append(_TRACEBACK)
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
    """Run the command line; whatever goes wrong is one line on standard error, and status 2."""
    quick_start.begin()
    end_on_signals()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a sign shows another
    output = sys.stdout
    try:
        _refuse_names_like_options(sys.argv[1:])
        status = cli.main(prog_name="acu-lint", standalone_mode=False)
        if sys.stdout:
            sys.stdout.flush()
        quick_start.end()
    except (Exception, SystemExit) as error:  # status 1 means findings and nothing else
        if isinstance(error, BrokenPipeError) or sys.stdout is not output:  # which click puts another in the place of
            os._exit(_CLOSED_PIPE)  # a plain exit would try to flush the same output again
        if isinstance(error, SystemExit):
            raise
        status = _status_of(error)
        if isinstance(error, OSError):
            os._exit(status)  # for the same reason
    sys.exit(status if isinstance(status, int) else 0)


def _status_of(error: Exception) -> int:
    """Tell what went wrong in one line; the exit status."""
    if isinstance(error, click.Abort):
        return 130
    if isinstance(error, click.ClickException):
        _show(error)
        return error.exit_code
    if isinstance(error, UsageError):
        tell(str(error))
    elif isinstance(error, OSError) and error.strerror:  # a full disk, a closed device
        tell(f"cannot write: {error.strerror}")
    elif type(error).__module__ == "sqlite3":  # which is not imported for this question
        tell("the index of the articles is damaged: run acu-lint index clear")
    else:
        tell(our_fault(error))
    return 2


def _show(error: click.ClickException) -> None:
    """Print what click finds wrong with the command line, whose words are data too."""
    if type(error).__name__ == "NoArgsIsHelpError":  # as click calls it since 8.2: it is help and no error
        error.show()
        return
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context:
        say(context.get_usage(), err=True)
    tell(error.format_message())


def _refuse_names_like_options(arguments: Sequence[str]) -> None:
    """Raise ``UsageError`` for an option that is also a file here: whoever wrote ``*.md`` meant the file."""
    for argument in arguments[: arguments.index("--")] if "--" in arguments else arguments:
        if argument.startswith("-") and argument != "-" and os.path.lexists(argument):
            raise UsageError(f"'{argument}' is an option and also a file here: rename the file, or put -- before files")
