"""``acu-lint index``."""

from __future__ import annotations

import datetime
import sqlite3
import time
from collections.abc import Mapping
from pathlib import Path

import click

from acu_lint.commands import config_options, cpus, progress
from acu_lint.corpus.index.refresh import Work, changes, index_file, open_index, prefix
from acu_lint.corpus.index.store import Store
from acu_lint.corpus.listing import Started
from acu_lint.project.corpus_index import work_of
from acu_lint.project.project import Options, Projects
from acu_lint.project.result_cache import NAME as RESULTS
from acu_lint.report.lines import dumps, say, say_data, tell
from acu_lint.system.database import remove
from acu_lint.system.entries import size_of
from acu_lint.system.errors import UsageError
from acu_lint.system.folders import cache_folder
from acu_lint.system.prepared import files as prepared_files
from acu_lint.system.run_context import RunContext

_UNITS = ((86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


@click.group()
def index() -> None:
    """Keep numbers of all articles, so that a check compares with them at once.

    'check' and 'duplicates' make the index and bring it up to date by themselves. Beside it lie the results of
    'check', 'score' and 'stats', so that what did not change is not read again.
    """


@index.command()
@config_options
@click.pass_context
def build(ctx: click.Context, *, options: Options) -> None:
    """Make the index, or bring it up to date."""
    work = _work(options)
    started = time.perf_counter()
    store = open_index(work, cache_folder())
    say(f"{_articles(store.count())} indexed in {time.perf_counter() - started:.1f} s.")
    if store.file:
        say(f"Kept in {store.file}")
    store.close()
    ctx.exit(0 if store.file else 2)


@index.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
@config_options
def status(*, form: str, options: Options) -> None:
    """Tell how many articles the index has, how large and how old it is, where it lies, and what it lacks."""
    work = _work(options)
    file = index_file(cache_folder(), work)
    found = _found(file, work)
    results = cache_folder() / RESULTS
    count, size = size_of(results) or (0, 0)
    if form == "json":
        kept = {"file": str(results), "entries": count, "bytes": size}
        told = {"version": 1, "root": str(work.listing.root), "file": str(file), **found, "results": kept}
        say_data(dumps(told, indent=2))
    else:
        for line in _as_text(found, file, work.listing.root):
            say(line)
        if count:
            say(f"{count:,} results of whatever folder, {size / 1e6:.1f} MB, in {results}")


@index.command()
@config_options
def clear(*, options: Options) -> None:
    """Remove the index, and the results that are kept; the next check makes them anew."""
    for file in prepared_files():  # holds nothing of any article: not worth a line
        file.unlink(missing_ok=True)
    results = cache_folder() / RESULTS
    if results.exists():
        remove(results)
        say(f"Removed {results}")
        if Projects(options).here.scope is None:
            return
    work = _work(options)
    files = list(cache_folder().glob(f"{prefix(work.listing.root)}*.sqlite"))
    for file in files:
        remove(file)
        say(f"Removed {file}")
    if not files:
        say("There is no index of these articles.")


def _work(options: Options) -> Work:
    project = Projects(options).here
    scope = project.scope
    if scope is None:
        raise UsageError("there is no corpus here: no git repository, and the configuration has no [corpus] include")
    keys = project.registry.extractor("index_keys")
    context = RunContext(cpus(), progress=progress("Indexing articles"), tell=tell)
    return work_of(project.config, Started(scope).listing(), scope, keys, context)


def _found(file: Path, work: Work) -> Mapping[str, object]:
    """What there is to say about an index."""
    nothing = {"articles": 0, "bytes": 0, "updated": None, "outdated": None, "state": "missing"}
    if not file.is_file():
        return nothing
    try:
        store = Store(file)
        updated = store.note("time")
        if updated is None:
            return nothing
        outdated = len(changes(store, work))
        articles = store.count()
        store.close()
    except sqlite3.Error:
        return {**nothing, "state": "damaged"}
    return {
        "articles": articles,
        "bytes": file.stat().st_size,
        "updated": datetime.datetime.fromtimestamp(updated, datetime.UTC).isoformat(timespec="seconds"),
        "outdated": outdated,
        "state": "outdated" if outdated else "up to date",
    }


def _as_text(found: Mapping[str, object], file: Path, root: Path) -> list[str]:
    if found["state"] == "missing":
        return [
            f"There is no index of the articles below {root} yet.",
            "The first check makes it; 'acu-lint index build' makes it now.",
        ]
    if found["state"] == "damaged":
        return [f"The index of the articles below {root} is damaged; the next check makes it anew.", str(file)]
    size = f"{int(str(found['bytes'])) / 1e6:.1f} MB"
    age = _age(datetime.datetime.fromisoformat(str(found["updated"])))
    outdated = int(str(found["outdated"]))
    return [
        f"{_articles(int(str(found['articles'])))} below {root} in the index, {size}, brought up to date {age}.",
        f"{_articles(outdated)} changed since then; the next check takes them in." if outdated else "It is up to date.",
        f"Kept in {file}",
    ]


def _articles(count: int) -> str:
    return f"{count:,} article" + "s" * (count != 1)


def _age(then: datetime.datetime) -> str:
    seconds = max((datetime.datetime.now(datetime.UTC) - then).total_seconds(), 1)
    length, unit = next((length, unit) for length, unit in _UNITS if seconds >= length)
    count = int(seconds // length)
    return f"{count} {unit}{'s' * (count != 1)} ago"
