"""``acu-lint duplicates``."""

from __future__ import annotations

import datetime
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from ..corpus import Corpus, Duplicate
from ..document import Document
from ..finding import Severity
from ..report import duplicates as report
from ..session import Options, Session, corpus_files, find_files
from . import config_options, on_terminal, tell

_PROGRESS_FROM = 100  # files


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.65,
    show_default=True,
    help="Lowest cosine of a pair: 1 means equal words.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["warning", "error", "never"]),
    default="never",
    show_default=True,
    help="Status 1 where a pair is alike in large parts (warning) or nearly altogether (error).",
)
@config_options
@click.pass_context
def duplicates(  # noqa: PLR0913 -- one parameter per option
    ctx: click.Context,
    *,
    paths: tuple[str, ...],
    form: str,
    threshold: float,
    fail_on: str,
    config: Path | None,
    isolated: bool,
    today: datetime.date,
) -> None:
    """List articles that repeat each other, with the passages they share.

    Compares the articles among PATHS; by default those of the configured corpus, else those of the
    working folder.
    """
    session = Session(Options(config, isolated, today=today))
    files, missing = _files(session, paths)
    corpus = Corpus(_documents(session, files))
    pairs = list(corpus.pairs(threshold))
    if form == "json":
        click.echo(report.as_json(pairs, len(corpus)))
    else:
        width = shutil.get_terminal_size().columns
        for line in report.as_text(pairs, len(corpus), threshold=threshold, width=width):
            click.echo(line)
    for path in missing:
        tell(f"there is no file or folder {path}")
    ctx.exit(2 if missing else int(_fails(pairs, fail_on)))


def _files(session: Session, paths: Sequence[str]) -> tuple[list[str], list[str]]:
    """The articles to compare, and which of the paths do not exist; tells what is left out."""
    settings = session.config_for("./x")
    if not paths and settings.corpus.get("include"):
        return corpus_files(settings), []
    found = find_files(session, paths or ["."])
    for skipped in found.skipped:
        tell(f"{skipped.path}: skipped: {skipped.reason}")
    return found.files, found.missing


def _documents(session: Session, files: Sequence[str]) -> Iterator[Document]:
    """Read the articles one by one, with a progress bar on a terminal; tells which cannot be read."""
    if len(files) < _PROGRESS_FROM or not on_terminal():
        yield from _read(session, files)
        return
    with click.progressbar(files, label="Reading articles", file=sys.stderr) as bar:
        yield from _read(session, bar)


def _read(session: Session, files: Iterator[str] | Sequence[str]) -> Iterator[Document]:
    return (doc for path in files if (doc := session.parse(path, tell)))


def _fails(pairs: Sequence[Duplicate], fail_on: str) -> bool:
    if fail_on == "never":
        return False
    limit = Severity[fail_on.upper()]
    return any(pair.severity is not None and pair.severity >= limit for pair in pairs)
