"""One module per command; ``acu_lint.cli`` imports it when the command is called."""

from __future__ import annotations

import datetime
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from acu_lint.project.discovery import Discovery
from acu_lint.project.paths import trouble_with_path
from acu_lint.project.project import Options, Trouble
from acu_lint.report.lines import tell
from acu_lint.report.text import many
from acu_lint.rules.finding import Severity
from acu_lint.system.run_context import Progress, Tick

_WILD = re.compile(r"[*?]|\[.*\]")
_PROGRESS_FROM = 100  # articles

F = TypeVar("F", bound=Callable[..., Any])

SEVERITIES = [severity.label for severity in reversed(Severity)]


def _today(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime.date:  # noqa: ARG001
    try:
        return datetime.date.fromisoformat(value) if value else datetime.date.today()
    except ValueError:
        raise click.BadParameter(f"'{value}' is not a date like 2026-11-21") from None


class _File(click.Path):
    """A file that is there; a path as Windows writes it is told how to be written."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            if trouble := trouble_with_path(os.fspath(value)):
                self.fail(f"{error.message.removesuffix('.')}; {trouble}", param, ctx)
            raise


def config_options(function: F) -> F:
    """Add the options that say which settings apply; the command takes them, and its ``paths``, as ``options``."""

    @wraps(function)
    def call(**given: Any) -> Any:
        names = ("paths", "config", "isolated", "allow_local_code", "today")
        return function(options=Options(**{name: given.pop(name) for name in names if name in given}), **given)

    for option in (
        click.option("--isolated", is_flag=True, help="Use no configuration file."),
        click.option("--today", callback=_today, metavar="YYYY-MM-DD", help="Take this for today's date."),
    ):
        call = option(call)
    return file_options(cast("F", call))


def file_options(function: F) -> F:
    """Add the options that say which configuration is read, and whether code that it names may run."""
    allowing = "Run the Python rules of the linted repository (see 'acu-lint trust')."
    for option in (
        click.option("--config", type=_File(path_type=Path, exists=True, dir_okay=False), help="Use this file."),
        click.option("--allow-local-code", is_flag=True, help=allowing),
    ):
        function = option(function)
    return function


def cpus() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


verbose_option = click.option("--verbose", "-v", is_flag=True, help="Name every file that is no article, and say why.")


def tell_left_out(found: Discovery, trouble: Trouble, *, verbose: bool = False, quiet: bool = False) -> bool:
    """Print a line for all that is not there, was skipped or went wrong; say whether the run ends with status 2.

    Files that are no articles are counted in one line, and told one by one where they were named or ``verbose`` is
    given; ``quiet`` says nothing about them.
    """
    for path in found.missing:
        tell(f"there is no file or folder {path}{_mend(path)}")
    faults = dict.fromkeys(trouble.faults)
    counted: Counter[str] = Counter()
    for one in found.skipped:
        if one.kind and (quiet or not (verbose or one.path in found.named)):
            counted[one.kind] += 1
        elif one.reason not in faults and f"{one.path}: {one.reason}" not in faults:
            tell(f"{one.path}: skipped: {one.reason}")
    if counted and not quiet:
        tell(f"left out: {', '.join(many(count, kind) for kind, count in counted.most_common())} ({_more(counted)})")
    for line in (*trouble.notes, *faults):
        tell(line)
    return bool(faults) or found.lacks(found.skipped)


def _more(counted: Counter[str]) -> str:
    return f"--verbose names {'it' if counted.total() == 1 else 'them'}"


def _mend(path: str) -> str:
    """What to do about an option that was taken for a file, or a path as Windows writes it."""
    if path.startswith("-"):
        return "; options stand before '--': in a hook write them into 'entry', as in: acu-lint check --fix --"
    if trouble := trouble_with_path(path):
        return f"; {trouble}"
    if wild := _WILD.search(path):
        folder = path[: wild.start()].rpartition("/")[0]
        where = f"name the folder: {folder}" if os.path.isdir(folder) else "name files or a folder"  # noqa: PTH112
        return f"; patterns are for the shell to expand: {where}"
    return ""


def progress(label: str, at_least: int = _PROGRESS_FROM) -> Progress:
    """A progress bar on a terminal, where there is much to do."""

    @contextmanager
    def bar(total: int) -> Iterator[Tick]:
        if total < at_least or not on_terminal():
            yield int
            return
        with click.progressbar(length=total, label=label, file=sys.stderr) as shown:
            yield shown.update

    return bar


def on_terminal() -> bool:
    """Whether standard error is a terminal, for progress bars."""
    return sys.stderr.isatty()
