"""``acu-lint stats``."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from pathlib import Path

import click

from ..session import Options, Session, find_files
from . import config_options, tell, tell_left_out


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
@config_options
@click.pass_context
def stats(  # noqa: PLR0913 -- one parameter per option
    ctx: click.Context, *, paths: tuple[str, ...], form: str, config: Path | None, isolated: bool, today: datetime.date
) -> None:
    """Print measures of articles (words, reading grade, keyphrase …), without a verdict."""
    session = Session(Options(config, isolated, today=today))
    found = find_files(session, paths or ["."])
    rows = [measures for path in sorted(found.files) if (measures := _measures(session, path))]
    if form == "json":
        click.echo(json.dumps({"version": 1, "documents": rows}, ensure_ascii=False, indent=1))
    else:
        for row in rows:
            _print(row)
    tell_left_out(found)
    ctx.exit(2 if found.missing else 0)


def _measures(session: Session, path: str) -> Mapping[str, object] | None:
    """All measures of a file; None (and a line on standard error) where it cannot be read."""
    doc = session.parse(path, tell)
    if doc is None:
        return None
    registry = session.registry_of(session.config_for(path))
    values = {name: measure(doc) for name, measure in registry.measures.items()}
    return {"path": path, **{name: round(v, 3) if isinstance(v, float) else v for name, v in values.items()}}


def _print(row: Mapping[str, object]) -> None:
    click.secho(str(row["path"]), bold=True)
    for name, value in row.items():
        if name != "path" and value not in {None, ""}:
            click.echo(f"  {name.replace('_', ' '):<24}{value}")
