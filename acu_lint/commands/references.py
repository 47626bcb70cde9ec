"""``acu-lint references``."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from functools import partial

import click

from acu_lint.commands import config_options, progress, tell_left_out, verbose_option
from acu_lint.document.document import Document
from acu_lint.project.config import Config
from acu_lint.project.discovery import Discovery
from acu_lint.project.project import Options
from acu_lint.project.runner import Runner
from acu_lint.references.records import Bibliography
from acu_lint.references.verify.record import Verdict
from acu_lint.references.works import Library
from acu_lint.report import references as report
from acu_lint.report.lines import say, say_data, tell
from acu_lint.rules.finding import Skipped
from acu_lint.system.errors import UsageError

_FORMATS = {"json": report.as_json, "csl-json": report.as_csl, "bibtex": report.as_bibtex}
_EXTRACTOR = "references"
_PROGRESS_FROM = 10  # works to ask about


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--format", "form", type=click.Choice(["text", *_FORMATS]), default="text", help="How to print.")
@click.option("--verify", is_flag=True, help="Ask Crossref and PubMed about the works. Uses the network.")
@click.option(
    "--max-age",
    type=click.FloatRange(0),
    default=7,
    show_default=True,
    metavar="DAYS",
    help="With --verify: how long an answer is kept.",
)
@verbose_option
@config_options
@click.pass_context
def references(  # noqa: PLR0913 -- one parameter per option
    ctx: click.Context,
    *,
    form: str,
    verify: bool,
    max_age: float,
    verbose: bool,
    options: Options,
) -> None:
    """List what articles cite and name: where, and what is broken or leads nowhere.

    csl-json and bibtex are for reference managers; what is only named is left out there.
    """
    runner = Runner(options)
    found = runner.find_files()
    library = _library(runner, found)
    verdicts = _verify(library, runner.projects.here.config, max_age) if verify else {}
    if form == "text":
        for line in report.as_text(library, verdicts, shutil.get_terminal_size().columns):
            say(line)
    else:
        say_data(_FORMATS[form](library, verdicts))
    ctx.exit(2 * tell_left_out(found, runner.trouble, verbose=verbose))


def _library(runner: Runner, found: Discovery) -> Library:
    """What the articles lean on, as the rule pack reads them; those that cannot be read are skipped."""
    library = Library()
    for path in sorted(found.files):
        one = runner.attempt(path, partial(_read, runner, path))
        if isinstance(one, Skipped):
            found.skipped.append(one)
        else:
            library.add(*one)
    library.sort()
    return library


def _read(runner: Runner, path: str) -> tuple[Document, Bibliography]:
    doc = runner.article(path)
    bibliography: Bibliography | None = runner.settings_for(path).extract(_EXTRACTOR, doc)
    if bibliography is None:
        raise UsageError("no rule pack is installed that finds references")
    return doc, bibliography


def _verify(library: Library, config: Config, max_age: float) -> Mapping[int, Verdict]:
    """Ask about the works; what was not answered is told in one line for each service."""
    try:
        from acu_lint.references.verify import ask, cache, client  # noqa: PLC0415 -- an optional extra, for this option only
    except ImportError as error:
        raise UsageError(
            f"--verify needs the extra 'verify' ({error.name} is missing): install acu-lint[verify]"
        ) from None
    from acu_lint.system.folders import cache_folder  # noqa: PLC0415 -- for this option only

    # The environment variables are for tests.
    services = client.Client(
        cache.Cache(cache_folder() / "verify", days=max_age),
        contact=config.value("contact") or "",
        crossref=os.environ.get("ACU_LINT_CROSSREF", client.CROSSREF),
        pubmed=os.environ.get("ACU_LINT_PUBMED", client.PUBMED),
    )
    total = len({(kind, work.identifiers[kind]) for work in library.works for kind in ask.kinds(work.identifiers)})
    with progress("Asking Crossref and PubMed", _PROGRESS_FROM)(total) as tick:
        verdicts = ask.verify(library.works, services, tick)
    missed = sum(verdict.status == "not verified" for verdict in verdicts.values())
    if services.troubles:
        tell(f"{' and '.join(services.troubles)}: {missed} of {len(verdicts)} sources not verified")
    return verdicts
