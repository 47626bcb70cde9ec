"""``acu-lint score``."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence

import click

from acu_lint.commands import config_options, cpus, progress, tell_left_out, verbose_option
from acu_lint.project.project import Options
from acu_lint.project.runner import Runner
from acu_lint.report import score as report
from acu_lint.report import score_data as data
from acu_lint.report.kept_score import work
from acu_lint.report.lines import say, say_data, tell
from acu_lint.rules.finding import Skipped
from acu_lint.score import COSTS, GRADES, SHORTEST, Article
from acu_lint.system.run_context import RunContext


def _formula() -> str:
    """How a score is made, from the table that it is made with."""
    costs = ", ".join(
        f"{severity.label} {cost.per_1000_words:g} (about the whole article: {cost.whole:g})"
        for severity, cost in sorted(COSTS.items(), reverse=True)
    )
    first = next(cost.first for cost in COSTS.values() if cost.first)
    grades = ", ".join(f"{grade} from {lowest}" for grade, lowest in GRADES.items())
    return (
        f"How a score is made: each finding costs points. Per 1,000 words: {costs}. An article of fewer than "
        f"{SHORTEST} words counts as one of {SHORTEST}. The first error of a family costs {first:g} more, in any "
        "article. What a finding costs is multiplied by the weight of its rule or family: the rule pack says which. "
        "A point takes one per cent of what is left of 100, so only an article in which nothing is found "
        f"has 100. Grades: {grades}."
    )


@click.command(epilog=_formula())
@click.argument("paths", nargs=-1)
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", help="How to print.")
@click.option("--pages", is_flag=True, help="The page of every article before the table.")
@click.option(
    "--sort", default="score", show_default=True, metavar="COLUMN",
    help="A column of the table or CSV, such as errors, words, claims; -COLUMN turns the order.",
)  # fmt: skip
@click.option("--min-score", type=click.IntRange(0, 100), metavar="N", help="Status 1 where an article has less.")
@click.option("--jobs", "-j", type=click.IntRange(min=0), default=0, help="Processes [one per processor].")
@click.option("--no-cache", is_flag=True, help="Keep nothing from run to run: no results, no index.")
@verbose_option
@config_options
@click.pass_context
def score(  # noqa: PLR0913 -- one parameter per option
    ctx: click.Context,
    *,
    form: str,
    pages: bool,
    sort: str,
    min_score: int | None,
    jobs: int,
    no_cache: bool,
    verbose: bool,
    options: Options,
) -> None:
    """Score articles from 0 to 100: what is good, what to change first.

    Prints the page of one article, or a table of several.
    """
    jobs = jobs or cpus()
    context = RunContext(jobs, not no_cache, progress("Indexing articles"), tell)
    runner = Runner(options, context, keeps_results=not no_cache)
    found = runner.find_files()
    pages = pages or (form == "text" and len(found.files) == 1)
    records = pages or form != "text" or sort.removeprefix("-") in data.OF_RECORDS
    # A pair of articles is told on both: each has its own score.
    scoring, reading = work(records=records), progress("Reading articles")
    every = runner.kept_each(found.files, scoring, jobs=jobs, progress=reading, once=False)
    scored = list(every)
    articles = data.in_order([one for one in scored if isinstance(one, Article)], sort)
    found.skipped = sorted(
        [*found.skipped, *(one for one in scored if isinstance(one, Skipped))], key=lambda skipped: skipped.path
    )
    if form == "json":
        say_data(data.as_json(articles, found.skipped))
    elif form == "csv":
        say_data(data.as_csv(articles), nl=False)
    else:
        for line in _text(articles, pages=pages):
            say(line)
    runner.trouble.faults.extend(f"{article.path}: {message}" for article in articles for message in article.failed)
    is_lacking = tell_left_out(found, runner.trouble, verbose=verbose)
    graded = [article for article in articles if not article.ungraded]
    below = [article for article in graded if min_score is not None and article.whole.score < min_score]
    for article in below:
        tell(f"{article.path}: the score {article.whole.score} is below {min_score}")
    ctx.exit(2 if is_lacking else int(bool(below)))


def _text(articles: Sequence[Article], *, pages: bool) -> Iterator[str]:
    width = shutil.get_terminal_size().columns
    for article in articles if pages else ():
        yield from report.page(article, width)
    if len(articles) != 1 or not pages:
        yield from report.table(articles, width)
