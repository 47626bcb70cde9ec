"""``acu-lint stats``."""

from __future__ import annotations

import json
from collections.abc import Mapping

import click

from acu_lint.commands import config_options, tell_left_out, verbose_option
from acu_lint.document.document import Document
from acu_lint.project.project import FileSettings, Options
from acu_lint.project.result_cache import Work
from acu_lint.project.runner import Runner
from acu_lint.report.lines import dumps, say, say_data, visible
from acu_lint.rules.finding import Skipped


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
@click.option("--no-cache", is_flag=True, help="Keep nothing from run to run.")
@verbose_option
@config_options
@click.pass_context
def stats(ctx: click.Context, *, form: str, no_cache: bool, verbose: bool, options: Options) -> None:
    """Print measures of articles (words, reading grade, keyphrase …), without a verdict."""
    runner = Runner(options, keeps_results=not no_cache)
    found = runner.find_files()
    rows: list[Mapping[str, object]] = []
    for row in runner.kept_each(sorted(found.files), _MEASURING):
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


def _measures(settings: FileSettings, doc: Document) -> Mapping[str, object]:
    """All measures of an article."""
    values = {name: measure(doc) for name, measure in settings.project.registry.measures.items()}
    return {"path": doc.path, **{name: round(v, 3) if isinstance(v, float) else v for name, v in values.items()}}


def _encoded(row: Mapping[str, object]) -> bytes | None:
    """Measures as bytes, to be kept; None where they would not come back as they are."""
    try:
        content = json.dumps(row).encode()
    except (TypeError, ValueError):
        return None
    return content if json.loads(content) == row else None


def _decoded(path: str, content: bytes) -> Mapping[str, object]:
    row: Mapping[str, object] = json.loads(content)
    return {**row, "path": path}


_MEASURING = Work("stats", _measures, _encoded, _decoded, rules=False)


def _print(row: Mapping[str, object]) -> None:
    say(click.style(visible(str(row["path"])), bold=True))
    for name, value in row.items():
        if name != "path" and value not in {None, ""}:
            say(f"  {name.replace('_', ' '):<24}{visible(str(value))}")
