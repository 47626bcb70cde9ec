"""``acu-lint check``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

import click

from acu_lint.commands import SEVERITIES, config_options, cpus, progress, tell_left_out, verbose_option
from acu_lint.parse import FORMATS, format_of
from acu_lint.project.discovery import Discovery, decode
from acu_lint.project.paths import trouble_with_path
from acu_lint.project.project import Options
from acu_lint.project.result_cache import Work
from acu_lint.project.results import FileResult, Run, result_of, result_of_findings
from acu_lint.project.runner import Runner
from acu_lint.report.lines import say, say_lines, tell
from acu_lint.rules.finding import Finding, Severity, Skipped
from acu_lint.system.errors import UsageError
from acu_lint.system.run_context import RunContext, silent


@click.command()
@click.argument("paths", nargs=-1)
@click.option(
    "--format", "form", type=click.Choice(["full", "concise", "json", "jsonl"]), default="full", help="How to print."
)
@click.option("--fail-on", type=click.Choice([*SEVERITIES, "never"]), help="Lowest severity for status 1 [error].")
@click.option(
    "--severity", type=click.Choice(SEVERITIES), help="Lowest severity that is printed [warning; info in JSON]."
)
@click.option("--select", multiple=True, metavar="RULE_OR_FAMILY", help="Run only these (repeatable).")
@click.option("--ignore", multiple=True, metavar="RULE_OR_FAMILY", help="Leave these out (repeatable).")
@click.option("--stdin-filename", metavar="NAME", help="Name of the text on standard input (PATHS is '-').")
@click.option("--fix", is_flag=True, help="Make the changes that are certain; what is left is printed.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--jobs", "-j", type=click.IntRange(min=0), default=0, help="Processes [one per processor].")
@click.option("--quiet", "-q", is_flag=True, help="Only what fails the check: no notes, no summary.")
@click.option("--no-cache", is_flag=True, help="Keep nothing from run to run: no results, no index.")
@verbose_option
@config_options
@click.pass_context
def check(  # noqa: PLR0913 -- one parameter per option
    ctx: click.Context,
    *,
    form: str,
    fail_on: str | None,
    severity: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    stdin_filename: str | None,
    fix: bool,
    diff: bool,
    jobs: int,
    quiet: bool,
    no_cache: bool,
    verbose: bool,
    options: Options,
) -> None:
    """Lint articles: files and folders, or '-' with --stdin-filename; the working folder by default.

    With --fix and '-' the mended text goes to standard output, the findings to standard error.
    """
    if diff and form not in {"full", "concise"}:
        raise UsageError(f"--diff prints a diff and no findings: leave out --format {form}")
    given = {"select": list(select), "ignore": list(ignore), "fail-on": fail_on}
    context = RunContext(jobs or cpus(), not no_cache, progress("Indexing articles"), str if quiet else tell)
    mending = "diff" if diff else "fix" if fix else ""
    runner = Runner(replace(options, command_line=given), context, keeps_results=not (no_cache or mending))
    as_lines = form in {"json", "jsonl"}
    standard_input = "-" in options.paths or bool(stdin_filename)
    if standard_input:
        found = Discovery(named={stdin_filename or ""})
        limit = _limit(runner, stdin_filename or "./x")
        result = _standard_input(runner, stdin_filename, mending, as_lines=as_lines)
    else:
        found = runner.find_files()
        runner.trouble.notes.extend([] if quiet else runner.unmatched(found))
        limit = _limit(runner, runner.first(found.files or ["./x"]))
        reading = silent if quiet else progress("Reading articles")
        result = runner.run(found.files, _work(mending, as_lines=as_lines), jobs=jobs or cpus(), progress=reading)
    found.skipped = result.skipped = sorted([*found.skipped, *result.skipped], key=lambda skipped: skipped.path)
    if quiet:
        result.findings = [finding for finding in result.findings if finding.severity >= limit]
    if diff:
        _print_diffs(result)
    else:
        lines = _lines(result, form, _least(severity, form, limit), quiet=quiet)
        if form in {"full", "concise"}:
            for line in lines:
                say(line, err=fix and standard_input)
        else:
            say_lines(lines, err=fix and standard_input)
    if mending:
        _tell_changes(result, done=not diff, quiet=quiet)
    if result.rule_failed:
        runner.projects.mend_indexes()
    is_lacking = tell_left_out(found, runner.trouble, verbose=verbose, quiet=quiet)
    broken = is_lacking or result.rule_failed or any(change.trouble for change in result.changes)
    ctx.exit(2 if broken else int(_fails(result, limit)))


def _standard_input(runner: Runner, name: str | None, mending: str, *, as_lines: bool) -> Run:
    """Lint what is on standard input. With --fix it goes to standard output, whatever else happens."""
    if runner.options.paths not in {("-",), ()} or not name:
        raise UsageError("standard input is read with: acu-lint check --stdin-filename NAME -")
    if format_of(name) is None:
        raise UsageError(f"--stdin-filename {name}: not a format that acu-lint reads ({' '.join(FORMATS)})")
    if sys.stdin is None or (mending == "fix" and sys.stdout is None):
        raise UsageError("standard input or output is closed")
    if trouble := trouble_with_path(name):
        raise UsageError(f"--stdin-filename {name}: {trouble}")
    name = name.replace("\\", "/")
    runner.projects.will_check([name])
    raw = sys.stdin.buffer.read()
    left_out = runner.left_out(name)
    read = left_out if left_out else runner.attempt(name, lambda: _text(runner, name, raw, mending, as_lines=as_lines))
    one, text = (result_of(read), raw) if isinstance(read, Skipped) else read
    if mending == "fix":
        _write(text)
    result = Run()
    result.add(one)
    return result


def _text(runner: Runner, name: str, raw: bytes, mending: str, *, as_lines: bool) -> tuple[FileResult, bytes]:
    """Lint a text, and mend it where that is asked for."""
    if not mending:
        found = runner.kept_text(name, decode(raw), _kept(as_lines=as_lines))
        return result_of_findings(found), raw
    from acu_lint.fix import mend  # noqa: PLC0415 -- only what is needed is imported

    mended = mend(runner, name, decode(raw))
    return (mended.shown(), raw) if mending == "diff" else (mended.written(), mended.after.encode())


def _kept(*, as_lines: bool) -> Work[tuple[Finding, ...]]:
    """Linting, whose results are kept."""
    from acu_lint.report.kept import CHECK, CHECK_AS_LINES  # noqa: PLC0415 -- only what is needed is imported

    return CHECK_AS_LINES if as_lines else CHECK


def _work(mending: str, *, as_lines: bool) -> Callable[[Runner, str], FileResult] | Work[tuple[Finding, ...]]:
    """What is to be done with each file."""
    if not mending:
        return _kept(as_lines=as_lines)
    from acu_lint.fix import diff_file, fix_file  # noqa: PLC0415 -- only what is needed is imported

    return diff_file if mending == "diff" else fix_file


def _limit(runner: Runner, first: str) -> int:
    """The lowest severity that fails the check, by the settings of the first file; one above all for never."""
    level = runner.projects.of(first).config.value("fail-on")
    return Severity[level.upper()] if level != "never" else max(Severity) + 1


def _fails(result: Run, limit: int) -> bool:
    return any(finding.severity >= limit for finding in result.findings)


def _print_diffs(result: Run) -> None:
    from acu_lint.report import changes  # noqa: PLC0415 -- only what is needed is imported

    for change in sorted(result.changes, key=lambda change: change.path):
        if sys.stdout.isatty():
            for line in changes.coloured(change.diff):
                say(line)
        else:
            _write(change.diff.encode())


def _write(raw: bytes) -> None:
    """Print bytes as they are."""
    sys.stdout.buffer.write(raw)
    sys.stdout.buffer.flush()


def _tell_changes(result: Run, *, done: bool, quiet: bool) -> None:
    from acu_lint.report import changes  # noqa: PLC0415

    for line in changes.told(result.changes, done=done, quiet=quiet):
        tell(line)


def _least(given: str | None, form: str, limit: int) -> int:
    """The lowest severity that is printed: what is asked for, else all for programs, and no notes for people.

    What fails the check is always printed.
    """
    default = Severity.WARNING if form in {"full", "concise"} else Severity.INFO
    return min(Severity[given.upper()] if given else default, limit)


def _is_shown(finding: Finding, least: int) -> bool:
    """Whether a finding is printed; what the tool says about its own work always is."""
    return finding.severity >= least or finding.rule.startswith("acu/")


def _lines(result: Run, form: str, least: int, *, quiet: bool) -> Iterator[str]:
    shown = replace(result, findings=[finding for finding in result.findings if _is_shown(finding, least)])
    if form == "json":
        from acu_lint.report import json  # noqa: PLC0415 -- only what is needed is imported

        yield from json.render(shown)
    elif form == "jsonl":
        from acu_lint.report import json  # noqa: PLC0415

        yield from json.lines(shown)
    else:
        import shutil  # noqa: PLC0415 -- for people only

        from acu_lint.report import text  # noqa: PLC0415

        width = shutil.get_terminal_size().columns
        yield from text.full(shown, width=width) if form == "full" else text.concise(shown)
        if not quiet:
            yield from text.summary(result, shown.findings)
