"""``acu-lint join``."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import IO, Any

import click

from acu_lint.report.lines import dumps, tell
from acu_lint.system.errors import UsageError

_EXTRA = "this command needs Dask: pip install 'acu-lint[cluster]'"


@click.command()
@click.argument("inputs", nargs=-1, required=True)
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.65,
    show_default=True,
    help="Lowest cosine of a pair: 1 means equal words.",
)
@click.option("--text", default="text", show_default=True, help="Field of the text in JSONL and Parquet.")
@click.option("--name", default="id", show_default=True, help="Field of the name in JSONL and Parquet.")
@click.option("--text-format", default="format", show_default=True, help="Field of the format: md, html, txt …")
@click.option("--scheduler", help="Address of a Dask cluster; by default workers are started on this machine.")
@click.option("--jobs", type=click.IntRange(min=1), default=2, show_default=True, help="Workers on this machine.")
@click.option("--work", help="Folder or address for what is kept in between; a cluster's workers all need to see it.")
@click.option(
    "--block", type=click.IntRange(min=1), default=5_000, show_default=True,
    help="Articles in a block: a worker holds two.",
)  # fmt: skip
@click.option(
    "--output", type=click.Path(path_type=Path), help="File for the pairs (JSONL) instead of standard output."
)
def join(  # noqa: PLR0913 -- one parameter per option
    *,
    inputs: tuple[str, ...],
    threshold: float,
    text: str,
    name: str,
    text_format: str,
    scheduler: str | None,
    jobs: int,
    work: str | None,
    block: int,
    output: Path | None,
) -> None:
    """Compare all articles of a corpus that is too large for one machine, on a Dask cluster.

    INPUTS are files, folders or globs, local or of a store such as s3://: JSONL, Parquet, WARC (pages in HTML), or
    articles of the formats that are linted. Prints one JSON object for each pair: {"a": …, "b": …, "cosine": …}.
    The pairs are those of 'acu-lint duplicates': every one whose cosine reaches the threshold, and no other.
    """
    try:
        from acu_lint.cluster import job as cluster  # noqa: PLC0415 -- an extra
        from acu_lint.cluster import read  # noqa: PLC0415
    except ImportError as error:
        raise UsageError(f"{_EXTRA} ({error})") from None
    if scheduler and not work:
        raise UsageError("--scheduler needs --work: a folder that all workers can write to")
    files = read.inputs(inputs)
    with ExitStack() as stack:
        folder = work or stack.enter_context(tempfile.TemporaryDirectory(prefix="acu-lint-"))
        client = stack.enter_context(_client(scheduler, jobs))
        out = stack.enter_context(_whole(output) if output else nullcontext(sys.stdout))
        job = cluster.Job(client, folder, threshold=threshold, block=block, tell=tell)
        number = 0
        for pair in job.pairs(files, read.Fields(text, name, text_format)):
            print(dumps(pair._asdict()), file=out)
            number += 1
    tell(f"{number} pair{'s' * (number != 1)} among {job.articles} articles ({100 * threshold:g}% or more similar)")


@contextmanager
def _client(scheduler: str | None, jobs: int) -> Iterator[Any]:
    from dask.distributed import Client, LocalCluster  # noqa: PLC0415 -- takes seconds to import

    if scheduler:
        with Client(scheduler) as client:
            yield client
    else:
        with (
            LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=":0") as local,
            Client(local) as client,
        ):
            yield client


@contextmanager
def _whole(output: Path) -> Iterator[IO[str]]:
    """Write a file beside its place and move it there in the end, so that it is never a part of the pairs."""
    part = output.with_name(f"{output.name}.part")
    with part.open("w", encoding="utf-8") as file:
        yield file
    part.replace(output)
