"""Sites of made-up articles, what an index says of them, and processes of their own."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from acu_lint.corpus.article import Article
from acu_lint.corpus.extract import extract
from acu_lint.corpus.index.refresh import Work, open_index
from acu_lint.corpus.index.store import Store
from acu_lint.corpus.listing import Started
from acu_lint.document.document import Document
from acu_lint.project.config import load
from acu_lint.project.corpus_index import scope_of, work_of
from acu_lint.system.run_context import RunContext
from tests.conftest import document, git

WORDS = "the needle pain sleep clinic back knee and of rest your week may help some people after before".split()

CONFIG = '[corpus]\ninclude = ["site/**/*.md"]\nexclude = ["site/old/**"]\n'


def text(seed: object, words: int = 120) -> str:
    """An article with a title and four paragraphs; the same seed gives the same text."""
    chance = random.Random(str(seed))
    parts = [" ".join(chance.choices(WORDS, k=words // 4)) for _ in range(4)]
    return f"# {' '.join(chance.choices(WORDS, k=4))}\n\n" + "\n\n".join(parts) + "\n"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def site(folder: Path, articles: int = 12) -> Path:
    """A git repository with articles, two of them equal, and a configuration; nothing is committed."""
    write(folder, "acu-lint.toml", CONFIG)
    for number in range(articles):
        write(folder, f"site/{number:03}.md", text(number % (articles - 1)))
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    return folder


def work(folder: Path, tell: Callable[[str], object] = str, jobs: int = 1) -> Work:
    """What the commands would do in a folder."""
    file = folder / "acu-lint.toml"
    config = load(file if file.exists() else None)
    scope = scope_of(config)
    assert scope
    listing = Started(scope).listing()
    assert listing
    return work_of(config, listing, scope, keys, RunContext(jobs, tell=tell))


def keys(doc: Document) -> Iterator[tuple[str, str]]:
    if doc.title:
        yield "title", doc.title.text


def seen(index: Store) -> dict[str, Any]:
    """Everything an index says, by path and hash, so that ids do not matter."""
    contents = index.contents()
    found: dict[str, Any] = {"contents": contents, "count": index.count()}
    ids = {path: index.id_of(path) for path in contents}
    names = {number: path for path, number in ids.items()}
    for path, number in ids.items():
        assert number is not None
        terms = index.terms_of(number)
        found[path] = {
            "terms": terms,
            "df": index.document_frequencies(terms),
            "blocks": index.blocks_of(number),
            "twins": {block: index.block_count(block) for block, _ in index.blocks_of(number)},
            "first": {
                block: [contents[names[n]] for n in index.articles_with(block, 3)]
                for block, _ in index.blocks_of(number)
            },
        }
    for number in range(13):
        doc = document(text(number), "x.md")
        probe = extract(Article(doc), keys(doc))
        for kind in ("short", "long"):
            shared = index.sharing(getattr(probe, kind))
            found[f"{kind} {number}"] = {names[n]: both for n, both in shared.items()}
        found[f"key {number}"] = [sorted(names[n] for n in index.articles_with_key(*key)) for key in probe.keys]
    found["frequent"] = index.frequent_blocks(2)
    pairs = index.pairs_sharing_long(5)
    found["pairs"] = sorted(
        (*sorted((names[a], names[b])), n) for a, b, n in zip(*(part.tolist() for part in pairs), strict=True)
    )
    return found


def fresh(folder: Path) -> dict[str, Any]:
    """What an index in memory says that is made now."""
    return seen(open_index(work(folder), None))


def opened(folder: Path, cache: Path, tell: Callable[[str], object] = str) -> dict[str, Any]:
    """What the kept index says after it was brought in line."""
    index = open_index(work(folder, tell), cache)
    try:
        return seen(index)
    finally:
        index.close()


def in_child(action: Callable[[], object]) -> int:
    """Do something in a forked process; return its id."""
    process = os.fork()
    if process == 0:
        status = 1
        try:
            action()
            status = 0
        finally:
            os._exit(status)
    return process


def ended_well(processes: list[int]) -> bool:
    return [os.waitpid(process, 0)[1] for process in processes] == [0] * len(processes)
