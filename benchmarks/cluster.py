"""Time the job for Dask with two workers on this machine, and tell how much memory a worker takes.

    python benchmarks/cluster.py [ARTICLES] [BLOCK]

Articles and copies are those of ``corpus.py``; they are written as JSONL first, which is not timed.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from corpus import KINDS, article, copies
from dask.distributed import Client, LocalCluster

from acu_lint.cluster.job import BLOCK, Job
from acu_lint.cluster.read import Fields, inputs

FILES = 16


def write(folder: Path, count: int, part: int) -> None:
    """Write every sixteenth article."""
    with (folder / f"{part:02}.jsonl").open("w", encoding="utf-8") as file:
        for number in range(part, count, FILES):
            file.write(json.dumps({"id": number, "text": article(number)}) + "\n")


def largest(_: object = None) -> float:
    """The most memory that this process has taken, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(count: int = 20_000, block: int = BLOCK) -> None:
    """Print a row of a Markdown table."""
    with tempfile.TemporaryDirectory() as name:
        folder, work = Path(name, "in"), Path(name, "work")
        folder.mkdir()
        work.mkdir()
        with ProcessPoolExecutor() as pool:
            list(pool.map(partial(write, folder, count), range(FILES)))
        with (folder / "copies.jsonl").open("w", encoding="utf-8") as file:
            for number, copy in enumerate(copies(count, min(100, count // len(KINDS) // 2))):
                file.write(json.dumps({"id": f"copy {number}", "text": copy.text}) + "\n")
        with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as local, Client(local) as client:
            start = time.perf_counter()
            job = Job(client, str(work), threshold=0.7, block=block)
            pairs = sum(1 for _ in job.pairs(inputs([str(folder)]), Fields()))
            seconds = time.perf_counter() - start
            memory = max(client.run(largest).values())
    print("| articles | in a block | pairs from 0.7 on | time | memory of a worker |\n|---|---|---|---|---|")
    print(f"| {job.articles:,} | {block:,} | {pairs} | {seconds:.1f} s | {memory:.0f} MiB |")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
