"""The index of a corpus: whatever happened before, it says what a fresh one says."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from acu_lint.corpus.article import Article
from acu_lint.corpus.extract import VERSION, Extract, extract, fingerprints, hashes_of
from acu_lint.corpus.index import records, refresh, store
from acu_lint.corpus.index.refresh import Work, index_file, open_index
from acu_lint.corpus.index.seal import Seal
from acu_lint.corpus.index.store import Store
from acu_lint.corpus.listing import Started, content_id, uncommon
from acu_lint.document.document import Document
from acu_lint.project.config import load
from acu_lint.project.corpus_index import scope_of, work_of
from acu_lint.system.run_context import Surroundings
from acu_lint.testing import TODAY
from tests.conftest import ROOT, AcuLint, clean_env, document, git

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
    return work_of(config, listing, scope, keys, Surroundings(jobs, tell=tell))


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


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("GIT_") or name == "PRE_COMMIT"]:
        monkeypatch.delenv(name)
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return site(folder)


# --- what is kept of an article ------------------------------------------------------------


@given(
    st.lists(st.integers(0, 6), max_size=60),
    st.lists(st.integers(0, 6), max_size=60),
    st.lists(st.integers(0, 6), min_size=25, max_size=40),
    st.data(),
)
def test_no_shared_run_of_25_words_is_missed(
    one: list[int], two: list[int], run: list[int], data: st.DataObject
) -> None:
    for words in (one, two):
        at = data.draw(st.integers(0, len(words)))
        words[at:at] = run
    first, second = (fingerprints(hashes_of(map(str, words)))[1] for words in (one, two))
    assert first & second


def test_long_articles_keep_some_fingerprints_and_short_ones_all() -> None:
    words = hashes_of(map(str, range(2000)))
    short, long = fingerprints(words)
    assert 400 < len(short) < 600
    assert 200 < len(long) < 350
    assert len(fingerprints(words[:100])[0]) == 96
    assert all(number % 2 == 0 for number in short)
    assert all(number % 2 for number in long)


def test_blocks_at_the_edge_are_told_by_their_sign() -> None:
    doc = document("\n\n".join(["word " * 10] * 2 + ["other " * 60] * 2 + ["last " * 40]))
    assert extract(Article(doc)).sizes.tolist() == [-10, -10, 60, 60, -40]


def test_an_article_is_the_same_numbers_in_every_process() -> None:
    code = (
        "import datetime; from acu_lint.parse import parse; from acu_lint.corpus.article import Article;"
        "from acu_lint.corpus.extract import extract;"
        f"doc = parse('a.md', {text(1)!r}, today={TODAY!r});"
        "print([part.tolist() for part in extract(Article(doc))[1:7]])"
    )
    told = set()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "rules")])}
        told.add(subprocess.run([sys.executable, "-c", code], env=env, check=True, capture_output=True).stdout)
    assert len(told) == 1


# --- the corpus decides, not the history ---------------------------------------------------


LINES = st.lists(st.sampled_from([b"a", b"b", b"ab", b"ba", b"aab", b"bb"]), max_size=6, unique=True).map(
    lambda lines: b"".join(line + b"\0" for line in lines)
)


@given(LINES, LINES)
def test_the_lines_that_differ(old: bytes, new: bytes) -> None:
    """The last line of a listing is never lost, nor one that ends as another does."""
    lines = [set(listing.split(b"\0")) for listing in (old, new)]
    assert [set(part) - {b""} for part in uncommon(old, new)] == [
        lines[0] - lines[1] - {b""},
        lines[1] - lines[0] - {b""},
    ]


def test_the_last_file_is_deleted(repository: Path, cache: Path) -> None:
    opened(repository, cache)
    git(repository, "rm", "-q", "-f", "site/011.md")
    assert opened(repository, cache) == fresh(repository)


def test_a_second_run_reads_nothing(repository: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = opened(repository, cache)
    monkeypatch.setattr(refresh.Reader, "numbers", None)
    assert opened(repository, cache) == first == {**first, "count": 12}


def test_only_what_changed_is_read(repository: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(repository, cache)
    write(repository, "site/003.md", text("new"))
    (repository / "site/004.md").rename(repository / "site/moved.md")
    read: list[str] = []
    numbers = refresh.Reader.numbers

    def spy(self: refresh.Reader, name: str, raw: bytes) -> Extract | None:
        read.append(name)
        return numbers(self, name, raw)

    monkeypatch.setattr(refresh.Reader, "numbers", spy)
    found = opened(repository, cache)
    assert read == ["site/003.md"]  # a file that only moved is not read again
    assert found == fresh(repository)


def test_files_that_come_and_go(repository: Path, cache: Path) -> None:
    opened(repository, cache)
    (repository / "site/001.md").unlink()
    write(repository, "site/deep/er/new.md", text("new"))
    write(repository, "site/old/out.md", text("old"))
    write(repository, "site/.hidden/out.md", text("hidden"))
    write(repository, "elsewhere.md", text("elsewhere"))
    write(repository, "site/latin.md", "caf\xe9 ".encode("latin-1") * 40)
    write(repository, ".gitignore", "ignored.md\n")
    write(repository, "site/ignored.md", text("ignored"))
    (repository / "site/link.md").symlink_to("002.md")
    found = opened(repository, cache)
    assert found == fresh(repository)
    numbers = [number for number in range(12) if number != 1]
    assert sorted(found["contents"]) == [f"site/{number:03}.md" for number in numbers] + ["site/deep/er/new.md"]


def test_a_branch_switch_and_back(repository: Path, cache: Path) -> None:
    git(repository, "commit", "-q", "-m", "one")
    first = opened(repository, cache)
    git(repository, "switch", "-q", "-c", "other")
    for number in (2, 5):
        write(repository, f"site/{number:03}.md", text(f"other {number}"))
    git(repository, "rm", "-q", "site/007.md")
    git(repository, "mv", "site/008.md", "site/a.md")
    git(repository, "commit", "-q", "-a", "-m", "two")
    assert opened(repository, cache) == fresh(repository) != first
    git(repository, "switch", "-q", "main")
    assert opened(repository, cache) == first


def test_swapped_names_and_a_changed_format(repository: Path, cache: Path) -> None:
    opened(repository, cache)
    one, two, other = (repository / "site" / name for name in ("001.md", "002.md", "x.md"))
    one.rename(other)
    two.rename(one)
    other.rename(two)
    assert opened(repository, cache) == fresh(repository)


def test_other_globs_make_another_corpus(repository: Path, cache: Path) -> None:
    opened(repository, cache)
    write(repository, "acu-lint.toml", CONFIG.replace("site/**/*.md", "site/00[0-4].md"))
    assert opened(repository, cache)["count"] == 5
    assert opened(repository, cache) == fresh(repository)


def test_without_globs_all_that_git_has_is_compared(repository: Path, cache: Path) -> None:
    (repository / "acu-lint.toml").unlink()
    write(repository, "notes.txt", text("notes"))
    assert opened(repository, cache)["count"] == 13


def test_what_is_to_be_committed_counts_in_a_hook(
    repository: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = opened(repository, cache)
    write(repository, "site/001.md", text("not added"))
    write(repository, "site/untracked.md", text("untracked"))
    monkeypatch.setenv("PRE_COMMIT", "1")
    assert opened(repository, cache) == before


def test_names_with_line_ends_and_bytes_that_are_no_text(repository: Path, cache: Path) -> None:
    names = ["site/two\nlines.md", "site/tab\there.md", "site/ü.md", os.fsdecode(b"site/\xff.md"), "site/'\" .md"]
    for number, name in enumerate(names):
        write(repository, name, text(f"name {number}"))
    found = opened(repository, cache)
    assert set(names) < found["contents"].keys()
    git(repository, "add", ".")
    assert opened(repository, cache) == found == fresh(repository)


def test_submodules_are_not_entered(repository: Path, cache: Path, tmp_path: Path) -> None:
    inner = site(tmp_path / "inner")
    git(inner, "commit", "-q", "-m", "inner")
    git(repository, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner), "site/inner.md")
    assert opened(repository, cache)["count"] == 12


def test_a_folder_of_a_repository_can_be_the_root(
    repository: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository / "site")
    write(repository, "site/acu-lint.toml", '[corpus]\ninclude = ["*.md"]\n')
    found = opened(repository / "site", cache)
    assert "003.md" in found["contents"]
    assert found["count"] == 12


def test_without_git_the_files_are_read(repository: Path, cache: Path) -> None:
    in_git = opened(repository, cache)
    shutil.rmtree(repository / ".git")
    without = opened(repository, cache)
    assert without["contents"] == in_git["contents"]
    write(repository, "site/003.md", text("new"))
    (repository / "site/004.md").unlink()
    assert opened(repository, cache) == fresh(repository)


def test_without_the_git_program(repository: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_git = opened(repository, cache)
    monkeypatch.setenv("PATH", "/nowhere")
    assert opened(repository, cache)["contents"] == in_git["contents"]


def test_line_ends_that_git_converts(repository: Path, cache: Path) -> None:
    git(repository, "commit", "-q", "-m", "one")
    git(repository, "config", "core.autocrlf", "true")
    for path in (repository / "site").iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    git(repository, "status")
    assert opened(repository, cache) == fresh(repository)


def test_a_file_that_changes_meanwhile_is_read_as_it_was_listed(repository: Path, cache: Path) -> None:
    before = opened(repository, cache)
    shutil.rmtree(cache)
    listed = work(repository)
    write(repository, "site/003.md", text("too late"))
    index = open_index(listed, cache)
    assert seen(index) == before
    index.close()


def test_content_ids_are_those_of_git(repository: Path) -> None:
    assert content_id(text(1).encode()).hex() == git(repository, "hash-object", "site/001.md").strip()


class History(RuleBasedStateMachine):
    """Random edits: after each, the index that was brought in line says what a fresh one says."""

    folder: Path

    @initialize()
    def begin(self) -> None:
        self.folder = Path(os.environ["ACU_LINT_TEST_FOLDER"])
        shutil.rmtree(self.folder, ignore_errors=True)
        site(self.folder, 6)

    @rule(number=st.integers(0, 9), seed=st.integers(0, 12))
    def edit(self, number: int, seed: int) -> None:
        write(self.folder, f"site/{number:03}.md", text(seed))

    @rule(number=st.integers(0, 9))
    def delete(self, number: int) -> None:
        (self.folder / f"site/{number:03}.md").unlink(missing_ok=True)

    @rule(number=st.integers(0, 9), other=st.integers(0, 9))
    def move(self, number: int, other: int) -> None:
        with suppress(FileNotFoundError):
            (self.folder / f"site/{number:03}.md").replace(self.folder / f"site/{other:03}.md")

    @rule()
    def add(self) -> None:
        git(self.folder, "add", "-A")

    @rule(globs=st.sampled_from(["site/**/*.md", "site/*[0-4].md"]))
    def configure(self, globs: str) -> None:
        write(self.folder, "acu-lint.toml", CONFIG.replace("site/**/*.md", globs))

    @invariant()
    def is_as_fresh(self) -> None:
        assert opened(self.folder, self.folder / ".cache") == fresh(self.folder)


@pytest.mark.parametrize("merging", [False, True], ids=["recent", "merged"])
def test_the_history_does_not_matter(merging: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if merging:  # every change writes a segment, and soon merges them all
        monkeypatch.setattr(store, "_MIN_SEGMENT", 1)
        monkeypatch.setattr(store, "_MAX_SEGMENTS", 2)
    monkeypatch.setenv("ACU_LINT_TEST_FOLDER", str(tmp_path / "history"))
    quick = settings(
        max_examples=8, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
    )
    History.TestCase.settings = quick
    History.TestCase().runTest()


def test_segments_are_split_by_the_ids_of_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids beyond 65,535 need another segment; removed ones are used again after a merge."""
    doc = document(text(1), "x.md")
    numbers = extract(Article(doc))
    index = Store()
    with index.writing() as writer:
        writer._next_article = 65_530
        for number in range(12):
            writer.add(f"{number}", bytes([number] * 20), numbers)
    assert len(index.sharing(numbers.long)) == 12
    monkeypatch.setattr(store, "_MIN_SEGMENT", 1)
    with index.writing() as writer:
        writer.add("more", b"m" * 20, numbers)
    monkeypatch.setattr(store, "_MAX_SEGMENTS", -70_000)
    with index.writing() as writer:
        writer.remove("3")
        writer.add("again", b"a" * 20, numbers)
    shared = index.sharing(numbers.long)
    assert set(index.paths(shared).values()) == {*map(str, range(12)), "more", "again"} - {"3"}
    assert all(both == set(numbers.long) for both in shared.values())
    with index.writing() as writer:
        writer.add("last", b"l" * 20, numbers)
    assert index.id_of("last") == 65_533


