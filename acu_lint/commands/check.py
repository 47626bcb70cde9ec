"""``acu-lint check``."""

from __future__ import annotations

import datetime
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from ..errors import UsageError
from ..files import UnreadableError, decode
from ..finding import Severity, Skipped
from ..parse import FORMATS, format_of
from ..session import Options, Run, Session, find_files, run
from . import SEVERITIES, config_options, cpus, on_terminal, tell

_PROGRESS_FROM = 100  # files


@click.command()
@click.argument("paths", nargs=-1)
@click.option(
    "--format", "form", type=click.Choice(["full", "concise", "json", "jsonl"]), default="full", help="How to print."
)
@click.option("--fail-on", type=click.Choice([*SEVERITIES, "never"]), help="Lowest severity for status 1 [error].")
@click.option("--select", multiple=True, metavar="RULE_OR_FAMILY", help="Run only these (repeatable).")
@click.option("--ignore", multiple=True, metavar="RULE_OR_FAMILY", help="Leave these out (repeatable).")
@click.option("--stdin-filename", metavar="NAME", help="Name of the text on standard input (PATHS is '-').")
@click.option("--jobs", "-j", type=click.IntRange(min=0), default=0, help="Processes [one per processor].")
@click.option("--quiet", "-q", is_flag=True, help="Only what fails the check: no notes, no summary.")
@click.option("--no-cache", is_flag=True, help="Accepted for scripts; nothing is cached yet.")
@config_options
@click.pass_context
def check(  # noqa: PLR0913 -- one parameter per option
    ctx: click.Context,
    *,
    paths: tuple[str, ...],
    form: str,
    fail_on: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    stdin_filename: str | None,
    jobs: int,
    quiet: bool,
    no_cache: bool,  # noqa: ARG001 -- a promise of the command line: nothing is cached
    config: Path | None,
    isolated: bool,
    today: datetime.date,
) -> None:
    """Lint articles: files and folders, or '-' with --stdin-filename; the working folder by default."""
    given = {"select": list(select), "ignore": list(ignore), "fail-on": fail_on}
    session = Session(Options(config, isolated, given, today))
    missing: Sequence[str] = ()
    if "-" in paths or stdin_filename:
        result = _standard_input(session, paths, stdin_filename)
        first = stdin_filename or ""
    else:
        found = find_files(session, paths or ["."])
        result = _files(session, found.files, jobs=jobs or cpus(), quiet=quiet)
        result.skipped = sorted([*found.skipped, *result.skipped], key=lambda skipped: skipped.path)
        missing = found.missing
        first = next(iter(found.files), "./x")
    limit = _limit(session, first)
    if quiet:
        result.findings = [finding for finding in result.findings if finding.severity >= limit]
    _print(result, form, quiet=quiet)
    for path in missing:
        tell(f"there is no file or folder {path}")
    for note in (*session.notes, *result.faults):
        tell(note)
    ctx.exit(2 if missing or result.faults or result.rule_failed else int(_fails(result, limit)))


def _standard_input(session: Session, paths: tuple[str, ...], name: str | None) -> Run:
    if paths not in {("-",), ()} or not name:
        raise UsageError("standard input is read with: acu-lint check --stdin-filename NAME -")
    if format_of(name) is None:
        raise UsageError(f"--stdin-filename {name}: not a format that acu-lint reads ({' '.join(FORMATS)})")
    name = name.replace("\\", "/") if sys.platform == "win32" else name
    session.will_check([name])
    try:
        one = session.lint_text(name, decode(sys.stdin.buffer.read()))
    except UnreadableError as error:
        return Run(skipped=[Skipped(name, str(error))])
    return Run(list(one.findings), [one.skipped] if one.skipped else [], 1 - bool(one.skipped), session.faults)


def _files(session: Session, files: Sequence[str], *, jobs: int, quiet: bool) -> Run:
    if quiet or len(files) < _PROGRESS_FROM or not on_terminal():
        return run(session, files, jobs=jobs)
    with click.progressbar(length=len(files), label="Reading articles", file=sys.stderr) as bar:
        return run(session, files, jobs=jobs, tick=bar.update)


def _limit(session: Session, first: str) -> int:
    """The lowest severity that fails the check, by the settings of the first file; one above all for never."""
    level = session.config_for(first).value("fail-on")
    return Severity[level.upper()] if level != "never" else max(Severity) + 1


def _fails(result: Run, limit: int) -> bool:
    return any(finding.severity >= limit for finding in result.findings)


def _print(result: Run, form: str, *, quiet: bool) -> None:
    for line in _lines(result, form, quiet=quiet):
        click.echo(line)
    for skipped in result.skipped:
        tell(f"{skipped.path}: skipped: {skipped.reason}")


def _lines(result: Run, form: str, *, quiet: bool) -> Iterator[str]:
    if form == "json":
        from ..report import json  # noqa: PLC0415 -- only what is needed is imported

        yield json.render(result)
    elif form == "jsonl":
        from ..report import json  # noqa: PLC0415

        yield from json.lines(result)
    else:
        from ..report import text  # noqa: PLC0415

        width = shutil.get_terminal_size().columns
        yield from text.full(result, width=width) if form == "full" else text.concise(result)
        if not quiet:
            yield from text.summary(result)
