"""``acu-lint duplicates``."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import click

from acu_lint.commands import config_options, cpus, on_terminal, progress, tell_left_out, verbose_option
from acu_lint.corpus.corpus import Corpus, Shared
from acu_lint.corpus.history import first_commits
from acu_lint.project.corpus_index import open_files
from acu_lint.project.discovery import Discovery
from acu_lint.project.project import Options
from acu_lint.project.runner import Runner
from acu_lint.report import duplicates as report
from acu_lint.report.lines import say, say_data, tell
from acu_lint.report.text import many
from acu_lint.rules.finding import Skipped
from acu_lint.system.errors import UsageError
from acu_lint.system.run_context import RunContext
from acu_lint.system.tree import Tree

_PROGRESS_FROM = 100  # files
_FILE_WIDTH = 120  # columns
_FORMATS = ("text", "json", "csv", "html")
_ERRORS = {"the same", "nearly the same"}
_FAILING = {"warning": {*_ERRORS, "large parts"}, "error": _ERRORS, "never": set[str]()}


@click.command()
@click.argument("paths", nargs=-1)
@click.option(
    "--format", "form", type=click.Choice(_FORMATS), help="How to print; by default as the name of --output says."
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.65,
    show_default=True,
    help="Lowest cosine of a pair: 1 means equal words. Articles that share a passage are listed below it as well.",
)
@click.option("--boilerplate", is_flag=True, help="List the recurring text that is left out of the comparison.")
@click.option(
    "--fail-on",
    type=click.Choice(list(_FAILING)),
    default="never",
    show_default=True,
    help="Status 1 where a pair is alike in large parts (warning) or nearly altogether (error).",
)
@click.option("--no-cache", is_flag=True, help="Keep no index of the articles: make it in memory.")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes; by default one per processor.")
@verbose_option
@config_options
@click.pass_context
def duplicates(  # noqa: PLR0913 -- one parameter per option
    ctx: click.Context,
    *,
    form: str | None,
    output: Path | None,
    threshold: float,
    boilerplate: bool,
    fail_on: str,
    verbose: bool,
    options: Options,
    no_cache: bool,
    jobs: int | None,
) -> None:
    """List articles that repeat each other, with the passages they share and what to do about them.

    Compares the articles among PATHS; by default those of the configured corpus, else those of the git
    repository, else those of the working folder. In a git repository the older article of each pair is named.
    """
    context = RunContext(jobs or cpus(), not no_cache, progress("Indexing articles"), tell)
    runner = Runner(options, context)
    form = form or _format_of(output)
    corpus, found = _corpus(runner, context)
    if boilerplate:
        _print(_boilerplate(corpus.boilerplate(), len(corpus), form, _width(output)), output, form)
        fails = False
    else:
        pairs = list(_found(corpus, form, threshold, jobs or cpus()))
        told = report.Report(_dated(pairs), len(corpus), threshold)
        _print(_pairs(told, form, _width(output)), output, form)
        fails = any(pair.verdict in _FAILING[fail_on] for pair in pairs)
    ctx.exit(2 if tell_left_out(found, runner.trouble, verbose=verbose) else int(fails))


def _format_of(output: Path | None) -> str:
    """The format that the name of a file asks for, else text."""
    suffix = output.suffix.lower().lstrip(".") if output else ""
    return {"htm": "html"}.get(suffix, suffix if suffix in _FORMATS else "text")


def _corpus(runner: Runner, context: RunContext) -> tuple[Corpus, Discovery]:
    """The articles to compare, and what is left out."""
    project = runner.projects.here
    found = Discovery()
    if not runner.options.paths and project.scope:
        corpus = project.corpus
    else:
        found = runner.find_files()
        corpus = open_files(project.config, found.files, runner.tree, context)
    reasons = [runner.attempt(path, partial(runner.article, path)) for path in corpus.unread()]
    found.skipped += [reason for reason in reasons if isinstance(reason, Skipped)]
    return corpus, found


def _found(corpus: Corpus, form: str, threshold: float, jobs: int) -> Iterator[report.Pair]:
    """The pairs as they are found; on a terminal a line counts them meanwhile."""
    is_told = len(corpus) >= _PROGRESS_FROM and on_terminal()
    if is_told:
        click.echo("Comparing articles …", nl=False, err=True)
    for_people = form in {"text", "html"}
    shown = report.Shown()
    for count, pair in enumerate(corpus.pairs(threshold, jobs=jobs), 1):
        if is_told:
            click.echo(f"\rComparing articles: {many(count, 'pair')}", nl=False, err=True)
        is_shown = not for_people or shown.takes(pair)
        yield report.told(pair, words=for_people and is_shown, is_shown=is_shown)
    if is_told:
        click.echo(err=True)


def _dated(pairs: Sequence[report.Pair]) -> list[report.Pair]:
    return report.dated(pairs, first_commits({path for pair in pairs for path in (pair.a, pair.b)}))


def _pairs(told: report.Report, form: str, width: int) -> str:
    if form == "json":
        return report.as_json(told)
    if form == "csv":
        return report.as_csv(told)
    if form == "html":
        from acu_lint.report import duplicates_html  # noqa: PLC0415 -- only what is needed is imported

        return duplicates_html.as_html(told)
    from acu_lint.report import duplicates_text  # noqa: PLC0415

    return "\n".join(duplicates_text.as_text(told, width))


def _boilerplate(blocks: Sequence[Shared], documents: int, form: str, width: int) -> str:
    if form == "json":
        return report.boilerplate_as_json(blocks, documents)
    if form == "csv":
        return report.boilerplate_as_csv(blocks)
    if form == "html":
        from acu_lint.report import duplicates_html  # noqa: PLC0415

        return duplicates_html.boilerplate_as_html(blocks, documents)
    from acu_lint.report import duplicates_text  # noqa: PLC0415

    return "\n".join(duplicates_text.boilerplate_as_text(blocks, documents, width))


def _width(output: Path | None) -> int:
    """Columns of the terminal; a file is read in something wider."""
    return _FILE_WIDTH if output else shutil.get_terminal_size().columns


def _put(output: Path, raw: bytes) -> None:
    """Write a file, never through a link, which a repository may have laid at the name that people use."""
    here = Path.cwd()
    if output.is_symlink() or (output.exists() and not output.is_file()):
        raise UsageError(f"--output {output}: it is a link or no file; name another one")
    if (here / output).is_relative_to(here) and (why := Tree([here]).why_not(os.fspath(output))):
        raise UsageError(f"--output {output}: {why}")
    output.write_bytes(raw)


def _print(text: str, output: Path | None, form: str) -> None:
    """Print a report, or write it to a file; names of files that are no text are told as well as can be."""
    if output is None:
        (say if form == "text" else say_data)(text)
        return
    plain = click.unstyle(text) if form == "text" else text
    mark = "\ufeff" if form == "csv" else ""  # else spreadsheets do not take it for UTF-8
    try:
        _put(output, f"{mark}{plain.rstrip()}\n".encode(errors="replace"))
    except OSError as error:
        raise UsageError(f"--output {output}: {error.strerror}") from None
    tell(f"written to {output}")