# --- what can go wrong ---------------------------------------------------------------------


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


@pytest.mark.parametrize("kind", ["build", "update"])
def test_killed_at_any_moment(kind: str, repository: Path, cache: Path) -> None:
    chance = random.Random(kind)
    for number in range(40):
        write(repository, f"site/more{number}.md", text(f"more {number}"))
    start = time.perf_counter()
    expected = opened(repository, cache)
    longest = time.perf_counter() - start
    for turn in range(12):
        if kind == "build":
            shutil.rmtree(cache)
        else:
            for number in chance.sample(range(40), 20):
                write(repository, f"site/more{number}.md", text(f"{turn} {number}"))
            expected = fresh(repository)
        process = in_child(lambda: open_index(work(repository), cache))
        time.sleep(chance.uniform(0, longest / 2))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        assert opened(repository, cache) == expected


def test_killed_at_each_statement_of_a_change(repository: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process dies inside the transaction, after more and more of it was written."""
    monkeypatch.setattr(store, "_MIN_SEGMENT", 1)
    opened(repository, cache)
    for turn in range(12):
        write(repository, f"site/{turn:03}.md", text(f"turn {turn}"))

        def die(turn: int = turn) -> None:
            written = []

            def count(statement: str) -> None:
                written.append(statement)
                if len(written) > 20 + 30 * turn:
                    os.kill(os.getpid(), signal.SIGKILL)

            index = Store(index_file(cache, work(repository)))
            index._connection.set_trace_callback(count)
            refresh.refresh(index, work(repository))

        os.waitpid(in_child(die), 0)
        assert opened(repository, cache) == fresh(repository)


def test_eight_processes_at_once_on_a_cold_index(repository: Path, cache: Path) -> None:
    expected = fresh(repository)

    def check() -> None:
        assert opened(repository, cache) == expected

    assert ended_well([in_child(check) for _ in range(8)])
    assert len(list(cache.glob("*.sqlite"))) == 1


def test_processes_that_see_different_corpora_do_not_mix_them(repository: Path, cache: Path) -> None:
    """While the working tree changes, each process compares with the articles that it listed."""
    works = []
    for turn in range(4):
        write(repository, "site/003.md", text(f"turn {turn}"))
        git(repository, "add", ".")
        works.append((work(repository), fresh(repository)))

    def check(turn: int) -> Callable[[], None]:
        def run() -> None:
            listed, expected = works[turn % len(works)]
            for _ in range(5):
                index = open_index(listed, cache)
                time.sleep(0.01)
                assert seen(index) == expected
                index.close()

        return run

    assert ended_well([in_child(check(turn)) for turn in range(8)])


def test_a_forked_process_sees_the_corpus_of_its_parent(repository: Path, cache: Path) -> None:
    before = work(repository)
    index = open_index(before, cache)
    expected = seen(index)
    write(repository, "site/003.md", text("changed"))
    git(repository, "add", ".")
    os.waitpid(in_child(lambda: open_index(work(repository), cache)), 0)

    def check() -> None:
        assert seen(index) == expected

    assert seen(index) == expected
    assert ended_well([in_child(check), in_child(check)])
    index.close()
    assert opened(repository, cache) == fresh(repository) != expected


@pytest.mark.parametrize("damage", ["garbage", "empty", "cut", "text"])
def test_a_damaged_file_is_made_anew(damage: str, repository: Path, cache: Path) -> None:
    expected = opened(repository, cache)
    file = index_file(cache, work(repository))
    whole = file.read_bytes()
    for beside in cache.glob("*.sqlite-*"):
        beside.unlink()
    new = {"garbage": os.urandom(8000), "empty": b"", "cut": whole[: len(whole) // 2], "text": b"no index\n" * 900}
    file.write_bytes(new[damage])
    assert ended_well([in_child(lambda: opened(repository, cache)) for _ in range(4)])
    told: list[str] = []
    assert opened(repository, cache, told.append) == expected
    assert told == []


def quietly(file: Path, raw: bytes) -> None:
    """Write to an index so that size, times and inode do not tell, as a disk does that rots."""
    file.write_bytes(raw)
    seal = Seal(file)
    with seal.opening():
        pass
    seal.close()


def damaged(whole: bytes, older: bytes, chance: random.Random) -> bytes:
    """An index with one of many kinds of damage; ``older`` is an earlier state of the same."""
    raw = bytearray(whole)
    size = chance.choice([1, 8, 512, 4096, 8192])
    one, two = (chance.randrange(0, len(raw) - size + 1, size) for _ in range(2))
    kind = chance.choice(["bit", "bit", "random", "zero", "swap", "copy", "older", "cut"])
    if kind == "bit":
        raw[one] ^= 1 << chance.randrange(8)
    elif kind == "swap":
        raw[one : one + size], raw[two : two + size] = raw[two : two + size], raw[one : one + size]
    elif kind == "cut":
        del raw[one:]
    else:
        source = {"random": chance.randbytes(len(raw)), "zero": bytes(len(raw)), "copy": whole, "older": older}[kind]
        at = two if kind == "copy" else one
        raw[one : one + size] = source[at : at + size].ljust(size, b"\0")
    return bytes(raw)


def test_no_damage_changes_what_is_found(repository: Path, cache: Path) -> None:
    opened(repository, cache)
    file = index_file(cache, work(repository))
    older = file.read_bytes()
    for number in (2, 5, 40, 41):
        write(repository, f"site/{number:03}.md", text(f"new {number}"))
    (repository / "site/007.md").unlink()
    expected = opened(repository, cache)
    whole, chance, listed = file.read_bytes(), random.Random(1), work(repository)
    for turn in range(60):
        raw = damaged(whole, older, chance)
        file.write_bytes(raw)
        told: list[str] = []
        listed.tell = told.append
        index = open_index(listed, cache)
        assert seen(index) == expected, turn
        index.close()
        assert told in ([], ["the index of the articles was damaged: it is made anew"]), turn
        assert raw == whole or file.read_bytes() == raw or told or len(raw) == 0, turn


def test_records_that_rot_unseen_are_never_believed(repository: Path, cache: Path) -> None:
    """Where nothing says that the file was changed, the record that is read tells so: nothing else is found."""
    expected = opened(repository, cache)
    file = index_file(cache, work(repository))
    whole, chance, listed = file.read_bytes(), random.Random(2), work(repository)
    for turn in range(30):
        raw = bytearray(whole)
        raw[chance.randrange(100, len(raw))] ^= 1 << chance.randrange(8)
        quietly(file, bytes(raw))
        index = open_index(listed, cache)
        with suppress(sqlite3.DatabaseError):
            assert seen(index) == expected, turn
        index.close()


def test_records_that_are_lost_are_missed(repository: Path, cache: Path) -> None:
    expected = opened(repository, cache)
    connection = sqlite3.connect(index_file(cache, work(repository)), isolation_level=None)
    connection.execute("DELETE FROM recent WHERE article = 3")
    connection.close()
    told: list[str] = []
    assert opened(repository, cache, told.append) == expected
    assert len(told) == 1


@pytest.mark.parametrize("killed", [False, True], ids=["closed", "killed"])
def test_garbage_in_the_log_of_an_index(killed: bool, repository: Path, cache: Path) -> None:
    opened(repository, cache)
    write(repository, "site/003.md", text("changed"))
    expected = fresh(repository)
    file = index_file(cache, work(repository))
    log = file.with_name(f"{file.name}-wal")
    for turn in range(12):
        if killed:
            os.waitpid(in_child(lambda: open_index(work(repository), cache)), 0)
        raw = bytearray(log.read_bytes() if killed else random.Random(turn).randbytes(9000))
        if raw:
            raw[random.Random(turn).randrange(len(raw))] ^= 1
        log.write_bytes(raw)
        file.with_name(f"{file.name}-shm").write_bytes(random.Random(turn).randbytes(32_768))
        assert opened(repository, cache) == expected
        write(repository, "site/003.md", text(f"changed {turn}"))
        expected = fresh(repository)


HOSTILE = {
    "other tables": "DROP TABLE meta; CREATE TABLE meta(key TEXT PRIMARY KEY, value)",
    "a view": "DROP TABLE articles; CREATE VIEW articles AS SELECT 1 AS id",
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON meta BEGIN DELETE FROM articles; END",
    "text for a number": "UPDATE articles SET words = 'many'",
    "a number for bytes": "UPDATE vectors SET terms = 1",
    "bytes of an odd length": "UPDATE postings SET data = x'010203'; UPDATE vectors SET terms = x'010203'",
    "a note of another type": "UPDATE meta SET value = x'ff' WHERE key = 'count'",
    "a negative number": "UPDATE OR IGNORE recent SET article = -5",
}


@pytest.mark.parametrize("statements", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("right_sums", [False, True], ids=["wrong sums", "right sums"])
def test_an_index_that_somebody_made_up(statements: str, right_sums: bool, repository: Path, cache: Path) -> None:
    expected = opened(repository, cache)
    file = index_file(cache, work(repository))
    connection = sqlite3.connect(file, isolation_level=None)
    connection.executescript(statements)
    if right_sums:
        make_sums_right(connection)
    connection.close()
    told: list[str] = []
    assert opened(repository, cache, told.append) == expected
    assert told == ["the index of the articles was damaged: it is made anew"]
    again: list[str] = []
    assert opened(repository, cache, again.append) == expected
    assert again == []


def make_sums_right(connection: sqlite3.Connection) -> None:
    """Give every record the checksum that it should have, and the file its total."""
    records.prepare(connection)
    total = 0
    for table in records._TABLES:
        with suppress(sqlite3.Error):  # tables that are no tables now
            connection.execute(f"UPDATE {table} SET sum = {records._sum_of(table)}")
            total += connection.execute(f"SELECT coalesce(sum(sum), 0) FROM {table}").fetchone()[0]
    connection.execute("UPDATE total SET value = ?", (total,))


def test_a_file_that_was_left_as_it_is_is_not_tested_again(
    repository: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = opened(repository, cache)
    tests: list[object] = []
    test = records.test

    def spy(sql: sqlite3.Connection) -> None:
        tests.append(sql)
        test(sql)

    monkeypatch.setattr(records, "test", spy)
    assert opened(repository, cache) == expected
    assert tests == []
    os.waitpid(in_child(lambda: open_index(work(repository), cache)), 0)  # it ends without closing the file
    assert opened(repository, cache) == expected
    assert len(tests) == 1
    assert opened(repository, cache) == expected
    assert len(tests) == 1


def test_another_version_is_another_file(repository: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(repository, cache)
    monkeypatch.setattr(refresh, "VERSION", VERSION + 1)
    assert opened(repository, cache)["count"] == 12
    assert len(list(cache.glob("*.sqlite"))) == 2
    for file in cache.glob("*.sqlite"):
        os.utime(file, (0, 0))
    monkeypatch.setattr(refresh, "VERSION", VERSION + 2)
    assert opened(repository, cache)["count"] == 12
    assert len(list(cache.glob("*.sqlite"))) == 1  # old ones of other versions are cleared away


def test_a_full_disk_costs_the_index_and_nothing_else(repository: Path, cache: Path) -> None:
    expected = fresh(repository)

    def check() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        told: list[str] = []
        assert opened(repository, cache, told.append) == expected
        assert len(told) == 1
        assert "made in memory, for this run only" in told[0]

    assert ended_well([in_child(check)])
    assert opened(repository, cache) == expected


@pytest.mark.parametrize("obstacle", ["a file", "a folder"])
def test_a_cache_that_cannot_be_written(obstacle: str, repository: Path, cache: Path) -> None:
    if obstacle == "a file":
        cache.write_text("in the way")
    else:
        index_file(cache, work(repository)).mkdir(parents=True)
    told: list[str] = []
    assert opened(repository, cache, told.append) == fresh(repository)
    assert len(told) == 1


def test_a_read_only_folder(repository: Path, cache: Path) -> None:
    cache.mkdir()
    cache.chmod(0o555)
    expected = fresh(repository)

    def check() -> None:
        if os.getuid() == 0:
            os.setuid(65_534)
        told: list[str] = []
        assert opened_by_anybody(told) == expected
        assert len(told) == 1

    listed = work(repository)

    def opened_by_anybody(told: list[str]) -> dict[str, Any]:
        listed.tell = told.append
        return seen(open_index(listed, cache))

    for above in (cache, *cache.parents[:4]):  # the folders of the tests are for their owner only
        with suppress(PermissionError):
            above.chmod(above.stat().st_mode | 0o055)
    assert ended_well([in_child(check)])


def test_who_waits_for_another_process_is_told(repository: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_PATIENCE", 0.05)
    opened(repository, cache)
    write(repository, "site/003.md", text("changed"))
    holder = sqlite3.connect(index_file(cache, work(repository)), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    told: list[str] = []

    def tell(line: str) -> None:
        told.append(line)
        holder.execute("ROLLBACK")

    assert opened(repository, cache, tell) == fresh(repository)
    assert told == ["another acu-lint is making the index of these articles; waiting for it"]
    holder.close()


def test_several_processes_read_what_one_reads(repository: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refresh, "_FEW", 3)
    monkeypatch.setattr(refresh, "_CHUNK", 2)
    index = open_index(work(repository, jobs=2), cache)
    assert seen(index) == fresh(repository)
    index.close()


def test_workers_end_with_the_process_that_was_killed(
    repository: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refresh, "_FEW", 3)
    monkeypatch.setattr(refresh, "_CHUNK", 1)

    def build() -> None:
        os.setsid()
        monkeypatch.setattr(refresh.Reader, "numbers", lambda *_: time.sleep(0.5))
        open_index(work(repository, jobs=2), cache)

    process = in_child(build)
    time.sleep(1)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    for _ in range(100):
        try:
            os.killpg(process, 0)
        except ProcessLookupError:
            break
        time.sleep(0.1)
    else:
        pytest.fail("workers are left")
    assert opened(repository, cache) == fresh(repository)


# --- commands ------------------------------------------------------------------------------


@pytest.fixture
def site_env(repository: Path, cache: Path) -> dict[str, str]:
    return {**clean_env(), "ACU_LINT_CACHE": str(cache)}


def test_check_keeps_an_index_and_finds_the_copy(acu_lint: AcuLint, tmp_path: Path, cache: Path) -> None:
    site(tmp_path)
    env = {**clean_env(), "ACU_LINT_CACHE": str(cache)}
    arguments = ("check", "--select", "duplicates/article", "--format", "json", "site/011.md", "site/005.md")
    cold = acu_lint(*arguments, env=env)
    assert [finding["data"]["other"] for finding in cold.json["findings"]] == ["site/000.md"]
    assert list(cache.glob("index-*.sqlite"))
    assert acu_lint(*arguments, env=env).output == cold.output
    assert acu_lint(*arguments, "--no-cache", env=env).output == cold.output
    assert acu_lint(*arguments, "--jobs", "2", env=env).output == cold.output


def test_index_status_build_clear(acu_lint: AcuLint, tmp_path: Path, cache: Path) -> None:
    site(tmp_path)
    env = {**clean_env(), "ACU_LINT_CACHE": str(cache)}
    assert "There is no index" in acu_lint("index", "status", env=env).output
    built = acu_lint("index", "build", env=env)
    assert built.output.startswith("12 articles indexed in ")
    assert built.status == 0
    assert "It is up to date." in acu_lint("index", "status", env=env).output
    write(tmp_path, "site/003.md", text("new"))
    (tmp_path / "site/004.md").unlink()
    told = acu_lint("index", "status", env=env).output
    assert "12 articles below" in told
    assert "2 articles changed since then; the next check takes them in." in told
    found = acu_lint("index", "status", "--format", "json", env=env).json
    assert (found["articles"], found["outdated"], found["state"]) == (12, 2, "outdated")
    assert found["bytes"] > 0
    assert acu_lint("index", "build", env=env).output.startswith("11 articles indexed")
    file = Path(found["file"])
    file.write_bytes(b"damaged " * 1000)
    for beside in cache.glob("*.sqlite-*"):
        beside.unlink()
    assert "is damaged" in acu_lint("index", "status", env=env).output
    assert acu_lint("index", "clear", env=env).output == f"Removed {file}\n"
    assert acu_lint("index", "clear", env=env).output == "There is no index of these articles.\n"


def test_an_index_with_a_fault_inside_is_removed(acu_lint: AcuLint, tmp_path: Path, cache: Path) -> None:
    site(tmp_path, 40)
    env = {**clean_env(), "ACU_LINT_CACHE": str(cache)}
    arguments = ("check", "--select", "duplicates/article", "--format", "json", "site/039.md")
    good = acu_lint(*arguments, env=env)
    file = next(cache.glob("*.sqlite"))
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'recent'").fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    whole = file.read_bytes()
    file.write_bytes(whole[: (page - 1) * size] + os.urandom(size) + whole[page * size :])
    bad = acu_lint(*arguments, env=env)
    assert (bad.status, bad.output) == (good.status, good.output)
    assert [line for line in bad.errors.splitlines() if "index" in line] == [
        "acu-lint: the index of the articles was damaged: it is made anew"
    ]
    again = acu_lint(*arguments, env=env)
    assert (again.output, again.errors) == (good.output, good.errors)


def test_a_folder_of_a_worktree_in_a_hook(
    repository: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git sets GIT_DIR there, and then takes every folder for the top of the tree."""
    git(repository, "commit", "-q", "-m", "one")
    git(repository, "worktree", "add", "-q", str(tmp_path / "tree"))
    folder = tmp_path / "tree" / "site"
    write(folder, "acu-lint.toml", '[corpus]\ninclude = ["*.md"]\n')
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GIT_DIR", git(folder, "rev-parse", "--absolute-git-dir").strip())
    assert "003.md" in opened(folder, cache)["contents"]


def test_index_where_there_is_no_corpus(acu_lint: AcuLint) -> None:
    ran = acu_lint("index", "status", env=clean_env())
    assert ran.status == 2
    assert "there is no corpus here" in ran.errors


def test_a_repository_without_a_configuration_is_compared(acu_lint: AcuLint, tmp_path: Path, cache: Path) -> None:
    site(tmp_path)
    (tmp_path / "acu-lint.toml").unlink()
    env = {**clean_env(), "ACU_LINT_CACHE": str(cache)}
    ran = acu_lint("check", "--select", "duplicates/article", "--format", "json", "site/011.md", env=env)
    assert [finding["data"]["other"] for finding in ran.json["findings"]] == ["site/000.md"]


def test_an_article_is_compared_with_its_own_repository(tmp_path: Path, acu_lint: AcuLint) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        write(folder, "one.md", text(1))
        git(folder, "init", "-q")
        git(folder, "add", ".")
    copy = write(there, "two.md", text(1))
    alone = write(tmp_path / "alone", "two.md", text(1))
    os.chdir(here)
    ran = acu_lint("check", "--select", "duplicates/article", "--format", "json", str(copy), str(alone))
    (finding,) = ran.json["findings"]
    assert finding["path"] == str(copy)
    assert {Path(place["path"]).name for place in finding["related"]} == {"one.md", "two.md"}
    assert not any("here" in place["path"].split("/")[-2:] for place in finding["related"])
