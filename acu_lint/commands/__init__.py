"""One module per command; ``acu_lint.cli`` imports it when the command is called."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from ..files import Discovery
from ..finding import Severity

_PROGRESS_FROM = 100  # articles

F = TypeVar("F", bound=Callable[..., Any])

SEVERITIES = [severity.label for severity in reversed(Severity)]


def _today(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime.date:  # noqa: ARG001
    try:
        return datetime.date.fromisoformat(value) if value else datetime.date.today()
    except ValueError:
        raise click.BadParameter(f"'{value}' is not a date like 2026-11-21") from None


def config_options(function: F) -> F:
    """Add the options that say which settings apply."""
    for option in (
        click.option("--config", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Use this file."),
        click.option("--isolated", is_flag=True, help="Use no configuration file."),
        click.option("--today", callback=_today, metavar="YYYY-MM-DD", help="Take this for today's date."),
    ):
        function = option(function)
    return function


def cpus() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def tell(message: str) -> None:
    """Print one line about the run itself on standard error."""
    click.echo(f"acu-lint: {message}", err=True)


def tell_left_out(found: Discovery) -> None:
    """Print a line for every path that is not there and every file that was skipped."""
    for path in found.missing:
        tell(f"there is no file or folder {path}")
    for skipped in found.skipped:
        tell(f"{skipped.path}: skipped: {skipped.reason}")


@contextmanager
def index_progress(total: int) -> Iterator[Callable[[int], object]]:
    """A progress bar on a terminal, where many articles are read for an index."""
    if total < _PROGRESS_FROM or not on_terminal():
        yield int
        return
    with click.progressbar(length=total, label="Indexing articles", file=sys.stderr) as bar:
        yield bar.update


def on_terminal() -> bool:
    """Whether standard error is a terminal, for progress bars."""
    return sys.stderr.isatty()
