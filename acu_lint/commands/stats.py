"""``acu-lint stats``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import click

from acu_lint.commands import config_options, tell_left_out, verbose_option
from acu_lint.project.project import Options
from acu_lint.project.runner import Runner
from acu_lint.report.lines import dumps, say, say_data, visible
from acu_lint.rules.finding import Skipped


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
@verbose_option
@config_options
@click.pass_context
def stats(ctx: click.Context, *, form: str, verbose: bool, options: Options) -> None:
    """Print measures of articles (words, reading grade, keyphrase …), without a verdict."""
    runner = Runner(options)
    found = runner.find_files()
    rows: list[Mapping[str, object]] = []
    for path in sorted(found.files):
        row = runner.attempt(path, partial(_measures, runner, path))
        if isinstance(row, Skipped):
            found.skipped.append(row)
        else:
            rows.append(row)
    if form == "json":
        say_data(dumps({"version": 1, "documents": rows}, indent=1))
    else:
        for row in rows:
            _print(row)
    ctx.exit(2 * tell_left_out(found, runner.trouble, verbose=verbose))


def _measures(runner: Runner, path: str) -> Mapping[str, object]:
    """All measures of a file."""
    doc = runner.article(path)
    registry = runner.projects.of(path).registry
    values = {name: measure(doc) for name, measure in registry.measures.items()}
    return {"path": path, **{name: round(v, 3) if isinstance(v, float) else v for name, v in values.items()}}


def _print(row: Mapping[str, object]) -> None:
    say(click.style(visible(str(row["path"])), bold=True))
    for name, value in row.items():
        if name != "path" and value not in {None, ""}:
            say(f"  {name.replace('_', ' '):<24}{visible(str(value))}")
