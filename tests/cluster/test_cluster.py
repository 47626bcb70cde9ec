"""The extra ``cluster``: a large corpus compared by Dask, here with two workers on this machine."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner
from dask.distributed import Client, LocalCluster
from pyarrow import parquet
from sklearn.feature_extraction.text import TfidfVectorizer

from acu_lint.cli import cli
from acu_lint.cluster.job import Job
from acu_lint.cluster.read import Fields, inputs
from acu_lint.corpus.article import Article
from acu_lint.corpus.compare.join import all_pairs
from acu_lint.system.errors import UsageError
from tests.conftest import document

pytestmark = pytest.mark.slow

SLEEP = "Go to bed at the same hour, keep the room dark and cool, and leave the bed when sleep will not come."
KNEES = "Walk every day, rest when the knee swells, and ask a physiotherapist which exercises suit you best."
WORDS = [f"{first}{second}{third}" for first in "bdfgklmnprst" for second in "aeiouy" for third in range(50)]
WEIGHTS = list(accumulate(1 / (rank + 3) for rank in range(len(WORDS))))
TEXTS = {"sleep": SLEEP, "sleep-again": f"{SLEEP} Good night.", "knees": KNEES}


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """Two workers, each a process."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as local, Client(local) as client:
        yield client


def pairs(
    client: Client, work: Path, files: list[Path], threshold: float = 0.5, **options: Any
) -> set[tuple[str, str]]:
    job = Job(client, str(work), threshold=threshold, **options)
    return {(pair.a, pair.b) for pair in job.pairs(inputs(list(map(str, files))), Fields())}


def jsonl(texts: dict[str, str]) -> str:
    return "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items())


def short_article(number: int) -> str:
    """Some 60 words; every tenth is one of the others with up to eight words exchanged."""
    original = number - number % 10 if number % 10 == 9 else number
    words = random.Random(original).choices(WORDS, cum_weights=WEIGHTS, k=60)
    if original != number:
        chance = random.Random(-number)
        for _ in range(chance.randrange(30)):
            words[chance.randrange(60)] = chance.choice(WORDS)
    return " ".join(words)


def page(text: str) -> bytes:
    return f"<html><body><nav>Home</nav><main><p>{text}</p></main></body></html>".encode()


def record(address: str, body: bytes) -> bytes:
    """A WARC record of a web server's answer."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nContent-Length: {len(answer)}\r\n"
    return head.encode() + b"Content-Type: application/http; msgtype=response\r\n\r\n" + answer + b"\r\n\r\n"


def test_every_kind_of_input_gives_the_same_pairs(client: Client, tmp_path: Path) -> None:
    plain = tmp_path / "a.jsonl"
    plain.write_text(jsonl(TEXTS))
    packed = tmp_path / "b.jsonl.gz"
    packed.write_bytes(gzip.compress(jsonl(TEXTS).encode()))
    table = tmp_path / "c.parquet"
    parquet.write_table(pa.table({"id": list(TEXTS), "text": list(TEXTS.values())}), table)
    archive = tmp_path / "d.warc.gz"
    archive.write_bytes(
        b"".join(gzip.compress(record(f"https://example.org/{name}", page(text))) for name, text in TEXTS.items())
    )
    for file in (plain, packed, table, archive):
        work = tmp_path / f"work-{file.name}"
        work.mkdir()
        found = {tuple(name.rsplit("/")[-1] for name in pair) for pair in pairs(client, work, [file])}
        assert found == {("sleep", "sleep-again")}, file.name


def test_a_folder_of_articles_is_compared_by_path(client: Client, tmp_path: Path) -> None:
    site, work = tmp_path / "site", tmp_path / "work"
    site.mkdir()
    work.mkdir()
    for name, text in TEXTS.items():
        (site / f"{name}.md").write_text(f"---\ntitle: {name}\n---\n{text}\n")
    (site / "page.html").write_bytes(page(SLEEP))
    one, two, three = (str(site / name) for name in ("page.html", "sleep-again.md", "sleep.md"))
    assert pairs(client, work, [site], threshold=0.8) == {(one, two), (one, three), (two, three)}


def test_what_cannot_be_read_is_told_and_the_rest_compared(client: Client, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"id": 1}\n{broken\n\n[1]\n' + jsonl(TEXTS))
    (tmp_path / "b.md").write_bytes(b"\xff\xfe\x00")
    told: list[str] = []
    assert pairs(client, tmp_path, [file, tmp_path / "b.md"], tell=told.append) == {("sleep", "sleep-again")}
    assert [line.split(": ")[0] for line in told] == [f"{file}:{line}" for line in (1, 2, 4)] + [str(tmp_path / "b.md")]


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        inputs([str(tmp_path / "nothing")])


def test_a_column_that_is_not_there_is_an_error(client: Client, tmp_path: Path) -> None:
    table = tmp_path / "c.parquet"
    parquet.write_table(pa.table({"body": ["x"]}), table)
    with pytest.raises(UsageError, match="no column 'text'"):
        pairs(client, tmp_path, [table])


def test_20_000_articles_have_the_pairs_of_the_built_in_join(client: Client, tmp_path: Path) -> None:
    texts = {f"article {number}": short_article(number) for number in range(20_000)}
    rows = list(texts.items())
    for part in range(8):
        (tmp_path / f"{part}.jsonl").write_text(jsonl(dict(rows[part::8])))
    found = pairs(client, tmp_path, [tmp_path], threshold=0.7, block=1_500)
    words = [Article(document(text)).words for text in texts.values()]
    names = list(texts)
    vectors = TfidfVectorizer(analyzer=lambda words: words, sublinear_tf=True).fit_transform(words)
    built_in = {
        tuple(sorted((names[one], names[two])))
        for part in all_pairs(vectors, 0.7)
        for one, two in zip(part.one.tolist(), part.two.tolist(), strict=True)
    }
    assert found == built_in
    assert len(found) > 1_000


def test_the_command_writes_a_line_for_each_pair(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(jsonl(TEXTS))
    result = CliRunner().invoke(cli, ["join", str(tmp_path / "a.jsonl"), "--output", str(tmp_path / "pairs.jsonl")])
    assert result.exit_code == 0, result.output
    assert "1 pair among 3 articles" in result.stderr
    (line,) = (tmp_path / "pairs.jsonl").read_text().splitlines()
    assert {key: json.loads(line)[key] for key in "ab"} == {"a": "sleep", "b": "sleep-again"}


def test_a_cluster_needs_a_folder_that_all_workers_see() -> None:
    result = CliRunner().invoke(cli, ["join", "a.jsonl", "--scheduler", "tcp://localhost:1"])
    assert isinstance(result.exception, UsageError)
    assert "--work" in str(result.exception)
